"""fossil: 256 files a type and place of origin, a line a record, a check-in for all of a site's edits; bundles carry them. Nothing decides
a conflict: a dump takes the site's own side."""
import collections, glob, os, shutil
from tools import *

FILES = 256


def path(kind, key):
    origin, n = key.split(".")
    return f"{kind}/{origin}/{int(n) % FILES}"


def texts(records):
    files = collections.defaultdict(list)
    for (kind, key), fields in sorted(records.items()):
        files[path(kind, key)].append("\t".join([key, *(f"{k}={v}" for k, v in sorted(fields.items()))]) + "\n")
    return {name: "".join(lines) for name, lines in files.items()}


def commit(files, mark, when, who="Z"):
    out = [f"commit refs/heads/trunk\nmark :{mark}\ncommitter {who} <{who}> {when} +0000\ndata {len(str(mark))}\n{mark}\n"]
    out += [f"from :{mark - 1}\n"] if mark > 1 else []
    out += [f"M 100644 inline {name}\ndata {len(text.encode())}\n{text}\n" for name, text in files.items()]
    return "".join(out)


def tip():
    return run("fossil", "timeline", "-R", "repo", "-t", "ci", "-n", "1", "-F", "%H").decode().split()[0]


def init():
    """The import of the base is repeated at each site with its edits, so this store is only measured."""
    stream = commit(texts(state("base")), 1, 1700000000).encode()
    phase("init", lambda: run("fossil", "import", "--git", "repo", stdin=stream) and None)


def edit():
    before, after = texts(state("base")), texts(state("base", SITE))
    changed = {name: text for name, text in after.items() if before.get(name) != text}
    stream = commit(before, 1, 1700000000) + commit(changed, 2, 1700001000, SITE)
    os.unlink("repo")
    phase("edit", lambda: run("fossil", "import", "--git", "repo", stdin=stream.encode()) and None)
    with open(f"../{SITE}.tip", "w") as f:
        f.write(tip())


def export():
    def bundle():
        run("fossil", "bundle", "export", f"../{SITE}.bundle", "-R", "repo", "--checkin", tip())
        return {"bytes": os.path.getsize(f"../{SITE}.bundle")}
    phase("export", bundle)


def check_out():
    os.mkdir("open")
    os.chdir("open")
    run("fossil", "open", "-f", "../repo")
    run("fossil", "update", open(f"../../{SITE}.tip").read())


def merge():
    check_out()

    def both():
        for other in OTHERS:
            run("fossil", "bundle", "import", "--publish", "--force", f"../../{other}.bundle")
            run("fossil", "merge", open(f"../../{other}.tip").read(), may_fail=True)
            run("fossil", "commit", "--allow-conflict", "--no-warnings", "-m", "merged", may_fail=True)
    phase("merge", both)


def rows():
    merged = os.path.exists("open")
    if not merged:
        check_out()
        os.chdir("..")
    found, shown = [], 0
    for name in glob.glob("open/*/*/*"):
        with open(name, encoding="utf-8") as f:
            lines = f.read().splitlines()
        shown += sum(line.startswith("<<<<<<<") for line in lines)
        for key, *fields in (line.split("\t") for line in first_side(lines)):
            found.append((name.split("/")[1], key, fields))
    dump(found, shown)
    if not merged:
        shutil.rmtree("open")


dict(init=init, edit=edit, export=export, merge=merge, dump=rows)[STEP]()
