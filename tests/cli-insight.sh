#!/bin/sh
# Handing out what is kept of somebody, and the month's hours, by commands.
. "${srcdir:-.}/tests/cli-lib.sh"
fresh
add() { samvagt add "$@" --plain 2>/dev/null; }
add unit name=Forhal >/dev/null
add organisation name="Eget korps" kind=own-corps >/dev/null
add organisation name="Røde Kors" kind=association >/dev/null
add role name=Guide unit=Forhal duty=yes substitute=yes instructed=yes staff_work=yes social=no >/dev/null
add role name=Vågevagt unit=Forhal duty=no substitute=no instructed=no staff_work=no social=yes >/dev/null
add volunteer given=Bo family=Lund confidentiality=1/1/2020 organisation="Røde Kors" roles="Guide, Vågevagt" note="kører med Anna Krag" born=2/3/1980 status=active >/dev/null
add volunteer given=Anna family=Krag confidentiality=1/1/2020 roles=Guide born=2/3/1980 status=active >/dev/null
for day in 3 10 17; do
	one=$(add shift unit=Forhal role=Guide start="$day/11/2025 8" end="$day/11/2025 11" need=2 state=published)
	samvagt assign "$one" Bo >/dev/null 2>&1
	samvagt assign "$one" Anna >/dev/null 2>&1
	[ "$day" = 17 ] || samvagt attendance "$one" Bo present >/dev/null 2>&1
done
watch=$(add shift unit=Forhal role=Vågevagt start="20/11/2025 20" end="21/11/2025 2" need=1 state=published)
samvagt assign "$watch" Bo >/dev/null 2>&1
samvagt attendance "$watch" Bo present >/dev/null 2>&1

# ---- what is kept
refuses "an export to nowhere" 64 "-o FOLDER" samvagt person export Bo
refuses "an export of nobody" 66 "Zacharias" samvagt person export Zacharias -o "$dir/none"
[ ! -e "$dir/none" ]; ok $? "leaves no folder"
exits "a trial" 0 samvagt person export Bo -o "$dir/trial" --dry-run
[ ! -e "$dir/trial" ]; ok $? "writes nothing"
exits "an export" 0 samvagt person export Bo -o "$dir/insight"
shows "says where the text is" "insight/person.txt"
says "and to read it through" "Read it through"
grep -q "Bo" "$dir/insight/person.txt"; ok $? "the text is about the one"
! grep -q "Krag" "$dir/insight/person.txt" "$dir/insight/person.json"; ok $? "and names nobody else"
python3 -c 'import json,sys; o = json.load(open(sys.argv[1])); sys.exit(not (o["name"] == "Bo Lund" and len(o["records"]) >= 7))' \
	"$dir/insight/person.json"; ok $? "the JSON can be read"
refuses "an export over another" 75 "isn.t empty" samvagt person export Anna -o "$dir/insight"
exits "who has seen it" 0 samvagt person audit Bo
shows "the export is put down" "All that is kept of one person"

# ---- the month's hours
refuses "hours of no month" 64 "--month" samvagt person hours Bo
refuses "hours that nobody had yet" 64 "hasn.t begun" samvagt person hours Bo --month 2026-03
golden hours.txt en person hours Bo --month 2025-11
golden hours-da.txt da person hours Bo --month november
exits "as a table" 0 samvagt person hours Bo --month 2025-11 --as csv
shows "with a row a place" "20-11-2025;.*;6:00;"
samvagt add setting key=limit.hours_benefit_month value=50 >/dev/null 2>&1
exits "with another limit" 0 samvagt person hours Bo --month 2025-11
shows "it is said" "unemployment benefit: 50 hours"
finish
