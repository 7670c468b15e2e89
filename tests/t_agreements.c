/* tests/t_agreements.c - agreements from template to signature, and the lists of them. */
#include "roster/agreements.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/letters.h"
#include "store/erase.h"
#include "tests/rostertest.h"

static struct err e;

/* 64 and 128 letters, where a real seal isn't asked for. */
#define KEY "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
#define SEAL KEY KEY

struct bench {
	struct store *s;
	struct id unit, role, org, anna, bo;
};

static struct bench begin(const char *name)
{
	struct bench p;
	struct change_result r;
	static struct test_clock clocks[16];
	static int used;
	p.s = test_store(name, &clocks[used++]);
	p.unit = test_unit(p.s, "Forhal");
	p.role = test_role(p.s, "Hospitalsguide");
	p.org = test_org(p.s, "Dansk Røde Kors");
	p.anna = test_volunteer(p.s, "Thyra", "Kvist");
	p.bo = test_volunteer(p.s, "Bo", "Lund");
	must(agreement_ship(p.s, &r, &e), &e, "ship");
	return p;
}

static struct agreement_new new_of(const struct bench *p, const char *key)
{
	bool coop = strcmp(key, "cooperation") == 0;
	return (struct agreement_new){.tmpl = id_template(key),
		.volunteer = coop ? ID_NONE : p->anna,
		.organisation = coop ? p->org : ID_NONE,
		.unit = p->unit,
		.roles = &p->role,
		.nroles = 1,
		.from = test_day("2025-12-01"),
		.to = test_day("2026-11-30")};
}

static struct id make(const struct bench *p, const struct agreement_new *how)
{
	struct id made;
	struct change_result r;
	must(agreement_make(p->s, how, &made, &r, &e), &e, "make");
	return made;
}

static struct id sign(const struct bench *p, struct id agreement, int part, const char *name)
{
	struct id made;
	struct change_result r;
	const struct agreement_signing how = {.agreement = agreement,
		.part = part,
		.how = SIGNATURE_PAPER,
		.name = name,
		.day = test_day("2025-12-01")};
	must(agreement_sign(p->s, &how, KEY, SEAL, &made, &r, &e), &e, "sign");
	return made;
}

static struct rec *get(struct peek *l, int type, struct id id)
{
	struct rec *r;
	must(view_get(l->v, l->a, type, id, &r, &e), &e, "get");
	return r;
}

static int64_t state_of(const struct bench *p, struct id agreement)
{
	struct peek l = look_begin(p->s);
	int64_t state = rec_int(get(&l, TYPE_AGREEMENT, agreement), F_AGREEMENT_STATE);
	look_end(&l);
	return state;
}

/* ---- templates --------------------------------------------------------------------------------------------------- */

static void test_ship(void)
{
	struct bench p = begin("ship");
	struct change_result r;
	must(agreement_ship(p.s, &r, &e), &e, "again");
	is_int((intmax_t)r.dot.no, 0, "templates are shipped once");
	test_delete(p.s, TYPE_TEMPLATE, id_template("own"));
	must(agreement_ship(p.s, &r, &e), &e, "again");
	is_int((intmax_t)r.dot.no, 0, "one that was deleted stays so");
	struct peek l = look_begin(p.s);
	struct rec **all;
	size_t n;
	must(view_all(l.v, l.a, TYPE_TEMPLATE, &all, &n, &e), &e, "all");
	is_int((intmax_t)n, 3, "three are left");
	static const char *const say[] = {"erstatter", "tavshedspligt", "patient", "tillidsrepræsentanten"};
	for (size_t i = 0; i < n; i++) {
		struct wording w;
		must(agreement_wording(l.v, l.a, all[i]->id, &w, &e), &e, "wording");
		ok(strstr(w.text, "{code}") && !strstr(w.text, "{volunteers}"), "template %zu makes a wording", i);
		bool is_declaration = rec_int(all[i], F_TEMPLATE_SORT) == AGREEMENT_CONFIDENTIALITY;
		for (size_t k = is_declaration ? 1 : 0; k < (is_declaration ? 3u : 4u); k++)
			ok(strstr(w.text, say[k]) != NULL, "and says %s", say[k]);
	}
	look_end(&l);
	static const char *const left[] = {"cooperation", "volunteer", "confidentiality"};
	for (size_t i = 0; i < 3; i++)
		test_delete(p.s, TYPE_TEMPLATE, id_template(left[i]));
	must(agreement_ship(p.s, &r, &e), &e, "again");
	is_int((intmax_t)r.records, 4, "who has none at all gets them all");
	store_close(p.s);
}

