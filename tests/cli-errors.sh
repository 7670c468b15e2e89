#!/bin/sh
# Each way to go wrong gives one clear sentence on stderr, nothing on stdout, and its documented exit status.
. "${srcdir:-.}/tests/cli-lib.sh"

exits "no store yet" 66 samvagt list volunteer
says "names what to do" "samvagt init"
exits "an unknown command" 64 samvagt rooster
says "offers the near one" 'Did you mean "roster"'
exits "an unknown option" 64 samvagt roster --weak 49
exits "an option of another command" 64 samvagt list volunteer --size ward
exits "a missing value" 64 samvagt roster --week
exits "no site name" 64 samvagt init --no-passphrase
fresh
exits "a second store in the same place" 75 samvagt init --site Skive --name Bo --no-passphrase
exits "an unknown type" 64 samvagt list patient
says "lists the types" "volunteer"
exits "an unknown field" 64 samvagt add volunteer given=Anna fammily=Holm
says "lists the fields" "family"
exits "a required field is missing" 65 samvagt add volunteer family=Holm
exits "in whichever spelling" 65 samvagt add volunteer given=Anna note="cpr ０１０１８０−１２３４"
exits "in the name of whoever writes" 65 samvagt init --site "Rum 01.01.80-1234" --no-passphrase --store "$dir/cpr"
exits "a CPR number is refused" 65 samvagt add volunteer given=Anna note="010180-1234"
says "and says why" "CPR"
exits "a date that isn't" 65 samvagt add volunteer given=Anna born=31/2
exits "a week that isn't" 65 samvagt roster --week 2025-W53
exits "nobody of that name" 66 samvagt show volunteer Zacharias
exits "a good one" 0 samvagt add volunteer given=Søren family=Ærø phone="+45 20 83 87 97" --plain
id=$(cat "$dir/out")
exits "soren finds him" 0 samvagt list volunteer --find soren --plain
same "once" "$(wc -l <"$dir/out")" 1
exits "by the end of his id" 0 samvagt show volunteer "$(printf %s "$id" | tail -c 6)" --json
shows "JSON with his name" '"given": "Søren"'
exits "undo" 0 samvagt undo
exits "nothing more to undo but the start" 0 samvagt list volunteer --plain
same "nobody" "$(wc -l <"$dir/out")" 0
samvagt add unit name=Forhal >/dev/null 2>&1
samvagt add role name=Guide unit=Forhal >/dev/null 2>&1
exits "a unit that a role names isn't deleted" 1 samvagt delete unit Forhal
exits "the role first" 0 samvagt delete role Guide
exits "then the unit" 0 samvagt delete unit Forhal
exits "a dry run" 0 samvagt add volunteer given=Bo --dry-run
exits "has written nothing" 0 samvagt list volunteer --plain
same "nobody" "$(wc -l <"$dir/out")" 0
exits "a dry run of what makes an id" 0 samvagt add volunteer given=Bo --dry-run --plain
same "gives none" "$(wc -c <"$dir/out")" 0
samvagt add volunteer given=Bo >/dev/null 2>&1
exits "undo on trial" 0 samvagt undo --dry-run
grep -q undone "$dir/err"; [ $? -ne 0 ]; ok $? "doesn't say that it was done"
exits "what it would take back" 0 samvagt show volunteer Bo
samvagt undo >/dev/null 2>&1
for what in "passphrase --remove" "doctor --repair" "backup $dir/try.svb" "init --site Skive --store $dir/try" \
	"restore $dir/try.svb --store $dir/try" "demo --make --store $dir/try"; do
	exits "not to be tried: $what" 64 samvagt $what --dry-run
