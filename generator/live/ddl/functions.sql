-- section functions
SELECT 'pg_proc'::regclass, p.oid, 0, 5, w.words, w.words, proowner, proacl, rtrim(pg_get_functiondef(p.oid), E'\n')
FROM pg_proc p JOIN space ON space.oid = pronamespace,
     LATERAL (SELECT CASE prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || p.oid::regprocedure AS words) AS w
WHERE prokind <> 'a' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                                     AND d.deptype = 'i' AND d.refclassid = 'pg_type'::regclass)
-- section aggregates
SELECT 'pg_proc'::regclass, p.oid, 0, 8, 'AGGREGATE ' || w.words, 'FUNCTION ' || p.oid::regprocedure, proowner, proacl,
       'CREATE AGGREGATE ' || w.words || ' (SFUNC = ' || aggtransfn || ', STYPE = ' || aggtranstype::regtype
       || CASE WHEN aggtransspace <> 0 THEN ', SSPACE = ' || aggtransspace ELSE '' END
       || CASE WHEN aggfinalfn <> 0 THEN ', FINALFUNC = ' || aggfinalfn ELSE '' END
       || CASE WHEN aggfinalextra THEN ', FINALFUNC_EXTRA' ELSE '' END
       || CASE WHEN aggfinalmodify <> CASE aggkind WHEN 'n' THEN 'r' ELSE 'w' END THEN ', FINALFUNC_MODIFY = ' ||
            CASE aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END ELSE '' END
       || CASE WHEN aggcombinefn <> 0 THEN ', COMBINEFUNC = ' || aggcombinefn ELSE '' END
       || CASE WHEN aggserialfn <> 0 THEN ', SERIALFUNC = ' || aggserialfn ELSE '' END
       || CASE WHEN aggdeserialfn <> 0 THEN ', DESERIALFUNC = ' || aggdeserialfn ELSE '' END
       || coalesce(', INITCOND = ' || quote_literal(agginitval), '')
       || CASE WHEN aggmtransfn <> 0 THEN ', MSFUNC = ' || aggmtransfn ELSE '' END
       || CASE WHEN aggminvtransfn <> 0 THEN ', MINVFUNC = ' || aggminvtransfn ELSE '' END
       || CASE WHEN aggmtranstype <> 0 THEN ', MSTYPE = ' || aggmtranstype::regtype ELSE '' END
       || CASE WHEN aggmtransspace <> 0 THEN ', MSSPACE = ' || aggmtransspace ELSE '' END
       || CASE WHEN aggmfinalfn <> 0 THEN ', MFINALFUNC = ' || aggmfinalfn ELSE '' END
       || CASE WHEN aggmfinalextra THEN ', MFINALFUNC_EXTRA' ELSE '' END
       || CASE WHEN aggmtransfn <> 0 AND aggmfinalmodify <> CASE aggkind WHEN 'n' THEN 'r' ELSE 'w' END THEN ', MFINALFUNC_MODIFY = ' ||
            CASE aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END ELSE '' END
       || coalesce(', MINITCOND = ' || quote_literal(aggminitval), '')
       || CASE WHEN aggsortop <> 0 THEN (SELECT format(', SORTOP = OPERATOR(%s.%s)', oprnamespace::regnamespace, oprname)
                                         FROM pg_operator o WHERE o.oid = aggsortop) ELSE '' END
       || CASE proparallel WHEN 's' THEN ', PARALLEL = SAFE' WHEN 'r' THEN ', PARALLEL = RESTRICTED' ELSE '' END
       || CASE aggkind WHEN 'h' THEN ', HYPOTHETICAL' ELSE '' END || ')'
FROM pg_proc p JOIN space ON space.oid = pronamespace JOIN pg_aggregate a ON aggfnoid = p.oid,
     LATERAL (SELECT format('%I.%I(%s)', nspname, proname,
                  CASE WHEN pronargs = 0 THEN '*' ELSE pg_get_function_identity_arguments(p.oid) END) AS words) AS w
