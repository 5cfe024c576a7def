#!/usr/bin/env python3
"""Times whole commands and prints ratios: never a test, as machines are shared and noisy.

Usage: bench_commands.py MEMLAB BARE_BOXED   (`meson test -C build --benchmark -v`)

Pairs of commands run in turn, A B A B …, so that a machine that slows down slows down both;
the ratio is the median over the pairs.
"""
import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 15


def seconds(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def ratio(name, a, b, target):
    seconds(a), seconds(b)  # warm-up
    pairs = [(seconds(a), seconds(b)) for _ in range(RUNS)]
    times = [statistics.median(side) * 1000 for side in zip(*pairs)]
    share = statistics.median(x / y for x, y in pairs)
    print(f"{name}: {times[0]:.0f} / {times[1]:.0f} ms = {share:.2f}x   (target {target}x)")


def alone(name, command, target):
    seconds(command)
    times = [seconds(command) * 1000 for _ in range(RUNS)]
    print(f"{name}: {statistics.median(times):.1f} ms   (target {target} ms)")


def first_words(memlab, state):
    """Seconds from the start of a lesson to its first words on a terminal."""
    start = time.monotonic()
    pid, terminal = pty.fork()
    if pid == 0:
        environment = dict(os.environ, XDG_STATE_HOME=state, TERM="xterm-256color")
        os.execve(memlab, [memlab, "lesson", "run", "1"], environment)
    seen = b""
    while b"How much RAM" not in seen and select.select([terminal], [], [], 10)[0]:
        seen += os.read(terminal, 65536)
    taken = time.monotonic() - start
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    os.close(terminal)
    return taken


def main(memlab, bare):
    ratio(
        "measure boxed-array -n 1e6 --repeat 1, over the same loop in a bare C program",
        [memlab, "measure", "boxed-array", "-n", "1e6", "--repeat", "1"],
        [bare, "1000000"],
        1.3,
    )
    alone("memlab --version", [memlab, "--version"], 15)
    with tempfile.TemporaryDirectory() as state:
        times = [first_words(memlab, state) * 1000 for _ in range(RUNS)]
    print(f"first words of a lesson: {statistics.median(times):.1f} ms   (target 50 ms)")


if __name__ == "__main__":
    main(*sys.argv[1:])
