#!/bin/sh
# Draw the pictures of README.md: run the program on demo data in tmux, press keys, keep each screen as an SVG.
# usage: doc/pictures.sh [PROGRAM] (needs tmux, python3 and pdftoppm)
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "${1:-./samvagt}")
dir=$(mktemp -d)
session=samvagt-pictures-$$
trap 'tmux kill-server 2>/dev/null || :; rm -rf "$dir"' EXIT
export SAMVAGT_NOW=2026-12-01T09:10 XDG_DATA_HOME="$dir" XDG_STATE_HOME="$dir/state"

# A server of its own, which stays when its only session ends.
tmux() { command tmux -L "$session" -f /dev/null "$@"; }

# End the program that is open, and wait until it has let go of its store.
leave() {
	pid=$(tmux list-panes -t "$session" -F '#{pane_pid}' 2>/dev/null) || return 0
	tmux kill-session -t "$session"
	while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
}

# shot NAME COLUMNS ROWS KEYS… : start afresh, press the keys, draw.
shot() {
	name=$1 cols=$2 rows=$3
	shift 3
	leave
	tmux new-session -d -s "$session" -x "$cols" -y "$rows" \
		"env SAMVAGT_NOW=$SAMVAGT_NOW XDG_DATA_HOME=$dir XDG_STATE_HOME=$dir/state LC_ALL=C.UTF-8 TERM=tmux-256color '$program' --lang da demo --size hospital"
	tmux set-option -t "$session" status off
	settle
	for key in "$@"; do
		tmux send-keys -t "$session" "$key"
		settle
	done
	tmux capture-pane -e -p -t "$session" | python3 doc/picture.py "$cols" "$rows" >"doc/pictures/$name.svg"
	echo "doc/pictures/$name.svg"
}

# Wait until two captures in a row are alike, and nothing is under way.
settle() {
	last= now=start
	for _ in $(seq 100); do
		last=$now
		sleep 0.1
		now=$(tmux capture-pane -p -t "$session")
		case $now in *Arbejder*) continue ;; esac
		if [ "$last" = "$now" ] && [ -n "$(echo "$now" | tr -d '[:space:]')" ]; then return; fi
	done
}

# site NAME TIME COMMAND… : a command at a site, at that time of the day.
site() {
	case $1 in
	viborg) store=$dir/samvagt/demo-hospital ;;
	*) store=$dir/$1 ;;
	esac
	now=2026-12-01T$2
	shift 2
	SAMVAGT_NOW=$now "$program" --store "$store" --lang da "$@" >"$dir/out" 2>"$dir/err" </dev/null ||
		{ cat "$dir/err" >&2; exit 1; }
}

# A second site, in a ring with the demo store's: both have written, and Skive has been at the stick since Viborg was.
meet_another() {
	leave
	stick=$dir/stik
	mkdir "$stick"
	site viborg 09:11 ring new --name Midt
	site viborg 09:11 ring invite --site Skive -o "$stick/skive.svi"
	words=$(cat "$dir/out")
	site skive 09:11 init --site Skive --name "Bo Lund" --no-passphrase
	site skive 09:12 ring join "$stick/skive.svi" --words "$words"
	site viborg 09:12 sync "$stick"
	site skive 09:13 sync "$stick"
	site viborg 09:14 sync "$stick"
	site viborg 09:15 set volunteer "Tove Pedersen" phone="21 34 55 89"
	site viborg 09:15 set shift "2/12 13-16 sundhed" note="Kaffe og kage; Karen har nøglen"
	site viborg 09:16 assign "3/12 11-14 forhal" "Hanne Lund-Mogensen"
	site skive 09:20 set volunteer "Tove Pedersen" phone="21 34 55 98"
	site skive 09:20 set shift "2/12 13-16 sundhed" note="Kaffe og kage; koret synger kl. 15"
	site skive 09:21 assign "3/12 9-12 hospice" "Hanne Lund-Mogensen"
	site skive 09:22 withdraw "3/12 14-17 hospice" "Inge Kristensen"
	site skive 09:23 assign "2/12 14-17 hospice" "Ditte Christensen"
	site skive 09:24 add volunteer given=Thyra family=Kvistgaard phone="22 10 47 33"
	site skive 09:25 set volunteer "Susanne Hjorth" phone="23 45 12 60"
	site skive 09:27 sync "$stick"
	export SAMVAGT_NOW=2026-12-01T09:40
}

# paper NAME PAPER ARGUMENTS… : the upper half of the first page, as it would be printed.
paper() {
	name=$1
	shift
	leave
	"$program" --store "$dir/samvagt/demo-hospital" --lang da print "$@" --as pdf -o "$dir/paper.pdf"
	pdftoppm -r 64 -x 0 -y 0 -W 530 -H 380 -gray -png -singlefile "$dir/paper.pdf" "doc/pictures/$name"
	echo "doc/pictures/$name.png"
}

mkdir -p doc/pictures
tmux start-server ';' set-option -s exit-empty off
"$program" demo --size hospital >/dev/null 2>&1 </dev/null
. doc/pictures.list
