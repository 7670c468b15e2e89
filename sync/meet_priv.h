/* sync/meet_priv.h - a meeting in an exchange folder, as the files that make it up know it: intake.c reads files,
 * lines.c looks for two histories under one name, beside.c gives one up, losses.c counts deletions, queue.c takes groups in their order,
 * newest.c takes snapshots, receive.c puts these in order; send.c, state.c and fold.c write. Private to them. */
#ifndef SYNC_MEET_PRIV_H
#define SYNC_MEET_PRIV_H

#include "store/erase.h"
#include "store/vault.h"
#include "sync/sync.h"

/* A file of groups that may be opened: in the folder, or kept in the store since an earlier meeting. */
struct parcel {
	const struct folder_file *file;   /* NULL: kept */
	const char *path, *site;          /* for people */
	struct segment_head head;
	uint8_t hash[SEGMENT_HASH];
	uint64_t last, upto;              /* its last number; the last that is taken of it */
	struct buf held;                  /* its bytes; empty: they are read again */
	bool closed;                      /* not for this meeting, whatever else comes */
	bool settled;                     /* taken, or it was said why not */
	bool forked;                      /* it waits because its author had seen another history than ours */
	bool parts;                       /* that begins in it, and ours is in the log there */
	bool holds_up;                    /* and a state that goes on from ours waits until the one or the other is given up */
	bool keep;                        /* to be kept in the store: it is passed on, and tried again */
};

/* What somebody said that he has, and the state that he has with it. fresh: by a file of the folder that wasn't known by
 * its name; one with another name may be anything old. */
struct told { uint64_t inc; bool fresh; const char *site; uint32_t partition; struct vector vector; uint8_t digest[32]; };

/* An acknowledgement that came, as it lay there. */
struct ack { uint64_t inc; uint8_t hash[SEGMENT_HASH]; const void *p; size_t n; };

struct meet {
	struct store *s;
	struct sync_opts opts;
	struct arena *a;                  /* of the result */
	struct arena *work;               /* of this meeting */
	struct sync_result *out;
	struct ring *ring;
	struct folder_io io;
	struct folder *folder;
	const char *from;                 /* the folder's name */
	bool dry;                         /* write nothing, neither here nor there */
	struct parcel *parcel;
	size_t nparcels, parcels_cap;
	struct parcel *bad;               /* the one whose groups made no sense when they were taken */
	const struct folder_file *bad_state;      /* likewise, a snapshot */
	uint64_t bad_forks;               /* it has another history of that incarnation (or its author's, if that doesn't show); 0: no */
	bool astray;                      /* changes that their author gave up came with a state of the whole, and can't be taken out */
	const char *lost_to;              /* whose they are */
	bool renews;                      /* this store begins anew from a state of the whole */
	bool ahead;                       /* a snapshot has more changes under our name than we, and goes on from ours */
	struct dot parted;                /* or parts from ours (or of who is out) after that number; inc 0: doesn't */
	struct vault_row *tail;           /* what a snapshot told that isn't in the log */
	size_t ntails, tails_cap;
	const char **shunned;             /* snapshots that made no sense, by path */
	size_t nshunned, shunned_cap;
	const char **unfit;               /* snapshots that nobody may take, by path */
	size_t nunfit, unfit_cap;
	struct told *told;
	size_t ntold, told_cap;
	uint64_t *disputed;               /* incarnations whose site has another history than we know, or not all of it */
	size_t ndisputed, disputed_cap;
	struct ack *ack;
	size_t nacks, acks_cap;
	struct dot *put_ack;              /* those of others that were put into the folder now, with their sums */
	size_t nput_acks, put_acks_cap;
	struct sync_from *from_sites;     /* out->from, to be added to */
	size_t from_cap;
	struct sync_trouble *trouble;     /* out->trouble, to be added to */
	size_t troubles_cap;
	/* What is sent: as the store is after receiving. */
	struct peer *peers;
	size_t npeers;
	struct vector have;
	struct vector done;               /* what the store had when it was last made again without somebody */
	uint8_t digest[32];
	struct vector *acked;             /* what each of ring_members has */
	uint64_t said;                    /* the sum of the vector in what we wrote last into this folder */
	struct vector *covered;           /* the vectors of the folder's snapshots, once they were read */
	size_t ncovered;
	bool covered_known;
	struct folder_file *spoiled;      /* files that lie damaged in the folder */
	size_t nspoiled, spoiled_cap;
	size_t snapshots_seen;            /* of the folder's, the newest first */
	size_t held;                      /* bytes of parcels in memory */
	struct buf once;                  /* what was told and needn't be told again */
	size_t once_saved;
	int unread;                       /* a file that couldn't be read at all: the error, told when the rest is done */
	struct err unread_why;
};

