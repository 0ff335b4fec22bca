-- psql -v rows=N: so many orders, and five fills for each of the first thousand.
ALTER SYSTEM SET autovacuum = off;
SELECT pg_reload_conf();

INSERT INTO orders
SELECT g, md5(g::text)::uuid, 'SYM' || g % 50 || '-USD', 'venue ' || g % 7, g * 1000, g * 10,
       CASE WHEN g % 3 > 0 THEN g * 7 END, g % 2 = 0,
       CASE WHEN g % 2 = 0 THEN md5((g / 2)::text)::uuid END,
       CASE WHEN g % 4 = 0 THEN repeat('n', g % 60) END,
       timestamptz '2024-01-01 00:00:00+00' + g * interval '1 minute',
       CASE WHEN g % 5 = 0 THEN timestamptz '2024-02-01 00:00:00+00' + g * interval '1 minute' END
FROM generate_series(1, :rows) g;

INSERT INTO fills
SELECT o.id * 5 + n, o.id, o.quantity / 5 + n, o.id * 7 + n, n % 2 = 0,
       o.created_at + n * interval '1 second'
FROM orders o, generate_series(1, 5) n
WHERE o.id <= 1000;

VACUUM ANALYZE;
CHECKPOINT;
