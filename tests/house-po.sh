#!/bin/sh
# Danish is complete: every string of the source is in po/da.po, translated, with nothing left over that looks unsure.
cd "${top_srcdir:-.}" || exit 99
for tool in xgettext msgmerge msgfmt msgattrib; do
	command -v $tool >/dev/null || { echo "1..0 # SKIP $tool is missing"; exit 0; }
done
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
echo 1..3
find base store roster sync export tui cli -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort |
	xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=ngettext:1,2 -f - -o "$dir/samvagt.pot"
msgmerge --quiet --no-fuzzy-matching -o "$dir/da.po" po/da.po "$dir/samvagt.pot"
status=0
if msgfmt --check -o /dev/null po/da.po 2>"$dir/check"; then echo "ok 1 - po/da.po is well-formed"
else echo "not ok 1 - po/da.po is well-formed"; sed 's/^/# /' "$dir/check"; status=1; fi
msgattrib --untranslated --no-obsolete "$dir/da.po" | grep '^msgid' | grep -v '^msgid ""$' >"$dir/missing"
if [ -s "$dir/missing" ]; then echo "not ok 2 - every string has its Danish"; sed 's/^/# /' "$dir/missing" | head -50; status=1
else echo "ok 2 - every string has its Danish"; fi
msgattrib --only-fuzzy --no-obsolete po/da.po | grep '^msgid' | grep -v '^msgid ""$' >"$dir/fuzzy"
if [ -s "$dir/fuzzy" ]; then echo "not ok 3 - no translation is unsure"; status=1; else echo "ok 3 - no translation is unsure"; fi
exit $status
