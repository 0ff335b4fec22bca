#!/usr/bin/env python3
"""Adds the functions of newer releases to functions.def, each as SINCE its release.

    merge_newer.py DUMP...     folders that dump.sh DUMP has written from newer servers, oldest first

Left out are functions that initdb numbers, and those with types that the snapshot's release lacks.
"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
ROW = re.compile(r'(?:FUNCTION|AGGREGATE)\((\d+), \d+, "([^"]*)", (.*)\) /\* (.*) \*/$')
FIRST_UNPINNED_OID = 12000


def rows_of(path):
    """OID -> (name, line)."""
    rows = {}
    for line in path.read_text().splitlines():
        match = ROW.match(line)
        rows[int(match[1])] = (match[2], line)
    return rows


def types_of(line):
    """All OIDs of a row that may be types: what does not stand alone as one is harmless."""
    return {int(n) for n in re.findall(r"\b\d+\b", line.split("ARGS(", 1)[-1].split(")")[0])[1:]}


def main():
    known = {int(m[1]) for m in re.finditer(r"^TYPE\((\d+)", (HERE / "types.def").read_text(), re.M)}
    path = HERE / "functions.def"
    rows = {oid: row for oid, row in rows_of(path).items() if "SINCE(" not in row[1]}
    for dump in map(pathlib.Path, sys.argv[1:]):
        release = int((dump / "builtin/server_version").read_text()) // 10000
        for oid, (name, line) in rows_of(dump / "builtin/functions.def").items():
            if oid in rows or oid >= FIRST_UNPINNED_OID or not types_of(line) <= known:
                continue
            head, comment = line.rsplit(") /*", 1)
            rows[oid] = (name, f"{head}, SINCE({release})) /*{comment}")
    ordered = sorted(rows.items(), key=lambda row: (row[1][0].encode(), row[0]))
    path.write_text("".join(line + "\n" for _, (_, line) in ordered))


main()
