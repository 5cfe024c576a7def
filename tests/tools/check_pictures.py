#!/usr/bin/env python3
"""The pictures of the gallery, looked at by programs that did not draw them.

Usage: check_pictures.py SOURCE_ROOT PROGRAM. Prints TAP. For each recording in diagrams/:
  - drawn anew, the SVG is the one in the repository, byte for byte, whatever the locale and fonts.conf;
  - it is well-formed, its ids are unique, all that it refers to is there, and it is at most 300 KB, with letters as outlines
    as well; the words of the PDF can be searched;
  - cairo's PNG, librsvg's view of the SVG and poppler's view of the PDF look alike, tile by tile; the themes take turns.
That these checks bite is shown by faults put into one picture. Renderers that are not installed are skipped.
"""
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zlib
from operator import sub
from pathlib import Path

from source_tree import report

SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 300_000
TILE = 16
# Worst mean difference of a tile's colours. librsvg smooths letters much as cairo does: 17 to 28 in the gallery;
# poppler draws them bolder: 59 to 74. A lost arrow or a wrong colour is above 90.
RSVG_ALIKE = 45
POPPLER_ALIKE = 85
OUTLINES = ["--outline-text"]
THEMES = ["light", "dark", "print", "transparent"]
HOSTILE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<match target="pattern"><edit name="family" mode="assign"><string>DejaVu Serif</string></edit></match>
<match target="font"><edit name="embolden" mode="assign"><bool>true</bool></edit></match>
</fontconfig>"""


def read_png(data):
    """(width, height, rows of three bytes a pixel) of an 8-bit PNG, laid on white."""
    at, packed, header = 8, b"", None
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if name == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        if name == b"IDAT":
            packed += body
        at += 12 + length
    width, height, depth, colour = header[:4]
    assert depth == 8 and header[6] == 0, "an interlaced or deep PNG"
    n = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    raw, rows, before = zlib.decompress(packed), [], bytearray(width * n)
    for y in range(height):
        line = bytearray(raw[y * (width * n + 1) + 1:(y + 1) * (width * n + 1)])
        unfilter(raw[y * (width * n + 1)], line, before, n)
        rows.append(colours(line, n))
        before = line
    return width, height, rows


def unfilter(kind, line, before, n):
    if kind == 2:
        for i, up in enumerate(before):
            line[i] = (line[i] + up) & 255
        return
    if kind == 0:
        return
    for i, byte in enumerate(line):
        left = line[i - n] if i >= n else 0
        up = before[i]
        corner = before[i - n] if i >= n else 0
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + up) // 2
        else:
            a, b, c = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
            guess = left if a <= b and a <= c else up if b <= c else corner
        line[i] = (byte + guess) & 255


def colours(line, n):
    """Red, green, blue of each pixel, on white."""
    rgb = bytearray(len(line) // n * 3)
    alpha = line[n - 1::n] if n in (2, 4) else None
    for channel in range(3):
        values = line[channel if n > 2 else 0::n]
        if alpha is not None:
            values = bytes(255 - a + v * a // 255 for v, a in zip(values, alpha))
        rgb[channel::3] = values
    return bytes(rgb)


def worst_tile(one, other):
    """The largest mean difference over tiles of 16 by 16 px."""
    assert one[:2] == other[:2], f"{one[0]}x{one[1]} and {other[0]}x{other[1]} px"
    width, height = one[:2]
    worst = 0
    for top in range(0, height - TILE + 1, TILE):
        sums = [0] * (width // TILE)
        for y in range(top, top + TILE):
            a, b = one[2][y], other[2][y]
            if a == b:
                continue
            for tile in range(len(sums)):
                piece_a = a[tile * TILE * 3:(tile + 1) * TILE * 3]
                piece_b = b[tile * TILE * 3:(tile + 1) * TILE * 3]
                if piece_a != piece_b:
                    sums[tile] += sum(map(abs, map(sub, piece_a, piece_b)))
        worst = max([worst, *sums])
    return worst / TILE ** 2 / 3


class Picture:
    def __init__(self, root, program, recording, folder):
        self.root, self.program, self.recording, self.folder = root, program, recording, Path(folder)
        self.kind = recording.stem

    def draw(self, name, *options, **environment):
        path = self.folder / name
        subprocess.run(
            [self.program, "diagram", self.kind, "--from", self.recording, "-o", path, *options],
            check=True, capture_output=True, env={**os.environ, **environment}
        )
        return path.read_bytes()

    def fontconfig(self):
        """Fonts as memlab has them, for the other renderers."""
        path = self.folder / "fonts.conf"
        path.write_text(f"<fontconfig><dir>{self.root}/diagrams/fonts</dir>"
                        f"<cachedir>{self.folder}/cache</cachedir></fontconfig>")
        return {**os.environ, "FONTCONFIG_FILE": str(path)}

    def by_rsvg(self, svg):
        run = subprocess.run(["rsvg-convert"], input=svg, check=True, capture_output=True, env=self.fontconfig())
        return read_png(run.stdout)

    def by_poppler(self, pdf):
        """At 144 dpi a pixel of the PDF's half points is one of the picture."""
        run = subprocess.run(["pdftoppm", "-r", "144", "-"], input=pdf, check=True, capture_output=True)
        _, width, height, _ = run.stdout[:64].split(maxsplit=4)[:4]
        width, height = int(width), int(height)
        pixels = run.stdout[-width * height * 3:]
        return width, height, [pixels[y * width * 3:(y + 1) * width * 3] for y in range(height)]