/* ---- meet.c --------------------------------------------------------------------------------------- */
int meet_step(struct meet *m, enum sync_step step, size_t done, size_t of, struct err *e);
/* What nobody can do anything about is told once, in this meeting or an earlier one. */
void meet_trouble(struct meet *m, enum sync_why why, const char *path, const char *site);
/* Why something waits for other changes: who has left may never bring them. */
enum sync_why meet_why_waits(const struct meet *m, const struct parcel *p);
/* Groups of an incarnation came in. */
void meet_count(struct meet *m, uint64_t inc, size_t groups);
const char *meet_site(struct meet *m, uint64_t inc);            /* "?" when it is nobody's that is known */
/* The head of a file that is kept in the store; false when it isn't one. */
bool meet_kept_head(struct arena *a, const struct kept *k, struct segment_head *out);
/* The last change in one; false when it isn't one, or has none. */
bool meet_kept_end(const struct kept *k, struct seen *out);
int receive(struct meet *m, struct err *e);
int send_news(struct meet *m, struct err *e);

/* ---- told.c ---------------------------------------------------------------------------------------- */
int told_load(struct meet *m, struct err *e);
/* Was that told already? From now on it was. */
bool told_before(struct meet *m, enum sync_why why, const char *path, const char *site);
int told_save(struct meet *m, struct err *e);

/* ---- intake.c ------------------------------------------------------------------------------------- */
/* May these bytes be believed, and read here? NOTHING: no concern of ours. */
enum verdict { VERDICT_FINE, VERDICT_NOTHING, VERDICT_TROUBLE };
enum verdict intake_judge(struct meet *m, const struct folder_file *file, const struct buf *b, struct segment_head *head,
	uint8_t hash[SEGMENT_HASH], enum sync_why *why);
int intake_statements(struct meet *m, struct err *e);
/* Files that aren't known, and kept ones that couldn't be taken, into m->parcel; what others say they have into m->told. */
int intake_parcels(struct meet *m, struct err *e);
/* The parcel's bytes, as they were when it was judged, into b. ERR_CORRUPT if they aren't that any more. */
int intake_read(struct meet *m, const struct parcel *p, struct buf *b, struct err *e);
/* Open it. b gets the bytes, which must stay until the reader is closed. */
int intake_open(struct meet *m, const struct parcel *p, struct buf *b, struct segment_reader **out, struct err *e);
/* Its groups that count one by one, each with its tag, as exchange_groups. */
int intake_groups(struct meet *m, const struct parcel *p, exchange_group_fn *fn, void *ctx, struct err *e);

/* ---- lines.c -------------------------------------------------------------------------------------- */
/* Is it the chain of an incarnation that has written nothing? */
bool lines_begins(uint64_t inc, const uint8_t chain[CHAIN]);
/* Did this site write under that name? */
bool lines_is_own(const struct meet *m, uint64_t inc);
/* Is it another change than is here, as far as the log tells it, or of our own what a state told? */
bool lines_differ(struct meet *m, struct view *v, struct dot dot, uint64_t tag);
/* The tag of a line's change with that number; NULL: it has none. Is it that one? */
const uint64_t *lines_tag(const struct ring_given_up *line, uint64_t no);
bool lines_tells(const struct ring_given_up *line, uint64_t no, uint64_t tag);
/* Is a change of that incarnation, by its tag, of a line that was given up? */
bool lines_is_given_up(const struct meet *m, uint64_t inc, uint64_t tag);
/* What others gave up leaves the store. Where it came within a state of the whole it can't: then the store is astray, and begins anew
 * (life.c). There may be more of that line, which goes on from what was given up, and which nobody has issued again: for who may settle it,
 * that goes, too, and he issues it again, from the log or from files; for others all of it stays until that is done. */
int lines_give_up(struct meet *m, struct err *e);
/* Is there anything here of that? */
bool lines_hold_given_up(struct meet *m);
/* What was given up by one who had no say after all hasn't been. No view may be open. */
int lines_review(struct meet *m, struct err *e);
/* Of m->parcel nothing is taken that was given up. */
/* Whose site doesn't know all of its own changes, or other ones, by what it told now: m->disputed. */
int lines_dispute(struct meet *m, struct err *e);
bool lines_is_disputed(const struct meet *m, uint64_t inc);
/* Does a site that tells something now tell that it hasn't got that? It may have had it before its disk was put back. */
bool lines_tells_less(const struct meet *m, const struct ring_member *site, struct dot dot);
/* Are there changes under this store's own numbers that it doesn't know, or other ones of who is out? Then it goes on under a fresh
 * incarnation, and issues again what others know otherwise. */
