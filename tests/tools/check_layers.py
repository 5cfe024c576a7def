#!/usr/bin/env python3
"""Hold the tree to the order of folders in src/meson.build (see src/ARCHITECTURE.md).

Usage: check_layers.py SOURCE_ROOT BUILD_ROOT. Prints TAP.
"""
import json
import re
import sys
from pathlib import Path

from source_tree import c_files, code, find, report

# Folders that may use less than all that stands above them.
NARROWER = {"structure": {"core"}, "probe": {"core", "structure"}}
# These know libc and nothing else: the probe is made of them, and its memory is what is measured.
LIBC_ONLY = {"core", "model", "structure", "probe"}
# But for GLib's own structures, which only one of the probes holds.
GLIB_STRUCTURES = "src/structure/glib/"
# Everything else writes to a sink that it is given. (The probe is a program of its own.)
MAY_TOUCH_TERMINAL = {"probe", "term", "cli"}

INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
LIBRARY = re.compile(
    r"^#include <((?:glib|gio|cairo|pango|fontconfig|cmark|lua|jansson)[^>]*)>", re.MULTILINE
)
TERMINAL = re.compile(
    r"\b(v?printf|puts|putchar|perror|g_print|g_printerr|isatty|tc[gs]etattr|ttyname)\s*\("
    r"|\b(stdin|stdout|stderr)\b"
)


class Tree:
    def __init__(self, root):
        self.src = root / "src"
        build = (self.src / "meson.build").read_text()
        folders = re.findall(r"^subdir\('(\w+)'\)", build, re.MULTILINE)
        self.order = {folder: position for position, folder in enumerate(folders)}
        self.files = c_files(self.src)

    def name(self, path):
        return f"src/{path.relative_to(self.src)}"

    def folder(self, path):
        return path.relative_to(self.src).parts[0]

    def may_include(self, folder, other):
        if folder == other:
            return True
        if folder in NARROWER:
            return other in NARROWER[folder]
        return other != "probe" and self.order[other] < self.order[folder]


def wrong_includes(tree):
    for path in tree.files:
        for line, match in find(INCLUDE, path.read_text()):
            other = match[1].partition("/")[0]
            if match[1] == "config.h":
                continue
            if other not in tree.order:
                yield f'{tree.name(path)}:{line}: write #include "FOLDER/{match[1]}"'
            elif not tree.may_include(tree.folder(path), other):
                yield f"{tree.name(path)}:{line}: {tree.folder(path)}/ may not include {match[1]}"


def libraries_in_libc_folders(tree):
    for path in tree.files:
        if tree.folder(path) in LIBC_ONLY:
            for line, match in find(LIBRARY, path.read_text()):
                if tree.name(path).startswith(GLIB_STRUCTURES) and match[1] == "glib.h":
                    continue
                yield f"{tree.name(path)}:{line}: {tree.folder(path)}/ is libc only, not {match[1]}"


def unbuilt_sources(root, build):
    targets = json.loads((build / "meson-info" / "intro-targets.json").read_text())
    groups = (group for target in targets for group in target["target_sources"])
    built = {Path(source).resolve() for group in groups for source in group.get("sources", [])}
    for path in c_files(root / "src", root / "tests"):
        if path.suffix == ".c" and path.resolve() not in built:
            yield f"{path.relative_to(root)}: not listed in its folder's meson.build"


def terminal_users(tree):
    for path in tree.files:
        if tree.folder(path) not in MAY_TOUCH_TERMINAL:
            for line, match in find(TERMINAL, code(path)):
                yield f"{tree.name(path)}:{line}: {match[0]} belongs to cli/ or term/"


def main(root, build):
    tree = Tree(root)
    report([
        ("a folder includes only what src/ARCHITECTURE.md lets it", list(wrong_includes(tree))),
        ("what the probe is made of uses libc only", list(libraries_in_libc_folders(tree))),
        ("each source is listed in its folder's meson.build", list(unbuilt_sources(root, build))),
        ("only cli/ and term/ touch the terminal", list(terminal_users(tree))),
    ])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
