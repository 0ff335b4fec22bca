#!/usr/bin/python3
"""tenon migrate adopt as a team meets it, on a server: each tool's ledger, and what stands in the way.

    cases.py TENON [CASE...]
"""
import contextlib
import os
import pathlib
import re
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "apply"))
# pylint: disable=wrong-import-position
from world import LOCKS, SESSIONS, World, need_server  # noqa: E402
from layouts import HISTORY, TIME, TOOLS, Atlas, Dbmate, Drizzle, Flyway, \
    GolangMigrate, Goose, Sqlx, Tern  # noqa: E402

LEDGER = "SELECT to_regclass('tenon.migrations') IS NULL"


def files_of(w):
    return {path.name: path.read_text() for path in sorted((w.folder / "migrations").iterdir())}


class Adopt(unittest.TestCase):
    def has(self, text, *parts):
        for part in parts:
            self.assertIn(part, text)

    def refused(self, w, *parts, arguments=("old",)):
        """Says these; the database has no row of ours, and nothing of the other tool's changed."""
        self.has(w.tenon("adopt", *arguments, status=1), *parts)
        if w.sql(LEDGER) != "t":
            self.assertEqual(w.sql("SELECT count(*) FROM tenon.migrations"), "0")

    # --- Each tool ---

    def test_each_tool(self):
        for tool in TOOLS:
            with self.subTest(tool.name), World() as w:
                old = tool.make(w)
                before = w.sql(f"SELECT * FROM {tool.ledger}")
                said = w.tenon("adopt", "old", "--dry-run")
                self.has(said, f"{tool.name} has applied 2 of 3 migrations ({tool.ledger})",
                         "would write migrations/", "nothing was changed")
                self.assertEqual((files_of(w), w.sql(LEDGER)), ({}, "t"))
                self.has(w.tenon("adopt", "old", "--ticket", "T-1"),
                         "adopted 2 migrations; 1 is pending: tenon migrate apply")
                self.check_files(w, tool)
                self.check_ledger(w, tool)
                self.assertEqual(list(w.states().values()), ["applied", "applied", "pending"])
                self.has(w.apply(), "_limits")
                self.check_end(w)
                self.assertEqual(before, w.sql(f"SELECT * FROM {tool.ledger}"))
                for name, text in old:
                    self.assertEqual((w.folder / "old" / name).read_bytes(), text)
                self.has(w.tenon("adopt", "old"), "nothing to do")

    def check_files(self, w, tool):
        """The SQL of the way up as it was; a first line; a last line that holds."""
        parent = "none"
        for (name, text), (title, up, down) in zip(files_of(w).items(), HISTORY):
            self.assertRegex(name, rf"^\d{{14}}_{title}\.sql$")
            self.assertTrue(text.startswith(f"-- tenon: parent {parent}\n\n{up}\n\n-- tenon: "),
                            f"{tool.name}: {text}")
            self.assertNotIn(down, text)
            parent = name[:-4]
        (w.folder / "empty.sql").write_text("")
        check = subprocess.run(
            [w.command("check")[0], "migrate", "check", "--migrations", "migrations", "--schema",
             "schema.sql"], cwd=w.folder, capture_output=True, text=True, check=False)
        self.assertNotIn("PL721", check.stderr)

    def check_ledger(self, w, tool):
        rows = w.sql("SELECT seq, state, duration_ms, applied_by, to_char(finished_at, "
                     "'YYYY-MM-DD HH24:MI:SS') = '" + TIME + "', ticket, "
                     "server_hash IS NOT NULL FROM tenon.migrations ORDER BY seq").splitlines()
        by = "dba" if tool.name == "flyway" else "postgres"
        ms = "7" if tool.name in ("flyway", "atlas", "sqlx") else "0"
        at = "t" if tool.keeps_time else "f"
        self.assertEqual(rows, [f"1|applied|{ms}|{by}|{at}|T-1|f", f"2|applied|{ms}|{by}|{at}|T-1|t"])
        self.assertEqual(w.sql("SELECT action, ticket FROM tenon.migrations_log"),
                         f"adopt from {tool.name}|T-1")

    def check_end(self, w):
        self.assertEqual(set(w.states().values()), {"applied"})
        self.assertNotIn("drift", w.tenon("status"))
        self.assertEqual(w.sql("SELECT id, name, credit_limit FROM users"), "1|é; -- no comment|")

    def test_an_empty_database_gets_the_same(self):
        """What adopt writes leads an empty database to where the other tool's files lead."""
        with World() as w:
            Goose().make(w, n_applied=3)
            w.tenon("adopt", "old")
            expected = self.dump(w)
            w.empty()
            w.apply()
            self.assertEqual(self.dump(w), expected)
            self.assertEqual(w.sql("SELECT count(*) FROM users"), "1")

    @staticmethod
    def dump(w):
        text = subprocess.run(["pg_dump", "-d", w.database, "-s", "-n", "public", "-T",
                               "goose_db_version*"], check=True, capture_output=True,
                              text=True).stdout
        return [line for line in text.splitlines() if line and line[0] not in "-\\"]

    def test_databases_of_a_team(self):
        """The second one is at another point, and finds the files there."""
        with World() as w:
            tool = Goose()
            tool.make(w, n_applied=1)
            self.has(w.tenon("adopt", "old"), "adopted 1 migration; 2 are pending")
            files = files_of(w)
            w.migration("20260101000000_more", "CREATE TABLE more (id int);",
                        parent=list(files)[-1][:-4])
            files = files_of(w)
            w.empty()
            tool.make(w, n_applied=3)
            self.assertNotIn("writing", w.tenon("adopt", "old"))
            self.assertEqual({k: files[k] for k in list(files)[:3]},
                             {k: files_of(w)[k] for k in list(files)[:3]})
            self.has(w.apply(), "20260101000000_more")
            self.assertEqual(set(w.states().values()), {"applied"})

    def test_nothing_is_applied_yet(self):
        with World() as w:
            Dbmate().make(w, n_applied=0)
            self.has(w.tenon("adopt", "old"), "adopted 0 migrations; 3 are pending")
            w.apply()
            self.assertEqual(set(w.states().values()), {"applied"})

    # --- Files ---

    def one(self, w, tool, up, n_applied=1):
        tool.make(w, [("one", up, "SELECT 1;")], n_applied)
        w.tenon("adopt", "old")
        text, = files_of(w).values()
        return text

    def test_transactions(self):
        with World() as w:
            text = self.one(w, Goose(), "BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\n"
                                        "BEGIN;\nCREATE TABLE b (id int);\nEND;")
            self.has(text, "\n\nCREATE TABLE a (id int);\n-- tenon: commit\n"
                           "CREATE TABLE b (id int);\n\n-- tenon: catalog")
            self.assertNotIn("BEGIN", text)

    def test_byte_order_mark(self):
        """It is no part of the SQL, nor of what Flyway has computed its checksum of."""
        with World() as w:
            text = self.one(w, Flyway(), "\ufeffCREATE TABLE one (id int);")
            self.has(text, "\n\nCREATE TABLE one (id int);\n")

    def test_concurrently(self):
        with World() as w:
            tool = Goose()
            history = [HISTORY[0], ("idx", "CREATE INDEX CONCURRENTLY i ON public.users (name);", "")]
            tool.make(w, history)
            w.tenon("adopt", "old")
            text = list(files_of(w).values())[1]
            self.has(text, "-- tenon: no-transaction\n\n-- tenon: done SELECT", "CONCURRENTLY i ON")
            w.empty()
            self.has(w.apply(), "_idx")
            self.assertEqual(w.sql("SELECT indisvalid FROM pg_index WHERE indexrelid = "
                                   "'i'::regclass"), "t")

    def test_block_of_drizzle(self):
        """drizzle-kit's blocks say what they do; others are for a person to describe."""
        with World() as w:
            text = self.one(w, Drizzle(), "DO $$ BEGIN\n CREATE TYPE mood AS ENUM('a',\n  'b');\n"
                            "EXCEPTION\n WHEN duplicate_object THEN null;\nEND $$;")
            self.has(text, "\n-- @effect CREATE TYPE mood AS ENUM('a', 'b')\nDO $$ BEGIN\n CREATE")

    def test_edit_what_is_written(self):
        """What cannot be read is written, corrected there, and adopted; the old file stays."""
        with World() as w:
            tool = Flyway()
            tool.make(w, [HISTORY[0], ("block", "DO $$ BEGIN PERFORM 1; END $$;", "")])
            said = w.tenon("adopt", "old", "--dry-run", status=1)
            self.has(said, "migrations/20000101000002_block.sql:3:1", "PL717", "nothing was changed")
            self.assertEqual(files_of(w), {})
            self.refused(w, "correct them there")
            path = w.path("20000101000002_block")
            self.refused(w, "migrations/20000101000002_block.sql:3:1", "PL717", "correct them there")
            self.assertNotIn("-- tenon: catalog", "".join(files_of(w).values()))
            path.write_text(path.read_text().replace("DO $$", "-- @effect none\nDO $$"))
            self.has(w.tenon("adopt", "old"), "is kept as it is", "adopted 2 migrations\n")
            self.has(path.read_text(), "-- @effect none", "-- tenon: catalog v1:")
            self.assertEqual(set(w.states().values()), {"applied"})

    def test_placeholders(self):
        for tool, text, word in ((Flyway(), "COMMENT ON TABLE users IS '${who}';", "${"),
                                 (Tern(), "COMMENT ON TABLE users IS '{{.who}}';", "{{")):
            with World() as w:
                tool.make(w, [HISTORY[0], ("comment", text, "")], n_applied=1)
                self.refused(w, f'migrations/20000101000002_comment.sql:3: "{word}" is for '
                                f'{tool.name} to replace')
                path = w.path("20000101000002_comment")
                path.write_text(re.sub(r"'.*'", "'me'", path.read_text()))
                w.tenon("adopt", "old")
                w.apply()
                self.assertEqual(w.sql("SELECT obj_description('users'::regclass)"), "me")

    def test_code(self):
        with World() as w:
            tool = Goose()
            tool.make(w)
            (w.folder / "old" / "00002_orders.sql").rename(w.folder / "sql")
            (w.folder / "old" / "00002_orders.go").write_text("package migrations\n")
            (w.folder / "old" / "00002_orders_test.go").write_text("package migrations\n")
            self.refused(w, "00002_orders.go is a migration in code: write what it does as "
                            "00002_orders.sql")
            self.assertEqual(files_of(w), {})
            (w.folder / "sql").rename(w.folder / "old" / "00002_orders.sql")
            (w.folder / "old" / "00002_orders.go").unlink()
            w.tenon("adopt", "old")

    def test_repeatable(self):
        with World() as w:
            Flyway().make(w)
            view = w.folder / "old" / "R__views.sql"
            view.write_text("CREATE OR REPLACE VIEW v AS SELECT id FROM users;\n")
            (w.folder / "old" / "U1.1__users.sql").write_text("DROP TABLE users;\n")
            w.sql("CREATE VIEW v AS SELECT id FROM users; INSERT INTO flyway_schema_history VALUES "
                  "(3, NULL, 'views', 'SQL', 'R__views.sql', 1, 'dba', now(), 1, true)")
            self.refused(w, "R__views.sql is a repeatable migration: rename it to V…__views.sql")
            view.rename(w.folder / "old" / "V1.4__views.sql")
            self.refused(w, "+ VIEW public.v")
            w.tenon("adopt", "old", "--accept-schema")
            w.apply()
            self.assertEqual(set(w.states().values()), {"applied"})

    def test_versions(self):
        """10 comes behind 9, whatever zeros are in front; 1.10 behind 1.9; 1 is 1.0."""
        with World() as w:
            tool = Flyway()
            tool.file = lambda i, title: ("V1.0__a.sql", "V1_9__b.sql", "V1.10__c.sql")[i - 1]
            tool.make(w, [(c, f"CREATE TABLE {c} (id int);", "") for c in "abc"], 3)
            w.sql("UPDATE flyway_schema_history SET version = "
                  "(ARRAY['1', '1.9', '1.10'])[installed_rank] WHERE installed_rank > 0")
            self.has(w.tenon("adopt", "old"), "000001_a", "000002_b", "000003_c", "adopted 3")

    # --- What the other ledger says ---

    def test_edited(self):
        for tool in (Drizzle(), Flyway(), Atlas(), Sqlx()):
            with self.subTest(tool.name), World() as w:
                name, text = tool.make(w)[1]
                (w.folder / "old" / name).write_bytes(text + b"-- edited\n")
                self.refused(w, f"{name} is no longer what {tool.name} has applied")
                self.assertEqual(files_of(w), {})

    def test_missing(self):
        for tool in (Goose(), GolangMigrate(), Dbmate(), Sqlx(), Tern()):
            with self.subTest(tool.name), World() as w:
                name, _ = tool.make(w)[1]
                (w.folder / "old" / name).unlink()
                self.refused(w, "is applied, and there is no such file")

    def test_failed(self):
        for tool, change, words in (
                (GolangMigrate(), "UPDATE schema_migrations SET dirty = true", "version 2 is dirty"),
                (Flyway(), "UPDATE flyway_schema_history SET success = false WHERE version = '1.2'",
                 "version 1.2 has failed"),
                (Sqlx(), "UPDATE _sqlx_migrations SET success = false WHERE version = 2",
                 "version 2 has failed"),
                (Atlas(), "UPDATE atlas_schema_revisions.atlas_schema_revisions SET applied = 1, "
                          "error = 'x' WHERE version LIKE '20250302%'", "has failed at statement 2 of 2")):
            with self.subTest(tool.name), World() as w:
                tool.make(w)
                w.sql(change)
                self.refused(w, words)

    def test_taken_back(self):
        """goose's last row of a version counts; Flyway's undone one is pending."""
        with World() as w:
            Goose().make(w)
            w.sql("INSERT INTO goose_db_version (version_id, is_applied) VALUES (2, false); "
                  "DROP TABLE orders")
            self.has(w.tenon("adopt", "old"), "pending  20000101000002_orders")
        with World() as w:
            Flyway().make(w)
            w.sql("INSERT INTO flyway_schema_history VALUES (3, '1.2', 'd', 'UNDO_SQL', 'U1.2', 1, "
                  "'dba', now(), 1, true); DROP TABLE orders")
            self.has(w.tenon("adopt", "old"), "pending  20000101000002_orders")

    def test_baseline_of_flyway(self):
        with World() as w:
            Flyway().make(w)
            w.sql("DELETE FROM flyway_schema_history WHERE installed_rank > 0; INSERT INTO "
                  "flyway_schema_history VALUES (1, '1.2', '<< Flyway Baseline >>', 'BASELINE', 'x', "
                  "NULL, 'dba', now(), 0, true)")
            self.has(w.tenon("adopt", "old"), "adopted 2 migrations")

    def test_several_ledgers(self):
        with World() as w:
            Goose().make(w)
            w.sql("CREATE TABLE schema_migrations (version varchar PRIMARY KEY)")
            self.refused(w, "several ledgers: goose (public.goose_db_version), dbmate "
                            "(public.schema_migrations)", "--from TOOL")
            self.refused(w, "TABLE public.schema_migrations", arguments=("old", "--from", "goose"))
            w.tenon("adopt", "old", "--from", "goose", "--ignore", "public.schema_migrations")

    def test_renamed_ledger(self):
        with World() as w:
            Goose().make(w)
            w.sql("CREATE SCHEMA ops; ALTER TABLE goose_db_version SET SCHEMA ops; "
                  "ALTER TABLE ops.goose_db_version RENAME TO done")
            self.refused(w, "has no ledger of drizzle, goose, golang-migrate, dbmate, flyway, atlas, "
                            "sqlx, tern", "--old-ledger")
            self.refused(w, "no table ops.nothing", arguments=(
                "old", "--from", "goose", "--old-ledger", "ops.nothing"))
            w.tenon("adopt", "old", "--from", "goose", "--old-ledger", "ops.done", "--ignore", "ops")

    def test_rights(self):
        with World() as w:
            Goose().make(w)
            user = f"tenon_adopt_{os.getpid()}"
            w.sql(f"CREATE ROLE {user} LOGIN; GRANT CREATE ON DATABASE {w.database} TO {user}")
            try:
                w.url += f" user={user}"
                self.refused(w, "public.goose_db_version, the ledger of goose, can not be read: GRANT")
                w.sql(f"GRANT SELECT ON goose_db_version TO {user}")
                self.refused(w, "can not be locked")
                self.has(w.tenon("adopt", "old", "--role", "postgres", status=1),
                         'permission denied to set role "postgres"')
            finally:
                w.sql(f"DROP OWNED BY {user}; DROP ROLE {user}")

    def test_differences(self):
        with World() as w:
            Goose().make(w)
            w.sql("ALTER TABLE users ADD COLUMN by_hand int; DROP INDEX orders_user")
            self.refused(w, "+ COLUMN public.users.by_hand", "- INDEX public.orders_user",
                         "--accept-schema")
            self.assertEqual(files_of(w), {})
            w.tenon("adopt", "old", "--accept-schema")
            self.assertNotIn("drift", w.tenon("status", status=1))

    def test_own_rows(self):
        with World() as w:
            w.migration("19990101000000_a", "CREATE TABLE a (id int);")
            w.apply()
            Goose().make(w)
            for path in (w.folder / "migrations").iterdir():
                path.unlink()
            self.has(w.tenon("adopt", "old", status=1), "has rows already")
            self.assertEqual(w.sql("SELECT count(*) FROM tenon.migrations"), "1")

    def test_usage(self):
        with World() as w:
            for arguments, words in (((), "give the folder"), (("a", "b"), "give the folder"),
                                     (("old", "--from", "x"), "--from is one of drizzle, goose"),
                                     (("old", "--old-ledger", "a.b"), "needs --from"),
                                     (("./migrations/",), "give another one with --migrations"),
                                     (("old", "--from", "none"), "goes with --baseline"),
                                     (("old", "--baseline", "1"), "needs --from TOOL")):
                self.has(w.tenon("adopt", *arguments, status=2), words)
            w.sql(Goose().ledger_sql(w, []))
            self.has(w.tenon("adopt", "nowhere", status=3), "nowhere")
            (w.folder / "old").mkdir()
            self.has(w.tenon("adopt", "old", status=1), "old has no migrations of goose")

    # --- Locks ---

    @staticmethod
    @contextlib.contextmanager
    def held(w, lock):
        """A session that has run this, and goes on until its transaction is over."""
        session = subprocess.Popen(["psql", "-XqAt", "-d", w.database], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
        session.stdin.write(f"BEGIN; {lock}; SELECT 'held';\n")
        session.stdin.flush()
        while session.stdout.readline().strip() != "held":
            pass
        yield
        session.communicate("COMMIT;\n")

    def test_locks(self):
        """The numbers are those that the tools compute; looking alone needs no lock."""
        for tool, number in ((GolangMigrate(), None), (Goose(), 5887940537704921958),
                             (Flyway(), Flyway.lock()), (Atlas(), Atlas.lock()), (Sqlx(), None),
                             (Tern(), 9628173550095224)):
            with self.subTest(tool.name), World() as w:
                tool.make(w)
                number = number or tool.lock(w.database)
                with self.held(w, f"SELECT pg_advisory_lock({number})"):
                    self.refused(w, f"another session holds its lock ({number})",
                                 arguments=("old", "--wait-timeout", "300ms"))
                    w.tenon("adopt", "old", "--dry-run")
                self.has(w.tenon("adopt", "old"), "adopted 2")

    def test_lock_of_the_table(self):
        """A tool that takes no lock and is about to commit is waited for, and what it did counts."""
        with World() as w:
            Dbmate().make(w)
            with self.held(w, "INSERT INTO schema_migrations VALUES ('20250303101500'); "
                              "ALTER TABLE users ADD COLUMN credit_limit numeric(20,2)"):
                began = time.monotonic()
                self.refused(w, "dbmate is at work", "another session writes to "
                             "public.schema_migrations", arguments=("old", "--wait-timeout", "300ms"))
                self.assertLess(time.monotonic() - began, 9)
                run = w.start("adopt", "old", "--wait-timeout", "never")
                w.wait_for(f"SELECT EXISTS (SELECT FROM {LOCKS} WHERE NOT granted AND mode = "
                           "'ShareLock')")
            self.has(run.communicate(timeout=120)[0], "adopted 3 migrations\n")

    def test_lock_that_is_lost(self):
        """The session with the locks ends while ours is waited for: nothing is committed."""
        key = 14695981039346656037
        for c in b"tenon\0tenon\0migrations\0":  # FNV-1a, as runtime/src/migrate/migrator.c
            key = (key ^ c) * 1099511628211 % 2 ** 64
        key -= 2 ** 64 if key >= 2 ** 63 else 0
        held = f"FROM {LOCKS} WHERE relation = 'goose_db_version'::regclass AND mode = 'ShareLock'"
        with World() as w:
            Goose().make(w)
            other = subprocess.Popen(["psql", "-XqAt", "-d", w.database, "-c",
                                      f"SELECT pg_advisory_lock({key}); SELECT pg_sleep(300)"])
            try:
                w.wait_for(f"SELECT EXISTS (SELECT FROM {LOCKS} WHERE locktype = 'advisory')")
                run = w.start("adopt", "old")
                w.wait_for(f"SELECT EXISTS (SELECT FROM {SESSIONS} WHERE application_name = "
                           "'tenon migrate')")
                self.assertEqual(w.sql(f"SELECT pg_terminate_backend(pid) {held}"), "t")
            finally:
                other.kill()
                other.wait()
                w.sql(f"SELECT pg_terminate_backend(pid) FROM {SESSIONS} WHERE query LIKE "
                      "'%pg_sleep(300)%' AND pid <> pg_backend_pid()")
            said = run.communicate(timeout=120)[0]
            self.has(said, "the lock of the ledger of goose was lost, so nothing is committed")
            self.assertEqual((run.returncode, w.sql("SELECT count(*) FROM tenon.migrations")),
                             (1, "0"))
            w.tenon("adopt", "old")

    # --- Without a ledger ---

    def test_baseline(self):
        with World() as w:
            w.migration("20260101000000_a", "CREATE TABLE public.a (id int);")
            w.migration("20260102000000_b", "CREATE TABLE public.b (id int);")
            w.migration("20260103000000_c", "CREATE TABLE public.c (id int);")
            w.sql("CREATE TABLE a (id int); CREATE TABLE b (id int, by_hand int)")
            self.refused(w, "has no migration \"2025\"", arguments=("--baseline", "2025"))
            self.refused(w, "+ COLUMN public.b.by_hand", arguments=("--baseline", "20260102"))
            w.sql("ALTER TABLE b DROP COLUMN by_hand")
            said = w.tenon("adopt", "--baseline", "20260102", "--dry-run")
            self.has(said, "applied  20260102000000_b", "pending  20260103000000_c")
            self.assertEqual(w.sql(LEDGER), "t")
            self.has(w.tenon("adopt", "--baseline", "20260102"), "adopted 2 migrations; 1 is pending")
            self.assertEqual(w.sql("SELECT action FROM tenon.migrations_log"), "adopt from baseline")
            w.apply()
            self.assertEqual(set(w.states().values()), {"applied"})

    def test_baseline_of_nothing(self):
        """A database that nothing has ever migrated: pull, new, adopt."""
        with World() as w:
            w.sql("CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY); "
                  "CREATE INDEX i ON a (id)")
            run = [w.command("x")[0], "pull", "--database", w.url, "--out", "all.sql"]
            subprocess.run(run, cwd=w.folder, check=True, capture_output=True)
            subprocess.run([run[0], "migrate", "new", "start", "--schema", "all.sql", "--migrations",
                            "migrations"], cwd=w.folder, check=True, capture_output=True)
            name, = files_of(w)
            self.has(w.tenon("adopt", "--baseline", name[:14]), "adopted 1 migration\n")
            self.assertEqual(w.states(), {name[:-4]: "applied"})

    def test_baseline_with_a_folder(self):
        """The tool's files, and a ledger that is gone."""
        with World() as w:
            tool = Goose()
            tool.make(w)
            arguments = ("old", "--from", "goose", "--baseline", "20000101000002")
            self.refused(w, "the database has a ledger: goose", arguments=arguments)
            w.sql("DROP TABLE goose_db_version")
            self.has(w.tenon("adopt", *arguments), "adopted 2 migrations; 1 is pending")
            w.apply()
            self.check_end(w)

    def test_baseline_beside_a_ledger(self):
        with World() as w:
            w.migration("20260101000000_a", "CREATE TABLE public.a (id int);")
            w.sql("CREATE TABLE a (id int); CREATE TABLE schema_migrations (version varchar)")
            self.refused(w, "the database has a ledger: dbmate", arguments=("--baseline", "2026"))
            w.tenon("adopt", "--baseline", "2026", "--from", "none", "--ignore",
                    "public.schema_migrations")


if __name__ == "__main__":
    need_server()
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
