/* roster/agreements.h - agreements: made from templates, signed, looked after. Which text somebody agreed to is a
 * wording (roster/wording.h) that is never changed.
 *
 * The seal of a signature is made by sync/signing.h: this file only says over which text (export/signed.h joins the
 * two). Each act is one change group. */
#ifndef ROSTER_AGREEMENTS_H
#define ROSTER_AGREEMENTS_H

#include "roster/attachments.h"
#include "roster/roster.h"
#include "roster/wording.h"

/* ---- templates and wordings ------------------------------------------------------------------------ */
/* The wording of a template as it stands now: its record's id whether it is kept yet or not, its text, its code.
 * ERR_NOTFOUND; ERR_DATA: the template can't be filled in (wording_make). */
struct wording { struct id id, tmpl; const char *text; char code[WORDING_CODE]; uint8_t hash[WORDING_HASH]; bool kept; };
int agreement_wording(struct view *v, struct arena *a, struct id tmpl, struct wording *out, struct err *e);
/* A wording by its code as printed, or the beginning of it (hyphens, blanks and case don't count): one that is kept, or
 * one of a template as it stands now. ERR_NOTFOUND, ERR_AMBIGUOUS. */
int agreement_find_wording(struct view *v, struct arena *a, const char *code, struct wording *out, struct err *e);
/* One that is kept, by its id. ERR_NOTFOUND. */
int agreement_kept_wording(struct view *v, struct arena *a, struct id wording, struct wording *out, struct err *e);
/* The shipped Danish templates (roster/templates.def), as records with name-based ids, those that never were there: who
 * deleted one doesn't get it again, but who has none at all (an undo went too far) gets them all. */
int agreement_ship(struct store *s, struct change_result *out, struct err *e);
/* One of these by its name or a part of it: its id and sort. ERR_NOTFOUND, ERR_AMBIGUOUS. */
int agreement_shipped(struct arena *a, const char *name, struct id *out, int *sort, struct err *e);

/* ---- making and changing ------------------------------------------------------------------------------ */
struct agreement_new {
	struct id tmpl, volunteer, organisation, unit;     /* one of volunteer and organisation; unit may be ID_NONE for now */
	const struct id *roles; size_t nroles;
	civil_date from, to;                               /* DATE_NONE: not yet known, or open */
	const char *case_no;                               /* or NULL */
};
/* State "asked for"; the wording is kept with it, the day of evaluation is set from the template. ERR_DATA both parties
 * or none, or of the wrong sort, or it would end before it begins. */
int agreement_make(struct store *s, const struct agreement_new *how, struct id *made, struct change_result *out,
	struct err *e);
/* asked for → discussed → made → ended; both of the first → refused → discussed again. Refused and ended need a reason;
 * ended sets the last day, if it holds longer. ERR_REFUSED: not from that state, the reason is missing, or made without
 * what it needs (struct agreement, lacks). */
int agreement_move(struct store *s, struct id agreement, int state, const char *why, civil_date day,
	struct change_result *out, struct err *e);
/* May it be moved there, lacks aside? For menus. */
bool agreement_may_move(int from, int to);
/* Put what was said below what stands there, with the day, and when to look at it next (DATE_NONE: not again).
 * ERR_REFUSED: nothing was said. */
int agreement_evaluate(struct store *s, struct id agreement, const char *said, civil_date next, struct change_result *out,
	struct err *e);
/* Take the template's wording of now: ERR_REFUSED when somebody has signed. */
int agreement_renew_wording(struct store *s, struct id agreement, struct change_result *out, struct err *e);
/* A new one like it (parties, place, roles, template of now), which follows on it: from the day after its last. */
int agreement_follow(struct store *s, struct id agreement, struct id *made, struct change_result *out, struct err *e);

/* ---- what is signed ------------------------------------------------------------------------------------ */
/* The text with the parties filled in, exactly as it is printed, shown, sealed and exported; the same in each language
 * of the program. */
int agreement_text(struct view *v, struct arena *a, struct id agreement, char **out, struct err *e);
/* What a printed agreement's QR code says: "samvagt:<id>:<code of its wording>". */
char *agreement_label(struct arena *a, struct id agreement, const char *code);
/* The same as a scanner types it, pure. Only letters and digits count: a scanner types as on an American keyboard, and
 * a Danish one makes "+" of its hyphens and "Æ" of its colons. The code may be missing (""). False: it is something
 * else. */
