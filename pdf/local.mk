# The helper that makes PDF: a program of its own, with libraries that the main program never loads.
PDF_SOURCES = \
	pdf/main.c \
	pdf/paper.c pdf/paper.h \
	pdf/columns.c pdf/columns.h \
	pdf/table.c pdf/table.h \
	pdf/chart.c pdf/chart.h \
	pdf/letter.c pdf/letter.h \
	pdf/cards.c pdf/cards.h \
	pdf/poster.c pdf/poster.h \
	pdf/qr.c pdf/qr.h \
	pdf/facts.c pdf/facts.h
if HAVE_PDF
pkglibexec_PROGRAMS += samvagt-pdf
samvagt_pdf_SOURCES = $(PDF_SOURCES)
samvagt_pdf_CPPFLAGS = $(AM_CPPFLAGS) $(PANGOCAIRO_CFLAGS) $(QRENCODE_CFLAGS) $(JANSSON_CFLAGS)
samvagt_pdf_LDADD = $(APART_LIBS) $(PANGOCAIRO_LIBS) $(QRENCODE_LIBS)
endif
