#!/usr/bin/env python3
"""Count a roster again, by the published rules of its benchmark: rota_check.py [--json] INSTANCE ROSTER

INSTANCE is a file in its own format, which is found out from what it says: Curtois and Qu's text (schedulingbenchmarks.org),
text or XML of the first nurse rostering competition (INRC-I), or, for the second (INRC-II), the folder and the name of a
case, as in n005w4/n005w4_0_1-2-3-3: history 0, then weeks 1, 2, 3 and 3. ROSTER ("-": standard input) has a line for each
person: the name, and for each day a shift or "-". In INRC-II a shift is written with its skill: Early/HeadNurse. Empty
lines and lines that begin with "#" don't count.

This knows nothing of the engine, shares no code with it, and is written to be read beside the rules. Hard rules are
counted in units too: a week of seven days in a row where five are allowed is two.

Exit status: 0 no hard rule is broken, 1 some are, 2 the files can't be read."""
import collections, datetime, json, os, re, sys
import xml.etree.ElementTree as ElementTree

FREE = "-"
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

class Bad(Exception):
    """A file that isn't what it should be; says which, where, and what."""

def works(shift): return shift != FREE
def above(value, most): return max(0, value - most)
def below(value, least): return max(0, least - value)

def stretches(days, inside):
    """The longest stretches of days that are `inside`: pairs of first day and length."""
    found, start = [], None
    for d, shift in enumerate(list(days) + [None]):
        if shift is not None and inside(shift):
            start = d if start is None else start
        elif start is not None:
            found.append((start, d - start))
            start = None
    return found

class Counted:
    """What was found: units of each hard rule, points of each soft one."""
    def __init__(self): self.hard, self.soft = collections.Counter(), collections.Counter()
    def total(self): return {"hard": sum(self.hard.values()), "cost": sum(self.soft.values())}
    def as_dict(self): return dict(self.total(), broken={k: v for k, v in self.hard.items() if v}, rules=dict(self.soft))

class Lines:
    """The lines of a file that say something, with their numbers."""
    def __init__(self, path, comment=("#",)):
        self.path = path
        with open(path, encoding="utf-8-sig") as f:
            self.lines = [(n, l.strip()) for n, l in enumerate(f, 1) if l.strip() and not l.strip().startswith(comment)]
    def bad(self, number, what): raise Bad(f"{self.path}: line {number}: {what}")

# ---- Curtois and Qu: the 24 shift scheduling instances ----
# What their page says about the ends of the period: before and after it lie any number of days off (so nobody has too few
# days off in a row there) and any number of shifts (nor too few shifts in a row), but the last day before it and the
# first one after it are free where the most shifts in a row are counted.

