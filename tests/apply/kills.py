#!/usr/bin/python3
"""A run is cut short behind each message that it sends; one more apply has to bring the database, the
ledger and the data to where an undisturbed run brings them.

    kills.py TENON

The runner is killed in front of a message or behind it, or its server process is ended behind it, by
a proxy that counts. TENON_KILL_POINTS=all goes through all messages, which takes a while; else so many
of each scenario, evenly spread.
"""
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

from cases import A, B, C, index, outside
from world import World, need_server, psql

POINTS = os.environ.get("TENON_KILL_POINTS", "4")


class Proxy:
    """Between one runner and the server; `at` is the message to act on, from 1, 0 for none."""

    def __init__(self, mode="", at=0):
        self.mode, self.at, self.count, self.runner, self.backend = mode, at, 0, None, 0
        self.directory = tempfile.mkdtemp(prefix="tenon-proxy-")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(f"{self.directory}/.s.PGSQL.5432")
        self.listener.listen()
        threading.Thread(target=self.accept, daemon=True).start()

    def close(self):
        self.listener.close()
        for path in pathlib.Path(self.directory).iterdir():
            path.unlink()
        os.rmdir(self.directory)

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{os.environ['PGHOST']}/.s.PGSQL.{os.environ.get('PGPORT', 5432)}")
            threading.Thread(target=self.to_server, args=(client, server), daemon=True).start()
            threading.Thread(target=self.to_client, args=(client, server), daemon=True).start()

    def to_client(self, client, server):
        try:
            while data := server.recv(65536):
                at = data.find(b"K\0\0\0\x0c") if not self.backend else -1
                if at >= 0:
                    self.backend = struct.unpack("!i", data[at + 5:at + 9])[0]
                client.sendall(data)
        except OSError:
            pass
        self.shut(client, server)

    @staticmethod
    def shut(*ends):
        for end in ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def to_server(self, client, server):
        data, is_started = b"", False
        try:
            while more := client.recv(65536):
                data += more
                while message := self.cut(data, is_started):
                    data, is_started = data[len(message):], True
                    self.pass_on(server, message)
        except OSError:
            pass
        self.shut(client, server)

    @staticmethod
    def cut(data, is_started):
        """The first message, if it is whole."""
        head = 1 if is_started else 0
        if len(data) < head + 4:
            return None
        length = head + struct.unpack("!i", data[head:head + 4])[0]
        return data[:length] if len(data) >= length else None

    def pass_on(self, server, message):
        self.count += message[:1] in (b"Q", b"S") or POINTS == "all"
        is_it = self.count == self.at
        if is_it:
            self.at = -1
        if is_it and self.mode == "before":
            self.runner.kill()
            raise OSError
        server.sendall(message)
        if is_it and self.mode == "after":
            self.runner.kill()
        if is_it and self.mode == "server":
            psql("postgres", f"SELECT pg_terminate_backend({self.backend})")


# --- Scenarios ---

def transactional(w):
    w.migration(A, "CREATE TABLE public.t (id int PRIMARY KEY, v int);\n"
                   "INSERT INTO public.t SELECT i, i FROM generate_series(1, 10) i;")
    w.migration(B, "ALTER TABLE public.t ADD CONSTRAINT c CHECK (v > 0) NOT VALID;\n"
                   "-- tenon: commit\nALTER TABLE public.t VALIDATE CONSTRAINT c;\n"
                   "INSERT INTO public.t VALUES (11, 11);")


def concurrent(w):
    w.migration(A, "CREATE TABLE public.t (id int PRIMARY KEY, v int);\n"
                   "CREATE TYPE public.mood AS ENUM ('sad');\n"
                   "CREATE INDEX old ON public.t (v);\n"
                   "INSERT INTO public.t SELECT i, i FROM generate_series(1, 1000) i;")
    w.migration(B, outside(
        index("t_v", "t (v)", "UNIQUE"),
        ("SELECT to_regclass('public.old') IS NULL", "DROP INDEX CONCURRENTLY public.old;"),
        ("SELECT EXISTS (SELECT FROM pg_enum WHERE enumtypid = to_regtype('public.mood') AND "
         "enumlabel = 'ok')", "ALTER TYPE public.mood ADD VALUE 'ok';")))
    w.migration(C, "INSERT INTO public.t VALUES (0, 0);")


