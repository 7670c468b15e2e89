"""What the drivers in Python share: reading the workload, phases as JSON, programs that must succeed."""
import json, os, resource, subprocess, sys, time

SITES = "ABC"
STEP, SITE = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "Z"
OTHERS = [s for s in SITES if s != SITE]
ENV = dict(os.environ, LC_ALL="C", TZ="UTC", HOME=os.getcwd(), GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null",
    USER=SITE, FOSSIL_USER=SITE, **{f"GIT_{who}_{what}": SITE for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")})


def script(name):
    """Each line as op, type, id and its fields."""
    with open(os.path.join(os.environ["WORKLOAD"], name), encoding="utf-8") as f:
        for line in f:
            op, kind, name, *fields = line.rstrip("\n").split("\t")
            yield op, kind, name, dict(x.split("=", 1) for x in fields)


def state(*names):
    """Records by type and id after these lines."""
    records = {}
    for name in names:
        for op, kind, key, fields in script(name):
            if op == "del":
                del records[kind, key]
            else:
                records[kind, key] = {**records.get((kind, key), {}), **fields}
    return records


def run(*words, stdin=None, may_fail=False):
    """A program's output. It may answer 1 where that means something."""
    done = subprocess.run(words, env=ENV, input=stdin, capture_output=True)
    if done.returncode > may_fail:
        sys.exit(f"{words[:3]}: {done.stderr[-300:].decode(errors='replace')}")
    return done.stdout


def tell(**facts):
    print(json.dumps(facts), flush=True)


def phase(name, f):
    """What the programs that f starts have used; f may return facts to tell."""
    spent = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    cpu, wall = spent(), time.monotonic()
    facts = f() or {}
    tell(phase=name, cpu=1000 * (spent() - cpu), wall=1000 * (time.monotonic() - wall), **facts)


def first_side(lines):
    """Lines of a merged text with each conflict's own side in its place, without the ancestor, suggestions and the other side."""
    kept, keep = [], True
    for line in lines:
        if line.startswith(("|||||||", "#######", "=======")):
            keep = False
        elif line.startswith(">>>>>>>"):
            keep = True
        elif keep and not line.startswith("<<<<<<<"):
            kept.append(line)
    return kept


def dump(rows, shown=None):
    with open(f"../{SITE}.dump", "w", encoding="utf-8") as f:
        for kind, key, fields in rows:
            f.write("\t".join([kind, key, *fields]) + "\n")
    tell(phase="dump", **({} if shown is None else {"shown": shown}))