static void test_wordings(void)
{
	struct bench p = begin("wordings");
	struct agreement_new how = new_of(&p, "volunteer");
	struct id first = make(&p, &how);
	struct peek l = look_begin(p.s);
	struct wording was, now, found;
	must(agreement_wording(l.v, l.a, how.tmpl, &was, &e), &e, "wording");
	ok(was.kept && id_equal(rec_id(get(&l, TYPE_AGREEMENT, first), F_AGREEMENT_WORDING), was.id),
		"an agreement keeps its wording");
	char code[WORDING_CODE];
	snprintf(code, sizeof code, "%s", was.code);
	look_end(&l);
	test_set(p.s, TYPE_TEMPLATE, how.tmpl, F_TEMPLATE_PROFESSIONALS, value_text("De ansatte er her altid."));
	l = look_begin(p.s);
	must(agreement_wording(l.v, l.a, how.tmpl, &now, &e), &e, "wording");
	ok(!now.kept && strcmp(now.code, code) != 0, "another text is another wording, not kept before it is used");
	must(agreement_kept_wording(l.v, l.a, rec_id(get(&l, TYPE_AGREEMENT, first), F_AGREEMENT_WORDING), &found, &e),
		&e, "kept");
	is_str(found.code, code, "the agreement's own is what it was");
	is_int(agreement_find_wording(l.v, l.a, code, &found, &e), OK, "found by its code");
	is_int(agreement_find_wording(l.v, l.a, now.code, &found, &e), OK, "so is one that isn't kept yet");
	code[4] = ' ';
	code[0] = (char)(code[0] - 'a' + 'A');
	is_int(agreement_find_wording(l.v, l.a, code, &found, &e), OK, "without hyphens, in capitals");
	is_int(agreement_find_wording(l.v, l.a, "zzzzzzz", &found, &e), ERR_NOTFOUND, "no such code");
	is_int(agreement_find_wording(l.v, l.a, "-", &found, &e), ERR_NOTFOUND, "nothing is no code");
	look_end(&l);
	store_close(p.s);
}

/* ---- making and moving ------------------------------------------------------------------------------------------- */

static void refuses_make(const struct bench *p, struct agreement_new how, const char *why)
{
	struct id made;
	struct change_result r;
	int rc = agreement_make(p->s, &how, &made, &r, &e);
	ok(rc == ERR_DATA, "refused: %s", why);
}

static void test_make(void)
{
	struct bench p = begin("make");
	struct agreement_new how = new_of(&p, "volunteer");
	how.organisation = p.org;
	refuses_make(&p, how, "both parties");
	how.organisation = how.volunteer = ID_NONE;
	refuses_make(&p, how, "no party");
	how.organisation = p.org;
	refuses_make(&p, how, "an organisation's volunteer agreement");
	how = new_of(&p, "cooperation");
	how.organisation = ID_NONE;
	how.volunteer = p.anna;
	refuses_make(&p, how, "a person's co-operation agreement");
	how = new_of(&p, "volunteer");
	how.to = how.from - 1;
	refuses_make(&p, how, "it ends before it begins");
	how = new_of(&p, "volunteer");
	struct id id = make(&p, &how);
	struct peek l = look_begin(p.s);
	struct agreement x;
	must(agreement_get(l.v, l.b, l.a, id, test_day("2025-12-01"), &x, &e), &e, "get");
	is_int(rec_int(x.rec, F_AGREEMENT_EVALUATE), test_day("2026-12-01"),
		"to be evaluated after the template's months");
	is_str(x.roles, "Hospitalsguide", "its roles");
	is_str(x.with, "Thyra Kvist", "with whom");
	is_str(x.lacks, "the volunteer's signature, the workplace's signature", "what it lacks");
	ok(!x.current && !x.outdated, "asked for is not made");
	char *text;
	must(agreement_text(l.v, l.a, id, &text, &e), &e, "text");
	ok(strstr(text, "mellem Thyra Kvist") && strstr(text, "fra 1/12 2025 til 30/11 2026") && strstr(text, x.code) &&
			strstr(text, "opgaver: Hospitalsguide."),
		"the text has the parties, the days, the roles and the code");
	look_end(&l);
	store_close(p.s);
}

