#!/usr/bin/env python3
"""Whole schemas, from nothing: what `tenon migrate` writes makes the database that the files make.

    dumps.py TENON SCHEMA.sql... [-v]

Each schema is loaded into one database by psql. Into another one goes what `tenon migrate diff` writes
from an empty schema, into a third the migration that `tenon migrate new` writes; `new` then has nothing
more to do. pg_dump -s has to say the same of all three but for the order. The server is that of libpq's
environment; the exit status is 77 without a server 15.
"""

import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

DATABASES = {way: f"tenon_dumps_{way}" for way in ("files", "diff", "new")}
PSQL = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null"]


def run(command, **how):
    """What the command prints; a message and None when it fails."""
    ran = subprocess.run(command, capture_output=True, text=True, **how)
    if ran.returncode:
        print(f"    {' '.join(map(str, command))}: {ran.stderr.strip()[:2000]}")
        return None
    return ran.stdout


def is_right_server():
    try:
        ran = subprocess.run([*PSQL[:3], "-At", "-d", "postgres", "-c", "SHOW server_version_num"],
                             capture_output=True, text=True)
    except FileNotFoundError:
        return False
    return ran.stdout.startswith("15")


def fresh(database):
    for sql in (f"DROP DATABASE IF EXISTS {database} WITH (FORCE)", f"CREATE DATABASE {database}"):
        run([*PSQL, "-d", "postgres", "-c", "SET client_min_messages = error", "-c", sql])
    return database


def load(database, paths):
    """Whether psql ran the files without an error."""
    environment = {"PGOPTIONS": "-c client_min_messages=error", **os.environ}
    files = [word for path in paths for word in ("-f", str(path))]
    return run([*PSQL, "-d", database, *files], env=environment) is not None


def objects(database):
    """The dump as a sorted list: one text for each object."""
    dump = (run(["pg_dump", "-s", "-d", database]) or "").split("--\n-- PostgreSQL database dump c")[0]
    parts = re.split(r"^--\n-- (?:Name|TOC).*\n--\n", dump, flags=re.MULTILINE)
    return sorted(part.strip() for part in parts[1:])


def differences(wanted, found):
    """By lines, of the objects that differ."""
    sides = [[line for text in texts if text not in others for line in text.splitlines()]
             for texts, others in ((wanted, set(found)), (found, set(wanted)))]
    return [line for line in difflib.unified_diff(*sides, "files", "tenon", lineterm="", n=0)
            if not line.startswith("@@")]


def by_diff(tenon, schema, folder):
    """The file that diff writes; None after an error."""
    empty, written = folder / "empty.sql", folder / "diff.sql"
    empty.write_text("")
    sql = run([tenon, "migrate", "diff", "--from", empty, "--to", schema])
    if sql is None:
        return None
    written.write_text(sql)
    return [written]


def by_new(tenon, schema, folder):
    """The files of the folder, which new has nothing to add to."""
    command = [tenon, "migrate", "new", "--schema", schema.resolve(), "--migrations",
               "steps"]
    if run([*command, "start"], cwd=folder) is None:
        return None
    said = run([*command, "again"], cwd=folder)
    if said is None or "nothing to do" not in said:
        print(f"    a second migration: {said}")
        return None
    return sorted((folder / "steps").glob("*.sql"))


def judge(tenon, schema, is_verbose):
    """Whether all ways lead to the same."""
    is_good = True
    if not load(fresh(DATABASES["files"]), [schema]):
        return False
    wanted = objects(DATABASES["files"])
    for way, write in (("diff", by_diff), ("new", by_new)):
        with tempfile.TemporaryDirectory() as folder:
            files = write(tenon, schema, pathlib.Path(folder))
            if files is None or not load(fresh(DATABASES[way]), files):
                is_good = False
                continue
        lines = differences(wanted, objects(DATABASES[way]))
        is_good &= not lines
        for line in lines[:None if is_verbose else 20]:
            print(f"    {way}: {line}")
    print(f"{schema}: {len(wanted)} objects, {'equal' if is_good else 'DIFFERENT'}")
    return is_good


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tenon", type=pathlib.Path)
    parser.add_argument("schemas", nargs="+", type=pathlib.Path)
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    if not is_right_server():
        sys.exit(77)
    n_bad = sum(not judge(options.tenon.resolve(), schema, options.v) for schema in options.schemas)
    for database in DATABASES.values():
        run([*PSQL, "-d", "postgres", "-c", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)"])
    sys.exit(n_bad > 0)


if __name__ == "__main__":
    main()
