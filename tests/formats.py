# Read one sheet in all its formats by readers that aren't ours, and compare. Used by tests/formats.sh; prints what
# differs.
import codecs, collections, csv, html.parser, io, json, os, re, shutil, subprocess, sys, zipfile
import xml.etree.ElementTree as ET

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
codecs.register_error("one", lambda e: ("\ufffd", e.start + 1))
wrong = []

def clean(raw, eyes):
    """What may leave the program, said once more."""
    t = raw.decode("utf-8", "one").replace("\r\n", "\n")
    out = []
    for c in t:
        cp = ord(c)
        if c == "\n" or cp in (0x0D, 0x85, 0x2028, 0x2029): out.append("\n")
        elif c == "\t": out.append(" " if eyes else c)
        elif cp < 32 or 0x7F <= cp < 0xA0 or cp & 0xFFFE == 0xFFFE: out.append("\ufffd")
        elif eyes and (cp in (0x61C, 0x200E, 0x200F) or 0x202A <= cp <= 0x202E or 0x2066 <= cp <= 0x2069): pass
        else: out.append(c)
    return "".join(out)

class Cell:
    def __init__(self, kind, value, raw):
        self.kind, self.value, self.raw = kind, int(value), raw
        self.data, self.eyes = clean(raw, False), clean(raw, True)

def read_cells(path):
    rows = collections.OrderedDict()
    for line in open(path):
        i, j, row, kind, value, *text = line.rstrip("\n").split(" ")
        rows.setdefault(int(i), (row, []))[1].append(Cell(kind, value, bytes.fromhex(text[0] if text else "")))
    return list(rows.values())

def differs(what, got, want):
    if got != want: wrong.append(f"{what}: {got!r:.200} instead of {want!r:.200}")

def day(n, form): return (__import__("datetime").date(1970, 1, 1) + __import__("datetime").timedelta(n)).strftime(form)
def clock(m): return "%02d:%02d" % divmod(m, 60)
def moment(c, danish):
    v = c.value
    return day(v // 1440, "%d-%m-%Y " if danish else "%Y-%m-%dT") + clock(v % 1440)
def in_csv(c, danish):
    if c.kind == "text" or (c.kind == "date" and not c.data): return c.data
    return {"int": str(c.value), "date": day(c.value, "%d-%m-%Y" if danish else "%Y-%m-%d") if c.kind == "date" else "",
        "datetime": moment(c, danish) if c.kind == "datetime" else "", "time": c.data, "minutes": c.data if danish else str(c.value)}[c.kind]

def unguarded(t):
    """As a spreadsheet shows it: an apostrophe in front of what would be run is no part of the text."""
    if t and t[0] in "=+-@\t\r" and not re.fullmatch(r"-?\d+([.,]\d*)?|-?\d+:\d\d", t): wrong.append(f"csv: a spreadsheet would run {t[:40]!r}")
    rest = t.lstrip("'")
    return t[1:] if t.startswith("'") and rest and rest[0] in "=+-@\t\r" and not re.fullmatch(r"-?\d+[.,]?\d*", rest) else t

def check_csv(path, rows, danish):
    raw = open(path, "rb").read()
    text = raw.decode("utf-8")
    got = list(csv.reader(io.StringIO(text.lstrip("\ufeff") if danish else text, newline=""), delimiter=";" if danish else ","))[1:]
    grouped, group, want = any(r == "group" for r, _ in rows), "", []
    for kind, cells in rows:
        if kind == "group": group = in_csv(cells[0], danish)
        if kind == "data": want.append(([group] if grouped else []) + [in_csv(c, danish) for c in cells])
    # an empty line is no row to this reader
    got = [[unguarded(x) for x in r] or [""] for r in got]
    differs(os.path.basename(path), got, want)

def check_json(path, rows):
    o = json.load(open(path, encoding="utf-8"))
    differs("json", [(r["kind"], [c["text"] for c in r["cells"]]) for r in o["rows"]], [(k, [c.data for c in cells]) for k, cells in rows])
    for r, (_, cells) in zip(o["rows"], rows):
        for x, c in zip(r["cells"], cells):
            if c.kind == "text": continue
            differs("json value", str(x["value"]), {"int": str(c.value), "date": day(c.value, "%Y-%m-%d") if c.kind == "date" else "",
                "datetime": moment(c, False) if c.kind == "datetime" else "", "time": c.data, "minutes": str(c.value)}[c.kind])
    return o

class Table(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.rows, self.cell, self.mark, self.body, self.all, self.style = [], None, "", False, [], False
    def handle_starttag(self, tag, attrs):
        if tag == "script" or any(a.startswith("on") for a, _ in attrs): wrong.append("html: a script")
        if tag == "tbody": self.body = True
        if tag == "style": self.style = True
        if tag == "tr" and self.body: self.rows.append([])
        if tag in ("td", "th") and self.body: self.cell, self.mark = "", dict(attrs).get("class") or ""
        if tag == "br" and self.cell is not None: self.cell += "\n"
        if tag == "br": self.all.append("\n")
    def handle_endtag(self, tag):
        if tag == "style": self.style = False
        if tag in ("td", "th") and self.cell is not None:
            glyph = "! " if "gap" in self.mark else "× " if "cancelled" in self.mark else ""
            if not self.cell.startswith(glyph): wrong.append("html: a mark without its sign")
            self.rows[-1].append(self.cell[len(glyph):])
            self.cell = None
    def handle_data(self, data):
        if self.cell is not None: self.cell += data
        if not self.style: self.all.append(data)

def seen(t): return t.replace("\u2067", "").replace("\u2069", "")

def check_html(path, rows, face):
    text = open(path, encoding="utf-8", newline="").read()
    t = Table()
    t.feed(text)
    if face == "table" and rows:
        differs("html", [[seen(c) for c in r] for r in t.rows], [[c.eyes for c in cells] for _, cells in rows])
    for tool in (["tidy", "-errors", "-quiet", "--warn-proprietary-attributes", "no", path], ["xmllint", "--html", "--noout", path]):
        if not shutil.which(tool[0]): continue
        said = subprocess.run(tool, capture_output=True).stderr.decode("utf-8", "replace")
        said = "\n".join(l for l in said.split("\n") if l and not re.search(r"trimming empty|invalid character code|PCDATA invalid Char|^ *\^|discarding invalid|replacing invalid|^\s*$", l))
        if "rror" in said or "arning" in said: wrong.append(f"{tool[0]}: {said[:200]}")
    return seen("".join(t.all))

def letters(t): return collections.Counter(re.findall(r"[A-Za-z0-9ÆØÅæøåĄ-ž½=@;]", t))

def wanted(rows, o):
    """The letters that must be seen: of a letter only its parts, of cards and letters no groups and sums."""
    parts = [c.get("part", "none") for c in o["columns"]]
    face = o.get("face", "table")
    out = collections.Counter()
    for kind, cells in rows:
        if kind != "data" and face in ("cards", "letters"): continue
        for j, c in enumerate(cells):
            if face == "letters" and parts[j] == "none": continue
            out += letters(c.eyes)
    return out

def check_seen(what, text, want):
    have = letters(text)
    gone = {c: n - have[c] for c, n in want.items() if have[c] < n}
    if gone: wrong.append(f"{what}: letters are gone: {gone}")

# ---- spreadsheets

def number(c): return {"int": c.value, "date": c.value + 25569, "datetime": c.value / 1440 + 25569, "time": c.value / 1440, "minutes": c.value / 1440}[c.kind]
def is_number(c): return c.kind != "text" and not (c.kind == "minutes" and c.value < 0) and not (c.kind == "date" and not c.data)

def unescaped(t): return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), t)

