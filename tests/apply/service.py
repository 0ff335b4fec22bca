#!/usr/bin/python3
"""A service with its migrations inside: started many times at once on an empty database, and on ones
that it must not run on.

    service.py TENON SERVICE
"""
import os
import pathlib
import shutil
import subprocess
import sys

from world import World, need_server

SERVICE = sys.argv[2]
STARTERS = int(os.environ.get("TENON_STARTERS", "8"))
FOLDER = pathlib.Path(__file__).parent / "service/migrations"


def start(w, how):
    return subprocess.Popen([SERVICE, f"dbname={w.database}", how], text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def check(w, how, status, said):
    run = start(w, how)
    out = run.communicate(timeout=60)[0]
    assert run.returncode == status and said in out, f"{how}: {run.returncode} {out}"


def test_many_starts():
    with World() as w:
        check(w, "require", 1, 'SCHEMA_MISMATCH: the migration "20260101000000_start" of this program '
                               'is pending in the database')
        runs = [start(w, "migrate") for _ in range(STARTERS)]
        for run in runs:
            out = run.communicate(timeout=300)[0]
            assert run.returncode == 0 and out == "100 notes\n", out
        assert w.sql("SELECT count(*) FROM tenon.migrations") == "4"
        assert w.sql("SELECT body FROM notes WHERE id = 1") == "it's \"note\" \\ ??/ é 1"
        check(w, "require", 0, "100 notes")


def test_the_program_agrees():
    """What the service applied is what the program would have."""
    with World() as w:
        check(w, "migrate", 0, "100 notes")
        shutil.copytree(FOLDER, w.folder / "migrations", dirs_exist_ok=True)
        w.tenon("status")
        w.migration("20260105000000_next", "ALTER TABLE public.notes ADD COLUMN by_later int;",
                    parent="20260104000000_fill")
        w.apply()
        check(w, "migrate", 0, "100 notes")  # older than the database: applies nothing
        check(w, "require", 0, "100 notes")
        w.sql("ALTER TABLE notes DROP COLUMN by_later")
        check(w, "require", 1, "the schema is not as the last migration left it")
        w.tenon("repair", "--accept-schema")
        w.sql("UPDATE tenon.migrations SET checksum = 'x' WHERE seq = 1")
        check(w, "require", 1, "is edited in the database")
        check(w, "migrate", 1, "migrations/20260101000000_start.sql: error: the file is no longer")


def calls(conninfo):
    """(call, outcome, message) of each."""
    out = subprocess.run([SERVICE, conninfo, "calls"], check=True, stdout=subprocess.PIPE, text=True)
    return [tuple(line.split(" ", 2)) for line in out.stdout.splitlines()]


def test_calls():
    """Of a migrator: all say that there is no connection; with one, each has its own failure only."""
    said = calls("host=/nowhere")
    assert said[0] == ("open:", "3", "-") and len(said) == 8, said
    assert {s[1:] for s in said[1:]} == {("3", "there is no connection")}, said
    with World() as w:
        said = calls(f"dbname={w.database}")
        assert said[:3] == [("open:", "0", "-"), ("forget:", "1", "which migration?"),
                            ("schema:", "1", "this names no migration")], said
        assert {s[1:] for s in said[3:]} == {("0", "")}, said
        assert w.sql("SELECT count(*) FROM tenon.migrations_log") == "0"


if __name__ == "__main__":
    need_server()
    test_calls()
    test_many_starts()
    test_the_program_agrees()
