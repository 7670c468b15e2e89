noinst_LIBRARIES += libbase.a
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(UTF8PROC_CFLAGS) $(SODIUM_CFLAGS)
libbase_a_SOURCES = \
	base/err.h \
	base/lang.h \
	base/mem.h \
	base/text.h \
	base/civil.h \
	base/when.c \
	base/when.h \
	base/when_priv.h \
	base/when_read.c \
	base/when_scan.c \
	base/when_time.c \
	base/os.h \
	base/civil.c \
	base/err.c \
	base/lang.c \
	base/mem.c \
	base/os_clock.c \
	base/os_priv.h \
	base/os_apart.c \
	base/os_beside.c \
	base/os_program.c \
	base/os_place.c \
	base/os_spot.c \
	base/os_lock.c \
	base/os_random.c \
	base/os_posix.c \
	base/os_self.c \
	base/os_unshared.c \
	base/os_stick.c \
	base/text_priv.h \
	base/text.c \
	base/width.c \
	base/danish.c \
	base/fold.c \
	base/digits.c base/letters.c base/letters.h \
	base/hash.c base/hash.h base/search.c base/search.h base/chart.c base/chart.h base/weekdays.c base/weekdays.h
