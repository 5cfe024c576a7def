#!/usr/bin/env python3
"""The house rules that a program can hold (the rest is in CONTRIBUTING.md).

Usage: check_style.py SOURCE_ROOT. Prints TAP.
"""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from source_tree import c_files, code, find, report

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
BANNED = re.compile(r"\b(strcpy|strcat|sprintf|vsprintf|atoi|atol|atoll|atof|strtok|gets)\s*\(")
GOTO = re.compile(r"\bgoto\b")
FUNCTION_BODY = re.compile(r"^\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)


# What stands in pictures, and a text or a macro in brackets that is marked for translators (base/language.h).
SHOWS = re.compile(r"\b(ML_LADDER|ml_scene_text|ml_scene_step|ml_finding_subtitle|ml_table_finish)\(")
STRING = r'"(?:\\.|[^"\\])*"'
MARKED = re.compile(rf"\b[NP]?_\((?:[^()\"]|{STRING}|\([^()]*\))*\)")
UNREADABLE = re.compile(r"\b(G_G\w+|ML_[A-Z_]+)\b")
WORD = re.compile(r"[a-z]{3}")


def matches(pattern, files):
    return [f"{p}:{line}: {m[0].rstrip(' (')}" for p in files for line, m in find(pattern, code(p))]


def long_files(files):
    lengths = [(p, p.read_text().count("\n")) for p in files]
    return [f"{p}: {n} lines" for p, n in lengths if n > MAX_FILE_LINES]


def long_functions(files):
    bodies = [(p, line, m[1]) for p in files for line, m in find(FUNCTION_BODY, code(p))]
    lengths = [(p, line, body.count("\n")) for p, line, body in bodies]
    return [f"{p}:{line}: {n} lines" for p, line, n in lengths if n > MAX_FUNCTION_LINES]


def headers_without_pragma(files):
    return [str(p) for p in files if p.suffix == ".h" and "#pragma once\n" not in p.read_text()]


def arguments(text, begin):
    """What stands in the brackets that open before `begin`."""
    depth, end = 1, begin
    while depth > 0 and end < len(text):
        string = re.compile(STRING).match(text, end)
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end = string.end() if string else end + 1
    return text[begin:end - 1]


def unmarked_words(files):
    """Words in pictures that no translator would see, and marks that xgettext cannot read."""
    problems = []
    for path in files:
        text = path.read_text()
        for call in SHOWS.finditer(text):
            left = MARKED.sub("", arguments(text, call.end()))
            words = [s for s in re.findall(STRING, left) if WORD.search(s)]
            problems += [f'{path}:{text.count(chr(10), 0, call.start()) + 1}: _({word})' for word in words]
        problems += [f"{path}: {m[0]}: take PRIu64, \\u202f" for m in MARKED.finditer(text) if UNREADABLE.search(m[0])]
    return problems


def misformatted(files):
    run = subprocess.run(
        ["clang-format", "--dry-run", *files], capture_output=True, text=True, check=False
    )
    bad = {line.split(":")[0] for line in run.stderr.splitlines() if "clang-format-viol" in line}
    return [f"clang-format -i {path}" for path in sorted(bad)]


def main():
    c = c_files(Path("src"), Path("tests"))
    tools = sorted(Path("tests/tools").glob("*.py"))
    checks = [
        ("no function that overruns or guesses", matches(BANNED, c)),
        ("no goto", matches(GOTO, c)),
        (f"no file above {MAX_FILE_LINES} lines", long_files(c + tools)),
        (f"no function above {MAX_FUNCTION_LINES} lines", long_functions(c)),
        ("every header says #pragma once", headers_without_pragma(c)),
    ]
    checks.append(("words in pictures are marked", unmarked_words(sorted(Path("src/diagram").rglob("*.c")))))
    if shutil.which("clang-format"):
        checks.append(("formatted as .clang-format has it", misformatted(c)))
    else:
        checks.append(("format # SKIP clang-format is not installed", []))
    report(checks)


if __name__ == "__main__":
    os.chdir(sys.argv[1])  # so that each problem is named as from the root
    main()
