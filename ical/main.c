/* samvagt-ical - reads one order as JSON on standard input: a calendar to be written as a file, or a file to be read as
 * a calendar. Owns which of the two it is. */
#include <string.h>

#include "apart/run.h"
#include "export/json_buf.h"
#include "ical/file.h"

static int write_file(struct arena *a, const json_t *calendar, struct buf *out, struct err *e)
{
	struct calendar c;
	int rc = calendar_of_json(a, calendar, &c, e);
	return rc ? rc : file_write(&c, out, e);
}

static int read_file(struct arena *a, const json_t *text, struct buf *out, struct err *e)
{
	struct calendar c;
	struct fault fault;
	const char *s = json_string_value(text);
	if (strlen(s) != json_string_length(text))
		return err_set(e, ERR_DATA, "a byte of zero stands in it");
	json_put(file_read(a, s, &c, &fault) ? calendar_json(&c)
		: json_pack("{s:s, s:I}", "fault", fault.name, "line", (json_int_t)fault.line), out);
	return OK;
}

static int obey(struct arena *a, const struct buf *in, struct buf *out, struct err *e)
{
	json_error_t wrong;
	json_t *o = json_loadb(in->p, in->n, 0, &wrong);
	if (!o)
		return err_set(e, ERR_DATA, "not JSON: line %d, column %d", wrong.line, wrong.column);
	const json_t *calendar = json_object_get(o, "write"), *text = json_object_get(o, "read");
	int rc;
	if (json_is_object(calendar) == json_is_string(text))
		rc = err_set(e, ERR_DATA, "one of \"write\", an object, and \"read\", a string, must be there");
	else
		rc = calendar ? write_file(a, calendar, out, e) : read_file(a, text, out, e);
	json_decref(o);
	return rc;
}

int main(int argc, char **argv)
{
	return run_helper(argc, argv, ICAL_MOST, obey);
}
