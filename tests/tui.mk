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
EXTRA_DIST += tests/golden/sample-list.txt tests/golden/sample-filter.txt tests/golden/sample-help.txt \
	tests/golden/sample-form.txt tests/golden/sample-confirm.txt

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
EXTRA_DIST += tests/golden/today-80x24.txt tests/golden/today-60x17.txt tests/golden/today-120x40.txt \
	tests/golden/week-80x24.txt tests/golden/week-60x17.txt tests/golden/week-120x40.txt tests/golden/week-empty.txt \
	tests/golden/fill-80x24.txt tests/golden/day-80x24.txt tests/golden/day-120x40.txt \
	tests/golden/shift-new.txt

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
EXTRA_DIST += tests/golden/card-120x40.txt tests/golden/card-60x17.txt tests/golden/card-80x24.txt \
	tests/golden/change-80x24.txt tests/golden/find-120x40.txt tests/golden/find-60x17.txt \
	tests/golden/find-80x24.txt tests/golden/find-empty.txt tests/golden/first-120x40.txt \
	tests/golden/first-60x17.txt tests/golden/first-80x24.txt tests/golden/first-ready-60x17.txt \
	tests/golden/first-ready-80x24.txt tests/golden/form-shift.txt tests/golden/form-volunteer.txt \
	tests/golden/history-120x40.txt tests/golden/history-60x17.txt tests/golden/history-80x24.txt \
	tests/golden/import-60x17.txt tests/golden/import-80x24.txt tests/golden/import-columns-80x24.txt \
	tests/golden/import-files-120x40.txt tests/golden/import-files-60x17.txt tests/golden/import-files-80x24.txt \
	tests/golden/import-rows-80x24.txt tests/golden/import-rows-all.txt tests/golden/merge-80x24.txt \
	tests/golden/settings-120x40.txt tests/golden/settings-60x17.txt tests/golden/settings-80x24.txt \
	tests/golden/units-80x24.txt tests/golden/volunteers-120x40.txt tests/golden/volunteers-60x17.txt \
	tests/golden/volunteers-80x24.txt

# The sites of the ring.
check_PROGRAMS += tests/t_screen_members
TESTS += tests/t_screen_members
tests_t_screen_members_SOURCES = tests/t_screen_members.c
tests_t_screen_members_LDADD = $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/invite-60x17.txt tests/golden/invite-80x24.txt tests/golden/invited-120x40.txt \
	tests/golden/invited-60x17.txt tests/golden/invited-80x24.txt tests/golden/members-120x40.txt \
	tests/golden/members-60x17.txt tests/golden/members-80x24.txt tests/golden/members-none.txt \
	tests/golden/members-remove.txt tests/golden/members-words.txt
check_PROGRAMS += tests/t_screen_clashes
TESTS += tests/t_screen_clashes
tests_t_screen_clashes_SOURCES = tests/t_screen_clashes.c
tests_t_screen_clashes_LDADD = libcarry.a $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/disagree-clashes.txt

check_PROGRAMS += tests/t_screen_sync
TESTS += tests/t_screen_sync
tests_t_screen_sync_SOURCES = tests/t_screen_sync.c
tests_t_screen_sync_LDADD = libcarry.a $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/sync-80x24.txt tests/golden/sync-60x17.txt tests/golden/sync-120x40.txt \
	tests/golden/sync-no-ring.txt tests/golden/sync-da.txt tests/golden/meet-80x24.txt tests/golden/digest-80x24.txt tests/golden/digest-locked.txt tests/golden/digest-undone.txt \
	tests/golden/digest-60x17.txt tests/golden/digest-120x40.txt tests/golden/digest-da.txt \
	tests/golden/disagree-80x24.txt tests/golden/disagree-60x17.txt tests/golden/disagree-120x40.txt \
	tests/golden/disagree-da.txt tests/golden/today-sync-80x24.txt tests/golden/today-waiting.txt

