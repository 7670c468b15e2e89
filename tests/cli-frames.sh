#!/bin/sh
# Courses, checks, roles and pauses by commands, as somebody would go about it in a week.
. "${srcdir:-.}/tests/cli-lib.sh"
fresh
add() { samvagt add "$@" --plain 2>/dev/null; }
add unit name=Forhal >/dev/null
add unit name=Skranken parent=Forhal >/dev/null
add organisation name="Røde Kors" >/dev/null
add role name=Guide unit=Skranken >/dev/null
add role name=Legeven child_check=yes >/dev/null
add volunteer given=Anna family=Lund phone=20838797 confidentiality=1/1/2020 roles="Guide, Legeven" organisation="Røde Kors" born=2/3/1980 >/dev/null
add volunteer given=Bo family=Dam phone=22334455 confidentiality=1/1/2020 roles=Guide >/dev/null
one=$(add shift unit=Skranken role=Guide start="3/12 8" end="3/12 11" need=2)
play=$(add shift unit=Forhal role=Legeven start="4/12 8" end="4/12 11" need=2)

# ---- courses
add qualification-kind name=Samtale sort=introduction step=1 confirms=koordinatoren >/dev/null
add qualification-kind name=Hygiejne sort=hygiene months=12 after=Samtale >/dev/null
exits "a role asks for a course" 0 samvagt role asks Guide Hygiejne
exits "who lacks it isn't put on a shift" 1 samvagt assign "$one" Anna
says "with the reason" "lacks Hygiejne"
exits "not before what comes first" 1 samvagt qualification give Hygiejne Anna --on 1/11
says "which is named" "only after Samtale"
exits "nor what nobody has confirmed" 1 samvagt qualification give Samtale Anna Bo
exits "two people at once" 0 samvagt qualification give Samtale Anna Bo --by "Mette Holm" --on 2024-11-01
exits "one course" 0 samvagt qualification give Hygiejne Anna --on 2024-12-20
exits "what somebody has" 0 samvagt qualification list Anna
shows "and until when" "Hygiejne .*runs out soon .*20/12 2025"
exits "it is put on the shift" 0 samvagt assign "$one" Anna
exits "what runs out" 0 samvagt qualification expiring
shows "is listed with the phone" "20/12 2025 .*Anna Lund .*20 83 87 97 .*Hygiejne"
exits "within fewer days" 0 samvagt qualification expiring --days 10 --plain
same "it isn't" "$(cat "$dir/out")" ""
exits "an unknown verb" 64 samvagt qualification forget Anna

# ---- the check
exits "who needs a check" 0 samvagt check list --plain
same "stands in the list" "$(cut -f1,5 "$dir/out")" "$(printf 'Anna Lund\torder one')"
exits "those to order for" 0 samvagt check order --plain
same "with the date of birth" "$(cat "$dir/out")" "$(printf 'Anna Lund\t2/3 1980')"
exits "looking marks nobody" 0 samvagt check order --plain
samvagt add volunteer given=Uden family=Opgave >/dev/null 2>&1
exits "nobody's is ordered whose work asks for none" 1 samvagt check order "Uden Opgave"
exits "nor is it moved there" 1 samvagt check move "Uden Opgave" ordered
exits "ordered" 0 samvagt check order all
exits "not put near children meanwhile" 1 samvagt assign "$play" Anna
exits "one alone doesn't assess" 1 samvagt check move Anna assessed --by Mette
exits "two do" 0 samvagt check move Anna assessed --by Mette --second Jens
exits "then she may" 0 samvagt assign "$play" Anna
exits "no way back" 1 samvagt check move Anna consent-missing
says "which is said in words" 'from "assessed, in order" to "consent missing"'
exits "a CPR number is refused" 65 samvagt check move Anna renew --note "010180-1234"

# ---- roles
exits "what opens the roles" 0 samvagt role gates --plain
same "of one from before" "$(head -1 "$dir/out" | cut -f1,2)" "$(printf 'Guide\tfrom before')"
exits "one role" 0 samvagt role gates Guide
shows "says what fills a gate" "samvagt set role ID may="
exits "effort" 0 samvagt role effort Guide
shows "isn't clear" "Guide: not clear"
for answer in duty=yes substitute=yes instructed=yes staff_work=yes social=no; do samvagt set role Guide $answer 2>/dev/null; done
exits "answered" 0 samvagt role effort Guide
shows "it is volunteer work" "Guide: volunteer work"
shows "with its source" "Arbejdsskadesikringsloven"
exits "all of it as one paper" 0 samvagt role sheet Guide
for text in "Guide: frames and insurance" "Kind of effort: volunteer work" "yes: somebody paid would do it otherwise" "whoever leads it insures" \
	"What opens it: from before" "! " "checked 2026-01-15" "Arbejdsskadesikringsloven § 2"; do
	shows "says $text" "$text"
done
samvagt set role Guide does="Shows the way" may="walk along" may_not="lift" contact="Eva Bro" tr_date=1/11-2025 2>/dev/null
exits "filled in" 0 samvagt role sheet Guide --as csv
for text in "Does;Shows the way" "May do;walk along" "May not;lift" "Contact person;Eva Bro" "Held on 1/11 2025"; do shows "has $text" "$text"; done
same "what stands above isn't said again" "$(grep -c "walk along" "$dir/out")" 1
same "one gate isn't passed yet" "$(samvagt role sheet Guide --as json | grep -c '"mark": "gap"')" 1

# ---- pauses
exits "a reason is asked for" 64 samvagt pause begin Forhal
exits "a place stands still" 0 samvagt pause begin Forhal --reason "an outbreak" --from 3/12 --to 9/12
shows "who must be rung" "Wed 3/12 08:00 .*Anna Lund .*20 83 87 97 .*2"
exits "the shifts below it too are called off" 0 samvagt list shift --plain --where state=cancelled
same "both" "$(wc -l <"$dir/out")" 2
exits "nobody is put on one" 1 samvagt assign "$one" Bo
exits "it is listed" 0 samvagt pause list
shows "until when" "Forhal .*3/12 2025 .*10/12 2025 .*an outbreak"
exits "one undo" 0 samvagt undo
exits "takes it back" 0 samvagt list shift --plain --where state=cancelled
same "all of it" "$(cat "$dir/out")" ""
exits "everybody" 0 samvagt pause begin all --reason "an outbreak" --from 3/12
exits "begins again" 0 samvagt pause end all --on 4/12
says "with its shifts" "1 shift is on again"
exits "once" 1 samvagt pause end all --on 5/12
exits "nothing stands still there" 66 samvagt pause end Guide

# ---- limits
exits "the limits" 0 samvagt limits --plain
same "have names" "$(head -1 "$dir/out" | cut -f1,3,4)" "$(printf 'rest_hours\t11\thours')"
mkdir -p "$dir/config/samvagt"
printf 'rest_hours: 12 hours\n\tda: Hvile\n\ten: Rest\n\tsource: En ny lov\n\tchecked: 2026-02-01\nmin_age: x\n' >"$dir/config/samvagt/limits"
exits "with rows of one's own" 0 samvagt limits --plain
same "those count" "$(head -1 "$dir/out" | cut -f3,5)" "$(printf '12\tEn ny lov')"
says "a slip is named with its line" "config/samvagt/limits, line 6:"
finish