class Nrp:
    def __init__(self, path):
        self.parts = self.sections(Lines(path))
        self.days = int(self.parts["HORIZON"][0][0])
        self.minutes, self.not_after = {}, {}
        for name, minutes, *after in self.parts["SHIFTS"]:
            self.minutes[name] = int(minutes)
            self.not_after[name] = set(after[0].split("|")) - {""} if after else set()
        self.people = {row[0]: self.person(row) for row in self.parts["STAFF"]}
        self.skills = None

    def sections(self, lines):
        parts, rows = {}, None
        for number, line in lines.lines:
            if line.startswith("SECTION_"): rows = parts.setdefault(line[8:], [])
            elif rows is None: lines.bad(number, "a line before the first section")
            else: rows.append([field.strip() for field in line.split(",")])
        for name in ("HORIZON", "SHIFTS", "STAFF", "COVER"):
            if not parts.get(name): raise Bad(f"{lines.path}: has no SECTION_{name}")
        return parts

    def person(self, row):
        most = dict(pair.split("=") for pair in row[1].split("|") if pair)
        rest = dict(zip(["most_minutes", "least_minutes", "most_run", "least_run", "least_off", "most_weekends"], map(int, row[2:8])))
        return dict(rest, most={shift: int(n) for shift, n in most.items()})

    def count(self, roster):
        got = Counted()
        for name, p in self.people.items(): self.count_person(got, p, roster[name])
        for row in self.parts.get("DAYS_OFF", []):
            got.hard["days off"] += sum(works(roster[row[0]][int(day)]) for day in row[1:] if day)
        for name, day, shift, weight in self.parts.get("SHIFT_ON_REQUESTS", []):
            if roster[name][int(day)] != shift: got.soft["shift on requests"] += int(weight)
        for name, day, shift, weight in self.parts.get("SHIFT_OFF_REQUESTS", []):
            if roster[name][int(day)] == shift: got.soft["shift off requests"] += int(weight)
        for day, shift, need, under, over in self.parts["COVER"]:
            there = sum(days[int(day)] == shift for days in roster.values())
            got.soft["too few there"] += below(there, int(need)) * int(under)
            got.soft["too many there"] += above(there, int(need)) * int(over)
        return got

    def count_person(self, got, p, days):
        minutes = sum(self.minutes[s] for s in days if works(s))
        got.hard["shifts that may not follow"] += sum(works(b) and works(a) and b in self.not_after[a] for a, b in zip(days, days[1:]))
        for shift, most in p["most"].items(): got.hard["most of a shift"] += above(days.count(shift), most)
        got.hard["most minutes"] += above(minutes, p["most_minutes"])
        got.hard["least minutes"] += below(minutes, p["least_minutes"])
        for start, n in stretches(days, works):
            got.hard["most shifts in a row"] += above(n, p["most_run"])
            if start > 0 and start + n < self.days: got.hard["least shifts in a row"] += below(n, p["least_run"])
        for start, n in stretches(days, lambda s: not works(s)):
            if start > 0 and start + n < self.days: got.hard["least days off in a row"] += below(n, p["least_off"])
        weekends = sum(any(works(s) for s in days[d:d + 2]) for d in range(5, self.days, 7))
        got.hard["most weekends"] += above(weekends, p["most_weekends"])

# ---- INRC-I, 2010 ----
# Haspeslagh, De Causmaecker, Stølevik, Schaerf: First International Nurse Rostering Competition 2010. There is nothing
# before or after the period: a stretch is as long as it is inside it.

