check_LIBRARIES += librostertest.a
librostertest_a_SOURCES = tests/rostertest.c tests/rostertest.h
TESTLIBS_ROSTERTEST = librostertest.a libstoretest.a libtap.a $(TESTLIBS_ROSTER)

ROSTER_TESTS = tests/t_book tests/t_rules
check_PROGRAMS += $(ROSTER_TESTS)
TESTS += $(ROSTER_TESTS)
tests_t_book_SOURCES = tests/t_book.c
tests_t_book_LDADD = $(TESTLIBS_ROSTERTEST)
tests_t_rules_SOURCES = tests/t_rules.c
tests_t_rules_LDADD = $(TESTLIBS_ROSTERTEST)
