#!/bin/sh
# What is printed to programs: the same with --json as with --as json, and every name in it stands in the manual.
. "${srcdir:-.}/tests/cli-lib.sh"
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is missing"; exit 0; }
fresh
samvagt add unit name=Forhal >/dev/null 2>&1
samvagt ring new --name Midt >/dev/null 2>&1
mkdir "$dir/stick"
samvagt add organisation name="Røde Kors" >/dev/null 2>&1
samvagt add role name=Guide unit=Forhal min_age=18 >/dev/null 2>&1
samvagt add volunteer given=Bo family=Holm phone=20838797 confidentiality=1/1/2020 roles=Guide max_per_month=1 >/dev/null 2>&1
shift=$(samvagt add shift unit=Forhal role=Guide start="1/12 10" end="1/12 12" need=3 note=Vest --plain 2>/dev/null)
other=$(samvagt add shift unit=Forhal role=Guide start="1/12 11" end="1/12 13" --plain 2>/dev/null)
samvagt assign "$shift" Bo >/dev/null 2>&1
samvagt attendance "$shift" Bo present >/dev/null 2>&1
samvagt assign "$other" Bo --override "same room" >/dev/null 2>&1
samvagt places "$shift" "Røde Kors" 1 >/dev/null 2>&1
printf 'Navn;Telefon;Opgaver\nBo Holm;;Vågevagt\nEva Lund;22334455;Guide\n' >"$dir/people.csv"

# names FILE : the names in JSON that aren't fields of records, once each, that the manual lacks
missing() {
	python3 - "$1" "$srcdir/man/samvagt-json.5" <<'PY'
import json, re, sys
def names(x):
    if isinstance(x, dict):
        for k, v in x.items():
            yield k
            if k != "columns":                 # heading to field
                yield from names(v)
    elif isinstance(x, list):
        for v in x: yield from names(v)
def read():
    try: return json.load(open(sys.argv[1]))
    except ValueError: return {"no-json": 0}
words = set(re.findall(r"\w+", open(sys.argv[2]).read()))
print(" ".join(sorted({n for n in names(read()) if n not in words})))
PY
}

for what in "roster --week 49" "coverage --week 49" "today" "gaps" "candidates $shift" "why $other Bo" "problems --hints" "history" "history shift $shift" \
	"import $dir/people.csv" "add volunteer given=Eva --dry-run" "undo --dry-run" "doctor" "rules" limits "qualification list Bo" "qualification expiring" "check list" "check order" "role gates" "role gates Guide" "role effort Guide" "role sheet Guide" "pause begin Forhal --reason x --dry-run" "pause list" "person receipts" "person retention --dry-run --days 3000" "person audit Bo" "person prints" "person erase Bo --reason wish --dry-run" "person export Bo -o $dir/insight" "person hours Bo --month 2025-11" "round $other" "round $other --next" "round $other --rest" "ring members" sites "sync $dir/stick" "digest --since 1/1" disagreements "ring invite --site Skive -o $dir/skive.svi" fingerprint; do
	# shellcheck disable=SC2086  # one word an argument
	exits "JSON of ${what%% *}" 0 samvagt $what --json
	same "the manual has all its names" "$(missing "$dir/out")" ""
done
for what in "roster --week 49" today gaps "candidates $shift" problems history "list volunteer"; do
	# shellcheck disable=SC2086
	samvagt $what --json >"$dir/json" 2>/dev/null
	# shellcheck disable=SC2086
	exits "${what%% *} --as json" 0 samvagt $what --as json
	cmp -s "$dir/json" "$dir/out"; ok $? "is the same as --json"
done
exits "history" 0 samvagt history --json --max 1
shows "has times as the manual says" '"time": "2025-12-01T09:00"'
finish
