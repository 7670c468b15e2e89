# The helper that makes spreadsheets: a program of its own, with a library that the main program never loads.
XLSX_SOURCES = \
	xlsx/main.c \
	xlsx/memory.c xlsx/memory.h \
	xlsx/book.c xlsx/book.h
if HAVE_XLSX
pkglibexec_PROGRAMS += samvagt-xlsx
samvagt_xlsx_SOURCES = $(XLSX_SOURCES)
samvagt_xlsx_CPPFLAGS = $(AM_CPPFLAGS) $(XLSXWRITER_CFLAGS) $(JANSSON_CFLAGS)
samvagt_xlsx_LDADD = $(APART_LIBS) $(XLSXWRITER_LIBS) $(MINIZIP_LIBS)
endif
EXTRA_DIST += $(XLSX_SOURCES)
