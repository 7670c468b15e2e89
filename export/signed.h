/* export/signed.h - signed agreements: sealed with the site's key, checked, and taken out as files that others can
 * check without samvagt.
 *
 * Joins roster/agreements.h (what is signed) and sync/signing.h (with which key); both faces sign and check through
 * here. */
#ifndef EXPORT_SIGNED_H
#define EXPORT_SIGNED_H

#include "export/pdf.h"
#include "roster/agreements.h"
#include "roster/retention.h"
#include "sync/signing.h"

/* Put a signature down, sealed. Errors as of agreement_sign() and signing_seal(). No view may be open. */
int signed_sign(struct store *s, const struct agreement_signing *what, struct id *made, struct change_result *out,
	struct err *e);

/* Does what was signed still stand? CHANGED: the seal holds over the agreement as it was then, and something of it (a
 * party, a day, the roles) has another value now. BROKEN: neither; somebody wrote past the program. */
enum seal_state { SEAL_HOLDS, SEAL_CHANGED, SEAL_BROKEN };
struct seal {
	const struct rec *signature;
	enum seal_state state;
	const char *site;                  /* whose key; "" not known here */
	bool retired;                      /* of a site that has left */
	const char *then;                  /* CHANGED: the text as it was signed; else NULL */
};
/* Of an agreement's signatures, by day. */
int signed_seals(struct view *v, struct arena *a, struct id agreement, struct seal **out, size_t *n, struct err *e);
const char *seal_state_name(enum seal_state state);               /* translated */

/* An agreement to be printed and signed by hand: the same text, its wording's code, and a QR code of
 * agreement_label(). */
int signed_sheet(struct view *v, struct arena *a, struct id agreement, struct sheet **out, struct err *e);
/* What is put down when that paper leaves the program (retention_note_print): it may be kept as long as a scan of it.
 * `what` is NULL for one that isn't with a person. */
int signed_paper(struct view *v, struct id agreement, struct printed *out, struct err *e);
/* Writes ID.txt, ID.txt.minisig and SITE.pub into a folder, made when it isn't there; files of those names are
 * replaced. The signed comment names agreement, wording, party, place and signatures. ID.pdf too, where PDF can be
 * made: that paper, whose footer says that it isn't what is signed. */
struct signed_files { const char *text, *minisig, *pub, *pdf; };  /* paths; pdf NULL: none */
int signed_export(struct store *s, struct arena *a, struct id agreement, const char *dir, struct signed_files *out,
	struct err *e);

/* Check FILE with FILE.minisig and a *.pub beside it; where there is none, with the keys that the store knows (s may be
 * NULL). What is wrong is told as one of: the wording, a party, the place, the text elsewhere, the comment, the key.
 * The error has no names; `comment` is what was signed, where that is genuine. ERR_CORRUPT, ERR_KEY, ERR_DATA,
 * ERR_NOTFOUND. */
enum signed_wrong { WRONG_NOTHING, WRONG_WORDING, WRONG_PARTY, WRONG_PLACE, WRONG_TEXT, WRONG_COMMENT, WRONG_KEY, WRONG_FORM };
struct signed_verdict {
	enum signed_wrong wrong;
	const char *comment, *site;        /* NULL: not genuine; "": a key that isn't known here */
	bool retired;
	uint8_t key[SIGNING_PUBLIC];
};
int signed_verify(struct store *s, struct arena *a, const char *path, struct signed_verdict *out, struct err *e);
const char *signed_wrong_name(enum signed_wrong wrong);           /* for programs */

#endif
