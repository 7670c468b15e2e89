#!/bin/sh
# tests/lab/share.sh [CUTS] - two sites meet on a shared drive: a real SMB server and the kernel's client for it, both
# inside user-mode-linux. CUTS times the network is unplugged in the middle of a meeting. The one who was at it must
# come to an end with a sentence; once the network is back, both meet, hold the same, and have lost nothing.
. "${srcdir:-.}/tests/cli-lib.sh"
. "$srcdir/tests/lab/lib.sh"
SAMVAGT=$(realpath "$SAMVAGT") && [ -x "$SAMVAGT" ] || exit 99
cuts=${1:-0}
PATH=$PATH:/usr/sbin:/sbin
for tool in smbd smbpasswd ip; do command -v $tool >/dev/null || skip "$tool is missing"; done
lab_ready ext4
mkdir "$lab/smb" "$lab/drive-a" "$lab/drive-b"
cat >"$lab/smb/smb.conf" <<END
[global]
interfaces = lo
bind interfaces only = yes
private dir = $lab/smb
lock directory = $lab/smb
state directory = $lab/smb
cache directory = $lab/smb
pid directory = $lab/smb
ncalrpc dir = $lab/smb/ncalrpc
log file = $lab/smb/log
server role = standalone server
server min protocol = SMB2
disable netbios = yes
smb ports = 445
[stick]
path = $lab/stick
read only = no
END

# Each site has a connection of its own, under a name (a guest's broken connection holds his files up for minutes), and
# remembers nothing of the other's. Where a round is unplugged: before the first write, when a file is begun (the first
# and the second), renamed, when old ones go, when all gets down, and right after the last.
cat >"$lab/share" <<END
. $lab/common
cuts=$cuts
insert() { [ -z "\$1" ] || insmod \$1; }
here() { must_meet \$1 \$lab/drive-\$1; }
come_back() {
	tries=0
	until ls \$lab/drive-\$1/SAMVAGT/s >/dev/null 2>&1; do
		sleep 1; tries=\$((tries + 1)); [ \$tries -lt 60 ] || bad "the drive doesn't come back"
	done
}

cifs=kernel/fs/smb/client/cifs.ko
for m in \$(sed -n "s|^\$cifs: ||p" \$modules/modules.dep | tr ' ' '\n' | tac) \$cifs; do insert \$modules/\$m; done
for m in cmac hmac ccm gcm aes_generic sha512_generic sha256_generic md5 ecb gf128mul ghash-generic ctr; do
	insert "\$(find \$modules -name \$m.ko)"
done 2>/dev/null
ip link set lo up
printf 'secret\nsecret\n' | smbpasswd -L -s -a -c \$lab/smb/smb.conf root
smbd -D -s \$lab/smb/smb.conf
for site in a b; do
	tries=0
	until mount -i -t cifs //127.0.0.1/stick \$lab/drive-\$site \\
		-o 'ip=127.0.0.1,unc=\\\\127.0.0.1\\stick,username=root,password=secret' \\
		-o vers=3.0,soft,nosharesock,echo_interval=1; do
		sleep 1; tries=\$((tries + 1)); [ \$tries -lt 20 ] || { echo LAB-NO-SHARE; return 1; }
	done 2>/dev/null
done
: >\$lab/round
here a; here b; here a; here b
whole
while [ \$n -lt \$cuts ]; do
	n=\$((n + 1))
	when=\$(echo f1 r1 d1 o1 a b f2 | cut -d' ' -f \$(((n - 1) % 7 + 1)))
	: >\$lab/round
	on a add volunteer given=A\$n family=Nr >/dev/null && on a set volunteer Thyra phone=\$((20000000 + n)) >/dev/null &&
		on b set volunteer Thyra phone=\$((30000000 + n)) >/dev/null || bad "nothing can be written"
	here b
	[ \$when != b ] || ip link set lo down
	export LAB_STICK=\$lab/drive-a LAB_UNPLUG=\$when
	disturbed a \$lab/drive-a
	said=\$rc
	ip link set lo down; ip link set lo up
	come_back b; come_back a
	here b
	came=\$(on b list volunteer --plain | grep -c "	A\$n	")
	[ \$said != 0 ] || [ \$came = 1 ] || bad "it was said to be down, and didn't come"
	here a; here b
	on b list volunteer --plain | grep -q "	A\$n	" || bad "what was written didn't come"
	whole
	echo "\$when \$said \$came" >>\$lab/results
done
umount \$lab/drive-a; umount \$lab/drive-b
echo LAB-DONE
END
boot share $((300 + 60 * cuts))
! grep -q '^LAB-NO-SHARE' "$lab/log" || { ok 0 "a drive # SKIP there is no SMB in user-mode-linux here"; finish; }
why=$(what_was_wrong)
[ -z "$why" ]; ok $? "two sites meet on a shared drive: whole and equal"
[ -z "$why" ] || { echo "# $why"; tell_log; }
[ "$cuts" -gt 0 ] || finish
hits() { grep -c "^[$1]" "$lab/results"; }
same "so they are after it was unplugged $cuts times" "$(hits a-z)" "$cuts"
echo "# $(hits b) before the first write, $(hits f) when a file was begun, $(hits r) in its renaming," \
	"$(hits o) while old files went, $(hits d) while all got down, $(hits a) after it;" \
	"$(grep -c ' 0 .$' "$lab/results") times it was said to be down, $(grep -c ' 1$' "$lab/results") times the next found it"
finish
