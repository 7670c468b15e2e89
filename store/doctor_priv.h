/* store/doctor_priv.h - what the two halves of the doctor share: the one that asks, and the one that looks, in a child
 * process. Private to the doctor. */
#ifndef STORE_DOCTOR_PRIV_H
#define STORE_DOCTOR_PRIV_H

#include "store/doctor.h"
#include "store/store_priv.h"

/* The parts of an examination. Each has a child of its own, so that a page that ends one doesn't hide what the others
 * would find. */
enum part { PART_LOG, PART_RECORDS, PART_INDEXES, PART_FILE, PARTS };

/* What a child says; `text` follows the struct. */
enum word { WORD_FINDING, WORD_LOG_FINDING, WORD_PROGRESS, WORD_COUNT, WORD_ERROR };
struct message {
	enum word word;
	int code;                /* WORD_ERROR */
	size_t done, total;      /* WORD_PROGRESS; WORD_COUNT: done (making again: what is being carried over, from 1) */
};
enum { DOCTOR_TEXT_MOST = 700 };
void doctor_tell(struct os_teller *to, const struct message *m, const char *text);

/* A store opened as far as it goes without its database: what no damaged page can spoil. */
struct patient {
	struct store store;
	enum part part;
	bool alone;              /* what lies beside the log ends whoever reads it: the log is looked at by itself */
	unsigned deadly;         /* what can't be carried over, as reading it ends a process: bits, as doctor.c counts */
	struct os_clock clock;
};

/* In the child: look at one part. Returns 0 when it came to the end. */
int doctor_examine(void *patient, struct os_teller *to);
/* In a child of its own: read what is asked beside the log, whatever is wrong with it. Returns 0 when it lived. */
int doctor_try_beside(void *patient);

#endif
