#!/bin/sh
# Configurations of sqlc in the styles that they have, each with a repository around it: all packages
# are generated with ports and fakes, and everything compiles with gcc and clang, headers as C++17.
#   run.sh TENON RUNTIME_INCLUDE
set -eu
# shellcheck source=tests/support/program.sh
. "$(dirname "$0")/../support/program.sh"
include=$2
strict="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only"

repository() {
    mkdir "$work/$1"
    cd "$work/$1"
    : >out
    : >err
}

# write FILE: standard input, in folders that are made.
write() {
    mkdir -p "$(dirname "$1")"
    cat >"$1"
}

# generates CONFIG PACKAGE...: with ports and fakes; these packages are what comes out, and compile.
generates() {
    config=$1
    shift
    run 0 generate -f "$config" --repositories --fakes --out gen
    # shellcheck disable=SC2012
    [ "$(ls gen | tr '\n' ' ')" = "$* " ] || fail "$config makes $(ls gen | tr '\n' ' '), not $*"
    for cc in gcc clang; do
        # shellcheck disable=SC2086
        $cc -std=c11 $strict -I"$include" -Igen gen/*/*.c || fail "$cc: $config"
    done
    for header in gen/*/*.h; do
        echo "#include \"${header#gen/}\""
    done >all.cc
    # shellcheck disable=SC2086
    g++ -std=c++17 $strict -I"$include" -Igen all.cc || fail "g++: $config"
}

# --- Version 1 as JSON, with a package's name and the options of Go's code ---
repository json
write sqlc.json <<'END'
{
  "version": "1",
  "packages": [
    {
      "name": "bookstore", "path": "internal/bookstore", "engine": "postgresql",
      "schema": "./sql/schema.sql", "queries": "./sql/query.sql",
      "emit_json_tags": true, "emit_prepared_queries": false, "emit_interface": true,
      "emit_exact_table_names": false, "emit_empty_slices": true, "sql_package": "pgx/v5"
    }
  ],
  "rename": {"isbn": "ISBN"},
  "overrides": [{"go_type": "github.com/x/y.Money", "db_type": "pg_catalog.numeric", "nullable": true}]
}
END
write sql/schema.sql <<'END'
CREATE TYPE book_type AS ENUM ('FICTION', 'NONFICTION');
CREATE TABLE authors (author_id serial PRIMARY KEY, name text NOT NULL DEFAULT '');
CREATE TABLE books (
    book_id serial PRIMARY KEY, author_id integer NOT NULL REFERENCES authors (author_id),
    isbn text NOT NULL UNIQUE, booktype book_type NOT NULL DEFAULT 'FICTION', price numeric(8, 2),
    available timestamptz NOT NULL DEFAULT now(), tags varchar[] NOT NULL DEFAULT '{}'
);
END
write sql/query.sql <<'END'
/* name: GetAuthor :one */
SELECT * FROM authors WHERE author_id = $1;
-- name: BooksByTags :many
SELECT book_id, name, isbn, tags FROM books LEFT JOIN authors USING (author_id) WHERE tags && $1::varchar[];
-- name: CreateBook :one
INSERT INTO books (author_id, isbn, booktype, price, available, tags) VALUES ($1, $2, $3, $4, $5, $6)
RETURNING *;
-- name: UpdateBook :exec
UPDATE books SET tags = coalesce(sqlc.narg('tags'), tags) WHERE book_id = sqlc.arg('id');
END
generates sqlc.json bookstore

# --- Version 2 with overrides and renames of Go, MySQL and SQLite beside it ---
repository engines
write sqlc.yaml <<'END'
version: "2"
sql:
  - engine: "postgresql"
    schema: "postgres/schema.sql"
    queries: "postgres/query.sql"
    gen:
      go:
        package: "authors"
        out: "postgres"
        sql_package: "pgx/v5"
        emit_pointers_for_null_types: true
        rename: {url: "URL"}
        overrides:
          - {db_type: "uuid", go_type: {import: "github.com/google/uuid", type: "UUID"}}
          - {column: "authors.bio", go_struct_tag: 'json:"bio"'}
  - {engine: "mysql", schema: "mysql/schema.sql", queries: "mysql/query.sql", gen: {go: {package: "m", out: "mysql"}}}
  - {engine: "sqlite", schema: "sqlite/schema.sql", queries: "sqlite/query.sql", gen: {go: {package: "s", out: "sqlite"}}}
END
write postgres/schema.sql <<'END'
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
CREATE TABLE authors (id uuid PRIMARY KEY DEFAULT uuid_generate_v4(), name text NOT NULL, bio text, url text);
END
write postgres/query.sql <<'END'
-- name: ListAuthors :many
SELECT * FROM authors ORDER BY name;
-- name: Authors :many
SELECT id, name FROM authors;
-- name: CountAuthors :one
SELECT count(*) FROM authors WHERE id = ANY(sqlc.slice('ids')) OR name IN (sqlc.slice('names'));
-- name: DeleteAuthor :execrows
DELETE FROM authors WHERE id = @id;
END
generates sqlc.yaml authors
complains 'its engine is mysql'

