noinst_LIBRARIES += libexport.a
libexport_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
libexport_a_SOURCES = \
	export/sheet.h export/sheet_priv.h \
	export/sheet.c \
	export/sheet_text.c \
	export/sheet_plain.h export/sheet_plain.c \
	export/sheet_csv.c \
	export/sheet_html.h export/sheet_html.c \
	export/sheet_html_faces.c \
	export/sheet_json.c \
	export/sheet_clean.c \
	export/sheet_order.c \
	export/helper.h export/helper.c \
	export/pdf.h export/pdf.c \
	export/xlsx.h export/xlsx.c \
	export/printing.h export/printing.c \
	export/json_buf.h export/json_buf.c \
	export/csvread.c export/decode.h export/decode.c \
	export/import_tables.c export/vcard_read.c export/records_read.c export/calendar_table.c \
	export/bundle.h export/bundle.c export/records.h export/records.c export/records_schema.c export/takeout.h export/takeout.c export/vcards.h export/vcards.c \
	export/calendar.h export/calendar.c export/calendars.h export/calendars.c \
	export/papers.h export/papers_priv.h \
	export/papers.c \
	export/papers_list.c export/papers_mail.c \
	export/papers_role.c \
	export/papers_agreements.c \
	export/papers_calls.c export/papers_round.c export/papers_vigil.c \
	export/papers_attend.c \
	export/papers_hours.c export/papers_report.c \
	export/papers_coverage.c \
	export/papers_series.c \
	export/papers_publish.c \
	export/papers_told.c \
	export/papers_filling.c \
	export/papers_json.c \
	export/prints.h export/prints_priv.h export/prints.def \
	export/prints.c export/prints_roster.c export/prints_people.c export/prints_day.c export/prints_cards.c export/prints_letters.c \
	export/prints_sign.c export/papers_care.c \
	export/targets.def export/import_priv.h \
	export/import_map.c \
	export/import_look.c \
	export/lookup.c \
	export/import_row.c \
	export/import_keep.c \
	export/import_find.c \
	export/import_names.c \
	export/import_plan.c \
	export/import_plan_units.c \
	export/import_plan_records.c \
	export/import_plan_volunteers.c \
	export/import_plan_seats.c \
	export/import_plan_shifts.c \
	export/import_plan_grid.c \
	export/import_apply.c \
	export/person.h export/person_priv.h \
	export/person.c \
	export/person_told.c \
	export/person_text.c \
	export/person_json.c \
	export/person_files.c \
	export/hours.c \
	export/signed.h export/signed.c \
	export/import.h
