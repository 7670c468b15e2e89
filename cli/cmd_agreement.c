/* cli/cmd_agreement.c - commands about agreements: lists, making, moving, signing, taking out, verifying, comparing.
 *
 * Reads words and prints; what an agreement is, is roster/agreements.h's, and what a seal is, export/signed.h's. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "export/signed.h"
#include "sync/ring.h"

static const char *choice_label(int set, int64_t no)
{
	const struct choice *k = schema_choice(set, (int)no);
	return k ? _(k->label) : "";
}

/* A paper that was printed with another wording than the agreement has now isn't the one to sign. */
static int find_scanned(struct cli *c, struct id id, const char *code, struct err *e)
{
	struct agreement x;
	int rc = cli_view(c, e);
	if (rc == OK)
		rc = agreement_get(c->view, NULL, c->a, id, c->today, &x, e);
	if (rc == OK && *code && strcmp(code, x.code) != 0)
		fprintf(stderr, _("the paper has the wording %s; the agreement has %s now\n"), code, x.code);
	return rc;
}

/* As any record, or what a scanner types of its paper. */
static int find_agreement(struct cli *c, struct id *out, struct err *e)
{
	char code[WORDING_CODE];
	if (agreement_read_label(c->args[1], out, code))
		return find_scanned(c, *out, code, e);
	return cli_record(c, schema_type(TYPE_AGREEMENT), c->args[1], out, e);
}

/* A day of an option; DATE_NONE when it isn't given. */
static int day_of(struct cli *c, enum opt o, civil_date *out, struct err *e)
{
	*out = DATE_NONE;
	return cli_has(c, o) ? when_parse_date(c->opt[o], c->today, WHEN_NEAR, out, e) : OK;
}

/* A choice by its name in the table or its label, e.g. a state. */
static int choice_of(struct cli *c, int type, int field, const char *text, int *out, struct err *e)
{
	struct value v;
	int rc = kind_parse(c->a, schema_field(type, field), text, c->today, &v, e);
	if (rc == OK && v.tag != V_INT)
		rc = cli_misused(c, e);
	*out = rc == OK ? (int)v.i : 0;
	return rc;
}

/* ---- agreement list ------------------------------------------------------------------------------------ */

static int run_list(struct cli *c, struct err *e)
{
	static const struct {
		enum opt opt;
		enum agreement_list list;
	} lists[] = {
		{OPT_DUE, AGREEMENTS_DUE}, {OPT_EXPIRING, AGREEMENTS_EXPIRING}, {OPT_MISSING, AGREEMENTS_MISSING},
		{OPT_RESIGN, AGREEMENTS_RESIGN},
	};
	struct sheet *s;
	enum agreement_list which = AGREEMENTS_ALL;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (cli_has(c, lists[i].opt))
			which = lists[i].list;
	int rc = cli_book(c, e);
	if (rc == OK && cli_has(c, OPT_WORDING))
		rc = paper_signers(c->view, c->book, c->a, c->opt[OPT_WORDING], cli_ids(c), &s, e);
	else if (rc == OK)
		rc = paper_agreements(c->view, c->book, c->a, which, cli_ids(c), &s, e);
	return rc ? rc : cli_write_sheet(c, s, e);
}

/* ---- agreement new -------------------------------------------------------------------------------------- */

/* What a new one is made from. */
struct making {
	struct agreement_new how;
	int sort;
	struct change_result shipped; /* the program's templates, which come with the first agreement so that nobody has to
				       * fetch them; writes 0: they are there */
};