# --- Many packages over one schema, all called "db", each in a folder of its own ---
repository packages
write sqlc.yml <<'END'
version: 2
sql:
  - {engine: postgresql, schema: db/migrations, queries: internal/users/queries.sql, gen: {go: {package: db, out: internal/users/db}}}
  - {engine: postgresql, schema: db/migrations/, queries: internal/orders/queries.sql, gen: {go: {package: db, out: internal/orders/db}}}
  - {engine: postgresql, schema: ["db/migrations"], queries: internal/ping/queries.sql, gen: {go: {out: ./internal/ping/db/}}}
END
write db/migrations/000001_users.up.sql <<'END'
CREATE TABLE users (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE);
END
write db/migrations/000001_users.down.sql <<'END'
DROP TABLE users;
END
write db/migrations/000010_orders.up.sql <<'END'
CREATE TABLE orders (id bigserial PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, total numeric NOT NULL);
END
write internal/users/queries.sql <<'END'
-- name: GetUser :one
SELECT * FROM users WHERE id = $1;
END
write internal/orders/queries.sql <<'END'
-- name: OrdersOfUser :many
SELECT sqlc.embed(o), sqlc.embed(u) FROM orders o JOIN users u ON u.id = o.user_id WHERE u.email = $1;
END
write internal/ping/queries.sql <<'END'
-- name: Ping :one
SELECT 1::int AS one;
END
generates sqlc.yml orders_db ping_db users_db
echo 'CREATE TABLE broken (a nosuch);' | write db/migrations/000011_broken.up.sql
run 1 check -f sqlc.yml
[ "$(grep -c 'type "nosuch" does not exist' err)" = 1 ] || fail 'the schema is loaded and told of once'
rm db/migrations/000011_broken.up.sql
rm -r gen
run 0 generate -f sqlc.yml --only users_db orders_db
[ "$(ls generated)" = "orders_db
users_db" ] || fail '--only, and where files go when nobody says'
run 2 generate -f sqlc.yml --only user_db
complains 'sqlc.yml has no package user_db; it has users_db, orders_db, ping_db'
run 0 explain GetUser -f sqlc.yml --only users_db

# --- Any names of query files; folders of folders ---
repository names
write sqlc.yaml <<'END'
version: "2"
sql:
  - engine: postgresql
    schema: "schema/**"
    queries: ["queries/**", "legacy/**/*.sql"]
    gen: {go: {package: "store", out: "store", query_parameter_limit: 0, emit_db_tags: true}}
END
write schema/tables/1.sql <<'END'
CREATE TABLE items (id integer PRIMARY KEY, name text NOT NULL);
END
write schema/views/1.sql <<'END'
CREATE VIEW names AS SELECT name FROM items;
END
i=0
for file in queries/order-items.sql queries/001_users.sql queries/1st.sql 'queries/my queries.sql' \
    queries/a-b.c.sql queries/models.sql queries/migrations.sql queries/Users.sql queries/a/queries.sql queries/b/queries.sql \
    queries/users/get.sql queries/users/list.sql legacy/old/very/old.sql legacy/x.get.sql \
    legacy/x.list.sql; do
    i=$((i + 1))
    printf -- '-- name: Query%s :many\nSELECT * FROM items WHERE id > $1;\n' $i | write "$file"
done
generates sqlc.yaml store
for module in order_items 001_users 1st my_queries a_b models_queries migrations_queries a_queries b_queries \
    get list old x_get x_list; do
    has gen/store/$module.c
done

# --- A query called like a table's row; one name in two schemas; labels that differ in signs ---
repository clashes
write sqlc.yaml <<'END'
version: "2"
sql:
  - {engine: postgresql, schema: schema.sql, queries: query.sql, gen: {go: {package: app, out: app}}}
END
write schema.sql <<'END'
CREATE TYPE blood AS ENUM ('A+', 'A-', '0+', '0-', 'unknown');
CREATE SCHEMA audit;
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TYPE audit.kind AS ENUM ('a');
CREATE TABLE organization_members (id int PRIMARY KEY, name text NOT NULL, blood blood NOT NULL, kind kind);
CREATE TABLE audit.organization_members (id bigint PRIMARY KEY, at timestamptz NOT NULL, kind audit.kind);
END
write query.sql <<'END'
-- name: OrganizationMembers :many
SELECT m.*, a.at FROM organization_members m JOIN audit.organization_members a USING (id);
-- name: AllMembers :many
SELECT * FROM organization_members WHERE blood = $1;
-- name: AllAudits :many
SELECT * FROM audit.organization_members WHERE kind = $1;
END
generates sqlc.yaml app
grep -q APP_BLOOD_A_MINUS gen/app/models.h || fail 'signs become words where labels would meet'
grep -q 'app_audit_organization_members_row' gen/app/models.h || fail 'the schema in front'

# --- Plug-ins: no generator of sqlc's own ---
repository plugins
write sqlc.yaml <<'END'
version: "2"
plugins:
  - {name: ts, wasm: {url: "https://example.org/ts.wasm", sha256: "0"}}
x-base: &base
  engine: "postgresql"
  schema: ["schema.sql"]
sql:
  - <<: *base
    queries: ["src/queries"]
    codegen: [{plugin: ts, out: "src/db", options: {runtime: node, driver: pg}}]
  - <<: *base
    name: "reports"
    queries: ["reports.sql"]
    codegen: [{plugin: ts, out: ".", options: {}}]
    analyzer: {database: false}
    rules: [sqlc/db-prepare]
END
write schema.sql <<'END'
CREATE TABLE events (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), data jsonb NOT NULL, at timestamptz NOT NULL);
END
write src/queries/events.sql <<'END'
-- name: AddEvents :copyfrom
INSERT INTO events (id, data, at) VALUES ($1, $2, $3);
-- name: AddEvent :batchone
INSERT INTO events (data, at) VALUES ($1, now()) RETURNING id;
END
write reports.sql <<'END'
-- name: PerDay :many
SELECT date_trunc('day', at)::date AS day, count(*) FROM events GROUP BY 1 ORDER BY 1;
END
generates sqlc.yaml db reports

