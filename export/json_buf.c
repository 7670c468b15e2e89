/* export/json_buf.c - see json_buf.h. Owns how JSON is laid out. Must not know what it says. */
#include "export/json_buf.h"

static int add_to_buf(const char *p, size_t n, void *out)
{
	buf_add(out, p, n);
	return 0;
}

void json_put(json_t *o, struct buf *out)
{
	if (!o || json_dump_callback(o, add_to_buf, out, JSON_INDENT(2)))
		out->oom = true;
	buf_addc(out, '\n');
	json_decref(o);
}
