"""git: a file a record, a line a field, a commit for all of a site's edits; bundles carry them. Nothing decides a conflict: a dump takes
the site's own side."""
import os
from tools import *

REPO = ("git", "--git-dir=repo", "-c", "pack.useBitmaps=false", "-c", "pack.threads=1", "-c", "gc.auto=0")


def path(kind, key):
    origin, n = key.split(".")
    return f"{kind}/{origin}/{int(n) // 100}/{key}"


def commit(records, gone, parent):
    """A stream for fast-import that puts these records and drops those."""
    out = [f"commit refs/heads/main\ncommitter {SITE} <{SITE}> 1700000000 +0000\ndata 0\n" + parent]
    for (kind, key), fields in records.items():
        text = "".join(f"{k}={v}\n" for k, v in sorted(fields.items()))
        out.append(f"M 100644 inline {path(kind, key)}\ndata {len(text.encode())}\n{text}\n")
    out += [f"D {path(*r)}\n" for r in gone]
    return "".join(out).encode()


def init():
    run("git", "init", "-q", "--bare", "-b", "main", "repo")
    stream = commit(state("base"), [], "")
    phase("init", lambda: (run(*REPO, "fast-import", "--quiet", stdin=stream), run(*REPO, "repack", "-adfq")) and None)


def edit():
    before, after = state("base"), state("base", SITE)
    changed = {r: f for r, f in after.items() if before.get(r) != f}
    stream = commit(changed, before.keys() - after.keys(), "from refs/heads/main^0\n")
    run(*REPO, "tag", "base", "main")
    phase("edit", lambda: run(*REPO, "fast-import", "--quiet", stdin=stream) and None)


def export():
    def bundle():
        run(*REPO, "bundle", "create", "-q", f"../{SITE}.bundle", "base..main", "main")
        return {"bytes": os.path.getsize(f"../{SITE}.bundle")}
    phase("export", bundle)


def merge():
    def both():
        shown = 0
        for other in OTHERS:
            run(*REPO, "fetch", "-q", f"../{other}.bundle", f"main:{other}")
            told = run(*REPO, "merge-tree", "--write-tree", "--name-only", "--no-messages", "main", other, may_fail=True)
            tree, *conflicts = told.decode().split()
            done = run(*REPO, "commit-tree", tree, "-p", "main", "-p", other, stdin=b"").decode().strip()
            run(*REPO, "update-ref", "refs/heads/main", done)
            shown += len(conflicts)
        return {"shown": shown}
    phase("merge", both)


def rows():
    names = [line.split("\t") for line in run(*REPO, "ls-tree", "-r", "main").decode().splitlines()]
    blobs = run(*REPO, "cat-file", "--batch", stdin="".join(meta.split()[2] + "\n" for meta, _ in names).encode())
    found, at = [], 0
    for _, name in names:
        start = blobs.index(b"\n", at) + 1
        at = start + int(blobs[at:start].split()[2]) + 1
        found.append((name.split("/")[0], name.split("/")[-1], first_side(blobs[start:at - 1].decode().splitlines())))
    dump(found)


dict(init=init, edit=edit, export=export, merge=merge, dump=rows)[STEP]()
