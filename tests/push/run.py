#!/usr/bin/env python3
"""Pairs of schemas: the first is made on a server, the second is pushed to it.

    run.py TENON CASES.sql|DIRECTORY… [--only NAME] [-v]

A file has pairs, each of which begins with `-- pair NAME`, then `-- before` and `-- after`; a directory
has before.sql and after.sql. The database then has to have the catalog that the second schema makes in
an empty one, and a second push finds nothing to do. The exit status is 77 without a server of the
right version.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "plan"))
from pairs import CLEAN, ROLES, Pairs  # noqa: E402
from server import Connection, ServerError, is_right_server  # noqa: E402

LIVE, WANTED = f"push_live_{os.getpid()}", f"push_wanted_{os.getpid()}"
NOTHING = "nothing to do: the database is as the schema files\n"


def read_pairs(path):
    """(name, before, after) of each pair."""
    if path.is_dir():
        yield path.name, (path / "before.sql").read_text(), (path / "after.sql").read_text()
        return
    for text in re.split(r"^-- pair ", path.read_text(), flags=re.MULTILINE)[1:]:
        name = text.split("\n", 1)[0].strip()
        before, after = re.split(r"^-- after$", text.split("-- before\n", 1)[1], maxsplit=1,
                                 flags=re.MULTILINE)
        yield f"{path.stem}/{name}", before, after


class Pushing:
    """Pushes one schema after the other."""

    def __init__(self, tenon, work):
        self.tenon, self.work, self.root = tenon, work, Connection()
        for role in ROLES:
            try:
                self.root.run(f"CREATE ROLE {role}")
            except ServerError:
                pass

    def drop(self, name):
        try:
            connection = Connection(name)
            connection.run(CLEAN)
            connection.close()
        except (ConnectionError, ServerError):
            pass
        self.root.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def make(self, name, text):
        self.drop(name)
        self.root.run(f"CREATE DATABASE {name}")
        connection = Connection(name)
        try:
            connection.run(text)
        finally:
            connection.close()

    def push(self, schema):
        return subprocess.run([self.tenon, "push", "--schema", schema, "--database",
                               f"dbname={LIVE}", "--allow-drop", "all", "--allow-lossy", "all"],
                              capture_output=True, text=True, timeout=120, cwd=self.work)

    @staticmethod
    def lines(name):
        connection = Connection(name)
        try:
            connection.run("BEGIN")
            return Pairs.inventory(connection)
        finally:
            connection.close()

    def try_pair(self, before, after):
        schema = self.work / "after.sql"
        schema.write_text(after)
        self.make(WANTED, after)
        self.make(LIVE, before)
        ran = self.push(schema)
        if ran.returncode != 0:
            return [f"exit status {ran.returncode}: {ran.stderr.strip()}"]
        have, want = self.lines(LIVE), self.lines(WANTED)
        faults = [f"missing: {line}" for line in sorted(want - have)]
        faults += [f"too much: {line}" for line in sorted(have - want)]
        ran = self.push(schema)
        if ran.returncode != 0 or ran.stdout != NOTHING:
            faults.append(f"the second push does something: {ran.stdout}{ran.stderr}")
        return faults

    def close(self):
        for name in (LIVE, WANTED):
            self.drop(name)
        self.root.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tenon")
    parser.add_argument("cases", nargs="+", type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    if not is_right_server():
        return 77
    n_pairs = n_wrong = 0
    with tempfile.TemporaryDirectory() as work:
        pushing = Pushing(options.tenon, pathlib.Path(work))
        for path in options.cases:
            for name, before, after in read_pairs(path):
                if options.only not in name:
                    continue
                try:
                    faults = pushing.try_pair(before, after)
                except ServerError as error:
                    faults = [f"the server refuses the schema: {error}"]
                n_pairs += 1
                n_wrong += bool(faults)
                for fault in faults[:None if options.v else 8]:
                    print(f"{name}: {fault}")
                sys.stdout.flush()
        pushing.close()
    print(f"{n_pairs} pairs, {n_wrong} differ")
    return 1 if n_wrong or not n_pairs else 0


sys.exit(main())