# --- goose, dbmate, tern, sql-migrate, sqlx and atlas, each with its marks or names ---
repository tools
write sqlc.yaml <<'END'
version: "2"
sql:
  - {engine: postgresql, schema: goose, queries: q.sql, gen: {go: {package: goose, out: goose}}}
  - {engine: postgresql, schema: dbmate, queries: q.sql, gen: {go: {package: dbmate, out: dbmate}}}
  - {engine: postgresql, schema: tern, queries: q.sql, gen: {go: {package: tern, out: tern}}}
  - {engine: postgresql, schema: sqlmigrate, queries: q.sql, gen: {go: {package: sqlmigrate, out: sqlmigrate}}}
  - {engine: postgresql, schema: sqlx, queries: q.sql, gen: {go: {package: sqlx, out: sqlx}}}
  - {engine: postgresql, schema: "atlas/*.sql", queries: q.sql, gen: {go: {package: atlas, out: atlas}}}
  - {engine: postgresql, schema: "diesel/**", queries: q.sql, gen: {go: {package: diesel, out: diesel}}}
END
write q.sql <<'END'
-- name: GetTask :one
SELECT id, title, done FROM tasks WHERE id = $1;
END
table='CREATE TABLE tasks (id bigint PRIMARY KEY, title text NOT NULL);'
column='ALTER TABLE tasks ADD COLUMN done boolean NOT NULL DEFAULT false;'
drop='DROP TABLE tasks;'
printf '%s\n' '-- +goose Up' '-- +goose StatementBegin' "$table" '-- +goose StatementEnd' '--+goose Down' "$drop" |
    write goose/20240101_a.sql
printf '%s\n' '-- +goose NO TRANSACTION' '-- +goose Up' "$column" '--   +goose Down' "$drop" | write goose/20240102_b.sql
printf '%s\n' '-- migrate:up' "$table$column" '--migrate:down transaction:false' "$drop" | write dbmate/1.sql
printf '%s\n' "$table$column" '---- create above / drop below ----' "$drop" | write tern/001_a.sql
printf '%s\n' '-- +migrate Up' "$table$column" '-- +migrate Down' "$drop" | write sqlmigrate/1-a.sql
echo "$table" | write sqlx/1_a.up.sql
echo "$drop" | write sqlx/1_a.down.sql
echo "$column" | write sqlx/10_b.sql
printf '%s\n' '-- Create "tasks" table' "$table$column" | write atlas/20240101.sql
echo 'h1:x=' | write atlas/atlas.sum
echo "$table$column" | write diesel/2024_a/up.sql
echo "$drop" | write diesel/2024_a/down.sql
generates sqlc.yaml atlas dbmate diesel goose sqlmigrate sqlx tern

# --- Several folders of schemas, and the output of pg_dump ---
repository dump
write sqlc.yaml <<'END'
version: '2'
sql:
  - engine: postgresql
    schema: [dump.sql, "views/*.sql", functions]
    queries: [queries/read, queries/write]
    gen: {go: {package: postgres, out: pkg/postgres, output_db_file_name: conn.go, output_files_suffix: _gen}}
