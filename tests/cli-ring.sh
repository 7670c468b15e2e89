#!/bin/sh
# Sites get into a ring with a file and six words, and out of it again; and what is refused on the way.
. "${srcdir:-.}/tests/cli-lib.sh"
unset SAMVAGT_STORE
at() { site=$1; shift; samvagt --store "$dir/$site" "$@"; }
names() { at "$1" ring members --plain 2>/dev/null | cut -f1,3 | tr '\t\n' ' ;'; }
for site in Viborg Silkeborg Skive; do at "$site" init --site "$site" --name "Anna Holm" --no-passphrase 2>/dev/null; done

refuses "no ring yet" 66 "samvagt ring new" at Viborg ring members
same "in the words of every command" "$(at Viborg ring members 2>&1)" "$(at Viborg sites 2>&1)"
same "a meeting's too" "$(at Viborg ring members 2>&1)" "$(at Viborg sync "$dir" 2>&1)"
refuses "a ring has a name" 64 "name NAME" at Viborg ring new
refuses "a ring isn't tried first" 64 "dry-run" at Viborg ring new --name Midt --dry-run
refuses "no such word" 64 "new|invite" at Viborg ring found
refuses "not without its argument" 64 "remove SITE" at Viborg ring remove
exits "make a ring" 0 at Viborg ring new --name "Region Midtjylland"
says "it is named" "Region Midtjylland"
refuses "one ring a store" 75 "Region Midtjylland" at Viborg ring new --name Nord
refuses "who is invited?" 64 "site NAME" at Viborg ring invite -o "$dir/inv"
refuses "where to?" 64 "o FILE" at Viborg ring invite --site Silkeborg
refuses "nobody is invited under a name that is there" 75 "VIBORG.*is in the ring already" at Viborg ring invite --site VIBORG -o "$dir/inv"
[ ! -e "$dir/inv" ]; ok $? "and no file is written"
exits "invite a site" 0 at Viborg ring invite --site Silkeborg -o "$dir/inv"
words=$(cat "$dir/out")
same "six words on one line" "$(wc -lw <"$dir/out" | tr -s ' ')" " 1 6"
! grep -qa -e Silkeborg -e Viborg -e Midtjylland "$dir/inv"; ok $? "the file shows no names"
refuses "no invitation is overwritten" 75 "exists already" at Viborg ring invite --site Skive -o "$dir/inv"

refuses "which words?" 64 "words" at Silkeborg ring join "$dir/inv"
refuses "other words don't fit" 77 "don't fit" at Silkeborg ring join "$dir/inv" --words "agurk agurk agurk agurk agurk agurk"
refuses "five aren't six" 77 "six words" at Silkeborg ring join "$dir/inv" --words "${words% *}"
refuses "a word that isn't one" 77 "word 2, \"gurk\"" at Silkeborg ring join "$dir/inv" --words "agurk gurk agurk agurk agurk agurk"
refuses "no such file" 66 "no-such" at Silkeborg ring join "$dir/no-such" --words "$words"
refuses "not an invitation" 65 "no invitation" at Silkeborg ring join "$dir/Viborg/format" --words "$words"
head -c 500 "$dir/inv" >"$dir/cut"
refuses "a cut one" 74 "cut short" at Silkeborg ring join "$dir/cut" --words "$words"
SAMVAGT_NOW=2026-01-02T09:00 refuses "an old one" 1 "30 days" at Silkeborg ring join "$dir/inv" --words "$words"
exits "join, with capitals and without æøå" 0 at Silkeborg ring join "$dir/inv" --words \
	"$(echo "$words" | sed 's/æ/ae/g;s/ø/oe/g;s/å/aa/g' | tr '[:lower:] ' '[:upper:],')"
same "two are in" "$(names Silkeborg)" "Viborg ;Silkeborg this site;"
refuses "one ring a site" 75 "Region Midtjylland" at Silkeborg ring join "$dir/inv" --words "$words"

at Viborg ring invite --site Randers -o "$dir/namesake" >"$dir/words" 2>/dev/null
at Namesake init --site Viborg --name "Anna Holm" --no-passphrase 2>/dev/null
refuses "nor joins under one" 75 "is called Viborg.*samvagt set site" at Namesake ring join "$dir/namesake" --words "$(cat "$dir/words")"
exits "so it takes another" 0 at Namesake set site Viborg name=Randers
exits "and joins" 0 at Namesake ring join "$dir/namesake" --words "$(cat "$dir/words")"
exits "a region member is invited by anybody" 0 at Silkeborg ring invite --site Skive --region -o "$dir/region" --json
words=$(sed -n 's/.*"words": "\(.*\)"/\1/p' "$dir/out")
echo "$words" >"$dir/words"
at Skive ring join "$dir/region" --words - <"$dir/words" 2>/dev/null; ok $? "with the words from standard input"
at Skive ring members --json >"$dir/json"
[ "$(grep -c '"role": "region"' "$dir/json")" = 1 ]; ok $? "it reads only"
exits "what rests on persons" 0 at Skive gaps
says "says that it has none" "gets no persons"
exits "a list of units" 0 at Skive list unit
same "says nothing" "$(cat "$dir/err")" ""
exits "nor does a site that has all" 0 at Silkeborg gaps
same "say so" "$(cat "$dir/err")" ""
exits "the sites" 0 at Skive sites
shows "say what it is" "reads only: what is changed here stays here"
refuses "and invites nobody" 1 "only reads" at Skive ring invite --site Hammel -o "$dir/hammel"

refuses "remove whom?" 66 "Horsens" at Silkeborg ring remove Horsens
refuses "not oneself by mistake" 64 "say --yes\|Say --yes" at Silkeborg ring remove silkeborg
exits "remove a site" 0 at Silkeborg ring remove viborg
same "it is out" "$(names Silkeborg)" "Viborg has left;Silkeborg this site;"
exits "leave" 0 at Silkeborg ring remove Silkeborg --yes
refuses "who left invites nobody" 1 "any more" at Silkeborg ring invite --site Hammel -o "$dir/hammel"
exits "but may begin again" 0 at Silkeborg ring new --name Silkeborg

exits "a fingerprint" 0 at Viborg fingerprint
same "six words, and the number" "$(wc -lw <"$dir/out" | tr -s ' ')" " 2 7"
before=$(cat "$dir/out")
at Viborg add unit name=Forhal 2>/dev/null
[ "$before" != "$(at Viborg fingerprint)" ]; ok $? "is another when something is changed"
finish
