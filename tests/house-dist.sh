#!/bin/sh
# A release holds every file that the repository holds: one that a list forgets is missed only by whoever builds from it.
cd "${top_srcdir:-.}" || exit 99
{ command -v git && git rev-parse --git-dir; } >/dev/null 2>&1 || { echo "1..0 # SKIP this is no checkout of the repository"; exit 0; }
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is missing"; exit 0; }
exec python3 - <<'PY'
import os, pathlib, subprocess

def lines(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()

held = {os.path.relpath(f) for f in lines("make", "-s", "-C", os.environ.get("top_builddir", "."), "dist-list")}
left = [f for f in lines("git", "ls-files") if f != ".gitignore" and not held & {f, *map(str, pathlib.PurePath(f).parents)}]
print("1..1")
for f in left: print("# not in a release:", f)
print("not ok" if left else "ok", "1 - every file is in a release")
PY
