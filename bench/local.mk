# Benchmarks are built and run on demand only: make bench. See bench/README.md.
BENCH_MEASURE = bench/measure.c bench/measure.h
BENCH_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS) $(LMDB_CFLAGS) $(SQLITE_CFLAGS)
BENCH_LIBS = libdemo.a libexport.a libsync.a libroster.a libfill.a libstore.a libbase.a $(UTF8PROC_LIBS) $(SODIUM_LIBS) $(LMDB_LIBS) $(UUID_LIBS) $(ZSTD_LIBS) $(SQLITE_LIBS)
BENCHES = bench/bench_store bench/bench_data bench/bench_screen bench/bench_commands
EXTRA_PROGRAMS = $(BENCHES) bench/bench_sync bench/sync/sessions bench/bench_segment
EXTRA_DIST += bench/README.md bench/RESULTS.md bench/sync/RESULTS.md

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
CLEANFILES += $(BENCHES) bench/bench_segment bench/bench_sync bench/sync/sessions bench/results.new

bench: samvagt $(BENCHES)
	@$(MKDIR_P) '$(BENCH_DIR)'
	@{ bench/bench_store --machine && \
	bench/bench_store '$(BENCH_DIR)' && \
	bench/bench_data '$(BENCH_DIR)' && \
	bench/bench_screen '$(abs_top_builddir)/samvagt' '$(BENCH_DIR)' && \
	bench/bench_commands '$(abs_top_builddir)/samvagt' '$(BENCH_DIR)'; } | tee bench/results.new
	@rm -rf '$(BENCH_DIR)'
.PHONY: bench

# The sync benchmark. SYNC_WORK: what is fetched and written, several GB at full size. SYNC_FLAGS: see bench/sync/run
# --help.
SYNC_WORK = $(abs_top_builddir)/bench/sync/work
SYNC_FLAGS =
SYNC_PEERS = automerge.mjs crsqlite.mjs document.mjs fossil.py git.py lib.mjs lines.py loro.mjs pouchdb.mjs probes.mjs tools.py yjs.mjs
EXTRA_DIST += bench/sync/run bench/sync/oracle.py bench/sync/table.py bench/sync/watch.py bench/sync/workload.py \
	$(SYNC_PEERS:%=bench/sync/peers/%)
SYNC_SCRIPT = bench/sync/script.c bench/sync/script.h
bench_bench_sync_SOURCES = bench/bench_sync.c bench/sync/apply.c bench/sync/apply.h bench/sync/harm.c bench/sync/harm.h \
	$(SYNC_SCRIPT) $(BENCH_MEASURE)
bench_bench_sync_CPPFLAGS = $(BENCH_CPPFLAGS)
bench_bench_sync_LDADD = libsync.a $(BENCH_LIBS)
bench_sync_sessions_SOURCES = bench/sync/sessions.c $(SYNC_SCRIPT) $(BENCH_MEASURE)
bench_sync_sessions_CPPFLAGS = $(BENCH_CPPFLAGS)
bench_sync_sessions_LDADD = libbase.a $(SQLITE_LIBS)

# Segments and snapshots by themselves, of the same script.
bench_bench_segment_SOURCES = bench/bench_segment.c $(SYNC_SCRIPT) $(BENCH_MEASURE)
bench_bench_segment_LDADD = libsync.a $(BENCH_LIBS) -lm
bench-segment: bench/bench_segment
	@$(MKDIR_P) '$(SYNC_WORK)/segment'
	@PYTHONDONTWRITEBYTECODE=1 PYTHONPATH='$(top_srcdir)/bench/sync' python3 -c \
		'import sys, workload; workload.make(sys.argv[1], 1, 5000)' '$(SYNC_WORK)/segment'
	@WORKLOAD='$(SYNC_WORK)/segment' bench/bench_segment
.PHONY: bench-segment

bench-sync:
	-@$(MAKE) $(AM_MAKEFLAGS) -k bench/bench_sync bench/sync/sessions
	@$(top_srcdir)/bench/sync/run --build '$(abs_top_builddir)' --work '$(SYNC_WORK)' $(SYNC_FLAGS)
.PHONY: bench-sync

# The engine that fills gaps, beside cbc and HiGHS where they are. FILL_FLAGS: see bench/fill/run --help.
FILL_WORK = $(abs_top_builddir)/bench/fill/made
FILL_FLAGS =
EXTRA_PROGRAMS += bench/bench_fill
EXTRA_DIST += bench/fill/run bench/fill/lp.py bench/fill/RESULTS.md
CLEANFILES += bench/bench_fill
bench_bench_fill_SOURCES = bench/bench_fill.c tests/filltest.c tests/fillmake.c tests/fillcheck.c
bench_bench_fill_LDADD = libfill.a libbase.a $(UTF8PROC_LIBS) $(SODIUM_LIBS)
bench-fill: bench/bench_fill
	@$(top_srcdir)/bench/fill/run --build '$(abs_top_builddir)' --work '$(FILL_WORK)' $(FILL_FLAGS)
.PHONY: bench-fill

# Rosters of the public benchmarks. ROTA_FOLDER: the folder in which they are. ROTA_FLAGS: see bench/fill/rota-run
# --help.
ROTA_FOLDER =
ROTA_FLAGS =
ROTA_READ = bench/rota_read.c bench/rota_read.h bench/rota_read_priv.h bench/rota_read_inrc.c bench/rota_read_inrc2.c bench/rota_read_nrp.c
bench_bench_rota_SOURCES = bench/bench_rota.c $(ROTA_READ)
bench_bench_rota_LDADD = libfill.a libbase.a $(UTF8PROC_LIBS) $(SODIUM_LIBS)
EXTRA_DIST += bench/fill/rota-run bench/fill/rota-known.csv bench/rota_check.py
bench-rota: bench/bench_rota
	@ROTA_FOLDER='$(ROTA_FOLDER)' $(top_srcdir)/bench/fill/rota-run --build '$(abs_top_builddir)' $(ROTA_FLAGS)
.PHONY: bench-rota
