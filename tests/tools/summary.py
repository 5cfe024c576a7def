#!/usr/bin/env python3
"""Sum up what `meson test` logged in one or more build folders, test case by test case.

Prints what the failing programs said, what was skipped, and last the line `N passed, N failed`.
Exit status: 0 when something ran and nothing failed.
"""
import json
import re
import sys
from pathlib import Path

POINT = re.compile(r"^(?P<not>not )?ok\b[^#\n]*(?P<skip># *skip)?", re.IGNORECASE | re.MULTILINE)


def count(test):
    """(passed, failed, skipped) of one entry of testlog.json, whether or not it speaks TAP."""
    points = list(POINT.finditer(test["stdout"]))
    skipped = sum(1 for point in points if point["skip"])
    failed = sum(1 for point in points if point["not"] and not point["skip"])
    passed = len(points) - skipped - failed
    if failed == 0 and test["result"] not in ("OK", "SKIP"):
        failed = 1  # crashed, timed out, leaked, or ran fewer cases than it planned
    if not points and not failed:
        passed, skipped = (1, 0) if test["result"] == "OK" else (0, 1)
    return passed, failed, skipped


def read_log(build):
    path = build / "meson-logs" / "testlog.json"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def main(folders):
    total_passed = total_failed = 0
    for build in map(Path, folders):
        for test in read_log(build):
            passed, failed, skipped = count(test)
            total_passed += passed
            total_failed += failed
            name = f"{build.name}: {test['name']}"
            if failed:
                print(f"\n==== failed: {name} ({test['result']}, status {test['returncode']})")
                print(test["stdout"], test.get("stderr", ""), sep="")
            elif skipped:
                print(f"skipped: {name}: {skipped}")
    if total_passed + total_failed == 0:
        print("no test ran")
    print(f"{total_passed} passed, {total_failed} failed")
    return 0 if total_passed > 0 and total_failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
