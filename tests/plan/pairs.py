"""Pairs of schemas: the way from one to the other is planned, taken on a server, and compared.

The schema before is made on a server, the statements of the plan are run there, and then the server
has to print the inventory that it prints of the schema after: the queries in tests/inventory and
rest.sql make it from pg_catalog. A row is put into every table that takes one, and has to be there
afterwards.
"""

import os
import pathlib
import re
import subprocess
from typing import NamedTuple

from server import Connection, ServerError

HERE = pathlib.Path(__file__).parent
FACTS = [HERE.parent / "inventory" / "relations.sql", HERE.parent / "inventory" / "objects.sql",
         HERE / "rest.sql"]
DATABASE = f"plan_pairs_{os.getpid()}"
COPY = f"plan_copy_{os.getpid()}"
ROLES = ["plan_owner", "plan_app", "plan_reader", '"plan Mixed"']
MARK = re.compile(r"^-- tenon: (commit|no-transaction)$", re.MULTILINE)
CLEAN = """DO $$ DECLARE s record; BEGIN
    FOR s IN SELECT subname FROM pg_subscription JOIN pg_database d ON d.oid = subdbid
             WHERE datname = current_database() LOOP
        EXECUTE format('ALTER SUBSCRIPTION %1$I DISABLE; ALTER SUBSCRIPTION %1$I SET (slot_name = NONE);'
                       'DROP SUBSCRIPTION %1$I', s.subname);
    END LOOP; END $$"""
FILL = (HERE / "fill.sql").read_text()
ROWS = """SELECT format('%%I.%%I', nspname, relname), (SELECT string_agg(quote_ident(attname) || ' '
           || format_type(atttypid, atttypmod), ';' ORDER BY attname) FROM pg_attribute
           WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '')
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind = 'r' AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'""".replace("%%", "%")


def statements(text):
    """The statements of a part of a plan, which ends each with a semicolon at the end of a line."""
    found, quote, start = [], None, 0
    for token in re.finditer(r"--[^\n]*|'(?:[^']|'')*'|\"[^\"]*\"|\$[A-Za-z_]*\$|\bBEGIN ATOMIC\b|;", text):
        word = token.group()
        if quote:
            if word == quote or (quote == "ATOMIC" and word == ";" and
                                 text[:token.start()].rstrip().endswith("END")):
                quote = None
                if word != ";":
                    continue
            else:
                continue
        elif word.startswith("$"):
            quote = word
            continue
        elif word == "BEGIN ATOMIC":
            quote = "ATOMIC"
            continue
        if word == ";":
            found.append(text[start:token.end()])
            start = token.end()
    return [s for s in found if s.strip()]


class Side(NamedTuple):
    """A schema, its inventory, and the columns of its tables."""
    path: pathlib.Path
    text: str
    lines: set
    tables: dict


