noinst_LIBRARIES += libstore.a
libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(UUID_CFLAGS) $(SODIUM_CFLAGS) $(ZSTD_CFLAGS) $(LMDB_CFLAGS)
libstore_a_SOURCES = \
	store/schema.def store/schema.h \
	store/acts.def \
	store/id.h \
	store/codec.h \
	store/seal.h \
	store/keys.h \
	store/rec.h \
	store/store.h \
	store/change.h \
	store/doctor.h \
	store/backup.h \
	store/id.c \
	store/schema.c \
	store/rec.c \
	store/cbor_priv.h \
	store/cbor.c \
	store/codec.c \
	store/seal.c \
	store/keys.c \
	store/kind.c
