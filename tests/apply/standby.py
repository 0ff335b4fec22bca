#!/usr/bin/python3
"""A standby: nothing is applied there, but its state can be asked; backfills wait for it.

    standby.py TENON
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from cases import A, B, USERS
from poolers import as_user
from world import SKIP, World, need_server, psql


# A standby needs at least what its primary has of these.
AT_LEAST = ("max_connections", "max_prepared_transactions", "max_wal_senders", "max_worker_processes",
            "max_locks_per_transaction")


def settings_of_primary():
    return " ".join(f"-c {name}=" + psql("postgres", f"SHOW {name}") for name in AT_LEAST)


class Standby:
    """Of the server that the tests have."""

    def __init__(self):
        self.bin = psql("postgres", "SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="tenon-standby-"))
        if os.getuid() == 0:
            shutil.chown(self.directory, "postgres")
        self.run("pg_basebackup", "-D", "data", "-R", "-c", "fast", "-h", os.environ["PGHOST"], "-U",
                 os.environ["PGUSER"])
        self.run("pg_ctl", "-D", "data", "-l", "log", "-w", "-s", "-o",
                 f"-c fsync=off -c listen_addresses= -k {self.directory} -p 5432 "
                 + settings_of_primary(), "start")

    def run(self, program, *arguments):
        subprocess.run(as_user([f"{self.bin}/{program}", *arguments]), cwd=self.directory, check=True,
                       stdout=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.run("pg_ctl", "-D", "data", "-m", "immediate", "-s", "stop")
        shutil.rmtree(self.directory)


def test_standby():
    with World() as w, Standby() as standby:
        w.migration(A, USERS + "INSERT INTO public.users SELECT i FROM generate_series(1, 10) i;")
        direct, there = w.url, f"host={standby.directory} port=5432 dbname={w.database}"
        w.url = there
        said = w.apply(status=1)
        assert "the server is a standby, which can not be changed" in said, said
        w.url = direct
        w.apply()
        w.wait_for("SELECT bool_and(replay_lsn >= pg_current_wal_lsn()) FROM pg_stat_replication")
        w.url = there
        assert f"applied       {A}" in w.tenon("status")
        assert "nothing to do" in w.apply()
        test_lag(w, direct)


def test_lag(w, direct):
    """Who can not see how far behind the standby is does not begin."""
    w.url = direct + " user=tenon_test_lag"
    psql("postgres", "DROP ROLE IF EXISTS tenon_test_lag; CREATE ROLE tenon_test_lag LOGIN")
    try:
        w.sql("ALTER TABLE users OWNER TO tenon_test_lag; ALTER SCHEMA tenon OWNER TO tenon_test_lag; "
              "ALTER TABLE tenon.migrations OWNER TO tenon_test_lag; "
              "ALTER TABLE tenon.migrations_log OWNER TO tenon_test_lag")
        w.migration(B, "-- tenon: no-transaction\n-- tenon: batch 3\n-- tenon: done SELECT NOT EXISTS "
                       "(SELECT FROM public.users WHERE name IS NULL)\n"
                       "UPDATE public.users SET name = '' WHERE name IS NULL;")
        said = w.apply(status=1)
        assert "this role can not see how far behind they are" in said, said
        w.apply("--max-lag", "never")
    finally:
        psql(World.database, "DROP OWNED BY tenon_test_lag; DROP ROLE tenon_test_lag")


if __name__ == "__main__":
    need_server()
    if psql("postgres", "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") != "t":
        print("skipped: not a superuser")
        sys.exit(SKIP)
    test_standby()
