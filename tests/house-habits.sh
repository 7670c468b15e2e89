#!/bin/sh
# Habits that can be counted: lengths of files and functions, calls that we don't make, assertions where promises are
# kept.
cd "${top_srcdir:-.}" || exit 99
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is missing"; exit 0; }
exec python3 - <<'PY'
import os, re, statistics, sys

ROOMS = ["base", "fill", "store", "roster", "sync", "export", "tui", "cli", "apart", "pdf", "xlsx"]
BANNED = r"\b(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|atof|gets|strncpy)\s*\("
number, failed = 0, 0
def ok(passed, name, why=()):
    global number, failed
    number += 1
    print(("ok" if passed else "not ok"), number, "-", name)
    for line in why: print("#", line)
    failed += not passed

def bare(text):
    """Without comments and strings, line by line as it was."""
    blank = lambda m: re.sub(r"[^\n]", " ", m.group(0))
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)

FILES_MOST = 600
def too_long(folder):
    paths = [os.path.join(d, f) for d, _, fs in os.walk(folder) for f in sorted(fs) if f.endswith((".c", ".h"))]
    sizes = [(path, open(path, encoding="utf-8").read().count("\n")) for path in paths]
    return [f"{path}: {n} lines" for path, n in sizes if n > FILES_MOST]

long_functions, banned, lengths, preamble, exits, asserts, lines = [], [], [], [], [], {}, {}
for room in ROOMS:
    for d, _, fs in os.walk(room):
        for f in sorted(fs):
            path = os.path.join(d, f)
            if not path.endswith((".c", ".h")): continue
            raw = open(path, encoding="utf-8").read()
            text = bare(raw)
            rows = text.split("\n")
            if not raw.startswith("/*"): preamble.append(path)
            for i, row in enumerate(rows, 1):
                if re.search(BANNED, row): banned.append(f"{path}:{i}: {row.strip()}")
                if room != "cli" and re.search(r"\bexit\s*\(", row) and "_exit" not in row: exits.append(f"{path}:{i}")
            asserts[room] = asserts.get(room, 0) + len(re.findall(r"\bassert\s*\(", text))
            lines[room] = lines.get(room, 0) + (len(rows) if path.endswith(".c") else 0)
            start = None
            for i, row in enumerate(rows):
                if row == "{": start = i
                elif row == "}" and start is not None:
                    n = i - start - 1
                    lengths.append(n)
                    if n > 60: long_functions.append(f"{path}:{start + 1}: {n} lines")
                    start = None
long_files = [row for room in ROOMS + ["tests"] for row in too_long(room)]
ok(not long_files, f"no file has more than {FILES_MOST} lines, tests included", long_files)
ok(not long_functions, "no function has more than 60 lines", long_functions)
median = statistics.median(lengths) if lengths else 0
ok(median <= 16, f"the median function has {median} lines, at most 16")
ok(not banned, "no call of strcpy, sprintf, atoi and their kin", banned)
ok(not preamble, "each file begins by saying what it owns", preamble)
ok(not exits, "only the command line ends the program", exits)
for room in ("store", "sync"):
    if lines.get(room, 0) > 500:
        per = 1000 * asserts[room] / lines[room]
        ok(per >= 10, f"{room}/ has {per:.1f} assertions per 1,000 lines, at least 10")
print(f"1..{number}")
sys.exit(failed > 0)
PY