class Inrc:
    """Contracts as dictionaries: for each limit (weight, value) or None, for each switch a weight or 0."""
    LIMITS = ["MaxNumAssignments", "MinNumAssignments", "MaxConsecutiveWorkingDays", "MinConsecutiveWorkingDays",
              "MaxConsecutiveFreeDays", "MinConsecutiveFreeDays", "MaxConsecutiveWorkingWeekends", "MinConsecutiveWorkingWeekends"]
    SWITCHES = ["CompleteWeekends", "IdenticalShiftTypesDuringWeekend", "NoNightShiftBeforeFreeWeekend"]

    def __init__(self, path):
        self.skills = None
        self.cover_by_date, self.requests = {}, []
        (self.read_xml if path.endswith(".xml") else self.read_text)(path)
        self.days = (self.end - self.start).days + 1
        self.nights = {s for s, (begin, end, _) in self.shifts.items() if end < begin}
        for contract in self.contracts.values(): self.weekends(contract)

    # the text files
    def read_text(self, path):
        with open(path, encoding="utf-8-sig") as f: text = re.sub(r"/{4,}", "", f.read())
        parts = {}
        for chunk in re.split(r"\n(?=[A-Z_]{6,}(?: ?=? ?\d+)?;)", "\n" + text):
            head, _, body = chunk.strip().partition(";")
            parts[re.split(r"[ =]", head)[0]] = [row.strip() for row in body.split(";") if row.strip()]
        if "SCHEDULING_PERIOD" not in parts or "CONTRACTS" not in parts: raise Bad(f"{path}: isn't an instance of INRC-I")
        fields = lambda name: [[x.strip() for x in row.split(",")] for row in parts.get(name, [])]
        _, start, end = fields("SCHEDULING_PERIOD")[0]
        self.start, self.end = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
        self.shifts = {r[0]: (r[2], r[3], r[5].split()) for r in fields("SHIFT_TYPES")}
        self.patterns = {}
        for row in parts["PATTERNS"]:
            name, weight, rest = row.split(",", 2)
            self.patterns[name.strip()] = (int(weight), [tuple(x.split("|")) for x in re.findall(r"\(([^)]*)\)", rest)])
        self.contracts = {r[0]: self.contract_of_text(r) for r in fields("CONTRACTS")}
        self.people = {r[0]: (r[2], r[4].split()) for r in fields("EMPLOYEES")}
        self.cover = {}
        for day, shift, n in fields("DAY_OF_WEEK_COVER"): self.cover[WEEKDAYS.index(day), shift] = int(n)
        for date, shift, n in fields("DATE_SPECIFIC_COVER"): self.cover_by_date[date, shift] = int(n)
        for kind in ("DAY_OFF", "DAY_ON", "SHIFT_OFF", "SHIFT_ON"):
            for person, date, *shift, weight in fields(kind + "_REQUESTS"):
                self.request(kind.endswith("ON"), person, date, shift[0] if shift else None, weight)

    def contract_of_text(self, row):
        numbers = lambda field: list(map(int, field.strip("()").split("|")))
        c = {"patterns": row[-1].split(), "weekend": row[13 - 1]}
        for name, field in zip(self.LIMITS, row[3:11]):
            on, weight, value = numbers(field)
            c[name] = (weight, value) if on else None
        if numbers(row[11])[0]: raise Bad(f"contract {row[0]}: a limit of weekends in four weeks isn't part of the rules")
        if numbers(row[16])[0]: raise Bad(f"contract {row[0]}: free days after nights aren't part of the rules")
        for name, field in zip(self.SWITCHES, row[13:16]):
            on, weight = numbers(field)
            c[name] = weight if on else 0
        c["AlternativeSkillCategory"] = numbers(row[17])[1] if numbers(row[17])[0] else 0
        return c

    # the XML files
    def read_xml(self, path):
        root = ElementTree.parse(path).getroot()
        texts = lambda parent, path: [e.text.strip() for e in parent.findall(path)]
        self.start, self.end = (datetime.date.fromisoformat(root.findtext(t).strip()) for t in ("StartDate", "EndDate"))
        self.shifts = {s.get("ID"): (s.findtext("StartTime"), s.findtext("EndTime"), texts(s, "Skills/Skill"))
                       for s in root.findall("ShiftTypes/*")}
        self.patterns = {}
        for p in root.findall("Patterns/Pattern"):
            entries = sorted(p.findall("PatternEntries/PatternEntry"), key=lambda e: int(e.get("index")))
            self.patterns[p.get("ID")] = (int(p.get("weight")), [(e.findtext("ShiftType"), e.findtext("Day")) for e in entries])
        self.contracts = {c.get("ID"): self.contract_of_xml(c) for c in root.findall("Contracts/Contract")}
        self.people = {e.get("ID"): (e.findtext("ContractID"), texts(e, "Skills/Skill")) for e in root.findall("Employees/Employee")}
        self.cover = {}
        for day in root.findall("CoverRequirements/*"):
            for c in day.findall("Cover"):
                n, shift = int(c.findtext("Preferred")), c.findtext("Shift")
                if day.tag == "DayOfWeekCover": self.cover[WEEKDAYS.index(day.findtext("Day")), shift] = n
                else: self.cover_by_date[day.findtext("Date"), shift] = n
        for kind in ("DayOff", "DayOn", "ShiftOff", "ShiftOn"):
            for r in root.findall(f"{kind}Requests/{kind}"):
                self.request(kind.endswith("On"), r.findtext("EmployeeID"), r.findtext("Date"), r.findtext("ShiftTypeID"), r.get("weight"))

    def contract_of_xml(self, e):
        c = {"patterns": [p.text for p in e.findall("UnwantedPatterns/Pattern")], "weekend": e.findtext("WeekendDefinition") or "SaturdaySunday"}
        for name in self.LIMITS:
            x = e.find(name)
            c[name] = (int(x.get("weight")), int(x.text)) if x is not None and x.get("on") in ("1", "true") else None
        for name in self.SWITCHES + ["AlternativeSkillCategory"]:
            x = e.find(name)
            c[name] = int(x.get("weight")) if x is not None and x.text == "true" else 0
        return c

    def request(self, wanted, person, date, shift, weight):
        day = (datetime.date.fromisoformat(date) - self.start).days
        self.requests.append((wanted, person, day, shift, int(weight)))

    # the rules
    def weekday(self, day): return (self.start.weekday() + day) % 7

    def need(self, day, shift):
        date = (self.start + datetime.timedelta(day)).isoformat()
        return self.cover_by_date.get((date, shift), self.cover.get((self.weekday(day), shift), 0))

    def weekends(self, contract):
        """The days of each weekend. The period cuts none: nobody has said how that would count."""
        names = re.findall("[A-Z][a-z]+", contract["weekend"])
        starts = [d for d in range(-6, self.days) if WEEKDAYS[self.weekday(d)] == names[0]]
        found = [range(d, d + len(names)) for d in starts if d + len(names) > 0]
        if any(w[0] < 0 or w[-1] >= self.days for w in found): raise Bad("the period cuts a weekend, and the rules don't say how that counts")
        return found

    def count(self, roster):
        got = Counted()
        for day in range(self.days):
            for shift in self.shifts:
                there = sum(days[day] == shift for days in roster.values())
                got.hard["cover"] += abs(there - self.need(day, shift))
        for name, (contract, skills) in self.people.items(): self.count_person(got.soft, self.contracts[contract], skills, roster[name])
        for wanted, person, day, shift, weight in self.requests:
            has = works(roster[person][day]) if shift is None else roster[person][day] == shift
            got.soft["requests"] += weight * (has != wanted)
        return got

    def count_person(self, soft, c, skills, days):
        def limit(name, amount):
            if c[name]: soft[name] += c[name][0] * amount(c[name][1])
        number = sum(map(works, days))
        limit("MaxNumAssignments", lambda most: above(number, most))
        limit("MinNumAssignments", lambda least: below(number, least))
        for inside, what in ((works, "WorkingDays"), (lambda s: not works(s), "FreeDays")):
            lengths = [n for _, n in stretches(days, inside)]
            limit("MaxConsecutive" + what, lambda most: sum(above(n, most) for n in lengths))
            limit("MinConsecutive" + what, lambda least: sum(below(n, least) for n in lengths))
        weekends = self.weekends(c)
        lengths = [n for _, n in stretches([any(works(days[d]) for d in w) for w in weekends], bool)]
        limit("MaxConsecutiveWorkingWeekends", lambda most: sum(above(n, most) for n in lengths))
        limit("MinConsecutiveWorkingWeekends", lambda least: sum(below(n, least) for n in lengths))
        for w in weekends: self.count_weekend(soft, c, [days[d] for d in w], days[w[0] - 1] if w[0] else FREE)
        for name in c["patterns"]:
            weight, entries = self.patterns[name]
            soft["unwanted patterns"] += weight * sum(self.matches(entries, days, d) for d in range(self.days - len(entries) + 1))
        if c["AlternativeSkillCategory"]:
            lacking = sum(works(s) and not set(self.shifts[s][2]) <= set(skills) for s in days)
            soft["alternative skills"] += c["AlternativeSkillCategory"] * lacking

    def count_weekend(self, soft, c, weekend, before):
        # "identical" is the same measure as "complete", for each shift
        soft["CompleteWeekends"] += c["CompleteWeekends"] * self.not_whole(weekend, works)
        different = sum(self.not_whole(weekend, lambda s: s == shift) for shift in set(weekend) - {FREE})
        soft["IdenticalShiftTypesDuringWeekend"] += c["IdenticalShiftTypesDuringWeekend"] * different
        if before in self.nights and not any(map(works, weekend)):
            soft["NoNightShiftBeforeFreeWeekend"] += c["NoNightShiftBeforeFreeWeekend"]

    def not_whole(self, weekend, inside):
        """How far each stretch is from both ends: of three days, a first one alone is 2, first and last without the middle 4."""
        return sum(len(weekend) - n for _, n in stretches(weekend, inside))

    def matches(self, entries, days, start):
        for i, (shift, day) in enumerate(entries):
            there = days[start + i]
            if day != "Any" and self.weekday(start + i) != WEEKDAYS.index(day): return False
            if not (works(there) if shift == "Any" else not works(there) if shift == "None" else there == shift): return False
        return True

