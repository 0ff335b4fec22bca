#!/usr/bin/python3
"""apply --script: what psql makes of it is what apply makes, in the catalog and in the ledger.
   script.py TENON"""
import pathlib
import shutil
import subprocess

from world import LOCKS, World, need_server

ROOT = pathlib.Path(__file__).resolve().parents[2]
A, B, C = "20260101000000_a", "20260102000000_b", "20260103000000_c"
BIG = ("CREATE TABLE public.big (a int, b text, v int, PRIMARY KEY (b, a));\n"
       "INSERT INTO public.big SELECT i, 'k' || i % 7, NULL FROM generate_series(1, 1000) i;")
FILL = ("-- tenon: no-transaction\n-- tenon: batch 100\n-- tenon: done SELECT NOT EXISTS (SELECT "
        "FROM public.big WHERE v IS NULL)\nUPDATE public.big AS t SET v = 0 WHERE (v IS NULL AND "
        "b <> '$tenon$') -- all\n;")
INDEX = ("-- tenon: no-transaction\n-- tenon: done SELECT coalesce((SELECT indisvalid FROM pg_index "
         "WHERE indexrelid = to_regclass('public.big_v')), false)\n"
         "CREATE INDEX CONCURRENTLY big_v ON public.big (v);")
# What psql would read for itself, or end too early, if it were let.
TEXTS = ("CREATE TABLE public.t (a int[] DEFAULT '{1,2,3}', b text DEFAULT ':HOST \\ $tenon$ ''');\n"
         "INSERT INTO public.t DEFAULT VALUES;\n"
         "UPDATE public.t SET a[1:HOST] = '{7,8}' FROM (SELECT 2 AS host) h -- the end\n;\n"
         "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\n"
         "CREATE FUNCTION public.g() RETURNS text LANGUAGE sql AS $$ SELECT ':USER'::text; $$;\n"
         "ALTER TABLE public.t ADD c text DEFAULT E'é\\n:VERSION';\n"
         "COMMENT ON TABLE public.t IS '\\q';\n"
         "CREATE VIEW public.v AS SELECT ':HOST'::text AS c$tenon;")


def outcome(world):
    """Everything that an applied migration leaves; not when, how long it took, and where rows lie."""
    dump = subprocess.run(["pg_dump", "-d", world.database, "--restrict-key", "x"],
                          capture_output=True, text=True, check=False)
    if dump.returncode:  # an older one has no such option
        dump = subprocess.run(["pg_dump", "-d", world.database], capture_output=True, text=True,
                              check=True)
    schema = sorted(line for line in dump.stdout.splitlines() if "\t20" not in line)
    rows = world.sql("SELECT target, name, seq, version, parent, checksum, state, part, statement, "
                     "part_checksum, message, batch_key, batch_rows, catalog_hash, server_hash, "
                     "server_major, finished_at > started_at - interval '1 s', applied_by, "
                     "git_revision, tenon_version, ticket, duration_ms >= 0 "
                     "FROM tenon.migrations ORDER BY seq")
    return schema, rows


def script_of(world, *arguments):
    """Standard output alone: warnings are for the person."""
    return subprocess.run(world.command("apply", "--script", *arguments), cwd=world.folder,
                          stdout=subprocess.PIPE, text=True, check=True).stdout


def run_script(world, text, status=0):
    run = subprocess.run(["psql", "-Xq", "-d", world.database], input=text, capture_output=True,
                         text=True, check=False)
    assert run.returncode == status, (run.returncode, run.stdout, run.stderr)
    return run.stdout + run.stderr


def both_ways(make, *arguments):
    """make(world) writes the folder, and prepares the database."""
    with World() as w:
        make(w)
        w.apply(*arguments)
        wanted = outcome(w)
    with World() as w:
        make(w)
        script = script_of(w, *arguments)
        assert "applied: " in run_script(w, script)
        found = outcome(w)
        assert found[1] == wanted[1], f"{found[1]}\n{wanted[1]}\n{script}"
        assert found[0] == wanted[0], script
        w.tenon("status", *(a for a in arguments if "schemas" in a or "*" in a))
        assert script_of(w, *arguments).startswith("-- nothing to do: all migrations are applied\n")
        return script


