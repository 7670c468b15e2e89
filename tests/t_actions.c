/* tests/t_actions.c - the tables of actions: what every row must have for hints, help, palette and a Danish
 * keyboard. */
#include "tests/tui_harness.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "tests/tui_sample.h"
#include "tui/screens.h"

static const struct action *all[1000];
static size_t nall;

static void gather(void)
{
	size_t n;
	const struct action_set *const *sets = screens_actions(&n);
	for (size_t i = 0; i < n; i++) {
		ok(*sets[i]->title, "set %zu has a title", i);
		for (size_t j = 0; j < sets[i]->n; j++)
			all[nall++] = &sets[i]->rows[j];
	}
}

static bool is_id(const char *id)
{
	return *id && strspn(id, "abcdefghijklmnopqrstuvwxyz_.-") == strlen(id) && strchr(id, '.');
}

static void test_rows(void)
{
	for (size_t i = 0; i < nall; i++) {
		const struct action *a = all[i];
		ok(is_id(a->id), "%s: the stable name", a->id);
		ok(a->contexts && a->run && a->group < GROUP_COUNT && a->prio <= 9, "%s: where, what and how near",
			a->id);
		ok(strlen(a->help) > strlen(a->label), "%s: a line of help that says more than the label", a->id);
		ok(!a->prio || *a->keys, "%s: a hint has a key", a->id);
		for (size_t j = 0; j < i; j++)
			if (strcmp(all[j]->id, a->id) == 0)
				ok(false, "%s: only one has the name", a->id);
	}
}

static void test_keys(void)
{
	for (size_t i = 0; i < nall; i++)
		for (const char *s = all[i]->keys; *s;) {
			int key = key_parse(s, &s);
			ok(key != K_NONE && key_is_danish(key), "%s: a key of a Danish keyboard without AltGr",
				all[i]->id);
			if (all[i]->flags & ACTION_FINAL)
				ok(key != 'j' && key != 'y', "%s: isn't asked for by the key that says yes",
					all[i]->id);
			if (key >= K_F1 && key <= K_F12)
				ok(strchr(all[i]->keys, ' ') != NULL, "%s: has another key than F%d", all[i]->id,
					key - K_F1 + 1);
		}
}

static void test_labels(const char *lang)
{
	lang_set(lang);
	for (size_t i = 0; i < nall; i++)
		ok(text_width(_(all[i]->label)) <= (all[i]->prio ? 12 : 14), "%s: the label has room (%s)",
			all[i]->id, lang);
}

static size_t here(const struct action *const *list, size_t n, uint64_t contexts)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++)
		count += action_applies(list[i], contexts);
	return count;
}

/* Arrows and Enter are enough: every action stands in the palette, and those of the place in its help. */
static void test_reach(void)
{
	struct tui t;
	struct sample sample = {.nbooks = 5};
	struct app_opts opts = {0};
	opts.sets = screens_actions(&opts.nsets);
	tui_open(&t, &opts, 24, 80);
	app_push(t.app, screen_sample(t.app, &sample));
	uint64_t contexts = screen_contexts(app_top(t.app));
	tui_keys(&t, "?");
	is_int((intmax_t)list_total(app_top(t.app)->list), (intmax_t)here(all, nall, contexts),
		"help holds what can be done here");
	tui_keys(&t, "Esc :");
	is_int((intmax_t)list_total(app_top(t.app)->list), (intmax_t)nall, "the palette holds everything");
	for (size_t i = 0; i + 1 < nall; i++)
		tui_keys(&t, "Down");
	size_t row;
	ok(list_selected(app_top(t.app)->list, &row) && row + 1 == nall, "arrows go through all of it");
	tui_close(&t);
}

int main(void)
{
	tui_speak("en");
	gather();
	test_rows();
	test_keys();
	test_labels("en");
	test_labels("da");
	is_str(_("Undo"), "Fortryd", "the Danish labels were the ones measured");
	lang_set("en");
	test_reach();
	return done_testing();
}
