#!/bin/sh
# A roster as a spreadsheet's own file, and the helper that makes it: what it refuses, and what it may not do. That the
# cells are the same as in all other formats is shown by tests/formats.sh.
. "${srcdir:-.}/tests/cli-lib.sh"
xlsx=${top_builddir:-.}/samvagt-xlsx
export PYTHONIOENCODING=utf-8

fresh
export SAMVAGT_LIBEXEC="$dir/nothing"
cp "$SAMVAGT" "$dir/alone" 2>/dev/null
if "$dir/alone" --lang en roster --as xlsx -o "$dir/x.xlsx" 2>/dev/null; then
	ok 0 "# SKIP a samvagt-xlsx is installed on this machine"
else
	exits "without the helper the program says what to install" 78 "$dir/alone" --lang en roster --as xlsx -o "$dir/x.xlsx"
	says "by name" "libxlsxwriter-dev"
	[ ! -e "$dir/x.xlsx" ]; ok $? "and no file is left"
fi
export SAMVAGT_LIBEXEC="${top_builddir:-.}"
if [ ! -x "$xlsx" ]; then echo "1..$tests_run # the rest is skipped: samvagt-xlsx isn't built here"; exit $tests_failed; fi
command -v python3 >/dev/null || { ok 0 "# SKIP python3 is missing"; finish; }

data=$srcdir/tests/data/viborg
samvagt import "$data"/enheder.csv "$data"/frivillige.csv "$data"/opgaver.csv "$data"/organisationer.csv \
	"$data"/vagter.csv "$data"/vagtplan_uge49.csv --yes >/dev/null 2>&1

# part FILE NAME : one part of it, on one line
part() { python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())' "$1" "$2" >"$dir/part"; }
holds() { grep -qF -- "$2" "$dir/part"; ok $? "$1"; }

exits "a roster is written" 0 "$SAMVAGT" --lang da roster --week 2025-W49 --as xlsx -o "$dir/a.xlsx"
exits "the name of the file says what it is" 0 "$SAMVAGT" --lang da roster --week 2025-W49 -o "$dir/b.xlsx"
cmp -s "$dir/a.xlsx" "$dir/b.xlsx"; ok $? "the same roster twice is the same bytes"
part "$dir/a.xlsx" xl/worksheets/sheet1.xml
holds "its headings stay in sight" 'state="frozen"'
holds "and filter" '<autoFilter ref="A1:'
holds "it is as wide as the page" 'fitToPage="1"'
holds "each printed page says its number, and when to shred it" '&amp;Rside &amp;P af &amp;N'
part "$dir/a.xlsx" xl/workbook.xml
holds "headings are printed on each page" '_xlnm.Print_Titles'
part "$dir/a.xlsx" docProps/core.xml
holds "it has a title" '<dc:title>Vagtplan uge 49</dc:title>'
holds "and says which site made it" '<dc:creator>Viborg</dc:creator>'
holds "and when" '2025-12-01T09:00:00Z</dcterms:created>'
"$SAMVAGT" person prints --plain 2>/dev/null | grep -q 'Vagtplan'; ok $? "it stands among what left the program"

# order NAME STATUS JSON : what the helper makes of that
order() {
	printf '%s' "$3" >"$dir/order.json"
	exits "$1" "$2" sh -c '"$1" <"$2" >"$3"' - "$xlsx" "$dir/order.json" "$dir/made.xlsx"
}
order "the least that is a sheet" 0 '{"sheet": {"columns": [{}]}}'
order "nothing" 65 ''
order "no columns" 65 '{"sheet": {"columns": []}}'
order "a number that isn't one" 65 '{"sheet": {"columns": [{}], "rows": [{"cells": [{"kind": "int", "value": "7"}]}]}}'
order "a cell that no spreadsheet can hold" 65 "{\"sheet\": {\"columns\": [{}], \"rows\": [{\"cells\": [{\"text\": \"$(head -c 40000 /dev/zero | tr '\0' x)\"}]}]}}"
[ ! -s "$dir/made.xlsx" ]; ok $? "what is refused makes no file"
exits "it takes no arguments" 64 "$xlsx" x
order "a formula, a link and a number as texts" 0 '{"sheet": {"columns": [{}], "rows": [{"cells": [{"text": "=1+1"}]}, {"cells": [{"text": "http://x.dk"}]}, {"cells": [{"text": "007"}]}]}}'
part "$dir/made.xlsx" xl/worksheets/sheet1.xml
[ "$(grep -o 't="s"' "$dir/part" | wc -l)" -eq 3 ] && ! grep -q '<f>\|hyperlink' "$dir/part"; ok $? "stay texts"

# it reads, reckons and writes to what is open; nowhere else
mkdir "$dir/tmp"
shut_in "it can't come by new rights" env TMPDIR="$dir/tmp" "$xlsx"
if command -v strace >/dev/null && strace -o "$dir/trace" true 2>/dev/null; then
	strace -f -e trace=openat,open,creat -o "$dir/trace" "$xlsx" <"$dir/order.json" >/dev/null 2>&1
	! grep -E 'O_(WRONLY|RDWR|CREAT)' "$dir/trace"; ok $? "it opens no file for writing, not even one that it would remove"
else
	ok 0 "# SKIP strace is missing, or may not look"
fi

# what is broken in every way that chance finds is refused, or made, and never ends in a fault
why=$(PYTHONPATH="$srcdir/tests" python3 -B - "$xlsx" <<'PY'
import io, json, sys, zipfile
import orders
kinds = (("int", 7), ("date", "2025-12-03"), ("datetime", "2025-12-03T08:00"), ("time", "24:00"), ("minutes", -30), ("minutes", 1565))
text = json.dumps({"sheet": {"title": "[Æ]", "period": "p & q", "paper": "a3", "columns": [{"title": "A", "align": "right"}, {"title": "B"}], "notes": ["n"],
	"charts": [{"title": "A", "label": 0, "value": 1}], "rows": [{"kind": r, "cells": [{"text": "ø", "mark": "gap"}, {"text": "x", "kind": k, "value": v}][:1 if r == "group" else 2]}
	for r in ("group", "data", "total") for k, v in kinds]}, "author": "V", "created": "2025-12-01T08:00", "words": {"page": "{page} {pages}", "shred": "s"}}, ensure_ascii=False)
parts = ["\"A\"", "\"ø\"", "\"right\"", "\"data\"", "7", "-30", "\"24:00\"", "\"2025-12-03\"", "0", "1"]
def is_whole(b): return zipfile.ZipFile(io.BytesIO(b)).testzip() is None
print(orders.Orders(50, [text], parts, ["99999999999999999999"]).complain(sys.argv[1], 150, is_whole))
PY
) || why="they weren't tried to the end"
[ -z "$why" ]; ok $? "orders that are broken by chance"
[ -z "$why" ] || echo "# $why"
finish
