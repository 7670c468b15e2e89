#!/bin/sh
# What goes wrong around the program: files that are missing, damaged or another version's, output that nobody takes, a
# second program, a wrong clock. Each gives one sentence and its exit status, and nothing that was saved is lost.
. "${srcdir:-.}/tests/cli-lib.sh"
data=$srcdir/tests/data/viborg
umask 077

# The store that each part begins with, and what is in it.
fresh
samvagt import "$data"/*.csv --yes >/dev/null 2>&1
samvagt add volunteer given=Thyra family=Kvistgaard phone="22 33 44 55" >/dev/null 2>&1
samvagt list volunteer --json >"$dir/people"
cp -a "$SAMVAGT_STORE" "$dir/good"
good() { chmod -R u+rwx "$SAMVAGT_STORE" 2>/dev/null; rm -rf "$SAMVAGT_STORE"; cp -a "$dir/good" "$SAMVAGT_STORE"; }

# whole NAME : the doctor says so, and everybody is there
whole() {
	samvagt doctor >"$dir/out" 2>&1; s=$?
	samvagt list volunteer --json | cmp -s - "$dir/people" || s=1
	ok $s "$1: whole, with everybody"
	[ $s -eq 0 ] || sed 's/^/# /' "$dir/out"
}

# flip FILE OFFSET BIT
flip() {
	byte=$(od -An -tu1 -j"$2" -N1 "$1" | tr -d ' ')
	printf "\\$(printf %03o $((byte ^ (1 << $3))))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# ---- the small files: each way of being wrong, and the copy that is put back ---------------------------------------
for file in format keys; do
	for way in missing empty cut garbled flipped; do
		good
		path=$SAMVAGT_STORE/$file
		case $way in
		missing) rm "$path" ;;
		empty) : >"$path" ;;
		cut) head -c 40 "$path" >"$dir/cut"; cat "$dir/cut" >"$path" ;;
		garbled) printf 'hej\0hej\n' >"$path" ;;
		flipped) flip "$path" 60 1 ;;
		esac
		refuses "$file $way" 74 "/$file is .*--repair" samvagt list volunteer
		refuses "$file $way: nothing is written" 74 "/$file is .*--repair" samvagt add volunteer given=Bo
		refuses "$file $way: the doctor says it" 74 "nothing is lost" samvagt doctor
		exits "$file $way: repaired" 0 samvagt doctor --repair
		shows "from its copy" "its copy is in its place"
		whole "$file $way"
	done
	good
	rm "$SAMVAGT_STORE/$file" "$SAMVAGT_STORE/copies/$file"
	refuses "$file and its copy missing" 74 "restore a backup" samvagt doctor --repair
	good
	sed 's/^\(samvagt-[a-z]* \).*/\19/; /^sum/d' "$SAMVAGT_STORE/$file" >"$dir/newer"
	if command -v b2sum >/dev/null; then
		printf 'sum %s\n' "$(b2sum -l 128 <"$dir/newer" | cut -d' ' -f1)" >>"$dir/newer"
		cp "$dir/newer" "$SAMVAGT_STORE/$file"
		refuses "$file of a newer version" 78 "newer samvagt" samvagt list volunteer
		refuses "which isn't repaired" 78 "newer samvagt" samvagt doctor --repair
		cmp -s "$dir/newer" "$SAMVAGT_STORE/$file"; ok $? "nor changed"
	fi
done

# ---- the database --------------------------------------------------------------------------------------------------
mdb=$SAMVAGT_STORE/db/data.mdb
good
exits "a backup, where it goes by itself" 0 samvagt backup
cp "$(cat "$dir/out")" "$dir/copy.svb"
for way in missing empty cut noise older; do
	good
	case $way in
	missing) rm "$mdb" ;;
	empty) : >"$mdb" ;;
	cut) truncate -s 40960 "$mdb" ;;
	noise) yes | head -c 8192 | dd of="$mdb" conv=notrunc status=none ;;
	older) for page in 0 4096; do printf '\2' | dd of="$mdb" bs=1 seek=$((page + 20)) conv=notrunc status=none; done ;;
	esac
	want=74 says="damaged, so it wasn't opened"
	[ $way = older ] && want=78 says="another version of LMDB"
	cksum "$mdb" >"$dir/before" 2>&1
	refuses "database $way: read" $want "$says" samvagt list volunteer
	refuses "database $way: written" $want "$says" samvagt add volunteer given=Bo
	cksum "$mdb" >"$dir/after" 2>&1
	cmp -s "$dir/before" "$dir/after"; ok $? "it is left as it is"
	[ $way = older ] || refuses "database $way: nothing to repair it from" 74 "restore" samvagt doctor --repair
