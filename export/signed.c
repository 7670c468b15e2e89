/* export/signed.c - see signed.h. Owns how signatures become seals and how agreements become files. Must not know
 * screens or command lines. */
#include "export/signed.h"

#include <string.h>

#include "base/lang.h"
#include "base/letters.h"
#include "base/os.h"
#include "base/text.h"

enum { FILE_MOST = 1 << 20 };

/* ---- signing --------------------------------------------------------------------------------------------------- */

static int seal_statement(
	struct store *s, const struct agreement_signing *what, uint8_t out[SIGNING_SEAL], struct err *e)
{
	struct arena *a = arena_new();
	struct buf statement = {0};
	struct view *v = NULL;
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = agreement_statement(v, a, what, &statement, e);
	view_end(v);
	if (rc == OK)
		rc = signing_seal(s, statement.p, statement.n, out, e);
	buf_free(&statement);
	arena_free(a);
	return rc;
}

int signed_sign(struct store *s, const struct agreement_signing *what, struct id *made, struct change_result *out,
	struct err *e)
{
	uint8_t key[SIGNING_PUBLIC], seal[SIGNING_SEAL];
	char key_letters[2 * SIGNING_PUBLIC + 1], seal_letters[2 * SIGNING_SEAL + 1];
	int rc = signing_key(s, key, e);
	if (rc == OK)
		rc = seal_statement(s, what, seal, e);
	if (rc)
		return rc;
	letters_write(key_letters, key, sizeof key);
	letters_write(seal_letters, seal, sizeof seal);
	return agreement_sign(s, what, key_letters, seal_letters, made, out, e);
}

/* ---- checking ---------------------------------------------------------------------------------------------------- */

struct claim {
	uint8_t key[SIGNING_PUBLIC], seal[SIGNING_SEAL];
	bool readable;
};

static struct claim claim_of(const struct rec *signature)
{
	struct claim c;
	c.readable = letters_read(rec_text(signature, F_SIGNATURE_KEY), c.key, sizeof c.key) &&
		letters_read(rec_text(signature, F_SIGNATURE_SEAL), c.seal, sizeof c.seal);
	return c;
}

static int holds_in(
	struct view *v, struct arena *a, const struct claim *c, struct id signature, bool *out, struct err *e)
{
	struct buf statement = {0};
	int rc = agreement_statement_of(v, a, signature, &statement, e);
	*out = rc == OK && c->readable && signing_holds(c->key, c->seal, statement.p, statement.n);
	buf_free(&statement);
	return rc == ERR_NOTFOUND || rc == ERR_DATA ? OK : rc;
}

/* Only when it doesn't hold now is the past looked at. */
static int look_back(struct view *v, struct arena *a, const struct claim *c, struct seal *x, struct err *e)
{
	struct view *then = NULL;
	bool held = false;
	char *text = NULL;
	int rc = view_begin_at(view_store(v), x->signature->at.clock, &then, e);
	if (rc == OK)
		rc = holds_in(then, a, c, x->signature->id, &held, e);
	if (rc == OK && held)
		rc = agreement_text(then, a, rec_id(x->signature, F_SIGNATURE_AGREEMENT), &text, e);
	view_end(then);
	x->state = held ? SEAL_CHANGED : SEAL_BROKEN;
	x->then = text;
	return rc;
}

static int check_seal(struct view *v, struct arena *a, struct seal *x, struct err *e)
{
	struct claim c = claim_of(x->signature);
	bool held;
	x->site = "";
	int rc = c.readable ? signing_whose(view_store(v), a, c.key, &x->site, &x->retired, e) : OK;
	if (rc == OK)
		rc = holds_in(v, a, &c, x->signature->id, &held, e);
	if (rc || held)
		return rc;
	return look_back(v, a, &c, x, e);
}

int signed_seals(struct view *v, struct arena *a, struct id agreement, struct seal **out, size_t *n, struct err *e)
{
	struct agreement x;
	int rc = agreement_get(v, NULL, a, agreement, store_today(view_store(v)), &x, e);
	if (rc)
		return rc;
	*n = x.nsignatures;
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < *n; i++) {
		(*out)[i].signature = x.signatures[i];
		rc = check_seal(v, a, &(*out)[i], e);
	}
	return rc;
}

