-- section text_search_parsers
SELECT 'pg_ts_parser'::regclass, p.oid, 0, 12, 'TEXT SEARCH PARSER ' || w.name, NULL::text, NULL::oid, NULL::aclitem[],
       format('CREATE TEXT SEARCH PARSER %s (START = %s, GETTOKEN = %s, END = %s, LEXTYPES = %s%s)', w.name, prsstart, prstoken, prsend, prslextype,
              CASE WHEN prsheadline <> 0 THEN ', HEADLINE = ' || prsheadline ELSE '' END)
FROM pg_ts_parser p JOIN space ON space.oid = prsnamespace, LATERAL (SELECT format('%I.%I', nspname, prsname) AS name) AS w
-- section text_search_templates
SELECT 'pg_ts_template'::regclass, p.oid, 0, 12, 'TEXT SEARCH TEMPLATE ' || w.name, NULL::text, NULL::oid, NULL::aclitem[],
       format('CREATE TEXT SEARCH TEMPLATE %s (%sLEXIZE = %s)', w.name, CASE WHEN tmplinit <> 0 THEN 'INIT = ' || tmplinit || ', ' ELSE '' END, tmpllexize)
FROM pg_ts_template p JOIN space ON space.oid = tmplnamespace, LATERAL (SELECT format('%I.%I', nspname, tmplname) AS name) AS w
-- section text_search_dictionaries
SELECT 'pg_ts_dict'::regclass, d.oid, 0, 13, 'TEXT SEARCH DICTIONARY ' || d.oid::regdictionary, NULL::text, dictowner, NULL::aclitem[],
       format('CREATE TEXT SEARCH DICTIONARY %s (TEMPLATE = %s%s)', d.oid::regdictionary,
              (SELECT format('%I.%I', n.nspname, tmplname) FROM pg_ts_template t JOIN pg_namespace n ON n.oid = tmplnamespace WHERE t.oid = dicttemplate),
              coalesce(', ' || dictinitoption, ''))
FROM pg_ts_dict d JOIN space ON space.oid = dictnamespace
-- section text_search_configurations
SELECT 'pg_ts_config'::regclass, c.oid, 0, 14, 'TEXT SEARCH CONFIGURATION ' || c.oid::regconfig, NULL::text, cfgowner, NULL::aclitem[],
       format('CREATE TEXT SEARCH CONFIGURATION %s (PARSER = %s)', c.oid::regconfig,
              (SELECT format('%I.%I', n.nspname, prsname) FROM pg_ts_parser p JOIN pg_namespace n ON n.oid = prsnamespace WHERE p.oid = cfgparser))
       || coalesce((SELECT string_agg(format(E';\nALTER TEXT SEARCH CONFIGURATION %s ADD MAPPING FOR %s WITH %s', c.oid::regconfig, alias, dictionaries), '' ORDER BY alias COLLATE "C")
                    FROM (SELECT quote_ident(alias) AS alias, string_agg(mapdict::regdictionary::text, ', ' ORDER BY mapseqno) AS dictionaries
                          FROM pg_ts_config_map, ts_token_type(cfgparser) AS t WHERE mapcfg = c.oid AND t.tokid = maptokentype GROUP BY 1) AS m), '')
FROM pg_ts_config c JOIN space ON space.oid = cfgnamespace
-- section wrappers
SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, 0, 12, 'FOREIGN DATA WRAPPER ' || quote_ident(fdwname), 'FOREIGN DATA WRAPPER ' || quote_ident(fdwname), fdwowner, fdwacl,
       format('CREATE FOREIGN DATA WRAPPER %I', fdwname) || CASE WHEN fdwhandler <> 0 THEN ' HANDLER ' || fdwhandler::regproc ELSE '' END
       || CASE WHEN fdwvalidator <> 0 THEN ' VALIDATOR ' || fdwvalidator::regproc ELSE '' END
       || coalesce(' OPTIONS (' || (SELECT string_agg(format('%I %L', option_name, option_value), ', ') FROM pg_options_to_table(fdwoptions)) || ')', '')
