# What people may read and change without a compiler, and how it gets into the program.
dist_pkgdata_DATA = data/limits
EXTRA_DIST += data/limits.awk

BUILT_SOURCES += roster/limits.gen
CLEANFILES += roster/limits.gen
roster/limits.gen: $(srcdir)/data/limits $(srcdir)/data/limits.awk
	$(AM_V_GEN)$(MKDIR_P) roster && $(AWK) -f $(srcdir)/data/limits.awk $(srcdir)/data/limits >$@.tmp && mv $@.tmp $@
