#!/bin/sh
# Filling a period by command: a plan with proof, what it leaves open and why, taking it, and a place that was given up.
. "${srcdir:-.}/tests/cli-lib.sh"
fresh
add() { samvagt add "$@" --plain 2>/dev/null; }
volunteer() { add volunteer given="$1" family="$2" confidentiality=1/1/2020 roles=Guide max_per_month=1 status="$3" >/dev/null; }
add unit name=Forhal >/dev/null
add role name=Guide unit=Forhal >/dev/null
volunteer Anna Lund active
volunteer Bo Dam active
volunteer Carl Ege pause
monday=$(add shift unit=Forhal role=Guide start="8/12 8" end="8/12 11" need=1)
tuesday=$(add shift unit=Forhal role=Guide start="9/12 8" end="9/12 11" need=4)
samvagt wait "$monday" Anna 2>/dev/null
samvagt wait "$tuesday" Bo 2>/dev/null

# ---- the plan
golden fill.txt en fill --from 8/12 --to 14/12 --dry-run
golden fill-da.txt da fill --from 8/12 --to 14/12 --dry-run
exits "as JSON" 0 samvagt fill --from 8/12 --to 14/12 --dry-run --json
python3 - "$dir/out" <<'PY'
import json, sys
j = json.load(open(sys.argv[1]))
assert j["cover"] == {"places": 5, "open": 2, "open_least": 2, "proven": True}, j["cover"]
assert j["bound"]["cost"] >= j["bound"]["at_least"] and not j["bound"]["stopped"] and len(j["bound"]["input"]) == 64
assert [(p["name"], p["warned"]) for p in j["proposals"]][0] == ("Anna Lund", False)
assert ("Carl Ege", True) in [(p["name"], p["warned"]) for p in j["proposals"]]
assert all(p["reasons"] and p["shift"] and p["volunteer"] and p["start"] < p["end"] for p in j["proposals"])
assert [o["open"] for o in j["open"]] == [2] and "Anna Lund" in j["open"][0]["why"], j["open"]
assert j["taken"] == 2 and j["proof"], j["taken"]
PY
ok $? "has cover, bound, proposals, reasons and what stays open"
exits "the same plan with a limit" 0 samvagt fill --from 8/12 --to 14/12 --dry-run --limit 1
shows "is proven" "no plan fills more"
exits "nothing was written by any of that" 0 samvagt gaps --from 8/12 --to 14/12 --plain
shows "all is open" "Guide"
exits "a limit that is no number" 64 samvagt fill --limit x

# ---- why not
exits "why not him" 0 samvagt fill --from 8/12 --to 14/12 "$monday" Bo
shows "what it would cost" "stay open\|just as good\|would cost\|Then:"
exits "a shift alone is half a question" 64 samvagt fill "$monday"

# ---- taking
exits "offered" 0 samvagt fill --from 8/12 --to 14/12 --offered
says "who has a warning is left out" "1 with a warning is left out"
exits "an offer" 0 samvagt show shift "$monday"
exits "is no cover" 0 samvagt fill --from 8/12 --to 14/12 --dry-run --json
python3 -c 'import json,sys; assert json.load(open(sys.argv[1]))["cover"]["places"] == 5' "$dir/out"
ok $? "all places are still to be filled"
exits "one undo takes it back" 0 samvagt undo
exits "all, with a reason" 0 samvagt fill --from 8/12 --to 14/12 --override "vil gerne"
exits "they are on" 0 samvagt fill --from 8/12 --to 14/12 --dry-run --json
python3 -c 'import json,sys; assert json.load(open(sys.argv[1]))["cover"]["places"] == 2' "$dir/out"
ok $? "and two places are left"
exits "one undo" 0 samvagt undo
exits "takes all of it back" 0 samvagt fill --from 8/12 --to 14/12 --dry-run --json
python3 -c 'import json,sys; assert json.load(open(sys.argv[1]))["cover"]["places"] == 5' "$dir/out"
ok $? "all of it"

# ---- a place given up: Dorte said no to Monday, but could come on Tuesday in Bo's place
samvagt assign "$monday" Anna 2>/dev/null
wednesday=$(add shift unit=Forhal role=Guide start="10/12 8" end="10/12 11" need=1)
samvagt assign "$wednesday" Bo 2>/dev/null
exits "a full shift has no offers" 0 samvagt fill --replan "$monday"
shows "and says so" "no open place"
samvagt cancel "$monday" Anna 2>/dev/null
exits "offers" 0 samvagt fill --replan "$monday"
shows "who could come" "1  Carl Ege comes instead of Anna Lund · ! Carl Ege: "
exits "as JSON" 0 samvagt fill --replan "$monday" --json
python3 - "$dir/out" <<'PY'
import json, sys
j = json.load(open(sys.argv[1]))
assert j["none"] == "" and j["offers"][0]["warning"]
assert j["offers"][0]["moves"][0]["name"] == "Carl Ege" and j["offers"][0]["moves"][0]["from"] is None
assert j["offers"][0]["moves"][0]["to"] == j["shift"]
PY
ok $? "with each move"
exits "a warning needs a reason" 1 samvagt fill --replan "$monday" --take 1
exits "there aren't so many" 64 samvagt fill --replan "$monday" --take 3
exits "with one it is put down" 0 samvagt fill --replan "$monday" --take 1 --override "vil gerne"
exits "he is asked" 0 samvagt list assignment --where state=offered
shows "by name" "Carl Ege"
finish
