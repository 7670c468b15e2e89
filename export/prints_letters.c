/* export/prints_letters.c - what is given to somebody (prints.def): thanks, a diploma, the programme of an
 * introduction, a role's sheet. Owns the words. Must not know how a letter lies on a page (sheet.h), nor count or
 * compare what anybody does. */
#include "export/prints_priv.h"

#include "base/lang.h"
#include "export/papers_priv.h"

/* ---- what they share --------------------------------------------------------------------------------- */

static const char *place_and_day(struct view *v, struct arena *a)
{
	struct ymd day = civil_to_ymd(store_today(view_store(v)));
	/* translators: over a letter: place, day, month, year */
	return arena_printf(a, _("%s, %d %s %d"), view_title(v, a, store_site(view_store(v))), day.d, civil_month_name(day.m), day.y);
}

/* Whoever plans here, and where. */
static int signer(struct view *v, struct arena *a, const char **out, struct err *e)
{
	struct rec *site;
	int rc = view_get(v, a, TYPE_SITE, store_site(view_store(v)), &site, e);
	const char *who = rc == OK && site ? rec_text(site, F_SITE_COORDINATOR) : "";
	if (!*who)
		who = store_person(view_store(v));
	*out = arena_printf(a, "%s%s%s", who, *who ? ", " : "", view_title(v, a, store_site(view_store(v))));
	return rc;
}

static const char *month_of(struct arena *a, civil_date d)
{
	struct ymd day = civil_to_ymd(d);
	return arena_printf(a, "%s %d", civil_month_name(day.m), day.y);
}

struct sheet *print_begin_letters(struct view *v, struct arena *a, const struct print_order *how, const char *title)
{
	struct sheet *s = print_begin(v, a, how, title);
	s->face = FACE_LETTERS;
	s->given = true;
	return s;
}

/* ---- thanks ------------------------------------------------------------------------------------------ */

static const char *thanks_text(struct view *v, struct arena *a, const struct person *p)
{
	const char *since = p->started == DATE_NONE ? "" : arena_printf(a, _("You have been a volunteer here since %s. "), month_of(a, p->started));
	return arena_printf(a,
		_("%s\n\nDear %s\n\nThank you for coming.\n\n%sThat is people meeting people: a hand to hold, company down a long corridor, a cup of coffee and "
		  "time to listen. Some of it we have seen. Most of it we haven't, but those you did it for remember it.\n\nWhat you give can neither be bought "
		  "nor put into a system. You are here because you want to be, and that is felt: by the patients, by those close to them, and by us who "
		  "work here.\n\nWe are glad that you share your time with us. If there is something that you miss, or something that you have noticed, "
		  "do tell us. We would like to hear it.\n\nWarm regards"),
		place_and_day(v, a), p->given, since);
}

static const char *address_text(struct arena *a, const struct person *p, const struct print_address *at)
{
	return at->known ? arena_printf(a, "%s\n%s\n%s", p->name, at->street, at->town) : p->name;
}

static int add_thanks(struct view *v, struct sheet *s, const struct person *p, const char *by, struct err *e)
{
	struct print_address at;
	int rc = print_address(v, s->arena, p, &at, e);
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[0].text = p->name;
	c[1].text = address_text(s->arena, p, &at);
	c[2].text = _("Thank you");
	c[3].text = thanks_text(v, s->arena, p);
	c[4].text = by;
	return rc;
}

/* Those who weren't thanked for long, unless somebody is chosen. */
static int to_thank(struct view *v, struct book *b, struct arena *a, const struct print_order *how, const struct person ***out, size_t *n,
	struct err *e)
{
	struct unthanked *all;
	if (how->nabout)
		return print_people(b, a, how, NULL, out, n, e);
	int rc = care_unthanked(v, b, a, store_today(view_store(v)), &all, n, e);
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < *n; i++)
		(*out)[i] = all[i].person;
	return rc;
}

