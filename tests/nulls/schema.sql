-- The tables of the nullability cases. There are no foreign keys, so that random rows join or not as
-- chance will have it.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN required AS text NOT NULL;
CREATE TYPE pair AS (a integer, b integer);

CREATE TABLE customers (
    id integer PRIMARY KEY,
    name text NOT NULL,
    email text,
    referrer integer,
    mood mood NOT NULL,
    tags text[],
    attrs jsonb NOT NULL,
    score numeric,
    vip boolean NOT NULL,
    active boolean,
    joined date NOT NULL,
    left_on date
);

CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id integer,
    total numeric NOT NULL,
    discount numeric,
    note text,
    placed timestamptz NOT NULL,
    shipped timestamptz
);

CREATE TABLE items (
    order_id bigint NOT NULL,
    line integer NOT NULL,
    sku text NOT NULL,
    qty integer NOT NULL,
    price numeric,
    PRIMARY KEY (order_id, line)
);

CREATE TABLE tree (id integer PRIMARY KEY, parent integer, label text);
CREATE TABLE a (k integer, v integer NOT NULL, w integer);
CREATE TABLE b (k integer, v integer NOT NULL, w integer);
CREATE TABLE c (k integer, v integer NOT NULL, w integer);
CREATE TABLE spans (id integer PRIMARY KEY, during int4range NOT NULL, maybe int4range);
CREATE TABLE codes (code required, plain text);
CREATE TABLE pairs (id integer PRIMARY KEY, p pair NOT NULL, q pair);

CREATE TABLE base (id integer NOT NULL, label text NOT NULL);
CREATE TABLE derived (extra integer) INHERITS (base);
ALTER TABLE derived ALTER COLUMN label DROP NOT NULL;

