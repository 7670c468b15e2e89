/* store/doctor.c - see doctor.h. Owns an examination as a whole: opening what can be opened, a child process for each
 * part, what came of it, and swapping in what was made again. Must not read the database itself (doctor_exam.c does, in
 * the child), so that whatever is wrong with it can't take the program down. */
#include "store/doctor.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/doctor_priv.h"
#include "store/floor.h"
#include "store/leftover.h"
#include "store/peers.h"
#include "store/remake.h"
#include "store/replay.h"

enum { QUIET_MS = 60000, PER_PART = 1000 };

/* Names of the parts, as in "reading the log stopped". */
static const char *const part_names[PARTS] = {
	[PART_LOG] = N_("the log"),
	[PART_RECORDS] = N_("the records"),
	[PART_INDEXES] = N_("the indexes"),
	[PART_FILE] = N_("the pages"),
};

/* ---- the patient --------------------------------------------------------------------------------- */

static void close_patient(struct patient *p)
{
	seal_close(p->store.seal);
	free(p->store.dir);
}

static int open_seal(struct patient *p, const char *passphrase, struct err *e)
{
	uint8_t key[SEAL_KEY];
	int rc = keys_unlock(p->store.dir, passphrase, key, e);
	if (rc == OK)
		rc = seal_open(key, 1, p->store.format.store, &p->store.seal, e);
	explicit_bzero(key, sizeof key);
	return rc;
}

/* The format and keys files, and the seal that they give. */
static int open_patient(struct patient *p, const char *dir, const struct store_opts *opts, struct err *e)
{
	*p = (struct patient){.clock = opts->clock};
	p->store.readonly = true;
	p->store.clock = opts->clock;
	p->store.dir = mem_strdup(dir);
	int rc = store_refuse_network(dir, e);
	if (rc == OK)
		rc = store_read_outside(dir, &p->store.format, &p->store.sealed, e);
	return rc == OK ? open_seal(p, opts->passphrase, e) : rc;
}

/* ---- one part ------------------------------------------------------------------------------------ */

struct hearing {
	const struct doctor_ctx *d; /* NULL: nobody is told */
	struct doctor_report *report;
	struct err *e;
	enum part part;
	size_t parts, counted;
	bool log_is_whole;
	int error;
};

static void found(struct hearing *h, size_t n, const char *sentence)
{
	h->report->findings += n;
	if (h->d && h->d->say)
		h->d->say(h->d->ctx, sentence);
}

static int hear_progress(struct hearing *h, const struct message *m)
{
	size_t here = m->total > 0 && m->done < m->total ? m->done * PER_PART / m->total : PER_PART;
	if (!h->d || !h->d->progress)
		return OK;
	return h->d->progress(h->d->ctx, (size_t)h->part * PER_PART + here, h->parts * PER_PART) ? ERR_STOPPED : OK;
}

static int hear(void *ctx, const void *bytes, size_t n)
{
	struct hearing *h = ctx;
	struct message m;
	assert(n > sizeof m);
	memcpy(&m, bytes, sizeof m);
	const char *text = (const char *)bytes + sizeof m;
	switch (m.word) {
	case WORD_LOG_FINDING:
		h->log_is_whole = false;
		found(h, 1, text);
		break;
	case WORD_FINDING:
		found(h, m.done ? m.done : 1, text);
		break;
	case WORD_COUNT:
		h->counted = m.done;
		break;
	case WORD_ERROR:
		h->error = err_set(h->e, m.code, "%s", text);
		break;
	case WORD_PROGRESS:
		return hear_progress(h, &m);
	}
	return OK;
}

static void tell_death(struct hearing *h, const char *dir)
{
	struct err what;
	err_set(&what, ERR_CORRUPT, _("reading %s stopped in the middle: the file %s/db/data.mdb is damaged"),
		_(part_names[h->part]), dir);
	found(h, 1, what.text);
	if (h->part == PART_LOG)
		h->log_is_whole = false;
}

static int stopped(struct err *e)
{
	return err_set(e, ERR_STOPPED, _("stopped; nothing was changed"));
}