bool agreement_read_label(const char *typed, struct id *out, char code[WORDING_CODE]);
struct agreement_signing {
	struct id agreement;
	int part, how;                                     /* SIGNATURE_… */
	const char *name, *witness;                        /* witness NULL: the store's person */
	civil_date day;
	const struct attachment *scan;                     /* or NULL */
};
/* The statement that a seal is made over: deterministic lines "samvagt signature 1", agreement, hash of the text,
 * wording, parties, place, name, part, how, day, witness, hash of the scan. */
int agreement_statement(struct view *v, struct arena *a, const struct agreement_signing *what, struct buf *out,
	struct err *e);
/* The same of a signature that is there, over the agreement as the view has it. */
int agreement_statement_of(struct view *v, struct arena *a, struct id signature, struct buf *out, struct err *e);
/* Put it down with its key and seal (letters). A confidentiality declaration is made by being signed, and the
 * volunteer's own field is set. ERR_REFUSED: the agreement is refused or ended, the name isn't typed, the day lies
 * ahead, or a part that isn't one of its parties. ERR_DATA: see attachments.h. */
int agreement_sign(struct store *s, const struct agreement_signing *what, const char *key, const char *seal,
	struct id *made, struct change_result *out, struct err *e);
/* Does this part sign an agreement of the sort and parties? */
bool agreement_has_part(const struct rec *agreement, int part);

/* ---- lists -------------------------------------------------------------------------------------------- */
struct agreement {
	const struct rec *rec;                             /* NULL in AGREEMENTS_MISSING */
	struct id party;                                   /* the volunteer or organisation */
	const char *with, *place, *roles;                  /* names; "" none */
	const struct rec **signatures; size_t nsignatures; /* by day */
	const char *lacks;                                 /* what it needs before it can be made, translated; NULL: nothing */
	const char *code;                                  /* of its wording; "" none */
	struct id tmpl;
	bool current;                                      /* made, and today lies in it */
	bool outdated;                                     /* signed on a wording that the template no longer has */
};
enum agreement_list {
	AGREEMENTS_ALL, AGREEMENTS_DUE,                    /* DUE: to be evaluated within the limit's days, or overdue */
	AGREEMENTS_EXPIRING,                               /* within the limit's days, or over, and no other follows on it */
	AGREEMENTS_MISSING,                                /* organisations, and people without one, on rosters from today on */
	AGREEMENTS_RESIGN,                                 /* outdated ones, to be signed again */
};
enum { AGREEMENTS_LISTS = AGREEMENTS_RESIGN + 1 };
/* DUE and EXPIRING by day, the others by name. */
int agreement_list(struct view *v, struct book *b, struct arena *a, enum agreement_list which, civil_date today,
	struct agreement **out, size_t *n, struct err *e);
/* All of the lists, for who shows how long each is; it is read once. */
struct agreement_lists { struct agreement *of[AGREEMENTS_LISTS]; size_t n[AGREEMENTS_LISTS]; };
int agreement_lists(struct view *v, struct book *b, struct arena *a, civil_date today, struct agreement_lists *out,
	struct err *e);
int agreement_get(struct view *v, struct book *b, struct arena *a, struct id id, civil_date today, struct agreement *out,
	struct err *e);
/* What stands in those lists but the first, from the book alone: for who shows every day that there is something to do
 * and may read no agreement for it. MISSING are those on the roster that is given. Ordered as the lists are. */
struct agreement_todo { struct id agreement, party; const char *with; civil_date day; };      /* agreement ID_NONE: missing */
struct agreement_todos { struct agreement_todo *of[AGREEMENTS_LISTS]; size_t n[AGREEMENTS_LISTS]; };
int agreement_todos(struct view *v, struct book *b, struct arena *a, const struct roster *coming, civil_date today,
	struct agreement_todos *out, struct err *e);
/* Who signed a wording: names of parties with the day. */
struct signer { const struct rec *signature; const char *with; struct id agreement; };
int agreement_signers(struct view *v, struct book *b, struct arena *a, struct id wording, struct signer **out, size_t *n,
	struct err *e);

#endif
