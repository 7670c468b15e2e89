"""Everything that was measured in the work folder, as Markdown."""
import glob, json, os, platform, re, statistics, subprocess

KB, MB = 1000, 1_000_000
SIZES = {1: "The full size", .1: "A tenth of it", .01: "A hundredth of it"}
TOLD = {"samvagt-pace": "samvagt, edits seconds apart", "lines": "plain lines + zstd -19", "sqlite": "SQLite sessions", "crsqlite": "cr-sqlite (wasm)"}


def load(folder):
    found = {}
    for path in glob.glob(os.path.join(folder, "results", "*.json")):
        with open(path) as f:
            found[os.path.basename(path)[:-len(".json")]] = json.load(f)
    return found


def machine():
    cpu = re.search(r"model name\s*: (.*)", open("/proc/cpuinfo").read())
    memory = re.search(r"MemTotal:\s+(\d+)", open("/proc/meminfo").read())
    return f"machine: {cpu.group(1) if cpu else platform.machine()}, {os.cpu_count()} processors, {int(memory.group(1)) >> 10} MiB · " \
        f"{platform.system()} {platform.release()} · load {os.getloadavg()[0]:.1f}"


def busy():
    return ["The machine was busy with other work while this was measured: bytes, CPU and ratios hold, wall times don't.", ""] \
        if os.getloadavg()[0] > 2 else []


def versions(packages):
    def first(*words):
        try:
            return re.search(r"\d+(\.\d+)+", subprocess.run(words, capture_output=True, text=True).stdout).group()
        except OSError:
            return "not here"
    tools = {"git": "git --version", "fossil": "fossil version", "zstd": "zstd --version", "SQLite": "sqlite3 --version", "node": "node --version"}
    return " · ".join([f"{n} {v}" for n, v in packages.items()] + [f"{n} {first(*words.split())}" for n, words in tools.items()])


def median(result, phase, key):
    """Of all that were measured: the median; of memory the most."""
    values = [x[key] for x in result["phases"].get(phase, []) if key in x]
    return (max if key in ("anon", "rss") else statistics.median)(values) if values else None


def number(x, digits=0):
    return "–" if x is None else f"{x:,.{digits}f}"


def size(values):
    return number(statistics.median(values) / KB, 1) if values else "–"


def total(result, step, key):
    phases = [p for p in result["phases"] if p.startswith(step + " ")]
    values = [median(result, p, key) for p in phases]
    return (max if key in ("anon", "rss") else sum)(v or 0 for v in values) if values else None


def rows(head, lines):
    out = ["| " + " | ".join(head) + " |", "|" + "|".join(["---"] + ["--:"] * (len(head) - 1)) + "|"]
    return out + ["| " + " | ".join(line) + " |" for line in lines] + [""]


def name(r):
    return TOLD.get(r["name"], r["name"])


def failure(r):
    return f"{r['failed'][0]}: {r['failed'][1]}" if r["failed"] else ""


def ratio(r, ours, what):
    mine, theirs = what(ours) if ours else None, what(r)
    return f"{theirs / mine:,.1f}" if mine and theirs else "–"


def exchange(results, ours):
    smallest = lambda r: statistics.median(r["bundle"]["smallest"]) if r.get("bundle") else None
    merging = lambda r: total(r, "merge", "cpu")
    head = ["", "KB as written", "zstd -3", "smallest", "× ours", "export CPU ms", "load CPU ms", "merge", "save", "all three", "× ours", "wall ms",
        "anonymous MB", "resident MB", ""]
    return rows(head, [[name(r), *(size((r.get("bundle") or {}).get(k)) for k in ("written", "zstd3", "smallest")), ratio(r, ours, smallest),
        number(median(r, "export export", "cpu") or median(r, "edit export", "cpu"), 1),
        *(number(median(r, f"merge {p}", "cpu"), 1) for p in ("load", "merge", "save")), number(merging(r), 1), ratio(r, ours, merging),
        number(total(r, "merge", "wall"), 1), *(number((total(r, "merge", k) or 0) * 1024 / MB or None, 1) for k in ("anon", "rss")), failure(r)]
        for r in results])


def patchset(results):
    sizes = [size(r["bundle"]["patchset"]) for r in results if (r.get("bundle") or {}).get("patchset")]
    return [f"SQLite's patchsets, which don't say what they replace, are {sizes[0]} KB after zstd -19.", ""] if sizes else []


def folding(ours):
    later = median(ours, "fold fold", "cpu") if ours else None
    return [f"samvagt packs scattered rows side by side and brings them to their places when more have gathered, or the screen is closed: {later:,.0f} ms "
        "for these, which aren't in the table.", ""] if later else []


def outcome(results):
    def line(r):
        shown = [x["shown"] for p in r["phases"].values() for x in p if p[0]["phase"] in ("merge", "dump") and x.get("shown") is not None]
        merged = r.get("merged")
        return [name(r), *(number(r["alone"][i]) if r.get("alone") else "–" for i in (0, 1)), r["alone"][2] if r.get("alone") else "–",
            *(" / ".join(dict.fromkeys(number(m[i]) for m in merged)) if merged else "–" for i in (0, 1)),
            "–" if not merged else "yes" if len({m[2] for m in merged}) == 1 else "**no**",
            " / ".join(dict.fromkeys(map(number, r["wrong"]))) if merged else "–",
            number(max(shown)) if shown else "–" if not merged else "no word for it"]
    return rows(["", "records of one site", "fields", "hash", "records of all", "fields", "the same at all three?", "records unlike the script",
        "disagreements shown"], map(line, results))


