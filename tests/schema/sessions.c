/* Several files, search paths, transactions, extensions and DO blocks. */
#include "given.h"

#include <stdio.h>

#include "facts.h"

static const char *all(const char *prefix)
{
    return facts_with(&given_arena, given_catalog, prefix);
}

START_TEST(each_file_begins_with_the_default_path)
{
    load("CREATE SCHEMA app; SET search_path = app; CREATE TABLE a (x int);");
    load("CREATE TABLE b (x int);");
    ck_assert_str_eq(all("relation"), "relation app.a r\nrelation public.b r\n");
}
END_TEST

START_TEST(the_schema_of_a_dump_is_found_without_its_path)
{
    load("SELECT pg_catalog.set_config('search_path', '', false);"
         "CREATE TABLE public.t (a int);");
    ck_assert_ptr_nonnull(catalog_find_relation(given_catalog, NULL, "t"));
}
END_TEST

START_TEST(a_second_file_sees_names_and_children_of_the_first)
{
    load("CREATE TABLE p (a int) PARTITION BY LIST (a);"
         "CREATE TABLE c PARTITION OF p FOR VALUES IN (1); CREATE INDEX i ON p (a);");
    load(
        "ALTER TABLE p ADD b int; CREATE INDEX IF NOT EXISTS i ON p (b); CREATE INDEX i ON p (a);");
    ck_assert_str_eq(all("column public.c"),
                     "column public.c.a integer inherited\ncolumn public.c.b integer inherited\n");
    ck_assert_str_eq(diagnostics(), "42P07 1:78 i\nnote 1:108 i\n");
}
END_TEST

START_TEST(an_extension_is_loaded_once)
{
    load("CREATE EXTENSION citext;");
    load("CREATE EXTENSION IF NOT EXISTS citext; CREATE TABLE t (a citext);\n"
         "CREATE EXTENSION citext;");
    ck_assert_str_eq(all("column"), "column public.t.a citext\n");
    ck_assert_str_eq(diagnostics(), "42710 2:18 citext\n");
}
END_TEST

START_TEST(an_unknown_extension_is_a_warning)
{
    ck_assert_str_eq(diagnostics_of("CREATE EXTENSION IF NOT EXISTS pg_cron;"),
                     "PL301 1:32 pg_cron\nhint run \"tenon catalog dump\" against a database that "
                     "has it, and add the file it writes to the schema\n");
    ck_assert_uint_eq(given_diags.n_errors, 0);
}
END_TEST

START_TEST(a_foreign_schema_is_a_warning)
{
    ck_assert_str_eq(diagnostics_of("CREATE EXTENSION postgres_fdw;\n"
                                    "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;\n"
                                    "IMPORT FOREIGN SCHEMA remote FROM SERVER s INTO public;"),
                     "PL305 3:23 remote\n"
                     "hint write a CREATE FOREIGN TABLE for each table that is used\n");
    ck_assert_uint_eq(given_diags.n_errors, 0);
}
END_TEST

