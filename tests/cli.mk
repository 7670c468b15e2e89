check_PROGRAMS += tests/t_demo
TESTS += tests/t_demo
tests_t_demo_SOURCES = tests/t_demo.c
tests_t_demo_LDADD = libdemo.a $(TESTLIBS_STORETEST)