# ---- INRC-II, 2015 ----
# Ceschia, Dang, De Causmaecker, Haspeslagh, Schaerf: Second International Nurse Rostering Competition, arXiv 1501.04177.
# All weeks are counted at once: what a week's history says is then what the weeks before it have. A stretch that goes on
# when the last week ends isn't too short yet; one that began in the history is as long as it is in all.

class Inrc2:
    SHORT = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    def __init__(self, path):
        folder, case = os.path.split(path)
        found = re.fullmatch(r"(n\d+w\d+)_(\d+)_(\d+(?:-\d+)*)", os.path.splitext(case)[0])
        if not found: raise Bad(f"{path}: not a case such as n005w4_0_1-2-3-3")
        name, history, weeks = found[1], found[2], found[3].split("-")
        self.read_scenario(Lines(os.path.join(folder, f"Sc-{name}.txt")))
        self.days, self.need, self.off = 7 * len(weeks), {}, []
        for week, number in enumerate(weeks): self.read_week(Lines(os.path.join(folder, f"WD-{name}-{number}.txt")), week)
        self.history = {}
        for _, line in Lines(os.path.join(folder, f"H0-{name}-{history}.txt")).lines:
            words = line.split()
            if words[0] in self.people and len(words) == 7:
                self.history[words[0]] = dict(shift=words[3], **dict(zip(["total", "weekends"], map(int, words[1:3]))),
                                              **dict(zip(["same", "work", "off"], map(int, words[4:]))))
        if set(self.history) != set(self.people): raise Bad(f"{path}: the history hasn't everybody")

    def read_scenario(self, lines):
        pairs = lambda line: [tuple(map(int, p.split(","))) for p in re.findall(r"\(([^)]*)\)", line)]
        self.skills, self.runs, self.not_after, self.contracts, self.people, part = [], {}, {}, {}, {}, None
        for _, line in lines.lines:
            words = line.split()
            if "=" in line or words[0] == "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS": part = words[0]
            elif part == "SKILLS": self.skills.append(words[0])
            elif part == "SHIFT_TYPES": self.runs[words[0]] = pairs(line)[0]
            elif part == "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS": self.not_after[words[0]] = set(words[2:])
            elif part == "CONTRACTS":
                total, work, off = pairs(line)
                self.contracts[words[0]] = dict(total=total, work=work, off=off, weekends=int(words[-2]), complete=words[-1] == "1")
            elif part == "NURSES": self.people[words[0]] = (words[1], set(words[3:]))

    def read_week(self, lines, week):
        part = None
        for _, line in lines.lines:
            words = line.split()
            if words[0] in ("WEEK_DATA", "REQUIREMENTS", "SHIFT_OFF_REQUESTS"): part = words[0]
            elif part == "REQUIREMENTS":
                for day, pair in enumerate(re.findall(r"\((\d+),(\d+)\)", line)):
                    self.need[7 * week + day, words[0], words[1]] = tuple(map(int, pair))
            elif part == "SHIFT_OFF_REQUESTS": self.off.append((words[0], words[1], 7 * week + self.SHORT.index(words[2][:3])))

    def count(self, roster):
        got = Counted()
        for (day, shift, skill), (least, best) in self.need.items():
            there = sum(days[day] == f"{shift}/{skill}" for days in roster.values())
            got.hard["H2 too few there"] += below(there, least)
            got.soft["S1 fewer than best"] += 30 * below(there, best)
        for name, (contract, skills) in self.people.items():
            days = roster[name]
            got.hard["H4 skill"] += sum(works(s) and s.split("/")[1] not in skills for s in days)
            self.count_person(got, self.contracts[contract], self.history[name], [s.split("/")[0] for s in days])
        for name, shift, day in self.off:
            there = roster[name][day].split("/")[0]
            got.soft["S4 preferences"] += 10 * (works(there) if shift == "Any" else there == shift)
        return got

    def count_person(self, got, c, h, days):
        before = h["shift"] if h["work"] else FREE
        got.hard["H3 succession"] += sum(works(b) and b in self.not_after.get(a, ()) for a, b in zip([before] + days, days))
        self.count_run(got.soft, "S2 days in a row", 30, days, works, c["work"], h["work"])
        for shift, limits in self.runs.items():
            self.count_run(got.soft, "S2 shifts in a row", 15, days, lambda s: s == shift, limits, h["same"] if before == shift else 0)
        self.count_run(got.soft, "S3 days off in a row", 30, days, lambda s: not works(s), c["off"], h["off"])
        weekends = [list(map(works, days[d:d + 2])) for d in range(5, len(days), 7)]
        if c["complete"]: got.soft["S5 complete weekends"] += 30 * sum(any(w) and not all(w) for w in weekends)
        # what the history alone has too many of is nobody's doing now
        more = lambda there, now, most: above(there + now, most) - above(there, most)
        total = sum(map(works, days))
        got.soft["S6 assignments"] += 20 * (below(h["total"] + total, c["total"][0]) + more(h["total"], total, c["total"][1]))
        got.soft["S7 weekends"] += 30 * more(h["weekends"], sum(map(any, weekends)), c["weekends"])

    def count_run(self, soft, rule, weight, days, inside, limits, before):
        found = stretches(days, inside)
        if before and (not found or found[0][0] > 0): found.insert(0, (0, 0))    # ended with the history
        for start, n in found:
            known = before if start == 0 else 0
            soft[rule] += weight * (above(known + n, limits[1]) - above(known, limits[1]))
            if start + n < len(days): soft[rule] += weight * below(known + n, limits[0])

