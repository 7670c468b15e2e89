#!/usr/bin/env python3
"""Is a calendar file what RFC 5545 asks for? rfc5545.py FILE...: says what isn't, with line, and ends with 1."""
import re, sys

SINGLE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "DESCRIPTION", "LAST-MODIFIED",
          "TRANSP"}
TEXT = {"SUMMARY", "LOCATION", "DESCRIPTION", "UID", "PRODID"}
LOCAL, UTC = re.compile(r"\d{8}T\d{6}$"), re.compile(r"\d{8}T\d{6}Z$")


def faults_of(raw):
    if not raw.endswith(b"\r\n"):
        yield 0, "the last line has no end (3.1)"
    lines = raw.split(b"\r\n")[:-1]
    for i, line in enumerate(lines, 1):
        if len(line) > 75:
            yield i, "longer than 75 octets (3.1)"
        if b"\n" in line or b"\r" in line:
            yield i, "a line end that isn't CR LF (3.1)"
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            yield i, "a letter is cut by the fold, or isn't UTF-8 (3.1)"
            return
        if re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text):
            yield i, "a control character (3.1)"
    unfolded, numbers = [], []
    for i, line in enumerate(raw.decode("utf-8").split("\r\n")[:-1], 1):
        if line[:1] in " \t" and unfolded:
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
            numbers.append(i)
    yield from parts(list(zip(numbers, unfolded)))


def escaped(value):
    return not re.search(r'(?<!\\)(?:\\\\)*[,;]|(?<!\\)(?:\\\\)*\\(?![\\;,nN])', value)


def parts(lines):
    stack, seen, zones, uids = [], {}, set(), set()
    for i, line in lines:
        m = re.match(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$', line, re.S)
        if not m:
            yield i, "no content line (3.1): %r" % line[:40]
            continue
        name, params, value = m.group(1).upper(), m.group(2), m.group(3)
        if name == "BEGIN":
            stack.append(value)
            seen = {}
            continue
        if name == "END":
            if not stack or stack.pop() != value:
                yield i, "END without BEGIN (3.4)"
            if value == "VEVENT":
                for need in ("UID", "DTSTAMP", "DTSTART"):
                    if need not in seen:
                        yield i, "an event without %s (3.6.1)" % need
                if seen.get("UID") in uids:
                    yield i, "the same UID twice (3.8.4.7)"
                uids.add(seen.get("UID"))
                if "DTEND" in seen and seen["DTEND"] <= seen.get("DTSTART", ""):
                    yield i, "ends before it begins (3.8.2.2)"
            continue
        if stack and stack[-1] == "VEVENT":
            if name in seen and name in SINGLE:
                yield i, "%s twice (3.6.1)" % name
            seen[name] = value
            if name in ("DTSTART", "DTEND"):
                zone = re.search(r"TZID=([^;:]+)", params)
                if not LOCAL.match(value) or not zone or zone.group(1) not in zones:
                    yield i, "a time without a zone of the file (3.2.19)"
            if name in ("DTSTAMP", "LAST-MODIFIED") and not UTC.match(value):
                yield i, "%s isn't UTC" % name
            if name == "SEQUENCE" and not value.isdigit():
                yield i, "SEQUENCE is no number (3.8.7.4)"
            if name == "STATUS" and value not in ("TENTATIVE", "CONFIRMED", "CANCELLED"):
                yield i, "no such STATUS (3.8.1.11)"
        if stack and stack[-1] == "VTIMEZONE" and name == "TZID":
            zones.add(value)
        if name in TEXT and not escaped(value):
            yield i, "a text that isn't escaped (3.3.11): %r" % value[:40]
        if stack == ["VCALENDAR"]:
            seen["top " + name] = value
    if stack:
        yield 0, "something has no END (3.4)"


bad = 0
for path in sys.argv[1:]:
    for line, what in faults_of(open(path, "rb").read()):
        print("%s:%d: %s" % (path, line, what))
        bad = 1
sys.exit(bad)
