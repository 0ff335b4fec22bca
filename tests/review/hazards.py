#!/usr/bin/env python3
"""Every hazard of hazards.def is found in its statements of hazards.txt, and `-- @allow` silences it;
the safe forms have none.

    hazards.py FACTS
"""

import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
NAMES = re.compile(r'^HAZARD\(\w+, "([^"]+)"', re.M)
SAFE = """ALTER TABLE orders ADD COLUMN x integer;
ALTER TABLE orders ADD COLUMN x integer NOT NULL DEFAULT 5;
ALTER TABLE orders ADD CONSTRAINT c CHECK (small > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT small_is_small;
ALTER TABLE orders ALTER COLUMN checked SET NOT NULL;
ALTER TABLE orders ADD CONSTRAINT c UNIQUE USING INDEX orders_small_key;
ALTER TABLE orders ALTER COLUMN short TYPE varchar(20);
CREATE INDEX CONCURRENTLY fresh ON orders (price);
DROP INDEX CONCURRENTLY orders_note;
ALTER TABLE event DETACH PARTITION event_2020 CONCURRENTLY;
ALTER TABLE event ATTACH PARTITION event_2023 FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 1) NOT VALID; ALTER TABLE orders DROP CONSTRAINT c;
CREATE TABLE f (id bigint PRIMARY KEY); ALTER TABLE f ADD COLUMN u uuid DEFAULT gen_random_uuid();
CREATE TABLE f (id bigint PRIMARY KEY, a text); CREATE INDEX ON f (a);
CREATE TABLE f (id bigint PRIMARY KEY, a bigint REFERENCES account); CREATE INDEX ON f (a);"""


def found(program, lines):
    """The hazards of each line."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        ran = subprocess.run([program, HERE / "schema.sql", file.name], capture_output=True,
                             text=True, check=True)
    result = []
    for line in ran.stdout.splitlines():
        word, *rest = line.split("\t")
        if word == "form":
            result.append({"hazard": [], "allowed": [], "error": []})
        elif word in result[-1]:
            result[-1][word].append(rest[0])
    return result


def main():
    cases = [line.split(": ", 1) for line in (HERE / "hazards.txt").read_text().splitlines()]
    defined = NAMES.findall((HERE / "../../generator/review/hazards.def").read_text())
    failed = [f"no case for {name}" for name in defined if name not in dict(cases)]
    for (name, sql), one in zip(cases, found(sys.argv[1], [sql for _, sql in cases])):
        if name not in one["hazard"] or one["error"]:
            failed.append(f"{name}: {sql}\n    {one}")
    silenced = [f"/* @allow {name} */ " + re.sub("; (?=[A-Z])", f"; /* @allow {name} */ ", sql)
                for name, sql in cases]
    for (name, sql), one in zip(cases, found(sys.argv[1], silenced)):
        if name in one["hazard"]:
            failed.append(f"not silenced: {name}: {sql}")
    safe = SAFE.splitlines()
    for sql, one in zip(safe, found(sys.argv[1], safe)):
        if one["hazard"] or one["error"]:
            failed.append(f"{sql}\n    {one}")
    print("\n".join(failed) or f"{len(cases)} hazards, {len(safe)} safe forms")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
