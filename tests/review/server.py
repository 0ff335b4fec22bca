"""What a server does for each form: the locks that its backend holds, files that are new, scans.

    observe(schema, forms) → {form: {"locks": {relation: mode}, "rewritten": [...], "scanned": [...],
                                     "in_transaction": bool}}

The server is that of libpq's environment. Relations are those that were there before the statement,
by their qualified names. Each form runs in a copy of one database, where it finds what schema.sql
made; a statement that may not run in a transaction waits for another session while it is looked at.
"""

import subprocess
import time

DATABASE = "tenon_review"
COPY = "tenon_review_copy"
MODES = ["AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock",
         "ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]
NAMES = dict(zip(MODES, ["ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE",
                         "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"]))
PSQL = ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=0"]

# Relations of users, with their files and those of their TOAST tables.
FILES = """SELECT 'file', c.oid, n.nspname || '.' || c.relname, c.relkind, c.relfilenode,
           coalesce(t.relfilenode, 0)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
    WHERE n.nspname IN ('public', 'other')"""
SCANS = """SELECT 'scan', oid, pg_catalog.pg_stat_get_xact_numscans(oid) +
           (SELECT coalesce(sum(pg_catalog.pg_stat_get_xact_numscans(indexrelid)), 0)
            FROM pg_catalog.pg_index WHERE indrelid = c.oid)
    FROM pg_catalog.pg_class c WHERE relkind IN ('r', 'm', 'p') AND oid >= 16384"""
LOCKS = """SELECT 'lock', relation, mode FROM pg_catalog.pg_locks
    WHERE locktype = 'relation' AND relation >= 16384 AND %s"""
MINE = "pid = pg_catalog.pg_backend_pid()"


def psql(script, database=DATABASE, check=True):
    """Runs the script; its rows."""
    ran = subprocess.run([*PSQL, "-d", database], input=script, capture_output=True, text=True)
    if check and (ran.returncode or "ERROR" in ran.stderr):
        raise RuntimeError(f"{script}\n{ran.stderr}")
    return [line.split("\t") for line in ran.stdout.splitlines() if line], ran.stderr


def prepare(schema):
    """The database that all forms begin with."""
    clean()
    psql(f"CREATE DATABASE {DATABASE};", "postgres")
    psql("SET allow_in_place_tablespaces = on; CREATE TABLESPACE elsewhere LOCATION '';"
         "CREATE ROLE somebody;", check=False)
    psql(schema)
    psql("ANALYZE;")


def clean():
    """Leaves nothing behind."""
    for database in (COPY, DATABASE):
        psql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE);", "postgres", check=False)
    psql("DROP TABLESPACE IF EXISTS elsewhere; DROP ROLE IF EXISTS somebody;", "postgres",
         check=False)


def facts(rows_before, rows_after, in_transaction):
    """The rows of the queries above, as what is compared."""
    before = {r[1]: r for r in rows_before if r[0] == "file"}
    after = {r[1]: r for r in rows_after if r[0] == "file"}
    scans = {r[1]: int(r[2]) for r in rows_before if r[0] == "scan"}
    result = {"locks": {}, "rewritten": [], "scanned": [], "in_transaction": in_transaction}
    for row in rows_after:
        if row[0] == "lock" and row[1] in before and before[row[1]][2] != "":
            name = before[row[1]][2]
            old = result["locks"].get(name)
            if old is None or MODES.index(row[2]) > MODES.index(old):
                result["locks"][name] = row[2]
        if row[0] == "scan" and row[1] in before and int(row[2]) > scans.get(row[1], 0):
            result["scanned"].append(before[row[1]][2])
    for key, row in before.items():
        if key in after and row[4] != after[key][4] and row[3] not in "iI":
            result["rewritten"].append(row[2])
    result["locks"] = {n: NAMES[m] for n, m in result["locks"].items()
                       if [r for r in before.values() if r[2] == n][0][3] in "rpmvfSiI"}
    result["kinds"] = {r[2]: r[3] for r in before.values()}
    return {k: sorted(set(v)) if isinstance(v, list) else v for k, v in result.items()}


def in_transactions(forms):
    """Those that may run in one; None for the others."""
    script = ["SET TimeZone = 'UTC';"]
    for form in forms:
        script += ["\\echo begin", f"{FILES};", "BEGIN;", f"{SCANS};", "\\echo run", form,
                   "\\if :ERROR", "\\echo failed :SQLSTATE :LAST_ERROR_MESSAGE", "\\else",
                   "\\echo ran", f"{LOCKS % MINE};", f"{SCANS};", f"{FILES};", "\\endif",
                   "ROLLBACK;"]
    rows, _ = psql("\n".join(script), check=False)
    found, at = [], -1
    for row in rows:
        if row[0] == "begin":
            at += 1
            found.append({"before": [], "after": [], "error": None})
            side = "before"
        elif row[0] == "ran":
            side = "after"
        elif row[0].startswith("failed "):
            found[at]["error"] = row[0].split(" ", 2)[1:]
        elif row[0] in ("file", "scan", "lock"):
            found[at][side].append(row)
    result, refused = {}, []
    for form, one in zip(forms, found):
        if one["error"] and one["error"][0] == "25001":
            result[form] = None
        elif one["error"]:
            refused.append(f"{form}\n    {one['error']}")
        else:
            result[form] = facts(one["before"], one["after"], True)
    if refused:
        raise RuntimeError("\n".join(refused))
    return result


def waits_for(form):
    """What another session locks, so that the statement waits when it has the locks it needs."""
    tables = "orders, event_2020, free_table"
    return f"LOCK TABLE {tables} IN {'SHARE UPDATE EXCLUSIVE' if 'VACUUM' in form else 'ROW EXCLUSIVE'} MODE;"


def alone(form):
    """A statement that may not run in a transaction."""
    psql(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE);", "postgres")
    psql(f"CREATE DATABASE {COPY} TEMPLATE {DATABASE};", "postgres")
    before, _ = psql(f"{FILES};", COPY)
    blocker = subprocess.Popen([*PSQL, "-d", COPY], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               text=True)
    blocker.stdin.write(f"BEGIN;\n{waits_for(form)}\n\\echo locked\n")
    blocker.stdin.flush()
    blocker.stdout.readline()
    runner = subprocess.Popen([*PSQL, "-d", f"dbname={COPY} application_name=runner"],
                              stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    runner.stdin.write(form + "\n")
    runner.stdin.close()
    runner.stdin = None
    waiting = ("SELECT 'wait' FROM pg_catalog.pg_stat_activity WHERE application_name = 'runner' "
               "AND wait_event_type = 'Lock';")
    for _ in range(200):
        if psql(waiting, COPY)[0]:
            break
        time.sleep(0.05)
    pid = "pid = (SELECT pid FROM pg_catalog.pg_stat_activity WHERE application_name = 'runner')"
    locks, _ = psql(f"{LOCKS % pid};", COPY)
    blocker.communicate("ROLLBACK;\n")
    _, errors = runner.communicate()
    if "ERROR" in errors:
        raise RuntimeError(f"{form}\n{errors}")
    scans = SCANS.replace("pg_stat_get_xact_numscans", "pg_stat_get_numscans")
    after, _ = psql(f"{FILES}; {scans};", COPY)
    return facts(before, locks + after, False)


def observe(schema, forms):
    """All forms."""
    prepare(schema)
    try:
        result = in_transactions(forms)
        for form in forms:
            if result[form] is None:
                result[form] = alone(form)
    finally:
        clean()
    return result