-- section operators
SELECT 'pg_operator'::regclass, o.oid, 0, 9, 'OPERATOR ' || w.words || format(' (%s, %s)',
           CASE oprleft WHEN 0 THEN 'NONE' ELSE oprleft::regtype::text END, oprright::regtype), NULL::text, oprowner, NULL::aclitem[],
       'CREATE OPERATOR ' || w.words || ' (FUNCTION = ' || oprcode
       || CASE WHEN oprleft <> 0 THEN ', LEFTARG = ' || oprleft::regtype ELSE '' END || ', RIGHTARG = ' || oprright::regtype
       || coalesce((SELECT format(', COMMUTATOR = OPERATOR(%s.%s)', c.oprnamespace::regnamespace, c.oprname)
                    FROM pg_operator c WHERE c.oid = o.oprcom), '')
       || coalesce((SELECT format(', NEGATOR = OPERATOR(%s.%s)', c.oprnamespace::regnamespace, c.oprname)
                    FROM pg_operator c WHERE c.oid = o.oprnegate), '')
       || CASE WHEN oprrest <> 0 THEN ', RESTRICT = ' || oprrest ELSE '' END
       || CASE WHEN oprjoin <> 0 THEN ', JOIN = ' || oprjoin ELSE '' END
       || CASE WHEN oprcanhash THEN ', HASHES' ELSE '' END || CASE WHEN oprcanmerge THEN ', MERGES' ELSE '' END || ')'
FROM pg_operator o JOIN space ON space.oid = oprnamespace, LATERAL (SELECT format('%I.%s', nspname, oprname) AS words) AS w
WHERE oprcode <> 0
-- section operator_families
SELECT 'pg_opfamily'::regclass, f.oid, 0, 4, w.words, NULL::text, opfowner, NULL::aclitem[], 'CREATE ' || w.words
FROM pg_opfamily f JOIN space ON space.oid = opfnamespace JOIN pg_am a ON a.oid = opfmethod,
     LATERAL (SELECT format('OPERATOR FAMILY %I.%I USING %I', nspname, opfname, amname) AS words) AS w
-- section operator_classes
SELECT 'pg_opclass'::regclass, c.oid, 0, 10, format('OPERATOR CLASS %s USING %I', w.name, amname), NULL::text, opcowner, NULL::aclitem[],
       format('CREATE OPERATOR CLASS %s %sFOR TYPE %s USING %I FAMILY %s.%I AS %s', w.name, CASE WHEN opcdefault THEN 'DEFAULT ' ELSE '' END,
           opcintype::regtype, amname, opfnamespace::regnamespace, opfname,
           concat_ws(', ', CASE WHEN opckeytype <> 0 THEN 'STORAGE ' || opckeytype::regtype END,
             (SELECT string_agg(format('OPERATOR %s %s.%s (%s, %s)%s', amopstrategy, oprnamespace::regnamespace, oprname, oprleft::regtype, oprright::regtype,
                        coalesce((SELECT format(' FOR ORDER BY %s.%I', s.opfnamespace::regnamespace, s.opfname)
                                  FROM pg_opfamily s WHERE s.oid = amopsortfamily), '')), ', ' ORDER BY amopstrategy, amoplefttype::regtype::text, amoprighttype::regtype::text)
              FROM pg_amop m JOIN pg_operator o ON o.oid = amopopr JOIN pg_depend d
                   ON d.classid = 'pg_amop'::regclass AND d.objid = m.oid AND d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid),
             (SELECT string_agg(format('FUNCTION %s (%s, %s) %s', amprocnum, amproclefttype::regtype, amprocrighttype::regtype, amproc::regprocedure), ', '
                                ORDER BY amprocnum, amproclefttype::regtype::text, amprocrighttype::regtype::text)
              FROM pg_amproc m JOIN pg_depend d
                   ON d.classid = 'pg_amproc'::regclass AND d.objid = m.oid AND d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid),
             CASE WHEN opckeytype = 0 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid
                       AND d.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass)) THEN 'STORAGE ' || opcintype::regtype END))
