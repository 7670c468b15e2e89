# The lab: a real kernel in a process, real file systems, and a stick that is pulled. See tests/lab/stick.sh.
LAB_TESTS = tests/lab-stick.sh tests/lab-careless.sh
TESTS += $(LAB_TESTS)
dist_check_SCRIPTS += $(LAB_TESTS)
EXTRA_DIST += tests/lab/lib.sh tests/lab/guest.sh tests/lab/cut.c tests/lab/careless.c tests/lab/stick.sh
CUTS = 200
SEED = 1

lab: samvagt
	@for kind in vfat ext4; do SAMVAGT='$(abs_top_builddir)/samvagt' srcdir='$(abs_srcdir)' \
		$(SHELL) '$(srcdir)/tests/lab/stick.sh' $$kind $(CUTS) $(SEED) || exit 1; done
.PHONY: lab
