/* store/store.h - a store on disk: making it, opening it, reading it.
 *
 * A store is a folder (format, keys, copies/ of those two, db/, backup/, draft/) on a local disk. One program writes at
 * a time; others may read. All reading goes through a view, one consistent read transaction: no view may live across a
 * keypress. Everything returned is copied into the caller's arena. Writing has one door: store/change.h. Only the kv
 * files include lmdb.h. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/os.h"
#include "store/rec.h"
#include "store/vector.h"

struct store;
struct view;

struct store_new {
	const char *site, *person;         /* stand in the history */
	const char *passphrase;            /* NULL: keys lie open in the folder, and every screen says so */
	bool fast_kdf;                     /* tests only: the cheapest Argon2id */
};

struct store_opts {
	bool readonly;                     /* never writes, takes no lock; fine while another program has it */
	const char *passphrase;            /* NULL if it has none */
	struct os_clock clock;
	const char *person;                /* who writes; NULL: as the store remembers */
	bool eager;                        /* for tests: what a merge brings lies above its place, however little (kv.h) */
};

enum store_state { STORE_ABSENT, STORE_OPEN_KEYS, STORE_PASSPHRASE, STORE_FOREIGN };
/* What is at dir, without opening it. FOREIGN: made by another version or no store; the sentence says which. */
enum store_state store_probe(const char *dir, struct err *e);

/* Make a new store. ERR_CONFLICT when the folder holds anything, ERR_UNSUPPORTED on a network drive, ERR_DATA when the
 * folder is "." or "..". Afterwards every byte is down (folder and parent synced). Writes the site record as the first
 * change group. */
int store_create(const char *dir, const struct store_new *how, const struct os_clock *clock, struct err *e);
/* ERR_KEY wrong passphrase, ERR_BUSY another program writes (who is named), ERR_CORRUPT damage found by the quick
 * check (made in a forked child; full check: store/doctor.h), ERR_UNSUPPORTED other version or network drive,
 * ERR_NOTFOUND. */
int store_open(const char *dir, const struct store_opts *opts, struct store **out, struct err *e);
void store_close(struct store *s);                       /* NULL is fine */

bool store_is_readonly(const struct store *s);
bool store_is_sealed(const struct store *s);             /* has a passphrase */
const char *store_dir(const struct store *s);
const char *store_person(const struct store *s);
/* Who writes from now on. ERR_DATA for what couldn't stand in the site's own record as its coordinator; then it stays
 * as it was. */
int store_set_person(struct store *s, const char *person, struct err *e);
struct id store_site(const struct store *s);             /* this site's record */
uint64_t store_incarnation(const struct store *s);
uint64_t store_random_incarnation(void);              /* that nobody goes by */
/* Of the newest change when it was opened, as store_now: much later than now, a clock is or was wrong. */
int64_t store_newest(const struct store *s);
int64_t store_now(const struct store *s);                /* seconds UTC, by the injected clock */
civil_min store_now_civil(const struct store *s);
civil_date store_today(const struct store *s);
/* Its clock, and another in its place: for filling a store with a past. Stamps never go backwards, whatever it says. */
struct os_clock store_clock(const struct store *s);
void store_set_clock(struct store *s, struct os_clock clock);
/* From now on every change is checked and counted as usual, and then not written. */
void store_set_dry_run(struct store *s, bool dry);
bool store_is_dry_run(const struct store *s);
/* A number that grows with each commit, so that a screen knows when its model is old. */
uint64_t store_version(const struct store *s);

/* Don't wait for the disk at each commit, until it is called with false, which waits for all of them. Only for filling
 * a store that nobody has worked in yet: if the machine (not just the program) stops meanwhile, the whole store may be
 * lost. */
int store_defer_sync(struct store *s, bool defer, struct err *e);

/* What merges have laid above other rows (kv.h) is brought to its place: for when nobody waits. Takes a second for some
 * hundred thousand rows; a store that is read only is left as it is. */
int store_fold(struct store *s, struct err *e);

/* Rows that come in no order leave pages half full, and those of all tables mixed. store_tidy() lays the tables anew,
 * one after the other and each in its order, in a file beside that then takes this one's place: what it answers is the
 * same, but the file is smaller and is read with fewer pages. Takes a second for a region's store, and room for another
 * file; whenever it stops, the store is whole. No view may be open. ERR_CORRUPT when rows are missing: then nothing is
 * changed. store_is_untidy(): it pays, for the file is large and has grown by a third since, and the disk has room for
 * two more; never of a store that is read only or locked. */
