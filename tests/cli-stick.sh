#!/bin/sh
# A stick that takes nothing: locked, full, or not a folder at all. What came in is told first, then why nothing went
# out.
. "${srcdir:-.}/tests/cli-mount.sh"
unset SAMVAGT_STORE
at() { site=$1; shift; samvagt --store "$dir/$site" "$@"; }
stick=$dir/stick
disk 1m "$stick"

for site in Viborg Skive; do at $site init --site $site --name "Anna Holm" --no-passphrase 2>/dev/null; done
at Viborg ring new --name Midt 2>/dev/null
at Viborg ring invite --site Skive -o "$dir/inv" >"$dir/words" 2>/dev/null
at Skive ring join "$dir/inv" --words "$(cat "$dir/words")" 2>/dev/null
for site in Viborg Skive Viborg; do at $site sync "$stick" >/dev/null 2>&1; done

# what NAME : the stick's troubles in one sentence that names the stick and no file on it
one_sentence() {
	[ "$(grep -c '^samvagt: ' "$dir/err")" = 1 ] && [ "$(wc -l <"$dir/err")" -eq 1 ] && grep -q "$stick: " "$dir/err" &&
		! grep -q -e '\.part' -e '\.p-' -e 'SAMVAGT/' -e 'take the stick out' "$dir/err"
	s=$?
	ok $s "$1: one sentence, of the stick"
	[ $s -eq 0 ] || sed 's/^/# /' "$dir/err"
}
# news : each has something that the other lacks, and Skive's is on the stick
news() {
	for site in Viborg Skive; do at $site add unit name="Forhal $site $1" 2>/dev/null >&2; done
	at Skive sync "$stick" >/dev/null 2>&1
}

news 1
mount -o remount,ro "$stick"
exits "a locked stick, tried only" 0 at Viborg sync "$stick" --dry-run
exits "a locked stick" 77 at Viborg sync "$stick"
shows "what came is told" "^Skive: 1 change$"
says "then that nothing went out" "nothing was left on"
says "and why" "can only be read"
one_sentence "locked"
exits "what came is there" 0 at Viborg show unit "Forhal Skive 1"
exits "again" 77 at Viborg sync "$stick"
shows "brings nothing" "Nothing new came"
exits "sending" 77 at Viborg send "$stick"
same "says nothing of receiving" "$(cat "$dir/out")" ""
one_sentence "locked, sending"
exits "receiving needs no writing" 0 at Viborg receive "$stick"
exits "as JSON" 77 at Viborg sync "$stick" --json
shows "there is JSON" '"received": \[\]'
shows "which says what is wrong" '"error": ".*can only be read'
grep -q 'Cm error' "$srcdir/man/samvagt-json.5"; ok $? "and the manual has that name"
mount -o remount,rw "$stick"
exits "unlocked again" 0 at Viborg sync "$stick"
shows "all of it goes out" "^Sent: 1 change of our own"

news 2
dd if=/dev/zero of="$stick/films" bs=4096 2>/dev/null
exits "a full stick" 73 at Viborg sync "$stick"
shows "what came is told" "^Skive: 1 change$"
says "and that there is no room" "no room"
one_sentence "full"
exits "as JSON" 73 at Viborg sync "$stick" --json
shows "what is wrong" '"error": ".*no room'
exits "sending" 73 at Viborg send "$stick"
one_sentence "full, sending"
same "nothing half is left" "$(find "$stick" -name '*.part' -o -name '.p-*')" ""
rm "$stick/films"
exits "with room again" 0 at Viborg sync "$stick"
shows "all of it goes out" "^Sent: 1 change of our own"
exits "and comes" 0 at Skive sync "$stick"
same "both are equal" "$(at Viborg fingerprint)" "$(at Skive fingerprint)"

# One that has never been used, so that not even its folder can be made.
rm -r "$stick/SAMVAGT"
mount -o remount,ro "$stick"
exits "a fresh stick that is locked" 77 at Viborg sync "$stick"
one_sentence "fresh and locked"
mount -o remount,rw "$stick"
dd if=/dev/zero of="$stick/films" bs=4096 2>/dev/null
exits "a fresh stick that is full" 73 at Viborg sync "$stick"
one_sentence "fresh and full"

for how in sync send receive; do
	refuses "a file isn't a folder: $how" 65 "a folder is wanted" at Viborg $how "$stick/films"
done
finish
