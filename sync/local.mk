noinst_LIBRARIES += libsync.a
libsync_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS) $(ZSTD_CFLAGS)
libsync_a_SOURCES = \
	sync/authors.c sync/authors_priv.h sync/claims.c sync/digest.c sync/digest_priv.h sync/digest_words.c \
	sync/digest_undone.c \
	sync/acks.c \
	sync/beside.c \
	sync/fold.c sync/forget.c \
	sync/folder.c sync/folder.h sync/folder_priv.h \
	sync/folder_io.c \
	sync/folder_names.c \
	sync/folder_places.c \
	sync/body.h \
	sync/columns.c sync/columns.h \
	sync/dict.c sync/dict.h \
	sync/envelope.c sync/envelope.h \
	sync/intake.c \
	sync/heal.c \
	sync/invite.c sync/invite.h \
	sync/life.c \
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
	sync/receipts.c sync/receipts.h \
	sync/receive.c \
	sync/ring.c sync/ring.h sync/ring_priv.h \
	sync/ring_enter.c \
	sync/ring_keys.c sync/ring_keys.h \
	sync/ring_tend.c \
	sync/roll.c sync/roll.h \
	sync/segment.c sync/segment.h \
	sync/send.c \
	sync/signing.c sync/signing.h \
	sync/sites.c \
	sync/snapshot.c \
	sync/state.c \
	sync/statement.c sync/statement.h \
	sync/sync.h \
	sync/tails.c \
	sync/told.c \
	sync/unpack.c \
	sync/unpack_snapshot.c \
	sync/values.c sync/values.h \
	sync/words.c sync/words.def sync/words.h