int print_thanks(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	const struct person **all;
	const char *by;
	size_t n = 0;
	int rc = to_thank(v, b, a, how, &all, &n, e);
	if (rc == OK)
		rc = signer(v, a, &by, e);
	if (rc)
		return rc;
	struct sheet *s = *out = print_begin_letters(v, a, how, _("Thank-you letters"));
	s->made = "";
	sheet_part(s, "name", _("Name"), PART_NONE);
	sheet_part(s, "address", _("Address"), PART_ADDRESS);
	sheet_part(s, "heading", _("Heading"), PART_HEADING);
	sheet_part(s, "text", _("Text"), PART_TEXT);
	sheet_part(s, "by", _("By"), PART_SIGN);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = add_thanks(v, s, all[i], by, e);
	if (rc == OK)
		sheet_note(s, n ? _("When somebody has been: samvagt talk add thanks VOLUNTEER") : _("Everybody who comes has been thanked."));
	return rc;
}

/* ---- a confirmation ---------------------------------------------------------------------------------- */

static const char *hours_words(struct arena *a, int minutes)
{
	return minutes % 60 ? arena_printf(a, "%d:%02d", minutes / 60, minutes % 60) : arena_printf(a, "%d", minutes / 60);
}

static const char *days_text(struct arena *a, civil_date from, civil_date last)
{
	char first[40], end[40];
	return arena_printf(a, "%s – %s", civil_format_date(first, sizeof first, from, CIVIL_SHORT), civil_format_date(end, sizeof end, last, CIVIL_SHORT));
}

/* What is known here, and no praise: whoever reads it decides something by it. */
static const char *confirmation_text(struct view *v, struct book *b, struct arena *a, const struct person *p, const struct load *load, const char *period)
{
	const char *since = p->started == DATE_NONE ? "" : arena_printf(a, _(" since %s"), month_of(a, p->started));
	const char *roles = person_role_names(b, a, p), *as = *roles ? arena_printf(a, _("Roles: %s.\n\n"), roles) : "";
	const char *times = arena_printf(a, ngettext("In the time %s %s was here %d time, %s hours in all, by our records.",
		"In the time %s %s was here %d times, %s hours in all, by our records.", (unsigned long)load->shifts), period, p->given, load->shifts,
		hours_words(a, load->minutes));
	return arena_printf(a, _("%s\n\nWe confirm that %s has been a volunteer here%s.\n\n%s%s\n\nVolunteers aren't paid. This confirmation was asked for by %s."),
		place_and_day(v, a), p->name, since, as, times, p->given);
}

static int add_confirmation(struct view *v, struct book *b, struct sheet *s, const struct print_order *how, const struct person *p, const char *by,
	struct err *e)
{
	struct load load;
	/* of today nobody knows yet */
	civil_date today = store_today(view_store(v)), to = how->to < today ? how->to : today;
	int rc = roster_load_of(v, p->id, how->from, to, store_now_civil(view_store(v)), &load, e);
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[0].text = _("Confirmation");
	c[1].text = confirmation_text(v, b, s->arena, p, &load, days_text(s->arena, how->from, to - 1));
	c[2].text = by;
	return rc;
}

int print_confirmation(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct id one;
	const char *by;
	int rc = print_about_one(how, &one, e);
	const struct person *p = rc == OK ? book_person(b, one) : NULL;
	if (rc == OK && !p)
		rc = err_set(e, ERR_NOTFOUND, _("there is no such volunteer"));
	if (rc == OK && how->from >= store_today(view_store(v)))
		rc = err_set(e, ERR_USAGE, _("that time hasn't begun: there is nothing to confirm yet"));
	if (rc == OK)
		rc = signer(v, a, &by, e);
	if (rc)
		return rc;
	struct sheet *s = *out = print_begin_letters(v, a, how, _("Confirmation of volunteering"));
	s->made = "";
	sheet_part(s, "heading", _("Heading"), PART_HEADING);
	sheet_part(s, "text", _("Text"), PART_TEXT);
	sheet_part(s, "by", _("By"), PART_SIGN);
	return add_confirmation(v, b, s, how, p, by, e);
}