def batch(w):
    w.migration(A, "CREATE TABLE public.t (id int PRIMARY KEY, v int, n int NOT NULL DEFAULT 0);\n"
                   "INSERT INTO public.t SELECT i, NULL FROM generate_series(1, 100) i;")
    w.migration(B, "-- tenon: no-transaction\n-- tenon: batch 30\n-- tenon: done SELECT NOT EXISTS "
                   "(SELECT FROM public.t WHERE v IS NULL)\n"
                   "UPDATE public.t SET v = 1, n = n + 1 WHERE v IS NULL;")


SCENARIOS = {"transactional": transactional, "concurrent": concurrent, "batch": batch}
LEDGER = ("SELECT name, seq, checksum, state, part, statement, part_checksum, message, batch_key, "
          "batch_rows, server_hash, server_major FROM tenon.migrations ORDER BY seq;")


def outcome(w):
    """Catalog, ledger and data."""
    dump = subprocess.run(["pg_dump", "-d", w.database, "-s", "-n", "public"], check=True,
                          capture_output=True, text=True).stdout
    lines = [line for line in dump.splitlines() if not line.startswith("\\")]
    return lines, w.sql(LEDGER), w.sql("SELECT * FROM t ORDER BY id"), w.sql(
        "SELECT count(*) FROM pg_index WHERE NOT indisvalid")


def run_cut(w, mode, at, *command):
    """The exit status of a run that is cut short, and how many messages it sent."""
    proxy = Proxy(mode, at)
    direct, w.url = w.url, f"host={proxy.directory} port=5432 dbname={w.database}"
    proxy.runner = w.start(*command)
    said = proxy.runner.communicate(timeout=120)[0]
    w.url = direct
    proxy.close()
    return proxy.runner.returncode, proxy.count, said


def points_of(n):
    if POINTS == "all":
        return range(1, n + 1)
    wanted = int(POINTS)
    return sorted({1 + i * (n - 1) // (wanted - 1) for i in range(wanted)}) if wanted > 1 else [n]


def edit(w):
    w.migration(A, "CREATE TABLE public.t (id int PRIMARY KEY);")
    w.apply()
    w.path(A).write_text(w.path(A).read_text() + "-- edited\n")
    w.last = "none"


def sweep_repair():
    """Either it is done and noted once, or neither."""
    command = ("repair", "--accept-edit", A)
    noted = "SELECT count(*), min(action), min(name) FROM tenon.migrations_log"
    with World() as w:
        edit(w)
        status, n, said = run_cut(w, "", 0, *command)
        assert status == 0, said
        expected, n_points = (w.sql(LEDGER), w.sql(noted)), 0
        for mode in ("before", "after", "server"):
            for at in points_of(n - 1 if mode != "before" else n):
                w.empty()
                edit(w)
                run_cut(w, mode, at, *command)
                if w.states()[A] == "edited":
                    w.tenon(*command)
                w.apply()
                assert (w.sql(LEDGER), w.sql(noted)) == expected, f"repair: {mode} message {at} of {n}"
                n_points += 1
    print(f"repair: {n} messages, {n_points} points, all end in the same ledger and log")


def sweep(name, prepare):
    with World() as w:
        prepare(w)
        status, n, said = run_cut(w, "", 0)
        assert status == 0, said
        expected = outcome(w)
        n_points = 0
        for offset, mode in enumerate(("before", "after", "server")):
            for at in points_of(n - offset if POINTS != "all" else n):
                w.empty()
                status, _, said = run_cut(w, mode, at)
                assert status in (-signal.SIGKILL, 1, 3, 0), f"{name} {mode} {at}: {status} {said}"
                again = w.apply()
                found = outcome(w)
                assert found == expected, (f"{name}: {mode} message {at} of {n}, then apply:\n{said}"
                                           f"\n{again}\n{found}\n{expected}")
                n_points += 1
    print(f"{name}: {n} messages, {n_points} points, all end in the same catalog, ledger and data")


if __name__ == "__main__":
    need_server()
    began = time.monotonic()
    for scenario, prepare_scenario in SCENARIOS.items():
        sweep(scenario, prepare_scenario)
    sweep_repair()
    print(f"{time.monotonic() - began:.0f} s")