done
exits "the backup has everything" 0 samvagt restore "$dir/copy.svb" --store "$dir/again"
samvagt --store "$dir/again" list volunteer --json | cmp -s - "$dir/people"; ok $? "everybody"
exits "whole" 0 samvagt --store "$dir/again" doctor

# Flipped bits all over the file: what is shown is right, or there is a sentence. A page's own pointers can kill whoever
# follows them; a sanitizer then says so in its own words.
sanitized=$(grep -c __asan_init "$SAMVAGT")
good
for type in volunteer shift assignment; do samvagt list $type --json >"$dir/list-$type"; done
used=$((($(wc -c <"$mdb") - 8388608) / 4096)) i=0 wrong=0 told=0 shown=0
while [ $i -lt 60 ]; do
	i=$((i + 1)) at=$(((i * 7919) % used * 4096 + (i % 2 ? (i * i * 31) % 4096 : 16 + (i * 13) % 104)))
	cp "$dir/good/db/data.mdb" "$mdb"
	flip "$mdb" $at $((i % 8))
	case $((i % 3)) in 0) type=volunteer ;; 1) type=shift ;; 2) type=assignment ;; esac
	status=0; samvagt list $type --json >"$dir/out" 2>"$dir/err" || status=$?
	if [ $status -eq 0 ]; then
		shown=$((shown + 1)); cmp -s "$dir/out" "$dir/list-$type" && continue
	elif [ $status -eq 74 ] && [ "$(wc -l <"$dir/err")" -eq 1 ] && ! grep -q -e Kvistgaard -e Holm "$dir/err"; then
		told=$((told + 1)); continue
	elif [ "$sanitized" -gt 0 ] && grep -q 'Sanitizer' "$dir/err"; then
		told=$((told + 1)); continue
	fi
	wrong=$((wrong + 1)); echo "# byte $at, bit $((i % 8)): exit $status"; head -3 "$dir/err" | sed 's/^/# /'
done
same "sixty flipped bits: nothing wrong is shown, and one sentence for the rest ($shown shown, $told told)" $wrong 0

# ---- descriptors that are closed, full or gone ---------------------------------------------------------------------
good
people=$(samvagt list volunteer --plain | wc -l)
sh -c '"$0" --lang en add volunteer given=Bo --plain >&-' "$SAMVAGT" 2>"$dir/err"; same "standard output closed" $? 74
says "it was done all the same" "done and saved"
same "it was" "$(samvagt list volunteer --plain | wc -l)" $((people + 1))
exits "and undone" 0 samvagt undo
sh -c '"$0" add volunteer given=Bo --plain <&- >&- 2>&-' "$SAMVAGT"; same "all three closed" $? 74
exits "and undone" 0 samvagt undo
whole "no word got into the database"
refuses "a passphrase from a closed input" 74 "could not be read" \
	sh -c '"$0" --lang en passphrase --new-passphrase-file - <&-' "$SAMVAGT"
if [ -c /dev/full ]; then
	refuses "a full output, reading" 73 "could not be written" sh -c '"$0" --lang en list volunteer >/dev/full' "$SAMVAGT"
	refuses "a full output, reading much" 73 "could not be written" \
		sh -c '"$0" --lang en list shift --json >/dev/full' "$SAMVAGT"
	sh -c '"$0" --lang en add volunteer given=Bo --plain >/dev/full' "$SAMVAGT" 2>"$dir/err"; same "a full output, writing" $? 73
	says "it was done all the same" "done and saved"
	exits "and undone" 0 samvagt undo
fi
for command in "list shift --json" "roster --week 2025-W49 --json" "manual commands" "history"; do
	{ samvagt $command 2>"$dir/err"; echo $? >"$dir/status"; } | head -c 1 >/dev/null
	same "$command, and nobody reads on" "$(cat "$dir/status") $(cat "$dir/err")" "0 "
done
mkfifo "$dir/pipe"
cat "$dir/pipe" >"$dir/piped" &
exits "a roster into a pipe" 0 samvagt roster --week 2025-W49 --as csv -o "$dir/pipe"
wait; [ -p "$dir/pipe" ] && [ -s "$dir/piped" ]; ok $? "comes out of it, and the pipe stays"
whole "after all that"

# ---- a second program, and one that was killed ---------------------------------------------------------------------
# The first one waits for a passphrase that comes through a pipe.
mkfifo "$dir/wait"
"$SAMVAGT" --lang en passphrase --new-passphrase-file "$dir/wait" 2>/dev/null &
holder=$!
for try in 1 2 3 4 5 6 7 8 9; do grep -q "process $holder " "$SAMVAGT_STORE/lock" && break; sleep 0.1; done
exits "a second program writes" 75 samvagt add volunteer given=Bo
says "and is told who the first is" "Anna Holm · process $holder"
exits "has nothing to repair" 0 samvagt doctor --repair
exits "reads" 0 samvagt list volunteer --plain
exits "backs up" 0 samvagt backup "$dir/beside.svb"
whole "the first is still at it"
kill -9 $holder; wait $holder 2>/dev/null
exits "the first is killed, and the second writes" 0 samvagt add volunteer given=Bo
exits "and undoes" 0 samvagt undo