def same_bytes(picture):
    problems = []
    committed = picture.recording.with_suffix(".svg").read_bytes()
    hostile = picture.folder / "hostile.conf"
    hostile.write_text(HOSTILE)
    for name, environment in [
        ("again", {}), ("in another locale", {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}),
        ("in the locale C", {"LC_ALL": "C"}), ("for a Frenchman", {"LANGUAGE": "fr", "LC_ALL": "fr_FR.UTF-8"}),
        ("under a hostile fonts.conf", {"FONTCONFIG_FILE": str(hostile)}),
    ]:
        if picture.draw("a.svg", **environment) != committed:
            problems.append(f"drawn {name}, the SVG is another")
    for name, *options in [["a.png"], ["a.pdf"], ["a.svg", *OUTLINES]]:
        if picture.draw(name, *options) != picture.draw(name, *options, FONTCONFIG_FILE=str(hostile)):
            problems.append(f"{name[2:].upper()}: two runs differ")
    return problems


def svg_problems(svg, outlines=False):
    """What is wrong with a document, whoever looks at it. With outlines it has no text."""
    problems = []
    tree = ET.fromstring(svg)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    wanted = re.findall(rb"url\(#([^)]*)\)", svg) + re.findall(rb'xlink:href="#([^"]*)"', svg)
    labels = (tree.get("aria-labelledby") or "").split()
    for name in [*{w.decode() for w in wanted}, *labels]:
        if name not in ids:
            problems.append(f"#{name} is not defined")
    if len(ids) != len(set(ids)):
        problems.append("an id occurs twice")
    if tree.get("role") != "img" or not labels or not tree.get("lang"):
        problems.append("no role, label or language")
    if tree.find(f"{SVG}title") is None or tree.find(f"{SVG}desc") is None:
        problems.append("no title or description")
    if outlines == bool(list(tree.iter(f"{SVG}text"))):
        problems.append("text beside outlines" if outlines else "no text")
    if len(svg) > MOST_BYTES:
        problems.append(f"{len(svg)} bytes, more than {MOST_BYTES}")
    return problems


def pdf_problems(picture):
    """Whether what stands in the SVG is found in the PDF; blanks are what a reader makes of gaps."""
    if not shutil.which("pdftotext"):
        return []
    run = subprocess.run(["pdftotext", "-", "-"], input=picture.draw("a.pdf"), check=True, capture_output=True)
    found = "".join(run.stdout.decode().split())
    texts = {text.text for text in ET.fromstring(picture.draw("a.svg")).iter(f"{SVG}text")}
    return [f"'{text}' is not found" for text in sorted(texts) if "".join(text.split()) not in found]


def looks_alike(picture, theme):
    problems = []
    png = read_png(picture.draw("a.png", "--theme", theme))
    if shutil.which("rsvg-convert"):
        for letters in [[], OUTLINES]:
            worst = worst_tile(png, picture.by_rsvg(picture.draw("a.svg", "--theme", theme, *letters)))
            if worst > RSVG_ALIKE:
                problems.append(f"librsvg's view differs by {worst:.0f} {' '.join(letters)}")
    if shutil.which("pdftoppm"):
        worst = worst_tile(png, picture.by_poppler(picture.draw("a.pdf", "--theme", theme)))
        if worst > POPPLER_ALIKE:
            problems.append(f"poppler's view differs by {worst:.0f}")
    return problems


# Name, what is looked for, what stands there instead: in the SVG, the first time.
FAULTS = [
    ("a lost arrow", rb'<path[^>]*class="s-line-pointer"[^>]*/>', b""),
    ("a role in another's colour", rb'fill="#2ba084"', b'fill="#ee3d52"'),
    ("a lost figure", rb'<text[^>]*font-size="68"[^>]*>[^<]*</text>', b""),
]
BROKEN = [
    ("an id that occurs twice", rb'<g id="[^"]*-sum">', b'<g id="x"/><g id="x">'),
    ("a pattern that is not there", rb"url\(#[^)]*\)", b"url(#nowhere)"),
    ("a picture without a role", rb' role="img"', b""),
    ("a picture without a description", rb"<desc.*?</desc>", b""),
]


def spoil(svg, pattern, instead):
    spoilt = re.sub(pattern, instead, svg, count=1, flags=re.S)
    assert spoilt != svg, f"{pattern} does not occur"
    return spoilt


def seeded(picture):
    """Each fault, and whether it is found."""
    svg = picture.draw("a.svg")
    for name, pattern, instead in BROKEN:
        found = svg_problems(spoil(svg, pattern, instead))
        yield f"{name} is found", [] if found else ["it is not"]
    if not shutil.which("rsvg-convert"):
        return
    right = picture.by_rsvg(svg)
    for name, pattern, instead in FAULTS:
        worst = worst_tile(right, picture.by_rsvg(spoil(svg, pattern, instead)))
        yield f"{name} is seen", [] if worst > RSVG_ALIKE else [f"it differs by {worst:.0f} alone"]


def main(root, program):
    cases = []
    for number, recording in enumerate(sorted((root / "diagrams").glob("*.json"))):
        theme = THEMES[number % len(THEMES)]
        with tempfile.TemporaryDirectory() as folder:
            picture = Picture(root, program, recording, folder)
            cases.append((f"{picture.kind}: the same bytes", same_bytes(picture)))
            cases.append((f"{picture.kind}: a sound document", svg_problems(picture.draw("a.svg"))))
            cases.append((f"{picture.kind}: sound outlines", svg_problems(picture.draw("a.svg", *OUTLINES), True)))
            cases.append((f"{picture.kind}: a searchable page", pdf_problems(picture)))
            cases.append((f"{picture.kind}, {theme}: all see the same", looks_alike(picture, theme)))
            if picture.kind == "boxed-array":
                cases.extend(seeded(picture))
    report(cases)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
