-- Expressions of tables: CHECK, DEFAULT, GENERATED.
CREATE SCHEMA other;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'very happy');
CREATE TYPE pair AS (x int, y text);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN short AS varchar(10) CHECK (length(VALUE) > 1 AND VALUE <> 'no') CHECK (VALUE ~ '^[a-z]+$');
CREATE SEQUENCE numbers;
CREATE SEQUENCE other.numbers2;
CREATE FUNCTION norm(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower($1)';
CREATE FUNCTION other.norm(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT upper($1)';
CREATE FUNCTION other.tag(a int, b text DEFAULT 'x', c int DEFAULT 3) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT b';
CREATE FUNCTION many(VARIADIC a int[]) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT a[1]';
CREATE OPERATOR other.<+> (leftarg = int, rightarg = int, function = int4pl);
CREATE TABLE t (
    id int DEFAULT nextval('numbers'),
    id2 bigint DEFAULT nextval('other.numbers2'::regclass),
    a int DEFAULT 1 CHECK (a > 0 AND a < 10 OR a = 100),
    b text DEFAULT 'x''y\z',
    c varchar(20) DEFAULT 'abc',
    d char(5) DEFAULT 'ab',
    e numeric(10, 2) DEFAULT 1.50,
    f float8 DEFAULT 1.5,
    g boolean DEFAULT true NOT NULL,
    h date DEFAULT '2020-01-02',
    i timestamptz DEFAULT now(),
    j interval DEFAULT '1 day',
    k mood DEFAULT 'very happy',
    l int[] DEFAULT '{1,2}',
    m text[] DEFAULT ARRAY['a', 'b'],
    n jsonb DEFAULT '{}',
    o pair DEFAULT ROW(1, 'a'),
    p uuid DEFAULT gen_random_uuid(),
    q positive DEFAULT 5,
    r short DEFAULT 'abc',
    s bit(3) DEFAULT B'101',
    u smallint DEFAULT -1,
    v bigint DEFAULT 12345678901,
    w date DEFAULT CURRENT_DATE,
    x timestamp(3) DEFAULT LOCALTIMESTAMP(3),
    y text DEFAULT CURRENT_USER,
    z timestamptz DEFAULT (now() AT TIME ZONE 'utc'),
    "Odd name" int DEFAULT (1 + 2) * 3,
    g1 int GENERATED ALWAYS AS (a * 2 + 1) STORED,
    g2 text GENERATED ALWAYS AS (lower(b) || '-' || c) STORED,
    g3 text GENERATED ALWAYS AS (CASE WHEN a > 1 THEN 'big' WHEN a IS NULL THEN NULL ELSE b END) STORED,
    g4 int GENERATED ALWAYS AS (CASE a WHEN 1 THEN 10 WHEN 2 THEN 20 END) STORED,
    CHECK (a IN (1, 2, 3)),
    CHECK (b IN ('x', 'y')),
    CHECK (c IN ('x', 'y')),
    CHECK (c NOT IN ('x', 'y')),
    CHECK (k IN ('sad', 'ok')),
    CHECK (d IN ('x')),
    CHECK (a BETWEEN 1 AND 10 AND NOT (a = 5)),
    CHECK (a NOT BETWEEN 1 AND 10),
    CHECK (b LIKE 'a%' OR b NOT LIKE 'b%' OR b ILIKE 'c%' OR b SIMILAR TO 'd%' OR b ~ 'e' OR c LIKE 'x\_%' ESCAPE '\'),
    CHECK (b COLLATE "C" < 'x' COLLATE "C"),
    CHECK (b IS NOT NULL AND c IS NULL),
    CHECK (g AND NOT g OR g IS TRUE OR g IS NOT UNKNOWN OR g IS FALSE),
    CHECK (a IS DISTINCT FROM 3 AND b IS NOT DISTINCT FROM 'x'),
    CHECK (COALESCE(b, c, 'z') <> '' AND GREATEST(a, 1, v) > 0 AND NULLIF(a, 0) IS NOT NULL AND LEAST(e, f) < 1),
    CHECK (a + b::int * 2 - -a > 0),
    CHECK (-a < 0 AND @ a > 1 AND |/ f > 1),
    CHECK ((a, b) = (1, 'x') OR (a, b) < (2, 'y') OR ROW(a, b) IS NULL),
    CHECK (t IS NOT NULL),
    CHECK (l[1] > 0 AND l[1:2] = ARRAY[1, 2] AND (l || 1)[1] = 1 AND l[:1] = '{}' AND l[2:] <> '{}'),
    CHECK ((o).x > 0 AND (o).y = 'a'),
    CHECK (o = ROW(1, 'a')::pair),
    CHECK (n ? 'a' AND n -> 'a' = '1' AND n ->> 'b' = 'x' AND n['a'] = '2'),
    CHECK (a = ANY (l) AND a > ALL (l) AND b = ANY ('{a,b}') AND a = ANY (ARRAY[1, 2])),
    CHECK (extract(year from h) > 2000 AND substring(b from 1 for 2) = 'x' AND position('a' in b) > 0),
    CHECK (overlay(b placing 'x' from 1) = 'y' AND trim(b) = 'x' AND trim(leading 'a' from b) = 'b' AND trim(trailing from b) = 'c'),
    CHECK (i AT TIME ZONE 'UTC' > '2020-01-01' AND (h, h) OVERLAPS (h, h)),
    CHECK (norm(b) = 'x' AND other.norm(b) = 'Y' AND other.tag(1, c => 2) = 'x' AND other.tag(b => 'q', a => 7) = 'z'),
    CHECK (many(1, 2, 3) > 0 AND many(VARIADIC l) > 0 AND format('%s', a) = '1' AND concat(a, b, NULL) = ''),
    CHECK ((a OPERATOR(other.<+>) 1) > 0 AND (a OPERATOR(pg_catalog.+) 1) > 0),
    CHECK (e = 1 AND e = 1.0 AND e > 1e10 AND e <> .5 AND f = 1e-7 AND f = 1e20 AND f > 3::float4),
    CHECK (a::text = '1' AND b::varchar(3) = 'abc' AND a::numeric(5,1) > 0 AND b::char(3) = 'abc' AND j::interval(2) > '1 h'),
    CHECK (c::text || 'x' = 'y' AND (a::bigint)::text = '5' AND 'x'::text <> b AND 5::int8 > a AND int8 '5' > a),
    CHECK (q > 1 AND r <> 'xy' AND r::text = 'z' AND q = 5::positive),
    CHECK (is_normalized(b, 'NFC') OR b IS NORMALIZED OR b IS NFD NORMALIZED OR normalize(b, NFKC) = b),
    CHECK (s = B'101' AND s <> X'F'::bit(3) AND s & B'001' = B'001'),
    CHECK (true OR false),
    CHECK (NULL::boolean),
    CHECK (NOT a > 1 AND (NOT (a > 1 AND a < 2)) AND (a > 1) = (a > 2)),
    CHECK (length(b) > 1) NO INHERIT
);
ALTER TABLE t ADD CONSTRAINT late CHECK (a > 0) NOT VALID;
ALTER TABLE t RENAME a TO "first Column";
ALTER TABLE t RENAME b TO other;
ALTER SEQUENCE numbers RENAME TO "Numbers";
ALTER TABLE t DROP COLUMN z;

CREATE INDEX t_lower ON t (lower(other));
CREATE INDEX t_expr ON t ((other || 'x'), ("first Column" + 1), norm(c)) WHERE g;
CREATE INDEX t_part ON t ("first Column") WHERE other IS NOT NULL AND "first Column" > 5;
CREATE INDEX t_case ON t ((CASE WHEN g THEN 1 ELSE 0 END), COALESCE(other, ''), (l[1]), (n -> 'a'), (extract(year FROM h)));
CREATE INDEX t_cast ON t (("first Column"::text), (c::text), ((o).x)) WHERE k = 'ok' AND c = 'x';

CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER t1 BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.other IS DISTINCT FROM NEW.other) EXECUTE FUNCTION fire();
CREATE TRIGGER t2 AFTER UPDATE ON t FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.* AND NEW."first Column" > 0) EXECUTE FUNCTION fire();
CREATE TRIGGER t3 BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.c = 'x' OR pg_trigger_depth() = 0) EXECUTE FUNCTION fire();

CREATE TABLE parts (a int, b text, c date) PARTITION BY RANGE (lower(b), a);
CREATE TABLE parts2 (a int, b text, c date) PARTITION BY LIST ((a + 1));
CREATE TABLE parts3 (a int, b text, c date) PARTITION BY RANGE ((extract(year FROM c)));