FROM pg_foreign_data_wrapper w
-- section servers
SELECT 'pg_foreign_server'::regclass, s.oid, 0, 13, 'SERVER ' || quote_ident(srvname), 'FOREIGN SERVER ' || quote_ident(srvname), srvowner, srvacl,
       format('CREATE SERVER %I', srvname) || coalesce(' TYPE ' || quote_literal(srvtype), '') || coalesce(' VERSION ' || quote_literal(srvversion), '')
       || ' FOREIGN DATA WRAPPER ' || quote_ident(fdwname)
       || coalesce(' OPTIONS (' || (SELECT string_agg(format('%I %L', option_name, CASE WHEN option_name ~* (SELECT secret FROM asked) THEN '<secret>' ELSE option_value END), ', ') FROM pg_options_to_table(srvoptions)) || ')', '')
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = srvfdw
-- section user_mappings
SELECT 'pg_user_mapping'::regclass, umid, 0, 14, NULL::text, NULL::text, NULL::oid, NULL::aclitem[],
       format('CREATE USER MAPPING FOR %s SERVER %I', CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname)
       || coalesce(' OPTIONS (' || (SELECT string_agg(format('%I %L', option_name, CASE WHEN option_name ~* (SELECT secret FROM asked) THEN '<secret>' ELSE option_value END), ', ') FROM pg_options_to_table(umoptions)) || ')', '')
FROM pg_user_mappings
-- section event_triggers
SELECT 'pg_event_trigger'::regclass, e.oid, 0, 85, 'EVENT TRIGGER ' || quote_ident(evtname), NULL::text, evtowner, NULL::aclitem[],
       format('CREATE EVENT TRIGGER %I ON %I%s EXECUTE FUNCTION %s()', evtname, evtevent,
              coalesce(' WHEN TAG IN (' || (SELECT string_agg(quote_literal(t), ', ') FROM unnest(evttags) AS t) || ')', ''), evtfoid::regproc)
       || CASE evtenabled WHEN 'D' THEN format(E';\nALTER EVENT TRIGGER %I DISABLE', evtname) WHEN 'R' THEN format(E';\nALTER EVENT TRIGGER %I ENABLE REPLICA', evtname)
                          WHEN 'A' THEN format(E';\nALTER EVENT TRIGGER %I ENABLE ALWAYS', evtname) ELSE '' END
FROM pg_event_trigger e
-- section publications until 14
SELECT 'pg_publication'::regclass, p.oid, 0, 75, 'PUBLICATION ' || quote_ident(pubname), NULL::text, pubowner, NULL::aclitem[],
       format('CREATE PUBLICATION %I', pubname)
       || CASE WHEN puballtables THEN ' FOR ALL TABLES'
               ELSE coalesce(' FOR TABLE ' || (SELECT string_agg('ONLY ' || prrelid::regclass, ', ' ORDER BY prrelid::regclass::text COLLATE "C") FROM pg_publication_rel WHERE prpubid = p.oid), '') END
       || format(' WITH (publish = %L, publish_via_partition_root = %L)', concat_ws(', ', CASE WHEN pubinsert THEN 'insert' END, CASE WHEN pubupdate THEN 'update' END,
              CASE WHEN pubdelete THEN 'delete' END, CASE WHEN pubtruncate THEN 'truncate' END), CASE WHEN pubviaroot THEN 'true' ELSE 'false' END)
FROM pg_publication p
-- section publications since 15
SELECT 'pg_publication'::regclass, p.oid, 0, 75, 'PUBLICATION ' || quote_ident(pubname), NULL::text, pubowner, NULL::aclitem[],
       format('CREATE PUBLICATION %I', pubname)
       || CASE WHEN puballtables THEN ' FOR ALL TABLES' ELSE coalesce(' FOR ' || (SELECT string_agg(item, ', ' ORDER BY item COLLATE "C") FROM (
              SELECT 'TABLE ONLY ' || prrelid::regclass
                  || coalesce((SELECT ' (' || string_agg(quote_ident(attname), ', ' ORDER BY i) || ')' FROM unnest(prattrs) WITH ORDINALITY AS u(n, i)
                               JOIN pg_attribute ON attrelid = prrelid AND attnum = u.n), '')
                  || coalesce(' WHERE (' || pg_get_expr(prqual, prrelid) || ')', '')
              FROM pg_publication_rel WHERE prpubid = p.oid
              UNION ALL SELECT 'TABLES IN SCHEMA ' || pnnspid::regnamespace FROM pg_publication_namespace WHERE pnpubid = p.oid) AS i(item)), '') END
       || format(' WITH (publish = %L, publish_via_partition_root = %L)', concat_ws(', ', CASE WHEN pubinsert THEN 'insert' END, CASE WHEN pubupdate THEN 'update' END,
              CASE WHEN pubdelete THEN 'delete' END, CASE WHEN pubtruncate THEN 'truncate' END), CASE WHEN pubviaroot THEN 'true' ELSE 'false' END)
