#!/bin/sh
# Two sites whose exchange folders a real pair of Syncthing carries, on this machine alone: what either writes arrives,
# while it is being carried, after files were cut short on the way, and after both copies of one were damaged
# differently.
. "${srcdir:-.}/tests/cli-lib.sh"
. "$srcdir/tests/transport-lib.sh"
for tool in syncthing python3; do
	command -v $tool >/dev/null || { echo "1..0 # SKIP $tool is missing"; exit 0; }
done
export STNODEFAULTFOLDER=1 STNOUPGRADE=1 HOME="$dir"
pids=
trap 'stop; [ -n "${TEST_KEEP:-}" ] || rm -rf "$dir"' EXIT

# configure SITE OTHER : their keys are there
configure() {
	cat >"$dir/$1/syncthing/config.xml" <<END
<configuration version="36">
  <folder id="samvagt" path="$dir/$1/folder" type="sendreceive" rescanIntervalS="1" fsWatcherEnabled="true" fsWatcherDelayS="1">
    <device id="$(cat "$dir/$1/device")"/><device id="$(cat "$dir/$2/device")"/>
  </folder>
  <device id="$(cat "$dir/$1/device")"><address>tcp://127.0.0.1:$(cat "$dir/$1/port")</address></device>
  <device id="$(cat "$dir/$2/device")"><address>tcp://127.0.0.1:$(cat "$dir/$2/port")</address></device>
  <gui enabled="false"/>
  <options>
    <listenAddress>tcp://127.0.0.1:$(cat "$dir/$1/port")</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><startBrowser>false</startBrowser>
    <urAccepted>-1</urAccepted><autoUpgradeIntervalH>0</autoUpgradeIntervalH><crashReportingEnabled>false</crashReportingEnabled>
    <reconnectionIntervalS>1</reconnectionIntervalS><minHomeDiskFree unit="%">0</minHomeDiskFree>
  </options>
</configuration>
END
}

start() {
	for site in viborg skive; do
		syncthing serve --home="$dir/$site/syncthing" --no-browser --no-restart >>"$dir/$site/syncthing.log" 2>&1 &
		pids="$pids $!"
	done
}
stop() {
	[ -z "$pids" ] || kill $pids 2>/dev/null
	[ -z "$pids" ] || wait $pids 2>/dev/null
	pids=
}

two_sites; ok $? "two sites are in one ring"
for site in viborg skive; do
	syncthing generate --home="$dir/$site/syncthing" --no-default-folder >"$dir/$site/syncthing.log" 2>&1 &&
		syncthing --home="$dir/$site/syncthing" --device-id >"$dir/$site/device" 2>>"$dir/$site/syncthing.log" ||
		{ echo "1..0 # SKIP syncthing can't make its keys here"; exit 0; }
	free_port >"$dir/$site/port"
done
configure viborg skive
configure skive viborg
start

on viborg import "$srcdir"/tests/data/viborg/*.csv --yes >/dev/null 2>&1
on skive add volunteer given=Thyra family=Kvistgaard >/dev/null 2>&1
meet_until_equal sleep 1; ok $? "what both wrote arrives"
no_complaints "nobody complains while files are on their way"
[ "$(on skive list volunteer --plain | grep -c Kvistgaard)" = "$(on viborg list volunteer --plain | grep -c Kvistgaard)" ]
ok $? "the same volunteers are at both"

# Cut short in place at one site before it is carried: Syncthing takes that for the file.
stop
on viborg add volunteer given=Bodil family=Nr1 >/dev/null 2>&1
meet viborg
victim=$(last_segment viborg)
truncate -s 100 "$victim"
start
meet_until_equal sleep 1; ok $? "a file cut short where it was written is made good"
on skive list volunteer --plain | grep -q Bodil; ok $? "and its change arrives"

# While nobody carries, one file is damaged at each side in another way: a conflict, and a conflict copy.
stop
on viborg add volunteer given=Ejnar family=Nr2 >/dev/null 2>&1
on skive add volunteer given=Gerda family=Nr3 >/dev/null 2>&1
name=${victim#"$dir/viborg/folder/"}
truncate -s 50 "$dir/viborg/folder/$name"
truncate -s 60 "$dir/skive/folder/$name"
start
meet_until_equal sleep 1; ok $? "two damaged copies of one file are no harm"
on skive list volunteer --plain | grep -q Ejnar && on viborg list volunteer --plain | grep -q Gerda; ok $? "and what came after arrives"
stop
no_complaints "nobody complains of anything but files that aren't whole"
finish
