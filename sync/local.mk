noinst_LIBRARIES += libsync.a
libsync_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS) $(ZSTD_CFLAGS)
libsync_a_SOURCES = \
	sync/folder.h \
	sync/ring.h \
	sync/segment.h \
	sync/sync.h
