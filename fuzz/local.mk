# Fuzzing, on demand only: make fuzz FUZZ_SECONDS=600. Builds beside, with clang, ASan and UBSan (Debian: clang,
# libclang-rt-14-dev); each target runs so long, from the seeds that fuzz/seeds makes and what was found before in
# build-fuzz/corpus.
FUZZERS = fuzz/fuzz_segment fuzz/fuzz_snapshot fuzz/fuzz_statement fuzz/fuzz_tables
if HAVE_ICAL
FUZZERS += fuzz/fuzz_calendar
endif
EXTRA_PROGRAMS += $(FUZZERS) fuzz/seeds
FUZZ_CC = clang
FUZZ_FLAGS = -g -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
FUZZ_SECONDS = 60
FUZZ_LIBS = libsync.a libstore.a libbase.a $(UTF8PROC_LIBS) $(SODIUM_LIBS) $(LMDB_LIBS) $(UUID_LIBS) $(ZSTD_LIBS)

fuzz_fuzz_segment_SOURCES = fuzz/fuzz_segment.c fuzz/fuzz.h
fuzz_fuzz_segment_LDFLAGS = -fsanitize=fuzzer
fuzz_fuzz_segment_LDADD = $(FUZZ_LIBS)
fuzz_fuzz_snapshot_SOURCES = fuzz/fuzz_snapshot.c fuzz/fuzz.h
fuzz_fuzz_snapshot_LDFLAGS = -fsanitize=fuzzer
fuzz_fuzz_snapshot_LDADD = $(FUZZ_LIBS)
fuzz_fuzz_statement_SOURCES = fuzz/fuzz_statement.c fuzz/fuzz.h
fuzz_fuzz_statement_LDFLAGS = -fsanitize=fuzzer
fuzz_fuzz_statement_LDADD = $(FUZZ_LIBS)
fuzz_fuzz_tables_SOURCES = fuzz/fuzz_tables.c fuzz/fuzz.h
fuzz_fuzz_tables_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
fuzz_fuzz_tables_LDFLAGS = -fsanitize=fuzzer
fuzz_fuzz_tables_LDADD = $(TESTLIBS_EXPORT)
fuzz_fuzz_calendar_SOURCES = fuzz/fuzz_calendar.c fuzz/fuzz.h ical/read.c ical/write.c ical/file.h
fuzz_fuzz_calendar_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(LIBICAL_CFLAGS)
fuzz_fuzz_calendar_LDFLAGS = -fsanitize=fuzzer
fuzz_fuzz_calendar_LDADD = $(TESTLIBS_EXPORT) $(LIBICAL_LIBS)
fuzz_seeds_SOURCES = fuzz/seeds.c tests/ringtest.c tests/ringtest.h
fuzz_seeds_LDADD = libsegmenttest.a libtap.a $(FUZZ_LIBS)

fuzz:
	@if echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return p == 0 && n; }' | \
		$(FUZZ_CC) -fsanitize=fuzzer,address,undefined -x c -o /dev/null - 2>/dev/null; then \
		$(MAKE) $(AM_MAKEFLAGS) fuzz-run; \
	else \
		echo 'fuzz: SKIP $(FUZZ_CC) is missing, or its libFuzzer is'; \
	fi
fuzz-run:
	$(MKDIR_P) build-fuzz
	cd build-fuzz && { test -e Makefile || $(abs_top_srcdir)/configure -q CC='$(FUZZ_CC)' CFLAGS='$(FUZZ_FLAGS)'; } && \
		$(MAKE) libtap.a libsegmenttest.a $(FUZZERS) fuzz/seeds && \
		for f in $(FUZZERS); do $(MKDIR_P) corpus/$${f#fuzz/} || exit; done && \
		fuzz/seeds corpus && \
		cp $(abs_top_srcdir)/tests/data/files/*.vcf corpus/fuzz_tables && \
		{ test ! -d corpus/fuzz_calendar || cp $(abs_top_srcdir)/tests/data/files/*.ics corpus/fuzz_calendar; } && \
		for f in $(FUZZERS); do \
			$$f -max_total_time=$(FUZZ_SECONDS) -max_len=65536 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
				corpus/$${f#fuzz/} || exit; \
		done
.PHONY: fuzz fuzz-run
CLEANFILES += $(FUZZERS) fuzz/seeds
