#!/bin/sh
# What stands on the pages of a PDF is what stands in the text: compared by pdftotext, page by page. The helper that
# makes them is also given what it should refuse.
. "${srcdir:-.}/tests/cli-lib.sh"
pdf=${top_builddir:-.}/samvagt-pdf
export SAMVAGT_LIBEXEC="${top_builddir:-.}" XDG_CACHE_HOME="$dir/cache" PYTHONIOENCODING=utf-8

fresh
alone pdf samvagt-pdf libpango1.0-dev
for tool in pdftotext pdfinfo python3; do
	command -v $tool >/dev/null || { echo "ok $((tests_run + 1)) # SKIP $tool is missing"; tests_run=$((tests_run + 1)); finish; }
done

data=$srcdir/tests/data/viborg
samvagt import "$data"/enheder.csv "$data"/frivillige.csv "$data"/opgaver.csv "$data"/organisationer.csv \
	"$data"/vagter.csv "$data"/vagtplan_uge49.csv --yes >/dev/null 2>&1

# words FILE : one a line. A no-break space is a blank, and what is broken at a hyphen is joined.
words() { python3 -c '
import re, sys
t = open(sys.argv[1], encoding="utf-8").read().replace("\u00a0", " ").replace("\f", "\n")
print("\n".join(sorted(re.sub(r"-\n", "-", t).split())))' "$1"; }

# covers NAME LANG ARGUMENTS… : each word of each cell of the CSV is on the pages, at least as often
covers() {
	name=$1 lang=$2; shift 2
	"$SAMVAGT" --lang "$lang" "$@" --as csv >"$dir/sheet.csv" 2>"$dir/err"
	"$SAMVAGT" --lang "$lang" "$@" --as pdf -o "$dir/sheet.pdf" 2>"$dir/err" || sed 's/^/# /' "$dir/err"
	pdftotext -layout "$dir/sheet.pdf" "$dir/sheet.txt" 2>/dev/null
	why=$(python3 - "$dir/sheet.csv" "$dir/sheet.txt" <<'PY'
import collections, csv, re, sys
def words(t): return collections.Counter(re.findall(r"\w+", t.replace("\u00a0", " "), re.U))
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig"), delimiter=";"))
first = 1 if len(sys.argv) > 3 else 0
want = words(" ".join(" ".join(r[1:] if len(r) > 7 and i else r[1:]) for i, r in enumerate(rows)))
have = words(open(sys.argv[2], encoding="utf-8").read())
gone = {w: n - have[w] for w, n in want.items() if have[w] < n}
print(sum(want.values()) < 20 and "almost nothing to compare" or "", gone or "")
PY
)
	[ -z "$(echo $why)" ]; ok $? "$name: every word of the sheet is on the pages"
	[ -z "$(echo $why)" ] || echo "# $why"
}
covers "a week's roster" da roster --week 2025-W49
covers "open places" en gaps --from 1/12 --to 7/12
covers "coverage day by day" da coverage --week 2025-W49 --layout list
covers "volunteers" da list volunteer
covers "the limits" da limits

"$SAMVAGT" --lang da roster --week 2025-W49 --as pdf -o "$dir/a.pdf"
"$SAMVAGT" --lang da roster --week 2025-W49 --as pdf -o "$dir/b.pdf"
cmp -s "$dir/a.pdf" "$dir/b.pdf"; ok $? "the same roster twice is the same bytes"
pages=$(pdfinfo "$dir/a.pdf" | sed -n 's/^Pages: *//p')
[ "$pages" -gt 1 ]; ok $? "a week has several pages ($pages)"
pdfinfo "$dir/a.pdf" | grep -q '^Page size:.*A4'; ok $? "of A4"
pdfinfo "$dir/a.pdf" | grep -q '^Title: *Vagtplan uge 49$'; ok $? "with a title"
why=
for i in $(seq "$pages"); do
	pdftotext -f "$i" -l "$i" "$dir/a.pdf" "$dir/page"
	for w in Tid Sted Opgave Behov Frivillige "side $i af $pages" "Skal makuleres senest"; do
		grep -q "$w" "$dir/page" || why="$why page $i: $w;"
	done
done
[ -z "$why" ]; ok $? "each page says which column is what, its number, and when to shred it"
[ -z "$why" ] || echo "# missing: $why"
pdftotext -f 2 -l 2 "$dir/a.pdf" "$dir/page"
sed -n 1,20p "$dir/page" | grep -q '(fortsat)'; ok $? "and which day goes on"
exits "nobody gets a PDF by a terminal's JSON switch" 0 samvagt list volunteer --json
"$SAMVAGT" --lang en list unit --where name=ingenting --as pdf -o "$dir/none.pdf"
pdftotext "$dir/none.pdf" - | grep -q "Nothing to show"; ok $? "an empty sheet says so"

# ---- an agreement as a paper, which comes back and is found by its code
samvagt agreement new Frivilligaftale "Sandra Hjorth" >/dev/null 2>"$dir/err"
id=$(samvagt list agreement --plain 2>/dev/null | head -n 1 | cut -f1)
exits "an agreement is written out" 0 samvagt agreement export "$id" -o "$dir/out.d"
shows "with a PDF" "$id.pdf"
"$SAMVAGT" --lang en agreement show "$id" --as pdf >"$dir/sign.pdf"
"$SAMVAGT" person prints --plain 2>/dev/null | grep -q 'volunteer agreement'; ok $? "and it stands among what is on paper"
for paper in "$dir/sign.pdf" "$dir/out.d/$id.pdf"; do
	pdftotext "$paper" "$paper.text"
	sed '/Ordlydens kode/q' "$paper.text" >"$paper.head"
done
cmp -s "$dir/sign.pdf.head" "$dir/out.d/$id.pdf.head"; ok $? "show --as pdf is the same paper"
grep -q minisign "$dir/out.d/$id.pdf.text" && ! grep -q minisign "$dir/sign.pdf.text"
ok $? "only the one that is written out tells of a digital signature"
samvagt agreement show "$id" --plain 2>/dev/null >"$dir/plain.txt"
pdftotext -layout "$dir/out.d/$id.pdf" "$dir/paper.txt"
sed 's/^ *//; s/ *$//; /^$/d' "$dir/plain.txt" >"$dir/lines"
sed 's/^[[:space:]]*//; s/ *$//; /^$/d' "$dir/paper.txt" >"$dir/paper-lines"
missing=$(grep -vxFf "$dir/paper-lines" "$dir/lines")
[ -s "$dir/lines" ] && [ -z "$missing" ]; ok $? "each line of the text is a line on the paper"
[ -z "$missing" ] || echo "# $missing" | head -5
grep -q "minisign.*$id.txt" "$dir/paper.txt"; ok $? "the paper says what a digital signature is over"
code=$(sed -n 's/^Ordlydens kode: //p' "$dir/plain.txt")
if command -v zbarimg >/dev/null && command -v pdftoppm >/dev/null; then
	pdftoppm -r 120 -f 1 -l 1 -gray "$dir/out.d/$id.pdf" >"$dir/page.pgm"
	scan=$(zbarimg --nodbus --raw -q "$dir/page.pgm" 2>/dev/null)
	same "a scanner reads the agreement and its wording" "$scan" "samvagt:$id:$code"
else
	scan=samvagt:$id:$code
	ok 0 "# SKIP zbarimg or pdftoppm is missing"
fi
exits "what it types finds the agreement" 0 samvagt agreement show "$scan" --plain
cmp -s "$dir/out" "$dir/plain.txt"; ok $? "that one"
[ ! -s "$dir/err" ]; ok $? "without a word"
exits "as a Danish keyboard has it, too" 0 samvagt agreement show "$(echo "$scan" | sed 's/:/Æ/g; s/-/+/g' | tr a-z A-Z)" --plain
cmp -s "$dir/out" "$dir/plain.txt"; ok $? "the same one"
exits "a paper with another wording" 0 samvagt agreement show "samvagt:$id:bbbb-cccc-dd"
says "is told" "the paper has the wording bbbb-cccc-dd; the agreement has $code"
refuses "a paper of another store" 66 . samvagt agreement show "samvagt:01890000-0000-7000-8000-000000000001:$code"

# ---- the helper by itself
# order NAME STATUS JSON : what it makes of that
order() {
	printf '%s' "$3" >"$dir/order.json"
	exits "$1" "$2" sh -c '"$1" <"$2" >"$3"' - "$pdf" "$dir/order.json" "$dir/made.pdf"
}
export SOURCE_DATE_EPOCH=86400
order "the least that is a sheet" 0 '{"sheet": {"columns": [{}]}}'
pdfinfo -isodates "$dir/made.pdf" | grep -q '^CreationDate: *1970-01-02'; ok $? "the day is SOURCE_DATE_EPOCH's"
order "the least that is a letter" 0 '{"sheet": {"face": "letters", "columns": [{"part": "text"}], "rows": [{"cells": [{}]}]}}'
order "nothing" 65 ''
order "no JSON" 65 '{"sheet": '
order "neither" 65 '{}'
order "a face that isn't one" 65 '{"sheet": {"columns": [{}], "face": "moon"}}'
order "cards that don't fit on the paper" 65 '{"sheet": {"columns": [{}], "face": "cards", "cards": {"across": 4}}}'
order "a chart of a column that isn't there" 65 '{"sheet": {"columns": [{}], "charts": [{"title": "t", "label": 0, "value": 1}]}}'
order "a date that isn't one" 65 '{"sheet": {"columns": [{}], "rows": [{"cells": [{"kind": "date", "value": "2025-02-30"}]}]}}'
order "no columns" 65 '{"sheet": {"columns": []}}'
order "too few cells" 65 '{"sheet": {"columns": [{}, {}], "rows": [{"cells": [{}]}]}}'
order "a mark that isn't one" 65 '{"sheet": {"columns": [{}], "rows": [{"cells": [{"mark": "red"}]}]}}'
says "is named" "mark"
order "a title that is a number" 65 '{"sheet": {"title": 7, "columns": [{}]}}'
[ ! -s "$dir/made.pdf" ]; ok $? "what is refused makes no file"
order "a QR code for more than any holds" 65 "{\"sheet\": {\"face\": \"letters\", \"columns\": [{\"part\": \"code\"}],
	\"rows\": [{\"cells\": [{\"text\": \"$(head -c 400 /dev/zero | tr '\0' x)\"}]}]}}"
order "control characters" 0 '{"sheet": {"columns": [{}], "rows": [{"cells": [{"text": "a\u0001b\u001b[31m\u2028c"}]}]}}'
printf '<fontconfig/>' >"$dir/no-fonts"
FONTCONFIG_FILE="$dir/no-fonts" exits "no font at all" 78 samvagt roster --week 2025-W49 --as pdf -o "$dir/y.pdf"
says "which package helps" "fonts-dejavu-core"
python3 - >"$dir/long.json" <<'PY'
import json
cells = ["linje %d" % i for i in range(300)]
json.dump({"sheet": {"title": "Lang", "columns": [{"title": "A"}, {"title": "B"}],
	"rows": [{"kind": "group", "cells": [{"text": "Gruppe"}]}, {"kind": "data", "cells": [{"text": "\n".join(cells)}, {"text": "x" * 400}]}]}}, open("/dev/stdout", "w"))
PY
"$pdf" <"$dir/long.json" >"$dir/long.pdf"; pdftotext "$dir/long.pdf" "$dir/long.txt"
same "a cell higher than a page goes on, whole and in order" \
	"$(grep -oE '^linje [0-9]+' "$dir/long.txt" | tr '\n' ' ')" "$(seq -f 'linje %g' 0 299 | tr '\n' ' ')"
same "a word wider than its column is broken, not cut" "$(tr -cd x <"$dir/long.txt" | wc -c)" 400

# while it reads, it is shut in already
shut_in "the helper can't come by new rights" "$pdf"

# what is broken in every way that chance finds is refused, or printed, and never ends in a fault
why=$(PYTHONPATH="$srcdir/tests" python3 -B - "$pdf" <<'PY'
import json, sys
import orders
text = json.dumps({"sheet": {"title": "Æ", "period": "p", "columns": [{"title": "A", "align": "right"}, {"title": "B"}],
	"rows": [{"kind": k, "cells": [{"text": "ø", "mark": m}] * (1 if k == "group" else 2)} for k in ("group", "data", "total") for m in ("gap", "cancelled")],
	"notes": ["n"]}, "words": {"page": "{page}"}}, ensure_ascii=False)
columns = ("address", "heading", "text", "wording", "sign", "sign", "code")
letter = json.dumps({"sheet": {"title": "t", "face": "letters", "made": "f", "columns": [{"title": "A", "part": p} for p in columns], "rows": [
	{"kind": "data", "cells": [{"text": t} for t in ("A\nB", "H\nx", "Y", "A\n\n1. B\nc\n\n\nD", "f", "ø", "samvagt:1")]}] * 2}})
cards = json.dumps({"sheet": {"title": "t", "face": "cards", "columns": [{"title": "A"}, {}], "cards": {"across": 2, "down": 5, "width": 850, "height": 540,
	"left": 150, "top": 135, "gap_x": 100, "gap_y": 0, "badge": True}, "rows": [{"kind": "data", "cells": [{"text": "ø"}, {"text": "x"}]}] * 11}})
poster = json.dumps({"sheet": {"title": "t", "face": "poster", "paper": "a3", "columns": [{"title": "A"}, {}], "notes": ["x"], "charts": [{"title": "A", "label": 0,
	"value": 1}], "rows": [{"kind": "data", "cells": [{"text": "ø"}, {"text": "7", "kind": "minutes", "value": 7}]}] * 3}})
chart = poster.replace("\"poster\"", "\"table\"")
parts = ["\"A\"", "\"ø\"", "\"right\"", "\"data\"", "[", "\"x\"", "\"f\"", "850", "1", "7"]
def is_whole(b): return b.startswith(b"%PDF")
print(orders.Orders(49, [text, letter, cards, poster, chart], parts, stray_bytes=True).complain(sys.argv[1], 250, is_whole))
PY
) || why="they weren't tried to the end"
[ -z "$why" ]; ok $? "orders that are broken by chance"
[ -z "$why" ] || echo "# $why"
finish
