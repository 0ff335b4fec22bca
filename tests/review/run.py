#!/usr/bin/env python3
"""Compares what the review says of each form with what a server 15 does.

    run.py FACTS [--form TEXT]

FACTS is the program review_facts; the server is that of libpq's environment. Locks are compared of
all tables, views and sequences, of indexes those that the review names; scans of what is not
rewritten. The exit status is 77 without a server.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import server  # noqa: E402

HERE = pathlib.Path(__file__).parent
# Whether these scan is the planner's decision, or depends on the rows.
MAY_NOT_KNOW = ("VACUUM", "UPDATE", "DELETE", "INSERT", "SELECT")


def claims(program, schema, forms):
    """What the review says: {form: {...}} as server.observe() has it."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write("\n".join(forms) + "\n")
        file.flush()
        ran = subprocess.run([program, schema, file.name], capture_output=True, text=True)
    if ran.returncode:
        sys.exit(f"{program}: exit status {ran.returncode}: {ran.stderr}")
    result = {}
    for line in ran.stdout.splitlines():
        word, *rest = line.split("\t")
        if word == "form":
            one = {"locks": {}, "index": {}, "rewritten": [], "scanned": [], "unknown": [],
                   "alone": False, "error": []}
            result[rest[0]] = one
        elif word == "lock":
            one["locks"][rest[0]] = rest[1]
        elif word == "index":
            one["index"][rest[0]] = rest[1]
        elif word in ("rewritten", "scanned", "unknown", "error"):
            one[word].append(rest[0])
        elif word == "alone":
            one["alone"] = True
    return result


def differences(form, said, done):
    """Where the two are not alike."""
    kinds, found = done["kinds"], list(said["error"])
    for name in sorted(set(said["locks"]) | set(done["locks"])):
        if kinds.get(name) in ("i", "I"):
            continue
        ours, theirs = said["locks"].get(name), done["locks"].get(name)
        if ours != theirs:
            found.append(f"{name}: lock {ours}, but on the server {theirs}")
    for name, ours in said["index"].items():
        if done["locks"].get(name) != ours:
            found.append(f"{name}: lock {ours}, but on the server {done['locks'].get(name)}")
    with_rows = {name for name, kind in kinds.items() if kind in ("r", "m")}
    new_files = set(done["rewritten"]) & with_rows
    unknown = set(said["unknown"]) if form.startswith(MAY_NOT_KNOW) else set()
    if set(said["unknown"]) - unknown:
        found.append(f"not known of {said['unknown']}")
    if set(said["rewritten"]) != new_files:
        found.append(f"rewritten {said['rewritten']}, but on the server {sorted(new_files)}")
    ours, theirs = (set(x["scanned"]) - new_files - unknown for x in (said, done))
    if ours != theirs & with_rows:
        found.append(f"scanned {sorted(ours)}, but on the server {sorted(theirs & with_rows)}")
    if said["alone"] == done["in_transaction"]:
        found.append("whether it can run in a transaction")
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("facts")
    parser.add_argument("--form")
    options = parser.parse_args()
    forms = [line for line in (HERE / "forms.sql").read_text().splitlines()
             if line and not line.startswith("--")]
    if options.form:
        forms = [form for form in forms if options.form in form]
    try:
        version, _ = server.psql("SHOW server_version_num;", "postgres")
    except (RuntimeError, FileNotFoundError):
        sys.exit(77)
    if not version or version[0][0][:2] != "15":
        sys.exit(77)
    done = server.observe((HERE / "schema.sql").read_text(), forms)
    said = claims(options.facts, HERE / "schema.sql", forms)
    n_wrong = 0
    for form in forms:
        found = differences(form, said[form], done[form])
        n_wrong += bool(found)
        for difference in found:
            print(f"{form}\n    {difference}")
    print(f"{len(forms) - n_wrong} of {len(forms)} forms agree")
    sys.exit(n_wrong > 0)


if __name__ == "__main__":
    main()
