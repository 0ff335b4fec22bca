#!/usr/bin/env python3
"""Random pairs of schemas: what a random script has made halfway, and what it has made at its end.

    random_pairs.py TENON [--seed N] [--pairs N] [--statements N] [--seconds N] [--keep DIRECTORY]

The scripts are those of tests/random_ddl, of which the statements stay that the server takes. Each
pair is planned both ways and taken on the server; see pairs.py.
The exit status is 77 without a server of the right version.
"""

import argparse
import pathlib
import random
import sys
import tempfile
import time

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parent.parent / "random_ddl")]
from pairs import DATABASE, Pairs  # noqa: E402
from script import Script  # noqa: E402
from server import Connection, ServerError, is_right_server  # noqa: E402

TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "START", "END")


def taken(lines):
    """Those that the server takes, each by itself and all in one transaction."""
    connection, kept = Connection(DATABASE), []
    try:
        connection.run("BEGIN")
        for line in lines:
            if line.lstrip().upper().startswith(TRANSACTIONS) or "TEMP" in line.upper():
                continue
            connection.run("SAVEPOINT one")
            try:
                connection.run(line)
                kept.append(line)
            except ServerError:
                connection.run("ROLLBACK TO one")
            connection.run("RELEASE one")
    finally:
        connection.close()
    return kept


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tenon")
    parser.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--statements", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    if not is_right_server():
        return 77
    print(f"from seed {options.seed}", flush=True)
    n_pairs = n_wrong = 0
    until = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as work:
        pairs = Pairs(options.tenon, pathlib.Path(work))
        for seed in range(options.seed, options.seed + options.pairs):
            if time.monotonic() > until:
                break
            lines = taken(Script(seed).lines(options.statements))
            before, after = pathlib.Path(work) / "before.sql", pathlib.Path(work) / "after.sql"
            before.write_text("\n".join(lines[:len(lines) * 2 // 3]) + "\n")
            after.write_text("\n".join(lines) + "\n")
            faults = pairs.compare(before, after)
            n_pairs += 1
            n_wrong += bool(faults)
            for way, sql, wrong in faults:
                print(f"{seed}: {way}: " + "\n    ".join(wrong[:4]), flush=True)
            if faults and options.keep:
                options.keep.mkdir(exist_ok=True)
                (options.keep / f"{seed}.sql").write_text(
                    f"-- pair {seed}\n-- before\n{before.read_text()}-- after\n{after.read_text()}")
        pairs.close()
    print(f"{n_pairs} pairs from seed {options.seed}, {n_wrong} differ; {pairs.n_plans} plans")
    return 1 if n_wrong else 0


sys.exit(main())
