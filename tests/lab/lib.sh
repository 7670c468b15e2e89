# tests/lab/lib.sh - what the scripts of the lab share: a machine in a machine (user-mode-linux, no root needed)
# whose stick is an image, and which can be stopped dead, or robbed of the stick, at any access to it. Sourced after
# tests/cli-lib.sh, whose $dir it works in.
lab=$dir/lab image=$dir/lab/stick.img

# What is missing for a kind of file system (vfat, ext4), if anything.
lab_lacks() {
	for tool in linux.uml insmod cc setsid mkfs.ext4 "mkfs.$fs"; do
		command -v "$tool" >/dev/null || { echo "$tool is missing"; return; }
	done
	! ldd "$SAMVAGT" 2>/dev/null | grep -q libasan || echo "the sanitizers don't work in user-mode-linux"
}

# lab_ready KIND : builds the lab around a new stick of that kind, and founds a ring of two sites, a and b. Leaves the
# script if that can't be, or didn't succeed.
lab_ready() {
	fs=$1
	PATH=$PATH:/usr/sbin:/sbin
	why=$(lab_lacks)
	[ -z "$why" ] || skip "$why"
	mkdir -p "$lab/stick" "$lab/sites" "$lab/uml" "$lab/cuts" && cp "$srcdir/tests/lab/guest.sh" "$lab/" &&
		chmod +x "$lab/guest.sh" || exit 99
	for part in cut steps; do
		cc -O1 -w -shared -fPIC -D_GNU_SOURCE -o "$lab/$part.so" "$srcdir/tests/lab/$part.c" -ldl 2>"$lab/cc.log" ||
			skip "the lab can't be compiled"
	done
	make_stick && truncate -s 256M "$lab/sites.img" && mkfs.ext4 -q -F -b 4096 -E "$no_lazy" "$lab/sites.img" ||
		skip "no image of $fs can be made"
	write_common
	boot found
	grep -q '^LAB-BEGIN' "$lab/log" || skip "user-mode-linux doesn't start here"
	grep -q '^LAB-END 0' "$lab/log"; ok $? "two sites are in one ring ($fs)"
	[ $tests_failed -eq 0 ] || { tell_log; finish; }
}
skip() { echo "1..0 # SKIP $1"; exit 0; }

# What was wrong in the last boot, if anything.
what_was_wrong() {
	sed -n 's/^BAD //p' "$lab/log"
	grep -q -e '^BAD' -e '^LAB-DONE' "$lab/log" || echo "the machine didn't come to its end"
}

# Whoever ends the script ends the machine, which has a session of its own.
end_machine() {
	for f in "$lab"/uml/*/pid; do [ ! -s "$f" ] || kill -s KILL -- "-$(cat "$f")"; done 2>/dev/null
	[ -n "${TEST_KEEP:-}" ] || rm -rf "$dir"
}
trap end_machine EXIT
trap 'exit 99' INT TERM HUP
tell_log() { grep -v -e SELinux -e mmapper "$lab/log" | tail -n 60 | sed 's/^/#   /'; }

# FAT32 with clusters of 4 KB, as sticks have it.
no_lazy=lazy_itable_init=0,lazy_journal_init=0
make_stick() {
	case $fs in
	vfat) mkfs.vfat -F 32 -s 8 -C "$image" 307200 ;;
	*) truncate -s 64M "$image" && mkfs."$fs" -q -F -b 4096 -E $no_lazy "$image" ;;
	esac >/dev/null 2>&1
}

# What all works begin with, and the first one. Time goes on, and each site is at home on a machine of its own. What is
# said in the round $n stands in $lab/round; the first thing that is wrong ends the work.
write_common() {
	cat >"$lab/common" <<END
unset SAMVAGT_NOW
export NO_COLOR=1 COLUMNS=120 LC_ALL=C.UTF-8 LAB_STICK=$lab/stick LAB_STEP=$lab/step
lab=$lab n=0
bad() { echo "BAD round \$n: \$1"; cat \$lab/round; stop; }
on() {
	site=\$1; shift
	SAMVAGT_STORE=$lab/sites/\$site XDG_STATE_HOME=$lab/sites/state-\$site "$SAMVAGT" --lang en "\$@"
}

# A meeting, as it goes; one that is disturbed; one that must succeed, and say nothing worse than that a file isn't
# whole yet.
meet() { out=\$(on \$1 sync \$2 2>&1); rc=\$?; printf '%s\n' "-- \$1: \$rc" "\$out" >>\$lab/round; }
disturbed() {
	export LD_PRELOAD=\$lab/steps.so; meet "\$@"; unset LD_PRELOAD
	case \$rc:\$out in
	0:*) ;;
	*"stopped in the middle"*) bad "the program broke down" ;;
	*"samvagt: "*) ;;
	*) bad "it came to an end without a sentence" ;;
	esac
}
must_meet() {
	meet "\$@"
	[ \$rc = 0 ] || bad "a meeting failed"
	case \$out in *"samvagt: "*)
		! printf '%s\n' "\$out" | grep '^samvagt: ' | grep -v 'is cut short' || bad "a meeting complains" ;;
	esac
}
whole() {
	[ "\$(on a fingerprint)" = "\$(on b fingerprint)" ] || bad "the sites don't hold the same"
	for site in a b; do on \$site doctor >>\$lab/round 2>&1 || bad "\$site's store isn't whole"; done
}
END
	cat >"$lab/found" <<END
. $lab/common
on a init --site Viborg --name "Anna Holm" --no-passphrase && on a ring new --name Midt &&
	on a ring invite --site Skive -o $lab/invitation >$lab/words &&
	on b init --site Skive --name "Anna Holm" --no-passphrase &&
	on b ring join $lab/invitation --words "\$(tail -n 1 $lab/words)" &&
	on a add volunteer given=Thyra family=Kvistgaard
END
}

# boot WORK [SECONDS] : one life of the machine. WORK is a script in $lab, run with the stick at $lab/stick and the
# sites' disk at $lab/sites; what it prints is in $lab/log. It is killed when it takes that long.
boot() {
	boot_once "$@"
	grep -q '^LAB-' "$lab/log" || boot_once "$@"        # a busy host: the machine didn't even start
}
boot_once() {
	printf '%-64s' - >"$lab/step"
	(
		case $fs in vfat) LAB_SECTOR=512 ;; *) LAB_SECTOR=4096 ;; esac        # ext4 counts on whole blocks
		export LAB_SECTOR LAB_IMAGE="$image" LAB_STEP="$lab/step" LAB_CUTS="$lab/cuts" LD_PRELOAD="$lab/cut.so"
		timeout -s KILL "${2:-300}" setsid -w linux.uml mem=192M rootfstype=hostfs rootflags=/ rw \
			ubd0=/dev/null ubdb="$image" ubdc="$lab/sites.img" \
			uml_dir="$lab/uml" init="$lab/guest.sh" lab="$lab" fs="$fs" work="$1" con=null con0=fd:0,fd:1 quiet \
			</dev/null 2>&1 | tr -d '\r' >"$lab/log"
	) 2>/dev/null
}
