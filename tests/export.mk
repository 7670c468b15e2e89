EXPORT_TESTS = tests/t_sheet tests/t_csvread
check_PROGRAMS += $(EXPORT_TESTS)
TESTS += $(EXPORT_TESTS)
tests_t_sheet_SOURCES = tests/t_sheet.c
tests_t_sheet_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_t_sheet_LDADD = libtap.a $(TESTLIBS_EXPORT)
tests_t_csvread_SOURCES = tests/t_csvread.c
tests_t_csvread_LDADD = libtap.a $(TESTLIBS_EXPORT)

# The import: with a store behind it.
check_LIBRARIES += libimporttest.a
libimporttest_a_SOURCES = tests/importtest.c tests/importtest.h
TESTLIBS_IMPORTTEST = libimporttest.a librostertest.a libstoretest.a libtap.a $(TESTLIBS_EXPORT)
IMPORT_TESTS = tests/t_import tests/t_import_rows tests/t_import_kept tests/t_import_files tests/t_papers
check_PROGRAMS += $(IMPORT_TESTS)
TESTS += $(IMPORT_TESTS)
tests_t_import_SOURCES = tests/t_import.c
tests_t_import_LDADD = $(TESTLIBS_IMPORTTEST)
tests_t_import_rows_SOURCES = tests/t_import_rows.c
tests_t_import_rows_LDADD = $(TESTLIBS_IMPORTTEST)
tests_t_import_kept_SOURCES = tests/t_import_kept.c
tests_t_import_kept_LDADD = $(TESTLIBS_IMPORTTEST)
tests_t_import_files_SOURCES = tests/t_import_files.c
tests_t_import_files_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_t_import_files_LDADD = $(TESTLIBS_IMPORTTEST)
tests_t_papers_SOURCES = tests/t_papers.c
tests_t_papers_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_t_papers_LDADD = $(TESTLIBS_IMPORTTEST)
PERSON_TESTS = tests/t_person tests/t_hours
check_PROGRAMS += $(PERSON_TESTS)
TESTS += $(PERSON_TESTS)
tests_t_person_SOURCES = tests/t_person.c
tests_t_person_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_t_hours_SOURCES = tests/t_hours.c
tests_t_hours_LDADD = librostertest.a libstoretest.a libtap.a $(TESTLIBS_EXPORT)
tests_t_person_LDADD = librostertest.a libstoretest.a libtap.a $(TESTLIBS_EXPORT)

# Doors of all rooms, the screens' too.
check_PROGRAMS += tests/t_cpr
TESTS += tests/t_cpr
tests_t_cpr_SOURCES = tests/t_cpr.c tests/cprtest.c tests/cprtest.h
tests_t_cpr_LDADD = libimporttest.a librostertest.a libstoretest.a libtap.a $(TESTLIBS_TUI)
EXTRA_DIST += tests/data/viborg
check_PROGRAMS += tests/t_hours_by
TESTS += tests/t_hours_by
tests_t_hours_by_SOURCES = tests/t_hours_by.c
tests_t_hours_by_LDADD = librostertest.a libstoretest.a libtap.a $(TESTLIBS_EXPORT)
check_PROGRAMS += tests/t_prints
TESTS += tests/t_prints
tests_t_prints_SOURCES = tests/t_prints.c
tests_t_prints_LDADD = libdemo.a librostertest.a libstoretest.a libtap.a $(TESTLIBS_EXPORT)

# Every format by other people's readers.
check_PROGRAMS += tests/sheetmake
TESTS += tests/formats.sh
dist_check_SCRIPTS += tests/formats.sh
EXTRA_DIST += tests/formats.py
tests_sheetmake_SOURCES = tests/sheetmake.c
tests_sheetmake_LDADD = $(TESTLIBS_EXPORT)
