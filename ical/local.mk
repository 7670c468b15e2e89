# The helper for calendar files: a program of its own, with a library that the main program never loads.
ICAL_SOURCES = \
	ical/main.c \
	ical/file.h ical/write.c ical/read.c
if HAVE_ICAL
pkglibexec_PROGRAMS += samvagt-ical
samvagt_ical_SOURCES = $(ICAL_SOURCES)
samvagt_ical_CPPFLAGS = $(AM_CPPFLAGS) $(LIBICAL_CFLAGS) $(JANSSON_CFLAGS)
samvagt_ical_LDADD = $(APART_LIBS) $(LIBICAL_LIBS)
endif
