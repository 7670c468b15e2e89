#!/bin/sh
# A disk that is full, and one that can only be read: a small one of its own, which needs the right to mount.
. "${srcdir:-.}/tests/cli-mount.sh"
data=$srcdir/tests/data/viborg disk=$dir/disk
disk 16m "$disk"
SAMVAGT_STORE=$disk/store

fresh
samvagt import "$data"/*.csv --yes >/dev/null 2>&1
exits "somebody is there" 0 samvagt add volunteer given=Thyra family=Kvistgaard --plain
thyra=$(cat "$dir/out")
for i in 1 2 3; do samvagt add volunteer given=Bo family="$i" --plain >>"$dir/bos" 2>/dev/null; done
samvagt list volunteer --json >"$dir/people"
everybody() { samvagt doctor >/dev/null 2>&1 && samvagt list volunteer --json | cmp -s - "$dir/people"; ok $? "$1: whole, with everybody"; }

# Others take all the room but for what the store keeps for deletions: 4 MiB past its last page, whose number stands in
# the newer of the file's two heads.
mdb=$SAMVAGT_STORE/db/data.mdb last=0
for head in 0 4096; do
	page=$(od -An -tu8 -j$((head + 136)) -N8 "$mdb" | tr -d ' ')
	[ "$page" -gt $last ] && last=$page
done
truncate -s $(((last + 1) * 4096 + 4194304)) "$mdb"
dd if=/dev/zero of="$disk/others" bs=4096 2>/dev/null
tries=0
while [ $tries -lt 20 ] && samvagt add volunteer given=Bo >/dev/null 2>&1; do tries=$((tries + 1)); done
samvagt list volunteer --json >"$dir/people"

refuses "adding on a full disk" 73 "the disk is full, so nothing was saved" samvagt add volunteer given=Bo
printf 'Fornavn;Efternavn;Telefon\nJens;Ny;20 30 40 50\n' >"$dir/new.csv"
refuses "importing" 73 "the disk is full" samvagt import "$dir/new.csv" --yes
everybody "it is full"
exits "a volunteer can be deleted" 0 samvagt delete volunteer "$(sed -n 1p "$dir/bos")"
exits "and another" 0 samvagt delete volunteer "$(sed -n 2p "$dir/bos")"
samvagt list volunteer --json >"$dir/people"
same "they are gone" "$(grep -c "$(sed -n 1p "$dir/bos")" "$dir/people")" 0
exits "the roster can be printed elsewhere" 0 samvagt roster --week 2025-W49 --as csv -o "$dir/week.csv"
refuses "but not here" 73 "the disk is full" samvagt roster --week 2025-W49 --as csv -o "$disk/week.csv"
[ ! -e "$disk/week.csv" ]; ok $? "and nothing is left of it"
refuses "a backup can't be here" 73 "the disk is full" samvagt backup
exits "elsewhere it can" 0 samvagt backup "$dir/copy.svb"
exits "and is whole" 0 samvagt restore "$dir/copy.svb" --store "$dir/again"
samvagt --store "$dir/again" list volunteer --json | cmp -s - "$dir/people"; ok $? "with everybody"
echo "ny hest" >"$dir/pass"
refuses "no new store" 73 "the disk is full" samvagt init --store "$disk/new" --site Skive --no-passphrase
refuses "nor from a backup" 73 "the disk is full" samvagt restore "$dir/copy.svb" --store "$disk/new"
same "nothing is left of all that" "$(find "$disk" -mindepth 1 -maxdepth 1 ! -name store ! -name others; find "$disk" -name '*.tmp' -o -name '*part')" ""
everybody "still full"
rm "$disk/others"
exits "with room again, all works" 0 samvagt set volunteer "$thyra" city=Skive
exits "and is undone" 0 samvagt undo
everybody "with room"

# A store on what can only be read.
sync
mount -o remount,ro "$disk"
exits "on a disk that can only be read, reading" 0 samvagt list volunteer --plain
refuses "writing" 77 "only be read\|can't be written" samvagt add volunteer given=Bo
refuses "a passphrase" 77 "only be read\|can't be written" samvagt passphrase --new-passphrase-file "$dir/pass"
refuses "a backup here" 77 "only be read" samvagt backup
exits "a backup elsewhere" 0 samvagt backup "$dir/copy2.svb"
everybody "read only"
mount -o remount,rw "$disk"

# A folder that may only be read, by somebody who isn't root.
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null && chown -R 65534 "$disk" 2>/dev/null; then
	chmod 755 "$dir"
	other() { setpriv --reuid=65534 --clear-groups "$SAMVAGT" --lang en "$@"; }
	if other --version >/dev/null 2>&1; then
		chmod 500 "$SAMVAGT_STORE/db"; chmod 400 "$mdb"
		exits "a database that may only be read, reading" 0 other list volunteer --plain
		refuses "writing" 77 "can't be written" other add volunteer given=Bo
		exits "the doctor finds it whole" 0 other doctor
		chmod 000 "$SAMVAGT_STORE/db"
		refuses "one that may not even be read" 77 "no permission" other list volunteer
		refuses "isn't called damaged" 77 "no permission" other doctor
		chmod 700 "$SAMVAGT_STORE/db"; chmod 600 "$mdb"
		chmod 000 "$SAMVAGT_STORE/keys"
		refuses "keys that may not be read" 77 "keys.*no permission" other list volunteer
		refuses "aren't called damaged" 77 "keys.*no permission" other doctor
		chmod 600 "$SAMVAGT_STORE/keys"; chmod 500 "$SAMVAGT_STORE"
		refuses "a folder where nothing can be made: a passphrase" 77 "no permission" \
			other passphrase --new-passphrase-file "$dir/pass"
		chmod 500 "$SAMVAGT_STORE/backup"
		refuses "a backup" 77 "no permission" other backup
		chmod 700 "$SAMVAGT_STORE" "$SAMVAGT_STORE/backup"
		everybody "with permissions again"
	fi
fi
finish