def making(results):
    def line(r):
        return [name(r), number(total(r, "init", "cpu")), number((total(r, "init", "anon") or 0) * 1024 / MB or None, 1),
            number(median(r, "edit edit", "cpu")), number(total(r, "edit", "cpu")), number(r["store"] / MB, 1) if r.get("store") else "–",
            number(max((median(r, f"init {p}", "bytes") or 0) for p in ("init", "save", "snapshot")) / MB or None, 2),
            str(len(r["phases"].get("merge merge", [])) or "–")]
    return rows(["", "base CPU ms", "anonymous MB", "edits CPU ms", "with load and save", "store MB", "all as one file MB", "merges run"],
        map(line, results))


def compare(found, scale, order):
    results = [found[key] for n in order if (key := f"{scale:g}-{n}") in found]
    if not results:
        return []
    alone = {tuple(r["alone"]) for r in results if r.get("alone")}
    assert len(alone) == 1, f"not the same data everywhere: {alone}"
    ours = found.get(f"{scale:g}-samvagt")
    edits = results[0]["edits"]
    return [f"## {SIZES.get(scale, f'{scale:g} of it')}: three sites × {edits:,} edits", "",
        "What a site carries to the others, and what taking in the other two costs:", "", *exchange(results, ours), *patchset(results), *folding(ours),
        f"Whether they end up alike. {results[0]['contested']} fields were given different values, and {results[0]['torn']} records deleted here "
        "and changed there:", "", *outcome(results), "Making the base and the edits:", "", *making(results)]


def probes(found, order):
    def line(r):
        hurt = lambda x: f"{x['lost']} of {x['edits']}" + ("" if x["told"] else ", nothing said") + ("" if x["same"] else ", sites differ")
        broken = lambda x: " / ".join(number(x[k]) for k in ("refused", "partly", "right", "wrong"))
        return [name(r), hurt(r["copied"]), hurt(r["restored"]), number(r["bytes"]), broken(r["altered"]), broken(r["cut"])]
    results = [found[f"probe-{n}"] for n in order if f"probe-{n}" in found]
    return ["## Copies, restored backups, damaged bundles", "", "Edits lost when two copies of a site both write, and when a restored one goes on; "
        "bundles with one altered byte, and cut off at every length: refused / partly taken and then refused / right / wrong without a word.", "",
        *rows(["", "copied site", "restored backup", "bytes", "altered", "cut"], map(line, results))] if results else []


def scaling(found):
    results = sorted((r for k, r in found.items() if k.startswith("scaling-")), key=lambda r: (r["records"], r["edits"]))
    merging = lambda r: total(r, "merge", "cpu")
    return ["## samvagt: more edits, more records", "", *rows(["records", "foreign edits", "KB a site", "export CPU ms", "merge CPU ms",
        "µs an edit", "wall ms", "anonymous MB", ""], [[number(r["records"]), number(r["edits"]), size((r.get("bundle") or {}).get("written")),
        number(median(r, "export export", "cpu"), 1), number(merging(r), 1), number(merging(r) * 1000 / r["edits"] if merging(r) else None, 1),
        number(total(r, "merge", "wall"), 1), number((total(r, "merge", "anon") or 0) * 1024 / MB or None, 1), failure(r)]
        for r in results]), *rows(["10,000 foreign edits into a store of records", "merge CPU ms"],
        [[number(n), number(ms, 1)] for n, ms in span(found)])] if results else []


def span(found):
    """CPU of the same edits taken into stores of different sizes: [(records, ms)…], the smallest first."""
    results = sorted((r for k, r in found.items() if k.startswith("span-") and not r["failed"]), key=lambda r: r["records"])
    return [(r["records"], total(r, "merge", "cpu")) for r in results]


def promised(found):
    ours, probe = found.get("1-samvagt"), found.get("probe-samvagt")
    if not ours or ours["failed"]:
        return []
    grown, snapshot = [ms for _, ms in span(found)], "init snapshot"
    slipped = sum(probe[how][what] for how in ("altered", "cut") for what in ("partly", "right", "wrong")) if probe else None
    lines = [("KB of a site's changes on a stick", statistics.median(ours["bundle"]["smallest"]) / KB, 45, 1),
        ("CPU ms to write them", median(ours, "export export", "cpu"), 10, 1),
        ("CPU ms to take in 10,000 edits of others, on the disk", total(ours, "merge", "cpu"), 80, 1),
        ("times that, from the smallest to a forty times larger store", grown[-1] / grown[0] if len(grown) > 1 else None, 2, 1),
        ("anonymous MB for that", total(ours, "merge", "anon") * 1024 / MB, 16, 1),
        ("MB of everything as one file", median(ours, snapshot, "bytes") / MB, 3, 2),
        ("CPU s to write that file", median(ours, snapshot, "cpu") / 1000, .34, 2),
        ("altered and cut bundles that weren't refused", slipped, 0, 0)]
    met = lambda is_, most: "–" if is_ is None else "yes" if is_ <= most else "**no**"
    return ["## What is promised", "", *rows(["", "measured", "at most", "met"], [[what, number(is_, digits),
        f"{most:,}", met(is_, most)] for what, is_, most, digits in lines])]


def write(path, folder, packages, order):
    found = load(folder)
    parts = ["# Sync: samvagt beside its peers", "", "Made by `bench/sync/run --table`; bench/README.md says how it is measured.", "",
        machine(), "", *busy(), versions(packages), ""]
    parts += promised(found)
    for scale in sorted(SIZES, reverse=True):
        if scale > min(SIZES) or "1-samvagt" not in found:
            parts += compare(found, scale, order)
    parts += probes(found, order) + scaling(found)
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(parts).rstrip() + "\n")
