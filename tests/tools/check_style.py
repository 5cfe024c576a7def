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
    if shutil.which("clang-format"):
        checks.append(("formatted as .clang-format has it", misformatted(c)))
    else:
        checks.append(("format # SKIP clang-format is not installed", []))
    report(checks)


if __name__ == "__main__":
    os.chdir(sys.argv[1])  # so that each problem is named as from the root
    main()