static int move(const struct bench *p, struct id id, int state, const char *why)
{
	struct change_result r;
	return agreement_move(p->s, id, state, why, test_day("2025-12-01"), &r, &e);
}

static void test_move(void)
{
	/* rows from, columns to: asked for, discussed, made, refused, ended */
	static const bool may[5][5] = {
		{0, 1, 1, 1, 0},
		{0, 0, 1, 1, 0},
		{0, 0, 0, 0, 1},
		{0, 1, 0, 0, 0},
		{0, 0, 0, 0, 0},
	};
	for (int i = 0; i < 5; i++)
		for (int k = 0; k < 5; k++)
			ok(agreement_may_move(i + 1, k + 1) == may[i][k], "from state %d to %d", i + 1, k + 1);
	struct bench p = begin("move");
	struct agreement_new how = new_of(&p, "cooperation");
	struct id id = make(&p, &how);
	is_int(move(&p, id, AGREEMENT_REFUSED, " "), ERR_REFUSED, "refused needs a reason");
	is_int(move(&p, id, AGREEMENT_ENDED, "x"), ERR_REFUSED, "nothing ends that wasn't made");
	is_int(move(&p, id, AGREEMENT_DISCUSSED, NULL), OK, "discussed");
	is_int(move(&p, id, AGREEMENT_DISCUSSED, NULL), OK, "twice changes nothing");
	is_int(move(&p, id, AGREEMENT_MADE, NULL), ERR_REFUSED, "not made yet");
	ok(strstr(e.text, "TR, the organisation's signature, the workplace's signature") != NULL,
		"what it lacks is said");
	sign(&p, id, SIGNATURE_ORGANISATION, "Ib Kvist");
	sign(&p, id, SIGNATURE_WORKPLACE, "Eva Bang");
	test_set(p.s, TYPE_AGREEMENT, id, F_AGREEMENT_TR_DATE, value_int(test_day("2025-11-01")));
	is_int(move(&p, id, AGREEMENT_MADE, NULL), OK, "made");
	struct peek l = look_begin(p.s);
	struct agreement x;
	must(agreement_get(l.v, l.b, l.a, id, test_day("2025-12-01"), &x, &e), &e, "get");
	ok(x.current && !x.lacks && x.nsignatures == 2, "it holds");
	must(agreement_get(l.v, l.b, l.a, id, test_day("2026-12-01"), &x, &e), &e, "get");
	ok(!x.current, "until its last day");
	look_end(&l);
	is_int(move(&p, id, AGREEMENT_ENDED, "they have closed"), OK, "ended");
	l = look_begin(p.s);
	is_int(rec_int(get(&l, TYPE_AGREEMENT, id), F_AGREEMENT_TO), test_day("2025-12-01"),
		"and its last day is that day");
	look_end(&l);
	store_close(p.s);
}

static void test_renew(void)
{
	struct bench p = begin("renew");
	struct agreement_new how = new_of(&p, "volunteer");
	struct id id = make(&p, &how), next;
	struct change_result r;
	test_set(p.s, TYPE_TEMPLATE, how.tmpl, F_TEMPLATE_PROFESSIONALS, value_text("De ansatte er her altid."));
	is_int(agreement_renew_wording(p.s, id, &r, &e), OK, "nobody has signed: the wording of now");
	char *text;
	struct peek l = look_begin(p.s);
	must(agreement_text(l.v, l.a, id, &text, &e), &e, "text");
	ok(strstr(text, "De ansatte er her altid.") != NULL, "is in it");
	look_end(&l);
	sign(&p, id, SIGNATURE_VOLUNTEER, "Thyra Kvist");
	is_int(agreement_renew_wording(p.s, id, &r, &e), ERR_REFUSED, "what is signed stays");
	is_int(agreement_follow(p.s, id, &next, &r, &e), OK, "another follows on it");
	l = look_begin(p.s);
	struct agreement x;
	must(agreement_get(l.v, l.b, l.a, next, test_day("2025-12-01"), &x, &e), &e, "get");
	ok(id_equal(x.party, p.anna) && rec_int(x.rec, F_AGREEMENT_FROM) == test_day("2026-12-01") &&
			x.nsignatures == 0 && strcmp(x.roles, "Hospitalsguide") == 0,
		"with the same party and roles, from the day after");
	look_end(&l);
	store_close(p.s);
}