CREATE TABLE parted (id integer NOT NULL, label text NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (MINVALUE) TO (2);
CREATE TABLE parted_high PARTITION OF parted DEFAULT;

CREATE VIEW open_orders AS SELECT id, customer_id, total, note FROM orders WHERE shipped IS NULL;
CREATE VIEW noted AS SELECT id, note, discount FROM orders WHERE note IS NOT NULL;
CREATE VIEW labelled AS SELECT id, label FROM tree WHERE label IS NOT NULL;
CREATE VIEW customer_orders AS
    SELECT customers.id, customers.name, orders.id AS order_id, orders.total, orders.note
    FROM customers LEFT JOIN orders ON orders.customer_id = customers.id;
CREATE VIEW totals AS
    SELECT customer_id, count(*) AS n, sum(total) AS total, max(discount) AS discount
    FROM orders GROUP BY customer_id;

CREATE FUNCTION promise(integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT
    AS 'SELECT nullif($1, 1)';
CREATE FUNCTION rows_of(integer) RETURNS SETOF integer LANGUAGE sql
    AS 'SELECT nullif(n, 1) FROM generate_series(1, $1) AS n';

-- Keys, for the proofs of cardinality.
CREATE TABLE members (
    id integer PRIMARY KEY,
    email text NOT NULL,
    handle text NOT NULL,
    code text NOT NULL UNIQUE,
    slot integer UNIQUE DEFERRABLE,
    team integer,
    role text,
    is_chief boolean,
    deleted_at timestamptz
);
CREATE UNIQUE INDEX members_email ON members (lower(email));
CREATE UNIQUE INDEX members_handle ON members (handle) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX members_owner ON members (team) WHERE role = 'owner';
CREATE UNIQUE INDEX members_chief ON members (team, is_chief);
CREATE TABLE settings (value text DEFAULT 'x');
CREATE TABLE prices (price numeric);
CREATE UNIQUE INDEX prices_text ON prices ((price::text));
CREATE TABLE ancestors (id integer PRIMARY KEY);
CREATE TABLE descendants () INHERITS (ancestors);
CREATE VIEW own_roles AS SELECT rolname AS name, (SELECT r.rolname FROM pg_roles r WHERE r.oid = 10) AS owner
FROM pg_roles;
CREATE PROCEDURE answer(INOUT a integer, OUT b text) LANGUAGE plpgsql AS $$ BEGIN a := NULL; END $$;
CREATE FUNCTION a_volatile(OUT a integer, OUT b text) LANGUAGE sql AS $$ SELECT 1, 'x' $$;


-- What a CHECK proves.
CREATE TABLE checked (
    id integer PRIMARY KEY,
    plain integer CHECK (plain IS NOT NULL),
    both_a integer,
    both_b integer,
    negated text,
    either_a integer,
    either_b integer,
    positive integer CHECK (positive > 0),
    late integer,
    validated integer,
    dropped integer CONSTRAINT dropped_check CHECK (dropped IS NOT NULL),
    renamed integer CHECK (renamed IS NOT NULL),
    row_a integer,
    row_b integer,
    CHECK (both_a IS NOT NULL AND checked.both_b IS NOT NULL AND both_a <> 7),
    CHECK (NOT (negated IS NULL OR negated = 'never')),
    CHECK (either_a IS NOT NULL OR either_b IS NOT NULL),
    CHECK (ROW(row_a, row_b) IS NOT NULL)
);
ALTER TABLE checked ADD CONSTRAINT late_check CHECK (late IS NOT NULL) NOT VALID;
ALTER TABLE checked ADD CONSTRAINT validated_check CHECK (validated IS NOT NULL) NOT VALID;
ALTER TABLE checked VALIDATE CONSTRAINT validated_check;
ALTER TABLE checked DROP CONSTRAINT dropped_check;
ALTER TABLE checked RENAME COLUMN renamed TO renamed_since;
ALTER TABLE checked ADD COLUMN renamed integer;
CREATE VIEW checked_view AS SELECT plain, positive FROM checked;

CREATE TABLE checked_base (
    here integer CHECK (here IS NOT NULL) NO INHERIT,
    everywhere integer CHECK (everywhere IS NOT NULL)
);
CREATE TABLE checked_derived () INHERITS (checked_base);
CREATE TABLE checked_parted (id integer, label text, CHECK (label IS NOT NULL)) PARTITION BY LIST (id);
CREATE TABLE checked_part PARTITION OF checked_parted DEFAULT;
CREATE TABLE checked_like (LIKE checked_parted INCLUDING CONSTRAINTS);
CREATE TABLE unchecked_like (LIKE checked_parted);

-- Operators that return NULL.
CREATE TYPE odd AS ENUM ('x', 'y');
CREATE FUNCTION odd_eq(odd, odd) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT NULL::boolean';
CREATE OPERATOR = (LEFTARG = odd, RIGHTARG = odd, PROCEDURE = odd_eq);

-- Index definitions follow their columns' names.
CREATE TABLE tags (id integer PRIMARY KEY, tag text NOT NULL, gone_at date, mail text);
CREATE TABLE tags_like (LIKE tags);
CREATE UNIQUE INDEX tags_tag ON tags (tag) WHERE gone_at IS NULL;
CREATE UNIQUE INDEX tags_mail ON tags (lower(mail));
CREATE TABLE tags_copy (LIKE tags INCLUDING INDEXES);
ALTER TABLE tags RENAME COLUMN gone_at TO removed_at;
ALTER TABLE tags ADD COLUMN gone_at date;
ALTER TABLE tags RENAME COLUMN mail TO email;

-- An operator that returns a set, and rules behind an updatable view.
CREATE FUNCTION series(integer, integer) RETURNS SETOF integer LANGUAGE sql
    AS 'SELECT generate_series($1, $2)';
CREATE OPERATOR @@@ (LEFTARG = integer, RIGHTARG = integer, PROCEDURE = series);
CREATE TABLE ruled (id integer NOT NULL, k integer);
CREATE VIEW ruled_view AS SELECT id, k FROM ruled;
CREATE RULE ruled_delete AS ON DELETE TO ruled DO INSTEAD DELETE FROM tree RETURNING parent, parent;

-- What writes of its own accord.
CREATE TABLE stamped (
    id integer GENERATED BY DEFAULT AS IDENTITY,
    a integer NOT NULL,
    b integer,
    twice integer GENERATED ALWAYS AS (a * 2) STORED,
    total integer GENERATED ALWAYS AS (a + b) STORED,
    sure integer NOT NULL GENERATED ALWAYS AS (a + 1) STORED
);
CREATE FUNCTION blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.b := NULL; RETURN NEW; END $$;
CREATE TRIGGER blank BEFORE INSERT OR UPDATE ON stamped FOR EACH ROW EXECUTE FUNCTION blank();
CREATE VIEW guarded AS SELECT id, a, b FROM stamped WHERE b IS NOT NULL;
CREATE FUNCTION hollow() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.a := NULL; NEW.b := NULL; RETURN NEW; END $$;
CREATE VIEW hollowed AS SELECT a, b FROM stamped WHERE b IS NOT NULL;
CREATE TRIGGER hollow INSTEAD OF INSERT OR UPDATE ON hollowed FOR EACH ROW EXECUTE FUNCTION hollow();
CREATE MATERIALIZED VIEW kept AS SELECT id, label FROM tree WHERE label IS NOT NULL;
CREATE MATERIALIZED VIEW dashboard AS SELECT count(*) AS orders, sum(total) AS total FROM orders;
CREATE MATERIALIZED VIEW order_counts AS SELECT customer_id, count(*) AS n FROM orders GROUP BY 1;
-- Functions of the same names in two schemas: definitions of indexes mean the function, not its name.
CREATE SCHEMA other;
CREATE FUNCTION norm(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION other.norm(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''a''::text';
CREATE FUNCTION is_odd(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 2 = 1';
CREATE FUNCTION other.is_odd(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE TABLE normed (id integer PRIMARY KEY, x text NOT NULL);
CREATE UNIQUE INDEX normed_x ON normed (norm(x));
CREATE TABLE odds (id integer PRIMARY KEY, k integer NOT NULL);
CREATE UNIQUE INDEX odds_k ON odds ((k / 10)) WHERE is_odd(id) AND k > 1000000;
-- A view keeps what it meant when the column was called so.
CREATE TABLE renamed (x integer NOT NULL, k integer);
CREATE VIEW before_rename AS SELECT x FROM renamed;
ALTER TABLE renamed RENAME x TO old_x;
ALTER TABLE renamed ADD COLUMN x integer;
ALTER TABLE renamed ALTER old_x DROP NOT NULL;
ALTER TABLE renamed ALTER x SET NOT NULL;

-- Generated columns are what their expression says, in each table of an inheritance tree.
CREATE FUNCTION sure(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1, ''x'')';
CREATE TABLE computed (
    id integer PRIMARY KEY,
    a integer NOT NULL,
    b text,
    doubled integer GENERATED ALWAYS AS (a * 2) STORED,
    filled text GENERATED ALWAYS AS (coalesce(b, 'x')) STORED,
    lowered text GENERATED ALWAYS AS (lower(b)) STORED,
    tagged varchar(40) GENERATED ALWAYS AS ('k' || a::text) STORED,
    missing boolean GENERATED ALWAYS AS (b IS NULL) STORED,
    promised text GENERATED ALWAYS AS (sure(b)) STORED
);
CREATE TABLE computed_base (a integer NOT NULL, g integer GENERATED ALWAYS AS (a + 1) STORED);
CREATE TABLE computed_kin () INHERITS (computed_base);
ALTER TABLE computed_kin ALTER a DROP NOT NULL;
CREATE TABLE uncomputed (a integer NOT NULL, g integer GENERATED ALWAYS AS (a + 1) STORED);
ALTER TABLE uncomputed ALTER g DROP EXPRESSION;
CREATE TABLE weakened (a integer NOT NULL, g integer GENERATED ALWAYS AS (a + 1) STORED);
ALTER TABLE weakened ALTER a DROP NOT NULL;
CREATE VIEW computed_view AS SELECT filled, lowered FROM computed;
CREATE TABLE only_base (id integer PRIMARY KEY, v integer);
CREATE TABLE only_kin () INHERITS (only_base);
ALTER TABLE ONLY only_base ALTER v SET NOT NULL;
CREATE VIEW only_view AS SELECT id, v FROM ONLY only_base;