# ---- the roster, and what is said ----

def open_instance(path):
    if re.fullmatch(r"n\d+w\d+_\d+_[\d-]+", os.path.splitext(os.path.basename(path))[0]): return Inrc2(path)
    with open(path, encoding="utf-8-sig") as f: text = f.read()
    if "SECTION_HORIZON" in text: return Nrp(path)
    if "SCHEDULING_PERIOD" in text or "<SchedulingPeriod" in text: return Inrc(path)
    raise Bad(f"{path}: not in one of the formats that are known")

def read_roster(path, instance):
    with (sys.stdin if path == "-" else open(path, encoding="utf-8")) as f: lines = f.read().splitlines()
    roster, shifts = {}, set(getattr(instance, "minutes", None) or getattr(instance, "shifts", None) or instance.runs)
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"): continue
        name, *days = line.split()
        bad = lambda what: Bad(f"{path}: line {number}: {what}")
        if name not in instance.people: raise bad(f"nobody is called {name}")
        if name in roster: raise bad(f"{name} is there twice")
        if len(days) != instance.days: raise bad(f"{len(days)} days instead of {instance.days}")
        for shift in days:
            kind, slash, skill = shift.partition("/")
            if works(shift) and (kind not in shifts or (skill not in instance.skills if instance.skills else slash)):
                raise bad(f"no shift is called {shift}")
        roster[name] = days
    missing = [name for name in instance.people if name not in roster]
    if missing: raise Bad(f"{path}: {missing[0]} isn't there")
    return roster

def main(args):
    as_json = args[:1] == ["--json"]
    if len(args) - as_json != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        instance = open_instance(args[-2])
        got = instance.count(read_roster(args[-1], instance))
    except (Bad, OSError) as e:
        print(f"rota_check: {e}", file=sys.stderr)
        return 2
    except (ValueError, LookupError, ElementTree.ParseError) as e:
        print(f"rota_check: {args[-2]}: isn't as its format says: {e!r}", file=sys.stderr)
        return 2
    if as_json: print(json.dumps(got.as_dict()))
    else:
        for rule, units in got.hard.items(): print(f"{units:8} broken  {rule}")
        for rule, points in got.soft.items(): print(f"{points:8} points  {rule}")
        print("{hard:8} broken in all\n{cost:8} points in all".format(**got.total()))
    return 1 if got.total()["hard"] else 0

if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
