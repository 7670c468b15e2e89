#!/bin/sh
# Arrows point down: tui, cli, and the helpers (pdf, xlsx, ical -> apart) -> export, sync, roster -> store, fill ->
# base, and no file includes itself round a circle. A .c includes its own header first; only one file knows each heavy
# library.
cd "${top_srcdir:-.}" || exit 99
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is missing"; exit 0; }
exec python3 - <<'PY'
import os, re, sys

RANK = {"base": 0, "fill": 1, "store": 1, "roster": 2, "sync": 2, "export": 3, "tui": 4, "apart": 4, "pdf": 5, "xlsx": 5, "ical": 5, "cli": 5}
ALONE = {  # header: the files that may include it
    "lmdb.h": {"store/kv_priv.h", "store/kv_pages.c"},
    "sodium.h": {"base/hash.c", "store/cipher.c", "store/seal.c", "store/keys.c", "store/backup_file.c", "store/chain.c", "store/erase_who.c", "sync/envelope.c", "sync/ring_keys.c", "sync/invite.c", "sync/signing.c"},
    "zstd.h": {"store/backup_file.c", "sync/envelope.c"},
    "curses.h": {"tui/term_priv.h"}, "ncurses.h": set(), "ncursesw/curses.h": set(),
    "utf8proc.h": {"base/text.c", "base/danish.c", "base/fold.c", "base/width.c", "base/digits.c"},
    "pango/pangocairo.h": {"pdf/paper.h"}, "cairo-pdf.h": {"pdf/paper.c"}, "qrencode.h": {"pdf/qr.c"}, "xlsxwriter.h": {"xlsx/book.c", "xlsx/memory.c"}, "minizip/zip.h": {"xlsx/memory.c"},
    "seccomp.h": {"apart/guard.c"}, "libical/ical.h": {"ical/read.c", "ical/write.c"},
    "csv.h": {"export/csvread.c"}, "iconv.h": {"export/decode.c"},
}
number, failed = 0, 0
def ok(passed, name, why=()):
    global number, failed
    number += 1
    print(("ok" if passed else "not ok"), number, "-", name)
    for line in why: print("#", line)
    failed += not passed

files = [os.path.join(d, f) for r in RANK for d, _, fs in os.walk(r) for f in fs if f.endswith((".c", ".h", ".def"))]
graph, up, first, alone = {}, [], [], []
for path in sorted(files):
    text = re.sub(r"/\*.*?\*/", "", open(path, encoding="utf-8").read(), flags=re.S)
    mine = re.findall(r'^\s*#\s*include\s+"([^"]+)"', text, re.M)
    other = re.findall(r"^\s*#\s*include\s+<([^>]+)>", text, re.M)
    graph[path] = [i for i in mine if os.path.exists(i)]
    room = path.split("/")[0]
    for inc in graph[path]:
        there = inc.split("/")[0]
        if there in RANK and (RANK[there] > RANK[room] or (RANK[there] == RANK[room] and there != room)):
            up.append(f"{path} includes {inc}")
    own = path[:-2] + ".h"
    if path.endswith(".c") and os.path.exists(own) and (not mine or mine[0] != own):
        first.append(f"{path} doesn't include {own} first")
    for inc in other:
        if inc in ALONE and path not in ALONE[inc]: alone.append(f"{path} includes <{inc}>")
ok(not up, "includes point down the house only", up)
ok(not first, "each .c includes its own header first", first)
ok(not alone, "each heavy library is known to one place", alone)

state, circle = {}, []
def visit(p, trail):
    if state.get(p) == 2: return
    if state.get(p) == 1:
        circle.append(" -> ".join(trail[trail.index(p):] + [p])); return
    state[p] = 1
    for q in graph.get(p, []):
        if not q.endswith(".def"): visit(q, trail + [p])
    state[p] = 2
sys.setrecursionlimit(10000)
for p in graph: visit(p, [])
ok(not circle, "no circle between files", circle)
print(f"1..{number}")
sys.exit(failed > 0)
PY
