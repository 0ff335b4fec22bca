#!/usr/bin/env python3
"""Each schema is made on a server, pulled, replayed in an empty database, and pulled again.

    run.py TENON SCHEMA.sql… [--only NAME] [-v]

Both databases have to have the same catalog, by the queries of tests/inventory and tests/plan and, where
there is one, by pg_dump; both pulls the same bytes. The same again with a file for each table. The exit
status is 77 without a server of the right version.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "plan"))
from pairs import CLEAN, ROLES, Pairs  # noqa: E402
from server import Connection, ServerError, is_right_server  # noqa: E402

FIRST, SECOND = f"pull_first_{os.getpid()}", f"pull_second_{os.getpid()}"
SECRETS = ("-- Dumped", "\\restrict", "\\unrestrict")

# What has no order that people would choose: it is written in the plan's.
UNORDERED = ("checks", "inheritance", "others")
PASSWORD = re.compile(r"(password )'[^']*'")


def pg_dump():
    """Of the release of the server, whose output it compares."""
    for path in ("/usr/lib/postgresql/15/bin/pg_dump", shutil.which("pg_dump")):
        if path and os.path.exists(path):
            version = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
            if " 15." in version:
                return path
    return None


class Databases:
    """Two databases that are made anew for each case."""

    def __init__(self, tenon):
        self.tenon, self.root, self.dump = tenon, Connection(), pg_dump()

    def drop(self):
        for name in (FIRST, SECOND):
            try:
                connection = Connection(name)
                connection.run(CLEAN)
                connection.close()
            except (ConnectionError, ServerError):
                pass
            self.root.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def anew(self):
        """Roles too: a case makes its own."""
        self.drop()
        for role, in self.root.run("SELECT quote_ident(rolname) FROM pg_roles WHERE rolname ILIKE 'inv%'"):
            self.root.run(f"DROP ROLE {role}")
        for role in ROLES:
            try:
                self.root.run(f"CREATE ROLE {role}")
            except ServerError:
                pass
        for name in (FIRST, SECOND):
            self.root.run(f"CREATE DATABASE {name}")

    def pull(self, database, *arguments):
        ran = subprocess.run([self.tenon, "pull", "--database", f"dbname={database}", *arguments],
                             capture_output=True, text=True, timeout=60)
        if ran.returncode != 0:
            raise ServerError(f"pull of {database}: exit status {ran.returncode}: {ran.stderr.strip()}", "")
        return ran.stdout

    def lines(self, database):
        connection = Connection(database)
        try:
            connection.run("BEGIN")
            return {hidden(line) for line in Pairs.inventory(connection)
                    if "standard public schema" not in line}
        finally:
            connection.close()

    def dumped(self, database):
        """The lines of pg_dump, without what differs between any two databases."""
        if not self.dump:
            return set()
        ran = subprocess.run([self.dump, "-s", database], capture_output=True, text=True, check=True)
        return {hidden(line) for line in ran.stdout.splitlines() if "SCHEMA public" not in line
                if "pg_attver" not in line and not line.startswith(SECRETS)}

    def replay(self, text):
        connection = Connection(SECOND)
        try:
            connection.run(text)
        finally:
            connection.close()


def hidden(line):
    """Passwords are not pulled; nor is it that a schema public was made again, without its comment."""
    return PASSWORD.sub(r"\1'<secret>'", line)


def compare(databases, one, other, what):
    faults = [f"{what}: {line} is lost" for line in sorted(one - other)]
    return faults + [f"{what}: {line} is new" for line in sorted(other - one)]


def try_case(databases, path):
    databases.anew()
    connection = Connection(FIRST)
    connection.run(path.read_text())
    connection.close()
    text = databases.pull(FIRST)
    databases.replay(text)
    faults = compare(databases, databases.lines(FIRST), databases.lines(SECOND), "catalog")
    faults += compare(databases, databases.dumped(FIRST), databases.dumped(SECOND), "pg_dump")
    if databases.pull(SECOND) != text:
        faults.append("the second pull has other bytes")
    return faults + try_split(databases, path.stem in UNORDERED)


def try_split(databases, is_unordered):
    with tempfile.TemporaryDirectory() as folder:
        databases.pull(FIRST, "--split", "table", "--out", folder)
        files = sorted(pathlib.Path(folder).iterdir())
        databases.root.run(f"DROP DATABASE {SECOND} WITH (FORCE)")
        databases.root.run(f"CREATE DATABASE {SECOND}")
        databases.replay("\n".join(file.read_text() for file in files))
    faults = compare(databases, databases.lines(FIRST), databases.lines(SECOND), "split")
    if not is_unordered and any(file.name == "001_schema.sql" for file in files):
        faults.append("no order of files was found")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tenon")
    parser.add_argument("cases", nargs="+", type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    if not is_right_server():
        return 77
    databases = Databases(options.tenon)
    n_cases = n_wrong = 0
    for path in options.cases:
        if options.only not in path.name:
            continue
        try:
            faults = try_case(databases, path)
        except ServerError as error:
            faults = [str(error)]
        n_cases += 1
        n_wrong += bool(faults)
        for fault in faults[:None if options.v else 8]:
            print(f"{path.stem}: {fault}")
        sys.stdout.flush()
    databases.drop()
    print(f"{n_cases} schemas, {n_wrong} differ{'' if databases.dump else '; no pg_dump 15 here'}")
    return 1 if n_wrong or not n_cases else 0


sys.exit(main())