/* ---- signing ------------------------------------------------------------------------------------------------------
 */

static int try_sign(const struct bench *p, struct agreement_signing how)
{
	struct id made;
	struct change_result r;
	return agreement_sign(p->s, &how, KEY, SEAL, &made, &r, &e);
}

static void test_sign_refuses(void)
{
	struct bench p = begin("refuses");
	struct agreement_new how = new_of(&p, "volunteer");
	struct id id = make(&p, &how);
	struct agreement_signing s = {.agreement = id,
		.part = SIGNATURE_VOLUNTEER,
		.how = SIGNATURE_SCREEN,
		.name = "  ",
		.day = test_day("2025-12-01")};
	is_int(try_sign(&p, s), ERR_REFUSED, "no name");
	s.name = "Thyra 010190-1234";
	is_int(try_sign(&p, s), ERR_DATA, "a CPR number is no name");
	s.name = "Thyra Kvist";
	s.part = SIGNATURE_ORGANISATION;
	is_int(try_sign(&p, s), ERR_REFUSED, "somebody who isn't a party");
	s.part = SIGNATURE_VOLUNTEER;
	s.day = test_day("2025-12-02");
	is_int(try_sign(&p, s), ERR_REFUSED, "a day that lies ahead");
	s.day = test_day("2025-12-01");
	const struct attachment strange = {"scan.exe", "MZ....", 6}, named = {"0101901234.pdf", "%PDF-1.4", 8};
	s.scan = &strange;
	is_int(try_sign(&p, s), ERR_DATA, "a scan that is no picture");
	s.scan = &named;
	is_int(try_sign(&p, s), ERR_DATA, "a scan that is called like a CPR number");
	s.scan = NULL;
	must(move(&p, id, AGREEMENT_REFUSED, "no"), &e, "refuse");
	is_int(try_sign(&p, s), ERR_REFUSED, "what is refused isn't signed");
	store_close(p.s);
}

static const char *statement_of(struct peek *l, struct id signature)
{
	struct buf b = {0};
	must(agreement_statement_of(l->v, l->a, signature, &b, &e), &e, "statement");
	const char *out = arena_strdup(l->a, b.p);
	buf_free(&b);
	return out;
}

static void test_statement(void)
{
	struct bench p = begin("statement");
	struct agreement_new how = new_of(&p, "volunteer");
	struct id id = make(&p, &how), made;
	struct change_result r;
	char *scan = mem_alloc(100000);
	memcpy(scan, "%PDF-1.7", 8);
	const struct attachment file = {"scan.pdf", scan, 100000};
	const struct agreement_signing s = {.agreement = id,
		.part = SIGNATURE_VOLUNTEER,
		.how = SIGNATURE_PAPER,
		.name = " Thyra  Kvist ",
		.day = test_day("2025-11-30"),
		.scan = &file};
	struct buf before = {0};
	struct peek l = look_begin(p.s);
	must(agreement_statement(l.v, l.a, &s, &before, &e), &e, "statement");
	look_end(&l);
	must(agreement_sign(p.s, &s, KEY, SEAL, &made, &r, &e), &e, "sign");
	l = look_begin(p.s);
	is_str(statement_of(&l, made), before.p, "what was said when signing is what is said of the signature");
	static const char *const lines[] = {"samvagt signature 1\nagreement ", "\ntext ", "\nwording ", "\nvolunteer ",
		"\norganisation -\n", "\nplace ", "\nname Thyra  Kvist\n", "\npart volunteer\n", "\nhow paper\n",
		"\nday 2025-11-30\n", "\nwitness ", "\nscan "};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		ok(strstr(before.p, lines[i]) != NULL, "it has line %zu", i + 1);
	struct rec *sig = get(&l, TYPE_SIGNATURE, made);
	struct buf back = {0};
	is_int(attachment_read(l.v, rec_id(sig, F_SIGNATURE_SCAN), &back, &e), OK, "the scan is there");
	is_mem(back.p, back.n, scan, 100000, "whole");
	look_end(&l);
	test_set(p.s, TYPE_VOLUNTEER, p.anna, F_VOLUNTEER_FAMILY, value_text("Holm"));
	l = look_begin(p.s);
	ok(strcmp(statement_of(&l, made), before.p) != 0, "another name of the party is another statement");
	look_end(&l);
	buf_free(&before);
	buf_free(&back);
	free(scan);
	store_close(p.s);
}

