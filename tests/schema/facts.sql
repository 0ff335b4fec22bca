-- The lines of facts.c, from a server's catalogs.
WITH own_class AS (
  SELECT c.*, regexp_replace(n.nspname, '^pg_temp_\d+$', 'pg_temp') AS nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid >= 16384 AND n.nspname !~ '^pg_toast' AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
), own_type AS (
  SELECT t.*, regexp_replace(n.nspname, '^pg_temp_\d+$', 'pg_temp') AS nspname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.oid >= 16384 AND n.nspname !~ '^pg_toast' AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.deptype = 'e' AND (d.objid IN (t.oid, nullif(t.typelem, 0))
      OR d.objid = (SELECT r.rngtypid FROM pg_range r WHERE r.rngmultitypid = t.oid)))
    AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_type r ON r.typrelid = d.objid WHERE d.classid = 'pg_class'::regclass
      AND d.deptype = 'e' AND r.oid IN (t.oid, t.typelem) AND r.typrelid <> 0)
), own_proc AS (
  SELECT p.*, n.nspname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.oid >= 16384 AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
), lines AS (
  SELECT 'relation ' || nspname || '.' || relname || ' ' || relkind::text ||
    coalesce((SELECT string_agg(' < ' || p.relname, '' ORDER BY inhseqno) FROM pg_inherits JOIN pg_class p ON p.oid = inhparent
              WHERE inhrelid = c.oid), '') ||
    coalesce((SELECT ' by ' || partstrat::text || ' (' || (SELECT string_agg(coalesce(attname, '?'), ',' ORDER BY i)
       FROM unnest(partattrs::int2[]) WITH ORDINALITY k(n, i) LEFT JOIN pg_attribute ON attrelid = c.oid AND attnum = n AND n > 0) || ')'
       FROM pg_partitioned_table WHERE partrelid = c.oid), '') ||
    coalesce(' -- ' || obj_description(c.oid, 'pg_class'), '') AS line
  FROM own_class c WHERE relkind NOT IN ('i', 'I')
UNION ALL
  SELECT 'column ' || nspname || '.' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) ||
    CASE WHEN attnotnull THEN ' not-null' ELSE '' END ||
    CASE WHEN atthasdef AND attgenerated = '' THEN ' default' ELSE '' END ||
    CASE WHEN attidentity <> '' THEN ' identity-' || attidentity::text ELSE '' END ||
    CASE WHEN attgenerated <> '' THEN ' generated-' || attgenerated::text ELSE '' END ||
    CASE WHEN attislocal THEN '' ELSE ' inherited' END ||
    coalesce(' -- ' || col_description(c.oid, attnum), '')
  FROM own_class c JOIN pg_attribute a ON attrelid = c.oid
  WHERE attnum > 0 AND NOT attisdropped AND relkind NOT IN ('i', 'I')
UNION ALL
  SELECT 'constraint ' || nspname || '.' || relname || '.' || conname || ' ' || contype::text ||
    CASE WHEN contype = 'c' THEN '' ELSE ' (' || (SELECT string_agg(coalesce(attname, '?'), ',' ORDER BY i)
       FROM unnest(conkey) WITH ORDINALITY k(n, i) LEFT JOIN pg_attribute ON attrelid = c.oid AND attnum = n AND n > 0) || ')' END ||
    CASE WHEN contype = 'f' THEN ' -> ' || (SELECT nspname || '.' || relname FROM pg_class f JOIN pg_namespace fn ON fn.oid = relnamespace
       WHERE f.oid = confrelid) || ' (' || (SELECT string_agg(attname, ',' ORDER BY i)
       FROM unnest(confkey) WITH ORDINALITY k(n, i) JOIN pg_attribute ON attrelid = confrelid AND attnum = n) || ')' ELSE '' END ||
    CASE WHEN condeferrable THEN ' deferrable' ELSE '' END || CASE WHEN convalidated THEN '' ELSE ' not-valid' END ||
    CASE WHEN contype = 'c' AND connoinherit THEN ' no-inherit' ELSE '' END || CASE WHEN conislocal THEN '' ELSE ' inherited' END
  FROM own_class c JOIN pg_constraint k ON conrelid = c.oid
  -- a foreign key to a partitioned table has one more for each partition
  WHERE contype <> 't' AND NOT (contype = 'f' AND conparentid <> 0
    AND (SELECT p.conrelid FROM pg_constraint p WHERE p.oid = k.conparentid) = k.conrelid)