const char *seal_state_name(enum seal_state state)
{
	static const char *const names[] = {
		[SEAL_HOLDS] = N_("the seal holds"),
		[SEAL_CHANGED] = N_("sealed as it was then; something has been changed since"),
		[SEAL_BROKEN] = N_("the seal doesn't fit"),
	};
	return _(names[state]);
}

/* ---- out as files --------------------------------------------------------------------------------------------------
 */

/* Parts of the signed comment stand apart by tabs, which no text of a record holds. */
#define COMMENT_BEGINS "samvagt agreement "
#define COMMENT_WORDING "wording "
#define COMMENT_PARTY "with "
#define COMMENT_PLACE "at "
#define COMMENT_SIGNED "signed "

static const char *comment_of(struct arena *a, const struct agreement *x)
{
	char id[ID_TEXT], day[16];
	char *out =
		arena_printf(a, COMMENT_BEGINS "%s\t" COMMENT_WORDING "%s\t" COMMENT_PARTY "%s\t" COMMENT_PLACE "%s",
			id_format(id, x->rec->id), x->code, x->with, x->place);
	for (size_t i = 0; i < x->nsignatures; i++) {
		const struct rec *s = x->signatures[i];
		char *more = arena_printf(a, "%s\t" COMMENT_SIGNED "%s %s %s", out,
			civil_format_date(day, sizeof day, (civil_date)rec_int(s, F_SIGNATURE_DAY), CIVIL_ISO),
			schema_choice(SET_SIGNATURE_PART, (int)rec_int(s, F_SIGNATURE_PART))->name,
			rec_text(s, F_SIGNATURE_NAME));
		if (strlen(more) > SIGNING_COMMENT_MOST)
			break;
		out = more;
	}
	return out;
}

int signed_sheet(struct view *v, struct arena *a, struct id agreement, struct sheet **out, struct err *e)
{
	struct agreement x;
	char *text;
	int rc = agreement_get(v, NULL, a, agreement, store_today(view_store(v)), &x, e);
	if (rc == OK)
		rc = agreement_text(v, a, agreement, &text, e);
	if (rc)
		return rc;
	const char *sort = _(schema_choice(SET_AGREEMENT_SORT, (int)rec_int(x.rec, F_AGREEMENT_SORT))->label);
	struct sheet *s = *out = sheet_new(a, arena_printf(a, "%s · %s", x.with, sort));
	s->face = FACE_LETTERS;
	sheet_part(s, "agreement", _("Agreement"), PART_HEADING);
	sheet_part(s, "wording", _("Wording"), PART_WORDING);
	sheet_part(s, "code", _("Code"), PART_CODE);
	struct sheet_cell *cell = sheet_row(s, ROW_DATA)->cells;
	cell[0] = sheet_text(arena_printf(a, "%s\n%s", s->title, arena_printf(a, _("Wording %s"), x.code)));
	cell[1] = sheet_text(text);
	cell[2] = sheet_text(agreement_label(a, agreement, x.code));
	return OK;
}

int signed_paper(struct view *v, struct id agreement, struct printed *out, struct err *e)
{
	int limits[LIMIT_COUNT];
	struct arena *a = arena_new();
	struct rec *r;
	*out = (struct printed){.from = DATE_NONE, .to = DATE_NONE, .shred = DATE_NONE};
	int rc = view_get(v, a, TYPE_AGREEMENT, agreement, &r, e);
	if (rc == OK)
		rc = rules_limits(v, limits, e);
	if (rc == OK && !id_is_none(rec_id(r, F_AGREEMENT_VOLUNTEER))) {
		out->what = _(schema_choice(SET_AGREEMENT_SORT, (int)rec_int(r, F_AGREEMENT_SORT))->label);
		out->purpose = _("To be signed by hand.");
		out->volunteer = rec_id(r, F_AGREEMENT_VOLUNTEER);
		out->shred = civil_add_months(store_today(view_store(v)), limits[LIMIT_RETENTION_SCAN_MONTHS]);
	}
	arena_free(a);
	return rc;
}

