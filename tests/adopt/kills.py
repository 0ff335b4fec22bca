#!/usr/bin/python3
"""Adopting is cut short behind each message that it sends; one more run has to bring files, ledger and
log to where an undisturbed run brings them, and leave nothing of the other tool's changed.

    kills.py TENON

As tests/apply/kills.py: the runner is killed in front of a message or behind it, or the session that
holds the locks is ended, or all of them are. TENON_KILL_POINTS=all goes through all messages.
"""
import pathlib
import signal
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "apply"))
# pylint: disable=wrong-import-position
from kills import Proxy, points_of  # noqa: E402
from world import World, need_server, psql  # noqa: E402
from layouts import Goose  # noqa: E402

COMMAND = ("adopt", "old")
LEDGER = ("SELECT name, seq, parent, checksum, state, part, statement, part_checksum, finished_at, "
          "server_hash FROM tenon.migrations ORDER BY seq")


class AdoptProxy(Proxy):
    """Ends all sessions as well."""

    def __init__(self, mode, at):
        super().__init__(mode, at)
        self.acting = threading.Lock()

    def pass_on(self, server, message):
        with self.acting:
            at = self.at
            super().pass_on(server, message)
            if self.mode == "servers" and self.at != at:
                psql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                 f"datname = '{World.database}'")


def run_cut(w, mode, at):
    """The exit status of a run that is cut short, and how many messages it sent."""
    proxy = AdoptProxy(mode, at)
    direct, w.url = w.url, f"host={proxy.directory} port=5432 dbname={w.database}"
    proxy.runner = w.start(*COMMAND)
    said = proxy.runner.communicate(timeout=120)[0]
    with proxy.acting:  # what is ended belongs to this run, not to the next one
        pass
    w.url = direct
    proxy.close()
    return proxy.runner.returncode, proxy.count, said


def prepare(w):
    w.empty()
    for path in (w.folder / "migrations").iterdir():
        path.unlink()
    Goose().make(w)


def outcome(w):
    files = {path.name: path.read_text() for path in (w.folder / "migrations").iterdir()}
    return (files, w.sql(LEDGER), w.sql("SELECT count(*), min(action) FROM tenon.migrations_log"),
            w.sql("SELECT id, version_id, is_applied, tstamp::date = now()::date FROM "
                  "goose_db_version ORDER BY id"))


def sweep():
    with World() as w:
        prepare(w)
        status, n, said = run_cut(w, "", 0)
        assert status == 0, said
        expected, n_points = outcome(w), 0
        for mode in ("before", "after", "server", "servers"):
            for at in points_of(n):
                prepare(w)
                status, _, said = run_cut(w, mode, at)
                assert status in (-signal.SIGKILL, 0, 1, 3), f"{mode} {at}: {status} {said}"
                again = w.tenon(*COMMAND)
                found = outcome(w)
                assert found == expected, (f"adopt: {mode} message {at} of {n}, then again:\n{said}\n"
                                           f"{again}\n{found}\n{expected}")
                n_points += 1
        w.apply()
        assert set(w.states().values()) == {"applied"}
    print(f"adopt: {n} messages, {n_points} points, all end in the same files, ledger and log")


if __name__ == "__main__":
    need_server()
    began = time.monotonic()
    sweep()
    print(f"{time.monotonic() - began:.0f} s")
