EXPORT_TESTS = tests/t_sheet tests/t_csvread
check_PROGRAMS += $(EXPORT_TESTS)
TESTS += $(EXPORT_TESTS)
tests_t_sheet_SOURCES = tests/t_sheet.c
tests_t_sheet_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_t_sheet_LDADD = libtap.a $(TESTLIBS_EXPORT)
tests_t_csvread_SOURCES = tests/t_csvread.c
tests_t_csvread_LDADD = libtap.a $(TESTLIBS_EXPORT)
