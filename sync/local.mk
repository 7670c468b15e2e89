noinst_LIBRARIES += libsync.a
libsync_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS) $(ZSTD_CFLAGS)
libsync_a_SOURCES = \
	sync/fold.c \
	sync/folder.c sync/folder.h sync/folder_priv.h \
	sync/folder_io.c \
	sync/folder_names.c \
	sync/folder_places.c \
	sync/intake.c \
	sync/lines.c \
	sync/losses.c \
	sync/meet.c \
	sync/meet_priv.h \
	sync/newest.c \
	sync/origin.c \
	sync/queue.c \
	sync/receive.c \
	sync/ring.h \
	sync/segment.h \
	sync/send.c \
	sync/sites.c \
	sync/state.c \
	sync/sync.h
