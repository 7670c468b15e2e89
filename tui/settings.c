/* tui/settings.c - see settings.h. Owns how a setting is kept. Must not know what any of them means. */
#include "tui/settings.h"

#include <stdlib.h>

const char *settings_text(struct view *v, struct arena *a, const char *key)
{
	struct rec *r = NULL;
	if (view_get(v, a, TYPE_SETTING, id_setting(key), &r, NULL) || !r || !r->alive ||
		!*rec_text(r, F_SETTING_VALUE))
		return NULL;
	return rec_text(r, F_SETTING_VALUE);
}

int settings_number(struct view *v, const char *key, int absent)
{
	struct arena *a = arena_new();
	char *rest;
	const char *text = settings_text(v, a, key);
	long n = text ? strtol(text, &rest, 10) : 0;
	bool is_number = text && *text && !*rest && n >= 0 && n <= 100000;
	arena_free(a);
	return is_number ? (int)n : absent;
}

int settings_write(struct store *s, const char *key, const char *label, const char *value, struct change_result *out,
	struct err *e)
{
	struct change *c;
	struct id id = id_setting(key);
	int rc = change_begin(s, ACT_SETTING, &c, e);
	if (rc)
		return rc;
	change_arg(c, value_text(label));
	if (value) {
		change_make(c, TYPE_SETTING, id);
		rc = change_set(c, TYPE_SETTING, id, F_SETTING_KEY, value_text(key), e);
	} else {
		change_delete(c, TYPE_SETTING, id);
	}
	if (rc == OK && value)
		rc = change_set(c, TYPE_SETTING, id, F_SETTING_VALUE, value_text(value), e);
	if (rc == OK)
		return change_commit(c, out, e);
	change_abandon(c);
	return rc;
}
