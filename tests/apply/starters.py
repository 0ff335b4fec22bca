#!/usr/bin/python3
"""Many start at once, on an empty database and on one that is half migrated: each migration is applied
exactly once, and all of them end well.

    starters.py TENON

TENON_ROUNDS: how many times; TENON_STARTERS: how many at once.
"""
import os
import time

from cases import A, B, C, index, outside
from world import World, need_server

ROUNDS = int(os.environ.get("TENON_ROUNDS", "2"))
STARTERS = int(os.environ.get("TENON_STARTERS", "8"))


def prepare(w, has_index):
    w.migration(A, "CREATE TABLE public.log (id serial PRIMARY KEY, name text);\n"
                   "INSERT INTO public.log (name) VALUES ('a');")
    if has_index:
        w.migration(B, outside(index("log_name", "log (name)")))
    w.migration(C, "INSERT INTO public.log (name) VALUES ('c');")


def round_of(has_index, is_half):
    with World() as w:
        prepare(w, has_index)
        if is_half:
            w.apply("--to", A)
        runs = [w.start() for _ in range(STARTERS)]
        said = [run.communicate(timeout=300)[0] for run in runs]
        assert [run.returncode for run in runs] == [0] * STARTERS, "\n".join(said)
        applied = "".join(said).count("applied 2")
        expected = (3 if has_index else 2) - (1 if is_half else 0)
        assert applied == expected, f"{applied} applied, not {expected}\n" + "\n".join(said)
        assert w.sql("SELECT string_agg(name, ',' ORDER BY id) FROM log") == "a,c"
        assert set(w.states().values()) == {"applied"}


if __name__ == "__main__":
    need_server()
    began = time.monotonic()
    for number in range(ROUNDS):
        round_of(has_index=number % 2 == 0, is_half=number // 2 % 2 == 1)
    print(f"{STARTERS} starters, {ROUNDS} rounds, {time.monotonic() - began:.0f} s: each migration "
          f"once, all exit 0")
