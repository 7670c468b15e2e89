noinst_LIBRARIES += libexport.a
libexport_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
libexport_a_SOURCES = \
	export/sheet.h \
	export/papers.h \
	export/import.h
