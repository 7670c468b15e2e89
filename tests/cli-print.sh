#!/bin/sh
# The papers of the table: which there are, each in each format, to a printer and without one, and that what left is
# noted.
. "${srcdir:-.}/tests/cli-lib.sh"
export SAMVAGT_LIBEXEC="${top_builddir:-.}" XDG_CACHE_HOME="$dir/cache"
whole=$(cd "$(dirname "$SAMVAGT")" && pwd)/$(basename "$SAMVAGT")
mkdir "$dir/bin" "$dir/none" "$dir/desk"
formats="text csv html json"
[ ! -x "$top_builddir/samvagt-pdf" ] && [ ! -x ./samvagt-pdf ] || formats="$formats pdf"
[ ! -x "$top_builddir/samvagt-xlsx" ] && [ ! -x ./samvagt-xlsx ] || formats="$formats xlsx"

# ---- which there are
exits "which papers there are, without a store" 0 samvagt print --list
shows "a row each" '^evacuation'
shows "with what it asks for" '--for Shift, a period'
exits "for programs" 0 samvagt print --list --plain
cut -f1 "$dir/out" >"$dir/papers"
same "more than thirty" "$([ "$(wc -l <"$dir/papers")" -ge 30 ]; echo $?)" 0
golden print-list.txt en print --list
golden print-list-da.txt da print --list
golden help-print.txt en print --help

# ---- each in each format
samvagt demo --make --size ward -s "$SAMVAGT_STORE" >/dev/null 2>&1
some() {
	case $1 in
	round) echo --for; samvagt gaps --json | sed -n 's/.*"shift": "\(.*\)".*/\1/p' | head -1 ;;
	vigil | chain) echo --for; samvagt list vigil --plain | cut -f1 | head -1 ;;
	hours | confirmation) echo --for; samvagt list volunteer --plain | cut -f1 | head -1 ;;
	frames) echo --for; samvagt list role --plain | cut -f1 | head -1 ;;
	esac
}
while read -r paper; do
	for_whom=$(some "$paper")
	case $for_whom in --for) echo "# $paper: the demo of a ward has none"; continue ;; esac
	failed=
	for format in $formats; do
		set -- print "$paper"
		[ -z "$for_whom" ] || set -- "$@" --for "$(echo "$for_whom" | sed -n 2p)"
		rm -f "$dir/file"
		samvagt "$@" --as "$format" -o "$dir/file" >"$dir/out" 2>"$dir/err" </dev/null && [ -s "$dir/file" ] || failed="$failed $format: $(cat "$dir/err")"
	done
	[ -z "$failed" ]; ok $? "$paper: as $formats"
	[ -z "$failed" ] || echo "# $failed"
done <"$dir/papers"

# ---- what is asked
exits "a paper by a part of its label" 0 samvagt print evacu
exits "in Danish too" 0 "$SAMVAGT" --lang da print "frivillige i dag"
exits "some of its columns, in another order" 0 samvagt print ward --columns role,time --as csv
same "as asked" "$(sed -n '1s/^[^A-Z]*//p' "$dir/out" | tr -d '\r')" "Place;Role;Time"
refuses "a column that isn't there" 64 "phone" samvagt print ward --columns phone
refuses "a paper that isn't there" 64 "print --list" samvagt print nothing
refuses "one of several" 64 "names of several" samvagt print roster
refuses "a file without a name" 64 "no name" samvagt print ward -o ""
refuses "a calendar of a paper" 64 "isn't known" samvagt print ward -o "$dir/ward.ics"
refuses "what a paper doesn't ask for" 64 "asks for no such thing: --for" samvagt print wall --for x
refuses "nor phones on the wall" 64 "no such thing: --phones" samvagt print wall --phones
refuses "both a paper and the list" 64 "usage:" samvagt print ward --list
refuses "neither" 64 "usage:" samvagt print
refuses "the hours of everybody" 64 "about one only" samvagt print hours
refuses "more than a month of them" 64 "one month" samvagt print hours --for "$(some hours | sed -n 2p)" --from 1/9 --to 30/11
refuses "a shift of nobody" 66 "" samvagt print tick --for "no such shift"

