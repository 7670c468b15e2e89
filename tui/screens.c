/* tui/screens.c - see screens.h. Owns the list of all actions and the ways between screens. Must not know what is
 * on them. */
#include "tui/screens.h"

#include "base/lang.h"
#include "tui/act_form.h"
#include "tui/agreements_priv.h"
#include "tui/care_priv.h"
#include "tui/changes_priv.h"
#include "tui/courses_priv.h"
#include "tui/coverage_priv.h"
#include "tui/importing.h"
#include "tui/members_priv.h"
#include "tui/people_data_priv.h"
#include "tui/people_priv.h"
#include "tui/prints_priv.h"
#include "tui/roles_priv.h"
#include "tui/rounds_priv.h"
#include "tui/series_priv.h"
#include "tui/shifts_priv.h"
#include "tui/syncing.h"
#include "tui/vigils_priv.h"

static void go_today(struct app *app, struct screen *s)
{
	(void)s;
	app_home(app);
}

static void go_roster(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_roster(app, app_today(app), ID_NONE));
}

static void go_volunteers(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_records(app, TYPE_VOLUNTEER));
}

static void go_roles(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_records(app, TYPE_ROLE));
}

static void go_units(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_records(app, TYPE_UNIT));
}

static void go_organisations(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_records(app, TYPE_ORGANISATION));
}

static void go_import(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_import(app, NULL));
}

static void go_history(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_history(app, ID_NONE));
}

static void go_settings(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_settings(app));
}

static void go_sync(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_sync(app));
}

static void go_agreements(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_agreements(app));
}

static void go_pauses(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_pauses(app));
}

static void go_people_data(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_people_data(app));
}

static void go_courses(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_courses(app));
}

static void go_attend(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_attend(app, app_today(app), ID_NONE, ID_NONE));
}

static void go_series(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_series(app));
}

static void go_vigils(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_vigils(app));
}

static void go_care(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_care(app));
}

static void go_rounds(struct app *app, struct screen *s)
{
	(void)s;
	app_go(app, screen_rounds(app));
}

static void go_report(struct app *app, struct screen *s)
{
	const struct prints_from nothing = {.from = DATE_NONE, .to = DATE_NONE};
	(void)s;
	app_go(app, screen_print(app, print_kind_named("report"), &nothing));
}

static void find(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_find(app));
}

static const char *refuses(struct app *app, struct screen *s)
{
	(void)s;
	return app_store(app) ? NULL : _("There is no store yet.");
}

