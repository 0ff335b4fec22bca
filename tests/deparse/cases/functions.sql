-- Bodies in SQL's own grammar.
CREATE TABLE t (id int PRIMARY KEY, a int, b text UNIQUE, "C d" numeric DEFAULT 0);
CREATE FUNCTION f1(x int, y text) RETURNS int LANGUAGE sql RETURN x + length(y);
CREATE FUNCTION f2(int) RETURNS text LANGUAGE sql RETURN CASE WHEN $1 > 0 THEN 'pos' ELSE 'neg' END;
CREATE FUNCTION f3(p int) RETURNS SETOF t LANGUAGE sql BEGIN ATOMIC SELECT * FROM t WHERE a = p; END;
CREATE FUNCTION f4(p int, q text) RETURNS int LANGUAGE sql BEGIN ATOMIC
    INSERT INTO t (id, b) VALUES (p, q) ON CONFLICT (id) DO UPDATE SET b = excluded.b, a = t.a + 1 WHERE t.a > 0;
    INSERT INTO t AS tt (id, a, b) SELECT p, 1, 'x' UNION ALL SELECT 2, 3, 'y' ON CONFLICT DO NOTHING;
    INSERT INTO t VALUES (1, 2, 'a', 3), (4, DEFAULT, 'b', DEFAULT);
    INSERT INTO t DEFAULT VALUES;
    UPDATE t SET a = p, b = DEFAULT, "C d" = t.a FROM t t2 WHERE t.id = t2.id AND t2.b = q;
    UPDATE ONLY t u SET (a, b) = (SELECT 1, 'x'), "C d" = 5 WHERE u.id = p;
    DELETE FROM t USING t t2 WHERE t.id = t2.id AND t2.a > p;
    WITH d AS (DELETE FROM t WHERE a = 1 RETURNING id, b AS bb) SELECT count(*)::int FROM d;
END;
CREATE PROCEDURE p1(x int) LANGUAGE sql BEGIN ATOMIC
    MERGE INTO t USING (VALUES (1, 'a')) AS s(k, v) ON t.id = s.k
        WHEN MATCHED AND t.a > 1 THEN UPDATE SET b = s.v
        WHEN MATCHED THEN DELETE
        WHEN NOT MATCHED AND s.k > 0 THEN INSERT (id, b) VALUES (s.k, s.v)
        WHEN NOT MATCHED THEN DO NOTHING;
    INSERT INTO t (id) VALUES (x) RETURNING id, a + 1, b AS q;
END;
CREATE FUNCTION f5() RETURNS int LANGUAGE sql BEGIN ATOMIC INSERT INTO t (id, b) VALUES (1, 'x') ON CONFLICT ON CONSTRAINT t_b_key DO NOTHING RETURNING id; END;
ALTER TABLE t RENAME a TO "A";
ALTER TABLE t RENAME id TO key;
