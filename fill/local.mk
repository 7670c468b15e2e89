noinst_LIBRARIES += libfill.a
libfill_a_SOURCES = \
	fill/fill.h \
	fill/instance.h fill/instance.c
