#!/bin/sh
# A vigil from the ward's call to its end, the talks that come of it, jubilees and thanks, by commands.
. "${srcdir:-.}/tests/cli-lib.sh"
fresh
at() { SAMVAGT_NOW=$1; export SAMVAGT_NOW; }
volunteer() { samvagt add volunteer given="$1" family="$2" phone="$3" started="$4" born="$5" confidentiality="$4" roles="$6" >/dev/null 2>&1; }
# The number of the talk that waits with somebody.
talk_with() { samvagt talk list --plain 2>/dev/null | awk -F'\t' -v who="$1" '$4 == who {print $1}'; }
# Somebody's place on the watch that begins then.
watch_at() { samvagt list shift --json 2>/dev/null | python3 -c 'import json,sys
print([r["id"] for r in json.load(sys.stdin) if sys.argv[1] in str(r.get("start"))][0])' "$1"; }

samvagt add unit name=Hospice >/dev/null 2>&1
samvagt add unit name=Forhal >/dev/null 2>&1
samvagt add role name=Guide unit=Forhal >/dev/null 2>&1
exits "where and from when must be said" 64 samvagt vigil new --unit Hospice
exits "who sits must be said, while nothing tells" 64 samvagt vigil new --unit Hospice --from "1/12 12"
says "and says how" "say who sits"
samvagt add role name=Vågevagt hard=yes >/dev/null 2>&1
volunteer Anna Lund 20838797 2015-12-10 1960-02-03 Vågevagt
volunteer Bo Dam 22334455 2019-03-01 1955-12-20 Vågevagt
volunteer Carl Ege 22334456 2020-11-30 1970-05-05 Vågevagt
volunteer Dorte Fog 22334457 2018-01-15 1965-05-05 Guide

# ---- a ward calls
refuses "a number that may be somebody's isn't a room" 65 "number" samvagt vigil new --unit Hospice --from "1/12 12" --room 010203-1234
refuses "watches are three to four hours" 65 "three to four hours" samvagt vigil new --unit Hospice --from "1/12 12" --watch 8.00
exits "three days" 0 samvagt vigil new --unit Hospice --from "1/12 12" --hours 24 --watch 4.00 --room 12 --contact Mette --phone 89101112
shows "stand there at once" "0 of 24 hours are covered"
exits "in the list" 0 samvagt vigil list --plain
shows "with what is open" "Hospice"
exits "whom to ring" 0 samvagt vigil next Hospice --max 1 --plain
same "one line for one" "$(wc -l <"$dir/out")" 1
golden vigil-next.txt en vigil next Hospice
exits "Anna takes the first" 0 samvagt assign "$(watch_at 2025-12-01T12:00)" Anna
exits "Bo the second" 0 samvagt assign "$(watch_at 2025-12-01T16:00)" Bo
exits "Carl one the day after" 0 samvagt assign "$(watch_at 2025-12-02T08:00)" Carl
golden vigil-show.txt en vigil show Hospice --phones
golden vigil-show-da.txt da vigil show Hospice --ascii
exits "a day more" 0 samvagt vigil longer Hospice --hours 8
shows "is seen" "12 of 32 hours are covered"
exits "an undo takes that back" 0 samvagt undo
exits "as JSON" 0 samvagt vigil show Hospice --json
python3 -m json.tool "$dir/out" >/dev/null; ok $? "which can be read"

exits "from a time alone" 0 samvagt vigil new --unit Hospice --from 20 --hours 12
says "another that goes on there is said" "another vigil goes on at Hospice"
shows "it is today's" "20:00"
exits "taken back" 0 samvagt undo

# ---- it is over
at 2025-12-01T21:00
golden vigil-end.txt en vigil end Hospice
refuses "it ends once" 1 "ended" samvagt vigil end Hospice
exits "a talk waits" 0 samvagt talk list --plain
same "with each who has sat, and nobody else" "$(cut -f4 "$dir/out" | sort | tr '\n' ' ')" "Anna Lund Bo Dam "
shows "because of the vigil" "Hospice"

# ---- talks
at 2025-12-03T10:00
refuses "a talk isn't held ahead of time" 65 "lies ahead" samvagt talk held "$(talk_with 'Anna Lund')" --on 5/12
exits "it was held" 0 samvagt talk held "$(talk_with 'Anna Lund')" --on 2/12 --by Kirsten
exits "and waits no more" 0 samvagt care talks --plain
same "the other does" "$(cut -f4 "$dir/out")" "Bo Dam"
exits "undone" 0 samvagt undo
same "both wait again" "$(samvagt talk list --plain 2>/dev/null | wc -l)" 2
exits "all at once" 0 samvagt talk held "$(talk_with 'Anna Lund')" "$(talk_with 'Bo Dam')"
exits "none is left" 0 samvagt talk list
shows "and it says so" "No talk is waited for"
exits "another is to be held" 0 samvagt talk add yearly Dorte Carl --day 20/12 --note "Om foråret"
same "with both" "$(samvagt talk list --plain 2>/dev/null | cut -f4 | sort | tr '\n' ' ')" "Carl Ege Dorte Fog "
exits "the same once more" 0 samvagt talk add yearly Dorte Carl --day 20/12
says "is noted already" "nothing to change"
refuses "nothing that may be somebody's number" 65 "number" samvagt talk add care Dorte --note 010203-1234
exits "a kind there isn't" 65 samvagt talk add gossip Dorte
exits "a talk there isn't" 66 samvagt talk held 99999
exits "held needs one" 64 samvagt talk held

# ---- shared
exits "how shifts are shared" 0 samvagt care shares --as text
shows "says of which period" "Sun 30/11 2025"

# ---- jubilees
golden care-jubilees.txt en care jubilees
golden care-jubilees-da.txt da care jubilees --month 2025-12
exits "the setting asks for birthdays" 0 samvagt add setting key=birthdays value=1
exits "then they are there" 0 samvagt care jubilees
shows "round ones" "Bo Dam .*70 years old"
exits "where nobody has one" 0 samvagt care jubilees --month 2026-06
shows "it says so" "Nobody has a jubilee then"

# ---- thanks
golden care-thanks.txt en care thanks
exits "thanks are said when they are noted" 0 samvagt talk add thanks Anna
exits "who was thanked" 0 samvagt care thanks --plain
! grep -q "Anna Lund" "$dir/out"; ok $? "isn't in the list any more"
shows "the others are" "Bo Dam"
golden care-shares.txt en care shares --from 1/12 --to 31/12
exits "there is no list by hours" 64 samvagt care hours
finish
