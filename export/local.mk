noinst_LIBRARIES += libexport.a
libexport_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
libexport_a_SOURCES = \
	export/sheet.h export/sheet_priv.h \
	export/sheet.c \
	export/sheet_text.c \
	export/sheet_csv.c \
	export/sheet_html.c \
	export/sheet_json.c \
	export/csvread.c \
	export/papers.h \
	export/import.h
