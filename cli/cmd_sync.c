/* cli/cmd_sync.c - commands on other sites: sync, send, receive, sites. What they do is sync/'s. */
#include "cli/cli.h"

#include <unistd.h>

#include "base/lang.h"
#include "sync/sync.h"

/* ---- while it works ------------------------------------------------------------------------------- */

enum { TELL_MS = 200 };
struct telling { bool terminal, shown; int64_t last; };

/* A line that is written over, on a terminal only: whoever reads a log wants to read what came of it. */
static int tell(void *ctx, int step, size_t done, size_t of)
{
	static const char *const steps[] = {
		[SYNC_LISTING] = N_("Looking"), [SYNC_READING] = N_("Reading"), [SYNC_MERGING] = N_("Merging"),
		[SYNC_WRITING] = N_("Writing"), [SYNC_SETTLING] = N_("Making sure that all of it is written"),
	};
	struct telling *t = ctx;
	int64_t now = os_monotonic_ms();
	if (!t->terminal || (t->shown && now - t->last < TELL_MS))
		return 0;
	fprintf(stderr, "\r%s", _(steps[step]));
	if (of)
		fprintf(stderr, " %zu/%zu", done, of);
	fputs("\033[K", stderr);
	t->last = now;
	t->shown = true;
	return 0;
}

static void end_telling(const struct telling *t)
{
	if (t->shown)
		fputs("\r\033[K", stderr);
}

/* ---- where --------------------------------------------------------------------------------------- */

