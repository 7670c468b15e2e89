# The engine that fills gaps: it needs nothing but base.
TESTLIBS_FILL = libfilltest.a libfill.a libtap.a $(TESTLIBS_BASE)
check_LIBRARIES += libfilltest.a
libfilltest_a_SOURCES = tests/filltest.c tests/filltest.h tests/fillmake.c tests/fillcheck.c tests/fillcheck.h \
	tests/rotatest.c tests/rotatest.h

FILL_TESTS = tests/t_fill_cases tests/t_fill_order tests/t_fill_random tests/t_rota tests/t_rota_order
check_PROGRAMS += $(FILL_TESTS)
TESTS += $(FILL_TESTS)
tests_t_fill_cases_SOURCES = tests/t_fill_cases.c
tests_t_fill_cases_LDADD = $(TESTLIBS_FILL)
tests_t_fill_order_SOURCES = tests/t_fill_order.c
tests_t_fill_order_LDADD = $(TESTLIBS_FILL)
tests_t_fill_random_SOURCES = tests/t_fill_random.c
tests_t_fill_random_LDADD = $(TESTLIBS_FILL)
tests_t_rota_SOURCES = tests/t_rota.c
tests_t_rota_LDADD = $(TESTLIBS_FILL)
tests_t_rota_order_SOURCES = tests/t_rota_order.c
tests_t_rota_order_LDADD = $(TESTLIBS_FILL)

FILL_SH = tests/fill-compilers.sh
TESTS += $(FILL_SH)
dist_check_SCRIPTS += $(FILL_SH)

# The public benchmarks of rosters: their readers, and that the model costs what their rules say.
check_PROGRAMS += bench/bench_rota tests/t_rota_read
TESTS += tests/t_rota_read tests/bench-rota.sh
dist_check_SCRIPTS += tests/bench-rota.sh
EXTRA_DIST += tests/data/rota
tests_t_rota_read_SOURCES = tests/t_rota_read.c $(ROTA_READ)
tests_t_rota_read_LDADD = libtap.a $(TESTLIBS_BASE)