def check_xlsx(path, rows, columns):
    z = zipfile.ZipFile(path)
    if z.testzip(): wrong.append("xlsx: a broken part")
    for name in z.namelist():
        if name.endswith((".xml", ".rels")): ET.fromstring(z.read(name))
    strings = [unescaped("".join(t.text or "" for t in si.iter(SHEET + "t"))) for si in ET.fromstring(z.read("xl/sharedStrings.xml"))]
    page = ET.fromstring(z.read("xl/worksheets/sheet1.xml"))
    if page.find(f".//{SHEET}f") is not None: wrong.append("xlsx: a formula")
    if page.find(f".//{SHEET}hyperlink") is not None: wrong.append("xlsx: a link")
    got = {}
    for c in page.iter(SHEET + "c"):
        v = c.find(SHEET + "v")
        if v is not None: got[c.get("r")] = strings[int(v.text)] if c.get("t") == "s" else float(v.text)
    for j, title in enumerate(columns):
        differs("xlsx heading", got.get(f"{chr(65 + j)}1", ""), title)
    for i, (kind, cells) in enumerate(rows):
        for j, c in enumerate(cells):
            x = got.get(f"{chr(65 + j)}{i + 2}", "")
            if is_number(c):
                if not isinstance(x, float) or abs(x - number(c)) > 1e-6: wrong.append(f"xlsx: {x!r} instead of {number(c)}")
            else: differs("xlsx", x, c.data)

def check_xlsx2csv(path, rows):
    if not shutil.which("xlsx2csv"): return
    r = subprocess.run(["xlsx2csv", "-d", ";", path], capture_output=True)
    got = list(csv.reader(io.StringIO(r.stdout.decode("utf-8"), newline=""), delimiter=";"))
    for i, (kind, cells) in enumerate(rows):
        for j, c in enumerate(cells):
            x = got[i + 1][j] if i + 1 < len(got) and j < len(got[i + 1]) else ""
            if c.kind == "text": differs("xlsx2csv", x, c.data)
            elif c.kind == "date" and c.data: differs("xlsx2csv", x, day(c.value, "%d-%m-%Y"))
            elif c.kind == "int": differs("xlsx2csv", x, str(c.value))

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

