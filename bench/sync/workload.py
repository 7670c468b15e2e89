"""The script of edits that every peer is given: the same bytes for the same sizes, on any machine.

make(DIR, scale, edits) writes four files of lines, `base`, `A`, `B` and `C`: what all sites begin with, and what each then does by itself.
    put TAB type TAB id TAB field=value TAB field=value …     a new record, with all of its fields
    set TAB type TAB id TAB field=value                       one field of a record
    del TAB type TAB id
Types, fields and values are those of store/schema.def, so samvagt keeps exactly the same; a reference is the id of an earlier line.
Ids are short, "Z.17": the place where it was made and a running number there. Nobody sits on a shift twice, since samvagt names
a place on a shift by shift and volunteer. A tenth of the changes hit a hundred records that are the same at all sites."""
import datetime, os, random

GIVEN = "Anne Mette Kirsten Hanne Søren Lars Jens Peter Birgitte Åse Øjvind Maja Ida Emil Karl Else Bente Niels Ole Poul".split()
FAMILY = "Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Møller Østergaard Kjær Lund Holm".split()
UNITS = ("Forhal Dialyse Onkologi Geriatri Børn-Unge Skadestue Neurologi Hospice Lægevagt Genoptræning "
         "Medicin Kirurgi Ortopædi Øjne").split()
ROLES = "Besøgsven Patientvært Læseven Musik Caféhjælp Ledsager Cykelpilot Tolk".split()
STREETS = "Skolegade Vestergade Nørregade Banevej Skovvej Engparken Møllevej".split()
TIMES = "formiddage eftermiddage aftener weekender mandage tirsdage onsdage fredage".split()
PLACE_STATES = "wished offered accepted declined withdrawn reconfirm".split()
SITES = "ABC"
HOT, HOT_SHARE = 100, .10


class Dice(random.Random):
    """Only random() promises the same numbers in every version of Python."""
    def below(self, n): return int(self.random() * n)
    def pick(self, of): return of[self.below(len(of))]
    def day(self, days): return (datetime.date(2025, 1, 1) + datetime.timedelta(self.below(days))).isoformat()
    def phone(self): return str(20000000 + self.below(79999999))
    def address(self): return f"{self.pick(STREETS)} {1 + self.below(200)}"


class Place:
    """Where records are made: its file, its own numbers, and what it knows of each type."""
    def __init__(self, path, letter, seed, base=None):
        self.out = open(path, "w", encoding="utf-8", newline="\n")
        self.letter, self.dice, self.made, self.dead = letter, Dice(seed), 0, set()
        self.of = {t: list(ids) for t, ids in base.of.items()} if base else {}
        self.hot = {t: ids[:HOT] for t, ids in self.of.items()}
        self.now = dict(base.now) if base else {}
        self.seats = base.seats if base else set()

    def line(self, op, kind, name, /, **fields):
        self.out.write("\t".join([op, kind, name, *(f"{k}={v}" for k, v in fields.items())]) + "\n")

    def put(self, kind, /, **fields):
        self.made += 1
        name = f"{self.letter}.{self.made}"
        self.now[name] = fields
        self.of.setdefault(kind, []).append(name)
        self.line("put", kind, name, **fields)

    def volunteer(self):
        d, given, family = self.dice, self.dice.pick(GIVEN), self.dice.pick(FAMILY)
        self.put("volunteer", given=given, family=family, phone=d.phone(),
            email=f"{given}.{family}{d.below(10000)}@eksempel.dk".lower(),
            born=f"{1940 + d.below(65)}-{1 + d.below(12):02}-{1 + d.below(28):02}", address=d.address(), postcode=7400 + d.below(1600),
            organisation=d.pick(self.of["organisation"]), status=d.pick(["applicant", "active", "pause", "ended"]),
            confidentiality=d.day(365), wishes=f"{d.pick(TIMES)}, ikke {d.pick(TIMES)}", note=f"Vil gerne være {d.pick(ROLES)}")

    def shift(self):
        d, day, hour, need = self.dice, self.dice.day(730), 7 + self.dice.below(12), 1 + self.dice.below(6)
        self.put("shift", unit=d.pick(self.of["unit"]), role=d.pick(self.of["role"]), start=f"{day}T{hour:02}:00",
            end=f"{day}T{hour + 1 + d.below(4):02}:00", need=need, wished=need + d.below(2),
            note=f"Afsnit {d.pick('ABCDEFGH')}{1 + d.below(40)}",
            state="published" if d.random() < .9 else d.pick(["draft", "cancelled"]))

    def assignment(self):
        d = self.dice
        seat = d.pick(self.of["shift"]), d.pick(self.of["volunteer"])
        while seat in self.seats:
            seat = d.pick(self.of["shift"]), d.pick(self.of["volunteer"])
        self.seats.add(seat)
        self.put("assignment", shift=seat[0], volunteer=seat[1], organisation=d.pick(self.of["organisation"]),
            state=d.pick(PLACE_STATES))

    def target(self, kind):
        while True:
            name = self.dice.pick(self.hot[kind] if self.dice.random() < HOT_SHARE else self.of[kind])
            if name not in self.dead:
                return name

    def set(self, kind, field, choose):
        """Another value for a field; one that stands there already would be no change to some peers."""
        name = self.target(kind)
        value = choose(self.now[name])
        while value == self.now[name][field]:
            value = choose(self.now[name])
        self.now[name] = {**self.now[name], field: value}
        self.line("set", kind, name, **{field: value})

    def change_shift(self):
        d, field = self.dice, self.dice.pick(["state", "need", "note", "end"])
        self.set("shift", field, {"state": lambda now: d.pick(["draft", "published", "cancelled"]), "need": lambda now: 1 + d.below(8),
            "note": lambda now: f"Ændret: {d.pick(ROLES)}", "end": lambda now: self.later(now["start"])}[field])

    def later(self, start):
        return f"{start[:11]}{int(start[11:13]) + 1 + self.dice.below(4):02}:{5 * self.dice.below(12):02}"

    def change_volunteer(self):
        d, field = self.dice, self.dice.pick(["phone", "email", "status", "note", "address"])
        self.set("volunteer", field, {"phone": lambda now: d.phone(), "email": lambda now: f"ny{d.below(100000)}@eksempel.dk",
            "note": lambda now: f"Ringet {d.day(365)}", "status": lambda now: d.pick(["applicant", "active", "pause", "ended"]),
            "address": lambda now: d.address()}[field])

    def drop(self):
        name = self.target("assignment")
        self.dead.add(name)
        self.line("del", "assignment", name)

    def edit(self):
        x = self.dice.random()
        if x < .50: self.assignment()
        elif x < .70: self.set("assignment", "state", lambda now: self.dice.pick(PLACE_STATES))
        elif x < .80: self.change_shift()
        elif x < .86: self.shift()
        elif x < .94: self.change_volunteer()
        elif x < .96: self.volunteer()
        else: self.drop()


def make(folder, scale, edits):
    os.makedirs(folder, exist_ok=True)
    base = Place(os.path.join(folder, "base"), "Z", 20210906)
    for name in ROLES:
        base.put("organisation", name=f"{name}foreningen")
        base.put("role", name=name)
    for name in UNITS:
        base.put("unit", name=name)
    for count, new in (5000, base.volunteer), (100000, base.shift), (200000, base.assignment):
        for _ in range(round(count * scale)):
            new()
    base.out.close()
    for n, letter in enumerate(SITES):
        site = Place(os.path.join(folder, letter), letter, 777 + n, base)
        for _ in range(edits):
            site.edit()
        site.out.close()
