#!/usr/bin/python3
"""The JSON of the IR against docs/ir.schema.json.

    check.py TENON SCHEMA ROOT CASE...

Every document of a case (a folder with schema.sql and queries/) and of ROOT's own schema/ and
queries/ must be valid, and name only what it has; that of the folder `case` beside this script must
be its expect.json, which `tenon describe` in it makes anew. The schema must be strict, and a document that is
changed at any one place must be refused, so that the first half can fail. Needs Debian's
python3-jsonschema; 77 without it.
"""
import copy
import difflib
import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: no python3-jsonschema")
    sys.exit(77)

tenon, schema_path, root = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
cases = [pathlib.Path(case) for case in sys.argv[4:]]
schema = json.loads(pathlib.Path(schema_path).read_text())
validator = jsonschema.Draft202012Validator(schema)
problems = []


def describe(folder, schema_files, queries, flags=()):
    run = subprocess.run([tenon, "describe", "--schema", schema_files, "--queries", queries, *flags],
                         capture_output=True, text=True, cwd=folder)
    return json.loads(run.stdout)


def check_strict(part, where):
    """Every object says which keys it has, that all are there, and that there are no others."""
    if isinstance(part, list):
        for i, item in enumerate(part):
            check_strict(item, f"{where}/{i}")
    if not isinstance(part, dict):
        return
    if "properties" in part and (part.get("additionalProperties") is not False
                                 or part.get("required") != list(part["properties"])):
        problems.append(f"the schema is not strict at {where}")
    for key, value in part.items():
        check_strict(value, f"{where}/{key}")


def check_names(document, name):
    """Types, tables and files are named that are in the lists, each once."""
    types = [type["type"] for type in document["types"]]
    tables = [table["table"] for table in document["tables"]]
    files = [file["file"] for file in document["files"]]
    used = [column["type"] for table in document["tables"] for column in table["columns"]]
    used += [column["domain"] for table in document["tables"] for column in table["columns"]]
    used += [type["element"] for type in document["types"]]
    used += [field["type"] for type in document["types"] for field in type["fields"]]
    for query in document["queries"]:
        used += [part["type"] for part in query["params"] + query["columns"]]
        if query["file"] not in files or query["row_table"] not in tables + [None]:
            problems.append(f"{name}: {query['name']}: a file or table that is not listed")
    for constraint in document["constraints"]:
        if constraint["table"] not in tables and not constraint["domain"]:
            problems.append(f"{name}: {constraint['name']}: a table that is not listed")
    problems.extend(f"{name}: type {type} is not listed" for type in used
                    if type is not None and type not in types)
    if len(set(types)) != len(types) or len(set(tables)) != len(tables):
        problems.append(f"{name}: a type or table is listed twice")


def check_valid(document, name):
    for error in validator.iter_errors(document):
        problems.append(f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
    check_names(document, name)


def places(part, path=()):
    """The paths of all objects of the document."""
    if isinstance(part, dict):
        yield path
    items = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in items:
        if isinstance(value, (dict, list)):
            yield from places(value, path + (key,))


def changed(document, path, change):
    result = copy.deepcopy(document)
    part = result
    for key in path:
        part = part[key]
    change(part)
    return result


def check_refused(document):
    """One key more, one less, or a value of another type, in every object."""
    def drop(part):
        del part[next(iter(part))]

    def spoil(part):
        part[next(iter(part))] = {"a": ["list"]}

    for path in places(document):
        for change in (lambda part: part.update(another=1), drop, spoil):
            if validator.is_valid(changed(document, path, change)):
                problems.append(f"a change of {'/'.join(map(str, path))} is not refused")
    if validator.is_valid({**document, "version": 2}):
        problems.append("another version is not refused")


def check_complete(document, case):
    """The case with everything in it is what it was, and shows each kind of constraint."""
    expected = json.loads((case / "expect.json").read_text())
    if document != expected:
        lines = [json.dumps(part, indent=2, sort_keys=True).splitlines()
                 for part in (expected, document)]
        problems.extend(difflib.unified_diff(*lines, "case/expect.json", "describe", lineterm=""))
    kinds = schema["$defs"]["constraint"]["properties"]["kind"]["enum"]
    shown = {constraint["kind"] for constraint in document["constraints"]}
    if shown != set(kinds):
        problems.append(f"constraints are shown of {sorted(shown)} only")
    if not any(query["copy"] for query in document["queries"]) or not document["errors"]:
        problems.append("the case shows no COPY or no error")


jsonschema.Draft202012Validator.check_schema(schema)
check_strict(schema, "#")
for case in cases:
    document = describe(case, "schema.sql", "queries")
    check_valid(document, case.name)
    if case.name == "case":
        check_complete(document, case)
        check_refused(document)
ledger = describe(root, "schema", "queries", ["--package", "ledger"])
check_valid(ledger, "ledger")
if ledger["package"] != "ledger" or not ledger["queries"]:
    problems.append("the ledger is empty")
print("\n".join(problems[:40]), end="\n" if problems else "")
sys.exit(1 if problems else 0)
