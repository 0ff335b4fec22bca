#!/usr/bin/env python3
"""Random DDL, replayed here and on a server: verdicts, SQLSTATEs and resulting facts must agree.

    run.py AGREE FACTS [--seed N] [--scripts N] [--statements N] [--keep DIRECTORY]

AGREE is the program schema_agree, FACTS its query; the server is that of libpq's environment. A
statement that differs is reported and taken out, so that what follows is judged without it.
The exit status is 77 without a server of the right version.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from script import Script  # noqa: E402

MOST_ROUNDS = 40


class Comparison:
    """The program that compares, and what it found."""

    def __init__(self, options, work):
        self.options, self.work = options, work
        self.n_compared, self.differences = 0, []

    def differing(self, lines):
        """What the program says of the lines."""
        path = self.work / "script.sql"
        path.write_text("\n".join(lines) + "\n")
        ran = subprocess.run([self.options.agree, "--alone", self.options.facts, path],
                             capture_output=True, text=True)
        if ran.returncode == 77:
            sys.exit(77)
        if ran.returncode not in (0, 1):
            return [f"exit status {ran.returncode}: {ran.stderr}"]
        return [line.split(": ", 1)[1] for line in ran.stdout.splitlines()]

    def compare(self, seed):
        """Compares the script of a seed to its end."""
        lines = Script(seed).lines(self.options.statements)
        self.n_compared += len(lines)
        for _ in range(MOST_ROUNDS):
            found = self.differing(lines)
            if not found:
                return
            self.note(seed, found[0], lines)
            wrong = found[0].split(": ", 1)[-1]
            left = [line for line in lines if line.rstrip(";") != wrong]
            if len(left) == len(lines):
                for difference in found[1:]:
                    self.note(seed, difference, lines)
                return
            lines = left

    def note(self, seed, difference, lines):
        """Reports a difference, and keeps the script that led to it."""
        print(f"{seed}: {difference}", flush=True)
        self.differences.append(difference)
        if self.options.keep:
            path = self.options.keep / f"{seed}.{len(self.differences)}.sql"
            path.write_text("\n".join(lines) + f"\n-- {difference}\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("agree")
    parser.add_argument("facts")
    parser.add_argument("--seed", type=int, default=20240501)
    parser.add_argument("--scripts", type=int, default=20)
    parser.add_argument("--statements", type=int, default=100)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        comparison = Comparison(options, pathlib.Path(work))
        for seed in range(options.seed, options.seed + options.scripts):
            comparison.compare(seed)
    print(f"{comparison.n_compared} statements of {options.scripts} scripts from seed {options.seed}: "
          f"{len(comparison.differences)} differences")
    return 1 if comparison.differences else 0


sys.exit(main())
