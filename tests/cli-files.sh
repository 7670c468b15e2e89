#!/bin/sh
# Files that leave the program and come back: calendars, all records, contacts; and strangers' files. Calendars are read
# by a strict reader of their standard too.
. "${srcdir:-.}/tests/cli-lib.sh"
ical=${top_builddir:-.}/samvagt-ical
export SAMVAGT_LIBEXEC="${top_builddir:-.}" PYTHONIOENCODING=utf-8

fresh
alone ics samvagt-ical libical-dev
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

# ---- an organisation's: told once when those who come through it have left a shift
org=$(samvagt add organisation "name=Kredsen" --plain 2>/dev/null)
place=$(samvagt list unit --json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["id"])')
task=$(samvagt list role --json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["id"])')
two=$(for name in Ane Bo; do samvagt add volunteer given=$name family=Kreds organisation="$org" confidentiality=2025-01-01 --plain 2>/dev/null; done)
both=$(samvagt add shift unit="$place" role="$task" start=2025-12-10T08:00 end=2025-12-10T11:00 need=2 state=published --plain 2>/dev/null)
for one in $two; do samvagt assign "$both" "$one" --override test >/dev/null 2>&1; done
theirs() { samvagt export --as ics --month 2025-12 -o "$dir/ics-$1" >/dev/null 2>&1; mv "$dir/ics-$1"/*-Kredsen.ics "$dir/$1.ics" 2>/dev/null; }
states() { events "$dir/$1.ics" '[(x["state"], x["uid"][:36] == "'"$both"'") for x in e]'; }
theirs two
same "their shift stands in it" "$(states two)" "[('confirmed', True)]"
for one in $two; do samvagt unassign "$both" "$one" >/dev/null 2>&1; done
theirs none
same "cancelled when none of them is on it" "$(states none)" "[('cancelled', True)]"
for one in $two; do samvagt assign "$both" "$one" --override test >/dev/null 2>&1; done
samvagt delete shift "$both" >/dev/null 2>&1
theirs gone
same "and when it was deleted, once" "$(states gone)" "[('cancelled', True)]"

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
grep -q '^X-WR-CALNAME:A; B, C' "$dir/hostile.ics"; ok $? "the calendar has the place's name"
same "comes back as it was" "$(events "$dir/hostile.ics" '[x["location"] for x in e] + [x["description"].split("\n")[-1].split(" ")[0] for x in e]')" \
	"['A; B, C \\\\ D:\"E\"', 'END:VCALENDAR']"

# ---- everything, out and in again
same_records() { python3 - "$1" "$2" <<'PY'
import json, sys
a, b = ({(t, r["id"]): r for t, all in json.load(open(p, encoding="utf-8"))["records"].items() for r in all if t not in ("site", "printed-list")}
        for p in sys.argv[1:])
print("" if a == b and len(a) > 100 else [k for k in a if a[k] != b.get(k)][:3] or [k for k in b if k not in a][:3] or len(a))
PY
}
into() { # NAME FILE… : a fresh store with these taken in
	rm -rf "$dir/in-$1"; samvagt init --site Skive --name Bo --no-passphrase -s "$dir/in-$1" >/dev/null 2>&1
	at="$dir/in-$1"; shift
	samvagt import "$@" --yes -s "$at" >"$dir/out" 2>"$dir/err" || sed 's/^/# /' "$dir/err"
}
exits "all records as JSON" 0 samvagt export --as json -o "$dir/json"
says "that is said to be personal" "all personal data"
same "for us alone" "$(stat -c %a "$dir/json" "$dir/json"/* | sort -u | tr '\n' ' ')" "600 700 "
samvagt person prints | grep -q 'All records, as files'; ok $? "it is put down as printed"
why=$(python3 "$srcdir/tests/schema.py" "$dir/json/schema.json" "$dir/json/samvagt.json" 2>&1)
[ -z "$why" ]; ok $? "what was written is as its schema has it"
[ -z "$why" ] || echo "$why" | sed 's/^/# /' | head
sed 's/"name":"/"nmae":"/' "$dir/json/samvagt.json" >"$dir/wrong.json"
[ -n "$(python3 "$srcdir/tests/schema.py" "$dir/json/schema.json" "$dir/wrong.json" 2>&1)" ]; ok $? "and what isn't is found out"
samvagt manual schema | cmp -s - "$dir/json/schema.json"; ok $? "the manual prints the same schema"
cp "$dir/json/samvagt.json" "$dir/was.json"
refuses "a folder that holds something" 75 "isn't empty" samvagt export --as csv -o "$dir/json"
cmp -s "$dir/was.json" "$dir/json/samvagt.json"; ok $? "is left as it is"
into json "$dir/json/samvagt.json"
samvagt export --as json -o "$dir/json2" -s "$dir/in-json" 2>/dev/null
same "JSON comes in again, field by field" "$(same_records "$dir/json/samvagt.json" "$dir/json2/samvagt.json")" ""
samvagt doctor -s "$dir/in-json" >/dev/null 2>&1; ok $? "and the store is whole"
samvagt undo -s "$dir/in-json" >/dev/null 2>&1
same "one undo takes all of it back" "$(samvagt list volunteer --json -s "$dir/in-json")" "[]"
for lang in en da; do
	"$SAMVAGT" --lang $lang export --as csv -o "$dir/csv-$lang" 2>/dev/null
	rm -rf "$dir/in-csv"; samvagt init --site Skive --name Bo --no-passphrase -s "$dir/in-csv" >/dev/null 2>&1
	"$SAMVAGT" --lang $lang import "$dir/csv-$lang"/*.csv --yes -s "$dir/in-csv" >/dev/null 2>"$dir/err" || sed 's/^/# /' "$dir/err"
	samvagt export --as json -o "$dir/json-$lang" -s "$dir/in-csv" 2>/dev/null
	same "tables for a spreadsheet come in again ($lang)" "$(same_records "$dir/json/samvagt.json" "$dir/json-$lang/samvagt.json")" ""
done
samvagt export --as csv --plain -o "$dir/plain" 2>/dev/null
head -1 "$dir/plain/volunteer.csv" | grep -q '^volunteer,given,family,phone'; ok $? "--plain has the names of fields"
into plain "$dir/plain"/*.csv
"$SAMVAGT" --lang en export --as csv --plain -o "$dir/plain2" -s "$dir/in-plain" 2>/dev/null
for t in volunteer shift assignment unit role; do cmp "$dir/plain/$t.csv" "$dir/plain2/$t.csv" || break; done >"$dir/out" 2>&1
[ ! -s "$dir/out" ]; ok $? "byte for byte"
exits "a dry run" 0 samvagt export --as json -o "$dir/never" --dry-run
[ ! -e "$dir/never" ]; ok $? "makes nothing"
exits "nothing to write" 66 samvagt export --as ics --month 1999-01 -o "$dir/none"
[ ! -e "$dir/none" ]; ok $? "leaves no folder"
exits "without a format" 64 samvagt export -o "$dir/none"
exits "without a folder" 64 samvagt export --as json

# ---- contacts and calendars, out and in again
org=$(samvagt list organisation --json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["id"])')
samvagt set organisation "$org" phone=86112233 "contact=Bente Lund" >/dev/null 2>&1
samvagt add organisation "name=Uden nogen at spørge" phone=86112244 >/dev/null 2>&1
samvagt export --as vcf -o "$dir/vcf" 2>/dev/null
samvagt import "$dir"/vcf/*.vcf --json 2>/dev/null | python3 -c '
import json, sys
for f in json.load(sys.stdin): print(f["kind"], all(v == 0 for k, v in f["count"].items() if k != "same") and f["count"]["same"] > 0)' >"$dir/out"
same "cards of our own come back to their records" "$(sort "$dir/out" | tr '\n' ' ')" "organisations True volunteers True "
samvagt export --as ics --month 2025-12 -o "$dir/ics" 2>/dev/null
for f in "$dir"/ics/*.ics; do python3 "$srcdir/tests/rfc5545.py" "$f" || break; done >"$dir/out" 2>&1
[ ! -s "$dir/out" ]; ok $? "each calendar is as RFC 5545 has it"
[ ! -s "$dir/out" ] || head -3 "$dir/out" | sed 's/^/# /'
samvagt import "$dir"/ics/*.ics --json 2>/dev/null | python3 -c '
import json, sys
files = json.load(sys.stdin)
print(all(v == 0 for f in files for k, v in f["count"].items() if k != "same"), len(files) > 10)' >"$dir/out"
same "events of our own come back to their shifts" "$(cat "$dir/out")" "True True"
ls "$dir/ics" | grep -qi -e kjeldsen -e anna; [ $? -ne 0 ]; ok $? "no file is called by a volunteer"
phones=$(samvagt list volunteer --json | python3 -c '
import glob, json, re, sys
text = "".join(re.sub("UID:.*|DTSTAMP:.*|SEQUENCE:.*|LAST-MOD.*", "", open(f, encoding="utf-8").read()) for f in glob.glob(sys.argv[1] + "/*.ics"))
print([1 for x in json.load(sys.stdin) if x.get("phone", "--") in text])' "$dir/ics")
same "no phone stands in any" "$phones" "[]"

# ---- strangers' files
rm -rf "$dir/store2"; samvagt init --site Skive --name Bo --no-passphrase -s "$dir/store2" >/dev/null 2>&1
samvagt import "$srcdir"/tests/data/files/*.vcf --yes -s "$dir/store2" >/dev/null 2>&1
same "phones' and mail programs' cards" "$(samvagt list volunteer --json -s "$dir/store2" | python3 -c '
import json, sys
for x in json.load(sys.stdin): print("|".join(x.get(k, "") for k in ("given", "family", "phone", "email", "born", "address", "postcode", "city", "note")).replace("\n", "/"))')" \
"Bente|Lund|22001100|bente@example.dk||Nørregade 3|8450|Hammel|
Jørgen|Møller|40112233|jorgen@example.dk|1948-02-29|Vestergade 7|7800|Skive|Taler pænt tysk og lidt polsk
Kirsten||+46701234567||||||
Lars|Holm|30405060|lars@example.dk|1960-12-24||||
Åse Marie|Sørensen|20838797|aase@example.dk|1955-04-12|Søndergade 12, 2. tv|8800|Viborg|Kommer helst om formiddagen; ikke onsdag/Har nøgle"
samvagt import "$srcdir"/tests/data/files/google.ics --yes -s "$dir/store2" >/dev/null 2>&1
same "a stranger's calendar makes no role by itself" "$(samvagt list role --json -s "$dir/store2")" "[]"
samvagt add unit "name=Forhal, Viborg" -s "$dir/store2" >/dev/null 2>&1
samvagt add role "name=Hospitalsguide" -s "$dir/store2" >/dev/null 2>&1
samvagt import "$srcdir"/tests/data/files/*.ics --yes -s "$dir/store2" >"$dir/out" 2>&1
same "but where place and role are known, shifts in Danish time" "$(samvagt list shift --json -s "$dir/store2" | python3 -c '
import json, sys
for x in sorted(json.load(sys.stdin), key=lambda x: x["start"]): print(x["start"], x["end"][11:], x["state"], x.get("note", ""))')" \
"2025-12-03T08:00 11:00 published Husk nøgle, tak
2025-12-04T11:00 14:00 published 
2025-12-05T09:00 12:00 cancelled 
2026-01-05T08:00 11:00 draft 
2026-01-19T09:00 12:00 published 
2026-01-26T08:00 11:00 draft "
shows "a zone that isn't described is said" "Mars/Olympus"
shows "and that a whole day is no shift" "Without a time of day"

# ---- broken ones
broken() { printf "$2" >"$dir/broken.$1"; refuses "$4" 65 "$3" samvagt import "$dir/broken.$1"; }
broken ics 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n' "line 2" "a calendar that was cut off"
broken ics 'hello\n' "line 1" "no calendar"
broken ics 'BEGIN:VCALENDAR\nEND:VEVENT\n' "line 2" "END of nothing"
broken vcf 'BEGIN:VCARD\nFN:x\n' "line 1" "a card that was cut off"
broken json '{\n"format": 1,\n' "line 3" "half a JSON"
broken json '{}' "aren't records" "another JSON"

# ---- letters
samvagt export mail -w status=active --plain -o "$dir/mail.csv" 2>/dev/null
head -1 "$dir/mail.csv" | grep -q '^given,family,name,address,postcode,city,phone,email,organisation,roles,started,next_day'
ok $? "letters: a row a volunteer, with the next shift"
samvagt person prints | grep -q 'Letters to volunteers'; ok $? "put down as printed"

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
