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
TESTS += tests/t_list tests/t_form
check_PROGRAMS += tests/t_list tests/t_form
tests_t_list_SOURCES = tests/t_list.c
tests_t_list_LDADD = libtap.a $(TESTLIBS_TUI)
tests_t_form_SOURCES = tests/t_form.c
tests_t_form_LDADD = libtap.a $(TESTLIBS_TUI)
TESTS += tests/t_app
check_PROGRAMS += tests/t_app
tests_t_app_SOURCES = tests/t_app.c tests/tui_sample.c tests/tui_sample.h
tests_t_app_LDADD = libtuitest.a libtap.a $(TESTLIBS_TUI)

# The terminal from outside.
check_PROGRAMS += tests/tui_program tests/t_term
TESTS += tests/t_term
tests_tui_program_SOURCES = tests/tui_program.c tests/tui_sample.c tests/tui_sample.h
tests_tui_program_LDADD = $(TESTLIBS_TUI)
if HAVE_VTERM
check_LIBRARIES += libpty.a
libpty_a_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
libpty_a_SOURCES = tests/pty.h tests/pty.c
TESTLIBS_PTY = libpty.a libtap.a libbase.a $(VTERM_LIBS)
tests_t_term_SOURCES = tests/t_term.c
else
TESTLIBS_PTY = libtap.a libbase.a
tests_t_term_SOURCES = tests/no_vterm.c
endif
tests_t_term_LDADD = $(TESTLIBS_PTY)
EXTRA_DIST += tests/no_vterm.c tests/t_term.c tests/pty.c tests/pty.h

check_PROGRAMS += tests/t_actions tests/t_app_store
TESTS += tests/t_actions tests/t_app_store
tests_t_actions_SOURCES = tests/t_actions.c tests/tui_sample.c tests/tui_sample.h
tests_t_actions_LDADD = libtuitest.a libtap.a $(TESTLIBS_TUI)
tests_t_app_store_SOURCES = tests/t_app_store.c tests/tui_sample.c tests/tui_sample.h
tests_t_app_store_LDADD = libtuitest.a libstoretest.a libtap.a $(TESTLIBS_TUI)

# The screens of a coordinator's day, on a small hospital made by screentest.
check_LIBRARIES += libscreentest.a
libscreentest_a_SOURCES = tests/screentest.h tests/screentest.c
SCREEN_TESTS = tests/t_screen_today tests/t_screen_roster tests/t_screen_round tests/t_screen_asked
check_PROGRAMS += $(SCREEN_TESTS)
TESTS += $(SCREEN_TESTS)
TESTLIBS_SCREENTEST = libscreentest.a libtuitest.a librostertest.a libstoretest.a libtap.a $(TESTLIBS_TUI)
tests_t_screen_round_SOURCES = tests/t_screen_round.c
tests_t_screen_round_LDADD = $(TESTLIBS_SCREENTEST)
tests_t_screen_asked_SOURCES = tests/t_screen_asked.c
tests_t_screen_asked_LDADD = $(TESTLIBS_SCREENTEST)
tests_t_screen_today_SOURCES = tests/t_screen_today.c
tests_t_screen_today_LDADD = $(TESTLIBS_SCREENTEST)
tests_t_screen_roster_SOURCES = tests/t_screen_roster.c
tests_t_screen_roster_LDADD = $(TESTLIBS_SCREENTEST)

# The whole program at random.
check_PROGRAMS += tests/t_walk
TESTS += tests/t_walk
tests_t_walk_SOURCES = tests/t_walk.c
tests_t_walk_LDADD = libtuitest.a libtap.a libdemo.a $(TESTLIBS_TUI)

# Volunteers, registers, history, settings, finding, import and the first minute.
MORE_SCREEN_TESTS = tests/t_screen_people tests/t_screen_history tests/t_screen_find tests/t_screen_import \
	tests/t_screen_settings tests/t_screen_first_run
check_PROGRAMS += $(MORE_SCREEN_TESTS) tests/t_words
TESTS += $(MORE_SCREEN_TESTS) tests/t_words
tests_t_screen_people_SOURCES = tests/t_screen_people.c
tests_t_screen_people_LDADD = $(TESTLIBS_SCREENTEST)
tests_t_screen_history_SOURCES = tests/t_screen_history.c
tests_t_screen_history_LDADD = $(TESTLIBS_SCREENTEST)
tests_t_screen_find_SOURCES = tests/t_screen_find.c
tests_t_screen_find_LDADD = $(TESTLIBS_SCREENTEST)
tests_t_screen_import_SOURCES = tests/t_screen_import.c
tests_t_screen_import_LDADD = $(TESTLIBS_SCREENTEST)
tests_t_screen_settings_SOURCES = tests/t_screen_settings.c
tests_t_screen_settings_LDADD = $(TESTLIBS_SCREENTEST)
tests_t_screen_first_run_SOURCES = tests/t_screen_first_run.c
tests_t_screen_first_run_LDADD = $(TESTLIBS_SCREENTEST)
tests_t_words_SOURCES = tests/t_words.c
tests_t_words_LDADD = libtap.a $(TESTLIBS_TUI)

