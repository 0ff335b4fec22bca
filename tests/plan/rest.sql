-- What a server has of objects, where ../inventory/objects.sql does not say it. search_path is
-- pg_catalog.
CREATE TEMPORARY VIEW rest AS
SELECT format('conversion %s.%I', connamespace::regnamespace, conname) AS key,
       format('%s %s %s %s %s', pg_encoding_to_char(conforencoding), pg_encoding_to_char(contoencoding), conproc,
              condefault, pg_get_userbyid(conowner)) AS value
    FROM pg_conversion WHERE oid >= 16384
UNION ALL SELECT format('collation %s.%I', collnamespace::regnamespace, collname),
       format('%s %s %s %s %s %s', collprovider, collisdeterministic, collencoding, collcollate, collctype, colliculocale)
    FROM pg_collation WHERE oid >= 16384
UNION ALL SELECT format('language %I', lanname),
       format('%s %s %s %s %s %s %s', lanpltrusted, lanplcallfoid::regproc, laninline::regproc, lanvalidator::regproc,
              pg_get_userbyid(lanowner), (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(coalesce(lanacl, acldefault('l', lanowner))) a), obj_description(oid, 'pg_language'))
    FROM pg_language WHERE oid >= 16384 AND lanname <> 'plpgsql'
UNION ALL SELECT format('transform %s %I', trftype::regtype, lanname),
       format('%s %s %s', trffromsql::regprocedure, trftosql::regprocedure, obj_description(t.oid, 'pg_transform'))
    FROM pg_transform t JOIN pg_language l ON l.oid = trflang
UNION ALL SELECT format('access method %I', amname), format('%s %s %s', amhandler, amtype, obj_description(oid, 'pg_am'))
    FROM pg_am WHERE oid >= 16384
UNION ALL SELECT format('operator class %s.%I %s', opcnamespace::regnamespace, opcname, amname),
       format('%s %s.%I %s %s %s %s', opcintype::regtype, opfnamespace::regnamespace, opfname, opcdefault,
              opckeytype::regtype, pg_get_userbyid(opcowner), obj_description(c.oid, 'pg_opclass'))
    FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod JOIN pg_opfamily f ON f.oid = opcfamily WHERE c.oid >= 16384
UNION ALL SELECT format('operator family %s.%I %s', opfnamespace::regnamespace, opfname, amname),
       format('%s %s', pg_get_userbyid(opfowner), obj_description(f.oid, 'pg_opfamily'))
    FROM pg_opfamily f JOIN pg_am a ON a.oid = opfmethod WHERE f.oid >= 16384
UNION ALL SELECT format('operator of %s.%I %s', opfnamespace::regnamespace, opfname, amopstrategy),
       format('%s %s %s', amopopr::regoperator, amoppurpose,
              (SELECT opfname FROM pg_opfamily s WHERE s.oid = amopsortfamily))
    FROM pg_amop JOIN pg_opfamily f ON f.oid = amopfamily WHERE f.oid >= 16384
UNION ALL SELECT format('function of %s.%I %s', opfnamespace::regnamespace, opfname, amprocnum),
       format('%s %s %s', amproc::regprocedure, amproclefttype::regtype, amprocrighttype::regtype)
    FROM pg_amproc JOIN pg_opfamily f ON f.oid = amprocfamily WHERE f.oid >= 16384
UNION ALL SELECT format('base type %s', oid::regtype),
       format('%s %s %s %s %s %s %s', typlen, typbyval, typcategory, typispreferred, typdelim, typalign, typstorage)
       || format(' %s %s %s %s %s %s %s', typinput, typoutput, typreceive, typsend, typmodin, typmodout, typanalyze)
       || format(' %s %s %s %s %s', typsubscript, typelem::regtype, typdefault, typcollation, typisdefined)
    FROM pg_type t WHERE oid >= 16384 AND typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
UNION ALL SELECT format('range %s', rngtypid::regtype), format('%s %s', rngmultitypid::regtype, rngsubopc) FROM pg_range
UNION ALL SELECT format('text search parser %s.%I', prsnamespace::regnamespace, prsname),
       format('%s %s %s %s %s %s', prsstart, prstoken, prsend, prsheadline, prslextype, obj_description(oid, 'pg_ts_parser'))
    FROM pg_ts_parser WHERE oid >= 16384
UNION ALL SELECT format('text search template %s.%I', tmplnamespace::regnamespace, tmplname),
       format('%s %s %s', tmplinit, tmpllexize, obj_description(oid, 'pg_ts_template'))
    FROM pg_ts_template WHERE oid >= 16384
UNION ALL SELECT format('text search dictionary %s.%I', dictnamespace::regnamespace, dictname), dictinitoption
    FROM pg_ts_dict WHERE oid >= 16384
UNION ALL SELECT format('foreign data wrapper %I', fdwname), format('%s %s', fdwhandler::regproc, fdwvalidator::regproc)
    FROM pg_foreign_data_wrapper
UNION ALL SELECT format('subscription %I', subname),
       format('%s %s %s %s %s %s %s %s %s', pg_get_userbyid(subowner), subenabled, subbinary, substream, subtwophasestate,
              subdisableonerr, subconninfo, subslotname, subsynccommit) || format(' %s %s', subpublications,
              obj_description(oid, 'pg_subscription'))
    FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL SELECT format('event trigger %I', evtname), format('%s %s %s %s', evtevent, evtfoid::regproc, evtenabled, evttags)
    FROM pg_event_trigger
UNION ALL SELECT format('operator %s', oid::regoperator),
       format('%s %s %s %s %s %s', oprcom::regoperator, oprnegate::regoperator, oprcode, oprrest, oprjoin, pg_get_userbyid(oprowner))
    FROM pg_operator WHERE oid >= 16384
UNION ALL SELECT format('extension %I', extname), obj_description(oid, 'pg_extension')
    FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL SELECT format('default privilege %s %s %s', pg_get_userbyid(defaclrole), defaclnamespace, defaclobjtype),
       (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(defaclacl) a)
    FROM pg_default_acl WHERE defaclnamespace = 0;

SELECT format('%s | %s', key, value) FROM rest;
