#!/bin/sh
# Series of shifts by commands, as a coordinator would go about December: made, given to people, changed, ended.
. "${srcdir:-.}/tests/cli-lib.sh"
fresh
add() { samvagt add "$@" --plain 2>/dev/null; }
add unit name=Forhal >/dev/null
add unit name=Skranken >/dev/null
add organisation name="Røde Kors" >/dev/null
add role name=Guide >/dev/null
add volunteer given=Anna family=Lund confidentiality=1/1/2020 roles=Guide >/dev/null
add volunteer given=Bo family=Dam confidentiality=1/1/2020 roles=Guide >/dev/null
add volunteer given=Carl family=Ny roles=Guide >/dev/null
starts() { samvagt list shift --json | sed -n 's/.*"start": "\(.*\)".*/\1/p' | sort | tr '\n' ' '; }

refuses "where, what and when must be said" 64 "say where" samvagt series new --unit Forhal --days man
refuses "days must be days" 65 'is no day of the week' samvagt series new --unit Forhal --role Guide --days "man snart" --time 8-11
refuses "and must come" 65 "falls on no day" samvagt series new --unit Forhal --role Guide --days man --time 8-11 --from 2/12 --until 5/12
exits "trying makes nothing" 0 samvagt series new --unit Forhal --role Guide --days "ons" --time 8-11 --from 3/12 --until 31/12 --need 2 --dry-run
same "no shift" "$(starts)" ""
exits "a series" 0 samvagt series new --unit Forhal --role Guide --days "ons" --time 8-11 --from 3/12 --until 31/12 --need 2
says "makes its shifts" "5 shifts made"
says "and says how it was understood" "every Wednesday 8–11"
exits "one like it" 0 samvagt series new --unit Forhal --role Guide --days "man ons" --time 8-11 --from 3/12 --until 31/12
says "is made, with a word about the first" "there is a series with the same shifts already: every Wednesday 8–11"
exits "not after all" 0 samvagt undo
exits "one at another time" 0 samvagt series new --unit Forhal --role Guide --days ons --time 12-14 --every second --from 3/12 --until 31/12 --dry-run
says "has its own rhythm" "second Wednesday of the month 12–14"
ok "$(grep -c already "$dir/err")" "and isn't like it"
exits "all there is" 0 samvagt series list --plain
same "is said in words" "$(cut -f2-9 "$dir/out")" "$(printf 'Forhal\tGuide\tevery Wednesday 8–11\t2\t3/12 2025\t31/12 2025\t0\t31/12 2025')"
exits "made again" 0 samvagt series make --until 31/12
says "nothing is" "nothing to change"
exits "one day is taken out" 0 samvagt series skip "guide" 24/12 --why Jul
refuses "not a day that it doesn't have" 65 "no shift on" samvagt series skip "guide ons" 25/12
exits "made again" 0 samvagt series make --until 31/12
says "it isn't made" "nothing to change"
exits "for a period" 0 samvagt series make --period 2025-12
says "is the same" "nothing to change"
exits "as far as is usual" 0 samvagt series make
says "to the end of next month" "nothing to change"
exits "the day is put back" 0 samvagt series unskip "guide ons" 24/12
says "and made" "1 shift made"
refuses "only what is out" 66 "isn't taken out" samvagt series unskip "guide ons" 24/12
exits "taken out again" 0 samvagt series skip "guide ons" 24/12 --why Jul
exits "a fixed place" 0 samvagt series place "forhal ons" "Anna Lund"
says "is filled" "4 fixed places filled"
exits "another, every second week" 0 samvagt series place forhal Bo --every 2
says "is filled in its rhythm" "3 fixed places filled"
exits "one who may not come" 0 samvagt series place forhal Carl
shows "is told with the reason" "Carl Ny .*isn't put on .*onfidentiality"
exits "an organisation's" 0 samvagt series place forhal "Røde Kors" --places 2 --from 31/12
exits "one series" 0 samvagt series list forhal
shows "shows who" "Bo Dam .*every second week"
shows "and how many" "2 from Røde Kors"
shows "and which day is without" "Not on Wed 24/12 2025 Jul"
exits "by the words that the list shows" 0 samvagt series list "wednesday 8-11"
exits "one shift alone" 0 samvagt series change "10/12 8-11 forhal" --time 10-13 --which this --json
shows "asks whoever is on it" '"what": "asked"'
exits "from one on" 0 samvagt series change "17/12 8-11 forhal" --time 9-12 --which following --plain
same "tells who must say yes again" "$(grep -c "must say yes again" "$dir/out")" "5"
same "the others stay" "$(starts)" "2025-12-03T08:00 2025-12-10T10:00 2025-12-17T09:00 2025-12-31T09:00 "
exits "there are two now" 0 samvagt series list --plain
same "one ends where the other begins" "$(cut -f4,7 "$dir/out" | tr '\t\n' '; ')" "every Wednesday 8–11;16/12 2025 every Wednesday 9–12;31/12 2025 "
refuses "which must be said" 64 "say which" samvagt series change "17/12 9-12 forhal" --need 3
refuses "this alone needs a shift" 64 "needs a shift" samvagt series change "forhal 09:00" --need 3 --which this
samvagt add shift unit=Skranken role=Guide start="1/12 9" end="1/12 12" need=1 >/dev/null 2>&1
refuses "a shift of its own belongs to none" 66 "belongs to no series" samvagt series change "1/12 9-12 skranken" --need 3 --which all
exits "all of it" 0 samvagt series change "forhal 09:00" --unit Skranken --need 3 --which all
same "is another place" "$(samvagt list shift --where unit=Skranken --json | grep -c '"id"')" "5"
exits "ended" 0 samvagt series end "skranken 09:00" --on 20/12
shows "who is on stays" "Anna Lund .*stays"
exits "with them" 0 samvagt series end "skranken 09:00" --on 20/12 --yes
same "they are gone" "$(starts)" "2025-12-01T09:00 2025-12-03T08:00 2025-12-10T10:00 2025-12-17T09:00 "
exits "off again" 0 samvagt series unplace "skranken 09:00" "Anna Lund" --yes
shows "which is told" "Anna Lund .*is off the shift"
exits "in Danish" 0 "$SAMVAGT" --lang da series list --plain
shows "it is said so" "hver onsdag 8–11"
exits "undone" 0 samvagt undo
exits "published" 0 samvagt publish --period 2025-12 --json
shows "what was a draft holds" '"published": [1-9]'
exits "the list once more" 0 samvagt print told --period 2025-12
shows "who is told" "Bo Dam"
exits "again" 0 samvagt publish --period 2025-12
says "nothing is a draft any more" "0 shifts published"
exits "nothing is noted" 0 samvagt availability list Bo
shows "which isn't read as never" "Nothing is noted"
exits "when somebody can come" 0 samvagt availability add Bo "if needed" --days "man ons" --time 8-12 --every "even weeks"
refuses "not without saying when" 65 "say when" samvagt availability add Bo away
exits "away" 0 samvagt availability add Bo away --from 9/12 --until 20/12 --dry-run
exits "or said with the other word" 0 samvagt availability add Bo away --from 9/12 --to 20/12
exits "which others have" 0 samvagt gaps --from 9/12 --until 20/12
refuses "but not twice" 64 "no option --to" samvagt availability add Bo away --until 20/12 --to 21/12
refuses "nor where there is no last day" 64 "no option --until" samvagt undo --until 20/12
exits "both" 0 samvagt availability list Bo --plain
same "are listed" "$(cut -f1,2 "$dir/out" | tr '\t\n' ' ;')" "1 away 9/12 2025–20/12 2025;2 can if needed Mon Wed 08:00–12:00, even weeks;"
exits "why not him" 0 samvagt why "10/12 10-13 skranken" Bo
shows "as he is away" "Is away then"
exits "one is removed" 0 samvagt availability remove Bo 1
exits "not what isn't there" 64 samvagt availability remove Bo 2
exits "an unknown verb" 64 samvagt series forget
finish
