INSERT INTO bench_rows
SELECT g, md5(g::text)::uuid, 'SYM' || g % 50 || '-USD', 'venue ' || g % 7, g * 1000, g * 10,
       CASE WHEN g % 3 > 0 THEN g * 7 END, g % 2 = 0,
       CASE WHEN g % 2 = 0 THEN md5((g / 2)::text)::uuid END,
       CASE WHEN g % 4 = 0 THEN repeat('n', g % 60) END,
       timestamptz '2024-01-01' + g * interval '1 minute',
       CASE WHEN g % 5 = 0 THEN timestamptz '2024-02-01' + g * interval '1 minute' END
FROM generate_series(1, 1000) g;
ANALYZE bench_rows;
