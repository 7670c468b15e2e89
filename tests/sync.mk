# Tests of sync/: see tests/local.mk.
# What meeting brings, without files: changes of one store carried to another.
check_LIBRARIES += libcarry.a
libcarry_a_SOURCES = tests/carry.h tests/carry.c
check_PROGRAMS += tests/t_claims tests/t_digest
TESTS += tests/t_claims tests/t_digest
tests_t_claims_SOURCES = tests/t_claims.c
tests_t_claims_LDADD = libcarry.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
tests_t_digest_SOURCES = tests/t_digest.c
tests_t_digest_LDADD = libcarry.a libstoretest.a libtap.a $(TESTLIBS_SYNC)

check_PROGRAMS += tests/t_folder
TESTS += tests/t_folder
tests_t_folder_SOURCES = tests/t_folder.c
tests_t_folder_LDADD = libtap.a $(TESTLIBS_SYNC)

check_PROGRAMS += tests/t_columns
TESTS += tests/t_columns
tests_t_columns_SOURCES = tests/t_columns.c
tests_t_columns_LDADD = libtap.a $(TESTLIBS_SYNC)

check_LIBRARIES += libsegmenttest.a
libsegmenttest_a_SOURCES = tests/segmenttest.c tests/segmenttest.h
check_PROGRAMS += tests/t_segment
TESTS += tests/t_segment
tests_t_segment_SOURCES = tests/t_segment.c
tests_t_segment_LDADD = libsegmenttest.a libtap.a $(TESTLIBS_SYNC)

check_PROGRAMS += tests/t_ring_words tests/t_statement tests/t_roll
TESTS += tests/t_ring_words tests/t_statement tests/t_roll
tests_t_ring_words_SOURCES = tests/t_ring_words.c
tests_t_ring_words_LDADD = libtap.a $(TESTLIBS_SYNC)
tests_t_statement_SOURCES = tests/t_statement.c tests/ringtest.c tests/ringtest.h
tests_t_statement_LDADD = libtap.a $(TESTLIBS_SYNC)
tests_t_roll_SOURCES = tests/t_roll.c tests/ringtest.c tests/ringtest.h
tests_t_roll_LDADD = libtap.a $(TESTLIBS_SYNC)

check_PROGRAMS += tests/t_snapshot
TESTS += tests/t_snapshot
tests_t_snapshot_SOURCES = tests/t_snapshot.c
tests_t_snapshot_LDADD = libsegmenttest.a libtap.a $(TESTLIBS_SYNC)

# Files that each version wrote, to be read for ever.
EXTRA_DIST += tests/data/sync
check_PROGRAMS += tests/t_sync_kept
TESTS += tests/t_sync_kept
tests_t_sync_kept_SOURCES = tests/t_sync_kept.c
tests_t_sync_kept_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS)
tests_t_sync_kept_LDADD = libsegmenttest.a libtap.a $(TESTLIBS_SYNC)

check_PROGRAMS += tests/t_segment_memory
TESTS += tests/t_segment_memory
tests_t_segment_memory_SOURCES = tests/t_segment_memory.c
tests_t_segment_memory_LDFLAGS = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
tests_t_segment_memory_LDADD = libsegmenttest.a libtap.a $(TESTLIBS_SYNC)

check_PROGRAMS += tests/t_ring
TESTS += tests/t_ring
tests_t_ring_SOURCES = tests/t_ring.c
tests_t_ring_LDADD = libstoretest.a libtap.a $(TESTLIBS_SYNC)
check_PROGRAMS += tests/t_invite
TESTS += tests/t_invite
tests_t_invite_SOURCES = tests/t_invite.c
tests_t_invite_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS)
tests_t_invite_LDADD = libtap.a $(TESTLIBS_SYNC)
check_PROGRAMS += tests/t_ring_meet
TESTS += tests/t_ring_meet
tests_t_ring_meet_SOURCES = tests/t_ring_meet.c
tests_t_ring_meet_LDADD = libstoretest.a libtap.a $(TESTLIBS_SYNC)

# Whole meetings, of several stores.
check_LIBRARIES += libsynctest.a
libsynctest_a_SOURCES = tests/synctest.c tests/synctest.h
check_PROGRAMS += tests/t_sync tests/t_sync_random tests/t_sync_faults tests/t_sync_heal tests/t_sync_forks tests/t_sync_back
TESTS += tests/t_sync tests/t_sync_random tests/t_sync_faults tests/t_sync_heal tests/t_sync_forks tests/t_sync_back
check_PROGRAMS += tests/t_sync_removed
TESTS += tests/t_sync_removed
tests_t_sync_SOURCES = tests/t_sync.c
tests_t_sync_LDADD = libsynctest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
tests_t_sync_random_SOURCES = tests/t_sync_random.c
tests_t_sync_random_LDADD = libsynctest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
tests_t_sync_faults_SOURCES = tests/t_sync_faults.c
tests_t_sync_faults_LDADD = libsynctest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
tests_t_sync_heal_SOURCES = tests/t_sync_heal.c
tests_t_sync_heal_LDADD = libsynctest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
tests_t_sync_back_SOURCES = tests/t_sync_back.c
tests_t_sync_back_LDADD = libsynctest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
tests_t_sync_removed_SOURCES = tests/t_sync_removed.c
tests_t_sync_removed_LDADD = libsynctest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
tests_t_sync_forks_SOURCES = tests/t_sync_forks.c
tests_t_sync_forks_LDADD = libsynctest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
check_PROGRAMS += tests/t_signing
TESTS += tests/t_signing
tests_t_signing_SOURCES = tests/t_signing.c
tests_t_signing_LDADD = libstoretest.a libtap.a $(TESTLIBS_SYNC)
check_PROGRAMS += tests/t_forget
TESTS += tests/t_forget
tests_t_forget_SOURCES = tests/t_forget.c
tests_t_forget_LDADD = libsynctest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
# Phone rounds, which two sites make.
check_PROGRAMS += tests/t_sync_rounds
TESTS += tests/t_sync_rounds
tests_t_sync_rounds_SOURCES = tests/t_sync_rounds.c
tests_t_sync_rounds_LDADD = libsynctest.a librostertest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
# Attendance, which two sites key in.
check_PROGRAMS += tests/t_attend
TESTS += tests/t_attend
tests_t_attend_SOURCES = tests/t_attend.c
tests_t_attend_LDADD = libsynctest.a librostertest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
check_PROGRAMS += tests/t_vigil_room
TESTS += tests/t_vigil_room
tests_t_vigil_room_SOURCES = tests/t_vigil_room.c
tests_t_vigil_room_LDADD = libsynctest.a librostertest.a libstoretest.a libtap.a $(TESTLIBS_SYNC)
