#!/bin/sh
# A coordinator's own spreadsheets in, this week's roster out: the same people in the same places.
. "${srcdir:-.}/tests/cli-lib.sh"
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is missing"; exit 0; }
data=$srcdir/tests/data/viborg

exits "make a store" 0 samvagt init --site Viborg --name "Anna Holm" --no-passphrase
exits "a preview writes nothing" 0 samvagt import "$data"/*.csv
says "and says so" "nothing was written"
exits "import everything at once" 0 samvagt import "$data"/*.csv --yes
exits "importing again changes nothing" 0 samvagt import "$data"/*.csv --yes
says "and says so" "nothing to change"
exits "the week as JSON" 0 samvagt roster --week 2025-W49 --json
cp "$dir/out" "$dir/week.json"

python3 - "$data/vagtplan_uge49.csv" "$dir/week.json" >"$dir/cells" <<'PY'
import csv, json, re, sys
from datetime import date, timedelta
def minutes(t):
    h, _, m = t.replace(".", ":").partition(":")
    return int(h) * 60 + int(m or 0)
def fits(short, full):
    short, full = short.lower().rstrip("."), full.lower()
    parts = short.split()
    if len(parts) > 1 and len(parts[-1]) == 1:
        return full.startswith(" ".join(parts[:-1]) + " " + parts[-1])
    return full == short or full.startswith(short + " ")
shifts = {}
for s in json.load(open(sys.argv[2]))["shifts"]:
    start = s["start"]
    day = date.fromisoformat(start[:10])
    key = (s["unit"], day, minutes(start[11:16]))
    assert key not in shifts, key
    shifts[key] = [p for p in s["people"] if p["state"] == "accepted"]
rows = list(csv.reader(open(sys.argv[1], encoding="cp1252"), delimiter=";"))
wrong = cells = names = 0
for row in rows[1:]:
    unit, _, span = row[0].rpartition(" ")
    start = minutes(span.split("-")[0])
    for i, cell in enumerate(row[1:8]):
        want = [n.strip() for n in cell.split("/") if n.strip()]
        key = (unit, date(2025, 12, 1) + timedelta(days=i), start)
        have = list(shifts.pop(key, []))
        if not want and not have: continue
        cells += 1
        for n in want:
            names += 1
            m = re.match(r"(\d+) fra (.*)", n)
            hit = [p for p in have if (p.get("places", 1) == int(m.group(1)) and m.group(2) in p["name"]) if m] if m else \
                  [p for p in have if fits(n, p["name"])]
            if len(hit) != 1:
                wrong += 1; print("# cell %s %s %s: %d on the shift fit" % (key[0], key[1], span, len(hit)))
            else: have.remove(hit[0])
        if have: wrong += 1; print("# cell %s %s: %d too many" % (key[0], key[1], len(have)))
extra = [k for k, v in shifts.items() if v]
print("# %d cells, %d names" % (cells, names))
print(wrong + len(extra))
PY
grep '^#' "$dir/cells"
same "the roster holds the grid's people in the grid's places" "$(tail -1 "$dir/cells")" 0
exits "the week as text" 0 samvagt roster --week 2025-W49
shows "a name is there, whole" "Merete Kjeldsen-Magnussen"
shows "an open place is told" "open"
exits "the week as CSV" 0 samvagt roster --week 49 --as csv -o "$dir/week.csv"
[ -s "$dir/week.csv" ]; ok $? "the file is there"
exits "the week as HTML" 0 samvagt roster --week 49 --as html -o "$dir/week.html"
exits "one undo takes the import back" 0 samvagt undo
exits "nobody is left" 0 samvagt list volunteer --plain
same "not one" "$(wc -l <"$dir/out")" 0
exits "redo brings everybody back" 0 samvagt redo
exits "the roster is as it was" 0 samvagt roster --week 2025-W49 --json
cmp -s "$dir/out" "$dir/week.json"; ok $? "byte for byte"
exits "the store is whole" 0 samvagt doctor
shift=$(samvagt roster --week 49 --json | python3 -c 'import json,sys; print([s for s in json.load(sys.stdin)["shifts"] if s["filled"] > 1][0]["id"])')
exits "the same time is no news" 0 samvagt set shift "$shift" need=2
samvagt show shift "$shift" --json >"$dir/shift.json" 2>/dev/null
exits "a shift at another time" 0 samvagt set shift "$shift" "end=$(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["end"][:11] + "23:45")' "$dir/shift.json")"
samvagt roster --week 49 --json >"$dir/out"
shows "must be said yes to again" '"reconfirm"'
exits "a stop is refused" 1 samvagt assign "$shift" "$(samvagt candidates "$shift" --json | python3 -c 'import json,sys; print([c for c in json.load(sys.stdin) if c["verdicts"] and c["verdicts"][0]["level"] == "stop"][0]["id"])')"
exits "the best one is taken" 0 samvagt assign "$shift" "$(samvagt candidates "$shift" --json | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["id"])')"
exits "and taken off again by undo" 0 samvagt undo
exits "a week is copied" 0 samvagt copy "uge 49" "uge 6"
exits "copying it again makes nothing" 0 samvagt copy "uge 49" "uge 6"
says "and says so" "nothing to change"
finish