/* Without a folder on the command line: the one that has been used for this, if it is the only one there. */
static int choose_folder(struct cli *c, const char **out, struct err *e)
{
	struct folder_place *place;
	size_t n, found = 0;
	*out = c->nargs ? c->args[0] : NULL;
	if (*out)
		return OK;
	int rc = folder_places(c->a, &place, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (place[i].has_exchange) {
			*out = place[i].dir;
			found++;
		}
	if (rc == OK && found != 1)
		rc = err_set(e, found ? ERR_AMBIGUOUS : ERR_USAGE, found ? _("several folders could be meant. Give one of them")
			: _("which folder? Give the stick's or the shared drive's"));
	return rc;
}

/* ---- what came of it -------------------------------------------------------------------------------- */

static const char *const whys[] = {
	[SYNC_CUT] = "cut", [SYNC_ALTERED] = "altered", [SYNC_FOREIGN] = "foreign", [SYNC_NEWER] = "newer",
	[SYNC_EARLY] = "early", [SYNC_LOCKED] = "locked", [SYNC_FORKED] = "forked", [SYNC_RETIRED] = "retired",
	[SYNC_OUTSIDE] = "outside", [SYNC_BEATEN] = "beaten", [SYNC_TWICE] = "twice",
	[SYNC_ASTRAY] = "astray", [SYNC_STRANDED] = "stranded", [SYNC_MENDED] = "mended", [SYNC_NONSENSE] = "nonsense", [SYNC_UNKNOWN] = "unknown",
};

/* wrong: why it didn't go to its end; NULL when it did. */
static json_t *result_json(const struct sync_result *r, const char *wrong)
{
	json_t *from = json_array(), *troubles = json_array();
	for (size_t i = 0; i < r->nfrom; i++)
		json_array_append_new(from, json_pack("{s:s, s:I}", "site", r->from[i].site, "changes",
			(json_int_t)r->from[i].groups));
	for (size_t i = 0; i < r->ntrouble; i++)
		json_array_append_new(troubles, json_pack("{s:s, s:s, s:s, s:s}", "why", whys[r->trouble[i].why], "file",
			r->trouble[i].path, "site", r->trouble[i].site, "text", r->trouble[i].text));
	json_t *j = json_pack("{s:o, s:I, s:I, s:I, s:I, s:I}", "received", from, "changes", (json_int_t)r->taken.groups,
		"records", (json_int_t)r->taken.records, "disagreements", (json_int_t)r->taken.open, "future",
		(json_int_t)r->taken.future, "merge", (json_int_t)r->taken.merge);
	json_t *more = json_pack("{s:I, s:I, s:I, s:I, s:b, s:b, s:I, s:I, s:b, s:o}", "sent", (json_int_t)r->own_sent,
		"passed_on", (json_int_t)r->relayed, "files_read", (json_int_t)r->files_read, "files_written",
		(json_int_t)r->files_written, "from_snapshot", r->from_snapshot, "new_name", r->minted, "issued_again",
		(json_int_t)r->transplanted, "settled", (json_int_t)r->settled, "diverged", r->diverged, "troubles", troubles);
	json_object_update(j, more);
	json_decref(more);
	if (wrong)
		json_object_set_new(j, "error", json_string(wrong));
	return j;
}

/* Two sites often know the same people. A region member gets none. */
static void print_twins(struct cli *c, const struct sync_result *r)
{
	size_t n = 0;
	if (r->taken.records == 0 || cli_has(c, OPT_DRY_RUN) || cli_book(c, NULL) != OK)
		return;
	(void)book_twins(c->book, c->a, &n);
	if (n) {
		printf(ngettext("%zu person stands here twice: samvagt merge", "%zu people stand here twice: samvagt merge", n), n);
		putchar('\n');
	}
}

static void print_received(struct cli *c, const struct sync_result *r)
{
	for (size_t i = 0; i < r->nfrom; i++) {
		printf(ngettext("%s: %zu change", "%s: %zu changes", r->from[i].groups), r->from[i].site, r->from[i].groups);
		putchar('\n');
	}
	if (r->from_snapshot)
		printf("%s\n", _("Began from a snapshot: what happened before it has no history here."));
	if (r->taken.open) {
		printf(ngettext("%zu disagreement to decide: samvagt disagreements", "%zu disagreements to decide: samvagt disagreements",
			r->taken.open), r->taken.open);
		putchar('\n');
	}
	print_twins(c, r);
	if (r->nfrom == 0 && !r->from_snapshot)
		printf("%s\n", r->is_first ? _("Nobody has left anything there yet.") : _("Nothing new came."));
}

static void print_sent(const struct sync_result *r)
{
	if (r->own_sent + r->relayed == 0) {
		printf("%s\n", _("Nothing new to leave for the others."));
		return;
	}
	printf(ngettext("Sent: %zu change of our own", "Sent: %zu changes of our own", r->own_sent), r->own_sent);
	if (r->relayed)
		printf(ngettext(", and %zu file of others", ", and %zu files of others", r->relayed), r->relayed);
	putchar('\n');
}

static void print_warnings(const struct sync_result *r)
{
	for (size_t i = 0; i < r->ntrouble; i++)
		fprintf(stderr, "samvagt: %s\n", r->trouble[i].text);
	if (r->minted)
		fprintf(stderr, "samvagt: %s\n", _("this store was copied or put back from a backup, and goes on under another name "
			"of its own. Nothing was lost"));
	if (r->settled) {
		fputs("samvagt: ", stderr);
		fprintf(stderr, ngettext("A removed site had written in two copies of its store. %zu change of it is issued again here; nothing is lost.",
			"A removed site had written in two copies of its store. %zu changes of it are issued again here; nothing is lost.",
			r->settled), r->settled);
		fputc('\n', stderr);
	}
	if (r->taken.future)
		fprintf(stderr, ngettext("samvagt: %zu change carries a time of more than a day ahead: somebody's clock is wrong\n",
			"samvagt: %zu changes carry a time of more than a day ahead: somebody's clock is wrong\n", r->taken.future),
			r->taken.future);
}

enum halves { RECEIVED = 1, SENT = 2 };

/* What came stands when the rest failed, so it is told before the sentence that main() prints. */
static int report_half(struct cli *c, const struct sync_result *r, const struct err *why)
{
	print_warnings(r);
	c->done = r->received && !cli_has(c, OPT_DRY_RUN);
	if (r->received && cli_has(c, OPT_JSON))
		(void)cli_write_json(c, result_json(r, why->text), NULL);
	else if (r->received)
		print_received(c, r);
	return why->code;
}

static int report(struct cli *c, const struct sync_result *r, unsigned halves, struct err *e)
{
	bool dry = cli_has(c, OPT_DRY_RUN);
	c->done = !dry;
	print_warnings(r);
	if (cli_has(c, OPT_JSON)) {
		int rc = cli_write_json(c, result_json(r, NULL), e);
		if (rc)
			return rc;
	} else {
		if (halves & RECEIVED)
			print_received(c, r);
		if (halves & SENT)
			print_sent(r);
	}
	if (dry)
		fprintf(stderr, "%s\n", _("(tried only: nothing was taken or written)"));
	else if (halves & SENT)
		fprintf(stderr, "%s\n", _("You can take the stick out now."));
	return OK;
}

typedef int meeting(struct store *s, const char *dir, const struct sync_opts *opts, struct arena *a, struct sync_result *out,
	struct err *e);

static int meet(struct cli *c, meeting *how, unsigned halves, struct err *e)
{
	struct telling telling = {.terminal = isatty(STDERR_FILENO)};
	struct sync_opts opts = {.level = SEGMENT_SMALL, .accept_losses = cli_has(c, OPT_YES), .progress = tell, .ctx = &telling};
	struct sync_result r;
	const char *dir;
	int rc = choose_folder(c, &dir, e);
	if (rc)
		return rc;
	rc = how(c->store, dir, &opts, c->a, &r, e);
	end_telling(&telling);
	if (rc == OK || r.received)
		(void)folder_remember(dir, NULL);
	if (r.loses)
		err_set(e, rc, _("%s. If that is meant, do it again with --yes"), arena_strdup(c->a, e->text));
	return rc ? report_half(c, &r, e) : report(c, &r, halves, e);
}

int cmd_sync(struct cli *c, struct err *e)
{
	return meet(c, sync_meet, RECEIVED | SENT, e);
}

int cmd_send(struct cli *c, struct err *e)
{
	return meet(c, sync_send, SENT, e);
}

int cmd_receive(struct cli *c, struct err *e)
{
	return meet(c, sync_receive, RECEIVED, e);
}

/* ---- sites --------------------------------------------------------------------------------------- */

static const char *heard_text(struct cli *c, const struct sync_site *site)
{
	char day[32];
	if (site->self)
		return _("here");
	if (!site->heard)
		return site->role == RING_REGION ? "" : _("never");
	return arena_strdup(c->a, civil_format_date(day, sizeof day, cmin_date(civil_from_utc(site->heard)), CIVIL_ISO));
}

static const char *remark(struct cli *c, const struct sync_site *site)
{
	if (site->retired)
		return _("has left");
	if (site->role == RING_REGION)
		return site->self ? _("reads only: what is changed here stays here") : _("reads only");
	if (site->self)
		return site->unsent ? arena_printf(c->a, ngettext("%zu change isn't sent yet", "%zu changes aren't sent yet", site->unsent),
			site->unsent) : "";
	return site->holds_back ? _("silent for more than 30 days: its files can't be tidied away") : "";
}

static int sites_json(struct cli *c, const struct sync_site *site, size_t n, struct err *e)
{
	json_t *list = json_array();
	char time[32], id[ID_TEXT];
	for (size_t i = 0; i < n; i++) {
		json_t *j = json_pack("{s:s, s:s, s:s, s:b, s:b, s:I, s:I, s:i, s:b}", "name", site[i].name, "site",
			id_format(id, site[i].site), "role", site[i].role == RING_REGION ? "region" : "full", "self", site[i].self,
			"retired", site[i].retired, "lacks", (json_int_t)site[i].lacks, "unsent", (json_int_t)site[i].unsent,
			"silent_days", site[i].silent_days, "holds_back", site[i].holds_back);
		if (site[i].heard)
			json_object_set_new(j, "heard", json_string(civil_format_iso(time, sizeof time, civil_from_utc(site[i].heard))));
		json_array_append_new(list, j);
	}
	return cli_write_json(c, list, e);
}

int cmd_sites(struct cli *c, struct err *e)
{
	struct sync_site *site;
	size_t n;
	int rc = sync_sites(c->store, c->a, &site, &n, e);
	if (rc)
		return rc;
	if (cli_has(c, OPT_JSON))
		return sites_json(c, site, n, e);
	struct sheet *s = sheet_new(c->a, _("Sites"));
	sheet_column(s, "name", _("Site"), ALIGN_LEFT, 8, 30);
	sheet_column(s, "role", _("Reads"), ALIGN_LEFT, 6, 12);
	sheet_column(s, "heard", _("Heard of"), ALIGN_LEFT, 10, 16);
	sheet_column(s, "lacks", _("Lacks"), ALIGN_RIGHT, 5, 8);
	sheet_column(s, "remark", "", ALIGN_LEFT, 10, 50);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = site[i].name;
		row->cells[1].text = site[i].role == RING_REGION ? _("no persons") : _("all");
		row->cells[2].text = heard_text(c, &site[i]);
		if (site[i].follows)
			row->cells[3] = sheet_int(c->a, (int64_t)site[i].lacks);
		row->cells[4].text = remark(c, &site[i]);
	}
	return cli_write_sheet(c, s, e);
}
