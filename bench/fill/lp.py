"""An instance of fill/ (text, see tests/filltest.h) as an integer program in the LP format, for solvers beside.

Written apart from the engine: x = a pair is taken, u = places left open, y = steps of fairness, m = missing experience.
Fairness is convex, so its steps needn't be whole numbers. The row of need/2 says nothing new to a plan, but a lot to a
solver's first bound."""
import collections, sys

OPEN = {1: 3000, 2: 6000, 3: 12000}
MISSING = 1500

def read(stream):
    head = stream.readline().split()
    people, shifts, pairs = [], [], []
    for line in stream:
        kind, *rest = line.split()
        {"v": people, "s": shifts, "p": pairs}[kind].append(tuple(map(int, rest)))
    return {"rest": int(head[5]), "people": people, "shifts": shifts, "pairs": pairs}

def step(target, k):
    if k <= target: return {0: -20, 1: -40}.get(target - k, -60)
    over = k - target - 1
    return (20, 60, 120, 200)[over] if over < 4 else 200 + 60 * (over - 3)

def cliques(mine, shifts, rest):
    """The largest sets of one person's pairs that clash: those that last at the start of one of them."""
    found = set()
    for _, s in mine:
        at = shifts[s][0]
        found.add(frozenset(q for q, t in mine if shifts[t][0] <= at < shifts[t][1] + rest))
    return sorted((sorted(c) for c in found if len(c) > 1 and not any(c < d for d in found)))

def write(x, out):
    rows, terms = [], []
    of_person, of_shift = collections.defaultdict(list), collections.defaultdict(list)
    for q, (v, s, cost) in enumerate(x["pairs"]):
        of_person[v].append((q, s))
        of_shift[s].append((q, v))
        terms.append(f"{cost:+d} x{q}")
    total = lambda qs: " + ".join(f"x{q}" for q in qs)
    for s, (_, _, need, prio, wants, _) in enumerate(x["shifts"]):
        here = of_shift[s]
        rows.append(" + ".join([f"u{s}"] + [f"x{q}" for q, _ in here]) + f" = {need}")
        terms.append(f"+{OPEN[prio]} u{s}")
        by = lambda level: [q for q, v in here if x["people"][v][3] == level]
        if wants:
            rows.append(" + ".join([f"m{s}"] + [f"x{q}" for q in by(2)]) + f" >= {wants}")
            terms.append(f"+{MISSING} m{s}")
        if by(0):
            rows.append(total(by(0)) + "".join(f" - x{q}" for q in by(2)) + " <= 0")
            rows.append(total(by(0)) + f" <= {need // 2}")
    for v, (most_week, most, target, _) in enumerate(x["people"]):
        mine = of_person[v]
        if not mine: continue
        weeks = collections.defaultdict(list)
        for q, s in mine: weeks[x["shifts"][s][0] // 10080].append(q)
        rows += [total(qs) + f" <= {most_week}" for qs in weeks.values() if len(qs) > most_week]
        steps = range(1, min(most, len(mine)) + 1)
        rows.append(total([q for q, _ in mine]) + "".join(f" - y{v}_{k}" for k in steps) + " = 0")
        terms += [f"{step(target, k):+d} y{v}_{k}" for k in steps]
        rows += [total(c) + " <= 1" for c in cliques(mine, x["shifts"], x["rest"])]
    out.write("Minimize\n obj: " + "\n ".join(terms) + "\nSubject To\n")
    for i, row in enumerate(rows): out.write(f" c{i}: " + row.replace(" + ", "\n + ") + "\n")
    out.write("Bounds\n")
    for v, (_, most, _, _) in enumerate(x["people"]):
        for k in range(1, min(most, len(of_person[v])) + 1): out.write(f" y{v}_{k} <= 1\n")
    out.write("Binaries\n" + "\n".join(f" x{q}" for q in range(len(x["pairs"]))) + "\nEnd\n")

if __name__ == "__main__":
    write(read(sys.stdin), sys.stdout)
