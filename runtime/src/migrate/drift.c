/* A hash of the catalog as the server itself tells it, taken when the last file of a run has been
 * applied: if another one comes out later, somebody has changed the database by other means. It is
 * compared on the same major version only, as the server's own texts change with that. What
 * extensions made is theirs. */
#include "migrator.h"

#include <string.h>

/* What there is to see, without the ledger, table $3 of schema $1 and its log (and that schema's
 * own rights, which let others read it), and of one schema if $2 names it. */
static const char objects[] =
    "WITH ext AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'), "
    "s AS (SELECT oid, nspname, nspacl, nspowner FROM pg_namespace WHERE nspname !~ '^pg_' "
    "AND nspname <> 'information_schema' AND ($2 = '' OR nspname = $2) "
    "AND ('pg_namespace'::regclass, oid) NOT IN (SELECT * FROM ext)), "
    "c AS (SELECT pg_class.*, s.nspname FROM pg_class JOIN s ON s.oid = relnamespace "
    "WHERE ('pg_class'::regclass, pg_class.oid) NOT IN (SELECT * FROM ext) "
    "AND NOT (s.nspname = $1 AND relname IN ($3::text, $3::text || '_log'))), lines(line) AS (";

/* Each gives a line for each object of a kind. */
static const char *const kinds[] = {
    "SELECT format('schema %I %s %s', nspname, nspowner::regrole, (SELECT string_agg(a::text, ',' "
    "ORDER BY a::text) FROM unnest(nspacl) a)) FROM s WHERE nspname <> $1",

    "SELECT format('%s %I.%I %s %s %s %s %s %s %s', relkind, nspname, relname, "
    "relowner::regrole, relpersistence, relrowsecurity, relforcerowsecurity, reloptions, "
    "(SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(relacl) a), "
    "CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END) FROM c "
    "WHERE relkind NOT IN ('i', 'I', 't')",

    "SELECT format('column %I.%I.%I %s %s %s %s %s %s', nspname, relname, attname, "
    "format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, "
    "NULLIF(attcollation, 0)::regcollation, pg_get_expr(adbin, adrelid)) FROM c "
    "JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped "
    "LEFT JOIN pg_attrdef ON adrelid = c.oid AND adnum = attnum "
    "WHERE relkind NOT IN ('i', 'I', 't', 'S')",

    "SELECT format('constraint %s %I %s %s', coalesce(NULLIF(conrelid, 0)::regclass::text, "
    "contypid::regtype::text), conname, pg_get_constraintdef(k.oid), convalidated) "
    "FROM pg_constraint k JOIN s ON s.oid = connamespace WHERE contype NOT IN ('n', 't') "
    "AND (conrelid = 0 OR conrelid IN (SELECT oid FROM c))",

    "SELECT format('index %s %s %s', pg_get_indexdef(indexrelid), indisvalid, indisclustered) "
    "FROM pg_index JOIN c ON c.oid = indexrelid",

    "SELECT format('trigger %s %s', pg_get_triggerdef(t.oid), tgenabled) "
    "FROM pg_trigger t JOIN c ON c.oid = tgrelid WHERE NOT tgisinternal",

    "SELECT format('rule %s %s', pg_get_ruledef(r.oid), ev_enabled) FROM pg_rewrite r "
    "JOIN c ON c.oid = ev_class WHERE rulename <> '_RETURN'",

    "SELECT format('policy %s %I %s %s %s %s %s', polrelid::regclass, polname, polcmd, "
    "polpermissive, (SELECT string_agg(r::regrole::text, ',' ORDER BY r::regrole::text) FROM "
    "unnest(polroles) r), pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) "
    "FROM pg_policy JOIN c ON c.oid = polrelid",

    "SELECT format('function %s %s %s %s %s', p.oid::regprocedure, proowner::regrole, "
    "(SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(proacl) a), "
    "CASE WHEN prokind = 'a' THEN (SELECT format('%s %s %s', aggtransfn, aggfinalfn, agginitval) "
    "FROM pg_aggregate WHERE aggfnoid = p.oid) ELSE pg_get_functiondef(p.oid) END, prokind) "
    "FROM pg_proc p JOIN s ON s.oid = pronamespace "
    "WHERE ('pg_proc'::regclass, p.oid) NOT IN (SELECT * FROM ext)",

    "SELECT format('type %s %s %s %s %s %s %s %s', t.oid::regtype, typtype, typowner::regrole, "
    "(SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(typacl) a), "
    "format_type(NULLIF(typbasetype, 0), typtypmod), typnotnull, typdefault, "
    "(SELECT string_agg(quote_literal(enumlabel), ',' ORDER BY enumsortorder) FROM pg_enum "
    "WHERE enumtypid = t.oid)) FROM pg_type t JOIN s ON s.oid = typnamespace "
    "WHERE typtype IN ('d', 'e', 'r', 'm') "
    "AND ('pg_type'::regclass, t.oid) NOT IN (SELECT * FROM ext)",

    "SELECT format('range %s %s %s %s', rngtypid::regtype, rngsubtype::regtype, rngcanonical, "
    "rngsubdiff) FROM pg_range JOIN pg_type t ON t.oid = rngtypid JOIN s ON s.oid = typnamespace",

    "SELECT format('sequence %s %s %s %s %s %s %s %s', seqrelid::regclass, seqtypid::regtype, "
    "seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle) FROM pg_sequence "
    "JOIN c ON c.oid = seqrelid",

    "SELECT format('inherits %s %s %s', inhrelid::regclass, inhparent::regclass, inhseqno) "
    "FROM pg_inherits JOIN c ON c.oid = inhrelid",

    "SELECT format('bounds %I.%I %s', nspname, relname, pg_get_expr(relpartbound, oid)) "
    "FROM c WHERE relispartition",

    "SELECT format('statistics %s', pg_get_statisticsobjdef(e.oid)) FROM pg_statistic_ext e "
    "JOIN s ON s.oid = stxnamespace",

    "SELECT format('publication %I %s %s', pubname, puballtables, (SELECT "
    "string_agg(prrelid::regclass::text, ',' ORDER BY prrelid::regclass::text) FROM "
    "pg_publication_rel WHERE prpubid = p.oid)) FROM pg_publication p WHERE $2 = ''",

    "SELECT format('extension %I %s', extname, extversion) FROM pg_extension WHERE $2 = ''",
};

static const char end[] =
    ") SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\n' ORDER BY line COLLATE "
    "\"C\"), ''), 'UTF8')), 'hex') AS tenon_hash FROM lines";

static const char *question_of(tenon_migrator *m)
{
    const char *text = objects;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        text = tenon__text(m, "%s%s%s", text, i > 0 ? " UNION ALL " : "", kinds[i]);
    return tenon__text(m, "%s%s", text, end);
}

/* search_path is pg_catalog alone, so that names have their schemas. */
bool tenon__server_hash(tenon_migrator *m, const char **hash)
{
    const char *values[] = {m->options.ledger_schema, m->options.target, m->options.ledger_table};

    if (m->write != NULL) {
        tenon__script_set(m, question_of(m), 3, values);
        *hash = tenon__script_hash;
        return true;
    }
    PGresult *result = tenon__ask(m, question_of(m), 3, values);

    if (result != NULL)
        *hash = tenon__text(m, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    return result != NULL;
}
