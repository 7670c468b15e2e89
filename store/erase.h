/* store/erase.h - a person's data go: from records, log, indexes, what is kept of others' files, backups and free
 * pages; and never come back by what is taken in or put back later.
 *
 * An erasure is a record (type 32) whose `who` is a keyed hash of the volunteer's (or attachment's, or vigil's) id; the
 * key is the ring's (or the store's own), so it names nobody. That there is such a record counts, for ever, whatever is
 * done with it later; so everybody who has the same changes has erased the same persons. Covered are the volunteer
 * itself, what belongs to it by its owner field (a place on a shift, a qualification, an agreement …), and what belongs
 * to that (a signature, an attachment, its pieces); whoever else names the volunteer loses that reference. It is worked
 * out from the records as they stand, so it doesn't matter which came first. An owner field is written once, when a
 * record is made; giving a record to somebody else at the same time as it is erased is the one thing that sites may
 * come to see differently.
 *
 * What stands in place: an erased value stays as its stamp without a value, an owner field as ID_ERASED, so that the
 * record is known to be covered when something late is written to it. Which values stand where is the same as if nobody
 * had been erased: only what they say goes, and this one replacement, done at once or late, commutes with all that
 * merging does. So equal vectors are equal states in any order of hearing. What remains counts: a place stays with
 * shift, organisation, state, attendance and hours; an agreement with sort, wording, unit, state and days. All else of
 * them (notes, free text, and fields of a newer version) is gone, and the other records are gone but for their ids,
 * which are hashes or numbers and hold no name.
 *
 * What is taken in goes through as it comes, and whatever could bring somebody back makes the store look (row 't' of
 * meta, in the same transaction): erase_settle, before anything is sent or compared, makes it again beside its place
 * without (store/remake.h), so that no free page holds it. The log keeps all groups with numbers, clocks, tags and what
 * they replaced, without the values and without texts in their labels: they are history, and undoing them brings
 * nothing back. They can't be chained again, so the floor (store/floor.h) rises to lie over them and all that their
 * authors had seen; nothing up to there is ever sent, files kept for others that begin under it go, and who lacks it
 * takes a snapshot. The backups of the store's folder are removed and one is made anew, as are unsaved forms and
 * damaged databases that lie aside, and the rows that say who looked at the card (store/seen.h). Backups that were
 * carried elsewhere hold what they held: put back, they lose it again at the first meeting; where there is no other
 * site, nobody knows. */
#ifndef STORE_ERASE_H
#define STORE_ERASE_H

#include "store/change.h"

/* Rows of the vault with a key of 32 bytes: the ring's, which all its members have; the store's own, made when there is
 * none, or that of a ring it was in before, until erase_say_again is through with it. */
#define VAULT_ERASURES_RING "erasures-ring"
#define VAULT_ERASURES "erasures"
/* The hash that stands in `who`: BLAKE2b-256 of the id, keyed, as letters. */
enum { ERASE_WHO = 65 };

/* What would go: how many records are covered, values, and what stays as counts. With the persons that were made one
 * with this one. ERR_NOTFOUND no such volunteer. */
struct erase_plan { size_t records, values, places, attachments, agreements; civil_date last; };
int erase_preview(struct view *v, struct arena *a, struct id volunteer, struct erase_plan *out, struct err *e);
/* Do it here: the record, places on shifts to come free again, the receipt of this site, everything made again. It
 * can't be undone. `why`: ERASURE_… No view may be open. On a dry run nothing happens. */
int erase_person(struct store *s, struct id volunteer, int why, struct id *erasure, struct err *e);
/* Several in one step, so that everything is made again once. type: TYPE_VOLUNTEER; or TYPE_ATTACHMENT for the scan of
 * a paper alone: its bytes go, while its record stays for its hash, which signatures are sealed over (delete that
 * record first); or TYPE_VIGIL for what could tell whom it was about, its fields that are personal, while place and
 * time stay. erasure: n ids, or NULL. ERR_NOTFOUND when one of them isn't there; then nothing is done. */
struct erase_item { int type; struct id id; int why; };
int erase_items(struct store *s, const struct erase_item *x, size_t n, struct id *erasure, struct err *e);
/* Carry out what came and isn't carried out here yet, or was cut off, and write the receipts; *n: how many. Cheap when
 * there is nothing. No view may be open. !confirms: the receipts wait; who isn't heard by anybody any more writes
 * nothing that nobody asked for, as others take a state of the whole from it only if it holds nothing newer than they
 * may have. */
int erase_settle(struct store *s, bool confirms, size_t *n, struct err *e);
/* What was erased under another key than the ring's, before this store came into the ring, others know nothing of: who
 * has the same persons (from this store itself, when it was in the ring before and its disk was put back; or from
 * another ring that it was in, too) keeps them. Say it again under the ring's key, instead of what said it before; then
 * the other key goes. Cheap when there is nothing. No view may be open. */
int erase_say_again(struct store *s, struct err *e);
/* Is a volunteer's id erased? */
bool erase_covers(struct view *v, struct id volunteer);
/* Is it a record of which something was erased, by what stands in it? */
bool erase_is_stripped(const struct rec *r);
/* Which field says to whom, or to which record, those of a type belong; 0: they belong to nobody. */
int erase_owner_field(int type);
/* The volunteer, and those that were made one with it: their records lie there deleted, with all that they held.
 * ERR_NOTFOUND no such volunteer, or nothing is left of it. */
int erase_persons(struct view *v, struct arena *a, struct id volunteer, struct id **out, size_t *n, struct err *e);
/* The store had at least this when it was last made again without somebody: files that tell of less may hold what is
 * gone. Empty when it never was. */
int erase_done(struct view *v, struct arena *a, struct vector *out, struct err *e);

/* Who has confirmed what: all erasures, newest first, with their receipts. In the arena. */
struct erasure { const struct rec *rec; const struct rec **receipt; size_t nreceipts; };
int erase_list(struct view *v, struct arena *a, struct erasure **out, size_t *n, struct err *e);

#endif
