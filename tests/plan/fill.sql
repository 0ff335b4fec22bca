-- A row in each table that takes one: some value for each column that has to have one.
DO $fill$
DECLARE
    class record;
    names text;
    vals text;
BEGIN
    FOR class IN SELECT c.oid, c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                 WHERE relkind = 'r' AND nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
                 ORDER BY c.oid LOOP
        SELECT string_agg(quote_ident(attname), ', '), string_agg(
                   CASE WHEN typname = 'bool' THEN 'true'
                        WHEN typcategory IN ('N') THEN '1' WHEN typcategory IN ('S') THEN '''a'''
                        WHEN typcategory = 'D' THEN 'now()' WHEN typcategory = 'E'
                            THEN quote_literal((SELECT enumlabel FROM pg_enum WHERE enumtypid = atttypid ORDER BY enumsortorder LIMIT 1))
                        WHEN typname IN ('json', 'jsonb') THEN '''{}''' WHEN typname = 'uuid' THEN 'gen_random_uuid()'
                        ELSE 'NULL' END, ', ')
        INTO names, vals
        FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
        WHERE attrelid = class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = '';
        BEGIN
            EXECUTE format('INSERT INTO %s (%s) VALUES (%s)', class.name, names, vals);
        EXCEPTION WHEN OTHERS THEN
            BEGIN
                EXECUTE format('INSERT INTO %s DEFAULT VALUES', class.name);
            EXCEPTION WHEN OTHERS THEN NULL;
            END;
        END;
    END LOOP;
END
$fill$;
