#!/usr/bin/env python3
"""Run every `script/demo …` command of README.md's tour, in the program that was built.

Usage: run_readme.py SOURCE_ROOT PROGRAM. Prints TAP, a test case a command.
"""
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from source_tree import report

# For `exercise check`: wrong, so its status is 1.
ANSWERS = "total = 8 MB\ntable = 1 MB\ncontents = 1 MB\nwhy = a\n"


def commands(readme):
    lines = readme.read_text().splitlines()
    return [line for line in lines if line.startswith("script/demo ")]


def problems(program, command, folder):
    arguments = shlex.split(command)[1:]
    expected = 1 if arguments[:2] == ["exercise", "check"] else 0
    run = subprocess.run(
        [program, *arguments], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        env={**os.environ, "HOME": folder, "XDG_STATE_HOME": folder}, check=False
    )
    if run.returncode == expected:
        return []
    return [f"status {run.returncode}, expected {expected}", *run.stderr.splitlines()]


def main(root, program):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "answers.txt").write_text(ANSWERS)
        report([(c, problems(program, c, folder)) for c in commands(root / "README.md")])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