static int examine_part(struct patient *p, struct hearing *h, enum part part)
{
	int result;
	assert(part < PARTS && !p->store.kv);
	p->part = h->part = part;
	h->counted = 0;
	int rc = os_run_telling(doctor_examine, p, hear, h, QUIET_MS, &result, h->e);
	if (rc == ERR_STOPPED)
		return stopped(h->e);
	if (rc == OK && result < 0)
		tell_death(h, p->store.dir);
	return rc == OK ? h->error : rc;
}

/* Parts up to `last`. What can't be opened at all is told once. */
static int examine(struct patient *p, struct hearing *h, enum part last)
{
	size_t *const counts[PARTS] = {
		[PART_LOG] = &h->report->groups,
		[PART_RECORDS] = &h->report->records,
		[PART_INDEXES] = &h->report->index_entries,
	};
	int result = 0;
	assert(p->store.seal && p->store.readonly);
	h->log_is_whole = true;
	h->parts = (size_t)last + 1;
	int rc = os_run_apart(doctor_try_beside, p, QUIET_MS, &result, h->e);
	p->alone = result < 0;
	for (enum part part = PART_LOG; part <= last && rc == OK; part++) {
		rc = examine_part(p, h, part);
		if (counts[part])
			*counts[part] = h->counted;
		if (part == PART_LOG && h->counted == 0 && h->report->findings > 0)
			break;
	}
	h->report->can_rebuild = rc == OK && h->log_is_whole;
	return rc;
}

int doctor_check(const char *dir, const struct store_opts *opts, const struct doctor_ctx *d, struct doctor_report *out,
		 struct err *e)
{
	struct patient p;
	struct hearing h = {.d = d, .report = out, .e = e};
	*out = (struct doctor_report){0};
	struct err why = {0};
	int rc = open_patient(&p, dir, opts, &why);
	if (rc == ERR_CORRUPT) {
		found(&h, 1, why.text);
		out->can_rebuild = leftover_can_help(dir);
		rc = OK;
	} else if (rc != OK)
		err_set(e, rc, "%s", why.text);
	else
		rc = examine(&p, &h, PART_FILE);
	close_patient(&p);
	return rc;
}

/* ---- making again -------------------------------------------------------------------------------- */

struct making {
	struct patient *p;
	struct view *v;
	struct store *fresh;
	struct os_teller *to;
	size_t done, total;
};

static int apply_group(void *ctx, const struct replay_group *r, struct err *e)
{
	struct making *m = ctx;
	if (m->done++ % 64 == 0)
		doctor_tell(m->to, &(struct message){.word = WORD_PROGRESS, .done = m->done, .total = m->total}, "");
	return replay_apply(m->fresh, r->g, e);
}

static const char *workshop(struct arena *a, const char *dir)
{
	return os_path_join(a, dir, "rebuild");
}

/* What isn't in the log: files kept for others, the ring's keys and statements, what others are known to have.
 * 0 is a table of its own, the rest are kinds of rows in meta. */
static const char beside_log[] = { 0, 'v', 'o', 'x', 'i', 'k', 'm', 'f', 't' };
enum { FLOOR = sizeof beside_log, PEERS };      /* what lies under the log, and how far each goes, as two more parts */

/* Told, as reading a part may be the end of this process. False: it has been. */
static bool enter_part(struct making *m, unsigned part)
{
	bool deadly = m->p->deadly & 1U << part;
	if (!deadly)
		doctor_tell(m->to, &(struct message){.word = WORD_COUNT, .done = part + 1}, "");
	return !deadly;
}

static void leave_parts(struct making *m)
{
	doctor_tell(m->to, &(struct message){.word = WORD_COUNT}, "");
}

static int carry_kind(struct view *v, struct store *fresh, char kind, struct err *e)
{
	return kind ? remake_carry(v, fresh, KV_META, &kind, 1, NULL, NULL, e)
		    : remake_carry(v, fresh, KV_SEG, NULL, 0, NULL, NULL, e);
}

/* What can't be read is left out. */
static int forgive(struct making *m)
{
	view_renew(&m->v);
	return OK;
}

