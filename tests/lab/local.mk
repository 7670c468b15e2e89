# The lab: a real kernel in a process, real file systems, and a stick that is pulled. See tests/lab/stick.sh, share.sh.
LAB_TESTS = tests/lab-stick.sh tests/lab-careless.sh
TESTS += $(LAB_TESTS)
dist_check_SCRIPTS += $(LAB_TESTS)
EXTRA_DIST += tests/lab/lib.sh tests/lab/guest.sh tests/lab/cut.c tests/lab/careless.c tests/lab/stick.sh tests/lab/share.sh
CUTS = 200
SEED = 1
LAB_ENV = SAMVAGT='$(abs_top_builddir)/samvagt' srcdir='$(abs_srcdir)'

lab: samvagt
	$(LAB_ENV) $(SHELL) '$(srcdir)/tests/lab/stick.sh' vfat $(CUTS) $(SEED)
	$(LAB_ENV) $(SHELL) '$(srcdir)/tests/lab/stick.sh' ext4 $(CUTS) $(SEED)
	$(LAB_ENV) $(SHELL) '$(srcdir)/tests/lab/share.sh' 20
.PHONY: lab
