#!/usr/bin/env python3
"""Random DDL, replayed here and on a server: verdicts, SQLSTATEs, resulting facts and texts of
definitions must agree, and what is claimed of queries over it must hold.

    run.py AGREE FACTS [--seed N] [--scripts N] [--statements N] [--keep DIRECTORY]

AGREE is the program random_ddl_agree, FACTS the query of schema_agree; the server is that of libpq's
environment. A statement that differs is reported and taken out, so that what follows is judged
without it. The exit status is 77 without a server of the right version.
"""

import argparse
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from script import Script  # noqa: E402

MOST_ROUNDS = 40
SCRIPTS_PER_RUN = 25
# What is left to the server: (its SQLSTATE, what is said here).
LEFT = {("23514", "accepts"): "conditions of domains on values",
        ("23514", "42P17"): "the same, where something else is wrong too"}
VERDICT = re.compile(r".*: server (\w+), tenon (\w+): (.*)")


class Comparison:
    """The program that compares, and what it found."""

    def __init__(self, options, work):
        self.options, self.work = options, work
        self.totals, self.differences = collections.Counter(), 0

    def run(self, scripts):
        """What the program says of each script: its lines by seed."""
        for seed, lines in scripts.items():
            (self.work / f"{seed}.sql").write_text("\n".join(lines) + "\n")
        paths = [self.work / f"{seed}.sql" for seed in scripts]
        ran = subprocess.run([self.options.agree, self.options.facts, *paths],
                             capture_output=True, text=True)
        if ran.returncode == 77:
            sys.exit(77)
        said, seed = {}, None
        for line in ran.stdout.splitlines():
            if line.startswith("== "):
                seed = int(pathlib.Path(line[3:]).stem)
                said[seed] = []
            else:
                said[seed].append(line)
        if ran.returncode not in (0, 1):
            self.note(seed, f"exit status {ran.returncode}: {ran.stderr}", scripts.get(seed, []))
        return said

    def compare(self, scripts):
        """Compares scripts to their ends."""
        for _ in range(MOST_ROUNDS):
            left = {}
            for seed, said in self.run(scripts).items():
                shorter = self.judge(seed, said, scripts[seed])
                if shorter:
                    left[seed] = shorter
            if not left:
                return
            scripts = left

    def judge(self, seed, said, lines):
        """Notes what differs; the script without the first statement that does, if one does."""
        found = [line for line in said if not line.startswith("total ")]
        verdicts = [match for match in map(VERDICT.match, found) if match]
        if verdicts and not found[0].startswith("query"):
            there, here, wrong = verdicts[0].groups()
            if (there, here) in LEFT:
                self.totals["left to the server"] += 1
            else:
                self.note(seed, verdicts[0].group(0), lines)
            self.totals["statements"] += 1
            return [line for line in lines if line.rstrip(";") != wrong]
        for line in found:
            if line.startswith(" "):
                print(line, flush=True)
            else:
                self.note(seed, line, lines)
        for line in said:
            if line.startswith("total "):
                _, name, n = line.split()
                self.totals[name] += int(n)
        return None

    def note(self, seed, difference, lines):
        """Reports a difference, and keeps the script that led to it."""
        self.differences += 1
        difference = difference.replace(f"{self.work}/{seed}.sql: ", "")
        print(f"{seed}: {difference}", flush=True)
        if self.options.keep:
            path = self.options.keep / f"{seed}.{self.differences}.sql"
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
    seeds = range(options.seed, options.seed + options.scripts)
    with tempfile.TemporaryDirectory() as work:
        comparison = Comparison(options, pathlib.Path(work))
        for at in range(0, options.scripts, SCRIPTS_PER_RUN):
            comparison.compare({seed: Script(seed).lines(options.statements)
                                for seed in seeds[at:at + SCRIPTS_PER_RUN]})
    totals = ", ".join(f"{n} {name}" for name, n in comparison.totals.items())
    print(f"{options.scripts} scripts from seed {options.seed}: {totals}; "
          f"{comparison.differences} differences")
    return 1 if comparison.differences else 0


sys.exit(main())
