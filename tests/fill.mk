# The engine that fills gaps: it needs nothing but base.
TESTLIBS_FILL = libfilltest.a libfill.a libtap.a $(TESTLIBS_BASE)
check_LIBRARIES += libfilltest.a
libfilltest_a_SOURCES = tests/filltest.c tests/filltest.h tests/fillcheck.c tests/fillcheck.h

FILL_TESTS = tests/t_fill_random
check_PROGRAMS += $(FILL_TESTS)
TESTS += $(FILL_TESTS)
tests_t_fill_random_SOURCES = tests/t_fill_random.c
tests_t_fill_random_LDADD = $(TESTLIBS_FILL)
