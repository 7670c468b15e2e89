noinst_LIBRARIES += libcli.a
libcli_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
libcli_a_SOURCES = \
	cli/cli.c cli/cli.h \
	cli/commands.c \
	cli/context.c \
	cli/output.c \
	cli/cmd_acts.c \
	cli/cmd_agreement.c \
	cli/cmd_attend.c \
	cli/cmd_hours.c \
	cli/cmd_disagree.c \
	cli/cmd_fill.c \
	cli/cmd_frames.c \
	cli/cmd_history.c \
	cli/cmd_import.c cli/cmd_export.c \
	cli/cmd_manual.c \
	cli/cmd_person.c cli/person_priv.h cli/cmd_retention.c \
	cli/cmd_qualify.c \
	cli/cmd_records.c \
	cli/cmd_ring.c \
	cli/cmd_roster.c \
	cli/cmd_round.c \
	cli/cmd_screen.c \
	cli/cmd_availability.c cli/cmd_print.c cli/cmd_publish.c \
	cli/cmd_series.c cli/series_words.c cli/series_priv.h \
	cli/cmd_store.c \
	cli/cmd_sync.c cli/cmd_vigil.c cli/cmd_care.c

bin_PROGRAMS += samvagt
samvagt_SOURCES = cli/main.c
samvagt_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
samvagt_LDADD = libcli.a libdemo.a $(TESTLIBS_TUI)
# The demo store is a library of its own, so that tests and bench can build one too.
noinst_LIBRARIES += libdemo.a
libdemo_a_SOURCES = \
	cli/demo.h \
	cli/demo_priv.h \
	cli/demo.c \
	cli/demo_names.c \
	cli/demo_places.c \
	cli/demo_people.c \
	cli/demo_frames.c \
	cli/demo_roster.c \
	cli/demo_agreements.c \
	cli/demo_data.c \
	cli/demo_series.c \
	cli/demo_today.c