int lines_own(struct meet *m, struct err *e);
/* After all was taken in: of two histories of one line, of which it may say which is given up, the one that is in files alone is, where
 * what is here goes on elsewhere and can't come yet. */
int lines_settle(struct meet *m, struct err *e);
/* May this site say which of two histories is given up? Of itself, also of when it was another member, before it left or its disk was
 * put back; and whoever is in it of one who is out, and can't say it any more. */
bool lines_may_settle(const struct meet *m, uint64_t inc);
/* Has somebody who has seen that another history than is here, of which this store may give up its own? */
bool lines_are_ours_to_settle(const struct meet *m, struct take *t, const struct vector *seen);
/* Go on under a fresh incarnation: all that we know of this one others know, too. */
int lines_leave(struct meet *m, struct err *e);
/* What is here of an incarnation after `common` is another history than the others': issue it again. Only where lines_may_settle.
 * *parted false: it can't be, or it stays here until this store begins anew. */
int lines_part(struct meet *m, struct dot common, bool *parted, struct err *e);

/* ---- beside.c ------------------------------------------------------------------------------------- */
/* A line of the log is given up, and what comes of it after `from` is issued again in files alone; what is before that others have issued
 * again. ERR_CONFLICT where that can't be. */
int beside_log(struct meet *m, const struct ring_given_up *line, uint64_t from, struct err *e);
/* The same of another history than is here: what comes after that number, in this file and those that go on from it. */
int beside_files(struct meet *m, uint64_t after, const struct parcel *first, struct err *e);
/* What goes on in files from a line that was given up: that alone, as soon as there are files of what it goes on from. */
int beside_rest(struct meet *m, const struct ring_given_up *line, struct err *e);

/* ---- losses.c ------------------------------------------------------------------------------------- */
/* ERR_REFUSED when what came would delete a fifth or more of a type. */
int losses_check(struct meet *m, struct err *e);

/* ---- queue.c -------------------------------------------------------------------------------------- */
/* Take all groups of m->parcel that are ready. *waiting: how many parcels are left. */
int queue_run(struct meet *m, struct take *t, size_t *waiting, struct err *e);

/* ---- send.c ---------------------------------------------------------------------------------------- */
/* What stands in the head of whatever is written now, of a partition: whose, what is here, and which key. */
void send_head(const struct meet *m, uint32_t partition, struct segment_head *out);
/* What this store wrote and stands in no file yet is sealed and signed with the ring's key of now, and kept. */
int send_seal(struct store *s, struct ring *ring, struct err *e);
/* A line is issued again in files alone, which are kept: as exchange_line_again. */
int send_again(struct store *s, struct ring *ring, const struct line_again *line, struct err *e);
/* Put a finished file into the folder, and count it. Its name is made of its head. */
int send_file(struct meet *m, const struct segment_head *head, const struct buf *b, struct err *e);

/* ---- origin.c -------------------------------------------------------------------------------------- */
/* As struct segment_names wants it; the context is a struct origins, whose arena is for it alone. */
struct origins { struct view *v; struct arena *a; };
bool origin_find(void *ctx, int type, struct id id, struct origin *out);

/* ---- acks.c ---------------------------------------------------------------------------------------- */
bool acks_is(const struct kept *k);
bool acks_has(struct view *v, uint64_t inc, const uint8_t hash[8]);
/* A newer one of another site's was put into the folder; is one of that sum replaced by such? */
void acks_put(struct meet *m, uint64_t inc, uint64_t sum);
bool acks_is_replaced(const struct meet *m, uint64_t inc, uint64_t sum);
/* Has nothing been heard of that incarnation since? */
bool acks_is_newest(const struct meet *m, uint64_t inc, uint64_t sum);
/* One of another site's was read; the newest of each is kept. */
void acks_note(struct meet *m, const struct segment_head *head, const uint8_t hash[SEGMENT_HASH], const struct buf *b);
int acks_keep(struct meet *m, struct take *t, struct err *e);
int acks_tidy(struct meet *m, struct err *e);

/* ---- state.c --------------------------------------------------------------------------------------- */
/* Put a snapshot into the folder if it is time for one, and what the region may see if somebody there reads it. */
int state_send(struct meet *m, struct err *e);

