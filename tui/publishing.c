/* tui/publishing.c - see shifts_priv.h: publishing what stands on the roster as drafts: what it would do is told
 * before, and whom to tell after.
 *
 * Owns the question and the list. Which shifts hold is roster/publish.h's. */
#include "tui/shifts_priv.h"

#include "base/lang.h"
#include "base/when.h"
#include "roster/publish.h"
#include "tui/dialog.h"

struct question { struct publish_period how; struct id unit; };

static const char *told_text(struct arena *a, const struct published *p)
{
	struct buf b = {0};
	char day[64], minute[16];
	for (size_t i = 0; i < p->ntold; i++) {
		const struct publish_told *t = &p->told[i];
		const char *phone = kind_phone(a, t->phone);
		civil_format_date(day, sizeof day, cmin_date(t->first), CIVIL_DAY);
		civil_format_time(minute, sizeof minute, cmin_minute(t->first));
		buf_addf(&b, "%s %s  %s  ", t->name, phone, arena_printf(a, ngettext("%zu shift", "%zu shifts", t->shifts), t->shifts));
		buf_addf(&b, _("first %s %s"), day, minute);
		buf_addc(&b, '\n');
	}
	for (size_t i = 0; i < p->nleft; i++)
		buf_addf(&b, _("Still a draft: %s (%s)\n"), p->left[i].title, p->left[i].why);
	buf_addf(&b, "\n%s\n", _("The same list is among the papers, to be printed or written to a file: To be told of their shifts."));
	const char *text = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return text;
}

static void publish(struct app *app, const struct question *q)
{
	struct published out;
	struct change_result r;
	struct err e;
	struct arena *a = app_scratch(app);
	if (publish_do(app_store(app), a, &q->how, &out, &r, &e)) {
		app_fail(app, &e);
		return;
	}
	app_done(app, &r, ngettext("%zu shift published", "%zu shifts published", out.n), out.n);
	if (out.ntold + out.nleft)
		dialog_text(app, _("To be told"), told_text(a, &out));
}

static void chosen(struct app *app, void *ctx, size_t i)
{
	if (i == 0)
		publish(app, ctx);
}

static int look(struct app *app, const struct question *q, struct published *out, struct err *e)
{
	struct view *v = NULL;
	struct book *b = app_book_now(app, e);
	int rc = b ? view_begin(app_store(app), &v, e) : e->code;
	if (rc == OK)
		rc = publish_look(v, b, app_scratch(app), &q->how, out, e);
	view_end(v);
	return rc;
}

/* Where the drafts are, if not in the period. */
static int refuse_none(struct app *app, const struct question *q, struct err *e)
{
	struct view *v = NULL;
	char day[48];
	civil_min first = CMIN_NONE;
	struct book *b = app_book_now(app, e);
	int rc = b ? view_begin(app_store(app), &v, e) : e->code;
	if (rc == OK)
		rc = publish_next(v, b, app_scratch(app), q->how.unit, app_today(app), &first, e);
	view_end(v);
	if (rc)
		return rc;
	if (first == CMIN_NONE)
		return err_set(e, ERR_NOTFOUND, _("there are no drafts in that period, nor in the next three months"));
	return err_set(e, ERR_NOTFOUND, _("there are no drafts in that period: the first is %s"),
		civil_format_date(day, sizeof day, cmin_date(first), CIVIL_DAY));
}

static int period_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct question *q = ctx;
	struct published out;
	int rc = when_parse_period(text, app_today(app), &q->how.from, &q->how.to, e);
	if (rc == OK)
		rc = look(app, q, &out, e);
	if (rc)
		return rc;
	struct arena *a = app_scratch(app);
	const char *labels[] = {_("Publish them"), _("Not yet")};
	if (out.n == 0 && out.nleft == 0)
		return refuse_none(app, q, e);
	const char *left = out.nleft ? arena_printf(a, _(" · %zu stay drafts"), out.nleft) : "";
	dialog_choice(app, arena_printf(a, ngettext("%zu draft is published, %zu must be told%s", "%zu drafts are published, %zu must be told%s", out.n),
		out.n, out.ntold, left), labels, 2, chosen, q);
	return OK;
}

/* The week that is shown is proposed. */
static void do_publish(struct app *app, struct screen *s)
{
	struct question *q = arena_alloc(s->arena, sizeof *q);
	char from[40], to[40];
	civil_date monday = civil_monday(face_spot(s).day);
	q->unit = face_of(s)->unit;
	q->how.unit = id_is_none(q->unit) ? NULL : &q->unit;
	civil_format_date(from, sizeof from, monday, CIVIL_SHORT);
	civil_format_date(to, sizeof to, monday + 6, CIVIL_SHORT);
	dialog_prompt(app, _("Publish the drafts of which period?"), arena_printf(app_scratch(app), "%s - %s", from, to), false, period_given, q);
}

static const struct action rows[] = {
	{"roster.publish", CTX_PLAN, "Ctrl-O", N_("Publish"), N_("Makes the drafts of a period hold, and says who must be told"),
		GROUP_DO, 9, ACTION_CHANGES, refuse_past, do_publish},
};

const struct action_set actions_publishing = {N_("Publishing"), NULL, rows, sizeof rows / sizeof *rows};
