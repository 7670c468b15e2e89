# tests/cli-lib.sh - what the tests of the command line share: TAP from the shell, a fresh store, a fixed clock.
# Sourced; each script ends with `finish`.
: "${SAMVAGT:=./samvagt}" "${srcdir:=.}"
tests_run=0 tests_failed=0
dir=$(mktemp -d "${TMPDIR:-/tmp}/samvagt-cli-XXXXXX") || exit 99
trap '[ -n "${TEST_KEEP:-}" ] || rm -rf "$dir"' EXIT
export SAMVAGT_NOW=2025-12-01T09:00 SAMVAGT_STORE="$dir/store" XDG_DATA_HOME="$dir/data" XDG_STATE_HOME="$dir/state" XDG_CONFIG_HOME="$dir/config" NO_COLOR=1 COLUMNS=120
unset SAMVAGT_LANG SAMVAGT_PASSPHRASE_FILE

samvagt() { "$SAMVAGT" --lang en "$@"; }

# ok STATUS NAME : STATUS is 0 for passed
ok() {
	tests_run=$((tests_run + 1))
	if [ "$1" -eq 0 ]; then echo "ok $tests_run - $2"; else
		echo "not ok $tests_run - $2"; tests_failed=$((tests_failed + 1)); fi
}

# same NAME GOT WANT
same() {
	[ "$2" = "$3" ]; ok $? "$1"
	[ "$2" = "$3" ] || printf '%s\n' "got:  $2" "want: $3" | sed 's/^/# /'
}

# exits NAME STATUS COMMAND… : runs it, keeps $dir/out and $dir/err
exits() {
	name=$1 want=$2; shift 2
	got=0; "$@" >"$dir/out" 2>"$dir/err" </dev/null || got=$?
	same "$name (exit $want)" "$got" "$want"
	[ "$got" = "$want" ] || sed 's/^/# /' "$dir/err"
}

# says NAME PATTERN : the last command's error output holds it
says() { grep -q -- "$2" "$dir/err"; s=$?; ok $s "$1"; [ $s -eq 0 ] || sed 's/^/# /' "$dir/err"; }
shows() { grep -q -- "$2" "$dir/out"; s=$?; ok $s "$1"; [ $s -eq 0 ] || sed 's/^/# /' "$dir/out" | head -20; }

# refuses NAME STATUS PATTERN COMMAND… : one sentence on stderr that holds the pattern, and nobody's name in it
refuses() {
	name=$1 want=$2 pattern=$3; shift 3
	got=0; "$@" >"$dir/out" 2>"$dir/err" </dev/null || got=$?
	why=
	[ "$got" = "$want" ] || why="exit $got, not $want"
	[ "$(grep -c '^samvagt: ' "$dir/err")" = 1 ] && [ "$(wc -l <"$dir/err")" -eq 1 ] || why="$why; not one sentence"
	grep -q -- "$pattern" "$dir/err" || why="$why; no \"$pattern\""
	! grep -q -e Kvistgaard -e Thyra -e 'Anna Holm' "$dir/err" || why="$why; a name"
	[ -z "$why" ]; ok $? "$name (exit $want)"
	[ -z "$why" ] || { echo "# $why"; sed 's/^/# /' "$dir/err"; }
}

# golden NAME LANG ARGUMENTS… : prints as in the file NAME
golden() {
	name=$1 lang=$2; shift 2
	{ "$SAMVAGT" --lang "$lang" "$@" </dev/null; echo "exit $?"; } >"$dir/$name" 2>&1
	golden=$srcdir/tests/golden/cli
	if [ "${SAMVAGT_GOLDEN:-}" = update ]; then mkdir -p "$golden" && cp "$dir/$name" "$golden/$name"; fi
	diff -u "$golden/$name" "$dir/$name" >"$dir/diff" 2>&1
	s=$?
	ok $s "$name is as it was"
	[ $s -eq 0 ] || sed 's/^/# /' "$dir/diff" | head -30
}

# shut_in NAME HELPER… : while it waits for its order a helper program has no way to new rights, and a filter where it
# was built with one
shut_in() {
	name=$1; shift
	for program; do :; done
	mkfifo "$dir/fifo"
	"$@" <"$dir/fifo" >/dev/null 2>&1 & helper=$!
	exec 8>"$dir/fifo"
	i=0
	while ! grep -q '^NoNewPrivs:.1' "/proc/$helper/status" 2>/dev/null && [ $i -lt 100 ]; do i=$((i + 1)); sleep 0.1; done
	grep -q '^NoNewPrivs:.1' "/proc/$helper/status"; ok $? "$name"
	if ldd "$program" | grep -q libseccomp && ! ldd "$program" | grep -q libasan; then
		i=0
		while ! grep -q '^Seccomp:.2' "/proc/$helper/status" && [ $i -lt 100 ]; do i=$((i + 1)); sleep 0.1; done
		grep -q '^Seccomp:.2' "/proc/$helper/status"; ok $? "and a filter says what it may ask of the system"
	else
		ok 0 "# SKIP built without a filter"
	fi
	exec 8>&-
	wait "$helper" 2>/dev/null || :
	rm -f "$dir/fifo"
}

fresh() { rm -rf "$SAMVAGT_STORE"; samvagt init --site Viborg --name "Anna Holm" --no-passphrase >/dev/null 2>&1; }

# alone FORMAT HELPER PACKAGE : a program without its helper says which package brings it; then the helper of this build
# is found again
alone() {
	export SAMVAGT_LIBEXEC="$dir/nothing"
	cp "$SAMVAGT" "$dir/alone" 2>/dev/null
	if "$dir/alone" --lang en roster --as "$1" -o "$dir/x.$1" 2>/dev/null; then
		ok 0 "# SKIP a $2 is installed on this machine"
	else
		exits "without the helper the program says what to install" 78 "$dir/alone" --lang en roster --as "$1" -o "$dir/x.$1"
		says "by name" "$3"
		[ ! -e "$dir/x.$1" ]; ok $? "and no file is left"
	fi
	export SAMVAGT_LIBEXEC="${top_builddir:-.}"
	if [ ! -x "$SAMVAGT_LIBEXEC/$2" ]; then echo "1..$tests_run # the rest is skipped: $2 isn't built here"; exit $tests_failed; fi
}

finish() { echo "1..$tests_run"; [ "$tests_failed" -eq 0 ]; exit $?; }