# ---- what left is noted
fresh
samvagt add unit name=Forhal >/dev/null 2>&1
samvagt add role name=Guide does="Viser vej" may="Følge nogen hen" may_not="Løfte nogen" >/dev/null 2>&1
shift=$(samvagt add shift unit=Forhal role=Guide "start=2025-12-01 08:00" "end=2025-12-01 11:00" need=2 state=published --plain 2>/dev/null)
samvagt add shift unit=Forhal role=Guide "start=2025-12-03 08:00" "end=2025-12-03 11:00" need=2 state=published >/dev/null 2>&1
samvagt add volunteer given=Ane family=Bjerg status=active confidentiality=2025-01-01 started=2020-12-01 phone=20304050 \
	address="Gl. Skivevej 7" postcode=8800 city=Viborg roles=Guide >/dev/null 2>&1
samvagt assign "$shift" "Ane Bjerg" --override "as ever" >/dev/null 2>&1
past=$(samvagt add shift unit=Forhal role=Guide "start=2025-11-24 08:00" "end=2025-11-24 11:30" need=1 state=published --plain 2>/dev/null)
samvagt assign "$past" "Ane Bjerg" --override "as ever" >/dev/null 2>&1
golden print-ward.txt da print ward
golden print-evacuation.txt en print evacuation
golden print-phones.txt da print phones
golden print-poster.txt da print poster
golden print-badges.txt da print badges
golden print-labels.txt en print labels
golden print-thanks.txt da print thanks --for "Ane Bjerg"
golden print-thanks-en.txt en print thanks --for "Ane Bjerg"
golden print-diploma.txt da print diploma
golden print-introduction.txt da print introduction --for "Ane Bjerg"
golden print-confirmation.txt da print confirmation --for "Ane Bjerg"
golden print-role.txt da print role
golden print-jubilees.txt da print jubilees
exits "what is only shown" 0 samvagt person prints --plain
same "isn't noted" "$(wc -l <"$dir/out")" 0
samvagt vigil new --unit Forhal --role Guide --from "2/12 20" >/dev/null 2>&1
exits "a vigil by its place" 0 samvagt print vigil --for Forhal
exits "a sheet that leaves" 0 samvagt print ward -o "$dir/desk/ward.html"
exits "is among what was printed" 0 samvagt person prints
shows "with its title" "Volunteers today"
exits "a letter to one" 0 samvagt print thanks --for "Ane Bjerg" -o "$dir/desk/thanks.csv"
exits "is noted too" 0 samvagt person prints
shows "by what it is" "Thank-you letters"
! grep -q Bjerg "$dir/out"; ok $? "and not whose"
exits "a poster" 0 samvagt print poster -o "$dir/desk/poster.html"
exits "names nobody" 0 samvagt person prints
! grep -q "lend a hand" "$dir/out"; ok $? "and so isn't noted"

