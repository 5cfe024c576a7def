#!/usr/bin/env python3
"""The checks are checked: each rule must catch one breach of it, and nothing else. Prints TAP."""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from source_tree import report

HERE = Path(__file__).parent
CHECKS = ("check_layers.py", "check_style.py")
CLEAN = {
    "src/meson.build": "subdir('core')\nsubdir('probe')\nsubdir('base')\nsubdir('cli')\n",
    "src/core/role.h": "#pragma once\nint ml_role(void);\n",
    "src/core/role.c": '#include "core/role.h"\n/* goto strcpy( printf( are only words here */\n',
    "tests/test_role.c": '#include "core/role.h"\n',
    ".clang-format": "BasedOnStyle: LLVM\nIndentWidth: 4\nBreakBeforeBraces: Linux\n",
}
UPWARDS = '#pragma once\n#include "cli/cli.h"\n'
UNPLACED = '#pragma once\n#include "role.h"\n'
LONG_FUNCTION = "int f(void)\n{\n" + "    f();\n" * 51 + "}\n"
# tool, file, what it says, how the sentence of the rule it breaks begins
BREACHES = [
    ("check_layers.py", "src/core/role.h", UPWARDS, "a folder includes"),
    ("check_layers.py", "src/core/role.h", UNPLACED, "a folder includes"),
    ("check_layers.py", "src/base/a.h", '#include "probe/probe.h"\n', "a folder includes"),
    ("check_layers.py", "src/probe/a.h", "#include <glib.h>\n", "what the probe"),
    ("check_layers.py", "src/core/other.c", "", "each source"),
    ("check_layers.py", "tests/test_other.c", "", "each source"),
    ("check_layers.py", "src/core/role.c", 'void f(void) { printf("x"); }\n', "only cli/"),
    ("check_style.py", "src/core/role.c", "void f(void) { strcpy(a, b); }\n", "no function that"),
    ("check_style.py", "src/core/role.c", "void f(void) { goto end; }\n", "no goto"),
    ("check_style.py", "src/core/role.c", "int x;\n" * 401, "no file above"),
    ("check_style.py", "src/core/role.c", LONG_FUNCTION, "no function above"),
    ("check_style.py", "src/core/role.h", "int ml_role(void);\n", "every header"),
    ("check_style.py", "src/diagram/axis.c", 'a = ML_LADDER(_("per element"), "per entry (all)");\n', "words in"),
    ("check_style.py", "src/diagram/axis.c", 'a = f(_("%" G_GUINT64_FORMAT " B"), b);\n', "words in"),
]
if shutil.which("clang-format"):
    BREACHES.append(("check_style.py", "src/core/role.c", "int  x ;\n", "formatted"))
# what `meson test` logged, what the summary ends with
LOGS = [
    ({"result": "OK", "stdout": "1..2\nok 1 - a\nok 2 - b\n"}, "2 passed, 0 failed"),
    ({"result": "FAIL", "stdout": "1..2\nok 1 - a\nnot ok 2 - b\n"}, "1 passed, 1 failed"),
    ({"result": "ERROR", "stdout": "1..2\nok 1 - a\n"}, "1 passed, 1 failed"),
    ({"result": "OK", "stdout": "1..1\nok 1 # SKIP no clang-format\n"}, "0 passed, 0 failed"),
    ({"result": "OK", "stdout": ""}, "1 passed, 0 failed"),
    ({"result": "FAIL", "stdout": ""}, "0 passed, 1 failed"),
]


def run(tool, *folders):
    command = [sys.executable, HERE / tool, *folders]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def log_built_sources(folder):
    """Write what meson would have written about a build in the folder itself."""
    sources = [str(Path(folder, name)) for name in CLEAN if name.endswith(".c")]
    path = Path(folder, "meson-info", "intro-targets.json")
    path.parent.mkdir()
    path.write_text(json.dumps([{"target_sources": [{"sources": sources}]}]))


def broken_rules(tool, changes):
    """The sentences that the tool reports as broken in the clean tree with some files changed."""
    with tempfile.TemporaryDirectory() as folder:
        log_built_sources(folder)
        for name, text in {**CLEAN, **changes}.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        lines = run(tool, folder, folder).stdout.splitlines()
    return [line.partition(" - ")[2] for line in lines if line.startswith("not ok")]


def clean_tree_passes(tool):
    return [f"{tool}: {rule}" for rule in broken_rules(tool, {})]


def breach_is_caught(tool, name, text, rule):
    broken = broken_rules(tool, {name: text})
    caught = len(broken) == 1 and broken[0].startswith(rule)
    return [] if caught else [f"{tool}, {name}: expected '{rule} …', got {broken}"]


def summary_ends(entry, expected):
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "meson-logs", "testlog.json")
        log.parent.mkdir()
        log.write_text(json.dumps({"name": "t", "returncode": 0, **entry}) + "\n")
        done = run("summary.py", folder)
    last = done.stdout.splitlines()[-1]
    succeeds = expected.endswith(" 0 failed") and not expected.startswith("0 passed")
    good = last == expected and succeeds == (done.returncode == 0)
    return [] if good else [f"{entry}: '{last}', status {done.returncode}"]


def problems(check, cases):
    return [problem for case in cases for problem in check(*case)]


def main():
    report([
        ("a clean tree passes", problems(clean_tree_passes, [(check,) for check in CHECKS])),
        ("each breach is caught, alone", problems(breach_is_caught, BREACHES)),
        ("the summary counts test cases", problems(summary_ends, LOGS)),
    ])


if __name__ == "__main__":
    main()
