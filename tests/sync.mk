# Tests of sync/: see tests/local.mk.

check_PROGRAMS += tests/t_folder
TESTS += tests/t_folder
tests_t_folder_SOURCES = tests/t_folder.c
tests_t_folder_LDADD = libtap.a $(TESTLIBS_SYNC)