static int find_template(struct cli *c, struct making *m, struct err *e)
{
	size_t n = 0;
	struct rec *tmpl = NULL;
	int rc = cli_view(c, e);
	if (rc == OK)
		rc = view_count(c->view, TYPE_TEMPLATE, &n, e);
	if (rc == OK && n == 0) {
		cli_view_end(c);
		rc = agreement_ship(c->store, &m->shipped, e);
		if (rc == OK && cli_has(c, OPT_DRY_RUN))
			return agreement_shipped(c->a, c->args[1], &m->how.tmpl, &m->sort, e);
	}
	if (rc == OK)
		rc = cli_record(c, schema_type(TYPE_TEMPLATE), c->args[1], &m->how.tmpl, e);
	if (rc == OK)
		rc = view_get(c->view, c->a, TYPE_TEMPLATE, m->how.tmpl, &tmpl, e);
	m->sort = rc == OK ? (int)rec_int(tmpl, F_TEMPLATE_SORT) : 0;
	return rc;
}

/* Whom it is with follows from the template's sort; of another one from the name. */
static int find_party(struct cli *c, struct making *m, struct err *e)
{
	struct agreement_new *how = &m->how;
	if (m->sort == AGREEMENT_VOLUNTEER || m->sort == AGREEMENT_CONFIDENTIALITY)
		return cli_record(c, schema_type(TYPE_VOLUNTEER), c->args[2], &how->volunteer, e);
	int rc = cli_record(c, schema_type(TYPE_ORGANISATION), c->args[2], &how->organisation, e);
	if (rc != ERR_NOTFOUND || m->sort != AGREEMENT_OWN)
		return rc;
	return cli_record(c, schema_type(TYPE_VOLUNTEER), c->args[2], &how->volunteer, e);
}

/* --roles, else those that the volunteer has. */
static int find_roles(struct cli *c, struct agreement_new *how, struct err *e)
{
	const struct person *p = id_is_none(how->volunteer) ? NULL : book_person(c->book, how->volunteer);
	struct id *roles;
	how->roles = p ? p->roles : NULL;
	how->nroles = p ? p->nroles : 0;
	if (!cli_has(c, OPT_ROLES))
		return OK;
	int rc = cli_roles(c, c->opt[OPT_ROLES], &roles, &how->nroles, e);
	how->roles = roles;
	return rc;
}

static int run_new(struct cli *c, struct err *e)
{
	struct making m = {.how.case_no = c->opt[OPT_CASE]};
	struct id made;
	const struct id *unit = NULL;
	struct change_result result;
	int rc = find_template(c, &m, e);
	if (rc == OK)
		rc = find_party(c, &m, e);
	if (rc == OK)
		rc = cli_unit(c, &unit, e);
	if (rc == OK)
		rc = find_roles(c, &m.how, e);
	if (rc == OK)
		rc = day_of(c, OPT_FROM, &m.how.from, e);
	if (rc == OK)
		rc = day_of(c, OPT_TO, &m.how.to, e);
	m.how.unit = unit ? *unit : ID_NONE;
	cli_view_end(c);
	if (rc == OK && m.shipped.writes && cli_has(c, OPT_DRY_RUN)) {
		fprintf(stderr, "%s\n", _("The program's templates would come first, and then the agreement:"));
		return cli_report_change(c, &m.shipped, NULL, e);
	}
	if (rc == OK)
		rc = agreement_make(c->store, &m.how, &made, &result, e);
	return rc ? rc : cli_report_change(c, &result, &made, e);
}

/* ---- agreement show ------------------------------------------------------------------------------------- */

static json_t *seal_json(struct cli *c, const struct seal *x)
{
	static const char *const states[] = {
		[SEAL_HOLDS] = "holds", [SEAL_CHANGED] = "changed", [SEAL_BROKEN] = "broken"};
	json_t *j = cli_record_json(c, x->signature);
	json_object_set_new(j, "seal_state", json_string(states[x->state]));
	json_object_set_new(j, "site", json_string(x->site));
	return j;
}

static int show_json(
	struct cli *c, const struct agreement *x, const char *text, const struct seal *seal, size_t n, struct err *e)
{
	json_t *signatures = json_array(), *j = cli_record_json(c, x->rec);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(signatures, seal_json(c, &seal[i]));
	json_object_set_new(j, "code", json_string(x->code));
	json_object_set_new(j, "roles", json_string(x->roles));
	json_object_set_new(j, "lacks", json_string(x->lacks ? x->lacks : ""));
	json_object_set_new(j, "current", json_boolean(x->current));
	json_object_set_new(j, "outdated", json_boolean(x->outdated));
	json_object_set_new(j, "signatures", signatures);
	json_object_set_new(j, "text", json_string(text));
	return cli_write_json(c, j, e);
}

