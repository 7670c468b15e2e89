/* sync/sync.h - meeting in an exchange folder: receive, send, what came of it, and who has seen what.
 *
 * The order of a meeting: statements, then everything that can be read, in causal order, then own news, what others
 * lack that this site has (verbatim), and last the folder is settled. Nothing of a meeting needs the other side to be there.
 * No telling of time decides anything; the store's clock is only shown. */
#ifndef SYNC_SYNC_H
#define SYNC_SYNC_H

#include "sync/folder.h"
#include "sync/ring.h"

struct sync_opts {
	const struct folder_io *io;               /* NULL: the real one */
	enum segment_level level;
	bool accept_losses;                       /* a fifth or more of a type is deleted by what came: that was asked */
	/* Called now and then: what is being done (SYNC_…), how far of how many; other than 0 stops safely: ERR_STOPPED. */
	int (*progress)(void *ctx, int step, size_t done, size_t of);
	void *ctx;
};
enum sync_step { SYNC_LISTING, SYNC_READING, SYNC_MERGING, SYNC_WRITING, SYNC_SETTLING };

/* Why a file or its groups weren't taken. */
enum sync_why {
	SYNC_CUT,            /* cut short: it may still be on its way; tried again next time */
	SYNC_ALTERED,        /* seal, signature or form doesn't hold */
	SYNC_NONSENSE,       /* its author signed what can't be: left, whatever else comes */
	SYNC_FOREIGN,        /* of another ring; told once */
	SYNC_NEWER,          /* needs a newer samvagt: kept and passed on */
	SYNC_EARLY,          /* waits for something that isn't here yet: kept */
	SYNC_STRANDED,       /* the same, and its author has left: it may never come. Kept; told once */
	SYNC_LOCKED,         /* its epoch's key isn't here yet: kept */
	SYNC_FORKED,         /* its author has two histories: the first seen stays until he has met this folder */
	SYNC_RETIRED,        /* written after its author was removed; told once */
	SYNC_OUTSIDE,        /* no file: this site was removed */
	SYNC_BEATEN,         /* no file: another one joined with the same invitation, and counts; it is `site` */
	SYNC_TWICE,          /* no file: an invitation of this site was used by several; `site` came too late. Told once */
	SYNC_UNKNOWN,        /* by a site that nothing here vouches for: its certificate may still be on its way; tried again next time */
	SYNC_MENDED,         /* lay there damaged, and a good one is put beside it: the stick may be failing */
	SYNC_ASTRAY,         /* the snapshot that this store began from holds changes that were given up since: it can't leave them out */
};
struct sync_trouble { enum sync_why why; const char *path, *site; const char *text; };   /* text: one sentence, translated */

struct sync_from { const char *site; size_t groups; };
struct sync_result {
	struct taken taken;
	bool received;                            /* what came is in the store, or in a trial would be; whatever became of the rest */
	bool is_first;                            /* nobody had left anything there before */
	const struct sync_from *from;             /* whose changes came, by files and not by a snapshot; each site once */
	size_t nfrom;
	size_t files_read, files_written, bytes_read, bytes_written;
	size_t own_sent;                          /* own groups that went out */
	size_t relayed;                           /* files of others passed on */
	size_t folded;                            /* own files that were removed because everybody has them */
	bool loses;                               /* ERR_REFUSED for what came would delete much, and for nothing else: ask, then accept_losses */
	size_t erased;                            /* erasures of persons that were carried out here */
	bool from_snapshot;
	bool minted;                              /* this store goes on under a new incarnation, see `identity` */
	size_t transplanted;                      /* own groups issued again */
	size_t settled;                           /* groups of a removed site, which had two histories, issued again by this one */
	bool diverged;                            /* same vector, other state: ERR_CORRUPT, nothing is guessed, nor sent */
	const char *diverged_site;
	const struct sync_trouble *trouble;
	size_t ntrouble;
};

/* Receive, then send. Everything in the result lies in the arena. ERR_REFUSED: would lose a fifth or more of a type (`loses`, the
 * sentence says what, and how to go on whoever asks; accept_losses), or the folder is another ring's; ERR_STOPPED; ERR_FULL on the stick, ERR_READONLY locked, ERR_IO pulled,
 * ERR_CORRUPT `diverged` from somebody: what was `received` stands, and is told. In dry-run mode of the store nothing is
 * written anywhere. ERR_NOTFOUND in no ring. */
int sync_meet(struct store *s, const char *dir, const struct sync_opts *opts, struct arena *a, struct sync_result *out,
	struct err *e);
int sync_receive(struct store *s, const char *dir, const struct sync_opts *opts, struct arena *a,
	struct sync_result *out, struct err *e);
int sync_send(struct store *s, const char *dir, const struct sync_opts *opts, struct arena *a, struct sync_result *out,
	struct err *e);