END
write dump.sql <<'END'
\restrict abc
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.at := now(); RETURN NEW; END; $$;
CREATE TABLE public.accounts (id integer NOT NULL, at timestamp without time zone DEFAULT now() NOT NULL);
ALTER TABLE public.accounts OWNER TO postgres;
CREATE SEQUENCE public.accounts_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER TABLE ONLY public.accounts ALTER COLUMN id SET DEFAULT nextval('public.accounts_id_seq'::regclass);
COPY public.accounts (id, at) FROM stdin;
1	2024-01-01
\.
ALTER TABLE ONLY public.accounts ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
CREATE TRIGGER touch BEFORE UPDATE ON public.accounts FOR EACH ROW EXECUTE FUNCTION public.touch();
\unrestrict abc
END
write views/recent.sql <<'END'
CREATE VIEW public.recent AS SELECT id FROM public.accounts WHERE at > now() - interval '1 day';
END
write functions/f.sql <<'END'
CREATE FUNCTION public.total(OUT n bigint, OUT newest timestamp) LANGUAGE sql STABLE
AS 'SELECT count(*), max(at) FROM public.accounts';
END
write queries/read/accounts.sql <<'END'
-- name: Recent :many
SELECT id FROM public.recent;
-- name: Total :one
SELECT * FROM public.total();
END
write queries/write/accounts.sql <<'END'
-- name: AddAccount :one
INSERT INTO public.accounts (id) VALUES (DEFAULT) RETURNING *;
END
generates sqlc.yaml postgres
has gen/postgres/read_accounts.c

# --- No schema at all, a package with an odd name, nothing for PostgreSQL in one entry ---
repository bare
write sqlc.yaml <<'END'
version: "2"
sql:
  - {engine: postgresql, queries: q.sql, gen: {go: {package: "new", out: db}}}
  - {engine: postgresql, schema: [], queries: q.sql, gen: {json: {out: gen, filename: q.json}}}
  - {engine: postgresql, schema: s.sql}
END
write q.sql <<'END'
-- name: LockJob :one
SELECT pg_try_advisory_lock(@key);
-- name: Sizes :many
SELECT relname::text, pg_total_relation_size(oid) AS bytes FROM pg_class WHERE relkind = 'r';
END
generates sqlc.yaml gen new_db
complains 'this package is skipped: it has no queries'

# --- A platform's objects in a file of stubs, policies, a block that asks who it is ---
repository stubs
write sqlc.yaml <<'END'
version: "2"
sql:
  - {engine: postgresql, schema: [stubs.sql, migrations], queries: q.sql, gen: {go: {package: fake, out: fake}}}
END
write stubs.sql <<'END'
CREATE SCHEMA auth;
CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT NULL::uuid';
END
write migrations/20240101_posts.sql <<'END'
CREATE TABLE posts (id int PRIMARY KEY, owner uuid NOT NULL DEFAULT auth.uid() REFERENCES auth.users (id));
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts USING (owner = auth.uid());
DO $$ BEGIN EXECUTE format('ALTER TABLE posts ADD COLUMN made_by text NOT NULL DEFAULT %L', current_user); END $$;
END
write q.sql <<'END'
-- name: PostsOfUser :many
SELECT p.id, p.made_by, u.email FROM posts p JOIN auth.users u ON u.id = p.owner WHERE u.id = @user_id;
-- name: AddPost :one
INSERT INTO posts (id) VALUES ($1) RETURNING owner;
END
generates sqlc.yaml fake

# --- Some queries fail: the rest, for trying ---
repository failing
write sqlc.json <<'END'
{"version": "2", "sql": [{"engine": "postgresql", "schema": "s.sql", "queries": "q",
  "gen": {"go": {"package": "tutorial", "out": "tutorial"}}}]}
END
write s.sql <<'END'
CREATE TABLE authors (id bigserial PRIMARY KEY, name text NOT NULL);
END
write q/authors.sql <<'END'
-- name: Good :many
SELECT * FROM authors;
-- name: Bad :many
SELECT nme FROM authors;
-- name: NoForm :one
SELECT ARRAY['{}'::int4multirange];
-- name: Syntax :one
SELECT FROM WHERE;
-- name: AlsoGood :exec
DELETE FROM authors WHERE id = $1;
END
run 1 generate -f sqlc.json --out gen
has_not gen
run 1 generate -f sqlc.json --keep-going --repositories --fakes --out gen
complains 'tutorial: 2 queries are generated, without those that have errors'
complains 'column "nme" does not exist'
grep -q tutorial_also_good gen/tutorial/authors.h || fail 'the queries without errors'
! grep -q tutorial_bad gen/tutorial/authors.h || fail 'a query with an error'
# shellcheck disable=SC2086
gcc -std=c11 $strict -I"$include" -Igen gen/tutorial/*.c || fail 'the rest compiles'

exit $failed
