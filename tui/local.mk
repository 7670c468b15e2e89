noinst_LIBRARIES += libtui.a
libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)
libtui_a_SOURCES = \
	tui/theme.h tui/theme.c \
	tui/canvas.h tui/canvas.c \
	tui/keys.h tui/keys.c \
	tui/term.h tui/term_priv.h tui/term.c tui/term_input.c \
	tui/lineedit.h tui/lineedit.c \
	tui/list.h tui/list_priv.h tui/list.c tui/list_draw.c \
	tui/form.h tui/form_priv.h tui/form.c tui/form_draw.c \
	tui/action.h tui/action.c \
	tui/app.h tui/app_priv.h tui/app.c tui/app_draw.c tui/app_book.c tui/app_draft.c tui/app_settings.c tui/app_lock.c \
	tui/dialog.h tui/to_file.c tui/to_file.h tui/dialog.c \
	tui/help.h tui/help.c tui/core_actions.c tui/screen_lock.c \
	tui/screens.h tui/screens.c
libtui_a_SOURCES += \
	tui/shifts_priv.h tui/shifts.c tui/shifts_copy.c tui/shifts_swap.c tui/shifts_replan.c tui/shifts_words.c tui/shifts_draw.c \
	tui/week_priv.h tui/week.c tui/week_draw.c \
	tui/rounds_priv.h tui/screen_rounds.c tui/screen_round.c \
	tui/screen_roster.c tui/roster_go.c tui/roster_day.c tui/roster_fill.c tui/shift_new.c \
	tui/today_priv.h tui/screen_today.c tui/today_rows.c tui/today_waiting.c
libtui_a_SOURCES += \
	tui/words.h tui/words.c tui/seek.h tui/seek.c tui/changes.h tui/changes.c tui/settings.h tui/settings.c \
	tui/records_priv.h tui/records_rows.c tui/screen_records.c tui/screen_record_form.c \
	tui/people_priv.h tui/people.c tui/card_priv.h tui/card_rows.c tui/screen_volunteer.c tui/screen_merge.c \
	tui/changes_priv.h tui/screen_history.c tui/screen_change.c tui/screen_find.c \
	tui/members_priv.h tui/screen_members.c tui/members_invite.c \
	tui/settings_priv.h tui/screen_settings.c tui/settings_work.c tui/screen_first_run.c \
	tui/importing.h tui/screen_import.c tui/import_files.c tui/import_rows.c tui/import_columns.c
libtui_a_SOURCES += \
	tui/syncing.h tui/syncing.c tui/screen_sync.c tui/sync_meet.c tui/screen_digest.c \
	tui/disagreeing.h tui/screen_disagreements.c tui/disagree_rows.c
libtui_a_SOURCES += \
	tui/paper.h tui/paper.c tui/choose.h tui/choose.c tui/act_form.h tui/act_form.c \
	tui/detail.h tui/detail.c \
	tui/people_data_priv.h tui/screen_people_data.c tui/people_data_rows.c tui/screen_erasing.c tui/person_acts.c \
	tui/screen_audit.c \
	tui/agreements_priv.h tui/screen_agreements.c tui/screen_agreement.c \
	tui/agreement_acts.c tui/agreement_forms.c tui/agreement_sign.c
libtui_a_SOURCES += \
	tui/cells.h tui/cells.c \
	tui/care_priv.h tui/screen_care.c tui/care_rows.c tui/care_acts.c \
	tui/vigils_priv.h tui/screen_vigils.c tui/screen_vigil.c tui/vigil_form.c \
	tui/screen_filling.c \
	tui/roles_priv.h tui/screen_role.c tui/screen_pauses.c tui/screen_calls.c tui/pause_form.c
libtui_a_SOURCES += \
	tui/attend_priv.h tui/screen_attend.c tui/attend_line.c tui/attend_acts.c
libtui_a_SOURCES += \
	tui/courses_priv.h tui/courses_rows.c tui/course_words.c tui/screen_courses.c tui/course_acts.c tui/course_forms.c
libtui_a_SOURCES += \
	tui/series_priv.h tui/screen_series.c tui/series_forms.c tui/series_ask.c tui/screen_fixed.c
libtui_a_SOURCES += \
	tui/chart.h tui/chart.c tui/coverage_priv.h tui/screen_coverage.c tui/coverage_draw.c
libtui_a_SOURCES += \
	tui/available_form.c tui/publishing.c
libtui_a_SOURCES += \
	tui/prints_priv.h tui/screen_prints.c tui/screen_print.c