static void test_attachment_hurt(void)
{
	struct bench p = begin("hurt");
	struct agreement_new how = new_of(&p, "volunteer");
	struct id id = make(&p, &how), file;
	struct change *c;
	struct change_result r;
	struct buf back = {0};
	const struct attachment scan = {"a.pdf", "%PDF-1.4 x", 10};
	must(change_begin(p.s, ACT_ADD, &c, &e), &e, "change");
	must(attachment_add(c, &scan, id, &file, &e), &e, "add");
	must(change_commit(c, &r, &e), &e, "commit");
	char letters[21];
	letters_write(letters, "%PDF-1.4 y", 10);
	test_set(p.s, TYPE_PIECE, id_piece(file, 0), F_PIECE_BYTES, value_text(letters));
	struct peek l = look_begin(p.s);
	is_int(attachment_read(l.v, file, &back, &e), ERR_CORRUPT, "another byte is found out");
	look_end(&l);
	test_delete(p.s, TYPE_PIECE, id_piece(file, 0));
	l = look_begin(p.s);
	is_int(attachment_read(l.v, file, &back, &e), ERR_CORRUPT, "a piece that is gone too");
	look_end(&l);
	buf_free(&back);
	store_close(p.s);
}

static void test_declaration(void)
{
	struct bench p = begin("declaration");
	struct agreement_new how = new_of(&p, "confidentiality");
	struct id id = make(&p, &how);
	sign(&p, id, SIGNATURE_VOLUNTEER, "Thyra Kvist");
	is_int(state_of(&p, id), AGREEMENT_MADE, "a declaration is made by being signed");
	struct peek l = look_begin(p.s);
	is_int(rec_int(get(&l, TYPE_VOLUNTEER, p.anna), F_VOLUNTEER_CONFIDENTIALITY), test_day("2025-12-01"),
		"and the volunteer may come from that day");
	look_end(&l);
	store_close(p.s);
}

/* ---- lists ---------------------------------------------------------------------------------------------------------
 */

/* The same from the book alone. */
static const char *from_book(struct peek *l, enum agreement_list which, civil_date today)
{
	struct agreement_todos todos;
	struct roster coming;
	const char *out = "";
	must(roster_load(l->v, l->b, l->a, NULL, today, today + 300, &coming, &e), &e, "roster");
	must(agreement_todos(l->v, l->b, l->a, &coming, today, &todos, &e), &e, "todos");
	for (size_t i = 0; i < todos.n[which]; i++)
		out = arena_printf(l->a, "%s%s;", out, todos.of[which][i].with);
	return out;
}

static const char *listed(struct peek *l, enum agreement_list which, const char *today)
{
	struct agreement *x;
	size_t n;
	const char *out = "";
	must(agreement_list(l->v, l->b, l->a, which, test_day(today), &x, &n, &e), &e, "list");
	for (size_t i = 0; i < n; i++)
		out = arena_printf(l->a, "%s%s;", out, x[i].with);
	if (which != AGREEMENTS_ALL)
		is_str(from_book(l, which, test_day(today)), out, "the book says the same");
	return out;
}

static struct id made(const struct bench *p, struct id who, const char *key, const char *from, const char *to)
{
	struct agreement_new how = new_of(p, key);
	bool coop = !id_is_none(how.organisation);
	how.volunteer = coop ? ID_NONE : who;
	how.from = test_day(from);
	how.to = to ? test_day(to) : DATE_NONE;
	struct id id = make(p, &how);
	sign(p, id, coop ? SIGNATURE_ORGANISATION : SIGNATURE_VOLUNTEER, "N N");
	sign(p, id, SIGNATURE_WORKPLACE, "M M");
	test_set(p->s, TYPE_AGREEMENT, id, F_AGREEMENT_TR_DATE, value_int(test_day("2025-01-01")));
	must(move(p, id, AGREEMENT_MADE, NULL), &e, "made");
	return id;
}

