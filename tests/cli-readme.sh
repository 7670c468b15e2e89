#!/bin/sh
# What the README shows can be typed: each of its commands runs, in its order, on the spreadsheets of a hospital. It is
# only said here what no test may do or can know: ask for a passphrase or a word, print on paper, guess an id.
. "${srcdir:-.}/tests/cli-lib.sh"
case $SAMVAGT in /*) ;; *) SAMVAGT=$PWD/$SAMVAGT ;; esac
SAMVAGT_LIBEXEC=$(cd "${top_builddir:-.}" && pwd); export SAMVAGT_LIBEXEC
readme=$(cd "$srcdir" && pwd)/README.md data=$(cd "$srcdir/tests/data/viborg" && pwd)
mkdir "$dir/desk" && cd "$dir/desk" && cp "$data"/*.csv . || exit 99

# as_typed LINE : the same without what is said of it, and with what is known only here
as_typed() {
	echo "$1" | sed -e 's/[[:space:]]\{1,\}#.*//' -e 's/"Anna Holm"$/& --no-passphrase/' -e 's/--reason wish$/& --yes/' \
		-e "s/ ID / $agreement /" \
		-e "s/attend [0-9a-f.]* /attend $code /"
}

sed -n 's/^    \(samvagt .*\|words=$(samvagt .*\|mkdir .*\)/\1/p' "$readme" >"$dir/lines"
while read -r line <&3; do
	agreement=$(samvagt agreement list --plain 2>/dev/null | head -n 1 | cut -f1)
	code=$(samvagt attend "1/12 8-11 forhal" 2>/dev/null | sed -n 's/.* · \([0-9a-f]*\.[0-9a-f]*\)$/\1/p')
	command=$(as_typed "$line")
	case $command in
	samvagt) continue ;;                      # the screen
	*--printer*) command="$command --dry-run" ;;
	esac
	got=0; eval "$command" >"$dir/out" 2>"$dir/err" </dev/null || got=$?
	if [ "$got" -eq 78 ]; then ok 0 "# SKIP a helper program isn't built here: $line"; continue; fi
	[ "$got" -eq 0 ]; s=$?; ok $s "$line"
	[ $s -eq 0 ] || { echo "# exit $got of: $command"; sed 's/^/# /' "$dir/err"; }
done 3<"$dir/lines"
[ "$tests_run" -gt 60 ]; ok $? "that was all of it"
finish
