check_LIBRARIES += librostertest.a
librostertest_a_SOURCES = tests/rostertest.c tests/rostertest.h
TESTLIBS_ROSTERTEST = librostertest.a libstoretest.a libtap.a $(TESTLIBS_ROSTER)

check_PROGRAMS += tests/t_wording
TESTS += tests/t_wording
tests_t_wording_SOURCES = tests/t_wording.c
tests_t_wording_LDADD = libtap.a $(TESTLIBS_ROSTER)
check_PROGRAMS += tests/t_agreements
TESTS += tests/t_agreements
tests_t_agreements_SOURCES = tests/t_agreements.c
tests_t_agreements_LDADD = $(TESTLIBS_ROSTERTEST)

ROSTER_TESTS = tests/t_book tests/t_rules tests/t_roster tests/t_act tests/t_candidates tests/t_limits
check_PROGRAMS += $(ROSTER_TESTS)
TESTS += $(ROSTER_TESTS)
tests_t_book_SOURCES = tests/t_book.c
tests_t_book_LDADD = $(TESTLIBS_ROSTERTEST)
tests_t_rules_SOURCES = tests/t_rules.c
tests_t_rules_LDADD = $(TESTLIBS_ROSTERTEST)
tests_t_roster_SOURCES = tests/t_roster.c
tests_t_roster_LDADD = $(TESTLIBS_ROSTERTEST)
tests_t_act_SOURCES = tests/t_act.c
tests_t_act_LDADD = $(TESTLIBS_ROSTERTEST)
tests_t_candidates_SOURCES = tests/t_candidates.c
tests_t_candidates_LDADD = $(TESTLIBS_ROSTERTEST)
tests_t_limits_SOURCES = tests/t_limits.c
tests_t_limits_LDADD = libstoretest.a libtap.a $(TESTLIBS_ROSTER)
