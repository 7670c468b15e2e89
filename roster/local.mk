noinst_LIBRARIES += libroster.a
libroster_a_SOURCES = \
	roster/limits.h \
	roster/retention.h roster/retention.c roster/printed.c roster/audit.c \
	roster/limits.c \
	roster/told.h roster/told.c \
	roster/coverage.h roster/coverage.c roster/months.h roster/months.c \
	roster/care.h roster/care.c roster/talks.c \
	roster/vigil.h roster/vigil.c roster/vigil_acts.c roster/vigil_chain.c \
	roster/filling.h roster/filling_priv.h roster/filling.c roster/filling_people.c roster/filling_words.c roster/filling_take.c roster/filling_move.c \
	roster/book.h \
	roster/book_priv.h \
	roster/duty.h \
	roster/frames.h \
	roster/frames.c \
	roster/gates.h \
	roster/qualifications.h \
	roster/qualifications.c \
	roster/check.c \
	roster/gates.c \
	roster/pauses.c \
	roster/effort.c \
	roster/rules_frames.c \
	roster/roster.h \
	roster/rules.h \
	roster/rules_priv.h \
	roster/act.h \
	roster/book.c \
	roster/find.c \
	roster/match.c \
	roster/duty.c \
	roster/roster.c roster/shift_find.c \
	roster/today.c \
	roster/rules.c \
	roster/rules_person.c \
	roster/rules_time.c \
	roster/wishes.c \
	roster/problems.c \
	roster/candidates.c roster/calls.h roster/calls.c roster/round.h roster/round.c roster/act_round.c \
	roster/act_priv.h \
	roster/act.c \
	roster/act_copy.c \
	roster/act_people.c \
	roster/attendance.h roster/attendance.c roster/attend_paper.c roster/attend_words.c roster/act_attend.c \
	roster/hours.h roster/hours.c \
	roster/register.h \
	roster/register.c \
	roster/wording.h roster/wording.c roster/wording_diff.c \
	roster/templates.def roster/attachments.h roster/attachments.c \
	roster/agreements.h roster/agreements_priv.h roster/agreement_templates.c roster/agreement_acts.c \
	roster/agreement_signing.c roster/agreement_list.c roster/agreement_due.c roster/agreement_label.c \
	roster/series.h roster/series_priv.h roster/series_days.c roster/series_load.c roster/series_make.c roster/series_change.c \
	roster/publish.h roster/publish.c roster/availability.h roster/availability.c roster/rules_wishes.c
