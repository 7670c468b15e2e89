# Every test program prints TAP and stands in a list of its room: tests/<room>.mk.
TESTLIBS_BASE = libbase.a $(UTF8PROC_LIBS) $(SODIUM_LIBS)
TESTLIBS_STORE = libstore.a $(TESTLIBS_BASE) $(LMDB_LIBS) $(UUID_LIBS) $(ZSTD_LIBS)
TESTLIBS_ROSTER = libroster.a libfill.a $(TESTLIBS_STORE)
TESTLIBS_SYNC = libsync.a $(TESTLIBS_ROSTER)
TESTLIBS_EXPORT = libexport.a $(TESTLIBS_SYNC) $(JANSSON_LIBS) $(CSV_LIBS)
TESTLIBS_TUI = libtui.a $(TESTLIBS_EXPORT) $(NCURSES_LIBS)

check_LIBRARIES += libtap.a
libtap_a_SOURCES = tests/tap.c tests/tap.h

include $(srcdir)/tests/base.mk
include $(srcdir)/tests/fill.mk
include $(srcdir)/tests/store.mk
include $(srcdir)/tests/roster.mk
include $(srcdir)/tests/sync.mk
include $(srcdir)/tests/sim.mk
include $(srcdir)/tests/export.mk
include $(srcdir)/tests/tui.mk
include $(srcdir)/tests/cli.mk
include $(srcdir)/tests/house.mk
include $(srcdir)/tests/transport.mk
include $(srcdir)/tests/lab/local.mk
