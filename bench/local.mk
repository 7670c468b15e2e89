# Benchmarks are built and run on demand only: make bench. See bench/README.md.
BENCH_MEASURE = bench/measure.c bench/measure.h
BENCH_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS) $(LMDB_CFLAGS) $(SQLITE_CFLAGS)
BENCH_LIBS = libdemo.a libroster.a libstore.a libbase.a $(UTF8PROC_LIBS) $(SODIUM_LIBS) $(LMDB_LIBS) $(UUID_LIBS) $(ZSTD_LIBS) $(SQLITE_LIBS)
BENCHES = bench/bench_store bench/bench_data bench/bench_screen bench/bench_commands
EXTRA_PROGRAMS = $(BENCHES)
EXTRA_DIST += bench/README.md bench/RESULTS.md

bench_bench_store_SOURCES = bench/bench_store.c $(BENCH_MEASURE)
bench_bench_store_CPPFLAGS = $(BENCH_CPPFLAGS)
bench_bench_store_LDADD = $(BENCH_LIBS)
bench_bench_data_SOURCES = bench/bench_data.c $(BENCH_MEASURE)
bench_bench_data_CPPFLAGS = $(BENCH_CPPFLAGS)
bench_bench_data_LDADD = $(BENCH_LIBS)
bench_bench_screen_SOURCES = bench/bench_screen.c $(BENCH_MEASURE)
bench_bench_commands_SOURCES = bench/bench_commands.c $(BENCH_MEASURE)

# BENCH_DIR: a folder on the disk to be measured; some 1.4 GB are written there.
BENCH_DIR = $(abs_top_builddir)/bench/data
CLEANFILES += $(BENCHES) bench/results.new

bench: samvagt $(BENCHES)
	@$(MKDIR_P) '$(BENCH_DIR)'
	@{ bench/bench_store --machine && \
	bench/bench_store '$(BENCH_DIR)' && \
	bench/bench_data '$(BENCH_DIR)' && \
	bench/bench_screen '$(abs_top_builddir)/samvagt' '$(BENCH_DIR)' && \
	bench/bench_commands '$(abs_top_builddir)/samvagt' '$(BENCH_DIR)'; } | tee bench/results.new
	@rm -rf '$(BENCH_DIR)'
.PHONY: bench
