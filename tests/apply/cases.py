#!/usr/bin/python3
"""tenon migrate apply, status and repair as a user meets them, on a server.

    cases.py TENON [CASE...]
"""
import json
import os
import signal
import subprocess
import sys
import time
import unittest

from world import LOCKS, SESSIONS, World, need_server, psql

A, B, C = "20260101000000_a", "20260102000000_b", "20260103000000_c"
USERS = "CREATE TABLE public.users (id bigint PRIMARY KEY, name text);"


def outside(*statements):
    """Pairs of a query and its statement."""
    return "-- tenon: no-transaction\n" + "\n".join(
        f"-- tenon: done {done}\n{statement}" for done, statement in statements)


def index(name, on, unique=""):
    return (f"SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('{name}') AND "
            f"indisvalid)", f"CREATE {unique} INDEX CONCURRENTLY {name} ON public.{on};")


class Apply(unittest.TestCase):
    def has(self, text, *parts):
        for part in parts:
            self.assertIn(part, text)

    # --- What is applied ---

    def test_a_folder(self):
        with World() as w:
            w.migration(A, USERS)
            w.migration(B, "ALTER TABLE public.users ADD COLUMN age int;\n"
                           "COMMENT ON COLUMN public.users.age IS 'a;b';")
            said = w.apply("--dry-run")
            self.has(said, f"would apply {A}", "ALTER TABLE public.users ADD COLUMN age int")
            self.assertEqual(w.sql("SELECT to_regclass('tenon.migrations'), to_regclass('users')"),
                             "|")
            self.has(w.tenon("status", status=1), f"pending       {A}")
            self.has(w.apply("--to", A[:14], "--ticket", "T-1"), f"applied {A}")
            self.assertEqual(w.states(), {A: "applied", B: "pending"})
            self.has(w.apply(), f"applied {B}")
            self.has(w.apply(), "nothing to do")
            self.has(w.tenon("status"), f"applied       {B}", "postgres")
            self.assertEqual(
                w.sql("SELECT name, seq, version, parent, state, length(checksum), applied_by, "
                      "ticket, tenon_version <> '', server_hash <> '' FROM tenon.migrations "
                      "ORDER BY seq"),
                f"{A}|1|{A[:14]}|none|applied|64|postgres|T-1|t|t\n"
                f"{B}|2|{B[:14]}|{A}|applied|64|postgres||t|t")
            self.has(w.apply("--to", "2025", status=1), 'there is no migration "2025"')

    def test_json(self):
        with World() as w:
            w.migration(A, USERS)
            events = [json.loads(line) for line in w.apply("--json").splitlines()]
            self.assertEqual([e["event"] for e in events],
                             ["begins", "statement", "applied", "done"])
            self.assertEqual(events[-1]["applied"], 1)
            w.migration(B, "SELECT pg_catalog.int4in('x');")
            out = w.apply("--json", status=1).splitlines()
            failed = next(e for e in map(json.loads, (x for x in out if x[0] == "{"))
                          if e["event"] == "failed")
            self.assertEqual((failed["migration"], failed["line"], failed["sqlstate"]),
                             (B, 2, "22P02"))

    def test_parts(self):
        """What stands above `-- tenon: commit` stays when what is below fails, and is not done again."""
        with World() as w:
            w.migration(A, USERS + "\nINSERT INTO public.users VALUES (1);\n-- tenon: commit\n"
                           "ALTER TABLE public.users ADD CHECK (id > 1);")
            said = w.apply(status=1)
            self.has(said, f"{A}.sql:5:1: error: ", "[23514]")
            self.assertEqual(w.sql("SELECT state, part, statement FROM tenon.migrations"),
                             "failed|1|3")
            self.has(w.tenon("status", status=1), f"failed        {A}, at statement 3 of 3: check")
            text = w.path(A).read_text()
            w.path(A).write_text(text.replace("VALUES (1)", "VALUES (2)"))
            self.has(w.apply(status=1), "part 1 is committed, and is no longer what the file says")
            w.path(A).write_text(text.replace("id > 1", "id > 0"))
            w.apply()
            self.assertEqual(w.sql("SELECT count(*) FROM users"), "1")
            self.assertEqual(w.states(), {A: "applied"})

    def test_schemas(self):
        """The same in each schema of a pattern, with rows of its own."""
        with World() as w:
            w.sql("CREATE SCHEMA tenant_a; CREATE SCHEMA tenant_b; CREATE SCHEMA tenantxc")
            w.migration(A, "CREATE TABLE users (id int PRIMARY KEY);")
            self.has(w.apply("--schemas", "tenant_*"), f"applied {A} in tenant_a",
                     f"applied {A} in tenant_b")
            self.assertEqual(w.sql("SELECT string_agg(schemaname, ',' ORDER BY schemaname) FROM "
                                   "pg_tables WHERE tablename = 'users'"), "tenant_a,tenant_b")
            self.assertEqual(w.sql("SELECT target, name FROM tenon.migrations ORDER BY target"),
                             f"tenant_a|{A}\ntenant_b|{A}")
            w.tenon("status", "--schemas", "tenant_*")
            w.sql("INSERT INTO tenant_a.users VALUES (1)")
            w.migration(B, "ALTER TABLE users ADD CHECK (id > 1);")
            said = w.apply("--schemas", "tenant_*", status=1)
            self.has(said, "in schema tenant_a:")
            self.assertNotIn("in tenant_b", said)
            said = w.apply("--schemas", "tenant_*", "--keep-going", status=1)
            self.has(said, "in schema tenant_a:", f"applied {B} in tenant_b")
            self.has(w.tenon("status", "--schemas", "tenant_*", status=1),
                     f"tenant_a:\napplied       {A}", f"pending       {B}\ntenant_b:")
            self.has(w.apply("--schemas", "x*", status=1), 'no schema matches "x*"')

    # --- What fails ---

    def test_failure(self):
        """The server's words at the place in the file; nothing is left; it can be corrected."""
        with World() as w:
            w.migration(A, USERS + "\nINSERT INTO public.users\n    VALUES (1, 'é', nme);")
            said = w.apply(status=1)
            self.has(said, f'migrations/{A}.sql:4:21: error: column "nme" does not exist [42703]',
                     "    4 |     VALUES (1, 'é', nme)\n      |                     ^")
            self.assertEqual(w.sql("SELECT to_regclass('users')"), "")
            self.assertEqual(w.states(), {A: "pending"})
            w.migration(A, USERS, parent="none")
            w.apply()

    def test_deferred_constraint(self):
        with World() as w:
            w.migration(A, "CREATE TABLE public.a (id int PRIMARY KEY);\n"
                           "CREATE TABLE public.b (a int REFERENCES public.a INITIALLY DEFERRED);\n"
                           "INSERT INTO public.b VALUES (1);")
            self.has(w.apply(status=1), f"{A}.sql: error: ", "[23503]")
            self.assertEqual(w.sql("SELECT to_regclass('b')"), "")

    def test_values_stay_hidden(self):
        with World() as w:
            w.migration(A, USERS + "INSERT INTO public.users VALUES (4711), (4711);")
            said = w.apply(status=1)
            self.has(said, "duplicate key value", "[23505]")
            self.assertNotIn("4711)", said.replace("(4711), (4711)", ""))
            self.has(w.apply("--show-data", status=1), "detail: Key (id)=(4711) already exists.")
            self.has(w.apply("--show-data", "--json", status=1), '"detail": "Key (id)=(4711)')

    def test_control_characters(self):
        """What a server says is no escape sequence of the terminal."""
        with World() as w:
            w.migration(A, "-- @effect none\nDO $$ BEGIN RAISE NOTICE E'a\\x1b[2Jb'; "
                           "RAISE EXCEPTION E'c\\x1b[2Jd'; END $$;")
            self.has(w.apply(status=1), "NOTICE: a\\x1B[2Jb", "error: c\\x1B[2Jd [P0001]")

    def test_connection(self):
        with World() as w:
            w.migration(A, USERS)
            said = w.apply("--database", "postgresql://u:s3cret@127.0.0.1:1/x", status=3)
            self.assertNotIn("s3cret", said)
            w.url = ""
            self.has(w.apply(env={"PGDATABASE": w.database}), f"applied {A}")

    def test_statements_of_a_file(self):
        """A file releases the lock, or ends its transaction: nothing of it is committed."""
        with World() as w:
            w.migration(A, USERS + "\n-- @effect none\nSELECT pg_advisory_unlock_all();")
            self.has(w.apply(status=1), "no longer holds the lock")
            self.assertEqual(w.sql("SELECT to_regclass('users'), count(*) FROM tenon.migrations"),
                             "|0")

    # --- The session ---

    def test_settings_do_not_leak(self):
        with World() as w:
            w.migration(A, "CREATE SCHEMA other;\nSET search_path TO other;\n"
                           "SET TimeZone TO 'Asia/Tokyo';\nSET row_security TO on;\n"
                           "SET lock_timeout TO 1;\nSET statement_timeout TO 1000;\n"
                           "CREATE TEMP TABLE left_over (a int);\nPREPARE p AS SELECT 1;\n"
                           "CREATE TABLE here (a int);\nSET ROLE pg_monitor;")
            w.migration(B, """CREATE TABLE seen AS SELECT current_setting('search_path') AS path,
                current_setting('TimeZone') AS zone, current_setting('row_security') AS rows,
                current_setting('lock_timeout') AS lock, current_user::text AS role,
                to_regclass('left_over') IS NULL AS clean,
                NOT EXISTS (SELECT FROM pg_prepared_statements) AS forgotten;""")
            w.apply()
            self.assertEqual(w.sql("SELECT * FROM public.seen"),
                             "public|UTC|off|5s|postgres|t|t")
            self.assertEqual(w.sql("SELECT to_regclass('other.here')"), "other.here")

    def test_forced_policy(self):
        """Rows that a policy hides are an error, never UPDATE 0."""
        role = "tenon_test_policy"
        psql("postgres", f"DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN")
        try:
            with World() as w:
                w.sql(f"GRANT CREATE ON DATABASE {w.database} TO {role}; "
                      f"CREATE TABLE t (a int); INSERT INTO t VALUES (1); "
                      f"ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; "
                      f"ALTER TABLE t OWNER TO {role}")
                w.url += f" user={role}"
                w.migration(A, "UPDATE public.t SET a = 2;")
                self.has(w.apply(status=1), "row-level security")
        finally:
            psql(World.database, f"DROP OWNED BY {role}; DROP ROLE {role}")

    def test_public_of_all(self):
        """A schema in which everybody may create things is not on the search path."""
        with World() as w:
            w.sql("GRANT CREATE ON SCHEMA public TO PUBLIC")
            w.migration(A, "CREATE TABLE public.t AS SELECT current_setting('search_path') AS path;")
            w.apply()
            self.assertEqual(w.sql("SELECT path FROM t"), "pg_catalog")

    def test_role(self):
        """Several logins apply as one role, which owns everything; another one may not write."""
        roles = "tenon_test_owner", "tenon_test_ci", "tenon_test_app"
        psql("postgres", "".join(f"DROP ROLE IF EXISTS {r}; CREATE ROLE {r} LOGIN;" for r in roles))
        psql("postgres", "GRANT tenon_test_owner TO tenon_test_ci")
        try:
            with World() as w:
                w.sql(f"GRANT CREATE ON DATABASE {w.database} TO tenon_test_owner; "
                      f"GRANT CREATE ON SCHEMA public TO tenon_test_owner")
                url = w.url
                w.migration(A, "CREATE TABLE public.users (id bigint PRIMARY KEY);")
                w.url = url + " user=tenon_test_app"
                self.has(w.apply("--role", "tenon_test_owner", status=1),
                         'role "tenon_test_owner" can not be taken on')
                self.has(w.apply(status=1), "can not be made: permission denied for database")
                w.url = url + " user=tenon_test_ci"
                w.apply("--role", "tenon_test_owner")
                self.assertEqual(w.sql("SELECT tableowner FROM pg_tables WHERE tablename IN "
                                       "('users', 'migrations')"),
                                 "tenon_test_owner\ntenon_test_owner")
                self.assertEqual(w.sql("SELECT applied_by FROM tenon.migrations"), "tenon_test_ci")
                w.url = url
                w.migration(B, "SELECT 1;")
                self.has(w.apply(status=1), 'belongs to "tenon_test_owner"; this session is')
                w.sql("GRANT USAGE ON SCHEMA tenon TO tenon_test_app; "
                      "GRANT SELECT ON tenon.migrations TO tenon_test_app")
                w.url = url + " user=tenon_test_app"
                self.assertEqual(w.states(), {A: "applied", B: "pending"})
                w.path(B).unlink()
                self.has(w.apply(), "nothing to do")
        finally:
            psql(World.database, "".join(f"DROP OWNED BY {r}; DROP ROLE {r};" for r in roles))

    def test_ledger_of_others(self):
        with World() as w:
            w.migration(A, USERS)
            w.apply("--ledger", "meta.done")
            self.assertEqual(w.sql("SELECT name FROM meta.done"), A)
            w.sql("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; "
                  "CREATE TRIGGER t BEFORE INSERT ON meta.done FOR EACH ROW EXECUTE FUNCTION f()")
            w.migration(B, "SELECT 1;")
            self.has(w.apply("--ledger", "meta.done", status=1), "has a trigger or a rule")
            w.sql("CREATE SCHEMA tenon; CREATE VIEW tenon.migrations AS SELECT 1")
            self.has(w.apply(status=1), "is there, and is no table")
            self.has(w.apply("--ledger", "x", status=2), "SCHEMA.TABLE")

    def test_needs(self):
        """What is certain to fail is told before the first statement, with its place."""
        role = "tenon_test_needs"
        psql("postgres", f"DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN")
        try:
            with World() as w:
                w.sql(f"GRANT CREATE ON DATABASE {w.database} TO {role}; CREATE TABLE t (a int); "
                      f"CREATE SCHEMA others")
                w.url += f" user={role}"
                for text, said in (
                        ("ALTER TABLE public.t ADD b int;", "only the owner of public.t may do this"),
                        ("CREATE INDEX i ON public.t (a);", "only the owner of public.t may do this"),
                        ("DROP TABLE public.t;", "only the owner of public.t may do this"),
                        ("CREATE TABLE others.u (a int);", 'may create nothing in schema "others"'),
                        ("CREATE EXTENSION nothing_such;",
                         'the server can not install the extension "nothing_such"')):
                    w.last = "none"
                    w.migration(A, "CREATE SCHEMA mine;\n" + text)
                    self.has(w.apply(status=1), f"{A}.sql:3:1: error: ", said)
                    self.has(w.apply("--dry-run", status=1), said)
                w.sql(f"CREATE SCHEMA own AUTHORIZATION {role}; CREATE TABLE own.t (a int)")
                for text in ("DROP TABLE own.t;",  # who owns the schema may
                             "SET search_path TO others; ALTER TABLE IF EXISTS t ADD b int;"):
                    w.last = "none"
                    w.migration(A, "CREATE SCHEMA mine;\n" + text)
                    self.has(w.apply("--dry-run"), A)
                w.sql(f"REVOKE CREATE ON DATABASE {w.database} FROM {role}; "
                      f"DROP SCHEMA tenon CASCADE; CREATE SCHEMA tenon AUTHORIZATION {role}")
                w.last = "none"
                w.migration(A, "CREATE SCHEMA mine;")
                self.has(w.apply(status=1), "may create no schema in this database")
        finally:
            psql(World.database, f"DROP OWNED BY {role}; DROP ROLE {role}")

    # --- The folder and the ledger ---

    def test_edited_and_missing(self):
        with World() as w:
            w.migration(A, USERS)
            w.migration(B, "SELECT 1;")
            w.apply()
            text = w.path(A).read_text()
            w.path(A).write_text(text + "-- looks good\n")
            self.has(w.apply(status=1), f"{A}.sql: error: the file is no longer what was applied",
                     "--accept-edit")
            self.assertEqual(w.states(), {A: "edited", B: "applied"})
            w.tenon("repair", "--accept-edit", A, "--ticket", "T-9")
            w.apply()
            self.has(w.tenon("repair", "--accept-edit", A, status=1), "is applied, not edited")
            self.assertEqual(w.sql("SELECT action, name, ticket, before::jsonb->>'state' FROM "
                                   "tenon.migrations_log"), f"accept-edit|{A}|T-9|applied")
            w.path(A).write_text(text.replace("\n", "\r\n"))
            w.apply(status=1)  # the edit that was accepted has gone again
            w.path(A).write_text(text + "-- looks good\n")
            w.migration(C, "SELECT 1;")
            w.path(B).unlink()
            w.path(C).write_text(f"-- tenon: parent {A}\nSELECT 1;\n")
            self.has(w.apply(status=1), f'"{B}" is applied, and there is no such file')
            self.assertEqual(w.states()[B], "missing")
            w.tenon("repair", "--forget", B)
            w.apply()
            self.assertEqual(w.states(), {A: "applied", C: "applied"})

    def test_ahead(self):
        """A program that is older than the database starts, and applies nothing."""
        with World() as w:
            w.migration(A, USERS)
            w.migration(B, "SELECT 1;")
            w.apply()
            w.path(B).unlink()
            self.has(w.apply(), "nothing to do")
            self.assertEqual(w.states(), {A: "applied", B: "ahead"})
            w.tenon("status")

    def test_late(self):
        """A branch that was merged late: refused, unless it is allowed or can come in any order."""
        with World() as w:
            w.migration(A, USERS)
            w.migration(C, "ALTER TABLE public.users ADD COLUMN a int;", parent=A)
            w.apply()
            w.migration(B, "ALTER TABLE public.users ADD COLUMN b int;", parent=A)
            self.has(w.apply(status=1), f'it comes before "{C}", which is applied; its parent is',
                     "tenon migrate rebase", "--allow-out-of-order")
            self.assertEqual(w.states()[B], "out of order")
            self.assertEqual(w.sql("SELECT count(*) FROM tenon.migrations"), "2")
            w.apply("--allow-out-of-order")
            w.migration("20260102120000_d", "CREATE TABLE public.d (id int);", parent=A)
            w.apply()
            self.assertEqual(set(w.states().values()), {"applied"})

    # --- Locks ---

    def test_table_lock(self):
        """A table that is in use: the part begins anew until it gets its lock."""
        with World() as w:
            w.migration(A, USERS)
            w.apply()
            w.migration(B, "CREATE TABLE public.once (id int);\n"
                           "ALTER TABLE public.users ADD COLUMN age int;")
            holder = subprocess.Popen(
                ["psql", "-Xq", "-d", w.database, "-c",
                 "BEGIN; SELECT 1 FROM users; SELECT pg_sleep(2)"], stdout=subprocess.DEVNULL)
            w.wait_for(f"SELECT count(*) > 0 FROM {LOCKS} WHERE relation = 'users'::regclass")
            said = w.apply("--lock-timeout", "100ms")
            holder.wait()
            self.has(said, "trying again: canceling statement due to lock timeout", f"applied {B}")

    def test_wait(self):
        """The second one waits, says for whom, and finds nothing to do; or gives up in time."""
        with World() as w:
            w.migration(A, "-- @effect none\nSELECT pg_sleep(10);")
            first = w.start()
            w.wait_for(f"SELECT count(*) > 0 FROM {SESSIONS} WHERE query ~ '^SELECT pg_sleep'")
            said = w.apply("--wait-timeout", "300ms", status=1)
            self.has(said, "another session applies migrations", '"tenon migrate"', "pg_sleep(10)")
            said = w.apply()
            self.has(said, "waiting: pid ", "nothing to do")
            self.assertEqual(first.wait(), 0)
            first.stdout.close()

    def test_frozen_holder(self):
        """A runner that is frozen keeps its lock; who waits for it can tell who it is."""
        with World() as w:
            w.sql("CREATE SCHEMA gate; CREATE TABLE gate.open ()")
            w.migration(A, "-- @effect none\nDO $$ BEGIN WHILE NOT EXISTS (SELECT FROM gate.open) "
                           "LOOP PERFORM pg_sleep(0.05); END LOOP; END $$;")
            first = w.start()
            statement = f"SELECT count(*) > 0 FROM {SESSIONS} WHERE query ~ '^DO '"
            w.wait_for(statement)
            first.send_signal(signal.SIGSTOP)
            try:
                w.sql("INSERT INTO gate.open DEFAULT VALUES")
                w.wait_for(statement + " AND state = 'idle in transaction'")
                said = w.apply("--wait-timeout", "200ms", status=1)
                self.has(said, '"tenon migrate", idle in transaction for', "--end-holder")
                self.has(w.tenon("repair", "--end-holder", status=1), "the session is left alone")
                if os.environ.get("TENON_LONG"):
                    time.sleep(61)
                    w.tenon("repair", "--end-holder")
                    w.apply()
            finally:
                first.send_signal(signal.SIGCONT)
                first.communicate()
            w.apply()
            self.assertEqual(w.states(), {A: "applied"})

    # --- Times ---

    def test_times(self):
        """Each flag is the time of what it names, in any unit; what is no time is refused."""
        with World() as w:
            w.migration(A, "CREATE TABLE public.seen AS SELECT current_setting('lock_timeout') AS l, "
                           "current_setting('statement_timeout') AS s, 1 AS id;\n"
                           "CREATE FUNCTION public.f(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ "
                           "BEGIN RAISE '%', current_setting('statement_timeout'); END $$;")
            w.apply("--lock-timeout", "2s", "--statement-timeout", "3min")
            self.assertEqual(w.sql("SELECT l, s FROM seen"), "2s|3min")
            w.migration(B, outside(index("i", "seen (public.f(id))")))
            self.has(w.apply("--concurrent-timeout", "5h", status=1), "error: 5h [P0001]")
            self.has(w.apply("--concurrent-timeout", "never", status=1), "error: 0 [P0001]")
            w.last = A
            w.migration(B, "-- tenon: no-transaction\n-- tenon: batch 10\n-- tenon: done SELECT true\n"
                           "UPDATE public.seen SET l = '';")
            w.sql("DELETE FROM seen; ALTER TABLE seen ADD PRIMARY KEY (id)")
            self.has(w.apply("--script", "--batch-pause", "40ms", "--max-lag", "1d"),
                     "pg_sleep(40 / 1000.0)", "> 86400000 LOOP")
            self.assertNotIn("replay_lag", w.apply("--script", "--max-lag", "never"))
            for wrong in ("0", "s", "0.5ms", "30d", "2weeks"):
                self.has(w.apply("--wait-timeout", wrong, status=2),
                         f"--wait-timeout needs a time such as 500ms, 5s or 2min, not {wrong}\n")

    # --- Outside of transactions ---

    def test_index(self):
        """An index that could not be built stays invalid: it is taken away and built again."""
        with World() as w:
            w.migration(A, USERS + "INSERT INTO public.users VALUES (1, 'x'), (2, 'x');")
            w.migration(B, outside(index("users_id", "users (id)"),
                                   index("users_name", "users (name)", "UNIQUE")))
            said = w.apply(status=1)
            self.has(said, f"{B}.sql:6:1: error: could not create unique index", "[23505]")
            self.has(w.tenon("status", status=1), f"failed        {B}, at statement 2 of 2")
            w.sql("UPDATE users SET name = id::text")
            said = w.apply()
            self.has(said, "left by a run that was cut short: DROP INDEX CONCURRENTLY "
                     "public.users_name")
            self.assertEqual(w.sql("SELECT count(*) FROM pg_index WHERE indrelid = "
                                   "'users'::regclass AND indisvalid"), "3")

    def test_same_name(self):
        """What somebody else made under the name is not taken for what was to be made."""
        with World() as w:
            w.migration(A, USERS)
            w.apply()
            w.sql("CREATE INDEX users_name ON users (id)")
            w.migration(B, outside(index("users_name", "users (name)")))
            self.has(w.apply(status=1), 'relation "users_name" already exists')
            self.has(w.apply(status=1), 'relation "users_name" already exists')
            w.tenon("repair", "--mark-applied", B)
            self.has(w.apply(), "nothing to do")

    def test_batch(self):
        with World() as w:
            w.migration(A, "CREATE TABLE public.big (a int, b text, v int, PRIMARY KEY (b, a));\n"
                           "INSERT INTO public.big SELECT i, 'k' || i % 7, NULL FROM "
                           "generate_series(1, 1000) i;")
            w.migration(B, "-- tenon: no-transaction\n-- tenon: batch 100\n-- tenon: done SELECT NOT "
                           "EXISTS (SELECT FROM public.big WHERE v IS NULL OR v < 0)\n"
                           "UPDATE public.big AS t SET v = 0 WHERE (v IS NULL) -- all\n;")
            w.apply()
            self.assertEqual(w.sql("SELECT count(*) FROM big WHERE v = 0"), "1000")
            self.assertEqual(w.sql("SELECT count(DISTINCT xmin::text) FROM big"), "10")
            self.assertEqual(w.sql("SELECT batch_rows, batch_key FROM tenon.migrations "
                                   "ORDER BY seq DESC LIMIT 1"), "1000|")

    def test_batch_in_vain(self):
        with World() as w:
            w.migration(A, "CREATE TABLE public.t (id int PRIMARY KEY, v int);\n"
                           "INSERT INTO public.t VALUES (1);\n"
                           "CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS "
                           "'BEGIN RETURN NULL; END';\nCREATE TRIGGER t BEFORE UPDATE ON public.t "
                           "FOR EACH ROW EXECUTE FUNCTION public.f();")
            w.migration(B, "-- tenon: no-transaction\n-- tenon: batch 10\n-- tenon: done SELECT NOT "
                           "EXISTS (SELECT FROM public.t WHERE v IS NULL)\n"
                           "UPDATE public.t SET v = 0 WHERE v IS NULL;")
            self.has(w.apply(status=1), "rows match that the statement does not change")
            w.sql("CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
                  "'BEGIN RETURN OLD; END'")  # counts as a change
            self.has(w.apply(status=1), "rows match that the statement does not change")

    def test_done_that_fails(self):
        """A query that ends in an error does not say that there is more to do."""
        with World() as w:
            w.migration(A, "CREATE TABLE public.t (id int PRIMARY KEY, v int);")
            w.migration(B, "-- tenon: no-transaction\n-- tenon: batch 10\n-- tenon: done SELECT "
                           "1 / count(*) = 1 FROM public.t\nUPDATE public.t SET v = 0 WHERE v IS NULL;")
            self.has(w.apply(status=1), f"{B}.sql: error: division by zero [22012]")
            w.sql("INSERT INTO t VALUES (1)")
            w.apply()

    def test_place_in_a_slice(self):
        """The server counts characters, and those that a slice puts in."""
        with World() as w:
            w.migration(A, "CREATE TABLE public.t (id int PRIMARY KEY, v int);")
            w.migration(B, "-- tenon: no-transaction\n-- tenon: batch 10\n-- tenon: done SELECT false\n"
                           "UPDATE public.t SET /* éééééééé */ v = 0 WHERE nay IS NULL;")
            self.has(w.apply(status=1), f"{B}.sql:5:48: error: column \"nay\" does not exist")

    # --- Drift ---

    def test_drift(self):
        with World() as w:
            w.migration(A, USERS)
            w.apply()
            w.tenon("status")
            w.sql("ALTER TABLE users ADD COLUMN by_hand int")
            self.has(w.tenon("status", status=1), "drift: the schema is not as")
            w.tenon("repair", "--accept-schema")
            w.tenon("status")
            w.sql("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")
            self.assertEqual(json.loads(w.tenon("status", "--json", status=1))["drift"], "found")

    def test_drift_beside_the_ledger(self):
        """What shares the ledger's schema is part of the schema; the ledger is not."""
        with World() as w:
            w.migration(A, USERS)
            w.apply("--ledger", "public.done")
            w.sql("GRANT SELECT ON done TO PUBLIC")
            self.assertNotIn("drift: ", w.tenon("status", "--ledger", "public.done"))
            w.sql("CREATE TABLE by_hand ()")
            self.has(w.tenon("status", "--ledger", "public.done", status=1), "drift")

    def test_log_made_again(self):
        with World() as w:
            w.migration(A, USERS)
            w.apply()
            w.sql("DROP TABLE tenon.migrations_log")
            w.path(A).write_text(w.path(A).read_text() + "-- looks good\n")
            w.tenon("repair", "--accept-edit", A)
            self.assertEqual(w.sql("SELECT count(*) FROM tenon.migrations_log"), "1")

    def test_repair_usage(self):
        with World() as w:
            w.migration(A, USERS)
            self.has(w.tenon("repair", status=2), "give one of --accept-edit NAME")
            self.has(w.tenon("repair", "--forget", status=2), "needs the name of a migration")
            self.has(w.tenon("repair", "--forget", A, status=1), "there is nothing to forget")
            self.has(w.tenon("repair", "--end-holder", status=1), "no session applies")


if __name__ == "__main__":
    need_server()
    del sys.argv[1:3]
    unittest.main()