check_PROGRAMS += tests/t_screen_agreements
TESTS += tests/t_screen_agreements
tests_t_screen_agreements_SOURCES = tests/t_screen_agreements.c
tests_t_screen_agreements_LDADD = $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/agreement-120x40.txt tests/golden/agreement-60x17.txt tests/golden/agreement-80x24.txt \
	tests/golden/agreement-compare-120x40.txt tests/golden/agreement-compare-60x17.txt \
	tests/golden/agreement-compare-80x24.txt tests/golden/agreement-compare-da.txt \
	tests/golden/agreement-da-120x40.txt tests/golden/agreement-da-60x17.txt tests/golden/agreement-da-80x24.txt \
	tests/golden/agreement-end.txt tests/golden/agreement-move.txt tests/golden/agreement-new.txt \
	tests/golden/agreement-sign-120x40.txt tests/golden/agreement-sign-60x17.txt \
	tests/golden/agreement-sign-80x24.txt tests/golden/agreement-sign-confirm.txt \
	tests/golden/agreement-sign-da.txt tests/golden/agreements-120x40.txt tests/golden/agreements-60x17.txt \
	tests/golden/agreements-80x24.txt tests/golden/agreements-da-120x40.txt tests/golden/agreements-da-60x17.txt \
	tests/golden/agreements-da-80x24.txt tests/golden/agreements-missing.txt tests/golden/agreements-none.txt \
	tests/golden/volunteer-agreements.txt

check_PROGRAMS += tests/t_screen_roles
TESTS += tests/t_screen_roles
tests_t_screen_roles_SOURCES = tests/t_screen_roles.c
tests_t_screen_roles_LDADD = $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/role-60x17.txt tests/golden/role-120x40.txt tests/golden/role-80x24.txt \
	tests/golden/role-agreement.txt tests/golden/role-question.txt tests/golden/role-effort.txt \
	tests/golden/pause-form.txt tests/golden/calls-60x17.txt tests/golden/calls-120x40.txt \
	tests/golden/calls-80x24.txt tests/golden/pauses-60x17.txt tests/golden/pauses-120x40.txt \
	tests/golden/pauses-80x24.txt tests/golden/pause-everybody.txt tests/golden/role-da.txt \
	tests/golden/calls-da.txt tests/golden/pauses-da.txt \
	tests/golden/rounds-80x24.txt tests/golden/rounds-60x17.txt tests/golden/rounds-120x40.txt tests/golden/rounds-da.txt \
	tests/golden/round-80x24.txt tests/golden/round-60x17.txt tests/golden/round-120x40.txt tests/golden/round-da.txt

check_PROGRAMS += tests/t_screen_people_data
TESTS += tests/t_screen_people_data
tests_t_screen_people_data_SOURCES = tests/t_screen_people_data.c
tests_t_screen_people_data_LDADD = $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/audit-120x40.txt tests/golden/audit-60x17.txt tests/golden/audit-80x24.txt \
	tests/golden/audit-da.txt tests/golden/erase-person-asks.txt \
	tests/golden/erase-person-counted-120x40.txt tests/golden/erase-person-counted-60x17.txt \
	tests/golden/erase-person-counted-80x24.txt tests/golden/erase-person-da.txt \
	tests/golden/erase-person-over.txt tests/golden/erase-person.txt tests/golden/insight.txt tests/golden/people-data-120x40.txt \
	tests/golden/people-data-60x17.txt tests/golden/people-data-80x24.txt \
	tests/golden/people-data-da-120x40.txt tests/golden/people-data-da-60x17.txt \
	tests/golden/people-data-da-80x24.txt tests/golden/people-data-erased-120x40.txt \
	tests/golden/people-data-erased-60x17.txt tests/golden/people-data-erased-80x24.txt \
	tests/golden/people-data-none.txt tests/golden/people-data-printed-120x40.txt \
	tests/golden/people-data-printed-60x17.txt tests/golden/people-data-printed-80x24.txt \
	tests/golden/people-data-printed-da.txt tests/golden/yearly-run-120x40.txt \
	tests/golden/yearly-run-60x17.txt tests/golden/yearly-run-80x24.txt tests/golden/yearly-run-asks.txt \
	tests/golden/yearly-run-da-120x40.txt tests/golden/yearly-run-da-60x17.txt \
	tests/golden/yearly-run-da-80x24.txt tests/golden/yearly-run-over-da.txt \
	tests/golden/yearly-run-over.txt

