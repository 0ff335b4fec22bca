/* The attributes of CREATE COLLATION. Which locales a server has is its own affair. */
#include <string.h>
#include <strings.h>

#include "ddl/statements.h"
#include "ddl/table.h"

struct attributes {
    const PgQuery__DefElem *from, *locale, *collate, *ctype, *provider, *deterministic, *version;
};

static const PgQuery__DefElem **attribute_of(struct attributes *attributes, const char *name)
{
    const struct {
        const char *name;
        const PgQuery__DefElem **item;
    } known[] = {
        {"from", &attributes->from},          {"locale", &attributes->locale},
        {"lc_collate", &attributes->collate}, {"lc_ctype", &attributes->ctype},
        {"provider", &attributes->provider},  {"deterministic", &attributes->deterministic},
        {"version", &attributes->version},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].item;
    return NULL;
}

static struct attributes read_attributes(struct ddl *ddl, PgQuery__Node **items, size_t n)
{
    struct attributes attributes = {0};

    for (size_t i = 0; i < n; i++) {
        const PgQuery__DefElem *item = items[i]->def_elem;
        const PgQuery__DefElem **known = attribute_of(&attributes, item->defname);
        if (!known)
            ddl_fail_hint(
                ddl, "42601", ddl_span(ddl, item->location),
                ddl_newer(ddl, strcasecmp(item->defname, "rules") == 0, "the attribute rules", 16),
                "collation attribute \"%s\" not recognized", item->defname);
        if (*known)
            ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                     "conflicting or redundant options");
        *known = item;
    }
    return attributes;
}

static void check_source(struct ddl *ddl, const PgQuery__DefElem *from)
{
    const struct qualified_name name = definition_name(ddl, from);

    if (!catalog_find_collation(ddl->catalog, name.schema, name.name)) {
        const size_t n_before = ddl->diags->list.n;
        diag_error(ddl->diags, "42704", ddl_span(ddl, from->location),
                   "collation \"%s\" does not exist", qualified_text(ddl->arena, name));
        if (!missing_is_forgiven(ddl, n_before, NULL))
            ddl_stop(ddl);
    }
    if (strcmp(name.name, "default") == 0)
        ddl_fail(ddl, "42P17", ddl_span(ddl, from->location),
                 "collation \"default\" cannot be copied");
}

static bool is_icu(struct ddl *ddl, const PgQuery__DefElem *provider)
{
    const char *name = provider ? definition_string(ddl, provider) : NULL;

    if (!name)
        return false;
    if (strcasecmp(name, "icu") != 0 && strcasecmp(name, "libc") != 0)
        ddl_fail_hint(ddl, "42P17", ddl_span(ddl, provider->location),
                      ddl_newer(ddl, strcasecmp(name, "builtin") == 0, "the provider builtin", 17),
                      "unrecognized collation provider: %s", name);
    return strcasecmp(name, "icu") == 0;
}

static void check_complete(struct ddl *ddl, const struct attributes *attributes, span at)
{
    const bool icu = is_icu(ddl, attributes->provider);
    const char *missing = NULL;

    if (!attributes->locale && icu)
        missing = "locale";
    else if (!attributes->locale && !attributes->collate)
        missing = "lc_collate";
    else if (!attributes->locale && !attributes->ctype)
        missing = "lc_ctype";
    if (missing)
        ddl_fail(ddl, "42P17", at, "parameter \"%s\" must be specified", missing);
    if (attributes->deterministic && !icu && !definition_bool(ddl, attributes->deterministic))
        ddl_fail(ddl, "0A000", ddl_span(ddl, attributes->deterministic->location),
                 "nondeterministic collations not supported with this provider");
}

void collation_check_definition(struct ddl *ddl, const PgQuery__DefineStmt *statement, span at)
{
    struct attributes attributes =
        read_attributes(ddl, statement->definition, statement->n_definition);

    if ((attributes.locale && (attributes.collate || attributes.ctype)) ||
        (attributes.from && statement->n_definition > 1))
        ddl_fail(ddl, "42601", at, "conflicting or redundant options");
    if (attributes.from)
        check_source(ddl, attributes.from);
    else
        check_complete(ddl, &attributes, at);
}
