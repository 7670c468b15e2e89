# tests/lab/lib.sh - what the scripts of the lab share: a machine in a machine (user-mode-linux, no root needed) whose stick
# is an image, and which can be stopped dead at any of its writes. Sourced after tests/cli-lib.sh, whose $dir it works in.
uml=$(command -v linux.uml) || uml=
lab=$dir/lab image=$dir/lab/stick.img

# lab_ready KIND : prepares the lab for a kind of file system (vfat, ext4); says why when that can't be.
lab_ready() {
	fs=$1
	[ -n "$uml" ] || { echo "user-mode-linux is missing"; return 1; }
	command -v insmod >/dev/null || [ -x /sbin/insmod ] || { echo "kmod is missing"; return 1; }
	command -v cc >/dev/null || { echo "a C compiler is missing"; return 1; }
	case $fs in vfat) mkfs=mkfs.vfat ;; *) mkfs=mkfs.$fs ;; esac
	PATH=$PATH:/usr/sbin:/sbin command -v $mkfs >/dev/null || { echo "$mkfs is missing"; return 1; }
	mkdir -p "$lab/stick" "$lab/uml" && cp "$srcdir/tests/lab/guest.sh" "$lab/" && chmod +x "$lab/guest.sh" || return 1
	cc -O1 -w -shared -fPIC -D_GNU_SOURCE -o "$lab/cut.so" "$srcdir/tests/lab/cut.c" -ldl 2>"$lab/cc.log" ||
		{ echo "the lab can't be compiled"; return 1; }
	lab_format
	echo : >"$lab/nothing"
	boot nothing >/dev/null && grep -q '^LAB-END 0' "$lab/log" || { echo "user-mode-linux doesn't start here"; return 1; }
}

# A new stick.
lab_format() {
	rm -f "$image"
	case $fs in
	vfat) PATH=$PATH:/usr/sbin:/sbin mkfs.vfat -C "$image" 65536 ;;
	*) truncate -s 64M "$image" && PATH=$PATH:/usr/sbin:/sbin mkfs."$fs" -q -F -b 4096 "$image" ;;
	esac >/dev/null 2>&1
}

# boot WORK [CUT SEED] : one life of the machine; WORK is a script in $lab, run with the stick at $lab/stick. What it prints is
# in $lab/log, how often the stick was written and flushed in $lab/count. With CUT the machine dies at that write.
boot() {
	: >"$lab/count"
	(
		case $fs in vfat) LAB_SECTOR=512 ;; *) LAB_SECTOR=4096 ;; esac        # ext4 counts on whole blocks
		export LAB_SECTOR LAB_IMAGE="$image" LAB_COUNT="$lab/count" LAB_CUT="${2:-}" LAB_SEED="${3:-1}" LD_PRELOAD="$lab/cut.so"
		timeout -s KILL 180 setsid -w "$uml" mem=192M rootfstype=hostfs rootflags=/ rw ubd0=/dev/null ubdb="$image" \
			uml_dir="$lab/uml" init="$lab/guest.sh" lab="$lab" fs="$fs" work="$1" con=null con0=fd:0,fd:1 quiet \
			</dev/null 2>&1 | tr -d '\r' >"$lab/log"
	) 2>/dev/null
}
