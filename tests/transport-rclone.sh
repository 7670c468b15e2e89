#!/bin/sh
# Two sites whose exchange folders rclone carries by way of a server that is neither's, on this machine alone: WebDAV
# and SFTP (S3 and the rest are the same to rclone). It is killed in the middle of files, and what it left half is
# carried on.
. "${srcdir:-.}/tests/cli-lib.sh"
. "$srcdir/tests/transport-lib.sh"
for tool in rclone python3; do
	command -v $tool >/dev/null || { echo "1..0 # SKIP $tool is missing"; exit 0; }
done
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY all_proxy ALL_PROXY
export HOME="$dir" RCLONE_CONFIG="$dir/rclone.conf" RCLONE_RETRIES=1 RCLONE_LOW_LEVEL_RETRIES=2
: >"$RCLONE_CONFIG"
server=
trap 'stop; [ -n "${TEST_KEEP:-}" ] || rm -rf "$dir"' EXIT

# start PROTOCOL : a server with an empty folder, and what rclone calls it in $remote
start() {
	mkdir -p "$dir/cloud-$1"
	port=$(free_port)
	rclone serve "$1" "$dir/cloud-$1" --addr "127.0.0.1:$port" --user x --pass y >>"$dir/server.log" 2>&1 &
	server=$!
	case $1 in
	webdav) remote=":webdav,url='http://127.0.0.1:$port/',vendor=other,user=x,pass=$(rclone obscure y):" ;;
	sftp) remote=":sftp,host=127.0.0.1,port=$port,user=x,pass=$(rclone obscure y),shell_type=none:" ;;
	esac
	tries=0
	until rclone lsf "$remote" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 60 ] && kill -0 $server 2>/dev/null || return 1
		sleep 0.5
	done
}
stop() {
	[ -z "$server" ] || { kill $server; wait $server; } 2>/dev/null
	server=
}

# What a region runs now and then at each site: fetch, and bring.
carry() {
	for site in viborg skive; do
		rclone copy "$remote" "$dir/$site/folder" "$@" 2>>"$dir/rclone.log"
		rclone copy "$dir/$site/folder" "$remote" "$@" 2>>"$dir/rclone.log"
	done
}

# The same, slowly, and killed in the middle of it. What it leaves half has its final name.
carry_a_bit() {
	for way in "$dir/$1/folder $remote" "$remote $dir/$2/folder"; do
		rclone copy "${way% *}" "${way#* }" --bwlimit 16k --transfers 2 2>>"$dir/rclone.log" &
		slow=$!
		sleep 1
		{ kill -9 $slow; wait $slow; } 2>/dev/null
	done
}

two_sites; ok $? "two sites are in one ring"
on viborg import "$srcdir"/tests/data/viborg/*.csv --yes >/dev/null 2>&1
for protocol in webdav sftp; do
	start $protocol || { ok 1 "rclone serves $protocol"; sed 's/^/# /' "$dir/server.log"; stop; continue; }
	on viborg add volunteer given=Bodil family=$protocol >/dev/null 2>&1
	on skive add volunteer given=Thyra family=$protocol >/dev/null 2>&1
	meet viborg; meet skive
	carry_a_bit viborg skive; meet skive; meet viborg
	carry_a_bit skive viborg; meet viborg; meet skive
	meet_until_equal carry; ok $? "what both wrote arrives over $protocol, after rclone was killed in the middle"
	on skive list volunteer --plain | grep Bodil | grep -q $protocol && on viborg list volunteer --plain | grep Thyra | grep -q $protocol
	ok $? "and it is there"

	# Cut short in the cloud, where everybody fetches it from.
	on viborg add volunteer given=Ejnar family=$protocol >/dev/null 2>&1
	meet viborg
	name=$(last_segment viborg)
	carry
	truncate -s 77 "$dir/cloud-$protocol/${name#"$dir/viborg/folder/"}"
	rclone copy "$remote" "$dir/skive/folder" 2>>"$dir/rclone.log"
	meet_until_equal carry; ok $? "a file cut short on the server is made good ($protocol)"
	no_complaints "nobody complains of anything but files that aren't whole ($protocol)"
	stop
done
finish
