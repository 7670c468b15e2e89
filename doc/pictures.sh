#!/bin/sh
# Draw the pictures of README.md: run the program on demo data in tmux, press keys, keep each screen as an SVG.
# usage: doc/pictures.sh [PROGRAM] (needs tmux and python3)
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "${1:-./samvagt}")
dir=$(mktemp -d)
session=samvagt-pictures-$$
trap 'tmux kill-session -t $session 2>/dev/null || :; rm -rf "$dir"' EXIT
export SAMVAGT_NOW=2026-12-01T09:10 XDG_DATA_HOME="$dir"

# shot NAME COLUMNS ROWS KEYS… : start afresh, press the keys, draw.
shot() {
	name=$1 cols=$2 rows=$3
	shift 3
	tmux kill-session -t "$session" 2>/dev/null || :
	tmux new-session -d -s "$session" -x "$cols" -y "$rows" \
		"env SAMVAGT_NOW=$SAMVAGT_NOW XDG_DATA_HOME=$dir LC_ALL=C.UTF-8 TERM=tmux-256color '$program' --lang da demo --size hospital"
	tmux set-option -t "$session" status off
	settle
	for key in "$@"; do
		tmux send-keys -t "$session" "$key"
		settle
	done
	tmux capture-pane -e -p -t "$session" | python3 doc/picture.py "$cols" "$rows" >"doc/pictures/$name.svg"
	echo "doc/pictures/$name.svg"
}

# Wait until two captures in a row are alike.
settle() {
	last= now=start
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		last=$now
		sleep 0.1
		now=$(tmux capture-pane -p -t "$session")
		if [ "$last" = "$now" ] && [ -n "$(echo "$now" | tr -d '[:space:]')" ]; then return; fi
	done
}

mkdir -p doc/pictures
"$program" demo --size hospital >/dev/null 2>&1 </dev/null
. doc/pictures.list
