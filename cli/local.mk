# The demo store is a library of its own, so that tests and bench can build one too.
noinst_LIBRARIES += libdemo.a
libdemo_a_SOURCES = \
	cli/demo.h \
	cli/demo_priv.h \
	cli/demo.c \
	cli/demo_names.c \
	cli/demo_places.c \
	cli/demo_people.c \
	cli/demo_roster.c \
	cli/demo_today.c