int store_tidy(struct store *s, struct err *e);
bool store_is_untidy(struct store *s);
int64_t store_size(const struct store *s);               /* bytes of the database */

/* Idle lock: forget the keys (memory wiped). Until store_unlock every view fails with ERR_KEY. */
void store_lock(struct store *s);
int store_unlock(struct store *s, const char *passphrase, struct err *e);
/* Change, set or (NULL) remove the passphrase; rewrites the keys file whole, and the automatic backups so that they
 * open with it too. ERR_KEY if `old` is wrong or the store locked. */
int store_set_passphrase(struct store *s, const char *old, const char *fresh, struct err *e);

/* ---- drafts: what is typed into a form and not yet saved, sealed in DIR/draft/, for this machine only ---- */
/* text NULL forgets it. The name is a plain word. ERR_READONLY, ERR_KEY when locked; ERR_DATA when it may hold a CPR
 * number: then what was kept before stays. */
int store_draft_save(struct store *s, const char *name, const char *text, struct err *e);
/* NULL when there is none, or it can't be read: a draft is a kindness, never an error. */
const char *store_draft_load(struct store *s, struct arena *a, const char *name);

/* ---- reading ------------------------------------------------------------------------------------ */
int view_begin(struct store *s, struct view **out, struct err *e);
/* The store as it was: every read below answers as of that second (UTC). 0: now. */
int view_begin_at(struct store *s, int64_t utc, struct view **out, struct err *e);
void view_end(struct view *v);                           /* NULL is fine */
struct store *view_store(struct view *v);
/* ERR_CORRUPT when a title since its beginning came out as "?" because the store is damaged. */
int view_check(const struct view *v, struct err *e);

/* One record; *out NULL when it never existed. A deleted one has alive == false. */
int view_get(struct view *v, struct arena *a, int type, struct id id, struct rec **out, struct err *e);
/* Find the type of an id too (ids are unique over types). */
int view_find(struct view *v, struct arena *a, struct id id, struct rec **out, struct err *e);
/* All alive records of a type by id (= by age within a site). */
int view_all(struct view *v, struct arena *a, int type, struct rec ***out, size_t *n, struct err *e);
/* The same one by one, for types with many records: fn returns 0 to go on. The record lives until fn returns. */
int view_each(struct view *v, int type, int (*fn)(void *ctx, const struct rec *r), void *ctx, struct err *e);
/* The same with those that are deleted. */
int view_each_ever(struct view *v, int type, int (*fn)(void *ctx, const struct rec *r), void *ctx, struct err *e);
/* Alive records of `type` whose reference field points at target. */
int view_refs(struct view *v, struct arena *a, struct id target, int type, int field, struct id **out, size_t *n,
	struct err *e);
/* How many alive records of a type (from counters; O(1)). */
int view_count(struct view *v, int type, size_t *n, struct err *e);
/* Resolve a whole or shortened id within a type (TYPE_ANY: any). ERR_NOTFOUND, ERR_AMBIGUOUS. */
int view_resolve(struct view *v, int type, const char *shortened, struct id *out, struct err *e);
/* What a record is called: its TITLE fields, references by their own title, a shift as "Hospitalsguide, Forhal,
 * Viborg ons 3/12 08:00–11:00". Never fails: an unknown id gives "?". */
char *view_title(struct view *v, struct arena *a, struct id id);
/* A field as people read it: as kind_format HUMAN, references by title. */
char *view_field_text(struct view *v, struct arena *a, const struct field *f, struct value value);

/* ---- the time indexes: no record is opened for these ------------------------------------------- */
struct shift_row {
	struct id shift, unit, role;
	civil_min start, end;
	uint8_t state;                      /* SHIFT_… */
	bool noted;                         /* has a note */
	uint16_t need, wished, filled;      /* filled counts accepted places only; wished >= need */
};
/* Alive shifts with from <= start < to, of one unit (NULL: all), ordered by start, then unit, role, id. */
int view_shifts(struct view *v, struct arena *a, const struct id *unit, civil_min from, civil_min to,
	struct shift_row **out, size_t *n, struct err *e);