/* What goes into the files, as the store has it. */
struct content {
	char *text;
	const char *comment, *site;
	struct sheet *paper;
};

static int read_content(struct store *s, struct arena *a, struct id agreement, struct content *out, struct err *e)
{
	struct view *v = NULL;
	struct agreement x;
	char id[ID_TEXT];
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = agreement_get(v, NULL, a, agreement, store_today(s), &x, e);
	if (rc == OK)
		rc = agreement_text(v, a, agreement, &out->text, e);
	if (rc == OK) {
		out->comment = comment_of(a, &x);
		out->site = view_title(v, a, store_site(s));
		rc = signed_sheet(v, a, agreement, &out->paper, e);
	}
	if (rc == OK) {
		out->paper->made = arena_printf(a,
			_("A digital signature (minisign) is over the text, %s.txt, and not over this PDF."),
			id_format(id, agreement));
	}
	view_end(v);
	return rc;
}

static int write_all(const struct content *c, const struct signed_files *f, const struct buf *minisig,
	const struct buf *pub, struct err *e)
{
	int rc = os_write_file(f->text, c->text, strlen(c->text), e);
	if (rc == OK)
		rc = os_write_file(f->minisig, minisig->p, minisig->n, e);
	return rc ? rc : os_write_file(f->pub, pub->p, pub->n, e);
}

/* A machine that can't make it still has what is signed. */
static int write_pdf(const struct content *c, struct signed_files *f, struct err *e)
{
	struct buf out = {0};
	int rc = pdf_write_sheet(c->paper, &out, e);
	if (rc == OK)
		rc = os_write_file(f->pdf, out.p, out.n, e);
	buf_wipe(&out);
	if (rc == ERR_UNSUPPORTED)
		f->pdf = NULL;
	return rc == ERR_UNSUPPORTED ? OK : rc;
}

int signed_export(
	struct store *s, struct arena *a, struct id agreement, const char *dir, struct signed_files *out, struct err *e)
{
	struct content c = {0};
	struct buf minisig = {0}, pub = {0};
	char id[ID_TEXT];
	int rc = read_content(s, a, agreement, &c, e);
	if (rc == OK)
		rc = signing_write(s, c.text, strlen(c.text), c.comment, &minisig, &pub, e);
	if (rc == OK)
		rc = os_mkdir_p(dir, e);
	if (rc == OK) {
		out->text = os_path_join(a, dir, arena_printf(a, "%s.txt", id_format(id, agreement)));
		out->minisig = arena_printf(a, "%s.minisig", out->text);
		out->pub = os_path_join(a, dir, arena_printf(a, "%s.pub", text_file_name(a, c.site)));
		out->pdf = os_path_join(a, dir, arena_printf(a, "%s.pdf", id));
		rc = write_all(&c, out, &minisig, &pub, e);
	}
	if (rc == OK)
		rc = write_pdf(&c, out, e);
	buf_free(&minisig);
	buf_free(&pub);
	return rc;
}

/* ---- verifying ------------------------------------------------------------------------------------------------------
 */

struct bundle {
	struct buf text, minisig, pub;
};

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);
	return n > m && strcmp(s + n - m, end) == 0;
}

static const char *folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	return !slash ? "." : slash == path ? "/" : arena_strndup(a, path, (size_t)(slash - path));
}

static struct signing_file file_of(const struct buf *b)
{
	return (struct signing_file){b->p ? b->p : "", b->n};
}

/* Of several public keys the one that the signature names; the last of them when none is. */
static int try_keys(struct store *s, struct arena *a, const char *path, struct bundle *b, struct signing_found *found,
	struct err *e)
{
	char **names;
	size_t n;
	struct signing_file text = file_of(&b->text), minisig = file_of(&b->minisig);
	const char *dir = folder_of(a, path);
	int rc = os_list_dir(a, dir, &names, &n, e), result = ERR_NOTFOUND;
	for (size_t i = 0; rc == OK && i < n && (result == ERR_NOTFOUND || result == ERR_KEY); i++) {
		if (!ends_with(names[i], ".pub"))
			continue;
		buf_reset(&b->pub);
		rc = os_read_file(os_path_join(a, dir, names[i]), FILE_MOST, &b->pub, e);
		struct signing_file pub = file_of(&b->pub);
		if (rc == OK)
			result = signing_read(s, a, &text, &minisig, &pub, found, e);
	}
	if (rc || result != ERR_NOTFOUND)
		return rc ? rc : result;
	if (s)
		return signing_read(s, a, &text, &minisig, NULL, found, e);
	return err_set(e, ERR_NOTFOUND, _("there is no public key (a file *.pub) beside %s"), path);
}

