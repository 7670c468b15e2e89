noinst_LIBRARIES += libtui.a
libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)
libtui_a_SOURCES = \
	tui/theme.h tui/theme.c \
	tui/canvas.h tui/canvas.c \
	tui/keys.h tui/keys.c \
	tui/term.h \
	tui/lineedit.h tui/lineedit.c \
	tui/list.h tui/list_priv.h tui/list.c tui/list_draw.c \
	tui/form.h \
	tui/action.h \
	tui/app.h \
	tui/dialog.h \
	tui/help.h \
	tui/screens.h