struct seat_row {
	struct id assignment, volunteer, organisation;   /* volunteer none for an organisation's places */
	uint16_t places;                                 /* 1 for a person */
	uint8_t state, attendance;
};
/* Alive assignments of a shift, by assignment id. */
int view_seats(struct view *v, struct arena *a, struct id shift, struct seat_row **out, size_t *n, struct err *e);
/* The same of many shifts, none of them twice, in one walk, which costs less than to look for each: (*out)[i] is of
 * shift[i]. */
struct seat_list { struct seat_row *rows; size_t n; };
int view_seats_of(struct view *v, struct arena *a, const struct id *shift, size_t n, struct seat_list **out, struct err *e);

/* How a place counts: its own state, but "must say yes again" where the yes was to another time than the shift has now,
 * which is how one site's move and another's yes come together. Whoever's attendance is written has come or not, and is
 * asked nothing. Rows have this state. shift NULL: unknown; of a deleted one nothing is asked. Pure. */
int assignment_state(const struct rec *assignment, const struct rec *shift);
/* Is it written that just that time was said yes to? Of what two sites have written either is enough. Pure. */
bool assignment_says_yes(const struct rec *assignment, civil_min from, civil_min to);

struct duty_row {
	struct id assignment, shift, unit, role;
	civil_min start, end;
	uint8_t state, attendance, shift_state;
	int32_t minutes;                                 /* told hours, or -1 */
};
/* A volunteer's alive assignments on alive shifts with from <= start < to, by start. */
int view_duties(struct view *v, struct arena *a, struct id volunteer, civil_min from, civil_min to,
	struct duty_row **out, size_t *n, struct err *e);

/* Somebody's alive assignment on a shift that is deleted: one site deleted it, another put somebody there. */
struct stray_row { struct id volunteer; struct duty_row duty; };
/* All of them with from <= start, by volunteer and start; none in the past, where nobody can mend it. One look-up a
 * volunteer. */
int view_strays(struct view *v, struct arena *a, civil_min from, struct stray_row **out, size_t *n, struct err *e);

struct due_row { civil_date date; uint8_t type, field; struct id id; };
/* Dates flagged DUE, and the days of moments flagged DAY, with from <= date < to. */
int view_due(struct view *v, struct arena *a, civil_date from, civil_date to, struct due_row **out, size_t *n,
	struct err *e);

/* ---- the log -------------------------------------------------------------------------------------- */
/* before: dot of the value that was shown here before; no==0: none. What stood beside it is in the group's `aside`. */
struct write { uint8_t type, field; struct id id; struct value v; struct dot before; };
struct aside { uint32_t write; struct dot dot; };

struct group {
	struct dot dot;
	int64_t clock;
	const char *person;
	uint8_t act;
	struct value arg[3];
	struct dot undoes;                 /* of an undo or redo: the ordinary change that it is about; else no==0 */
	const struct seen *seen;           /* ascending: what its author had seen anew since his last group */
	size_t nseen;
	const struct write *writes;
	size_t nwrites;
	/* Only of this store, not sent: what each write replaced here (write.before, and these, by write), and the tag
	 * of the incarnation's chain at this group. */
	const struct aside *aside;
	size_t naside;
	uint64_t tag;
};
/* One group whole; the newest number of this incarnation is log_head(). */
int log_get(struct view *v, struct arena *a, struct dot dot, struct group **out, struct err *e);
/* The same without its writes, for its label: at once however many there are. */
int log_get_head(struct view *v, struct arena *a, struct dot dot, struct group **out, struct err *e);
/* Groups newest first, starting before `from` (no==0: from the end); at most max; without writes unless asked. */
int log_back(struct view *v, struct arena *a, struct dot from, size_t max, bool with_writes, struct group **out,
	size_t *n, struct err *e);
/* The groups that touched a record, newest first, by following the chain of dots; each with its writes of that record
 * only. */
int log_of_record(struct view *v, struct arena *a, struct id id, struct group **out, size_t *n, struct err *e);
struct dot log_head(struct view *v);
/* Has the group been undone (and not redone)? An undo is undone by a redo. */
int log_is_undone(struct view *v, struct dot dot, bool *undone, struct err *e);
/* "Anna Holm på vagten 3/12 08–11": the act's sentence with its arguments' titles. */
char *log_label(struct view *v, struct arena *a, const struct group *g);
/* The same of what an undo or redo is about, without its "undo:"; other groups as they are. */
char *log_subject(struct view *v, struct arena *a, const struct group *g);

#endif