/* A part of the signed comment; "" none. */
static const char *part_of(struct arena *a, const char *comment, const char *begins)
{
	for (const char *p = comment; p; p = strchr(p, '\t')) {
		p += *p == '\t';
		if (strncmp(p, begins, strlen(begins)) == 0)
			return arena_strndup(a, p + strlen(begins), strcspn(p + strlen(begins), "\t"));
	}
	return "";
}

static bool lacks(const struct bundle *b, const char *what)
{
	return *what && !strstr(b->text.p ? b->text.p : "", what);
}

static const struct {
	enum signed_wrong wrong;
	const char *begins, *says;
} marks[] = {
	{WRONG_WORDING, COMMENT_WORDING, N_("the wording was altered after it was signed: its code isn't in the text")},
	{WRONG_PARTY, COMMENT_PARTY,
		N_("the party was changed after it was signed: the one that is named in the signature isn't in the text")},
	{WRONG_PLACE, COMMENT_PLACE,
		N_("the workplace was changed after it was signed: the one that is named in the signature isn't in the text")},
};

/* The comment is genuine, so it tells what the text was about. */
static int explain_text(struct arena *a, const struct bundle *b, struct signed_verdict *out, int rc, struct err *e)
{
	out->wrong = WRONG_TEXT;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (lacks(b, part_of(a, out->comment, marks[i].begins))) {
			out->wrong = marks[i].wrong;
			return err_set(e, rc, "%s", _(marks[i].says));
		}
	return rc;
}

static int judge(
	struct store *s, struct arena *a, const char *path, struct bundle *b, struct signed_verdict *out, struct err *e)
{
	static const enum signed_wrong wrong[] = {
		[SIGNING_OK] = WRONG_NOTHING,
		[SIGNING_TEXT] = WRONG_TEXT,
		[SIGNING_COMMENT] = WRONG_COMMENT,
		[SIGNING_KEY] = WRONG_KEY,
		[SIGNING_FORM] = WRONG_FORM,
	};
	struct signing_found found = {.what = SIGNING_FORM};
	int rc = try_keys(s, a, path, b, &found, e);
	out->wrong = rc && found.what == SIGNING_OK ? WRONG_FORM : wrong[found.what];
	out->comment = found.comment;
	memcpy(out->key, found.key, sizeof out->key);
	if (out->wrong == WRONG_TEXT)
		return explain_text(a, b, out, rc, e);
	return rc;
}

int signed_verify(struct store *s, struct arena *a, const char *path, struct signed_verdict *out, struct err *e)
{
	struct bundle b = {0};
	*out = (struct signed_verdict){.wrong = WRONG_FORM, .site = ""};
	int rc = os_read_file(path, FILE_MOST, &b.text, e);
	if (rc == OK)
		rc = os_read_file(arena_printf(a, "%s.minisig", path), FILE_MOST, &b.minisig, e);
	if (rc == OK)
		rc = judge(s, a, path, &b, out, e);
	if (rc == OK && s)
		rc = signing_whose(s, a, out->key, &out->site, &out->retired, e);
	buf_free(&b.text);
	buf_free(&b.minisig);
	buf_free(&b.pub);
	return rc;
}

const char *signed_wrong_name(enum signed_wrong wrong)
{
	static const char *const names[] = {
		[WRONG_NOTHING] = "nothing",
		[WRONG_WORDING] = "wording",
		[WRONG_PARTY] = "party",
		[WRONG_PLACE] = "place",
		[WRONG_TEXT] = "text",
		[WRONG_COMMENT] = "comment",
		[WRONG_KEY] = "key",
		[WRONG_FORM] = "form",
	};
	return names[wrong];
}
