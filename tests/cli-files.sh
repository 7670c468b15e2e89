#!/bin/sh
# Files that leave the program and come back: calendars first. They are read by a strict reader of their standard, and by the
# helper that imports them.
. "${srcdir:-.}/tests/cli-lib.sh"
ical=${top_builddir:-.}/samvagt-ical
export SAMVAGT_LIBEXEC="${top_builddir:-.}" PYTHONIOENCODING=utf-8

fresh
export SAMVAGT_LIBEXEC="$dir/nothing"
cp "$SAMVAGT" "$dir/alone" 2>/dev/null
if "$dir/alone" --lang en roster --as ics -o "$dir/x.ics" 2>/dev/null; then
	ok 0 "# SKIP a samvagt-ical is installed on this machine"
else
	exits "without the helper the program says what to install" 78 "$dir/alone" --lang en roster --as ics -o "$dir/x.ics"
	says "by name" "libical-dev"
	[ ! -e "$dir/x.ics" ]; ok $? "and no file is left"
fi
export SAMVAGT_LIBEXEC="${top_builddir:-.}"

if [ ! -x "$ical" ]; then echo "1..$tests_run # the rest is skipped: samvagt-ical isn't built here"; exit $tests_failed; fi
command -v python3 >/dev/null || { echo "ok $((tests_run + 1)) # SKIP python3 is missing"; tests_run=$((tests_run + 1)); finish; }

# strict NAME FILE : it is what RFC 5545 asks for
strict() {
	why=$(python3 "$srcdir/tests/rfc5545.py" "$2" 2>&1)
	[ -z "$why" ] && [ -s "$2" ]; ok $? "$1: the file is as RFC 5545 has it"
	[ -z "$why" ] || echo "$why" | sed 's/^/# /' | head -20
}

# events FILE EXPRESSION : what the helper reads in it; e is the array
events() {
	python3 -c 'import json, sys; print(json.dumps({"read": open(sys.argv[1], encoding="utf-8", newline="").read()}))' "$1" |
		"$ical" | python3 -c 'import json, sys; e = json.load(sys.stdin)["events"]; print('"$2"')'
}

data=$srcdir/tests/data/viborg
samvagt import "$data"/enheder.csv "$data"/frivillige.csv "$data"/opgaver.csv "$data"/organisationer.csv \
	"$data"/vagter.csv --yes >/dev/null 2>&1

# ---- a roster
exits "a roster as a calendar" 0 samvagt roster --week 2025-W49 --as ics -o "$dir/roster.ics"
strict "a roster" "$dir/roster.ics"
same "as many events as shifts" "$(events "$dir/roster.ics" 'len(e)')" \
	"$(samvagt roster --week 2025-W49 --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["shifts"]))')"
same "the same times, places and states" \
	"$(events "$dir/roster.ics" 'sorted([x["uid"][:36], x["start"], x["end"], x["location"]] for x in e)')" \
	"$(samvagt roster --week 2025-W49 --json | python3 -c '
import json, sys
print(sorted([x["id"], x["start"], x["end"], x["unit"]] for x in json.load(sys.stdin)["shifts"]))')"
samvagt roster --week 2025-W49 --as ics >"$dir/again.ics"
cmp -s "$dir/roster.ics" "$dir/again.ics"; ok $? "the same roster gives the same bytes"
samvagt person prints | grep -q 'Calendar of shifts'; ok $? "it is put down as printed"