# ---- where a store can't be ----------------------------------------------------------------------------------------
for command in "list volunteer" "add volunteer given=Bo" "doctor --repair" "backup $dir/net.svb" "undo"; do
	refuses "on a network drive: ${command%% *}" 78 "network drive" env SAMVAGT_TEST_FS=network "$SAMVAGT" --lang en $command
done
refuses "a new one there" 78 "network drive" env SAMVAGT_TEST_FS=network "$SAMVAGT" --lang en init --store "$dir/net" \
	--site Viborg --no-passphrase
refuses "or from a backup" 78 "network drive" env SAMVAGT_TEST_FS=network "$SAMVAGT" --lang en restore "$dir/copy.svb" \
	--store "$dir/net"
[ ! -e "$dir/net" ]; ok $? "nothing is made"
exits "on a stick one can write" 0 env SAMVAGT_TEST_FS=fat "$SAMVAGT" --lang en add volunteer given=Bo
says "but is told" "on a disk of the kind fat"
exits "and undo" 0 env SAMVAGT_TEST_FS=fuse "$SAMVAGT" --lang en undo
says "there too" "on a disk of the kind fuse"
whole "on its own disk"

# ---- the clock -----------------------------------------------------------------------------------------------------
good
exits "twenty years too late" 0 env SAMVAGT_NOW=2045-12-01T09:00 "$SAMVAGT" --lang en add volunteer given=Bo --plain
bo=$(cat "$dir/out")
exits "ten years too early" 0 env SAMVAGT_NOW=2015-12-01T09:00 "$SAMVAGT" --lang en set volunteer "$bo" city=Skive
says "that is told" "clock says 2015-12-01, and the newest change was made 2045-12-01"
exits "right again" 0 samvagt set volunteer "$bo" city=Viborg
exits "the last one stands" 0 samvagt show volunteer "$bo" --json
shows "though its clock was behind" '"city": "Viborg"'
for step in 1 2 3; do exits "undo $step" 0 samvagt undo; done
exits "a backup and back" 0 samvagt backup "$dir/clock.svb"
exits "restored" 0 samvagt restore "$dir/clock.svb" --store "$dir/clock"
exits "written" 0 samvagt --store "$dir/clock" add volunteer given=Bo
exits "whole" 0 samvagt --store "$dir/clock" doctor
whole "after all of them"
for now in 1970-01-01T00:00 2038-01-20T00:00 2106-02-08T00:00; do
	exits "in the year ${now%%-*}" 0 env SAMVAGT_NOW=$now "$SAMVAGT" roster
done

# ---- what interrupted programs left ---------------------------------------------------------------------------------
good
mkdir -p "$SAMVAGT_STORE/draft" "$SAMVAGT_STORE/rebuild/db" "$SAMVAGT_STORE/backup"
for place in . draft copies; do echo x >"$SAMVAGT_STORE/$place/.samvagt-0123456789abcdef.tmp"; done
echo x >"$SAMVAGT_STORE/backup/2025-12-01-0900.svb.0123abcd.samvagt-part"
exits "reading leaves them" 0 samvagt list volunteer --plain
same "as they are" "$(find "$SAMVAGT_STORE" -name '*.tmp' | wc -l)" 3
exits "the next that writes" 0 samvagt set volunteer Kvistgaard city=Skive
exits "and the next backup" 0 samvagt backup
same "remove them" "$(find "$SAMVAGT_STORE" -name '*.tmp' -o -name '*part' -o -name rebuild)" ""
exits "undo" 0 samvagt undo
whole "afterwards"

# ---- nothing left elsewhere, nothing said aloud --------------------------------------------------------------------
good
mkdir "$dir/here" "$dir/tmp"
flip "$mdb" $((4096 * 2 + 18)) 4
(cd "$dir/here" && ulimit -c unlimited && TMPDIR=$dir/tmp "$SAMVAGT" doctor >/dev/null 2>&1)
(cd "$dir/here" && ulimit -c unlimited && TMPDIR=$dir/tmp "$SAMVAGT" list volunteer >/dev/null 2>&1)
same "no core and no temp file" "$(ls -A "$dir/here" "$dir/tmp" | grep -v -e : -e '^$')" ""
good
if [ "$sanitized" -eq 0 ]; then
	refuses "no memory" 70 "memory" sh -c 'ulimit -v 16000; exec "$0" --lang en list shift --json' "$SAMVAGT"
fi
finish