/* ---- tails.c --------------------------------------------------------------------------------------- */
/* Of each of m->peers, as far as they are known. */
int tails_find(struct meet *m, struct view *v, struct snapshot_tail **out, struct err *e);
/* A state is taken that goes further than the log of that peer; and now it has been. No view may be open. */
void tails_note(struct meet *m, const struct peer *p, const struct snapshot_tail *tail);
int tails_keep(struct meet *m, struct err *e);
/* Of an incarnation: up to where it came with a state (0: it didn't), and the tags up to there as far as that told them. */
struct tail { uint64_t last; const uint8_t *tag; size_t n; };
int tails_read(struct meet *m, struct view *v, uint64_t inc, struct tail *out, struct err *e);
/* Is that number told there, and of another change? Of that one? */
bool tails_differ(const struct tail *tail, uint64_t no, uint64_t tag);
bool tails_have(const struct tail *tail, uint64_t no, uint64_t tag);

/* ---- heal.c ---------------------------------------------------------------------------------------- */
/* Is a file of that name there (kind, inc, first, last, hash; size) that is whole? It is read unless everybody has what is
 * in it. What isn't whole is remembered; what is damaged, rather than cut short, is told. */
bool heal_has(struct meet *m, const struct folder_file *want);
/* The same of one file, always read. */
bool heal_is_whole(struct meet *m, const struct folder_file *file);
/* Of what is damaged our own goes. Only after folder_settle: then the good ones are really down. */
int heal_remove(struct meet *m, struct err *e);

/* ---- fold.c ---------------------------------------------------------------------------------------- */
/* Does everybody have it who is in the ring and reads changes? */
bool fold_have_all(const struct meet *m, struct dot last);
/* Does everybody active have it, and does a snapshot of the folder hold it? Then the file of it isn't needed there. */
int fold_is_over(struct meet *m, struct dot last, bool *over, struct err *e);
/* Remove what is over of our own files, and states that nobody may take, of ours and of who is out. Only after folder_settle. */
int fold_own(struct meet *m, struct err *e);

/* Is there a snapshot in the folder that holds all of that? */
int fold_covers(struct meet *m, const struct vector *all, bool *yes, struct err *e);

/* ---- forget.c -------------------------------------------------------------------------------------- */
/* Before and after receiving: whoever is erased is so here, too. No view may be open. */
int forget_begin(struct meet *m, struct err *e);
int forget_settle(struct meet *m, struct err *e);
/* May a file, by its name, hold what is gone here? */
bool forget_is_stale(const struct meet *m, const struct folder_file *file);
/* Are there changes that aren't sent any more, and no snapshot with them? */
int forget_is_due(struct meet *m, bool *due, struct err *e);
/* Such files go, each by its author. Only after folder_settle. */
int forget_remove(struct meet *m, struct err *e);

/* ---- sites.c --------------------------------------------------------------------------------------- */
/* What a member is known to have, by all its incarnations. */
int sites_acked(struct view *v, struct arena *a, const struct peer *peers, size_t n, const struct ring_member *member,
	struct vector *out, struct err *e);
/* Who follows for the region writes nothing by which it could be heard of: when it said that it has more is kept. */
int sites_hear(struct meet *m, struct err *e);

/* ---- life.c ---------------------------------------------------------------------------------------- */
/* A store that has gone astray begins anew, if the folder has what it needs for that. No view may be open. */
int life_renew(struct meet *m, struct err *e);
/* Has it got all that isn't in files, so that nothing is forgotten with what is here? */
bool life_may_begin_from(struct meet *m, const struct vector *state);

/* ---- newest.c ------------------------------------------------------------------------------------- */
/* May a whole state be taken? Not what holds what a site wrote that had left the ring by then, or gave up: files of that wouldn't be taken
 * either, and nothing can be left out of it. *whose it is, otherwise. */
bool newest_may_take(struct meet *m, const struct segment_head *head, const struct buf *b, enum sync_why *why, uint64_t *whose);
/* The same of what somebody has, as far as the last change of each tells it; by NULL: this store. */
bool newest_may_have(const struct meet *m, const struct vector *v, const struct ring_member *by, enum sync_why *why, uint64_t *whose);
/* Somebody has that, which is more of a line that was given up than is here, or other: does it go on from that? Only tags of what comes
 * before it tell. */
bool newest_may_go_on(struct meet *m, struct view *v, const struct seen *s);
/* Of our own snapshots in the folder those are found that nobody may take, for they hold what was given up since. */
void newest_review(struct meet *m);
bool newest_is_unfit(const struct meet *m, const struct folder_file *file);
/* Take the next snapshot of the folder that has something that isn't here; *found false when there is none left. One that
 * makes no sense is m->bad_state then, with ERR_CORRUPT; where it is m->ahead it wasn't taken: ERR_CONFLICT. */
int newest_take(struct meet *m, struct take *t, bool *found, struct err *e);

#endif
