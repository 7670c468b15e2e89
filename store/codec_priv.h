/* store/codec_priv.h - the pieces that records and groups are written of. Private to the codec.
 *
 * Who writes has reserved the room; who reads gets false for anything that isn't canonical. */
#ifndef STORE_CODEC_PRIV_H
#define STORE_CODEC_PRIV_H

#include "base/mem.h"
#include "store/cbor.h"
#include "store/rec.h"

/* Room for texts, taken from the front. */
struct pool {
	char *p;
};

/* The most bytes that a value can take; 0 when it can't be written. */
size_t codec_text_room(const struct value *v);
static inline size_t codec_value_room(const struct value *v)
{
	return v->tag == V_TEXT || v->tag == V_RAW ? codec_text_room(v) : 1 + sizeof(struct id);
}
uint8_t *codec_put_value(uint8_t *p, const struct value *v);
/* What was written past the end of b becomes part of it, or is forgotten when it is too much: ERR_DATA. */
int codec_keep_written(struct buf *b, size_t n, size_t most);

bool codec_get_value(struct cursor *c, struct pool *pool, struct value *v);
bool codec_get_text(struct cursor *c, struct pool *pool, struct value *v);
bool codec_get_id(struct cursor *c, struct id *out);
bool codec_get_byte(struct cursor *c, uint8_t *out);
bool codec_get_dot(struct cursor *c, struct dot *out);

/* The sentences of ERR_CORRUPT and ERR_NOMEM. */
int codec_refuse(struct err *e);
int codec_no_memory(struct err *e);

#endif
