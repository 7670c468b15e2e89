noinst_LIBRARIES += libsync.a
libsync_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS) $(ZSTD_CFLAGS)
libsync_a_SOURCES = \
	sync/fold.c \
	sync/folder.c sync/folder.h sync/folder_priv.h \
	sync/folder_io.c \
	sync/folder_names.c \
	sync/folder_places.c \
	sync/body.h \
	sync/columns.c sync/columns.h \
	sync/dict.c sync/dict.h \
	sync/envelope.c sync/envelope.h \
	sync/intake.c \
	sync/lines.c \
	sync/losses.c \
	sync/meet.c \
	sync/meet_priv.h \
	sync/names.c sync/names.h \
	sync/newest.c \
	sync/origin.c \
	sync/pack.c sync/pack.h \
	sync/pack_snapshot.c sync/pack_snapshot.h \
	sync/queue.c \
	sync/receive.c \
	sync/ring.h \
	sync/segment.c sync/segment.h \
	sync/send.c \
	sync/sites.c \
	sync/snapshot.c \
	sync/state.c \
	sync/unpack.c \
	sync/unpack_snapshot.c \
	sync/values.c sync/values.h \
	sync/sync.h