# The sites of the ring.
check_PROGRAMS += tests/t_screen_members
TESTS += tests/t_screen_members
tests_t_screen_members_SOURCES = tests/t_screen_members.c
tests_t_screen_members_LDADD = $(TESTLIBS_SCREENTEST)
check_PROGRAMS += tests/t_screen_clashes
TESTS += tests/t_screen_clashes
tests_t_screen_clashes_SOURCES = tests/t_screen_clashes.c
tests_t_screen_clashes_LDADD = libcarry.a $(TESTLIBS_SCREENTEST)

check_PROGRAMS += tests/t_screen_sync
TESTS += tests/t_screen_sync
tests_t_screen_sync_SOURCES = tests/t_screen_sync.c
tests_t_screen_sync_LDADD = libcarry.a $(TESTLIBS_SCREENTEST)

check_PROGRAMS += tests/t_screen_agreements
TESTS += tests/t_screen_agreements
tests_t_screen_agreements_SOURCES = tests/t_screen_agreements.c
tests_t_screen_agreements_LDADD = $(TESTLIBS_SCREENTEST)

check_PROGRAMS += tests/t_screen_roles
TESTS += tests/t_screen_roles
tests_t_screen_roles_SOURCES = tests/t_screen_roles.c
tests_t_screen_roles_LDADD = $(TESTLIBS_SCREENTEST)

check_PROGRAMS += tests/t_screen_people_data
TESTS += tests/t_screen_people_data
tests_t_screen_people_data_SOURCES = tests/t_screen_people_data.c
tests_t_screen_people_data_LDADD = $(TESTLIBS_SCREENTEST)

check_PROGRAMS += tests/t_screen_courses
TESTS += tests/t_screen_courses
tests_t_screen_courses_SOURCES = tests/t_screen_courses.c
tests_t_screen_courses_LDADD = $(TESTLIBS_SCREENTEST)

# What is forgotten by locking: in the harness, and the program in a terminal.
check_PROGRAMS += tests/t_idle_lock tests/t_lock_program
TESTS += tests/t_idle_lock tests/t_lock_program
tests_t_idle_lock_SOURCES = tests/t_idle_lock.c tests/memory.c tests/memory.h
tests_t_idle_lock_LDADD = libtuitest.a libstoretest.a libtap.a $(TESTLIBS_TUI)
if HAVE_VTERM
tests_t_lock_program_SOURCES = tests/t_lock_program.c tests/memory.c tests/memory.h
else
tests_t_lock_program_SOURCES = tests/no_vterm.c
endif
tests_t_lock_program_LDADD = $(TESTLIBS_PTY)
EXTRA_DIST += tests/t_lock_program.c
check_PROGRAMS += tests/t_screen_attend
TESTS += tests/t_screen_attend
tests_t_screen_attend_SOURCES = tests/t_screen_attend.c
tests_t_screen_attend_LDADD = $(TESTLIBS_SCREENTEST)
check_PROGRAMS += tests/t_screen_vigils
TESTS += tests/t_screen_vigils
tests_t_screen_vigils_SOURCES = tests/t_screen_vigils.c
tests_t_screen_vigils_LDADD = $(TESTLIBS_SCREENTEST)
check_PROGRAMS += tests/t_screen_care
TESTS += tests/t_screen_care
tests_t_screen_care_SOURCES = tests/t_screen_care.c
tests_t_screen_care_LDADD = $(TESTLIBS_SCREENTEST)

check_PROGRAMS += tests/t_screen_series
TESTS += tests/t_screen_series
tests_t_screen_series_SOURCES = tests/t_screen_series.c
tests_t_screen_series_LDADD = $(TESTLIBS_SCREENTEST)

check_PROGRAMS += tests/t_screen_filling
TESTS += tests/t_screen_filling
tests_t_screen_filling_SOURCES = tests/t_screen_filling.c
tests_t_screen_filling_LDADD = $(TESTLIBS_SCREENTEST)
check_PROGRAMS += tests/t_screen_coverage
TESTS += tests/t_screen_coverage
tests_t_screen_coverage_SOURCES = tests/t_screen_coverage.c
tests_t_screen_coverage_LDADD = $(TESTLIBS_SCREENTEST)

check_PROGRAMS += tests/t_screen_prints
TESTS += tests/t_screen_prints
tests_t_screen_prints_SOURCES = tests/t_screen_prints.c
tests_t_screen_prints_LDADD = $(TESTLIBS_SCREENTEST)
