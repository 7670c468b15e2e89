/* cli/cmd_ring.c - commands on who may take part: ring, and the fingerprint by which two stores are compared.
 *
 * The six words of an invitation go to stdout, alone on a line; its file is written where -o says. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "sync/ring.h"

static char *words_of(struct cli *c, const uint8_t *hash)
{
	char words[RING_WORDS_TEXT];
	ring_words(hash, words);
	return arena_strdup(c->a, words);
}

static char *hex_of(struct cli *c, const uint8_t *p, size_t n)
{
	struct buf b = {0};
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%02x", p[i]);
	char *out = arena_strdup(c->a, b.p);
	buf_free(&b);
	return out;
}

static int load_ring(struct cli *c, struct ring **out, struct err *e)
{
	int rc = ring_load(c->store, out, e);
	if (rc == OK && !*out)
		rc = ring_missing(e);
	return rc;
}

/* ---- ring new -------------------------------------------------------------------------------------------- */

static int run_new(struct cli *c, struct err *e)
{
	struct ring *r = NULL;
	if (!cli_has(c, OPT_NAME))
		return err_set(e, ERR_USAGE, _("what is the ring of sites called? Give --name NAME"));
	int rc = ring_new(c->store, c->opt[OPT_NAME], e);
	c->done = rc == OK;
	if (rc == OK)
		rc = load_ring(c, &r, e);
	if (rc == OK && cli_has(c, OPT_JSON))
		rc = cli_write_json(c, json_pack("{s:s, s:s}", "ring", ring_name(r), "id",
			hex_of(c, ring_id(r), SEGMENT_RING)), e);
	else if (rc == OK)
		fprintf(stderr,
			_("made the ring \"%s\". Invite the next site with: samvagt ring invite --site NAME -o FILE\n"),
			ring_name(r));
	ring_free(r);
	return rc;
}

/* ---- ring invite ----------------------------------------------------------------------------------------- */

static int check_invite(struct cli *c, struct err *e)
{
	const char *path = c->opt[OPT_OUTPUT];
	if (!cli_has(c, OPT_SITE))
		return err_set(e, ERR_USAGE, _("which site is invited? Give --site NAME"));
	if (!path || strcmp(path, "-") == 0)
		return err_set(e, ERR_USAGE, _("where should the invitation's file be? Give -o FILE"));
	if (os_exists(path))
		return err_set(e, ERR_CONFLICT, _("%s exists already; nothing was done"), path);
	return OK;
}

static int invite(struct cli *c, struct ring *r, struct err *e)
{
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	const char *path = c->opt[OPT_OUTPUT];
	int rc = check_invite(c, e);
	if (rc == OK)
		rc = ring_invite(c->store, r, c->opt[OPT_SITE], cli_has(c, OPT_REGION) ? RING_REGION : RING_FULL, &file,
			words, e);
	if (rc == OK)
		rc = os_write_new_file(path, file.p, file.n, e);
	buf_free(&file);
	if (rc)
		return rc;
	c->done = true;
	if (cli_has(c, OPT_JSON)) {
		c->opt[OPT_OUTPUT] = NULL;      /* that was the invitation's */
		return cli_write_json(c, json_pack("{s:s, s:s}", "file", path, "words", words), e);
	}
	printf("%s\n", words);
	fprintf(stderr,
		_("wrote the invitation %s. Send the file, and read the six words on the phone: never both the same way. It is "
		  "good for one site, within 30 days\n"),
		path);
	return OK;
}

/* ---- ring join ------------------------------------------------------------------------------------------- */

static int run_join(struct cli *c, struct err *e)
{
	struct ring *r = NULL;
	struct buf file = {0};
	const char *words = c->opt[OPT_WORDS];
	size_t n = 0;
	if (!words)
		return err_set(
			e, ERR_USAGE, _("which are the six words? Give --words \"WORD WORD WORD WORD WORD WORD\""));
	int rc = strcmp(words, "-") == 0 ? cli_read_secret(c, "-", &words, e) : OK;
	if (rc == OK)
		rc = os_read_file(c->args[1], RING_INVITE_MOST, &file, e);
	if (rc == OK)
		rc = ring_join(c->store, file.p, file.n, words, e);
	buf_free(&file);
	c->done = rc == OK;
	if (rc == OK)
		rc = load_ring(c, &r, e);
	if (rc == OK)
		ring_members(r, &n);
	if (rc == OK && cli_has(c, OPT_JSON))
		rc = cli_write_json(c, json_pack("{s:s, s:s}", "ring", ring_name(r), "id",
			hex_of(c, ring_id(r), SEGMENT_RING)), e);
	else if (rc == OK)
		fprintf(stderr,
			_("this site is in the ring \"%s\" now. Next: samvagt sync FOLDER, where another site has been before\n"),
			ring_name(r));
	ring_free(r);
	return rc;
}

/* ---- ring members ---------------------------------------------------------------------------------------- */

static const char *role_name(const struct ring_member *m)
{
	return m->role == RING_REGION ? "region" : "full";
}

