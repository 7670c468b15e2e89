/* tui/action.c - see action.h. Owns looking rows up in the tables and why one can't be done. Must not know what
 * any row does. */
#include "tui/action.h"

#include <string.h>

#include "base/lang.h"
#include "tui/app.h"

const char *action_group_name(enum action_group g)
{
	static const char *const names[GROUP_COUNT] = {
		[GROUP_DO] = N_("Do"), [GROUP_GO] = N_("Go to"), [GROUP_LIST] = N_("In the list"),
		[GROUP_FORM] = N_("In the form"), [GROUP_PROGRAM] = N_("The program"),
	};
	return _(names[g]);
}

bool action_applies(const struct action *a, uint64_t contexts)
{
	return (a->contexts & contexts) != 0;
}

bool action_is_general(const struct action *a)
{
	return (a->contexts & (CTX_ANY | CTX_MAIN | CTX_LIST)) != 0;
}

const struct action *action_of_key(const struct action_set *const *sets, size_t nsets, uint64_t contexts, int key)
{
	const struct action *general = NULL;
	for (size_t i = 0; i < nsets; i++)
		for (size_t j = 0; j < sets[i]->n; j++) {
			const struct action *a = &sets[i]->rows[j];
			if (!action_applies(a, contexts) || !key_in(a->keys, key))
				continue;
			if (!(contexts & CTX_OWN_KEYS) || !action_is_general(a))
				return a;
			general = a;
		}
	return general;
}

const char *action_refusal(const struct action *a, struct app *app, struct screen *s)
{
	size_t row;
	bool writes = a->flags & (ACTION_WRITES | ACTION_CHANGES | ACTION_FINAL);
	if (writes && !app_store(app))
		return _("There is no store yet.");
	if (writes && store_is_readonly(app_store(app)))
		return _("The store is open for reading only: another program has it.");
	if (s->trouble.code && !(a->contexts & (CTX_ANY | CTX_MAIN)))
		return s->trouble.text;
	if ((a->flags & ACTION_ROW) && !(s->list && list_selected(s->list, &row)))
		return _("There is no row to do it with.");
	return a->refuses ? a->refuses(app, s) : NULL;
}

const char *action_key_label(const struct action_set *const *sets, size_t nsets, uint64_t contexts, const struct action *a,
	bool typing, struct arena *arena)
{
	char buf[KEY_NAME];
	for (const char *s = a->keys; *s;) {
		int key = key_parse(s, &s);
		bool taken = contexts & CTX_OWN_KEYS && action_of_key(sets, nsets, contexts, key) != a;
		if (!taken && (!typing || !key_is_text(key)))
			return arena_strdup(arena, key_label(buf, key));
	}
	return "";
}
