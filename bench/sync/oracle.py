"""What a store must hold, worked out from the script of edits alone, and whether what a peer wrote down is that.

A peer's dump has a line a record, as the workload's base without its "put": type TAB id TAB field=value …, in any order. Where only one
site wrote a field, exactly that value must stand there; where several did, one of theirs, and which is the peer's business. A record that
one site deleted while another changed it may be there or not, but with the same answer everywhere."""
import collections, hashlib, os
from workload import SITES


def read(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            yield line.rstrip("\n").split("\t")


def one(path):
    """A dump: each record's fields as a sorted tuple, by type and id."""
    return {(kind, name): tuple(sorted(fields)) for kind, name, *fields in read(path)}


class Oracle:
    def __init__(self, folder):
        self.base = {(kind, name): tuple(sorted(fields)) for _, kind, name, *fields in read(os.path.join(folder, "base"))}
        self.wrote = collections.defaultdict(lambda: collections.defaultdict(dict))     # record → field → site → last value
        self.dropped = collections.defaultdict(set)                                     # record → sites
        for site in SITES:
            for op, kind, name, *fields in read(os.path.join(folder, site)):
                if op == "del":
                    self.dropped[kind, name].add(site)
                for field in fields:
                    self.wrote[kind, name][field.split("=", 1)[0]][site] = field
        there = [fields for record, fields in self.wrote.items() if self.allowed(record, set(SITES))[0] is not None]
        self.contested = sum(len(set(by.values())) > 1 for fields in there for by in fields.values())
        self.torn = sum(bool(self.writers(r) - sites) for r, sites in self.dropped.items())

    def writers(self, record):
        return {site for by in self.wrote.get(record, {}).values() for site in by}

    def allowed(self, record, sites):
        """What may stand in each field, among sites that have met; None where there may be no such record, and whether it must be there."""
        dropped = self.dropped.get(record, set()) & sites
        fields = {f.split("=", 1)[0]: {f} for f in self.base.get(record, ())}
        for field, by in self.wrote.get(record, {}).items():
            met = {value for site, value in by.items() if site in sites}
            fields[field] = met or fields.get(field)
        fields = {f: values for f, values in fields.items() if values}
        may = bool(fields) and not (dropped and not self.writers(record) & sites - dropped)
        return (fields if may else None), may and not dropped

    def check(self, dump, sites):
        """What is wrong with it, at most a few sentences' worth."""
        wrong = []
        for record in self.base.keys() - self.wrote.keys() - self.dropped.keys():
            if dump.get(record) != self.base[record]:
                wrong.append(f"{record}: {dump.get(record)} for {self.base[record]}")
        touched = self.wrote.keys() | self.dropped.keys()
        for record in touched:
            fields, must = self.allowed(record, set(sites))
            have = dump.get(record)
            if have is None:
                if must: wrong.append(f"{record} is missing")
            elif fields is None or len(have) != len(fields) or any(f not in fields.get(f.split("=", 1)[0], ()) for f in have):
                wrong.append(f"{record}: {have} for {fields}")
        wrong += [f"{record} is nobody's" for record in dump.keys() - self.base.keys() - touched]
        return wrong


def digest(dump):
    """Records, fields, and a hash of it all."""
    h = hashlib.sha256()
    for record in sorted(dump):
        h.update("\t".join(record + dump[record]).encode() + b"\n")
    return len(dump), sum(map(len, dump.values())), h.hexdigest()[:12]
