noinst_LIBRARIES += libstore.a
libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(UUID_CFLAGS) $(SODIUM_CFLAGS) $(ZSTD_CFLAGS) $(LMDB_CFLAGS)
libstore_a_SOURCES = \
	store/draft.c \
	store/schema.def store/schema.h \
	store/acts.def \
	store/id.h \
	store/codec.h \
	store/cipher.h \
	store/seal.h \
	store/keys.h \
	store/rec.h \
	store/vector.h store/register.h store/exchange.h store/vault.h store/seen.h store/seen.c \
	store/store.h \
	store/change.h \
	store/doctor.h \
	store/backup.h \
	store/kv.h \
	store/kv_check.h \
	store/idmap.h \
	store/index.h \
	store/index_form.h store/index_form.c \
	store/tidy.c \
	store/store_priv.h \
	store/id.c \
	store/schema.c \
	store/rec.c \
	store/cbor.h \
	store/vector.c store/chain.c store/register.c \
	store/cbor.c \
	store/codec_priv.h store/codec_value.c store/codec.c store/codec_group.c \
	store/cipher.c \
	store/seal.c \
	store/keys.c \
	store/kind.c \
	store/be.h \
	store/past.h \
	store/change_priv.h \
	store/kv_priv.h \
	store/kv_walk.h \
	store/kv_fresh.h \
	store/kv_pack.h \
	store/kv_seen.h \
	store/kv.c \
	store/kv_read.c \
	store/kv_walk.c \
	store/kv_fresh.c \
	store/kv_pack.c \
	store/kv_seen.c \
	store/kv_sort.c \
	store/kv_write.c \
	store/kv_check.c \
	store/kv_pages.c \
	store/replay.h \
	store/replay.c \
	store/doctor_priv.h \
	store/doctor_exam.h store/doctor_exam.c store/doctor_log.c store/doctor_recs.c \
	store/doctor.c \
	store/backup_file.h \
	store/backup_file.c \
	store/backup.c \
	store/backup_hold.h store/backup_hold.c \
	store/idmap.c \
	store/index.c \
	store/peers.h store/peers.c store/exchange.c store/take.c store/plan.h store/plan.c store/plan_index.c \
	store/store.c \
	store/view.c \
	store/view_time.c \
	store/change.c \
	store/undo.c \
	store/leftover.h \
	store/leftover.c \
	store/log.c \
	store/log_priv.h \
	store/title.c \
	store/past.c \
	store/store_check.c \
	store/vault.c \
	store/kept.c \
	store/identity.h \
	store/identity.c \
	store/merges.c \
	store/floor.h store/floor.c \
	store/lines.h store/lines.c store/lines_seen.h store/lines_seen.c \
	store/remake.h store/remake.c \
	store/remap.h store/remap.c \
	store/transplant.c store/plan_before.c store/plan_authors.c \
	store/take_priv.h store/take_snapshot.c \
	store/erase.h store/erase.c store/erase_priv.h store/erase_who.c store/erase_cover.c store/erase_log.c store/erase_remake.c
