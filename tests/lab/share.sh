#!/bin/sh
# tests/lab/share.sh [CUTS] - two sites meet on a shared drive: a real SMB server and the kernel's client for it, both
# inside user-mode-linux. CUTS times the network is unplugged in the middle of a meeting. The one who was at it must
# come to an end with a sentence; once the network is back, both meet, hold the same, and have lost nothing.
. "${srcdir:-.}/tests/cli-lib.sh"
. "$srcdir/tests/lab/lib.sh"
SAMVAGT=$(realpath "$SAMVAGT") && [ -x "$SAMVAGT" ] || exit 99
cuts=${1:-20}
PATH=$PATH:/usr/sbin:/sbin
for tool in smbd ip; do command -v $tool >/dev/null || { echo "1..0 # SKIP $tool is missing"; exit 0; }; done
lab_ready ext4 || { echo "1..0 # SKIP $why"; exit 0; }
mkdir "$lab/smb" "$lab/drive"
cat >"$lab/smb/smb.conf" <<END
[global]
interfaces = lo
bind interfaces only = yes
map to guest = Bad User
guest account = root
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
guest ok = yes
read only = no
force user = root
END

# The moments: hundredths of a second after a meeting began.
moments=$(seq 1 "$cuts" | while read -r i; do echo $((i * 7919 % 30)); done | tr '\n' ' ')
cat >"$lab/share" <<END
on() { site=\$1; shift; SAMVAGT_STORE=$lab/sites/\$site XDG_STATE_HOME=$lab/sites/state-\$site "$SAMVAGT" --lang en "\$@"; }
on_drive() { on \$1 sync $lab/drive; }
unset SAMVAGT_NOW
export NO_COLOR=1 COLUMNS=120 LC_ALL=C.UTF-8
m=/usr/lib/uml/modules/\$(uname -r)
for x in \$(sed -n 's|^kernel/fs/smb/client/cifs.ko: ||p' \$m/modules.dep | tr ' ' '\n' | tac) kernel/fs/smb/client/cifs.ko; do insmod \$m/\$x; done
for x in cmac hmac ccm gcm aes_generic sha512_generic sha256_generic md5 ecb gf128mul ghash-generic ctr; do x=\$(find \$m -name \$x.ko); [ -z "\$x" ] || insmod \$x; done 2>/dev/null
ip link set lo up
smbd -D -s $lab/smb/smb.conf
tries=0
until mount -i -t cifs //127.0.0.1/stick $lab/drive \\
	-o 'ip=127.0.0.1,unc=\\\\127.0.0.1\\stick,username=guest,password=,sec=ntlmssp,guest,vers=3.0,soft,echo_interval=1'; do
	sleep 1; tries=\$((tries + 1)); [ \$tries -lt 20 ] || return 1
done 2>/dev/null
on a init --site Viborg --name "Anna Holm" --no-passphrase && on a ring new --name Midt &&
	on a ring invite --site Skive -o $lab/invitation >$lab/words &&
	on b init --site Skive --name "Anna Holm" --no-passphrase &&
	on b ring join $lab/invitation --words "\$(tail -n 1 $lab/words)" &&
	on a add volunteer given=Thyra family=Kvistgaard
on_drive a; on_drive b
n=0
for moment in $moments; do
	n=\$((n + 1))
	on a add volunteer given=A\$n family=Nr >/dev/null
	on a set volunteer Thyra phone=\$((20000000 + n)) >/dev/null
	on b set volunteer Thyra phone=\$((30000000 + n)) >/dev/null
	echo "ROUND \$n"
	{ on_drive a; echo "CUT-END \$?"; } & at=\$!
	sleep \$((moment / 100)).\$(printf %02d \$((moment % 100)))
	ip link set lo down
	wait \$at
	ip link set lo up
	until ls $lab/drive/SAMVAGT/s >/dev/null 2>&1; do sleep 1; done
	echo "AFTER \$n"
	for site in b a b; do on_drive \$site; echo "MEET-END \$site \$?"; done
	on b list volunteer --plain | grep -q "	A\$n	" && echo "ARRIVED"
	echo "PRINT \$(on a fingerprint | tail -n 1) \$(on b fingerprint | tail -n 1)"
done
on a doctor >/dev/null 2>&1; echo "DOCTOR a \$?"
on b doctor >/dev/null 2>&1; echo "DOCTOR b \$?"
umount $lab/drive
END
boot share
grep -q '^ROUND' "$lab/log"; ok $? "two sites meet on a shared drive"
same "each that was unplugged came to an end" "$(grep -c '^CUT-END' "$lab/log")" "$cuts"
same "each meeting after it succeeded" "$(grep -c '^MEET-END . 0$' "$lab/log")" $((cuts * 3))
same "both hold the same each time" "$(sed -n 's/^PRINT //p' "$lab/log" | awk '$1 != $2' | wc -l)" 0
same "and what was written arrived" "$(grep -c '^ARRIVED' "$lab/log")" "$cuts"
same "both stores are whole" "$(grep -c '^DOCTOR . 0$' "$lab/log")" 2
echo "# $(grep -c '^CUT-END 0$' "$lab/log") meetings went on as if nothing had been"
[ $tests_failed -eq 0 ] || grep -v SELinux "$lab/log" | tail -80 | sed 's/^/#   /'
finish
