-- The input function of a domain refuses NULL inside an array or a row at once.
SELECT '{NULL}'::pos[];
SELECT '{1,2}'::pos[];
SELECT '(a,)'::pair;
SELECT '(,1)'::pair;
SELECT '{"(,)"}'::pair[];
SELECT NULL::pos;
-- Vectors of the system catalogs are numbers with spaces between them.
SELECT '1 2'::int2vector, ''::oidvector, ' 1  2 '::oidvector;
SELECT '{1}'::oidvector;
SELECT '1,2'::int2vector;
SELECT '99999'::int2vector;
SELECT int2vectorsend('')::integer[];
-- The columns of a row literal are read with their length.
SELECT '(1,Infinity,,)'::priced;
SELECT '(1,NaN,,)'::priced;
SELECT '(1,99999999.99,,)'::priced;
SELECT '(1,100000000,,)'::priced;
SELECT '(1,,1,)'::priced;
SELECT '(1,,10,)'::priced;
SELECT '(1,,,1111)'::priced;
SELECT '(1,,,x0)'::priced;
SELECT '{"(1,Infinity,,)"}'::priced[];
-- Type modifiers are integers of four bytes.
SELECT 1::numeric(99999999999);
SELECT 1::numeric(2000000000);
SELECT 1::numeric(2147483648);
-- The parser library knows a parameter where the server wants a string.
SELECT date $1;
SELECT interval $1;
SELECT CAST($1 AS date), $2::interval;
SELECT 1 LIMIT 1, 2;
-- All columns of USING are found and merged before any of them is compared.
SELECT * FROM a JOIN a AS a2 ON a.id = a2.id JOIN b USING (doc, id);
SELECT * FROM b JOIN c USING (doc, moment);
SELECT * FROM a JOIN b USING (doc, id);
-- Comparing rows needs a btree operator for every column.
SELECT ROW('1'::xid, 1) = ROW('1'::xid, 2);
SELECT ROW('1'::xid, 1) <> ROW('1'::xid, 2);
SELECT ROW('1'::xid) <> ROW('1'::xid);
SELECT (1, point '(0,0)') <> (1, point '(0,0)');
SELECT (1, ARRAY[1], '1'::int4range) = (1, ARRAY[1], '1'::int4range);
SELECT (date '2020-01-01', 'a'::name) <> (timestamp '2020-01-01', 'a'::text);
SELECT (1, circle '<(0,0),1>') < (1, circle '<(0,0),1>');
-- Tables inside MERGE's source may have the target's name.
MERGE INTO a USING b JOIN a AS c ON b.id = c.id ON a.id = b.id WHEN MATCHED THEN DELETE;
MERGE INTO a USING b JOIN a ON b.id = 1 ON true WHEN MATCHED THEN DELETE;
MERGE INTO a USING b JOIN a ON b.id = 1 ON a.id = b.id WHEN MATCHED THEN DELETE;
MERGE INTO a USING (b JOIN a ON true) AS a ON true WHEN MATCHED THEN DELETE;
MERGE INTO a USING a ON true WHEN MATCHED THEN DELETE;
-- DO UPDATE on a view goes to the view's table, too.
INSERT INTO priced_view (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET double = 1;
INSERT INTO priced_view (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = $1;
-- Hardware addresses are read as scanf does.
SELECT '2020-01-01'::macaddr;
SELECT '8:0:2b:1:2:3'::macaddr;
SELECT '800:0:2b:1:2:3'::macaddr;
SELECT '08:00:2b:01:02'::macaddr, 1;
SELECT '08002b:010203'::macaddr, '0800.2b01.0203'::macaddr, '08002b010203'::macaddr;
SELECT '08002b010203x'::macaddr;
-- A column that is missing is looked for everywhere, and may be twofold there.
SELECT q.k FROM a q, (SELECT 1 AS k, 2 AS k) r;
SELECT k FROM a q, (SELECT 1 AS k, 2 AS k) r;
SELECT q.k FROM (SELECT 1 AS j) q, ROWS FROM (generate_series(1, 2), generate_series(1, 2)) AS r(k, k);
SELECT q.name FROM (SELECT 1 AS j) q, a, (SELECT 1 AS name, 2 AS name) r;
SELECT a.nope FROM a, (SELECT 1 AS k, 2 AS k) r;
-- INSERT sees no system columns, in MERGE neither.
INSERT INTO a (ctid) VALUES ('(0,0)');
MERGE INTO a USING b ON true WHEN NOT MATCHED THEN INSERT (ctid) VALUES ('(0,0)');
MERGE INTO a USING b ON true WHEN MATCHED THEN UPDATE SET ctid = '(0,0)';
INSERT INTO priced (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET ctid = '(0,0)';
-- The recursive term keeps the collation, too.
WITH RECURSIVE w AS (SELECT 1, 'b'::text UNION SELECT 1, 'b'::name FROM w) SELECT 1;
WITH RECURSIVE w (a) AS (SELECT 'b'::text UNION SELECT a COLLATE "C" FROM w) SELECT 1;
WITH RECURSIVE w (a) AS (SELECT 'b' COLLATE "C" UNION SELECT a || 'x' FROM w) SELECT 1;
SELECT 'a' COLLATE ucs_basic;
WITH RECURSIVE w (a) AS (SELECT 'b' UNION SELECT a FROM w) SELECT 1;
WITH RECURSIVE w (a) AS (SELECT $1 UNION SELECT a FROM w) SELECT 1;
-- Rows of INSERT have their collations, too.
INSERT INTO a (id, name) VALUES (1, ''), (2, CASE WHEN true THEN 'a' COLLATE "C" ELSE 'b' COLLATE "POSIX" END);
INSERT INTO a (id, name) VALUES (2, CASE WHEN true THEN 'a' COLLATE "C" ELSE 'b' COLLATE "POSIX" END);
SELECT a IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM a FROM a;
