# Simulated histories: a short run by tests/sim.sh, long ones by "make soak SEEDS=N" (FROM=S, JOBS=J, BIG=--big,
# HARSH=--harsh).
check_PROGRAMS += tests/sim/sim
tests_sim_sim_SOURCES = tests/sim/sim.c tests/sim/sim.h tests/sim/chance.c tests/sim/stick.c tests/sim/world.c \
	tests/sim/edits.c tests/sim/erased.c tests/sim/events.c tests/sim/members.c tests/sim/oracle.c tests/sim/region.c tests/sim/check.c \
	tests/sim/cheap.c tests/sim/newer.c
tests_sim_sim_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS)
tests_sim_sim_LDADD = $(TESTLIBS_SYNC)
# What tests/sim/cheap.c and newer.c do in the place of the real ones.
tests_sim_sim_LDFLAGS = -Wl,--wrap=crypto_sign_verify_detached -Wl,--wrap=crypto_sign_ed25519_pk_to_curve25519 \
	-Wl,--wrap=crypto_box_seal_open -Wl,--wrap=crypto_pwhash -Wl,--wrap=os_reserve -Wl,--wrap=os_run_apart \
	-Wl,--wrap=segment_read_head -Wl,--wrap=segment_end -Wl,--wrap=snapshot_end

dist_check_SCRIPTS += tests/sim.sh tests/sim-found.sh
TESTS += tests/sim.sh tests/sim-found.sh
EXTRA_DIST += tests/sim/soak

SEEDS = 2000
FROM = 1
JOBS = 2
soak: tests/sim/sim$(EXEEXT)
	$(top_srcdir)/tests/sim/soak $(SEEDS) $(FROM) $(JOBS) $(BIG) $(HARSH)
.PHONY: soak