done
[ ! -e "$dir/try" ] && [ ! -e "$dir/try.svb" ]; ok $? "and none of it was done"
exits "a number that isn't" 64 samvagt history --max many
exits "nor a number of lines" 64 samvagt history --max=-1
exits "a day is no change" 64 samvagt undo 3/12
exits "an end before the start" 65 samvagt fill --period 5/12..1/12
says "which is" "expected an end that is not before the start"
exits "neither days nor weeks" 65 samvagt copy 48 50
says "what it takes" "two days (3/12 10/12) or two weeks"
exits "a day and a week" 64 samvagt copy 3/12 2025-W50
says "as before" "two days (3/12 10/12) or two weeks"
exits "a week and a day" 64 samvagt roster --week 49 --from 1/12
exits "a week and a month" 64 samvagt gaps --week 49 --month 2025-12
tail=$(samvagt add unit name=Hall --plain 2>/dev/null | tail -c 3)
samvagt add unit name="Afsnit $tail" >/dev/null 2>&1
exits "a place with a number" 0 samvagt show unit "$tail" --json
shows "is found by its name before another's id" "Afsnit"
exits "a unit isn't its own" 65 samvagt set unit Hall parent=Hall
says "which field" '"Belongs to"'
exits "a setting" 0 samvagt add setting key=limit.rest_hours value=9
exits "is known by its name" 0 samvagt set setting limit.rest_hours value=10
samvagt add role name=Guide unit=Hall >/dev/null 2>&1
shift=$(samvagt add shift unit=Hall role=Guide start="3/12 8" end="3/12 11" --plain 2>/dev/null)
exits "a shift that ends before it begins" 65 samvagt add shift unit=Hall role=Guide start="3/12 11" end="3/12 8"
says "which ones" '"To" must be after "From"'
exits "nor made so" 65 samvagt set shift "$shift" start="3/12 11"
exits "both at once" 0 samvagt set shift "$shift" start="3/12 11" end="3/12 14"
exits "what else it says" 0 samvagt set shift "$shift" note="Vest"
exits "how far?" 64 samvagt move "$shift"
says "one must say it" "--days"
gone=$(samvagt add volunteer given=Eva --plain 2>/dev/null)
samvagt delete volunteer "$gone" >/dev/null 2>&1
exits "why not somebody who has been deleted" 66 samvagt why "$shift" "$gone"
exits "what became of her" 0 samvagt history volunteer "$gone"
exits "a file that isn't there" 66 samvagt import "$dir/none.csv"
printf 'a\0b;c\n' >"$dir/nul.csv"
exits "a file that is no text" 65 samvagt import "$dir/nul.csv"
exits "a shift by when and where" 0 samvagt cancel "3/12 11-14 hall"
exits "on again" 0 samvagt cancel "3/12 11 hall"
exits "taken back" 0 samvagt undo
says "which says what it was" "undone: put on again Guide, Hall"
samvagt cancel "3/12 hall guide" >/dev/null 2>&1
exits "a place without such a shift" 66 samvagt cancel "4/12 hall"
exits "no shift at all" 66 samvagt cancel hall
says "says how" "Say it by its id"
exits "a page as the file's name says" 0 samvagt roster --week 49 -o "$dir/week.html"
head -n 1 "$dir/week.html" | grep -qi doctype; ok $? "is a page"
exits "unless another is asked for" 0 samvagt roster --week 49 --as csv -o "$dir/week.html"
grep -q ";" "$dir/week.html"; ok $? "is a sheet"
exits "a day alone is when it ended" 0 samvagt list volunteer --at 2025-11-30
exits "a backup" 0 samvagt backup "$dir/copy.svb"
exits "isn't written over" 75 samvagt backup "$dir/copy.svb"
exits "restored elsewhere" 0 samvagt restore "$dir/copy.svb" --store "$dir/again"
exits "is whole" 0 samvagt doctor --store "$dir/again"
head -c 200 "$dir/copy.svb" >"$dir/torn.svb"
exits "a torn backup is refused" 74 samvagt restore "$dir/torn.svb" --store "$dir/torn"
[ ! -e "$dir/torn/db/data.mdb" ]; ok $? "and leaves nothing half made"
SAMVAGT_TEST_FS=network; export SAMVAGT_TEST_FS
exits "a store on a network drive" 78 samvagt list volunteer
unset SAMVAGT_TEST_FS
exits "help" 0 samvagt --help
exits "help of a command" 0 samvagt roster --help
shows "names its options" "--week"
exits "version" 0 samvagt --version
exits "the screen without a terminal" 64 samvagt
for place in "Hal A" "Hal B"; do samvagt add unit name="$place" >/dev/null 2>&1; done
exits "a unit's name that fits two" 65 samvagt show unit Hal
says "the first is listed" "Hal A ("
says "and the second" "Hal B ("
finish