# ---- a person's own
shift=$(samvagt roster --week 2025-W49 --json | python3 -c '
import json, sys
print(next(x["id"] for x in json.load(sys.stdin)["shifts"] if sum(p["state"] == "accepted" for p in x["people"]) > 1))')
who=$(samvagt roster --week 2025-W49 --json | python3 -c '
import json, sys
print(next(p["volunteer"] for x in json.load(sys.stdin)["shifts"] if x["id"] == sys.argv[1] for p in x["people"] if "volunteer" in p))' "$shift")
mine() { samvagt roster --month 2025-12 --as ics --person "$who" -o "$dir/$1.ics" 2>"$dir/err"; }
mine own
strict "a person's own" "$dir/own.ics"
others=$(samvagt list volunteer --json | python3 -c '
import json, sys
text = open(sys.argv[1], encoding="utf-8").read().replace("\r\n ", "")
print([x["id"] for x in json.load(sys.stdin) if x["given"] + " " + x.get("family", "") in text or x.get("phone", "--") in text])' "$dir/own.ics")
same "nobody's name and no phone stands in it" "$others" "[]"
seq() { events "$dir/$1.ics" '[(x["sequence"], x["state"]) for x in e if x["start"].startswith("'"$2"'")][0]'; }
day=$(events "$dir/own.ics" 'e[0]["start"][:10]')
uid=$(events "$dir/own.ics" 'e[0]["uid"]')
mine own2
same "nothing changed: the same number" "$(seq own "$day")" "$(seq own2 "$day")"
first=$(samvagt roster --from "$day" --to "$day" --json | python3 -c '
import json, sys
print(next(x["id"] for x in json.load(sys.stdin)["shifts"] if any(p.get("volunteer") == sys.argv[1] for p in x["people"])))' "$who")
SAMVAGT_NOW=2025-12-01T10:00 samvagt cancel "$first" --why test >/dev/null 2>&1 || SAMVAGT_NOW=2025-12-01T10:00 samvagt set shift "$first" state=cancelled >/dev/null 2>&1
mine own3
same "called off: cancelled, under the same UID" "$(events "$dir/own3.ics" '[x["state"] for x in e if x["uid"] == "'"$uid"'"]')" "['cancelled']"
python3 -c 'import ast, sys; a, b = (ast.literal_eval(x) for x in sys.argv[1:3]); sys.exit(not b[0] > a[0])' "$(seq own "$day")" "$(seq own3 "$day")"
ok $? "and with a greater number"
SAMVAGT_NOW=2025-12-01T11:00 samvagt delete shift "$first" --yes >/dev/null 2>&1 || SAMVAGT_NOW=2025-12-01T11:00 samvagt delete shift "$first" >/dev/null 2>&1
mine own4
same "deleted: still cancelled there" "$(events "$dir/own4.ics" '[x["state"] for x in e if x["uid"] == "'"$uid"'"]')" "['cancelled']"
strict "with a deleted shift" "$dir/own4.ics"
exits "a person's list isn't a calendar" 64 samvagt roster --person "$who"

# ---- hostile text
long=$(python3 -c 'print("æ" * 60 + "\\;,\"" + "x" * 100)')
samvagt add unit "name=A; B, C \\ D:\"E\"" >/dev/null 2>&1
unit=$(samvagt list unit --find 'A; B' --json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["id"])')
role=$(samvagt list role --json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["id"])')
samvagt add shift unit="$unit" role="$role" start=2025-12-09T08:00 end=2025-12-09T11:00 need=1 state=published \
	"note=BEGIN:VEVENT
END:VCALENDAR $long $long" >/dev/null 2>"$dir/err" || sed 's/^/# /' "$dir/err"
samvagt roster --unit "$unit" --month 2025-12 --as ics -o "$dir/hostile.ics"
strict "hostile text" "$dir/hostile.ics"
same "comes back as it was" "$(events "$dir/hostile.ics" '[x["location"] for x in e] + [x["description"].split("\n")[-1].split(" ")[0] for x in e]')" \
	"['A; B, C \\\\ D:\"E\"', 'END:VCALENDAR']"

# ---- orders that the helper refuses
refused() {
	printf '%s' "$3" >"$dir/order"
	got=0; "$ical" <"$dir/order" >"$dir/out" 2>"$dir/err" || got=$?
	same "$1" "$got" "$2"
	[ ! -s "$dir/out" ]; ok $? "$1: nothing is written"
}
refused "no JSON" 65 '{'
refused "neither of the two" 65 '{}'
refused "a time that is none" 65 '{"write":{"name":"","made":0,"events":[{"uid":"x","state":"confirmed","start":"never"}]}}'
refused "an event without a time" 65 '{"write":{"name":"","made":0,"events":[{"uid":"x","state":"confirmed"}]}}'
refused "an unknown state" 65 '{"write":{"name":"","made":0,"events":[{"uid":"x","state":"perhaps","start":"2025-12-03T08:00"}]}}'
finish
