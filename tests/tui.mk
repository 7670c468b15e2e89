# What screens stand on. Pure tests need no terminal; t_term runs a small program in a pretended one.
check_LIBRARIES += libtuitest.a
libtuitest_a_SOURCES = tests/tui_harness.h tests/tui_harness.c

TUI_TESTS = tests/t_canvas tests/t_keynames tests/t_lineedit
check_PROGRAMS += $(TUI_TESTS)
TESTS += $(TUI_TESTS)
tests_t_canvas_SOURCES = tests/t_canvas.c
tests_t_canvas_LDADD = libtap.a $(TESTLIBS_TUI)
tests_t_keynames_SOURCES = tests/t_keynames.c
tests_t_keynames_LDADD = libtap.a $(TESTLIBS_TUI)
tests_t_lineedit_SOURCES = tests/t_lineedit.c
tests_t_lineedit_LDADD = libtap.a $(TESTLIBS_TUI)
