check_PROGRAMS += tests/t_demo
TESTS += tests/t_demo
tests_t_demo_SOURCES = tests/t_demo.c
tests_t_demo_LDADD = libdemo.a libstoretest.a libtap.a $(TESTLIBS_EXPORT)
CLI_TESTS = tests/cli-golden.sh tests/cli-print.sh tests/cli-asked.sh tests/cli-attend.sh tests/cli-agreement.sh tests/cli-care.sh tests/cli-person.sh tests/cli-insight.sh tests/cli-pdf.sh tests/cli-xlsx.sh tests/cli-frames.sh tests/cli-round.sh tests/cli-fill.sh tests/cli-week.sh tests/cli-errors.sh tests/cli-json.sh tests/cli-passphrase.sh tests/cli-ring.sh tests/cli-disagree.sh tests/cli-sync.sh tests/cli-fork.sh tests/cli-man.sh \
	tests/cli-faults.sh tests/cli-kill.sh tests/cli-disk.sh tests/cli-stick.sh
TESTS += $(CLI_TESTS)
dist_check_SCRIPTS += $(CLI_TESTS)
TESTS += tests/cli-series.sh tests/cli-files.sh
dist_check_SCRIPTS += tests/cli-series.sh tests/cli-files.sh
EXTRA_DIST += tests/cli-lib.sh tests/cli-mount.sh tests/orders.py tests/rfc5545.py tests/schema.py tests/data/files
TESTS += tests/cli-readme.sh
dist_check_SCRIPTS += tests/cli-readme.sh
