noinst_LIBRARIES += libroster.a
libroster_a_SOURCES = \
	roster/limits.def \
	roster/book.h \
	roster/roster.h \
	roster/rules.h \
	roster/act.h