/* A part of it that is damaged is told and left: the rest is worth having. */
static int carry_what_can_be(struct making *m, struct err *e)
{
	bool lacks = false;
	int rc = OK;
	for (unsigned i = 0; i < sizeof beside_log && rc == OK; i++) {
		rc = enter_part(m, i) ? carry_kind(m->v, m->fresh, beside_log[i], e) : ERR_CORRUPT;
		lacks = lacks || rc == ERR_CORRUPT;
		rc = rc == ERR_CORRUPT ? forgive(m) : rc;
	}
	leave_parts(m);
	if (rc == OK && lacks)
		doctor_tell(m->to, &(struct message){.word = WORD_FINDING},
			_("a part of what the store keeps for its ring of sites couldn't be read and is left out"));
	return rc;
}

/* Where it can't be read what lies under the log, nothing does: else the log would have been found lacking, or is when
 * it is applied. */
static int carry_floor(struct making *m, struct err *e)
{
	struct arena *a = arena_new();
	struct peer *floor;
	size_t n = 0;
	int rc = enter_part(m, FLOOR) ? floor_read(m->v, a, &floor, &n, NULL) : ERR_CORRUPT;
	leave_parts(m);
	arena_free(a);
	if (rc == OK)
		return n > 0 ? floor_carry(m->v, m->fresh, NULL, 0, e) : OK;
	return forgive(m);
}

/* Where that can't be read the log may still be whole from its beginning, and nobody was heard of. */
static size_t read_peers(struct making *m, struct arena *a, struct peer **peer)
{
	size_t n = 0;
	bool can = enter_part(m, PEERS) && peers_read(m->v, a, peer, &n, NULL) == OK;
	leave_parts(m);
	if (!can)
		view_renew(&m->v);
	return can ? n : 0;
}

static int apply_log(struct making *m, struct arena *a, struct err *e)
{
	struct peer *peer = NULL;
	size_t n = read_peers(m, a, &peer);
	int rc = replay_each_over(m->v, peer, n, m->p->alone, apply_group, m, e);
	if (rc == OK)
		peers_hear(m->fresh, peer, n, NULL);
	return rc;
}

static int make_from(struct making *m, struct err *e)
{
	struct arena *a = arena_new();
	struct patient *p = m->p;
	int rc = replay_begin(workshop(a, p->store.dir), &p->store.format, p->store.seal, &p->clock, &m->fresh, e);
	if (rc == OK)
		rc = replay_count(m->v, &m->total, e);
	if (rc == OK)
		rc = carry_what_can_be(m, e);
	if (rc == OK)
		rc = carry_floor(m, e);
	if (rc == OK)
		rc = apply_log(m, a, e);
	if (rc == OK)
		rc = replay_finish(m->fresh, e);
	replay_close(m->fresh);
	arena_free(a);
	return rc;
}

/* In the child. */
static int make_in_child(void *patient, struct os_teller *to)
{
	struct making m = {.p = patient, .to = to};
	struct err e = {0};
	int rc = kv_open(m.p->store.dir, KV_READONLY, &m.p->store.kv, &e);
	if (rc == OK)
		rc = view_begin(&m.p->store, &m.v, &e);
	if (rc == OK)
		rc = make_from(&m, &e);
	view_end(m.v);
	if (rc != OK)
		doctor_tell(to, &(struct message){.word = WORD_ERROR, .code = rc}, e.text);
	return 0;
}

static int refuse_log(struct err *e)
{
	return err_set(e, ERR_CORRUPT,
		       _("the log is damaged too, so nothing can be made from it; nothing was changed. "
			 "Restore a backup with: samvagt restore"));
}

static int run_making(struct arena *a, struct patient *p, struct hearing *h)
{
	int result;
	h->part = PART_LOG;
	h->parts = 1;
	h->counted = 0;
	int rc = os_remove_tree(workshop(a, p->store.dir), h->e);
	if (rc == OK)
		rc = os_run_telling(make_in_child, p, hear, h, QUIET_MS, &result, h->e);
	if (rc == ERR_STOPPED)
		return stopped(h->e);
	if (rc != OK || result >= 0)
		return rc == OK ? h->error : rc;
	if (h->counted == 0)
		return refuse_log(h->e);
	/* It was no part of the log that ended it: once more without. */
	assert(!(p->deadly & 1U << (h->counted - 1)));
	p->deadly |= 1U << (h->counted - 1);
	return run_making(a, p, h);
}

