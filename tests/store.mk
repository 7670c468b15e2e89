check_PROGRAMS += tests/t_id tests/t_schema
TESTS += tests/t_id tests/t_schema
tests_t_id_SOURCES = tests/t_id.c
tests_t_id_LDADD = libtap.a $(TESTLIBS_STORE)
tests_t_schema_SOURCES = tests/t_schema.c
tests_t_schema_LDADD = libtap.a $(TESTLIBS_STORE)
check_PROGRAMS += tests/t_codec
TESTS += tests/t_codec
tests_t_codec_SOURCES = tests/t_codec.c
tests_t_codec_LDADD = libtap.a $(TESTLIBS_STORE)

check_LIBRARIES += libstoretest.a
libstoretest_a_SOURCES = tests/storetest.c tests/storetest.h
TESTLIBS_STORETEST = libstoretest.a libtap.a $(TESTLIBS_STORE)

check_PROGRAMS += tests/t_store
TESTS += tests/t_store
tests_t_store_SOURCES = tests/t_store.c
tests_t_store_LDADD = $(TESTLIBS_STORETEST)
check_PROGRAMS += tests/t_seal tests/t_keys tests/t_kind
TESTS += tests/t_seal tests/t_keys tests/t_kind
tests_t_seal_SOURCES = tests/t_seal.c
tests_t_seal_LDADD = libtap.a $(TESTLIBS_STORE)
tests_t_keys_SOURCES = tests/t_keys.c
tests_t_keys_LDADD = libtap.a $(TESTLIBS_STORE)
tests_t_kind_SOURCES = tests/t_kind.c
tests_t_kind_LDADD = libtap.a $(TESTLIBS_STORE)

check_PROGRAMS += tests/t_model
TESTS += tests/t_model
tests_t_model_SOURCES = tests/t_model.c tests/model.c tests/model.h
tests_t_model_LDADD = $(TESTLIBS_STORETEST)

check_PROGRAMS += tests/t_undo tests/t_lock
TESTS += tests/t_undo tests/t_lock
tests_t_undo_SOURCES = tests/t_undo.c
tests_t_undo_LDADD = $(TESTLIBS_STORETEST)
tests_t_lock_SOURCES = tests/t_lock.c
tests_t_lock_LDADD = $(TESTLIBS_STORETEST)
check_PROGRAMS += tests/t_doctor
TESTS += tests/t_doctor
tests_t_doctor_SOURCES = tests/t_doctor.c
tests_t_doctor_LDADD = $(TESTLIBS_STORETEST)
check_PROGRAMS += tests/t_backup
TESTS += tests/t_backup
tests_t_backup_SOURCES = tests/t_backup.c
tests_t_backup_LDADD = $(TESTLIBS_STORETEST)

check_PROGRAMS += tests/t_kv tests/t_full
TESTS += tests/t_kv tests/t_full
tests_t_kv_SOURCES = tests/t_kv.c
tests_t_kv_LDADD = $(TESTLIBS_STORETEST)
tests_t_full_SOURCES = tests/t_full.c
tests_t_full_LDADD = $(TESTLIBS_STORETEST)

check_PROGRAMS += tests/t_traps
TESTS += tests/t_traps
tests_t_traps_SOURCES = tests/t_traps.c
tests_t_traps_LDADD = $(TESTLIBS_STORETEST)

check_PROGRAMS += tests/t_vault
TESTS += tests/t_vault
tests_t_vault_SOURCES = tests/t_vault.c
tests_t_vault_LDADD = $(TESTLIBS_STORETEST)
check_PROGRAMS += tests/t_register
TESTS += tests/t_register
tests_t_register_SOURCES = tests/t_register.c
tests_t_register_LDADD = libtap.a $(TESTLIBS_STORE)
check_PROGRAMS += tests/t_identity
TESTS += tests/t_identity
tests_t_identity_SOURCES = tests/t_identity.c
tests_t_identity_LDADD = $(TESTLIBS_STORETEST)
check_PROGRAMS += tests/t_take
TESTS += tests/t_take
tests_t_take_SOURCES = tests/t_take.c
tests_t_take_LDADD = $(TESTLIBS_STORETEST)
