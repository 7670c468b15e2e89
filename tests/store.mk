check_PROGRAMS += tests/t_id tests/t_schema
TESTS += tests/t_id tests/t_schema
tests_t_id_SOURCES = tests/t_id.c
tests_t_id_LDADD = libtap.a $(TESTLIBS_STORE)
tests_t_schema_SOURCES = tests/t_schema.c
tests_t_schema_LDADD = libtap.a $(TESTLIBS_STORE)
check_PROGRAMS += tests/t_codec tests/t_codec_random
TESTS += tests/t_codec tests/t_codec_random
tests_t_codec_SOURCES = tests/t_codec.c tests/codectest.c tests/codectest.h
tests_t_codec_LDADD = libtap.a $(TESTLIBS_STORE)
tests_t_codec_random_SOURCES = tests/t_codec_random.c tests/codectest.c tests/codectest.h
tests_t_codec_random_LDADD = libtap.a $(TESTLIBS_STORE)

check_LIBRARIES += libstoretest.a
libstoretest_a_SOURCES = tests/storetest.c tests/storetest.h tests/taketest.c tests/taketest.h \
	tests/erasetest.c tests/erasetest.h
TESTLIBS_STORETEST = libstoretest.a libtap.a $(TESTLIBS_STORE)

check_PROGRAMS += tests/t_store
TESTS += tests/t_store
tests_t_store_SOURCES = tests/t_store.c
tests_t_store_LDADD = $(TESTLIBS_STORETEST)
check_PROGRAMS += tests/t_cipher tests/t_seal tests/t_keys tests/t_kind
TESTS += tests/t_cipher tests/t_seal tests/t_keys tests/t_kind
tests_t_cipher_SOURCES = tests/t_cipher.c
tests_t_cipher_LDADD = libtap.a $(TESTLIBS_STORE)
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
check_PROGRAMS += tests/t_doctor tests/t_doctor_lies
TESTS += tests/t_doctor tests/t_doctor_lies
tests_t_doctor_SOURCES = tests/t_doctor.c tests/doctortest.c tests/doctortest.h
tests_t_doctor_LDADD = $(TESTLIBS_STORETEST)
tests_t_doctor_lies_SOURCES = tests/t_doctor_lies.c tests/doctortest.c tests/doctortest.h
tests_t_doctor_lies_LDADD = $(TESTLIBS_STORETEST)
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
check_PROGRAMS += tests/t_merge
TESTS += tests/t_merge
tests_t_merge_SOURCES = tests/t_merge.c
tests_t_merge_LDADD = $(TESTLIBS_STORETEST)
check_PROGRAMS += tests/t_transplant
TESTS += tests/t_transplant
tests_t_transplant_SOURCES = tests/t_transplant.c
tests_t_transplant_LDADD = $(TESTLIBS_STORETEST)

check_PROGRAMS += tests/t_given_up
TESTS += tests/t_given_up
tests_t_given_up_SOURCES = tests/t_given_up.c
tests_t_given_up_LDADD = $(TESTLIBS_STORETEST)
check_PROGRAMS += tests/t_take_state
TESTS += tests/t_take_state
tests_t_take_state_SOURCES = tests/t_take_state.c
tests_t_take_state_LDADD = $(TESTLIBS_STORETEST)

check_PROGRAMS += tests/t_take_anew
TESTS += tests/t_take_anew
tests_t_take_anew_SOURCES = tests/t_take_anew.c
tests_t_take_anew_LDADD = $(TESTLIBS_STORETEST)
check_PROGRAMS += tests/t_take_hostile
TESTS += tests/t_take_hostile
tests_t_take_hostile_SOURCES = tests/t_take_hostile.c
tests_t_take_hostile_LDADD = $(TESTLIBS_STORETEST)
check_PROGRAMS += tests/t_erase
TESTS += tests/t_erase
tests_t_erase_SOURCES = tests/t_erase.c
tests_t_erase_LDADD = $(TESTLIBS_STORETEST)

check_PROGRAMS += tests/t_seen
TESTS += tests/t_seen
tests_t_seen_SOURCES = tests/t_seen.c
tests_t_seen_LDADD = $(TESTLIBS_STORETEST)
