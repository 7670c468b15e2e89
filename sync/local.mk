noinst_LIBRARIES += libsync.a
libsync_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS) $(ZSTD_CFLAGS)
libsync_a_SOURCES = \
	sync/folder.c sync/folder.h sync/folder_priv.h \
	sync/folder_io.c \
	sync/folder_names.c \
	sync/folder_places.c \
	sync/ring.h \
	sync/segment.h \
	sync/sync.h
