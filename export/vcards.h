/* export/vcards.h - volunteers and contact persons as vCards, for phones and mail programs.
 *
 * Written as version 3.0 (RFC 2426), not 4.0: Outlook and older Androids read nothing newer, iPhones nothing older, and
 * all of them write it. What differs for what we have is nothing: names, phone, e-mail, address, organisation. The UID
 * is the record's id, so that a card read in again comes back to the same person; nobody's birthday, note or roles are
 * in them. */
#ifndef EXPORT_VCARDS_H
#define EXPORT_VCARDS_H

#include "roster/book.h"

/* Append those who are active or on pause and have a phone or an e-mail; *n counts them. */
int vcards_people(struct view *v, struct book *b, struct buf *out, size_t *n, struct err *e);
/* Append organisations with a phone or an e-mail, each with its contact person. */
int vcards_organisations(struct view *v, struct buf *out, size_t *n, struct err *e);

#endif
