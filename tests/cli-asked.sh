#!/bin/sh
# What the users of other programs ask for most, each done by a command; t_screen_asked does each on the screen.
. "${srcdir:-.}/tests/cli-lib.sh"
fresh
add() { samvagt add "$@" --plain 2>/dev/null; }
volunteer() { add volunteer given="$1" family="$2" phone="$3" confidentiality=1/1/2020 roles=Guide; }
add unit name="Forhal" >/dev/null
add role name=Guide unit=Forhal >/dev/null
volunteer Søren Bæk-Lund 20838797 >/dev/null
volunteer Bo Dam 22334455 >/dev/null
volunteer Carl Ege 22334456 >/dev/null
morning=$(add shift unit=Forhal role=Guide start="2/12 8" end="2/12 11" need=1 state=published)
noon=$(add shift unit=Forhal role=Guide start="3/12 11" end="3/12 14" need=1 state=published)

# ---- swap and substitute
samvagt assign "$morning" Søren 2>/dev/null
samvagt assign "$noon" Bo 2>/dev/null
exits "two exchange their shifts" 0 samvagt swap "$morning" Søren "$noon" Bo
exits "and who is on it" 0 samvagt roster --from 2/12 --to 2/12
shows "has changed" "Bo Dam"
exits "somebody cancels" 0 samvagt cancel "$morning" Bo
exits "and a substitute is found" 0 samvagt round "$morning" --outcome ja --person Carl
exits "both names stay" 0 samvagt attend "$morning"
shows "the substitute's, and for whom" "Carl Ege"

# ---- waiting list
exits "a waiting list" 0 samvagt wait "$morning" Bo

# ---- recurring shifts with exceptions, idempotent
exits "shifts that come again" 0 samvagt series new --unit Forhal --role Guide --days "man fre" --time 8-10 --from 5/1/2026 --until 30/1/2026 --need 1
before=$(samvagt list shift --json 2>/dev/null | grep -c '"id"')
exits "made again" 0 samvagt series make --until 30/1/2026
same "they are the same" "$(samvagt list shift --json 2>/dev/null | grep -c '"id"')" "$before"
exits "but not on that day" 0 samvagt series skip "$(samvagt list series --json 2>/dev/null | sed -n 's/.*"id": "\([^"]*\)".*/\1/p' | head -1)" 9/1/2026
same "which has none now" "$(samvagt list shift --json 2>/dev/null | grep -c '"id"')" "$((before - 1))"

# ---- double booking in three levels
clash=$(add shift unit=Forhal role=Guide start="3/12 12" end="3/12 15" need=1 state=published)
exits "a warning asks for a reason" 1 samvagt assign "$clash" Søren
says "which is the overlap" "same time\|other shift"
exits "with one it is done, and kept" 0 samvagt assign "$clash" Søren --override "hjælper to steder"
exits "it is among the problems" 0 samvagt problems
shows "as a warning" "warning"
samvagt add volunteer given=Ny family=Uden status=active roles=Guide >/dev/null 2>&1
exits "what the law asks for is a stop" 1 samvagt assign "$morning" Ny --override "det går nok"
exits "a wish is only a hint" 0 samvagt rules rhythm
shows "which it says" "notice"

# ---- an offer isn't cover
late=$(add shift unit=Forhal role=Guide start="10/12 8" end="10/12 11" need=1 state=published)
exits "somebody is asked" 0 samvagt fill --from 10/12 --to 10/12 --offered
exits "and the place is open" 0 samvagt gaps --from 10/12 --to 10/12
shows "till they say yes" "1 open"

# ---- moved times need a new yes
exits "a shift is moved" 0 samvagt move "$noon" --minutes 60
exits "whoever was on it" 0 samvagt roster --from 3/12 --to 3/12
shows "must say yes again" "must say yes again"

place=$(samvagt list assignment --json 2>/dev/null | awk -F'"' '$2 == "id" { id = $4 } $2 == "state" && $4 == "reconfirm" { print id }')
exits "which they do" 0 samvagt set assignment "$place" state=accepted
exits "to the new time" 0 samvagt roster --from 3/12 --to 3/12
! grep -q "must say yes again" "$dir/out"; ok $? "and are on it again"
exits "one end alone is another time" 0 samvagt set shift "$noon" end="3/12 16"
reconfirm() { samvagt list assignment --json 2>/dev/null | grep -c '"state": "reconfirm"'; }
same "which asks again" "$(reconfirm)" 1
exits "back where it was" 0 samvagt set shift "$noon" start="3/12 12" end="3/12 15"
same "it is the time that was said yes to" "$(reconfirm)" 0

# ---- attendance with four states
SAMVAGT_NOW=2025-12-02T12:00; export SAMVAGT_NOW
exits "nobody has said who came" 0 samvagt attend "$morning"
shows "and so it is not recorded" "isn't recorded\|aren't recorded"
for state in 1a 1u 1f; do exits "$state" 0 samvagt attend "$morning" "$state"; done

# ---- one A4
exits "the roster as one page to hang up" 0 samvagt print wall --week 49 --as html
shows "is a page" "<html"

# ---- hours in total and for the last 12 months
exits "hours" 0 samvagt hours --by person --from 1/12 --to 3/12 --as csv
shows "in all and of 12 months" "12 months;In all"

# ---- search that folds
for find in soren "baek lund" "20 83" BÆKLUND; do
	exits "searching $find" 0 samvagt list volunteer --find "$find"
	shows "finds who is meant" "Søren"
done

# ---- who was asked and said no
exits "a no" 0 samvagt round "$late" --outcome nej --person Bo
exits "nobody is asked twice a day" 1 samvagt round "$late" --outcome nej --person Bo
says "and it says who asked" "asked today"

# ---- erasure that keeps statistics
hours() { samvagt hours --from 1/12 --to 3/12 --json 2>/dev/null | grep told; }
told=$(hours)
exits "somebody is erased" 0 samvagt person erase Carl --reason wish --yes
exits "and is nowhere" 0 samvagt list volunteer
! grep -q Carl "$dir/out"; ok $? "to be found"
same "but the hours stand" "$(hours)" "$told"
finish