# ---- to a printer
cat >"$dir/bin/lp" <<LP
#!/bin/sh
printf '<%s>' "\$@" >"$dir/lp-args"
cat >"$dir/lp-in"
case "\$*" in *broken*) echo "lp: The printer or class does not exist." >&2; exit 1 ;; esac
echo "request id is ward-7 (1 file(s))"
LP
chmod 700 "$dir/bin/lp"
cd "$dir/desk" || exit 99
case $formats in *pdf*)
	exits "to a printer" 0 env PATH="$dir/bin:$PATH" "$whole" --lang en print ward --printer ward1
	says "it says where" "Sent to the printer ward1"
	same "by lp, which gets the printer and a title without names" "$(cat "$dir/lp-args")" "<-t><Volunteers today><-d><ward1>"
	same "and a PDF" "$(head -c 5 "$dir/lp-in")" "%PDF-"
	exits "to the usual printer" 0 env PATH="$dir/bin:$PATH" "$whole" --lang en print tick --printer default
	same "none is named" "$(cat "$dir/lp-args")" "<-t><Attendance>"
	exits "is noted" 0 "$whole" --lang en person prints
	shows "as what is written to a file" "Attendance"
	refuses "a printer that isn't there" 74 "does not exist" env PATH="$dir/bin:$PATH" "$whole" --lang en print ward --printer broken
	rm -f "$dir/lp-args"
	exits "tried first" 0 env PATH="$dir/bin:$PATH" "$whole" --lang en print ward --printer ward1 --dry-run
	says "it says so" "nothing was sent"
	[ ! -e "$dir/lp-args" ]; ok $? "and sends nothing"
	rm -f ./*.pdf
	exits "on a machine that can't print" 0 env PATH="$dir/none" "$whole" --lang en print ward --printer default
	says "it says what to do" "cups-client"
	same "and where the file is" "$(ls ./*.pdf)" "./Volunteers_today.pdf"
	exits "again" 0 env PATH="$dir/none" "$whole" --lang en print ward --printer default
	same "beside it, not over it" "$(ls ./*.pdf | wc -l)" 2
	;;
esac
rm -f ./*.html
cp "$whole" "$dir/alone"
exits "on a machine that can't make PDF" 0 env SAMVAGT_LIBEXEC="$dir/none" PATH="$dir/bin:$PATH" "$dir/alone" --lang en print ward --printer default
if [ -n "$(ls ./*.html 2>/dev/null)" ]; then
	says "a page for the browser is written" "browser"
else
	ok 0 "# SKIP a samvagt-pdf is installed on this machine"
fi
refuses "a printer and a file" 64 "not both" "$whole" --lang en print ward --printer x -o y
cd - >/dev/null || exit 99

# ---- the whole trip: printed, changed, keyed in
exits "the tick sheet" 0 samvagt print tick --for "$shift"
shows "has lines for whoever comes too" '  + │ …'
code=$(sed -n 's/.*Guide · //p' "$dir/out")
samvagt add volunteer given=Bo family=Bjerg status=active confidentiality=2025-01-01 roles=Guide >/dev/null 2>&1
export SAMVAGT_NOW=2025-12-01T09:30
samvagt assign "$shift" "Bo Bjerg" --override "as ever" >/dev/null 2>&1
exits "somebody came onto it since; keyed in" 0 samvagt attend "$code" "f"
says "says who isn't on the paper" "1 came.* not on the paper: 2 Bo Bjerg"
exits "a sheet with both" 0 samvagt print tick --for "$shift"
code=$(sed -n 's/.*Guide · //p' "$dir/out")
export SAMVAGT_NOW=2025-12-01T10:00
samvagt unassign "$shift" "Ane Bjerg" >/dev/null 2>&1
export SAMVAGT_NOW=2025-12-01T11:00
exits "the first was taken off since; keyed in" 75 samvagt attend "$code" "1f"
says "the paper is older than that" "older than a change"
says "and it says which rows" "1 Ane Bjerg isn't on the shift any more; 2 Bo Bjerg is now 1"
exits "its code finds the shift" 0 samvagt print tick --for "$code"
exits "a day and a week" 0 samvagt print tick --week 2025-W49
shows "with a code each" "Guide · "
exits "the store is whole" 0 samvagt doctor
# ---- large paper
if command -v pdfinfo >/dev/null && [ -x "$(dirname "$SAMVAGT")/samvagt-pdf" ]; then
	exits "on large paper" 0 samvagt print gaps --a3 -o "$dir/large.pdf"
	[ "$(pdfinfo "$dir/large.pdf" | awk '/^Page size/ { print int($3 > $5 ? $3 : $5) }')" = 1190 ]; ok $? "the page is A3"
	exits "cards" 0 samvagt print badges --a3 -o "$dir/cards.pdf"
	pdfinfo "$dir/cards.pdf" | grep -q A4; ok $? "stay on A4, as they are cut"
fi

finish
