# tests/transport-lib.sh - two sites in one ring, each with a folder of its own that somebody else's program carries to
# and fro. Sourced after tests/cli-lib.sh.
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# on SITE COMMAND… : at a site; each is at home on a machine of its own
on() {
	site=$1; shift
	SAMVAGT_STORE=$dir/$site/store XDG_STATE_HOME=$dir/$site/state samvagt "$@"
}

two_sites() {
	mkdir -p "$dir/viborg/folder" "$dir/skive/folder"
	on viborg init --site Viborg --name "Anna Holm" --no-passphrase 2>/dev/null && on viborg ring new --name Midt 2>/dev/null &&
		words=$(on viborg ring invite --site Skive -o "$dir/invitation" 2>/dev/null) &&
		on skive init --site Skive --name "Anna Holm" --no-passphrase 2>/dev/null &&
		on skive ring join "$dir/invitation" --words "$words" 2>/dev/null
}

# meet SITE : once, with its own folder as it happens to be. Adds to $dir/complaints what it may not say.
meet() {
	on "$1" sync "$dir/$1/folder" >"$dir/out" 2>"$dir/err" </dev/null || echo "$1: exit $?" >>"$dir/complaints"
	grep '^samvagt: ' "$dir/err" | grep -v "is cut short\|isn't known here yet" >>"$dir/complaints"
}

print_of() { on "$1" fingerprint | tail -n 1; }

# meet_until_equal CARRY… : both meet, and what CARRY is lies between, until they hold the same
meet_until_equal() {
	turns=0
	while [ $turns -lt 120 ]; do
		meet viborg; meet skive
		[ "$(print_of viborg)" != "$(print_of skive)" ] || return 0
		"$@"
		turns=$((turns + 1))
	done
	return 1
}

no_complaints() {
	[ ! -s "$dir/complaints" ]; ok $? "$1"
	[ ! -s "$dir/complaints" ] || sort "$dir/complaints" | uniq -c | sed 's/^/# /'
	: >"$dir/complaints"
}

# The segment that was written last in a site's folder.
last_segment() { find "$dir/$1/folder" -name '*.seg' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-; }