START_TEST(every_known_extension_loads_without_a_diagnostic)
{
    static const char *const names[] = {
        "btree_gin",     "btree_gist",   "citext",   "cube",      "dblink",   "earthdistance",
        "fuzzystrmatch", "hstore",       "intarray", "isn",       "lo",       "ltree",
        "pg_trgm",       "pgcrypto",     "seg",      "tablefunc", "unaccent", "xml2",
        "uuid-ossp",     "postgres_fdw", "plpgsql",  "vector",    "postgis"};
    static const char *const upon_others[] = {"postgis_raster", "postgis_sfcgal",
                                              "postgis_tiger_geocoder", "postgis_topology"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        load(arena_printf(&given_arena, "CREATE EXTENSION IF NOT EXISTS \"%s\";", names[i]));
    for (size_t i = 0; i < sizeof upon_others / sizeof *upon_others; i++)
        load(arena_printf(&given_arena, "CREATE EXTENSION IF NOT EXISTS %s CASCADE;",
                          upon_others[i]));
    ck_assert_str_eq(diagnostics(), "");
}
END_TEST

START_TEST(what_cannot_change_a_query_is_skipped)
{
    ck_assert_str_eq(facts("CREATE TABLE t (a int); GRANT ALL ON t TO nobody;"
                           "CREATE POLICY p ON t USING (true); INSERT INTO nosuch VALUES (1);"
                           "CREATE PUBLICATION p FOR ALL TABLES; CREATE ROLE r; VACUUM; ANALYZE t;"
                           "ALTER TABLE t ENABLE ROW LEVEL SECURITY; SET lock_timeout = 0;"
                           "CREATE STATISTICS s ON a, (a + 1) FROM t;"
                           "LOCK TABLE nosuch; SELECT nosuch();",
                           "relation"),
                     "relation public.t r\n");
}
END_TEST

#define TABLE_T "CREATE TABLE t (a int);\n"
#define TRIGGER(function)                                                                          \
    "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION " function "();"
#define FUNCTION_P                                                                                 \
    "CREATE FUNCTION p() RETURNS int LANGUAGE plpgsql AS 'BEGIN EXECUTE make(); END';"

START_TEST(what_is_missing_may_have_been_made_where_nobody_could_look)
{
    ck_assert_str_eq(diagnostics_of(TABLE_T TRIGGER("f")), "42883 2:67 f\n");
    ck_assert_str_eq(diagnostics_of(TABLE_T TRIGGER("autoinc")),
                     "PL306 2:67 autoinc\nhint it is part of the extension autoinc: add CREATE "
                     "EXTENSION autoinc to the schema\n");
    ck_assert_str_eq(diagnostics_of(TABLE_T FUNCTION_P " SELECT p();\n" TRIGGER("f")),
                     "PL306 3:67 f\nhint write DDL for what an extension, a function or a DO block "
                     "makes\n");
    ck_assert_str_eq(diagnostics_of(TABLE_T FUNCTION_P " SELECT lower('x');\n" TRIGGER("f")),
                     "42883 3:67 f\n");
}
END_TEST

START_TEST(a_rollback_is_warned_about)
{
    ck_assert_str_eq(diagnostics_of("BEGIN; CREATE TABLE t (a int);\nROLLBACK;"),
                     "PL303 2:1 ROLLBACK\n");
    ck_assert_str_eq(all("column"), "");
    ck_assert_str_eq(diagnostics_of("BEGIN; SAVEPOINT s; CREATE TABLE t (a int);\n"
                                    "ROLLBACK TO s; CREATE TABLE t (b int); COMMIT;"),
                     "PL303 2:1 ROLLBACK\n");
    ck_assert_str_eq(all("column"), "column public.t.b integer\n");
    ck_assert_str_eq(diagnostics_of("BEGIN; SELECT 1; ROLLBACK; BEGIN; CREATE TABLE t (); COMMIT;"),
                     "");
}
END_TEST

START_TEST(an_extension_that_is_used_is_there)
{
    ck_assert_str_eq(diagnostics_of("CREATE TABLE t (a citext,\n"
                                    "b uuid DEFAULT uuid_generate_v4(), c citext[]);"),
                     "PL307 1:19 citext\n"
                     "hint add CREATE EXTENSION citext to the schema\n"
                     "PL307 2:16 uuid_generate_v4\n"
                     "hint add CREATE EXTENSION \"uuid-ossp\" to the schema\n");
    ck_assert_str_eq(all("column"), "column public.t.a citext\ncolumn public.t.b uuid default\n"
                                    "column public.t.c citext[]\n");
    ck_assert_str_eq(diagnostics_of("CREATE TABLE w (a text);\n"
                                    "CREATE INDEX ON w USING gin (a gin_trgm_ops);"),
                     "PL307 2:32 gin_trgm_ops\n"
                     "hint add CREATE EXTENSION pg_trgm to the schema\n");
    ck_assert_str_eq(diagnostics_of("CREATE TABLE w (a text);\n"
                                    "CREATE INDEX ON w USING gist (a gin_trgm_ops);"),
                     "42704 2:33 gin_trgm_ops\n");
}
END_TEST

START_TEST(uncertain_ddl_of_a_do_block_is_warned_about)
{
    ck_assert_str_eq(
        diagnostics_of("DO $$ BEGIN\n"
                       "IF now() > '2020-01-01' THEN CREATE TABLE t (); END IF; END $$;"),
        "PL304 2:30 CREATE\n"
        "hint write DDL that queries depend on outside of the DO block\n");
    ck_assert_str_eq(diagnostics_of("DO $$ BEGIN EXECUTE format('DROP TABLE %I', x); END $$;"),
                     "PL304 1:21 format\n"
                     "hint write DDL that queries depend on outside of the DO block\n");
    ck_assert_str_eq(
        diagnostics_of("DO $$ DECLARE n int; BEGIN FOR n IN 1..3 LOOP RAISE NOTICE 'x';"
                       " END LOOP; EXECUTE format('GRANT ALL ON %I TO x', 'y'); END $$;"),
        "");
    ck_assert_str_eq(
        diagnostics_of("DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a'] LOOP\n"
                       "EXECUTE format('CREATE TRIGGER %I_log AFTER INSERT ON %I', t, t);"
                       "END LOOP; IF now() > '2020-01-01' THEN CREATE INDEX ON t (a);"
                       "COMMENT ON TABLE t IS 'x'; END IF; END $$;"),
        "");
}
END_TEST

/* Where a literal is not known, the rest of the statement is. */
START_TEST(a_literal_of_a_do_block_need_not_be_known)
{
    load("CREATE TABLE t (a int);"
         "DO $$ DECLARE who text := current_user; BEGIN\n"
         "EXECUTE format('ALTER TABLE t ADD b text NOT NULL DEFAULT %L', who);\n"
         "EXECUTE 'ALTER TABLE t ADD c int DEFAULT ' || quote_literal(length(who));\n"
         "EXECUTE format('COMMENT ON TABLE t IS %L', who); END $$;");
    ck_assert_str_eq(all("column"), "column public.t.a integer\n"
                                    "column public.t.b text not-null default\n"
                                    "column public.t.c integer default\n");
    ck_assert_str_eq(diagnostics(), "");
    ck_assert_str_eq(diagnostics_of("DO $$ BEGIN\n"
                                    "EXECUTE format('CREATE TYPE e AS ENUM (%L)', x); END $$;"),
                     "PL304 2:9 format\n"
                     "hint write DDL that queries depend on outside of the DO block\n");
}
END_TEST

/* What a block may have made is missing for a reason; other kinds of objects are not. */
START_TEST(what_a_do_block_may_have_made_is_a_warning)
{
    load("CREATE TABLE t (a int);\n"
         "DO $$ DECLARE r text; BEGIN FOR r IN SELECT 'x' LOOP\n"
         "EXECUTE format('CREATE UNIQUE INDEX %I ON t (a)', r); END LOOP; END $$;\n"
         "ALTER INDEX x RENAME TO y;\n"
         "DROP INDEX y;\n"
         "ALTER TABLE z ADD b int;");
    ck_assert_str_eq(diagnostics(), "PL306 4:13 x\nnote 2:1 DO\n"
                                    "hint write DDL for what it makes outside of the DO block\n"
                                    "PL306 5:12 y\nnote 2:1 DO\n"
                                    "hint write DDL for what it makes outside of the DO block\n"
                                    "42P01 6:13 z\n");
}
END_TEST

/* A condition of the block, and whether it holds. */
static const struct {
    const char *text;
    bool holds;
} conditions[] = {
    {"true", true},
    {"NOT true OR false", false},
    {"EXISTS (SELECT FROM pg_tables WHERE tablename = 't')", true},
    {"EXISTS (SELECT FROM pg_tables WHERE tablename = 't' AND schemaname = 'other')", false},
    {"EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
     " WHERE c.relname = 't' AND n.nspname = 'public' AND relkind = 'r')",
     true},
    {"EXISTS (SELECT 1 FROM pg_class WHERE relname = 't_i')", true},
    {"EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 't_i')", false},
    {"EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND"
     " table_schema = current_schema() AND column_name = 'a' AND data_type = 'integer')",
     true},
    {"EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND"
     " column_name = 'a' AND data_type = 'text')",
     false},
    {"EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND"
     " column_name = 'm' AND data_type = 'USER-DEFINED' AND udt_name = 'mood')",
     true},
    {"EXISTS (SELECT 1 FROM information_schema.columns WHERE column_name = 'a' AND"
     " is_nullable = 'YES')",
     false},
    {"EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'public.t'::regclass AND"
     " attname = 'm' AND NOT attisdropped AND attnum > 0)",
     true},
    {"NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood')", false},
    {"EXISTS (SELECT FROM pg_enum e, pg_type t WHERE e.enumtypid = t.oid AND"
     " t.typname = 'mood' AND e.enumlabel = 'sad')",
     true},
    {"EXISTS (SELECT FROM pg_enum WHERE enumtypid = 'mood'::regtype AND enumlabel = 'x')", false},
    {"EXISTS (SELECT FROM pg_constraint WHERE conname = 'c')", true},
    {"EXISTS (SELECT FROM pg_indexes WHERE indexname = 't_i')", true},
    {"EXISTS (SELECT FROM information_schema.schemata WHERE schema_name = 'x')", false},
    {"(SELECT count(*) FROM pg_tables WHERE tablename = 't') = 0", false},
    {"to_regclass('public.t') IS NOT NULL AND to_regtype('nosuch') IS NULL", true},
    {"current_setting('server_version_num')::int >= 120000", true},
};

START_TEST(the_branch_that_the_schema_leads_to_is_taken)
{
    static const char before[] = "CREATE TYPE mood AS ENUM ('sad');"
                                 "CREATE TABLE t (a int NOT NULL, m mood,"
                                 " CONSTRAINT c CHECK (a > 0)); CREATE INDEX t_i ON t (a);";
    char script[1000];

    snprintf(script, sizeof script,
             "%s DO $$ BEGIN IF %s THEN CREATE TABLE yes (); ELSE CREATE TABLE no (); END IF;"
             " END $$; DROP TABLE %s;",
             before, conditions[_i].text, conditions[_i].holds ? "yes" : "no");
    ck_assert_str_eq(diagnostics_of(script), "");
}
END_TEST

START_TEST(one_branch_of_many_is_taken)
{
    ck_assert_str_eq(
        facts("DO $$ BEGIN IF false THEN CREATE TABLE a (); ELSIF 1 = 1 THEN CREATE TABLE b ();"
              " ELSIF true THEN CREATE TABLE c (); ELSE CREATE TABLE d (); END IF; END $$;",
              "relation"),
        "relation public.b r\n");
}
END_TEST

START_TEST(an_error_in_a_do_block_has_its_own_place)
{
    ck_assert_str_eq(diagnostics_of("DO $$\nBEGIN\n  CREATE TABLE t (a zzzz);\nEND $$;"),
                     "42704 3:21 zzzz\n");
    ck_assert_str_eq(diagnostics_of("DO 'BEGIN CREATE TABLE t (a zzzz); END';"),
                     "42704 1:29 zzzz\n");
    ck_assert_str_eq(diagnostics_of("DO 'BEGIN PERFORM ''x''; CREATE TABLE t (a zzzz); END';"),
                     "42704 1:1 DO\n");
}
END_TEST

Suite *sessions_suite(void)
{
    Suite *suite = suite_create("sessions");
    TCase *tests = tcase_create("sessions");

    tcase_add_checked_fixture(tests, given_setup, given_teardown);
    tcase_add_test(tests, each_file_begins_with_the_default_path);
    tcase_add_test(tests, the_schema_of_a_dump_is_found_without_its_path);
    tcase_add_test(tests, a_second_file_sees_names_and_children_of_the_first);
    tcase_add_test(tests, an_extension_is_loaded_once);
    tcase_add_test(tests, an_unknown_extension_is_a_warning);
    tcase_add_test(tests, a_foreign_schema_is_a_warning);
    tcase_add_test(tests, every_known_extension_loads_without_a_diagnostic);
    tcase_add_test(tests, what_cannot_change_a_query_is_skipped);
    tcase_add_test(tests, what_is_missing_may_have_been_made_where_nobody_could_look);
    tcase_add_test(tests, a_rollback_is_warned_about);
    tcase_add_test(tests, an_extension_that_is_used_is_there);
    tcase_add_test(tests, uncertain_ddl_of_a_do_block_is_warned_about);
    tcase_add_test(tests, a_literal_of_a_do_block_need_not_be_known);
    tcase_add_test(tests, what_a_do_block_may_have_made_is_a_warning);
    tcase_add_loop_test(tests, the_branch_that_the_schema_leads_to_is_taken, 0,
                        sizeof conditions / sizeof *conditions);
    tcase_add_test(tests, one_branch_of_many_is_taken);
    tcase_add_test(tests, an_error_in_a_do_block_has_its_own_place);
    suite_add_tcase(suite, tests);
    return suite;
}
