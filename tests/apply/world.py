"""A database and a folder of migrations, on the server that libpq's environment names."""
import atexit
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

TENON = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "tenon"
SERVER_VERSION = os.environ.get("TENON_SERVER_VERSION", "15")  # of the server, if it is older
SKIP = 77
# Other tests use the server at the same time.
LOCKS = ("(SELECT * FROM pg_locks WHERE database = (SELECT oid FROM pg_database "
         "WHERE datname = current_database())) AS locks")
SESSIONS = "(SELECT * FROM pg_stat_activity WHERE datname = current_database()) AS sessions"


def psql(database, text, check=True, user=None):
    """The rows of the last statement as text, columns apart by |."""
    run = subprocess.run(
        ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, *(["-U", user] if user else [])],
        input=text, capture_output=True, text=True, check=False)
    if check and run.returncode:
        raise AssertionError(f"psql: {run.stderr}\n{text}")
    return run.stdout.strip()


def need_server():
    """Ends the test as skipped where there is no server."""
    if subprocess.run(["psql", "-Xqc", "SELECT 1", "-d", "postgres"], capture_output=True,
                      check=False).returncode:
        print("skipped: no server")
        sys.exit(SKIP)


EMPTY = """
SET client_min_messages TO error;
SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' \\gexec
CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC;
SELECT format('DROP PUBLICATION %I', pubname) FROM pg_publication \\gexec
"""


def make_database():
    """One for the whole program: to empty it is quicker than to make another one."""
    name = f"tenon_apply_{os.getpid()}"
    psql("postgres", f"CREATE DATABASE {name} TEMPLATE template0")
    atexit.register(psql, "postgres", f"DROP DATABASE {name} WITH (FORCE)")
    return name


class World:
    """with World() as world: …"""

    database = None

    def __init__(self):
        World.database = World.database or make_database()
        self.url = f"dbname={self.database}"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tenon-apply-"))
        self.last = "none"

    def __enter__(self):
        self.empty()
        (self.folder / "migrations").mkdir()
        return self

    def __exit__(self, *failure):
        self.empty()
        shutil.rmtree(self.folder)

    def empty(self):
        """As if the database were new."""
        self.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                 "current_database() AND pid <> pg_backend_pid()")
        self.sql(EMPTY)

    def path(self, name):
        return self.folder / "migrations" / f"{name}.sql"

    def migration(self, name, text, parent=None):
        """A file; its parent is the one before, unless told."""
        self.path(name).write_text(f"-- tenon: parent {parent or self.last}\n{text.strip()}\n")
        self.last = name

    def command(self, verb, *arguments):
        return [TENON, "migrate", verb, "--migrations", "migrations", "--database", self.url,
                "--server-version", SERVER_VERSION, *arguments]

    def tenon(self, verb, *arguments, status=0, env=None):
        """What it says on both outputs."""
        run = subprocess.run(self.command(verb, *arguments), cwd=self.folder, capture_output=True,
                             text=True, check=False, env={**os.environ, **(env or {})})
        if run.returncode != status:
            raise AssertionError(f"{verb} {arguments}: exit status {run.returncode}, not {status}\n"
                                 f"{run.stdout}{run.stderr}")
        return run.stdout + run.stderr

    def apply(self, *arguments, status=0, env=None):
        return self.tenon("apply", *arguments, status=status, env=env)

    def start(self, verb="apply", *arguments, **options):
        """Not waited for."""
        return subprocess.Popen(self.command(verb, *arguments), cwd=self.folder,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                **options)

    def states(self):
        """name → state"""
        found = subprocess.run(self.command("status", "--json"), cwd=self.folder,
                               capture_output=True, text=True, check=False)
        return {row["name"]: row["state"] for row in json.loads(found.stdout)["migrations"]}

    def wait_for(self, condition):
        """Until the query gives true; five minutes at most, as a loaded machine needs."""
        for _ in range(3000):
            if self.sql(condition) == "t":
                return
            time.sleep(0.1)
        raise AssertionError(f"never came: {condition}")

    def sql(self, text, check=True, user=None):
        return psql(self.database, text, check, user)
