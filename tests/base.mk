
check_PROGRAMS += tests/t_text tests/t_fold tests/t_digits
TESTS += tests/t_text tests/t_fold tests/t_digits
tests_t_text_SOURCES = tests/t_text.c
tests_t_text_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_fold_SOURCES = tests/t_fold.c
tests_t_fold_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_digits_SOURCES = tests/t_digits.c
tests_t_digits_LDADD = libtap.a $(TESTLIBS_BASE)