def office_text(cell):
    def of(e):
        out = e.text or ""
        for k in e:
            if k.tag == TEXT + "s": out += " " * int(k.get(TEXT + "c", "1"))
            elif k.tag == TEXT + "tab": out += "\t"
            elif k.tag == TEXT + "line-break": out += "\n"
            else: out += of(k)
            out += k.tail or ""
        return out
    return "\n".join(of(p) for p in cell.findall(TEXT + "p"))

def office_rows(path):
    for row in ET.parse(path).iter(TABLE + "table-row"):
        cells = []
        for c in row:
            if c.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"): continue
            cells += [c] * min(int(c.get(TABLE + "number-columns-repeated", "1")), 20)
        for _ in range(min(int(row.get(TABLE + "number-rows-repeated", "1")), 50)): yield cells

def minutes_of(duration):
    h, m, s = re.fullmatch(r"PT(\d+)H(\d+)M(\d+(?:\.\d+)?)S", duration).groups()
    return int(h) * 60 + int(m) + round(float(s) / 60)

def check_office(path, rows, folder):
    """LibreOffice's own form of the same table, where a date is a date."""
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "fods", "--outdir", folder, path],
        capture_output=True, timeout=180)
    made = os.path.join(folder, "sheet.fods")
    if not os.path.exists(made): return wrong.append("soffice: nothing came of it")
    got = list(office_rows(made))[1:]
    for i, (kind, cells) in enumerate(rows):
        for j, c in enumerate(cells):
            x = got[i][j]
            kind_there, text = x.get(OFFICE + "value-type"), office_text(x)
            if not is_number(c): differs("soffice", text, c.data)
            elif c.kind == "int": differs("soffice", float(x.get(OFFICE + "value")), float(c.value))
            elif c.kind == "date": differs("soffice", x.get(OFFICE + "date-value", "")[:10], day(c.value, "%Y-%m-%d"))
            elif c.kind == "datetime": differs("soffice", x.get(OFFICE + "date-value", "")[:16].ljust(16), moment(c, False) if c.value % 1440 else x.get(OFFICE + "date-value")[:16].ljust(16))
            else: differs("soffice", minutes_of(x.get(OFFICE + "time-value")), c.value)

# ---- PDF

def pdf_text(path, *how):
    r = subprocess.run(["pdftotext", "-enc", "UTF-8", *how, path, "-"], capture_output=True)
    return r.stdout.decode("utf-8", "replace")

def check_order(path, rows):
    """The words of a table come in the order of its rows."""
    have = pdf_text(path, "-raw").replace("\u00a0", " ").replace("-\n", "-").split()
    want = [w for _, cells in rows for c in cells for w in c.eyes.split()]
    at = iter(have)
    for w in want:
        if not any(w == x for x in at): return wrong.append(f"pdf: {w!r} isn't where it stands in the table")

def check_pdf(path, want, language):
    if shutil.which("qpdf"):
        r = subprocess.run(["qpdf", "--check", path], capture_output=True)
        if r.returncode: wrong.append(f"qpdf: {(r.stdout + r.stderr)[-200:]}")
    raw = open(path, "rb").read()
    if f"/Lang ({language})".encode() not in raw or b"/MarkInfo << /Marked true >>" not in raw: wrong.append("pdf: its language or its marks aren't said")
    if not shutil.which("pdftotext"): return
    info = subprocess.run(["pdfinfo", path], capture_output=True).stdout.decode("utf-8", "replace")
    if "JavaScript:      no" not in info or "Tagged:          yes" not in info: wrong.append("pdf: scripts, or no tags")
    check_seen("pdf", pdf_text(path), want)

def main(folder, how, office):
    at = lambda name: os.path.join(folder, name)
    rows = read_cells(at("cells"))
    o = check_json(at("sheet.json"), rows)
    face, want = o.get("face", "table"), wanted(rows, o)
    check_csv(at("sheet.csv"), rows, True)
    check_csv(at("plain.csv"), rows, False)
    check_seen("text", open(at("sheet.txt"), encoding="utf-8").read(), want)
    if re.search(r"[\x00-\x08\x0b\x0d-\x1f\x7f]|[\u202a-\u202e\u2066-\u2069]", open(at("sheet.txt"), encoding="utf-8").read().replace("\f", "")):
        wrong.append("text: a control character")
    check_seen("html", check_html(at("sheet.html"), rows, face), want)
    if os.path.exists(at("sheet.xlsx")):
        check_xlsx(at("sheet.xlsx"), rows, [c["title"] for c in o["columns"]])
        if how == "tame": check_xlsx2csv(at("sheet.xlsx"), rows)
        if office: check_office(at("sheet.xlsx"), rows, folder)
    if os.path.exists(at("sheet.pdf")):
        check_pdf(at("sheet.pdf"), want, "en")
        if how == "tame" and face == "table" and shutil.which("pdftotext"): check_order(at("sheet.pdf"), rows)
    print("\n".join(wrong[:5]))

main(sys.argv[1], sys.argv[2], len(sys.argv) > 3)
