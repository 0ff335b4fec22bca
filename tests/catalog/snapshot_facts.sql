-- One line per object that is not built in, with all that parse analysis can see of it.
SELECT concat_ws('|', 'function', p.oid::regprocedure, prorettype::regtype, proretset, proisstrict,
    provolatile, prokind, proargmodes, proargnames, pronargdefaults, provariadic::regtype,
    (SELECT concat_ws('|', aggkind, aggnumdirectargs, aggtranstype::regtype)
     FROM pg_aggregate WHERE aggfnoid = p.oid))
FROM pg_proc p WHERE oid >= 16384
UNION ALL
SELECT concat_ws('|', 'type', t.oid::regtype, typtype, typlen, typcategory, typispreferred,
    typelem::regtype, typarray::regtype, typbasetype::regtype, typtypmod, typcollation,
    typsubscript <> 0, EXISTS (SELECT FROM pg_constraint WHERE contypid = t.oid))
FROM pg_type t WHERE oid >= 16384
UNION ALL
SELECT concat_ws('|', 'operator', o.oid::regoperator, oprresult::regtype, oprcode::regprocedure,
    oprcom::regoperator, oprnegate::regoperator, oprcanhash, oprcanmerge)
FROM pg_operator o WHERE oid >= 16384
UNION ALL
SELECT concat_ws('|', 'cast', castsource::regtype, casttarget::regtype, castcontext, castmethod,
    castfunc::regprocedure)
FROM pg_cast WHERE oid >= 16384
UNION ALL
SELECT concat_ws('|', 'attribute', attrelid::regclass, attname, attnum, atttypid::regtype, atttypmod)
FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
WHERE attrelid >= 16384 AND attnum > 0 AND relkind <> 'i'
UNION ALL
SELECT concat_ws('|', 'operator class', amname, opcintype::regtype,
    (SELECT string_agg(amopstrategy || ':' || amopopr::regoperator, ',' ORDER BY amopstrategy)
     FROM pg_amop WHERE amopfamily = opcfamily AND amoplefttype = opcintype
                    AND amoprighttype = opcintype))
FROM pg_opclass c JOIN pg_am m ON m.oid = opcmethod
WHERE c.oid >= 16384 AND opcdefault AND amname IN ('btree', 'hash')
ORDER BY 1;