static const struct action rows[] = {
	{"go.today", CTX_MAIN, "1", N_("Today"), N_("Who is here, who comes, and which places are open"),
		GROUP_GO, 0, 0, refuses, go_today},
	{"go.roster", CTX_MAIN, "2", N_("Roster"), N_("The week, day by day and place by place"),
		GROUP_GO, 0, 0, refuses, go_roster},
	{"go.volunteers", CTX_MAIN, "3", N_("Volunteers"), N_("Everybody, with phone, organisation and status"),
		GROUP_GO, 0, 0, refuses, go_volunteers},
	{"go.roles", CTX_MAIN, "4", N_("Roles"), N_("The tasks, and what each may and may not do"),
		GROUP_GO, 0, 0, refuses, go_roles},
	{"go.units", CTX_MAIN, "5", N_("Units"), N_("Hospitals, wards and other places"),
		GROUP_GO, 0, 0, refuses, go_units},
	{"go.organisations", CTX_MAIN, "6", N_("Organisations"), N_("The organisations that volunteers come through"),
		GROUP_GO, 0, 0, refuses, go_organisations},
	{"go.import", CTX_MAIN, "7", N_("Import"), N_("Takes people and shifts from a spreadsheet"),
		GROUP_GO, 0, 0, refuses, go_import},
	{"go.history", CTX_MAIN, "8", N_("History"), N_("Who changed what and when, and the roster as it was"),
		GROUP_GO, 0, 0, refuses, go_history},
	{"go.settings", CTX_MAIN, "9", N_("Settings"), N_("Language, passphrase, idle lock, limits of rules"),
		GROUP_GO, 0, 0, refuses, go_settings},
	{"go.sync", CTX_MAIN, "0", N_("Sync"),
		N_("Meets the other sites by stick or shared folder, and shows what came"),
		GROUP_GO, 0, 0, refuses, go_sync},
	{"go.agreements", CTX_MAIN, "w", N_("Agreements"), N_("With whom, how they stand, who has signed, what is due"),
		GROUP_GO, 0, 0, refuses, go_agreements},
	{"go.pauses", CTX_MAIN, "", N_("Pauses"), N_("Who is sent home for a while: places, roles, everybody"),
		GROUP_GO, 0, 0, refuses, go_pauses},
	{"go.filling", CTX_MAIN, "Ctrl-N", N_("Fill period"), N_("Proposes people for all open places of a period, with proof"),
		GROUP_GO, 5, ACTION_AT_GAPS, refuses, filling_ask},
	{"go.people_data", CTX_MAIN, "Ctrl-D", N_("People's data"), N_("Whose time is over, erasures and who has confirmed them, printed lists"),
		GROUP_GO, 0, 0, refuses, go_people_data},
	{"go.courses", CTX_MAIN, "Ctrl-K", N_("Courses"), N_("Courses and checks: what runs out or is missing, and who is new"),
		GROUP_GO, 0, 0, refuses, go_courses},
	{"go.attend", CTX_MAIN, "Ctrl-E", N_("Attendance"), N_("Who was there, day by day: one key a person, or the paper sheet as one line"),
		GROUP_GO, 0, 0, refuses, go_attend},
	{"go.series", CTX_MAIN, "Ctrl-W", N_("Shift series"), N_("Shifts that come again: what, when, until, who has fixed places"),
		GROUP_GO, 0, 0, refuses, go_series},
	{"go.vigils", CTX_MAIN, "Ctrl-V", N_("Vigils"), N_("A ward calls at night: watches round the clock, and whom to ring"),
		GROUP_GO, 0, 0, refuses, go_vigils},
	{"go.care", CTX_MAIN, "Ctrl-B", N_("Care"), N_("Talks to be held, jubilees, and who wasn't thanked for long"),
		GROUP_GO, 0, 0, refuses, go_care},
	{"go.rounds", CTX_MAIN, "Ctrl-T", N_("Phone rounds"), N_("Gaps that somebody is sought for, and whom to ring"),
		GROUP_GO, 0, 0, refuses, go_rounds},
	{"go.coverage", CTX_MAIN, "Ctrl-G", N_("Coverage"), N_("Where somebody is missing week after week, by weekday and hour, and day by day"),
		GROUP_GO, 0, 0, refuses, coverage_open_from},
	{"go.prints", CTX_MAIN, "P", N_("Papers"), N_("All that can be printed, of what one looks at first"),
		GROUP_GO, 0, 0, refuses, prints_open_from},
	{"go.report", CTX_MAIN, "", N_("Report"), N_("A year in figures and pictures, for the leadership"), GROUP_GO, 0, 0, refuses, go_report},
	{"go.find", CTX_MAIN, "f Ctrl-F", N_("Find"), N_("Anything anywhere, by part of its name or phone number"),
		GROUP_GO, 4, 0, refuses, find},
};

const struct action_set actions_go = {N_("Go to"), NULL, rows, sizeof rows / sizeof *rows};

const struct action_set *const *screens_actions(size_t *n)
{
	/* the core's first, so that help comes first on every hint bar */
	static const struct action_set *const sets[] = {
		&actions_today, &actions_roster, &actions_roster_day, &actions_shifts,
		&actions_shifts_copy, &actions_shifts_swap, &actions_fill, &actions_rounds, &actions_round, &actions_shift_new, &actions_records, &actions_people,
		&actions_volunteer, &actions_merge, &actions_record_form, &actions_import, &actions_import_files,
		&actions_import_rows, &actions_import_columns, &actions_history, &actions_change, &actions_sync,
		&actions_meet, &actions_digest, &actions_disagree, &actions_agreements, &actions_agreement,
		&actions_act_form, &actions_agreement_sign, &actions_role, &actions_pauses, &actions_calls,
		&actions_pause_form, &actions_people_data, &actions_person,
		&actions_erasing, &actions_courses, &actions_course, &actions_attend, &actions_members, &actions_members_invite,
		&actions_vigils, &actions_vigil, &actions_care, &actions_filling, &actions_series, &actions_fixed,
		&actions_coverage, &actions_prints, &actions_print,
		&actions_publishing,
		&actions_settings, &actions_first_run, &actions_find, &actions_help, &actions_dialog,
		&actions_go, &actions_core,
	};
	*n = sizeof sets / sizeof *sets;
	return sets;
}
