#!/bin/sh
# The README stays true: every file that it names is there, every dependency is one that configure asks for, every
# command exists.
cd "${top_srcdir:-.}" || exit 99
n=0 status=0
ok() { n=$((n + 1)); if [ -z "$2" ]; then echo "ok $n - $1"; else echo "not ok $n - $1"; echo "$2" | sed 's/^/# missing: /'; status=1; fi; }
missing=
for f in $(grep -oE '`?(base|fill|store|roster|sync|export|tui|cli|model|fuzz|bench|doc|tests|po)/[a-z_-]+\.(def|h|c|md|sh|po|svg|list)' README.md | tr -d '`' | sort -u); do
	[ -e "$f" ] || missing="$missing $f"
done
ok "the files that the README names are there" "$missing"
missing=
for c in $(sed -nE 's/^    (words=\$\()?samvagt (-s [a-z]+ )?([a-z]+).*/\3/p' README.md | sort -u); do
	grep -q "^	{\"$c\"" cli/commands.c || missing="$missing $c"
done
ok "the commands that the README shows exist" "$missing"
missing=
for l in ncursesw lmdb uuid libsodium libutf8proc libzstd jansson csv.h; do
	grep -q "$l" configure.ac || missing="$missing $l"
done
ok "configure asks for each library of the table" "$missing"
echo "1..$n"
exit $status
