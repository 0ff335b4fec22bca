#!/usr/bin/env python3
"""Pairs of schemas, written down: each way between them is planned and taken on a server.

    run.py TENON CASES.sql… [--only NAME] [-v]

A file has pairs, each of which begins with `-- pair NAME`, then `-- before` and `-- after`. A way that
no statement goes says so before them: `-- by hand: forth` (or back), and tenon has to refuse it.
The exit status is 77 without a server of the right version.
"""

import argparse
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from pairs import Pairs  # noqa: E402
from server import is_right_server  # noqa: E402


def read_pairs(path):
    """(name, ways by hand, before, after) of each pair."""
    for text in re.split(r"^-- pair ", path.read_text(), flags=re.MULTILINE)[1:]:
        name = text.split("\n", 1)[0].strip()
        head, rest = re.split(r"^-- before$", text, maxsplit=1, flags=re.MULTILINE)
        before, after = re.split(r"^-- after$", rest, maxsplit=1, flags=re.MULTILINE)
        yield (f"{path.stem}/{name}", re.findall(r"^-- by hand: (\w+)$", head, re.MULTILINE),
               before, after)


def judge(faults, by_hand):
    """What is left when the refusals that have to be are taken away."""
    left, refused = [], set()
    for way, sql, wrong in faults:
        word = way.split(" ")[0]
        if word in by_hand and "by hand:" in wrong[0]:
            refused.add(way)
        else:
            left.append((way, sql, wrong))
    return left + [(way, "", ["should be refused"]) for word in by_hand
                   for way in (word, f"{word} --plain") if way not in refused]


def show(name, faults, is_verbose):
    for way, sql, wrong in faults:
        print(f"{name}: {way}")
        for line in wrong[:None if is_verbose else 12]:
            print(f"    {line}")
        if is_verbose and sql:
            print("  " + sql.replace("\n", "\n  "))
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tenon")
    parser.add_argument("cases", nargs="+", type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    if not is_right_server():
        return 77
    n_pairs = n_wrong = 0
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        pairs = Pairs(options.tenon, work)
        for path in options.cases:
            for name, by_hand, before, after in read_pairs(path):
                if options.only not in name:
                    continue
                (work / "before.sql").write_text(before)
                (work / "after.sql").write_text(after)
                faults = judge(pairs.compare(work / "before.sql", work / "after.sql"), by_hand)
                n_pairs += 1
                n_wrong += bool(faults)
                show(name, faults, options.v)
        pairs.close()
    print(f"{n_pairs} pairs, {n_wrong} differ; {pairs.n_plans} plans, {pairs.n_filled} tables with rows, "
          f"{pairs.n_rows_in_the_way} plans with rows in the way")
    return 1 if n_wrong or not n_pairs else 0


sys.exit(main())