static void print_seal(struct cli *c, const struct seal *x, const char *text)
{
	char day[32];
	const struct rec *r = x->signature;
	bool paper = rec_int(r, F_SIGNATURE_HOW) == SIGNATURE_PAPER;
	printf(paper ? _("Signed %s by %s for %s, %s; taken in by %s\n") : _("Signed %s by %s for %s, %s; witness %s\n"),
		civil_format_date(day, sizeof day, (civil_date)rec_int(r, F_SIGNATURE_DAY), CIVIL_SHORT),
		rec_text(r, F_SIGNATURE_NAME), choice_label(SET_SIGNATURE_PART, rec_int(r, F_SIGNATURE_PART)),
		choice_label(SET_SIGNATURE_HOW, rec_int(r, F_SIGNATURE_HOW)), rec_text(r, F_SIGNATURE_WITNESS));
	printf("    %s: %s%s\n", *x->site ? x->site : _("a key that isn't known here"), seal_state_name(x->state),
		x->retired ? _(" (the site has left)") : "");
	if (x->then)
		printf("    %s\n", wording_diff_text(c->a, x->then, text, false));
}

static void print_row(const char *label, const char *text)
{
	if (*text)
		printf("%-24s %s\n", label, text);
}

static int show_pdf(struct cli *c, struct id id, struct err *e)
{
	struct sheet *paper;
	struct buf out = {0};
	int rc = signed_sheet(c->view, c->a, id, &paper, e);
	if (rc == OK)
		rc = pdf_write_sheet(paper, &out, e);
	if (rc == OK)
		rc = cli_write_file(c, &out, e);
	if (rc == OK)
		rc = signed_paper(c->view, id, &c->printed, e);
	buf_free(&out);
	return rc;
}

static int run_show(struct cli *c, struct err *e)
{
	struct id id;
	struct agreement x;
	struct seal *seal;
	char *text;
	size_t n;
	int rc = find_agreement(c, &id, e);
	if (rc == OK)
		rc = agreement_get(c->view, c->book, c->a, id, c->today, &x, e);
	if (rc == OK)
		rc = agreement_text(c->view, c->a, id, &text, e);
	if (rc == OK)
		rc = signed_seals(c->view, c->a, id, &seal, &n, e);
	if (rc)
		return rc;
	if (cli_has(c, OPT_AS) && sheet_format_named(c->opt[OPT_AS]) == SHEET_PDF)
		return show_pdf(c, id, e);
	if (cli_wants_json(c))
		return show_json(c, &x, text, seal, n, e);
	if (!cli_has(c, OPT_PLAIN)) {
		const struct type *t = schema_type(TYPE_AGREEMENT);
		for (size_t i = 0; i < t->nfields; i++)
			if (rec_get(x.rec, t->fields[i].no).tag != V_NONE)
				print_row(_(t->fields[i].label),
					view_field_text(c->view, c->a, &t->fields[i], rec_get(x.rec, t->fields[i].no)));
		print_row(_("Roles"), x.roles);
		print_row(_("Lacks"), x.lacks ? x.lacks : "");
		for (size_t i = 0; i < n; i++)
			print_seal(c, &seal[i], text);
		printf("\n");
	}
	fputs(text, stdout);
	return OK;
}

/* ---- agreement move, renew, follow ------------------------------------------------------------------------ */

