#!/bin/sh
# Each command that writes, killed before each of its calls that reach the disk, and with each of those calls failing:
# what was there before is there, or all of what was asked for; never anything between. The doctor says whole, and the
# next command clears up.
. "${srcdir:-.}/tests/cli-lib.sh"
command -v strace >/dev/null || { echo "1..0 # SKIP strace is missing"; exit 0; }
strace -qq -o /dev/null true 2>/dev/null || { echo "1..0 # SKIP ptrace isn't permitted"; exit 0; }
ASAN_OPTIONS=detect_leaks=0:$ASAN_OPTIONS; export ASAN_OPTIONS
data=$srcdir/tests/data/viborg home=$dir/home
mkdir "$home"
SAMVAGT_STORE=$home/store

people() { samvagt list volunteer --plain "$@" 2>/dev/null | wc -l; }
flip() { printf '\252' | dd of="$1" bs=1 seek="$2" conv=notrunc status=none; }

# The stores that commands begin with: one person; everything imported; that one damaged, but not in its log; and a
# backup.
fresh
samvagt add volunteer given=Thyra >/dev/null 2>&1
cp -a "$SAMVAGT_STORE" "$dir/small"; few=$(people)
samvagt import "$data"/*.csv --yes >/dev/null 2>&1
samvagt backup "$dir/copy.svb" >/dev/null
cp -a "$SAMVAGT_STORE" "$dir/kept"; auto=$(cd "$SAMVAGT_STORE/backup" && ls auto-*)
rm -rf "$SAMVAGT_STORE/backup"
cp -a "$SAMVAGT_STORE" "$dir/big"; many=$(people)
page=60
until samvagt doctor 2>&1 >/dev/null | grep -q "nothing is lost"; do
	page=$((page + 1))
	cp "$dir/big/db/data.mdb" "$SAMVAGT_STORE/db/data.mdb"
	flip "$SAMVAGT_STORE/db/data.mdb" $((page * 4096 + 3000))
	[ $page -lt 120 ] || { ok 1 "a page can be damaged so that it can be repaired"; finish; }
done
cp -a "$SAMVAGT_STORE" "$dir/hurt"
samvagt restore "$dir/copy.svb" --store "$dir/printed" >/dev/null 2>&1
samvagt --store "$dir/printed" roster --week 2025-W49 --as csv -o "$dir/week.csv"
samvagt demo --size ward >"$dir/demo.txt"

# What each command begins with, is, and leaves: the store, how many are in it before and after.
new=$home/new
start_of() { case $1 in init | add | import) echo small ;; repair) echo hurt ;; passphrase) echo kept ;; *) echo big ;; esac; }
command_of() {
	case $1 in
	init) set -- init --store "$new" --site Skive --name Bo --no-passphrase ;;
	add) set -- add volunteer given=Bo ;;
	import) set -- import "$data"/*.csv --yes ;;
	undo) set -- undo ;;
	passphrase) set -- passphrase --new-passphrase-file "$dir/new" ;;
	backup) set -- backup ;;
	demo) set -- demo --size ward ;;
	print) set -- roster --week 2025-W49 --as csv -o "$home/week.csv" ;;
	restore) set -- restore "$dir/copy.svb" --store "$new" ;;
	repair) set -- doctor --repair ;;
	tidy) set -- doctor --tidy ;;
	esac
	for word; do printf '%s\n' "$word"; done
}
counts_of() {
	case $1 in
	add) echo "$few $((few + 1))" ;;
	import) echo "$few $many" ;;
	undo) echo "$many $few" ;;
	init) echo "$few $few" ;;
	*) echo "$many $many" ;;
	esac
}
echo "ny hest" >"$dir/new"

words() {                # runs "$@" with the words of the command that stands first
	command=$1 oldifs=$IFS IFS='
'
	shift
	set -- "$@" $(command_of $command)
	IFS=$oldifs
	"$@" >"$dir/out" 2>"$dir/err" </dev/null
}

XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state; export XDG_DATA_HOME XDG_STATE_HOME
begin() { rm -rf "$home"; mkdir "$home"; cp -a "$dir/$(start_of $1)" "$SAMVAGT_STORE"; }

# fault CLASS WHAT K COMMAND : from the start, with that fault at the k-th such call; sets rc
fault() {
	begin $4
	rc=0
	{ words $4 strace -qq -o /dev/null -e trace=$1 -e inject=$1:$2:when=$3 "$SAMVAGT" --lang en || rc=$?; } 2>/dev/null
}

# calls COMMAND : which calls it makes, one a line
calls() {
	begin $1
	words $1 strace -qq -o "$dir/calls" -e trace=$traced "$SAMVAGT" --lang en
}

# some CLASS MOST : up to so many numbers of the calls of that class, spread over all of them
some() {
	n=0
	for class in $(echo $1 | tr , ' '); do n=$((n + $(grep -c "^$class(" "$dir/calls"))); done
	[ -z "${TEST_ALL:-}" ] || set -- "$1" $n
	[ $n -gt $2 ] || { seq 1 $n; return; }
	i=0
	while [ $i -lt $2 ]; do echo $((1 + i * (n - 1) / ($2 - 1))); i=$((i + 1)); done
}

# state COMMAND : before, after, or what is wrong. The passphrase is the old one (none) or the new.
state() {
	pass=
	if [ $1 = demo ]; then
		XDG_DATA_HOME=$home/data samvagt demo --size ward | cmp -s "$dir/demo.txt" - && echo after || echo "half a demo"
		return
	fi
	if [ $1 = print ]; then
		[ -e "$home/week.csv" ] || { echo before; return; }
		cmp -s "$dir/week.csv" "$home/week.csv" && echo after || echo "half a roster"; return
	fi
	[ $1 != repair ] || samvagt doctor --repair >/dev/null 2>&1 || { echo "can't be repaired"; return; }
	[ $1 != passphrase ] || ! grep -q argon2id "$SAMVAGT_STORE/keys" || pass="--passphrase-file=$dir/new"
	samvagt doctor $pass >"$dir/doctor" 2>&1 || { echo "damaged"; return; }
	if [ $1 = passphrase ]; then
		samvagt restore "$SAMVAGT_STORE/backup/$auto" --store "$dir/back" --passphrase-file "$dir/new" >/dev/null 2>&1 || {
			echo "no backup"; return; }
		rm -rf "$dir/back"
		[ -n "$pass" ] && echo after || echo before
		return
	fi
	set -- $1 $(counts_of $1) "$(people)"
	case $1 in
	init | restore)
		[ ! -e "$new/format" ] || samvagt --store "$new" doctor >"$dir/doctor" 2>&1 || { echo "damaged"; return; }
		[ ! -e "$new/db" ] || [ -e "$new/format" ] || { echo "half a store"; return; }
		if [ ! -e "$new/format" ]; then echo before; return; fi
		[ $1 = init ] || [ "$(people --store "$new")" = $3 ] || { echo "lost"; return; }
		echo after ;;
	backup)
		f=$SAMVAGT_STORE/backup/2025-12-01-0900.svb
		[ -e "$f" ] || { echo before; return; }
		samvagt restore "$f" --store "$dir/back" >/dev/null 2>&1 || { echo "half a backup"; return; }
		[ "$(people --store "$dir/back")" = $3 ] || { echo "a backup that lacks some"; return; }
		rm -rf "$dir/back"; echo after ;;
	repair) [ "$4" = $2 ] || { echo "lost"; return; }; echo after ;;
	*) [ "$4" = $3 ] && echo after || { [ "$4" = $2 ] && echo before || echo "$4 people, neither $2 nor $3"; } ;;
	esac
}

# clears COMMAND : what half things are left when it is done again
clears() {
	words $1 samvagt
	samvagt undo --dry-run --passphrase-file "$dir/new" >/dev/null 2>&1
	[ $1 = backup ] || samvagt backup --passphrase-file "$dir/new" >/dev/null 2>&1
	find "$home" -name '*.tmp' -o -name '*-part' -o -name rebuild -o -name '*.new'
}

# Killed: what was acknowledged is there, and all or nothing of the rest.
kills=write,pwrite64,writev,fdatasync,fsync,rename,renameat2,unlink,rmdir,unlinkat,fallocate,ftruncate,mkdir,openat
for command in init add import undo passphrase backup print demo restore repair tidy; do
	wrong=0 n=0 traced=$kills
	[ $command != demo ] || traced=pwrite64,rename,renameat2
	calls $command
	same "$command" "$(state $command)" after
	for class in $(echo $traced | tr , ' '); do
		most=3
		case $class in openat | mkdir | write) most=2 ;; esac
		for k in $(some $class $most); do
			fault $class signal=SIGKILL $k $command
			n=$((n + 1)) found=$(state $command)
			# ids are drawn, and so the last of many calls isn't always made
			case $rc:$found in
			137:before | 137:after | 0:after) found=; [ $((n % 3)) -ne 0 ] || found=$(clears $command) ;;
			esac
			[ -z "$found" ] || { wrong=$((wrong + 1)); echo "# $class $k: exit $rc: $found"; }
		done
	done
	same "$command: killed $n times, and nothing is lost or half there" $wrong 0
done

# Failing: one sentence, the status of the manual, and everything as it was.
for command in init add import undo passphrase backup print restore repair tidy; do
	wrong=0 n=0 traced=pwrite64,writev,fdatasync,fsync,rename,renameat2,fallocate,mkdir
	calls $command
	for class in pwrite64 writev fdatasync fsync rename renameat2 fallocate mkdir; do
		for k in $(some $class 2); do
			n=$((n + 1)) reason=ENOSPC status=73
			case $class:$((n % 2)) in *sync:* | pwrite64:1 | writev:1) reason=EIO status=74 ;; esac
			fault $class error=$reason $k $command
			found=$(state $command) why=
			case $rc:$found in
			0:after | $status:before) ;;
			$status:after) case $command in add | import | undo) why="done all the same" ;; esac ;;
			*) why="$found, exit $rc" ;;
			esac
			[ $rc -eq 0 ] || [ "$(grep -c '^samvagt: ' "$dir/err")" = 1 ] || why="$why; not one sentence"
			! grep -q -e Thyra -e Holm "$dir/err" || why="$why; a name"
			[ -z "$why" ] || { wrong=$((wrong + 1)); echo "# $class $k $reason: $why"; sed 's/^/#    /' "$dir/err"; }
		done
	done
	same "$command: failed $n times, with one sentence and nothing lost" $wrong 0
done
finish
