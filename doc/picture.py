#!/usr/bin/env python3
"""Draw a terminal screen, as tmux capture-pane -e prints it, as an SVG picture.

usage: picture.py COLUMNS ROWS < capture > picture.svg
Knows only what samvagt's screens use: bold, dim, underline, reverse, the 8 + 8 colours and 256-colour numbers.
"""
import html
import re
import sys
import unicodedata

CELL_W, CELL_H, PAD = 8.4, 18, 10
PAPER, INK = "#fbfaf7", "#23272e"
BASE = ["#23272e", "#b3261e", "#2e7d32", "#9a6a00", "#1f5fa8", "#7b3fa0", "#00737d", "#6b7078",
        "#4b5058", "#d03a30", "#3c9a42", "#b98300", "#2f7bd0", "#9a58c4", "#0a94a0", "#23272e"]


def colour(n):
    if n < 16:
        return BASE[n]
    if n >= 232:
        level = 8 + 10 * (n - 232)
        return f"#{level:02x}{level:02x}{level:02x}"
    n -= 16
    return "#" + "".join(f"{0 if c == 0 else 55 + 40 * c:02x}" for c in (n // 36, n // 6 % 6, n % 6))


def restyle(style, codes):
    style = dict(style)
    it = iter(codes)
    for c in it:
        if c == 0:
            style = {}
        elif c in (1, 2, 4, 7):
            style[c] = True
        elif c in (22, 24, 27):
            for k in {22: (1, 2), 24: (4,), 27: (7,)}[c]:
                style.pop(k, None)
        elif 30 <= c <= 37 or 90 <= c <= 97:
            style["fg"] = BASE[c - 30 if c < 90 else c - 82]
        elif 40 <= c <= 47 or 100 <= c <= 107:
            style["bg"] = BASE[c - 40 if c < 100 else c - 92]
        elif c in (38, 48) and next(it, None) == 5:
            style["fg" if c == 38 else "bg"] = colour(next(it, 0))
        elif c == 39:
            style.pop("fg", None)
        elif c == 49:
            style.pop("bg", None)
    return style


def width(ch):
    return 0 if unicodedata.combining(ch) else 2 if unicodedata.east_asian_width(ch) in "WF" else 1


def runs(line, style):
    """(column, text, style) of one line; tmux carries the style over line ends."""
    out, col = [], 0
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if part.startswith("\x1b["):
            style = restyle(style, [int(x or 0) for x in part[2:-1].split(";")])
        elif part:
            out.append((col, part, style))
            col += sum(map(width, part))
    return out, style


def draw(col, row, text, style):
    fg, bg = style.get("fg", INK), style.get("bg")
    if style.get(7):
        fg, bg = bg or PAPER, fg
    x, y, w = PAD + col * CELL_W, PAD + row * CELL_H, sum(map(width, text)) * CELL_W
    out = f'<rect x="{x:.1f}" y="{y}" width="{w:.1f}" height="{CELL_H}" fill="{bg}"/>' if bg else ""
    if not text.strip():
        return out
    look = ' font-weight="bold"' if style.get(1) else ""
    look += ' opacity=".65"' if style.get(2) else ""
    look += ' text-decoration="underline"' if style.get(4) else ""
    return out + (f'<text x="{x:.1f}" y="{y + 13.5}" fill="{fg}" textLength="{w:.1f}" lengthAdjust="spacingAndGlyphs"{look}>'
                  f"{html.escape(text)}</text>")


def main():
    cols, rows = int(sys.argv[1]), int(sys.argv[2])
    w, h = cols * CELL_W + 2 * PAD, rows * CELL_H + 2 * PAD
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{w:.0f}" height="{h:.0f}" viewBox="0 0 {w:.0f} {h:.0f}" xml:space="preserve">')
    print("<style>text { font: 14px 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace; white-space: pre }</style>")
    print(f'<rect width="100%" height="100%" rx="6" fill="{PAPER}" stroke="#d7d3c8"/>')
    style = {}
    for row, line in enumerate(sys.stdin.read().split("\n")[:rows]):
        parts, style = runs(line, style)
        for col, text, look in parts:
            piece = draw(col, row, text, look)
            if piece:
                print(piece)
    print("</svg>")


main()