FROM pg_publication p
-- section subscriptions until 13
SELECT 'pg_subscription'::regclass, s.oid, 0, 76, 'SUBSCRIPTION ' || quote_ident(subname), NULL::text, subowner, NULL::aclitem[],
       format('CREATE SUBSCRIPTION %I CONNECTION %L PUBLICATION %s WITH (connect = false, slot_name = %s, synchronous_commit = %L', subname, connection,
              (SELECT string_agg(quote_ident(p), ', ' ORDER BY i) FROM unnest(subpublications) WITH ORDINALITY AS u(p, i)),
              coalesce(quote_literal(subslotname), 'NONE'), subsynccommit)
       || CASE WHEN subbinary THEN ', binary = true' ELSE '' END || CASE WHEN substream IN ('t', 'true') THEN ', streaming = on' ELSE '' END
       || CASE WHEN subtwophase IN ('p', 'e') THEN ', two_phase = on' ELSE '' END || CASE WHEN subdisable THEN ', disable_on_error = true' ELSE '' END || ')'
       || CASE WHEN subenabled THEN format(E';\nALTER SUBSCRIPTION %I ENABLE', subname) ELSE '' END
FROM (SELECT oid, subdbid, subname, subowner, subenabled, subpublications, subslotname, subsynccommit,
             'host=<secret>' AS connection, false AS subbinary, '' AS substream, '' AS subtwophase, false AS subdisable FROM pg_subscription) AS s
WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
-- section subscriptions since 14 until 14
SELECT 'pg_subscription'::regclass, s.oid, 0, 76, 'SUBSCRIPTION ' || quote_ident(subname), NULL::text, subowner, NULL::aclitem[],
       format('CREATE SUBSCRIPTION %I CONNECTION %L PUBLICATION %s WITH (connect = false, slot_name = %s, synchronous_commit = %L', subname, connection,
              (SELECT string_agg(quote_ident(p), ', ' ORDER BY i) FROM unnest(subpublications) WITH ORDINALITY AS u(p, i)),
              coalesce(quote_literal(subslotname), 'NONE'), subsynccommit)
       || CASE WHEN subbinary THEN ', binary = true' ELSE '' END || CASE WHEN substream IN ('t', 'true') THEN ', streaming = on' ELSE '' END
       || CASE WHEN subtwophase IN ('p', 'e') THEN ', two_phase = on' ELSE '' END || CASE WHEN subdisable THEN ', disable_on_error = true' ELSE '' END || ')'
       || CASE WHEN subenabled THEN format(E';\nALTER SUBSCRIPTION %I ENABLE', subname) ELSE '' END
FROM (SELECT oid, subdbid, subname, subowner, subenabled, subpublications, subslotname, subsynccommit,
             'host=<secret>' AS connection, subbinary, substream::text, '' AS subtwophase, false AS subdisable FROM pg_subscription) AS s
WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
-- section subscriptions since 15
SELECT 'pg_subscription'::regclass, s.oid, 0, 76, 'SUBSCRIPTION ' || quote_ident(subname), NULL::text, subowner, NULL::aclitem[],
       format('CREATE SUBSCRIPTION %I CONNECTION %L PUBLICATION %s WITH (connect = false, slot_name = %s, synchronous_commit = %L', subname, connection,
              (SELECT string_agg(quote_ident(p), ', ' ORDER BY i) FROM unnest(subpublications) WITH ORDINALITY AS u(p, i)),
              coalesce(quote_literal(subslotname), 'NONE'), subsynccommit)
       || CASE WHEN subbinary THEN ', binary = true' ELSE '' END || CASE WHEN substream IN ('t', 'true') THEN ', streaming = on' ELSE '' END
       || CASE WHEN subtwophase IN ('p', 'e') THEN ', two_phase = on' ELSE '' END || CASE WHEN subdisable THEN ', disable_on_error = true' ELSE '' END || ')'
       || CASE WHEN subenabled THEN format(E';\nALTER SUBSCRIPTION %I ENABLE', subname) ELSE '' END
FROM (SELECT oid, subdbid, subname, subowner, subenabled, subpublications, subslotname, subsynccommit,
             'host=<secret>' AS connection, subbinary, substream::text, subtwophasestate AS subtwophase, subdisableonerr AS subdisable FROM pg_subscription) AS s
WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
