#!/usr/bin/env python3
"""The documents name only what is there, and list the folders as they are built.

Usage: check_docs.py SOURCE_ROOT. Prints TAP.
"""
import re
import sys
from pathlib import Path

from source_tree import report

LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
# A path in backticks; one with capitals for a name to be filled in is a pattern, not a path.
QUOTED = re.compile(r"`((?:src|tests|script|lessons|exercises|diagrams)/[^` A-Z]*)`")


def documents(root):
    return [*root.glob("*.md"), *root.glob("src/**/*.md")]


def missing_files(root):
    for document in documents(root):
        text = document.read_text()
        targets = [(document.parent, target) for target in LINK.findall(text)]
        targets += [(root, path) for path in QUOTED.findall(text)]
        for folder, target in targets:
            if not (folder / target).exists():
                yield f"{document.relative_to(root)} names {target}, which is not there"


def folder_differences(root):
    built = re.findall(r"^subdir\('(\w+)'\)", (root / "src/meson.build").read_text(), re.MULTILINE)
    told = re.findall(r"^\| `(\w+)/`", (root / "src/ARCHITECTURE.md").read_text(), re.MULTILINE)
    return [] if built == told else [f"built: {built}", f"told:  {told}"]


def main(root):
    report([
        ("every file that a document names is there", list(missing_files(root))),
        ("src/ARCHITECTURE.md lists the folders in their order", folder_differences(root)),
    ])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