static const char *state_text(const struct ring_member *m)
{
	return m->instead ? _("came too late") : m->retired ? _("has left") : m->self ? _("this site") : m->role == RING_REGION ? _("reads only") : "";
}

static civil_min minute_of(int64_t clock)
{
	return civil_from_utc(clock);
}

static json_t *member_json(struct cli *c, const struct ring_member *m)
{
	char time[32];
	json_t *j = json_pack("{s:s, s:s, s:s, s:b, s:b, s:s, s:s, s:s}", "site", m->name, "id",
		id_format(arena_alloc(c->a, ID_TEXT), m->site), "role", role_name(m), "self", m->self, "retired",
		m->retired, "joined", civil_format_iso(time, sizeof time, minute_of(m->joined)), "fingerprint",
		words_of(c, m->key), "key", hex_of(c, m->key, SEGMENT_PUBLIC));
	if (m->retired)
		json_object_set_new(j, "left", json_string(civil_format_iso(time, sizeof time, minute_of(m->left))));
	return j;
}

static int members_json(struct cli *c, const struct ring *r, const struct ring_member *m, size_t n, struct err *e)
{
	json_t *all = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(all, member_json(c, &m[i]));
	return cli_write_json(c, json_pack("{s:s, s:s, s:o}", "ring", ring_name(r), "id",
		hex_of(c, ring_id(r), SEGMENT_RING), "members", all), e);
}

static int members(struct cli *c, struct ring *r, struct err *e)
{
	size_t n;
	const struct ring_member *m = ring_members(r, &n);
	if (cli_wants_json(c))
		return members_json(c, r, m, n, e);
	struct sheet *s = sheet_new(c->a, arena_printf(c->a, _("The ring %s"), ring_name(r)));
	sheet_column(s, "site", _("Site"), ALIGN_LEFT, 10, 24);
	sheet_column(s, "joined", _("Since"), ALIGN_LEFT, 10, 10);
	sheet_column(s, "state", _("State"), ALIGN_LEFT, 8, 12);
	sheet_column(s, "fingerprint", _("Fingerprint"), ALIGN_LEFT, 24, 60);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0] = sheet_text(m[i].name);
		row->cells[1] = sheet_date(c->a, cmin_date(minute_of(m[i].joined)), CIVIL_ISO);
		row->cells[2] = sheet_text(state_text(&m[i]));
		row->cells[3] = sheet_text(words_of(c, m[i].key));
	}
	return cli_write_sheet(c, s, e);
}

/* ---- ring remove ----------------------------------------------------------------------------------------- */

static int remove_member(struct cli *c, struct ring *r, struct err *e)
{
	size_t n;
	const struct ring_member *who;
	int rc = ring_find(r, c->args[1], &who, e);
	if (rc)
		return rc;
	if (who->self && !cli_has(c, OPT_YES))
		return err_set(e, ERR_USAGE,
			_("that is this site: it would leave the ring, and only an invitation lets it back. Say --yes if it should"));
	const char *name = arena_strdup(c->a, who->name);
	const bool self = who->self;
	rc = ring_remove(c->store, r, c->args[1], e);
	if (rc)
		return rc;
	c->done = true;
	ring_members(r, &n);
	if (cli_has(c, OPT_JSON))
		return cli_write_json(c, json_pack("{s:s}", "removed", name), e);
	fprintf(stderr,
		self ? _("%s has left the ring; the others hear of it at the next samvagt sync\n")
		     : _("%s is removed from the ring; the others hear of it at the next samvagt sync\n"),
		name);
	return OK;
}

/* ---- ring ------------------------------------------------------------------------------------------------ */

static int with_ring(struct cli *c, int (*fn)(struct cli *c, struct ring *r, struct err *e), struct err *e)
{
	struct ring *r = NULL;
	int rc = load_ring(c, &r, e);
	if (rc == OK)
		rc = fn(c, r, e);
	ring_free(r);
	return rc;
}

static int run_invite(struct cli *c, struct err *e)
{
	return with_ring(c, invite, e);
}

static int run_members(struct cli *c, struct err *e)
{
	return with_ring(c, members, e);
}

static int run_remove(struct cli *c, struct err *e)
{
	return with_ring(c, remove_member, e);
}

int cmd_ring(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"new", CLI_WRITES, 0, 0, run_new},
		{"invite", CLI_WRITES, 0, 0, run_invite},
		{"join", CLI_WRITES, 1, 1, run_join},
		{"members", CLI_READS, 0, 0, run_members},
		{"remove", CLI_WRITES, 1, 1, run_remove},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}

/* ---- fingerprint ----------------------------------------------------------------------------------------- */

int cmd_fingerprint(struct cli *c, struct err *e)
{
	uint8_t state[32];
	int rc = cli_view(c, e);
	if (rc == OK)
		rc = exchange_state(c->view, state, e);
	if (rc)
		return rc;
	const char *words = words_of(c, state), *hex = hex_of(c, state, sizeof state);
	if (cli_has(c, OPT_JSON))
		return cli_write_json(c, json_pack("{s:s, s:s}", "words", words, "fingerprint", hex), e);
	printf("%s\n%s\n", words, hex);
	return OK;
}