UNION ALL
  SELECT 'constraint ' || nspname || '.' || typname || '.' || conname || ' ' || contype::text ||
    CASE WHEN convalidated THEN '' ELSE ' not-valid' END
  FROM own_type t JOIN pg_constraint k ON contypid = t.oid
UNION ALL
  SELECT 'index ' || nspname || '.' || c.relname || '.' || x.relname || ' ' || amname ||
    CASE WHEN indisunique THEN ' unique' ELSE '' END || CASE WHEN indisprimary THEN ' primary' ELSE '' END ||
    CASE WHEN indpred IS NOT NULL THEN ' partial' ELSE '' END ||
    CASE WHEN indnullsnotdistinct THEN ' nulls-not-distinct' ELSE '' END ||
    ' (' || (SELECT string_agg(coalesce(attname, '?'), ',' ORDER BY i)
       FROM unnest(indkey::int2[]) WITH ORDINALITY k(n, i) LEFT JOIN pg_attribute ON attrelid = c.oid AND attnum = n AND n > 0
       WHERE i <= indnkeyatts) || ')' ||
    coalesce(' include (' || (SELECT string_agg(attname, ',' ORDER BY i)
       FROM unnest(indkey::int2[]) WITH ORDINALITY k(n, i) LEFT JOIN pg_attribute ON attrelid = c.oid AND attnum = n
       WHERE i > indnkeyatts) || ')', '')
  FROM own_class c JOIN pg_index ON indrelid = c.oid JOIN pg_class x ON x.oid = indexrelid JOIN pg_am ON pg_am.oid = x.relam
UNION ALL
  SELECT 'type ' || nspname || '.' || typname || ' ' || typtype::text ||
    CASE typtype WHEN 'e' THEN ' ' || coalesce((SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid), '')
      WHEN 'd' THEN ' ' || format_type(typbasetype, typtypmod) || CASE WHEN typnotnull THEN ' not-null' ELSE '' END
      WHEN 'r' THEN (SELECT ' ' || format_type(rngsubtype, NULL) || ' ' || format_type(rngmultitypid, NULL) FROM pg_range WHERE rngtypid = t.oid)
      ELSE '' END ||
    CASE WHEN typelem <> 0 THEN ' of ' || format_type(typelem, NULL) ELSE '' END ||
    CASE WHEN typtype <> 'c' THEN coalesce(' -- ' || obj_description(t.oid, 'pg_type'), '') ELSE '' END
  FROM own_type t
UNION ALL
  SELECT 'function ' || nspname || '.' || proname || '(' ||
    coalesce((SELECT string_agg(format_type(a, NULL), ',' ORDER BY i) FROM unnest(proargtypes::oid[]) WITH ORDINALITY k(a, i)), '') || ')' ||
    CASE WHEN proretset THEN ' setof ' ELSE ' ' END || format_type(prorettype, NULL) || ' ' || prokind::text || provolatile::text ||
    CASE WHEN proisstrict THEN ' strict' ELSE '' END ||
    CASE WHEN pronargdefaults > 0 THEN ' defaults=' || pronargdefaults ELSE '' END ||
    CASE WHEN provariadic <> 0 THEN ' variadic=' || format_type(provariadic, NULL) ELSE '' END ||
    CASE WHEN proargmodes IS NULL THEN '' ELSE ' modes=' || array_to_string(proargmodes, '') || ' all=' ||
      (SELECT string_agg(format_type(a, NULL), ',' ORDER BY i) FROM unnest(proallargtypes) WITH ORDINALITY k(a, i)) END ||
    CASE WHEN proargnames IS NULL THEN '' ELSE ' names=' || array_to_string(proargnames, ',') END ||
    CASE WHEN prokind = 'a' THEN ' agg=' || (SELECT aggkind::text || aggnumdirectargs::text FROM pg_aggregate WHERE aggfnoid = p.oid) ELSE '' END
  FROM own_proc p
UNION ALL
  SELECT 'operator ' || nspname || '.' || oprname || '(' || CASE WHEN oprleft = 0 THEN '' ELSE format_type(oprleft, NULL) END || ',' ||
    format_type(oprright, NULL) || ') ' || format_type(oprresult, NULL)
  FROM pg_operator o JOIN pg_namespace n ON n.oid = oprnamespace
  WHERE o.oid >= 16384 AND oprcode <> 0 AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e')
UNION ALL
  SELECT 'cast ' || format_type(castsource, NULL) || ' to ' || format_type(casttarget, NULL) || ' ' || castcontext::text || castmethod::text
  FROM pg_cast c
  WHERE c.oid >= 16384 AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'e')
)
SELECT line FROM lines ORDER BY line COLLATE "C"