/* ---- the diploma ------------------------------------------------------------------------------------- */

/* A frame on a page of its own. */
static const struct sheet_cards frame = {.across = 1, .down = 1, .width = 1800, .height = 2670, .left = 150, .top = 150, .badge = true};

static const char *diploma_text(struct arena *a, int years)
{
	const char *did = years > 0 ? arena_printf(a, ngettext("has shared a year with others as a volunteer.",
		"has shared %d years with others as a volunteer.", (unsigned long)years), years) : _("has shared time with others as a volunteer.");
	return arena_printf(a, "\n%s\n\n%s", did, _("Thank you for being there, every time that you came.\nIt has meant something to those you met, and to us."));
}

static void add_diploma(struct view *v, struct sheet *s, const struct person *p, int years, const char *by)
{
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[0].text = arena_printf(s->arena, "%s\n\n%s", _("Diploma"), p->name);
	c[1].text = diploma_text(s->arena, years);
	c[2].text = arena_printf(s->arena, "\n\n%s", place_and_day(v, s->arena));
	c[3].text = arena_printf(s->arena, "\n\n…………………………………………\n%s", by);
}

/* Of somebody who is chosen: the jubilee of the period, else the whole years until now. */
static int years_of(const struct person *p, const struct jubilee *all, size_t n, civil_date today)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].person == p)
			return all[i].years;
	return p->started == DATE_NONE || p->started > today ? 0 : civil_age(p->started, today);
}

int print_diploma(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	const struct person **chosen = NULL;
	const char *by;
	size_t n, m = 0;
	const struct jubilee *all = care_jubilees(b, a, how->from, how->to, false, &n);
	int rc = signer(v, a, &by, e);
	if (rc == OK && how->nabout)
		rc = print_people(b, a, how, NULL, &chosen, &m, e);
	if (rc)
		return rc;
	struct sheet *s = *out = print_begin_letters(v, a, how, _("Diplomas"));
	s->period = paper_period(a, how->from, how->to);
	s->face = FACE_CARDS;
	s->cards = frame;
	s->made = "";
	sheet_part(s, "name", _("Name"), PART_NONE);
	sheet_part(s, "text", _("Text"), PART_NONE);
	sheet_part(s, "where", _("Where"), PART_NONE);
	sheet_part(s, "by", _("By"), PART_NONE);
	for (size_t i = 0; i < m; i++)
		add_diploma(v, s, chosen[i], years_of(chosen[i], all, n, store_today(view_store(v))), by);
	for (size_t i = 0; !how->nabout && i < n; i++)
		add_diploma(v, s, all[i].person, all[i].years, by);
	if (!s->nrows)
		sheet_note(s, _("Nobody has a jubilee then."));
	return OK;
}

/* ---- the introduction -------------------------------------------------------------------------------- */

struct programme {
	struct view *v;
	struct book *b;
	struct arena *a;
	const struct person *person;
	const int *limits;
	const char *text;
	bool headed;              /* something stands under the last heading */
	const char *heading;
};

static void begin_part(struct programme *p, const char *heading)
{
	p->heading = heading;
	p->headed = false;
}

/* A box to tick, and the day where it is done; a line to write the day on where it isn't. */
static void add_step(struct programme *p, const char *what, bool done, civil_date day, const char *more)
{
	char text[40];
	if (!p->headed)
		p->text = arena_printf(p->a, "%s\n\n%s", p->text, p->heading);
	p->headed = true;
	civil_format_date(text, sizeof text, day, CIVIL_SHORT);
	const char *when = done && day == DATE_NONE ? "" : done ? text : day == DATE_NONE ? _("day: ……………………") : arena_printf(p->a, _("by %s"), text);
	p->text = arena_printf(p->a, "%s\n%s  %s%s%s%s%s", p->text, done ? "[x]" : "[ ]", what, *when ? " · " : "", when, *more ? " · " : "", more);
}

