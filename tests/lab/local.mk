# The lab: a real kernel in a process, real file systems, a stick that is pulled and a shared drive that is unplugged:
# see tests/lab/stick.sh, share.sh.
LAB_TESTS = tests/lab-stick.sh tests/lab-careless.sh tests/lab-share.sh
TESTS += $(LAB_TESTS)
dist_check_SCRIPTS += $(LAB_TESTS)
EXTRA_DIST += tests/lab/lib.sh tests/lab/guest.sh tests/lab/cut.c tests/lab/steps.c tests/lab/stick.sh \
	tests/lab/share.sh
CUTS = 200
UNPLUGGED = 20
SEED = 1
LAB_ENV = SAMVAGT='$(abs_top_builddir)/samvagt' srcdir='$(abs_srcdir)'

# With -j they go side by side.
lab: lab-vfat lab-ext4 lab-share
lab-vfat lab-ext4: samvagt
	$(LAB_ENV) $(SHELL) '$(srcdir)/tests/lab/stick.sh' $(@:lab-%=%) $(CUTS) $(SEED)
lab-share: samvagt
	$(LAB_ENV) $(SHELL) '$(srcdir)/tests/lab/share.sh' $(UNPLUGGED)
.PHONY: lab lab-vfat lab-ext4 lab-share
