-- dependencies all
, folded AS MATERIALIZED (
    -- what stands in the statement of another object: (class, id) of the one, (class, id) of the other
    SELECT 'pg_rewrite'::regclass AS class, w.oid AS id, 'pg_class'::regclass AS into_class, ev_class AS into_id, 0 AS into_part FROM pg_rewrite w WHERE rulename = '_RETURN'
    UNION ALL SELECT 'pg_type'::regclass, t.oid, 'pg_class'::regclass, typrelid, 0 FROM pg_type t JOIN pg_class c ON c.oid = typrelid WHERE relkind <> 'c'
    UNION ALL SELECT 'pg_class'::regclass, c.oid, 'pg_type'::regclass, reltype, 0 FROM pg_class c WHERE relkind = 'c'
    UNION ALL SELECT 'pg_type'::regclass, e.typarray, CASE WHEN c.relkind <> 'c' THEN 'pg_class'::regclass ELSE 'pg_type'::regclass END,
                     CASE WHEN c.relkind <> 'c' THEN c.oid ELSE e.oid END, 0
        FROM pg_type e LEFT JOIN pg_class c ON c.oid = e.typrelid WHERE e.typarray <> 0
    UNION ALL SELECT 'pg_type'::regclass, (to_jsonb(r) ->> 'rngmultitypid')::oid, 'pg_type'::regclass, rngtypid, 0 FROM pg_range r WHERE to_jsonb(r) ? 'rngmultitypid'
    UNION ALL SELECT 'pg_type'::regclass, m.typarray, 'pg_type'::regclass, rngtypid, 0
        FROM pg_range r JOIN pg_type m ON m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid
    UNION ALL SELECT 'pg_class'::regclass, conindid, 'pg_constraint'::regclass, c.oid, 0 FROM pg_constraint c WHERE contype IN ('p', 'u', 'x')
    UNION ALL SELECT 'pg_attrdef'::regclass, d.oid, 'pg_class'::regclass, adrelid, 0 FROM pg_attrdef d JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE attgenerated <> ''
    UNION ALL SELECT 'pg_constraint'::regclass, c.oid, 'pg_class'::regclass, conrelid, 0
        FROM pg_constraint c JOIN pg_class r ON r.oid = conrelid
        WHERE contype = 'c' AND convalidated AND (relispartition OR relkind = 'p' OR EXISTS (SELECT FROM pg_inherits WHERE inhrelid = conrelid OR inhparent = conrelid))
    UNION ALL SELECT d.classid, d.objid, d.refclassid, d.refobjid, CASE WHEN d.refclassid = 'pg_opfamily'::regclass THEN CASE WHEN d.classid = 'pg_amop'::regclass THEN 1 ELSE 2 END ELSE 0 END
        FROM pg_depend d WHERE d.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass) AND d.refclassid IN ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
                           AND (d.deptype = 'i' OR d.refclassid = 'pg_opfamily'::regclass AND d.deptype = 'a')
    UNION ALL SELECT 'pg_proc'::regclass, d.objid, d.refclassid, d.refobjid, 0 FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_type'::regclass AND d.deptype = 'i'
    UNION ALL SELECT d.classid, d.objid, d.refclassid, d.refobjid, 0 FROM pg_depend d
        WHERE d.deptype IN ('a', 'i') AND (d.classid = 'pg_publication_rel'::regclass AND d.refclassid = 'pg_publication'::regclass
              OR d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i' AND d.refobjsubid > 0)
), edge AS (
    SELECT coalesce(a.into_class, d.classid) AS class, coalesce(a.into_id, d.objid) AS id,
           CASE WHEN owned THEN 1 ELSE coalesce(a.into_part, 0) END AS part,
           coalesce(b.into_class, refclassid) AS refclass, coalesce(b.into_id, refobjid) AS refid
    FROM pg_depend d LEFT JOIN folded a ON a.class = classid AND a.id = objid LEFT JOIN folded b ON b.class = refclassid AND b.id = refobjid,
         LATERAL (SELECT d.deptype = 'a' AND classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND refobjsubid > 0
                         AND EXISTS (SELECT FROM pg_class WHERE pg_class.oid = objid AND relkind = 'S') AS owned) AS o
    WHERE d.deptype IN ('n', 'a', 'i') AND classid <> 0 AND NOT (classid = 'pg_rewrite'::regclass AND d.deptype = 'i')
), edges AS (
    SELECT * FROM edge
    -- of what follows later on another object
    UNION ALL SELECT 'pg_class'::regclass, oid, 1, 'pg_class'::regclass, oid FROM pg_class WHERE relkind = 'S'
    UNION ALL SELECT 'pg_class'::regclass, inhrelid, -1, 'pg_class'::regclass, inhparent FROM pg_inherits
)
SELECT DISTINCT class::text, id, part, refclass::text, refid,
       (refclass = 'pg_type'::regclass AND class = 'pg_proc'::regclass
        AND EXISTS (SELECT FROM edge r WHERE r.class = 'pg_type'::regclass AND r.id = edges.refid AND r.refclass = 'pg_proc'::regclass AND r.refid = edges.id))::int AS refpart
FROM edges
WHERE (class, id, part) <> (refclass, refid, 0) OR part <> 0
