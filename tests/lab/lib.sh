# tests/lab/lib.sh - what the scripts of the lab share: a machine in a machine (user-mode-linux, no root needed)
# whose stick is an image, and which can be stopped dead at any of its writes. Sourced after tests/cli-lib.sh,
# whose $dir it works in.
lab=$dir/lab image=$dir/lab/stick.img

# lab_ready KIND : prepares the lab for a kind of file system (vfat, ext4); $why says why when that can't be.
lab_ready() {
	fs=$1 why=
	PATH=$PATH:/usr/sbin:/sbin
	for tool in linux.uml insmod cc setsid mkfs.ext4 "mkfs.$fs"; do
		command -v "$tool" >/dev/null || why="$tool is missing"
	done
	! ldd "$SAMVAGT" 2>/dev/null | grep -q libasan || why="the sanitizers don't work in user-mode-linux"
	[ -z "$why" ] || return 1
	mkdir -p "$lab/stick" "$lab/sites" "$lab/uml" && cp "$srcdir/tests/lab/guest.sh" "$lab/" && chmod +x "$lab/guest.sh" || return 1
	for part in cut careless; do
		cc -O1 -w -shared -fPIC -D_GNU_SOURCE -o "$lab/$part.so" "$srcdir/tests/lab/$part.c" -ldl 2>"$lab/cc.log" ||
			why="the lab can't be compiled"
	done
	lab_format && truncate -s 256M "$lab/sites.img" && mkfs.ext4 -q -F -b 4096 "$lab/sites.img" ||
		why="no image of $fs can be made"
	echo : >"$lab/nothing"
	boot nothing
	[ -n "$why" ] || grep -q '^LAB-END 0' "$lab/log" || why="user-mode-linux doesn't start here"
	[ -z "$why" ]
}

# A new stick.
lab_format() {
	rm -f "$image"
	case $fs in
	vfat) mkfs.vfat -C "$image" 65536 ;;
	*) truncate -s 64M "$image" && mkfs."$fs" -q -F -b 4096 "$image" ;;
	esac >/dev/null 2>&1
}

# boot WORK [CUT SEED] : one life of the machine. WORK is a script in $lab, run with the stick at $lab/stick and the sites'
# disk at $lab/sites; what it prints is in $lab/log, how often the stick was written and flushed in $lab/count. With CUT
# the machine dies at that write.
boot() {
	: >"$lab/count"
	boot_once "$@"
	[ -n "${2:-}" ] || grep -q '^LAB-' "$lab/log" || boot_once "$@"        # a busy host: the machine didn't even start
}
boot_once() {
	(
		case $fs in vfat) LAB_SECTOR=512 ;; *) LAB_SECTOR=4096 ;; esac        # ext4 counts on whole blocks
		export LAB_SECTOR LAB_IMAGE="$image" LAB_COUNT="$lab/count" LAB_CUT="${2:-}" LAB_SEED="${3:-1}" LD_PRELOAD="$lab/cut.so"
		timeout -s KILL 180 setsid -w linux.uml mem=192M rootfstype=hostfs rootflags=/ rw \
			ubd0=/dev/null ubdb="$image" ubdc="$lab/sites.img" \
			uml_dir="$lab/uml" init="$lab/guest.sh" lab="$lab" fs="$fs" work="$1" con=null con0=fd:0,fd:1 quiet \
			</dev/null 2>&1 | tr -d '\r' >"$lab/log"
	) 2>/dev/null
}
