/* tests/icu.c - see icu.h. Owns the calls to ICU; must not know our own order. */
#include "tests/icu.h"

#ifdef HAVE_ICU
#include <unicode/ucol.h>

static UCollator *danish(void)
{
	static UCollator *opened;
	UErrorCode error = U_ZERO_ERROR;
	if (!opened) {
		opened = ucol_open("da", &error);
		/* so that letters with several marks are seen alike however they are written */
		ucol_setAttribute(opened, UCOL_NORMALIZATION_MODE, UCOL_ON, &error);
	}
	return U_FAILURE(error) || error == U_USING_DEFAULT_WARNING ? NULL : opened;
}

bool icu_is_here(void) { return danish() != NULL; }

int icu_compare(const char *x, const char *y)
{
	UErrorCode error = U_ZERO_ERROR;
	return ucol_strcollUTF8(danish(), x, -1, y, -1, &error);
}
#else
bool icu_is_here(void) { return false; }

int icu_compare(const char *x, const char *y)
{
	(void)x;
	(void)y;
	return 0;
}
#endif