static void test_lists(void)
{
	struct bench p = begin("lists");
	made(&p, p.anna, "volunteer", "2025-01-01", "2025-12-31");
	made(&p, p.bo, "volunteer", "2025-06-01", NULL);
	struct peek l = look_begin(p.s);
	is_str(listed(&l, AGREEMENTS_ALL, "2025-12-01"), "Bo Lund;Thyra Kvist;", "all, by name");
	is_str(listed(&l, AGREEMENTS_EXPIRING, "2025-11-01"), "Thyra Kvist;", "60 days before its last");
	is_str(listed(&l, AGREEMENTS_EXPIRING, "2025-10-31"), "", "not 61");
	is_str(listed(&l, AGREEMENTS_EXPIRING, "2026-02-01"), "Thyra Kvist;", "and when it is over");
	is_str(listed(&l, AGREEMENTS_DUE, "2025-12-02"), "Thyra Kvist;", "30 days before its evaluation");
	is_str(listed(&l, AGREEMENTS_DUE, "2025-12-01"), "", "not 31");
	is_str(listed(&l, AGREEMENTS_DUE, "2026-06-01"), "Thyra Kvist;Bo Lund;", "by day, the overdue first");
	look_end(&l);
	made(&p, p.anna, "volunteer", "2026-01-01", NULL);
	l = look_begin(p.s);
	is_str(listed(&l, AGREEMENTS_EXPIRING, "2025-12-01"), "", "nothing expires that another follows on");
	look_end(&l);
	store_close(p.s);
}

static void test_missing(void)
{
	struct bench p = begin("missing");
	struct id eva = test_volunteer(p.s, "Eva", "Bang"), shift;
	test_set(p.s, TYPE_VOLUNTEER, p.bo, F_VOLUNTEER_ORGANISATION, value_id(p.org));
	shift = test_shift(p.s, p.unit, p.role, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 4);
	test_assign(p.s, shift, p.anna, ASSIGNMENT_ACCEPTED);
	struct id via = test_assign(p.s, shift, p.bo, ASSIGNMENT_ACCEPTED);
	test_set(p.s, TYPE_ASSIGNMENT, via, F_ASSIGNMENT_ORGANISATION, value_id(p.org));
	test_assign(p.s, shift, eva, ASSIGNMENT_OFFERED);
	struct peek l = look_begin(p.s);
	is_str(listed(&l, AGREEMENTS_MISSING, "2025-12-01"), "Dansk Røde Kors;Thyra Kvist;",
		"the organisation for its people, and who has none");
	is_str(listed(&l, AGREEMENTS_MISSING, "2025-12-04"), "", "nobody on coming rosters");
	look_end(&l);
	made(&p, p.anna, "volunteer", "2025-01-01", NULL);
	made(&p, p.anna, "cooperation", "2025-01-01", NULL);
	l = look_begin(p.s);
	is_str(listed(&l, AGREEMENTS_MISSING, "2025-12-01"), "", "with agreements that hold nothing is missing");
	look_end(&l);
	store_close(p.s);
}

/* One word of a template is changed: exactly those who signed the old one, with the difference. */
static void test_resign(void)
{
	struct bench p = begin("resign");
	struct id old = made(&p, p.anna, "volunteer", "2025-01-01", NULL);
	made(&p, p.anna, "cooperation", "2025-01-01", NULL);
	struct agreement_new unsigned_one = new_of(&p, "volunteer");
	unsigned_one.volunteer = p.bo;
	make(&p, &unsigned_one);
	struct peek l = look_begin(p.s);
	is_str(listed(&l, AGREEMENTS_RESIGN, "2025-12-01"), "", "nothing is changed");
	struct rec *t = get(&l, TYPE_TEMPLATE, id_template("volunteer"));
	const char *text = rec_text(t, F_TEMPLATE_TEXT), *at = strstr(text, "ulønnet");
	char *changed = arena_printf(l.a, "%.*sgratis%s", (int)(at - text), text, at + strlen("ulønnet"));
	char *kept = mem_strdup(changed);
	look_end(&l);
	test_set(p.s, TYPE_TEMPLATE, id_template("volunteer"), F_TEMPLATE_TEXT, value_text(kept));
	free(kept);
	l = look_begin(p.s);
	is_str(listed(&l, AGREEMENTS_RESIGN, "2025-12-01"), "Thyra Kvist;", "who signed the old word, and nobody else");
	struct wording was, now;
	must(agreement_kept_wording(l.v, l.a, rec_id(get(&l, TYPE_AGREEMENT, old), F_AGREEMENT_WORDING), &was, &e), &e,
		"old");
	must(agreement_wording(l.v, l.a, id_template("volunteer"), &now, &e), &e, "new");
	size_t n, odd = 0;
	struct wording_run *run = wording_diff(l.a, was.text, now.text, &n);
	for (size_t i = 0; i < n; i++)
		odd += run[i].how != WORDING_SAME;
	ok(odd == 2 && strncmp(run[1].text, "ulønnet", strlen("ulønnet")) == 0 &&
			strncmp(run[2].text, "gratis", 6) == 0,
		"and what differs is that word");
	struct signer *who;
	must(agreement_signers(l.v, l.b, l.a, was.id, &who, &n, &e), &e, "signers");
	ok(n == 2 && id_equal(who[0].agreement, old) && strcmp(who[0].with, "Thyra Kvist") == 0,
		"who signed the old one");
	look_end(&l);
	made(&p, p.bo, "volunteer", "2025-01-01", NULL);
	l = look_begin(p.s);
	is_str(listed(&l, AGREEMENTS_RESIGN, "2025-12-01"), "Thyra Kvist;", "who signs the new one isn't asked again");
	look_end(&l);
	store_close(p.s);
}