check_PROGRAMS += tests/t_screen_courses
TESTS += tests/t_screen_courses
tests_t_screen_courses_SOURCES = tests/t_screen_courses.c
tests_t_screen_courses_LDADD = $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/check-assess.txt tests/golden/check-move-da.txt tests/golden/check-move.txt \
	tests/golden/course-120x40.txt tests/golden/course-60x17.txt tests/golden/course-80x24.txt \
	tests/golden/course-give.txt tests/golden/courses-120x40.txt tests/golden/courses-60x17.txt \
	tests/golden/courses-80x24.txt tests/golden/courses-checks-120x40.txt tests/golden/courses-checks-60x17.txt \
	tests/golden/courses-checks-80x24.txt tests/golden/courses-checks-da.txt tests/golden/courses-da-120x40.txt \
	tests/golden/courses-da-60x17.txt tests/golden/courses-da-80x24.txt tests/golden/courses-kinds-da.txt \
	tests/golden/courses-kinds.txt tests/golden/courses-missing.txt tests/golden/courses-new.txt \
	tests/golden/courses-none.txt tests/golden/courses-order.txt \
	tests/golden/volunteer-courses.txt

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
EXTRA_DIST += tests/golden/care-jubilees-da.txt tests/golden/care-jubilees.txt tests/golden/care-none.txt tests/golden/care-new.txt \
	tests/golden/care-talks-120x40.txt tests/golden/care-talks-60x17.txt tests/golden/care-talks-80x24.txt \
	tests/golden/care-talks-da.txt tests/golden/care-thanks-120x40.txt tests/golden/care-thanks-60x17.txt \
	tests/golden/care-thanks-80x24.txt tests/golden/care-thanks-da.txt tests/golden/care-today.txt

check_PROGRAMS += tests/t_screen_series
TESTS += tests/t_screen_series
tests_t_screen_series_SOURCES = tests/t_screen_series.c
tests_t_screen_series_LDADD = $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/series-120x40.txt tests/golden/series-60x17.txt tests/golden/series-80x24.txt tests/golden/series-change.txt \
	tests/golden/series-da-120x40.txt tests/golden/series-da-60x17.txt tests/golden/series-da-80x24.txt tests/golden/series-end.txt \
	tests/golden/series-fixed.txt tests/golden/series-new.txt tests/golden/series-which.txt tests/golden/series-move.txt

check_PROGRAMS += tests/t_screen_filling
TESTS += tests/t_screen_filling
tests_t_screen_filling_SOURCES = tests/t_screen_filling.c
tests_t_screen_filling_LDADD = $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/filling-120x40.txt tests/golden/filling-60x17.txt tests/golden/filling-80x24.txt \
	tests/golden/filling-ask.txt tests/golden/filling-da-120x40.txt tests/golden/filling-da-60x17.txt \
	tests/golden/filling-da-80x24.txt tests/golden/filling-none.txt tests/golden/filling-open-da.txt \
	tests/golden/filling-open.txt tests/golden/filling-reason-da.txt tests/golden/filling-reason.txt \
	tests/golden/filling-warned.txt tests/golden/filling-why-not.txt tests/golden/replan.txt
check_PROGRAMS += tests/t_screen_coverage
TESTS += tests/t_screen_coverage
tests_t_screen_coverage_SOURCES = tests/t_screen_coverage.c
tests_t_screen_coverage_LDADD = $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/coverage-120x40.txt tests/golden/coverage-60x17.txt tests/golden/coverage-80x24.txt tests/golden/coverage-ascii.txt \
	tests/golden/coverage-da.txt tests/golden/coverage-year.txt
EXTRA_DIST += tests/golden/available-form.txt tests/golden/available-card.txt tests/golden/publish-asks.txt tests/golden/publish-told.txt

check_PROGRAMS += tests/t_screen_prints
TESTS += tests/t_screen_prints
tests_t_screen_prints_SOURCES = tests/t_screen_prints.c
tests_t_screen_prints_LDADD = $(TESTLIBS_SCREENTEST)
EXTRA_DIST += tests/golden/print-office.txt
