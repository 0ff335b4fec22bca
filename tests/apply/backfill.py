#!/usr/bin/python3
"""A backfill in batches that is killed again and again at random: every row is done exactly once, and
others write to the table meanwhile.

    backfill.py TENON

TENON_ROWS and TENON_KILLS: how much of it; TENON_SEED: which moments. Printed is also how long one plain
UPDATE takes on the same rows, and how long another writer had to wait at most, of each.
"""
import os
import random
import subprocess
import sys
import threading
import time

from cases import A, B
from world import World, need_server

ROWS = int(os.environ.get("TENON_ROWS", "20000"))
KILLS = int(os.environ.get("TENON_KILLS", "5"))
SEED = int(os.environ.get("TENON_SEED", time.time()))
BATCH = max(100, ROWS // 200)


class Writer(threading.Thread):
    """Writes to one row after the other, and notes how long it has to wait."""

    def __init__(self, w):
        super().__init__()
        self.database, self.longest, self.is_over, self.n = w.database, 0.0, False, 0

    def run(self):
        psql = subprocess.Popen(["psql", "-XqAt", "-d", self.database], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)
        while not self.is_over:
            began = time.monotonic()
            psql.stdin.write(f"UPDATE t SET other = other + 1 WHERE id = {random.randint(1, ROWS)};"
                             f"SELECT 1;\n")
            psql.stdin.flush()
            psql.stdout.readline()
            self.longest = max(self.longest, time.monotonic() - began)
            self.n += 1
            time.sleep(0.002)
        psql.communicate()

    def end(self):
        self.is_over = True
        self.join()
        return f"{self.n} other writes, the longest {1000 * self.longest:.0f} ms"


def prepare(w):
    w.migration(A, f"CREATE TABLE public.t (id int PRIMARY KEY, v int, n int NOT NULL DEFAULT 0, "
                   f"other int NOT NULL DEFAULT 0);\n"
                   f"INSERT INTO public.t (id) SELECT i FROM generate_series(1, {ROWS}) i;")
    w.apply()
    w.sql("VACUUM ANALYZE t")


def plain():
    with World() as w:
        prepare(w)
        writer = Writer(w)
        writer.start()
        began = time.monotonic()
        w.sql("UPDATE t SET v = 1, n = n + 1 WHERE v IS NULL")
        print(f"one plain UPDATE: {time.monotonic() - began:.1f} s; {writer.end()}")


def killed():
    with World() as w:
        prepare(w)
        w.migration(B, f"-- tenon: no-transaction\n-- tenon: batch {BATCH}\n-- tenon: done SELECT NOT "
                       f"EXISTS (SELECT FROM public.t WHERE v IS NULL)\n"
                       f"UPDATE public.t SET v = 1, n = n + 1 WHERE v IS NULL;")
        writer = Writer(w)
        writer.start()
        began, kills = time.monotonic(), 0
        while kills < KILLS:
            run = w.start()
            try:
                run.communicate(timeout=random.uniform(0.05, 1))
                break  # it was done sooner than it could be killed
            except subprocess.TimeoutExpired:
                run.kill()
                run.communicate()
                kills += 1
        w.apply()
        print(f"batches of {BATCH}: {kills} kills, {time.monotonic() - began:.1f} s; {writer.end()}")
        assert w.sql("SELECT count(*), min(n), max(n), count(v) FROM t") == f"{ROWS}|1|1|{ROWS}"
        assert w.sql(f"SELECT batch_rows FROM tenon.migrations WHERE name = '{B}'") == str(ROWS)


def unhurried():
    with World() as w:
        prepare(w)
        w.migration(B, f"-- tenon: no-transaction\n-- tenon: batch {BATCH}\n-- tenon: done SELECT NOT "
                       f"EXISTS (SELECT FROM public.t WHERE v IS NULL)\n"
                       f"UPDATE public.t SET v = 1, n = n + 1 WHERE v IS NULL;")
        writer = Writer(w)
        writer.start()
        began = time.monotonic()
        w.apply()
        print(f"batches of {BATCH}, not killed: {time.monotonic() - began:.1f} s; {writer.end()}")


if __name__ == "__main__":
    need_server()
    random.seed(SEED)
    print(f"{ROWS} rows, seed {SEED}")
    plain()
    unhurried()
    killed()
    sys.exit(0)