/* What was made is looked at as closely as what was found damaged, before anything is touched. */
static int check_made(struct patient *p, const char *dir, struct err *e)
{
	struct patient made = *p;
	struct doctor_report report = {0};
	struct hearing h = {.report = &report, .e = e};
	made.store.dir = mem_strdup(dir);
	int rc = examine(&made, &h, PART_FILE);
	free(made.store.dir);
	if (rc == OK && report.findings > 0)
		rc = err_set(e, ERR_CORRUPT,
			     _("what was made again from the log isn't whole, so nothing was changed. "
			       "Restore a backup with: samvagt restore"));
	return rc;
}

static const char *name_aside(struct arena *a, const struct patient *p)
{
	struct ymd day = civil_to_ymd(store_today(&p->store));
	int minute = cmin_minute(store_now_civil(&p->store));
	const char *name = NULL;
	for (int i = 1; !name || os_exists(name); i++)
		name = arena_printf(a, "%s/db.damaged-%04d%02d%02d-%02d%02d-%d", p->store.dir, day.y, day.m, day.d,
				    minute / 60, minute % 60, i);
	return name;
}

/* First beside it, then in one step: whenever it stops, what was damaged is still there. */
static int swap_in(struct arena *a, struct patient *p, const struct doctor_ctx *d, struct err *e)
{
	const char *db = os_path_join(a, p->store.dir, "db"), *made = os_path_join(a, workshop(a, p->store.dir), "db");
	const char *aside = name_aside(a, p);
	int rc = os_rename_new(made, aside, e);
	if (rc != OK)
		return rc;
	rc = os_exchange(db, aside, e);
	if (rc == OK)
		rc = os_fsync_dir(p->store.dir, e);
	else
		os_rename_new(aside, made, NULL);
	if (rc == OK && d && d->say)
		d->say(d->ctx,
		       arena_printf(a, _("made again from the log; what was damaged has been moved to %s"), aside));
	return rc;
}

static int make_again(struct arena *a, struct patient *p, const struct doctor_ctx *d, struct err *e)
{
	struct doctor_report report = {0};
	struct hearing h = {.report = &report, .e = e};
	int rc = examine(p, &h, PART_RECORDS);
	if (rc == OK && !report.can_rebuild)
		rc = refuse_log(e);
	h.d = d;
	if (rc == OK)
		rc = run_making(a, p, &h);
	if (rc == OK)
		rc = check_made(p, workshop(a, p->store.dir), e);
	if (rc == OK)
		rc = swap_in(a, p, d, e);
	os_remove_tree(workshop(a, p->store.dir), NULL);
	return rc;
}

static int take_lock(struct arena *a, const char *dir, struct os_lock **lock, struct err *e)
{
	return os_lock_take(os_path_join(a, dir, LOCK), "samvagt doctor", lock, e);
}

int doctor_rebuild(const char *dir, const struct store_opts *opts, const struct doctor_ctx *d, struct err *e)
{
	struct arena *a = arena_new();
	struct os_lock *lock = NULL;
	struct patient p;
	int rc = open_patient(&p, dir, opts, e);
	if (rc == OK)
		rc = take_lock(a, dir, &lock, e);
	if (rc == OK)
		rc = make_again(a, &p, d, e);
	os_lock_release(lock);
	close_patient(&p);
	arena_free(a);
	return rc;
}

int doctor_put_back(const char *dir, const struct doctor_ctx *d, struct err *e)
{
	struct keys_format format;
	bool sealed;
	int rc = store_refuse_network(dir, e);
	if (rc == OK)
		rc = store_read_outside(dir, &format, &sealed, e);
	if (rc != ERR_CORRUPT)
		return rc;
	struct arena *a = arena_new();
	struct os_lock *lock = NULL;
	rc = take_lock(a, dir, &lock, e);
	if (rc == OK)
		rc = leftover_put_back(dir, d->say, d->ctx, e);
	os_lock_release(lock);
	arena_free(a);
	return rc;
}
