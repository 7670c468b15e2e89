/* tests/t_limits.c - the file of limits: the copy built in, rows of another file over it, and what is said about slips
 * (roster/limits.h). */
#include "roster/limits.h"

#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "tests/storetest.h"

static struct err e;

#define ROW "rest_hours: 12 hours\n\tda: Hvile\n\ten: Rest\n\tsource: En ny lov\n\tchecked: 2027-02-01\n"

static bool is_same(const struct limit *x, const struct limit *y)
{
	return strcmp(x->name, y->name) == 0 && x->value == y->value && strcmp(x->unit, y->unit) == 0 &&
		strcmp(x->da, y->da) == 0 && strcmp(x->en, y->en) == 0 && strcmp(x->source, y->source) == 0 &&
		strcmp(x->checked, y->checked) == 0;
}

static void take_builtin(struct limit *all)
{
	for (int i = 0; i < LIMIT_COUNT; i++)
		all[i] = *limits_builtin((enum limit_no)i);
}

/* The generator and the reader agree on every row of the file. */
static void test_shipped(struct arena *a)
{
	struct buf text = {0}, said = {0};
	struct limit all[LIMIT_COUNT] = {0};
	const char *path = arena_printf(a, "%s/data/limits", getenv("top_srcdir") ? getenv("top_srcdir") : ".");
	must(os_read_file(path, 1 << 20, &text, &e), &e, "the file");
	limits_read(a, path, text.p, all, &said);
	is_int((intmax_t)said.n, 0, "nothing to say about the shipped file");
	for (int i = 0; i < LIMIT_COUNT; i++) {
		const struct limit *l = limits_builtin((enum limit_no)i);
		ok(all[i].name && is_same(&all[i], l), "%s is built in as it stands in the file", l->name);
		ok(strlen(l->source) > 20 && strlen(l->checked) == 10, "%s has a source and a day", l->name);
	}
	buf_free(&text);
}

static void test_own_row(struct arena *a)
{
	struct limit all[LIMIT_COUNT];
	struct buf said = {0};
	take_builtin(all);
	limits_read(a, "own", "# ours\n\n" ROW, all, &said);
	const struct limit *l = &all[LIMIT_REST_HOURS];
	is_int(l->value, 12, "a row of one's own counts");
	is_str(l->source, "En ny lov", "with its source");
	is_str(l->checked, "2027-02-01", "and its day");
	is_str(l->name, "rest_hours", "its name stays");
	ok(is_same(&all[LIMIT_MIN_AGE], limits_builtin(LIMIT_MIN_AGE)), "what isn't in it stays");
	is_int((intmax_t)said.n, 0, "nothing to say");
	limits_read(a, "own", "rest_hours:9 hours\r\n da: H\r\n en: R\r\n source: S\r\n checked: 1/2 2027", all, &said);
	is_int(all[LIMIT_REST_HOURS].value, 9, "blanks and line ends of another editor are fine");
}

static void test_slips(struct arena *a)
{
	static const struct {
		const char *text, *said;
	} slips[] = {
		{"hvile: 12 hours\n\tda: x\n", "own, line 1: there is no limit \"hvile\"\n"},
		{"rest_hours: tolv hours\n\tda: x\n",
			"own, line 1: \"rest_hours: tolv hours\" should be as in \"rest_hours: 11 hours\"\n"},
		{"rest_hours: 12\n", "own, line 1: \"rest_hours: 12\" should be as in \"rest_hours: 11 hours\"\n"},
		{"rest_hours: 12 days\n", "own, line 1: \"rest_hours: 12 days\" should be as in \"rest_hours: 11 hours\"\n"},
		{"rest_hours: -1 hours\n", "own, line 1: \"rest_hours: -1 hours\" should be as in \"rest_hours: 11 hours\"\n"},
		{"rest_hours 12 hours\n", "own, line 1: there is no limit \"rest_hours 12 hours\"\n"},
		{"\n# a\nrest_hours: 12 hours\n\tda: x\n\ten: y\n\tchecked: 2027-02-01\n",
			"own, line 3: rest_hours lacks its \"source\"\n"},
		{"rest_hours: 12 hours\n\tkilde: x\n",
			"own, line 2: \"kilde: x\" should begin with da:, en:, source: or checked:\n"},
		{"rest_hours: 12 hours\n\tsource:\n",
			"own, line 2: \"source:\" should begin with da:, en:, source: or checked:\n"},
		{"rest_hours: 12 hours\n\tchecked: snart\n", "own, line 2: \"snart\" isn't a day, as in 2026-01-15\n"},
		{"rest_hours: 12 hours\n\tda: \xff\n", "own, line 2: that isn't text in UTF-8\n"},
	};
	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
		struct limit all[LIMIT_COUNT];
		struct buf said = {0};
		take_builtin(all);
		limits_read(a, "own", slips[i].text, all, &said);
		is_str(said.p, slips[i].said, "slip %zu is named with its line", i);
		ok(is_same(&all[LIMIT_REST_HOURS], limits_builtin(LIMIT_REST_HOURS)), "and what stood before is used");
		buf_reset(&said);
		limits_read(a, "own", arena_printf(a, "%s\n" ROW, slips[i].text), all, &said);
		is_int(all[LIMIT_REST_HOURS].value, 12, "a good row after it counts");
		buf_free(&said);
	}
}

static void test_files(struct arena *a)
{
	struct limit all[LIMIT_COUNT];
	struct buf said = {0};
	char *folder = os_path_join(a, test_dir(), "config/samvagt"), *file = os_path_join(a, folder, "limits");
	setenv("XDG_CONFIG_HOME", os_path_join(a, test_dir(), "config"), 1);
	limits_load(a, all, &said);
	is_int(all[LIMIT_REST_HOURS].value, 11, "without a file of one's own the built-in rows are in force");
	must(os_mkdir_p(folder, &e), &e, "folder");
	must(os_write_file(file, ROW, strlen(ROW), &e), &e, "write");
	limits_load(a, all, &said);
	is_int(all[LIMIT_REST_HOURS].value, 12, "one in $XDG_CONFIG_HOME/samvagt/limits is read");
	is_int((intmax_t)said.n, 0, "nothing to say");
	must(os_write_file(file, "x", 1, &e), &e, "write");
	limits_load(a, all, &said);
	ok(said.p && strstr(said.p, file) && strstr(said.p, "line 1"), "a slip in it is told with file and line");
	buf_free(&said);
}

int main(void)
{
	struct arena *a = arena_new();
	test_shipped(a);
	test_own_row(a);
	test_slips(a);
	test_files(a);
	arena_free(a);
	return done_testing();
}
