#!/bin/sh
# A computer is put back from an image, with all that could have told it so, and goes on: two lines of changes under the
# same numbers. One site has the one, another the other and has written over it. As soon as the first finds out, nothing
# is lost: all values of all three stand at all sites, and each store is whole.
. "${srcdir:-.}/tests/cli-lib.sh"
unset SAMVAGT_NOW
mkdir "$dir/first" "$dir/second"

on() {
	site=$1; shift
	SAMVAGT_STORE=$dir/$site/store XDG_STATE_HOME=$dir/$site/state samvagt "$@" </dev/null
}
meet() { on "$1" sync "$dir/$2" >"$dir/out" 2>"$dir/err"; s=$?; ok $s "$1 meets in the $2 folder"; [ $s -eq 0 ] || sed 's/^/# /' "$dir/err"; }
quietly() { on "$@" >"$dir/out" 2>"$dir/err" || sed 's/^/# /' "$dir/err"; }
phone() { quietly "$1" set volunteer Thyra phone="$2"; }

quietly viborg init --site Viborg --name "Anna Holm" --no-passphrase
quietly viborg ring new --name Midt
quietly viborg add volunteer given=Thyra family=Kvistgaard
for site in skive randers; do
	words=$(on viborg ring invite --site "$site" -o "$dir/$site.invitation" 2>/dev/null)
	quietly $site init --site "$site" --name "Anna Holm" --no-passphrase
	quietly $site ring join "$dir/$site.invitation" --words "$words"
done
for site in viborg skive randers viborg skive randers; do quietly $site sync "$dir/first"; done
cp -R "$dir/first/SAMVAGT" "$dir/second/"
cp -a "$dir/viborg" "$dir/image"

phone viborg "20 00 00 01"
meet viborg first
meet skive first
rm -rf "$dir/viborg"
mv "$dir/image" "$dir/viborg"
phone viborg "20 00 00 02"
meet viborg second
meet randers second
phone randers "20 00 00 03"
meet randers second

meet viborg first
says "it tells that it was put back, and goes on under another name" "goes on under another name"
for site in viborg skive randers viborg skive randers; do
	quietly $site sync "$dir/second"
	quietly $site sync "$dir/first"
done
for site in viborg skive randers; do
	same "$site has all three phones" "$(on $site disagreements --plain 2>/dev/null | grep -o '20 00 00 0.' | sort | tr '\n' ' ')" \
		"20 00 00 01 20 00 00 02 20 00 00 03 "
	on $site doctor >"$dir/out" 2>&1; ok $? "$site is whole"
done
same "two hold the same" "$(on viborg fingerprint)" "$(on skive fingerprint)"
same "and the third" "$(on viborg fingerprint)" "$(on randers fingerprint)"

# What can be told at once is told by whatever command is the first to open the store for writing, and once.
told() { grep -c "$1" "$dir/err"; }
cp -a "$dir/skive/store" "$dir/image"
phone skive "20 00 00 04"
rm -rf "$dir/skive/store"
mv "$dir/image" "$dir/skive/store"
exits "a store that was put back, looked at" 0 on skive list volunteer
same "says nothing" "$(cat "$dir/err")" ""
exits "tried" 0 on skive add unit name=Forhal --dry-run
same "says so" "$(told "was put back from a backup")" 1
exits "written" 0 on skive add unit name=Forhal
same "and no second time" "$(told "put back")" 0
cp -a "$dir/randers/store" "$dir/randers/copy"
exits "a copy, and a command that opens it by itself" 66 on randers --store "$dir/randers/copy" disagreements choose nobody phone mine
same "says so" "$(told "was copied or moved")" 1
exits "again" 66 on randers --store "$dir/randers/copy" disagreements choose 00 phone mine
same "not a second time" "$(told "copied or moved")" 0
finish
