# Simulated histories: a short run by tests/sim.sh, long ones by "make soak SEEDS=N" (FROM=S, BIG=--big).
check_PROGRAMS += tests/sim/sim
tests_sim_sim_SOURCES = tests/sim/sim.c tests/sim/sim.h tests/sim/chance.c tests/sim/stick.c tests/sim/world.c \
	tests/sim/edits.c tests/sim/events.c tests/sim/oracle.c tests/sim/check.c
tests_sim_sim_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS)
tests_sim_sim_LDADD = $(TESTLIBS_SYNC)

dist_check_SCRIPTS += tests/sim.sh
TESTS += tests/sim.sh
EXTRA_DIST += tests/sim/soak

SEEDS = 2000
FROM = 1
soak: tests/sim/sim$(EXEEXT)
	$(top_srcdir)/tests/sim/soak $(SEEDS) $(FROM) $(BIG)
.PHONY: soak
