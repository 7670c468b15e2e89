
check_PROGRAMS += tests/t_text tests/t_text_random tests/t_fold tests/t_digits tests/t_order
TESTS += tests/t_text tests/t_text_random tests/t_fold tests/t_digits tests/t_order
tests_t_text_SOURCES = tests/t_text.c
tests_t_text_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_fold_SOURCES = tests/t_fold.c
tests_t_fold_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_digits_SOURCES = tests/t_digits.c
tests_t_digits_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_text_random_SOURCES = tests/t_text_random.c
tests_t_text_random_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_order_SOURCES = tests/t_order.c tests/icu.c tests/icu.h
tests_t_order_CPPFLAGS = $(AM_CPPFLAGS) $(ICU_CFLAGS)
tests_t_order_LDADD = libtap.a $(TESTLIBS_BASE) $(ICU_LIBS)
EXTRA_DIST += tests/danish_order.txt

check_PROGRAMS += tests/t_err tests/t_mem tests/t_lang tests/t_os tests/t_os_process
TESTS += tests/t_err tests/t_mem tests/t_lang tests/t_os tests/t_os_process
tests_t_err_SOURCES = tests/t_err.c
tests_t_err_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_mem_SOURCES = tests/t_mem.c
tests_t_mem_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_lang_SOURCES = tests/t_lang.c
tests_t_lang_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_os_SOURCES = tests/t_os.c
tests_t_os_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_os_process_SOURCES = tests/t_os_process.c
tests_t_os_process_LDADD = libtap.a $(TESTLIBS_BASE)

check_PROGRAMS += tests/t_civil tests/t_letters tests/t_when tests/t_when_hostile
TESTS += tests/t_civil tests/t_letters tests/t_when tests/t_when_hostile
tests_t_letters_SOURCES = tests/t_letters.c
tests_t_letters_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_civil_SOURCES = tests/t_civil.c
tests_t_civil_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_when_SOURCES = tests/t_when.c
tests_t_when_LDADD = libtap.a $(TESTLIBS_BASE)
tests_t_when_hostile_SOURCES = tests/t_when_hostile.c
tests_t_when_hostile_LDADD = libtap.a $(TESTLIBS_BASE)

check_PROGRAMS += tests/t_os_apart
TESTS += tests/t_os_apart
tests_t_os_apart_SOURCES = tests/t_os_apart.c
tests_t_os_apart_LDADD = libtap.a $(TESTLIBS_BASE)
check_PROGRAMS += tests/t_os_self
TESTS += tests/t_os_self
tests_t_os_self_SOURCES = tests/t_os_self.c
tests_t_os_self_LDADD = libtap.a $(TESTLIBS_BASE)

check_PROGRAMS += tests/t_os_stick
TESTS += tests/t_os_stick
tests_t_os_stick_SOURCES = tests/t_os_stick.c
tests_t_os_stick_LDADD = libtap.a $(TESTLIBS_BASE)
check_PROGRAMS += tests/t_os_beside
TESTS += tests/t_os_beside
tests_t_os_beside_SOURCES = tests/t_os_beside.c
tests_t_os_beside_LDADD = libtap.a $(TESTLIBS_BASE)