static void add_courses(struct programme *p, bool steps)
{
	size_t n;
	const struct qualification *all = qualification_of(p->b, p->a, p->person, p->limits, store_today(view_store(p->v)), &n);
	for (size_t i = 0; i < n; i++) {
		const struct course *k = all[i].kind;
		bool done = all[i].state == QUALIFICATION_VALID || all[i].state == QUALIFICATION_EXPIRING;
		if ((k->step > 0) != steps || (!steps && !all[i].asked))
			continue;
		const char *more = done || !*k->confirms ? "" : arena_printf(p->a, _("confirmed by %s"), k->confirms);
		add_step(p, k->name, done, done ? all[i].held->got : DATE_NONE, more);
	}
}

static void add_papers(struct programme *p)
{
	size_t n;
	const struct person *x = p->person;
	const struct pact *pacts = frames_pacts(&p->b->frames, AGREEMENT_VOLUNTEER, x->id, &n);
	bool agreed = false;
	for (size_t i = 0; i < n; i++)
		agreed = agreed || pact_holds(&pacts[i], store_today(view_store(p->v)));
	add_step(p, _("Volunteer agreement"), agreed, DATE_NONE, "");
	add_step(p, _("Confidentiality declaration"), x->confidentiality != DATE_NONE, x->confidentiality,
		x->confidentiality == DATE_NONE ? _("before the first shift") : "");
	if (check_is_asked(p->b, x))
		add_step(p, _("Child-protection check"), x->child_check == CHILD_ASSESSED, x->child_check == CHILD_ASSESSED ? x->check_assessed : DATE_NONE, "");
}

static int add_talks(struct programme *p, struct err *e)
{
	struct talk *all;
	size_t n = 0;
	int rc = talk_of(p->v, p->b, p->a, p->person->id, &all, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (all[i].kind == TALK_START || all[i].held == DATE_NONE)
			add_step(p, talk_kind_name(all[i].kind), all[i].held != DATE_NONE, all[i].held != DATE_NONE ? all[i].held : all[i].due, "");
	return rc;
}

static void add_contacts(struct programme *p)
{
	const char *text = "";
	for (size_t i = 0; i < p->person->nroles; i++) {
		const struct task *t = book_task(p->b, p->person->roles[i]);
		if (t && *t->contact)
			text = arena_printf(p->a, "%s\n%s: %s", text, t->name, t->contact);
	}
	if (*text)
		p->text = arena_printf(p->a, "%s\n\n%s%s", p->text, _("WHOM YOU CAN ALWAYS ASK"), text);
}

static int programme_text(struct programme *p, struct err *e)
{
	p->text = arena_printf(p->a, _("Dear %s\n\nWelcome. We are glad that you will be one of us. Here is what you go through at the beginning, so that you know the "
		"house and feel safe in what you do. Tick it off on the way, and ask as often as you like."), p->person->given);
	begin_part(p, _("THE INTRODUCTION"));
	add_courses(p, true);
	begin_part(p, _("WHAT YOUR ROLE ASKS FOR"));
	add_courses(p, false);
	begin_part(p, _("ON PAPER"));
	add_papers(p);
	begin_part(p, _("WE TALK"));
	int rc = add_talks(p, e);
	add_contacts(p);
	return rc;
}

int print_introduction(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	int limits[LIMIT_COUNT], rc = rules_limits(v, limits, e);
	const struct person **all;
	size_t n;
	if (rc == OK)
		rc = print_people(b, a, how, person_is_planned, &all, &n, e);
	if (rc)
		return rc;
	struct sheet *s = *out = print_begin_letters(v, a, how, _("Introduction programmes"));
	sheet_part(s, "heading", _("Heading"), PART_HEADING);
	sheet_part(s, "text", _("Text"), PART_TEXT);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct programme p = {.v = v, .b = b, .a = a, .person = all[i], .limits = limits};
		if (!how->nabout && !introduction_of(b, all[i], limits, store_today(view_store(v))).is_new)
			continue;
		rc = programme_text(&p, e);
		struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
		c[0].text = arena_printf(a, "%s\n%s", _("Your introduction"), all[i]->name);
		c[1].text = p.text;
	}
	if (rc == OK && !s->nrows)
		sheet_note(s, _("Nobody is new."));
	return rc;
}