/* Of somebody who is erased the agreement still counts, and nothing is to be done about it. */
static void test_erased(void)
{
	struct bench p = begin("erased");
	struct id erasure, id = made(&p, p.anna, "volunteer", "2025-01-01", "2025-12-31");
	must(erase_person(p.s, p.anna, ERASURE_WISH, &erasure, &e), &e, "erase");
	struct peek l = look_begin(p.s);
	struct agreement x;
	char *text;
	must(agreement_get(l.v, l.b, l.a, id, test_day("2025-12-01"), &x, &e), &e, "get");
	ok(x.nsignatures == 0 && !strstr(x.with, "Kvist"), "neither name nor signatures are left");
	must(agreement_text(l.v, l.a, id, &text, &e), &e, "text");
	ok(!strstr(text, "Kvist"), "nor in its text");
	struct agreement *all;
	size_t n;
	must(agreement_list(l.v, l.b, l.a, AGREEMENTS_ALL, test_day("2025-12-01"), &all, &n, &e), &e, "list");
	is_int((intmax_t)n, 1, "it is listed");
	is_str(listed(&l, AGREEMENTS_EXPIRING, "2025-12-01"), "", "it doesn't run out");
	is_str(listed(&l, AGREEMENTS_DUE, "2026-06-01"), "", "nor is it evaluated");
	look_end(&l);
	store_close(p.s);
}

/* ---- what a scanner types -------------------------------------------------------------------------------- */
static void test_label(void)
{
	struct arena *a = arena_new();
	struct id id, got;
	char code[WORDING_CODE];
	is_int(id_parse("01890a5d-ac96-774b-bcce-b302099a8057", &id, &e), OK, "an id");
	const char *label = agreement_label(a, id, "kbmq-xrwz-tn");
	is_str(label, "samvagt:01890a5d-ac96-774b-bcce-b302099a8057:kbmq-xrwz-tn", "what the paper says");
	ok(agreement_read_label(label, &got, code) && id_equal(id, got), "is read back");
	is_str(code, "kbmq-xrwz-tn", "with its code");
	ok(agreement_read_label("SAMVAGTÆ01890A5D+AC96+774B+BCCE+B302099A8057ÆKBMQ+XRWZ+TN\n", &got, code) && id_equal(id, got),
		"also through a Danish keyboard with Caps Lock");
	is_str(code, "kbmq-xrwz-tn", "and its code");
	ok(agreement_read_label("samvagt 01890a5dac96774bbcceb302099a8057", &got, code) && !*code, "the code may be missing");
	static const char *const others[] = {"", "samvagt", "samvagt:", "01890a5d-ac96-774b-bcce-b302099a8057", "Anna Holm",
		"samvagt:01890a5d-ac96-774b-bcce-b302099a805", "samvagt:01890a5d-ac96-774b-bcce-b302099a8057:kbmq-xrwz-tnb",
		"samvagt:z1890a5d-ac96-774b-bcce-b302099a8057:kbmq-xrwz-tn"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		ok(!agreement_read_label(others[i], &got, code), "something else isn't taken for it (%zu)", i);
	arena_free(a);
}

int main(void)
{
	test_label();
	test_ship();
	test_wordings();
	test_make();
	test_move();
	test_renew();
	test_sign_refuses();
	test_statement();
	test_attachment_hurt();
	test_declaration();
	test_lists();
	test_missing();
	test_resign();
	test_erased();
	return done_testing();
}
