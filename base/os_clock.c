/* base/os_clock.c - the clock of os.h, which is plain C and the same on every platform. Owns what SAMVAGT_NOW may look
 * like. Must not know who asks for the time. */
#include "base/os.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/civil.h"
#include "base/lang.h"

static int64_t real_now(void *ctx)
{
	(void)ctx;
	return time(NULL);
}

/* The fixed time is the context itself, so nobody has to own it. */
static int64_t fixed_now(void *ctx)
{
	return (intptr_t)ctx;
}

/* Does s have the shape, in which every 0 stands for a digit? */
static bool has_shape(const char *s, size_t len, const char *shape)
{
	if (len != strlen(shape))
		return false;
	for (size_t i = 0; i < len; i++)
		if (shape[i] == '0' ? s[i] < '0' || s[i] > '9' : s[i] != shape[i])
			return false;
	return true;
}

static bool parse_iso(const char *s, int64_t *seconds)
{
	size_t len = strlen(s);
	bool utc = len > 0 && s[len - 1] == 'Z';
	len -= utc;
	if (!has_shape(s, len, "0000-00-00T00:00") && !has_shape(s, len, "0000-00-00T00:00:00"))
		return false;
	int y, m, d, hour, minute, second = 0;
	if (sscanf(s, "%4d-%2d-%2dT%2d:%2d:%2d", &y, &m, &d, &hour, &minute, &second) < 5)
		return false;
	if (!civil_valid(y, m, d) || hour > 23 || minute > 59 || second > 59)
		return false;
	civil_min t = cmin_at(civil_from_ymd(y, m, d), hour * 60 + minute);
	*seconds = (utc ? t * 60 : civil_to_utc(t)) + second;
	return true;
}

int os_clock_init(struct os_clock *out, struct err *e)
{
	const char *text = getenv("SAMVAGT_NOW");
	int64_t t;
	*out = (struct os_clock){ .now = real_now };
	if (!text || !*text)
		return OK;
	if (!parse_iso(text, &t))
		return err_set(e, ERR_USAGE, _("SAMVAGT_NOW isn't a time: \"%s\". Write it as 2025-12-01T09:00"), text);
	*out = (struct os_clock){ .now = fixed_now, .ctx = (void *)(intptr_t)t };
	return OK;
}