class Pairs:
    """Compares one pair after the other, and counts."""

    def __init__(self, tenon, work):
        self.tenon, self.work = tenon, work
        self.root = Connection()
        self.n_plans, self.n_filled, self.n_rows_in_the_way = 0, 0, 0
        for role in ROLES:
            try:
                self.root.run(f"CREATE ROLE {role}")
            except ServerError:
                pass
        self.drop(DATABASE)
        self.root.run(f"CREATE DATABASE {DATABASE}")

    # --- Databases ---

    def drop(self, name):
        try:
            connection = Connection(name)
            connection.run(CLEAN)
            connection.close()
        except ConnectionError:
            pass
        self.root.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @staticmethod
    def inventory(connection):
        """Its lines; what the queries need is gone afterwards."""
        lines = set()
        connection.run("SET search_path = pg_catalog")
        for path in FACTS:
            connection.run("SAVEPOINT facts")
            lines.update(line for line, in connection.run(path.read_text()))
            connection.run("ROLLBACK TO facts")
        connection.run("RESET search_path")
        return lines

    # --- Plans ---

    def plan(self, before, after, *flags):
        """The statements, or None with what tenon said."""
        ran = subprocess.run([self.tenon, "migrate", "diff", "--from", before, "--to", after,
                              "--allow-drop", "all", *flags], capture_output=True, text=True,
                             timeout=60)
        return (ran.stdout, "") if ran.returncode == 0 else (
            None, f"exit status {ran.returncode}: {ran.stderr.strip()}")

    def rows(self, connection):
        """By table, the columns with their types."""
        return {table: set((columns or "").split(";")) for table, columns in connection.run(ROWS)}

    def contents(self, connection, before, after):
        """What both sides keep of each table."""
        found = {}
        for table in before.keys() & after.keys():
            names = sorted(c.split(" ")[0] for c in before[table] & after[table]
                           if c and '"' not in c)
            rows = connection.run(
                f"SELECT ROW({', '.join('t.' + n for n in names)})::text FROM ONLY {table} t ORDER BY 1")
            found[table] = rows
        return found

    def apply(self, connection, sql, wanted, after_tables):
        """Runs the plan in the transaction that is open, and compares."""
        before = self.rows(connection)
        kept = self.contents(connection, before, after_tables)
        self.n_filled += sum(1 for rows in kept.values() if rows)
        parts = MARK.split(sql)
        if len(parts) == 1:
            connection.run(sql)
            connection.run("SET CONSTRAINTS ALL IMMEDIATE")
        else:
            connection.run("COMMIT")
            self.apply_parts(connection, parts)
            connection.run("BEGIN")
        faults = []
        now = self.contents(connection, before, after_tables)
        if now != kept:
            faults.append(f"rows changed: {kept} -> {now}")
        have = self.inventory(connection)
        faults += [f"too much: {line}" for line in sorted(have - wanted)]
        faults += [f"missing: {line}" for line in sorted(wanted - have)]
        return faults

    @staticmethod
    def apply_parts(connection, parts):
        connection.run(f"BEGIN;{parts[0]};COMMIT")
        for mark, part in zip(parts[1::2], parts[2::2]):
            if mark == "commit":
                connection.run(f"BEGIN;{part};COMMIT")
            else:
                for statement in statements(part):
                    connection.run(statement)

    def attempt(self, schema, sql, wanted, after_tables, fill):
        """One try: in a transaction that is taken back, or in a database of its own."""
        commits = MARK.search(sql)
        if commits:
            self.drop(COPY)
            self.root.run(f"CREATE DATABASE {COPY}")
        connection = Connection(COPY if commits else DATABASE)
        try:
            connection.run("BEGIN")
            connection.run(schema)
            connection.run("RESET ALL")
            if fill:
                connection.run(FILL)
            connection.run("SET CONSTRAINTS ALL IMMEDIATE")
            return self.apply(connection, sql, wanted, after_tables)
        finally:
            connection.close()

    def one_way(self, source, target, sql):
        """From one to the other: what is wrong with the plan."""
        self.n_plans += 1
        for fill in (True, False):
            try:
                return self.attempt(source.text, sql, target.lines, target.tables, fill)
            except ServerError as error:
                if not fill or not error.sqlstate[:2] in ("22", "23"):
                    return [str(error)]
                self.n_rows_in_the_way += 1
        return []

    def side(self, path):
        """What the server makes of a schema."""
        connection = Connection(DATABASE)
        try:
            connection.run("BEGIN")
            connection.run(path.read_text())
            connection.run("RESET ALL")
            return Side(path, path.read_text(), self.inventory(connection), self.rows(connection))
        finally:
            connection.close()

    def compare(self, before, after):
        """A list of faults: (which way, plan, what is wrong)."""
        faults, sides = [], []
        for path in (before, after):
            try:
                sides.append(self.side(path))
            except ServerError as error:
                return [(path.name, "", [f"the server refuses the schema: {error}"])]
            sql, refused = self.plan(path, path)
            if sql != "":
                faults.append((f"{path.name} to itself", sql or "", [refused or "not empty"]))
        for way, (source, target) in (("forth", sides), ("back", reversed(sides))):
            done = {}
            for flags in ([], ["--plain"]):
                sql, refused = self.plan(source.path, target.path, *flags)
                if sql not in done:
                    done[sql] = [refused] if sql is None else self.one_way(source, target, sql)
                if done[sql]:
                    faults.append((" ".join([way, *flags]), sql or "", done[sql]))
        return faults

    def close(self):
        for name in (DATABASE, COPY):
            self.drop(name)
        self.root.close()