/* ---- sites --------------------------------------------------------------------------------------- */
struct sync_site {
	const char *name;
	struct id site;
	enum ring_role role;
	bool self, retired;
	int64_t heard;                            /* UTC; 0 never */
	bool follows;                             /* by changes, as does this one: only then the two counts below say anything */
	size_t lacks;                             /* groups of ours and others' that it isn't known to have */
	size_t unsent;                            /* of them, own ones that are in no segment yet */
	int silent_days;                          /* since heard; -1 never */
	bool holds_back;                          /* silent for more than 30 days: files can't be folded because of it */
};
int sync_sites(struct store *s, struct arena *a, struct sync_site **out, size_t *n, struct err *e);

/* ---- the digest: "what did I get?" --------------------------------------------------------------- */
enum digest_kind { DIGEST_NEEDS_ME, DIGEST_PERSON, DIGEST_SHIFT, DIGEST_OTHER };
/* Why it needs me, the most pressing first. Days count from now, the next 14. */
enum digest_need {
	NEED_CPR = 1,                             /* it holds what looks like a CPR number, which no site lets in */
	NEED_DECISION,                            /* there is a disagreement to decide */
	NEED_STRAY,                               /* somebody holds a place on a shift that is deleted */
	NEED_PLACE,                               /* a place was given up on a shift of these days */
	NEED_CALLED_OFF,                          /* a shift that hasn't been was called off */
	NEED_NEW_PEOPLE,                          /* others put somebody on a shift of these days that was made here */
};
struct digest_row {
	enum digest_kind kind;
	enum digest_need need;                    /* 0 unless kind is DIGEST_NEEDS_ME */
	struct id record;                         /* the volunteer, or the shift, or what it is; none: the last row of much, see below */
	uint8_t type;                             /* 0 then */
	civil_date day;                           /* of a shift; DATE_NONE otherwise */
	civil_min start;                          /* likewise; CMIN_NONE */
	const char *site, *person;                /* who did the last of it */
	int64_t clock;
	const char *title, *what;                 /* what it is called; what came of it, as it stands now */
	const char *text;                         /* both in one line in the language of now */
	bool open;                                /* there is a disagreement to decide */
};
/* What merges since `since` (UTC, 0: the last merge) brought, unless they were taken back here: one row a volunteer, shift
 * (with its places) or other record, however often it was written; what needs me first, then volunteers by name, shifts by
 * time, the rest. Of more than 20,000 records, only the shifts of the next four weeks, and a last row that says so. */
int sync_digest(struct view *v, struct arena *a, int64_t since, struct digest_row **out, size_t *n, struct err *e);
/* The same of one merge. ERR_NOTFOUND. */
int sync_digest_of(struct view *v, struct arena *a, uint64_t merge, struct digest_row **out, size_t *n, struct err *e);
/* What such a digest is about (`merge` 0: as sync_digest): how many merges, and how many of them were taken back here, of
 * which it tells nothing; when the last of these was (UTC). */
struct digest_about { size_t merges, undone; int64_t when; };
int sync_digest_about(struct view *v, int64_t since, uint64_t merge, struct digest_about *out, struct err *e);
/* Shifts that were deleted by a change made at or after `since` (UTC) while somebody holds a place on them: rows as of
 * NEED_STRAY, however the two came together. Costs what was deleted, not what came. */
int sync_strays(struct view *v, struct arena *a, int64_t since, struct digest_row **out, size_t *n, struct err *e);
/* What stands above rows of its sort: "Needs you", "Volunteers", the day of a shift. */
const char *sync_digest_heading(const struct digest_row *r, struct arena *a);

/* ---- disagreements, in words -------------------------------------------------------------------- */
/* site: "?" when nobody knows; person: "" likewise. mine: of this store's incarnations, one of them at least. */
struct claim { struct value v; const char *text, *site, *person; int64_t clock; bool mine, shown, deletes; };
struct disagreement {
	uint8_t type, field; struct id id;
	const char *title, *label;                /* the record, the field */
	const struct claim *claim; size_t nclaims;        /* the shown one first; equal values are one; never fewer than 2 */
};
/* By type, and then as in a list of such: people by family; by field last. Of field 0 there are two claims: changed (or kept), and deleted. */
int sync_disagreements(struct view *v, struct arena *a, struct disagreement **out, size_t *n, struct err *e);
/* Decide: a value that has seen all that stand there. choice: which claim, or `typed` when not NULL (kind_parse'd). A
 * change of its own. A record chosen to be deleted takes connections and a shift's places along; ERR_REFUSED when
 * something else names it. ERR_UNSUPPORTED: this version doesn't know the field. */
int sync_choose(struct store *s, const struct disagreement *d, size_t choice, const struct value *typed,
	struct change_result *out, struct err *e);

#endif
