/* sync/body.h - the body of a segment and of a snapshot: which columns it has, and the forms in which a value stands.
 *
 * A column's key is WHAT << 24 | place << 16 | a << 8 | b. The numbers below are the file format: they are for ever.
 *
 * Ids. Incarnations stand once each, in the order of their first use (of a segment the author's first), with the lowest
 * counter that the body has of it and how many from there on. A made id is one number: how far it is among all of
 * these, laid end to end. Name-based ids stand once each, in the order of first use, as what they are made of; `inner`
 * ones stand only because a later one is made of them. The next that isn't inner is taken by FORM_NEXT.
 *
 * Shapes. What is alike about records stands once:
 *     record   type | form of the id | (field | form of its value) …
 *              in a snapshot: type | form of the id | fields | (field | form | stamp) … and the same of values beside
 *     group    act | flags | runs | (shape | how many records in a row have it) … | form of each argument
 * where a stamp is which of the record's, in the order of their first use. So a group of a common kind is one number, and
 * of its values only those stand that don't follow from others. Values are read in the order: undoes, seen, records in
 * order (id, then fields), arguments. */
#ifndef SYNC_BODY_H
#define SYNC_BODY_H

#include <stdint.h>

enum body_what {
	/* tables; place, a and b are 0 unless told */
	BODY_INC = 1, BODY_INC_LOW, BODY_INC_COUNT,
	BODY_NAME,                        /* ORIGIN_… | NAME_FROM_KNOWN | NAME_TO_KNOWN | NAME_INNER */
	BODY_NAME_NUMBER,                 /* a: ORIGIN_LINK: its kind; ORIGIN_DATED: the day, zigzag */
	BODY_RECORD_SHAPE, BODY_GROUP_SHAPE, BODY_PERSON,              /* bytes: length and shape …; texts */
	BODY_NAME_RAW,                    /* bytes: 16 each */
	/* one for each group, or where its shape says so */
	BODY_GROUP = 16, BODY_GROUP_PERSON, BODY_CLOCK,
	BODY_UNDO_BACK, BODY_UNDO_INC, BODY_UNDO_NO,
	BODY_SEEN, BODY_SEEN_INC, BODY_SEEN_NO, BODY_SEEN_TAG,         /* how many; of each */
	/* of a snapshot: the stamps, ascending; the peers and their contexts; the shape of each record */
	BODY_STAMP_INC = 32, BODY_STAMP_NO, BODY_STAMP_CLOCK,
	BODY_PEER_INC, BODY_PEER_NO, BODY_PEER_CLOCK, BODY_PEER_CHAIN,
	BODY_RECORD,
	BODY_STAMP,                       /* which; a: type, b: 0 a record's first, 1 a later one */
	BODY_PEER_TAIL, BODY_PEER_TAG,    /* how many tags before the last are told of each peer; their upper halves. Neither where none is */
	/* values, by place */
	BODY_NEW = 48,                    /* counters of the author's new ids */
	BODY_KNOWN,                       /* of a name-based id: which */
	BODY_INT,
	BODY_MORE,                        /* how much more than the number before it in its record */
	BODY_MADE,
	BODY_RAW_LENGTH,
	BODY_TEXT, BODY_RAW,              /* bytes */
};

enum body_place {
	PLACE_NONE,
	PLACE_RECORD,                     /* a: type */
	PLACE_FROM, PLACE_TO,             /* a: enum origin_kind */
	PLACE_VALUE,                      /* a: type, b: field */
	PLACE_ARG,                        /* a: act, b: which */
};

#define BODY_KEY(what, place) ((uint32_t)(what) << 24 | (uint32_t)(place))
#define BODY_PLACE(place, a, b) ((uint32_t)(place) << 16 | (uint32_t)(a) << 8 | (uint32_t)(b))

enum form {
	FORM_NONE, FORM_ZERO, FORM_ONE,   /* ZERO and ONE of FIELD_ALIVE only */
	FORM_INT, FORM_MORE, FORM_TEXT, FORM_RAW,
	FORM_MADE, FORM_NEXT, FORM_KNOWN, /* an id */
	FORM_NEW,                         /* a record's own id only: made in this group by the segment's author */
	FORM_FROM, FORM_TO, FORM_NUMBER,  /* as in what the record's own id is made of */
	FORM_RECORD,                      /* of arguments only, each with which record of the group: its id, */
	FORM_RECORD_FROM, FORM_RECORD_TO, /* or what that is made of */
	FORMS,
};

enum {
	NAME_KIND = 3,                    /* the bits of enum origin_kind */
	NAME_FROM_KNOWN = 4, NAME_TO_KNOWN = 8, NAME_INNER = 16, NAME_BITS = 31,
	NAMES_MOST = 1 << 22,
	INCS_MOST = 65535,
	COUNTER_BITS = 48,                /* a made id with a greater counter stands as 16 bytes */
	SHAPE_ARGS = 3,                   /* flags of a group's shape: how many arguments it has, */
	SHAPE_UNDOES_OWN = 4, SHAPE_UNDOES_OTHER = 8,
	SHAPE_SEEN = 16, SHAPE_BITS = 31,
	SHAPE_RECORDS_MOST = 32,          /* the records of a group that an argument can point at */
};

#endif