def test_folders():
    for folder in ("examples/worker/migrations", "tests/apply/service/migrations"):
        def make(w, folder=folder):
            shutil.copytree(ROOT / folder, w.folder / "migrations", dirs_exist_ok=True)
        both_ways(make, "--ticket", "it's T-1")


def test_kinds():
    def make(w):
        w.migration(A, BIG)
        w.migration(B, FILL)
        w.migration(C, INDEX + "\n")
        w.migration("20260104000000_d", TEXTS)
        w.migration("20260105000000_e", "CREATE TABLE public.x ();\n-- tenon: commit\n"
                                        "CREATE TABLE public.y ();")
    script = both_ways(make)
    assert "\nCREATE TABLE public.x ();\n" in script


def test_what_was_cut_short():
    """An invalid index is taken away; a batch goes on behind its key."""
    def make(w):
        w.migration(A, BIG)
        w.migration(B, FILL)
        w.migration(C, INDEX)
        w.apply("--to", B)
        w.sql("UPDATE tenon.migrations SET state = 'running', statement = 1, batch_key = '{k3,500}', "
              f"batch_rows = 3 WHERE name = '{B}'; UPDATE big SET v = NULL WHERE b > 'k4'")
    both_ways(make)

    def make_index(w):
        w.migration(A, BIG)
        w.migration(C, INDEX)
        w.sql("CREATE SCHEMA tenon")
        w.apply("--to", A)
        w.sql("INSERT INTO tenon.migrations (name, seq, version, parent, checksum, state, part, "
              f"statement) SELECT '{C}', 2, '', '', '{'0' * 64}', 'running', 0, 1; "
              "CREATE INDEX big_v ON big (v); "
              "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'big_v'::regclass")
    both_ways(make_index)


def test_schemas():
    def make(w):
        w.sql("CREATE SCHEMA tenant_1; CREATE SCHEMA tenant_2")
        w.migration(A, "CREATE TABLE notes (id int);")
    both_ways(make, "--schemas", "tenant_*")


def test_guards():
    with World() as w:
        w.migration(A, "CREATE TABLE public.t ();")
        script = script_of(w)
        assert w.sql("SELECT to_regclass('t') IS NULL") == "t"
        run = subprocess.run(["psql", "-Xq", "-d", "postgres"], input=script, capture_output=True,
                             text=True, check=False)
        assert run.returncode == 3 and "made for another database" in run.stderr, run.stderr
        w.apply()
        assert "the ledger has changed" in run_script(w, script, 3)
        w.migration(B, "CREATE TABLE public.u ();\nSELECT 1 / 0;", parent=A)
        said = run_script(w, script_of(w), 3)
        assert "division by zero" in said
        assert w.sql("SELECT to_regclass('u') IS NULL") == "t", "a half of a file was kept"
        w.migration(B, "-- @effect none\nSELECT pg_advisory_unlock_all();", parent=A)
        assert "no longer holds the lock" in run_script(w, script_of(w), 3)
        w.migration(B, "SELECT 1;", parent=A)
        script = script_of(w)
        holder = subprocess.Popen(["psql", "-Xq", "-d", w.database], stdin=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL, text=True)
        key = script.split("pg_try_advisory_lock(")[1].split(")")[0]
        holder.stdin.write(f"SELECT pg_advisory_lock({key});\n")
        holder.stdin.flush()
        w.wait_for(f"SELECT count(*) > 0 FROM {LOCKS} WHERE locktype = 'advisory' AND granted")
        assert "another session applies migrations" in run_script(w, script, 3)
        holder.communicate()


if __name__ == "__main__":
    need_server()
    test_folders()
    test_kinds()
    test_what_was_cut_short()
    test_schemas()
    test_guards()