FROM pg_opclass c JOIN space ON space.oid = opcnamespace JOIN pg_am a ON a.oid = opcmethod JOIN pg_opfamily f ON f.oid = opcfamily,
     LATERAL (SELECT format('%I.%I', nspname, opcname) AS name) AS w
-- section family_operators
SELECT 'pg_opfamily'::regclass, f.oid, 1, 11, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       format('ALTER OPERATOR FAMILY %I.%I USING %I ADD OPERATOR %s %s.%s (%s, %s)%s', nspname, opfname, amname, amopstrategy,
           oprnamespace::regnamespace, oprname, oprleft::regtype, oprright::regtype,
           coalesce((SELECT format(' FOR ORDER BY %s.%I', s.opfnamespace::regnamespace, s.opfname) FROM pg_opfamily s WHERE s.oid = amopsortfamily), ''))
FROM pg_opfamily f JOIN space ON space.oid = opfnamespace JOIN pg_am a ON a.oid = opfmethod
     JOIN pg_amop m ON amopfamily = f.oid JOIN pg_operator o ON o.oid = amopopr
WHERE EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_amop'::regclass AND d.objid = m.oid AND d.refclassid = 'pg_opfamily'::regclass AND d.refobjid = f.oid)
-- section family_functions
SELECT 'pg_opfamily'::regclass, f.oid, 2, 11, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       format('ALTER OPERATOR FAMILY %I.%I USING %I ADD FUNCTION %s (%s, %s) %s', nspname, opfname, amname, amprocnum,
           amproclefttype::regtype, amprocrighttype::regtype, amproc::regprocedure)
FROM pg_opfamily f JOIN space ON space.oid = opfnamespace JOIN pg_am a ON a.oid = opfmethod
     JOIN pg_amproc m ON amprocfamily = f.oid
WHERE EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_amproc'::regclass AND d.objid = m.oid AND d.refclassid = 'pg_opfamily'::regclass AND d.refobjid = f.oid)
-- section casts
SELECT 'pg_cast'::regclass, c.oid, 0, 11, 'CAST ' || w.words, NULL::text, NULL::oid, NULL::aclitem[],
       'CREATE CAST ' || w.words || CASE castmethod WHEN 'f' THEN ' WITH FUNCTION ' || castfunc::regprocedure WHEN 'i' THEN ' WITH INOUT' ELSE ' WITHOUT FUNCTION' END
       || CASE castcontext WHEN 'i' THEN ' AS IMPLICIT' WHEN 'a' THEN ' AS ASSIGNMENT' ELSE '' END
FROM pg_cast c, LATERAL (SELECT format('(%s AS %s)', castsource::regtype, casttarget::regtype) AS words) AS w
WHERE c.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_range WHERE rngtypid = castsource AND castmethod = 'f'
          AND casttarget::text = to_jsonb(pg_range) ->> 'rngmultitypid')
-- section transforms
SELECT 'pg_transform'::regclass, t.oid, 0, 11, 'TRANSFORM ' || w.words, NULL::text, NULL::oid, NULL::aclitem[],
       'CREATE TRANSFORM ' || w.words || format(' (%s)', concat_ws(', ',
           CASE WHEN trffromsql <> 0 THEN 'FROM SQL WITH FUNCTION ' || trffromsql::regprocedure END,
           CASE WHEN trftosql <> 0 THEN 'TO SQL WITH FUNCTION ' || trftosql::regprocedure END))
FROM pg_transform t JOIN pg_language l ON l.oid = trflang,
     LATERAL (SELECT format('FOR %s LANGUAGE %I', trftype::regtype, lanname) AS words) AS w