static int run_move(struct cli *c, struct err *e)
{
	struct id id;
	int state;
	civil_date day;
	struct change_result result;
	int rc = find_agreement(c, &id, e);
	if (rc == OK)
		rc = choice_of(c, TYPE_AGREEMENT, F_AGREEMENT_STATE, c->args[2], &state, e);
	if (rc == OK)
		rc = day_of(c, OPT_DAY, &day, e);
	cli_view_end(c);
	if (rc == OK)
		rc = agreement_move(
			c->store, id, state, c->opt[OPT_WHY], day == DATE_NONE ? c->today : day, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

static int run_renew(struct cli *c, struct err *e)
{
	struct id id;
	struct change_result result;
	int rc = find_agreement(c, &id, e);
	cli_view_end(c);
	if (rc == OK)
		rc = agreement_renew_wording(c->store, id, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

static int run_follow(struct cli *c, struct err *e)
{
	struct id id, made;
	struct change_result result;
	int rc = find_agreement(c, &id, e);
	cli_view_end(c);
	if (rc == OK)
		rc = agreement_follow(c->store, id, &made, &result, e);
	return rc ? rc : cli_report_change(c, &result, &made, e);
}

/* ---- agreement sign ----------------------------------------------------------------------------------------- */

static int read_scan(struct cli *c, struct buf *b, struct attachment *out, struct err *e)
{
	const char *path = c->opt[OPT_SCAN], *slash = strrchr(path, '/');
	int rc = os_read_file(path, ATTACHMENT_MOST, b, e);
	*out = (struct attachment){slash ? slash + 1 : path, b->p, b->n};
	return rc;
}

static int read_signing(struct cli *c, struct agreement_signing *how, struct err *e)
{
	if (!cli_has(c, OPT_NAME) || !cli_has(c, OPT_PART))
		return err_set(e, ERR_USAGE,
			_("say who signed, and for whom: --name NAME --part volunteer|organisation|workplace"));
	if (cli_has(c, OPT_PAPER) && cli_has(c, OPT_SCREEN))
		return err_set(e, ERR_USAGE, _("it is signed on paper or on the screen: one of them"));
	how->how = cli_has(c, OPT_SCREEN) ? SIGNATURE_SCREEN : SIGNATURE_PAPER;
	how->name = c->opt[OPT_NAME];
	int rc = find_agreement(c, &how->agreement, e);
	if (rc == OK)
		rc = choice_of(c, TYPE_SIGNATURE, F_SIGNATURE_PART, c->opt[OPT_PART], &how->part, e);
	if (rc == OK)
		rc = day_of(c, OPT_DAY, &how->day, e);
	how->day = how->day == DATE_NONE ? c->today : how->day;
	return rc;
}

static int run_sign(struct cli *c, struct err *e)
{
	struct agreement_signing how = {0};
	struct attachment scan;
	struct buf bytes = {0};
	struct id made;
	struct change_result result;
	int rc = read_signing(c, &how, e);
	if (rc == OK && cli_has(c, OPT_SCAN)) {
		rc = read_scan(c, &bytes, &scan, e);
		how.scan = &scan;
	}
	cli_view_end(c);
	if (rc == OK)
		rc = signed_sign(c->store, &how, &made, &result, e);
	buf_free(&bytes);
	return rc ? rc : cli_report_change(c, &result, &made, e);
}

/* ---- agreement export, verify ---------------------------------------------------------------------------------- */

static int run_export(struct cli *c, struct err *e)
{
	struct id id;
	struct signed_files f;
	if (!cli_has(c, OPT_OUTPUT))
		return err_set(e, ERR_USAGE, _("say where to: -o FOLDER"));
	int rc = find_agreement(c, &id, e);
	cli_view_end(c);
	if (rc == OK)
		rc = signed_export(c->store, c->a, id, c->opt[OPT_OUTPUT], &f, e);
	if (rc)
		return rc;
	c->opt[OPT_OUTPUT] = NULL; /* a folder: what is told goes to stdout */
	if (cli_has(c, OPT_JSON))
		return cli_write_json(c, json_pack("{s:s, s:s, s:s, s:s*}", "text", f.text, "minisig", f.minisig, "pub", f.pub,
			"pdf", f.pdf), e);
	printf("%s\n%s\n%s\n", f.text, f.minisig, f.pub);
	if (f.pdf)
		printf("%s\n", f.pdf);
	fprintf(stderr, _("anybody can check it: minisign -Vm %s -p %s\n"), f.text, f.pub);
	return OK;
}

static int verify_json(struct cli *c, const struct signed_verdict *v, const char *words, int rc, struct err *e)
{
	json_t *j = json_pack("{s:s, s:b, s:s, s:s, s:s}", "file", c->args[1], "valid", rc == OK, "wrong",
		signed_wrong_name(v->wrong), "site", v->site, "fingerprint", words);
	if (v->comment)
		json_object_set_new(j, "comment", json_string(v->comment));
	struct err unused;
	return cli_write_json(c, j, rc ? &unused : e) && rc == OK ? ERR_IO : rc;
}

/* What the comment says, a part a line. */
static void print_comment(const char *comment)
{
	for (const char *p = comment; *p; p += p[strcspn(p, "\t")] ? strcspn(p, "\t") + 1 : strlen(p))
		printf("    %.*s\n", (int)strcspn(p, "\t"), p);
}

static int run_verify(struct cli *c, struct err *e)
{
	struct signed_verdict v;
	char words[RING_WORDS_TEXT] = "";
	int rc = signed_verify(c->store, c->a, c->args[1], &v, e);
	if (rc == OK)
		ring_words(v.key, words);
	if (cli_wants_json(c))
		return verify_json(c, &v, words, rc, e);
	if (v.comment) {
		puts(rc == OK ? _("As it was signed:") : _("What was signed:"));
		print_comment(v.comment);
	}
	if (rc == OK && *v.site)
		printf(_("Signed by %s: %s\n"), v.site, words);
	else if (rc == OK)
		printf(_("Signed with a key that isn't known here; read its words to the site that it is said to be of: %s\n"),
			words);
	if (rc == OK && v.retired)
		puts(_("That site has left the ring."));
	return rc;
}

/* ---- agreement diff ------------------------------------------------------------------------------------------ */

static int diff_json(struct cli *c, const struct wording *w, struct err *e)
{
	static const char *const how[] = {[WORDING_SAME] = "same", [WORDING_GONE] = "gone", [WORDING_NEW] = "new"};
	size_t n;
	json_t *runs = json_array();
	struct wording_run *r = wording_diff(c->a, w[0].text, w[1].text, &n);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(runs, json_pack("{s:s, s:s%}", "how", how[r[i].how], "text", r[i].text, r[i].n));
	return cli_write_json(c, json_pack("{s:s, s:s, s:o}", "old", w[0].code, "new", w[1].code, "runs", runs), e);
}

static int run_diff(struct cli *c, struct err *e)
{
	struct wording w[2];
	int rc = cli_view(c, e);
	for (int i = 0; rc == OK && i < 2; i++)
		rc = agreement_find_wording(c->view, c->a, c->args[1 + i], &w[i], e);
	if (rc)
		return rc;
	if (cli_wants_json(c))
		return diff_json(c, w, e);
	printf("%s\n", wording_diff_text(c->a, w[0].text, w[1].text, true));
	return OK;
}

/* ---- agreement ------------------------------------------------------------------------------------------------ */

int cmd_agreement(struct cli *c, struct err *e)
{
	/* verifying needs no store; one that is open tells whose the key is */
	static const struct cli_verb verbs[] = {
		{"list", CLI_READS, 0, 0, run_list},
		{"new", CLI_WRITES, 2, 2, run_new},
		{"show", CLI_READS, 1, 1, run_show},
		{"move", CLI_WRITES, 2, 2, run_move},
		{"renew", CLI_WRITES, 1, 1, run_renew},
		{"follow", CLI_WRITES, 1, 1, run_follow},
		{"sign", CLI_WRITES, 1, 1, run_sign},
		{"export", CLI_WRITES, 1, 1, run_export},
		{"verify", CLI_READS_IF_OPEN, 1, 1, run_verify},
		{"diff", CLI_READS, 2, 2, run_diff},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}
