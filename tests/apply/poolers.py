#!/usr/bin/python3
"""Poolers that give each transaction another session, in which no lock can be held, and others.

    poolers.py TENON
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from cases import A, USERS
from world import LOCKS, SKIP, World, need_server


def as_user(command):
    """pgbouncer refuses to be root."""
    return (["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
            if os.getuid() == 0 else command)


class Pooler:
    def __init__(self, mode):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="tenon-pooler-"))
        (self.directory / "pgbouncer.ini").write_text(
            f"[databases]\n* = host={os.environ['PGHOST']} port={os.environ.get('PGPORT', 5432)} "
            f"user={os.environ['PGUSER']}\n[pgbouncer]\nunix_socket_dir = {self.directory}\n"
            f"listen_port = 6432\nauth_type = any\npool_mode = {mode}\n"
            f"ignore_startup_parameters = extra_float_digits,options\n")
        if os.getuid() == 0:
            shutil.chown(self.directory, "postgres")
        self.process = subprocess.Popen(as_user(["pgbouncer", "-q", str(self.directory /
                                                                        "pgbouncer.ini")]), cwd="/")
        for _ in range(100):
            if (self.directory / ".s.PGSQL.6432").exists():
                break
            time.sleep(0.05)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.directory)


def through(w, pooler):
    return f"host={pooler.directory} port=6432 dbname={w.database}"


def test_transactions():
    with World() as w, Pooler("transaction") as pooler:
        direct = w.url
        w.migration(A, USERS)
        w.url = through(w, pooler)
        said = w.apply(status=1)
        assert "the connection leads through a pooler that shares sessions" in said, said
        assert w.sql(f"SELECT to_regclass('tenon.migrations'), count(*) FROM {LOCKS} WHERE "
                     "locktype = 'advisory'") == "|0"
        w.url = direct
        w.apply()
        w.url = through(w, pooler)
        assert "nothing to do" in w.apply()  # reading is no matter
        w.tenon("status")


def test_sessions():
    with World() as w, Pooler("session") as pooler:
        w.migration(A, USERS)
        w.url = through(w, pooler)
        w.apply()
        w.tenon("status")


if __name__ == "__main__":
    need_server()
    if not shutil.which("pgbouncer"):
        print("skipped: no pgbouncer")
        sys.exit(SKIP)
    test_transactions()
    test_sessions()
