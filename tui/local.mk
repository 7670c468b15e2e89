noinst_LIBRARIES += libtui.a
libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)
libtui_a_SOURCES = \
	tui/theme.h tui/theme.c \
	tui/canvas.h \
	tui/keys.h \
	tui/term.h \
	tui/lineedit.h \
	tui/list.h \
	tui/form.h \
	tui/action.h \
	tui/app.h \
	tui/dialog.h \
	tui/help.h \
	tui/screens.h