/* ---- the role ---------------------------------------------------------------------------------------- */

static void add_about(struct arena *a, const char **text, const char *heading, const char *says)
{
	if (*says)
		*text = arena_printf(a, "%s%s%s\n%s", *text, **text ? "\n\n" : "", heading, says);
}

static const char *asked_of(struct book *b, struct arena *a, const struct task *t)
{
	size_t n;
	const struct demand *all = frames_demands(&b->frames, t->id, &n);
	const char *out = t->child_check ? _("a child-protection check") : "";
	for (size_t i = 0; i < n; i++) {
		const struct course *k = frames_course(&b->frames, all[i].course);
		if (k)
			out = arena_printf(a, "%s%s%s", out, *out ? ", " : "", k->name);
	}
	if (t->min_age)
		out = arena_printf(a, "%s%s%s", out, *out ? ", " : "", arena_printf(a, ngettext("at least %d year old", "at least %d years old",
			(unsigned long)t->min_age), t->min_age));
	return out;
}

/* For whoever does it; what those who insure must know stands on the paper of its frames. */
static const char *insurance_text(enum effort x)
{
	switch (x) {
	case EFFORT_WORK: return _("If you are hurt while you do it, the labour-injury law covers you. Tell us at once.");
	case EFFORT_VOLUNTEER:
		return _("The labour-injury law doesn't cover this kind of effort. Ask your organisation, or see what your own accident insurance says.");
	case EFFORT_UNCLEAR: break;
	}
	return _("Ask your contact person how you are insured before you begin.");
}

static const char *role_text(struct book *b, struct arena *a, const struct task *t, const struct rec *r)
{
	struct effort_reason *why;
	size_t n;
	const char *text = "";
	add_about(a, &text, _("WHAT YOU DO"), t->does);
	add_about(a, &text, _("YOU MAY"), t->may);
	add_about(a, &text, _("YOU MAY NOT"), t->may_not);
	add_about(a, &text, _("IT ASKS FOR"), asked_of(b, a, t));
	add_about(a, &text, _("WHOM YOU TURN TO"), t->contact);
	add_about(a, &text, _("INSURANCE"), insurance_text(effort_of(r, a, &why, &n)));
	add_about(a, &text, _("AND ALWAYS"), _("What you see and hear of others stays with you, also when you have stopped. You may always say no to a task, and you may always "
		"ask. Volunteers come on top of what the staff does, never instead of it."));
	return text;
}

int print_role(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct sheet *s = *out = print_begin_letters(v, a, how, _("Role sheets"));
	int rc = OK;
	s->shred = DATE_NONE;
	sheet_part(s, "role", _("Role"), PART_HEADING);
	sheet_part(s, "text", _("Text"), PART_TEXT);
	for (size_t i = 0; rc == OK && i < (how->nabout ? how->nabout : b->ntasks); i++) {
		struct rec *r = NULL;
		const struct task *t = how->nabout ? book_task(b, how->about[i]) : &b->tasks[i];
		rc = t ? view_get(v, a, TYPE_ROLE, t->id, &r, e) : err_set(e, ERR_NOTFOUND, _("the role has been deleted"));
		if (rc != OK || !r)
			continue;
		struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
		c[0].text = id_is_none(t->unit) ? t->name : arena_printf(a, "%s\n%s", t->name, book_name(b, t->unit));
		c[1].text = role_text(b, a, t, r);
	}
	return rc;
}
