/* Subscriptions. Nobody connects to anything: what the publisher would say is not known. */
#include <string.h>
#include <strings.h>

#include "ddl/object.h"
#include "ddl/statements.h"

/* --- Options ---------------------------------------------------------------------------------- */

static void check_slot_name(struct ddl *ddl, const PgQuery__DefElem *item)
{
    const char *name = definition_string(ddl, item);
    span at = item ? ddl_span(ddl, item->location) : (span){0};

    if (!name || strcmp(name, "none") == 0)
        return;
    if (!*name)
        ddl_fail(ddl, "42602", at, "replication slot name \"%s\" is too short", name);
    if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") < strlen(name))
        ddl_fail(ddl, "42602", at, "replication slot name \"%s\" contains invalid character", name);
}

static void check_commit(struct ddl *ddl, const PgQuery__DefElem *item)
{
    static const char *const words[] = {"on",
                                        "off",
                                        "local",
                                        "remote_write",
                                        "remote_apply",
                                        "true",
                                        "false",
                                        "yes",
                                        "no",
                                        "1",
                                        "0",
                                        "t",
                                        "f",
                                        "y",
                                        "n"};
    const char *value = definition_string(ddl, item);

    for (size_t i = 0; value && i < sizeof words / sizeof *words; i++)
        if (strcasecmp(value, words[i]) == 0)
            return;
    if (value)
        ddl_fail(ddl, "22023", ddl_span(ddl, item->location),
                 "invalid value for parameter \"synchronous_commit\": \"%s\"", value);
}

/* `known` are those that the statement can have. */
static void check_options(struct ddl *ddl, PgQuery__Node **options, size_t n,
                          const char *const *known)
{
    for (size_t i = 0; i < n; i++) {
        const PgQuery__DefElem *item = options[i]->def_elem;
        if (!name_is_one_of(item->defname, known))
            ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                     "unrecognized subscription parameter: \"%s\"", item->defname);
        definition_check_once(ddl, options, n, item);
        if (strcmp(item->defname, "slot_name") == 0)
            check_slot_name(ddl, item);
        else if (strcmp(item->defname, "synchronous_commit") == 0)
            check_commit(ddl, item);
        else if (strcmp(item->defname, "lsn") != 0)
            definition_bool(ddl, item);
    }
}

static bool is_set(struct ddl *ddl, PgQuery__Node **options, size_t n, const char *name,
                   bool otherwise)
{
    const PgQuery__DefElem *item = definition_find(options, n, name);

    return item ? definition_bool(ddl, item) : otherwise;
}

static bool has_no_slot(struct ddl *ddl, PgQuery__Node **options, size_t n)
{
    const char *name = definition_string(ddl, definition_find(options, n, "slot_name"));

    return name && strcmp(name, "none") == 0;
}

/* Without a connection nothing is made there, copied from there, or followed. */
static void check_together(struct ddl *ddl, PgQuery__Node **options, size_t n)
{
    static const char *const remote[] = {"enabled", "create_slot", "copy_data"};
    const bool connects = is_set(ddl, options, n, "connect", true);

    for (size_t i = 0; i < 3 && !connects; i++)
        if (is_set(ddl, options, n, remote[i], false))
            ddl_fail(ddl, "42601", ddl_span(ddl, definition_find(options, n, remote[i])->location),
                     "connect = false and %s = true are mutually exclusive options", remote[i]);
    for (size_t i = 0; i < 2 && has_no_slot(ddl, options, n); i++)
        if (is_set(ddl, options, n, remote[i], connects))
            ddl_fail(ddl, "42601",
                     ddl_span(ddl, definition_find(options, n, "slot_name")->location),
                     "subscription with slot_name = NONE must also set %s = false", remote[i]);
}

/* --- Publications and connections ------------------------------------------------------------- */

static void check_names_once(struct ddl *ddl, PgQuery__Node **names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(raw_string(names[i]), raw_string(names[k])) == 0)
                ddl_fail(ddl, "42710", ddl_name_span(ddl, -1, raw_string(names[i])),
                         "publication name \"%s\" used more than once", raw_string(names[i]));
}

/* A word without "=" behind it is none of libpq's keywords and values. */
static void check_connection(struct ddl *ddl, const char *connection)
{
    const size_t n = strcspn(connection, " =");

    if (*connection && strncmp(connection, "postgres", 8) != 0 && connection[n] == '\0')
        ddl_fail(ddl, "42601", ddl_string_span(ddl, connection),
                 "invalid connection string syntax: missing \"=\" after \"%s\" in connection info "
                 "string",
                 connection);
}

static const char *names_text(struct ddl *ddl, PgQuery__Node **names, size_t n)
{
    struct buf text = buf_in(ddl->arena);

    for (size_t i = 0; i < n; i++)
        buf_addf(&text, "%s%s", i ? ", " : "",
                 catalog_quote_identifier(ddl->arena, raw_string(names[i])));
    return buf_text(&text);
}

/* --- CREATE SUBSCRIPTION ---------------------------------------------------------------------- */

static void set_options(struct ddl *ddl, struct other_object *subscription, PgQuery__Node **options,
                        size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        const char *value = definition_string(ddl, option);
        clause_set_text(ddl, &subscription->clauses, option->defname,
                        catalog_quote_literal(ddl->arena, value ? value : "true"));
    }
}

void ddl_create_subscription(struct ddl *ddl, const PgQuery__CreateSubscriptionStmt *statement)
{
    static const char *const known[] = {"connect",          "enabled",   "create_slot",
                                        "slot_name",        "copy_data", "synchronous_commit",
                                        "binary",           "streaming", "two_phase",
                                        "disable_on_error", NULL};
    struct other_object draft = {.class = OTHER_SUBSCRIPTION, .name = statement->subname};
    span at = ddl_name_span(ddl, -1, draft.name);

    check_options(ddl, statement->options, statement->n_options, known);
    check_together(ddl, statement->options, statement->n_options);
    if (is_set(ddl, statement->options, statement->n_options, "create_slot",
               is_set(ddl, statement->options, statement->n_options, "connect", true)))
        transaction_check_none(ddl, "CREATE SUBSCRIPTION ... WITH (create_slot = true)");
    other_check_free(ddl, &draft, at);
    check_connection(ddl, statement->conninfo);
    check_names_once(ddl, statement->publication, statement->n_publication);
    clause_set_text(ddl, &draft.clauses, "CONNECTION",
                    catalog_quote_literal(ddl->arena, statement->conninfo));
    clause_set_text(ddl, &draft.clauses, "PUBLICATION",
                    names_text(ddl, statement->publication, statement->n_publication));
    set_options(ddl, &draft, statement->options, statement->n_options);
    other_create(ddl, draft, at);
}

/* --- ALTER SUBSCRIPTION ----------------------------------------------------------------------- */

static void alter_options(struct ddl *ddl, struct other_object *subscription,
                          const PgQuery__AlterSubscriptionStmt *statement)
{
    static const char *const known[] = {"slot_name", "synchronous_commit", "binary",
                                        "streaming", "disable_on_error",   NULL};

    check_options(ddl, statement->options, statement->n_options, known);
    set_options(ddl, subscription, statement->options, statement->n_options);
}

static void alter_enabled(struct ddl *ddl, struct other_object *subscription,
                          const PgQuery__AlterSubscriptionStmt *statement)
{
    const struct clause *slot = clause_find(&subscription->clauses, "slot_name");

    if (is_set(ddl, statement->options, statement->n_options, "enabled", false) && slot &&
        strcmp(slot->text, "'none'") == 0)
        ddl_fail(ddl, "55000", ddl_name_span(ddl, -1, subscription->name),
                 "cannot enable subscription that does not have a slot name");
    set_options(ddl, subscription, statement->options, statement->n_options);
}

static void alter_publications(struct ddl *ddl, struct other_object *subscription,
                               const PgQuery__AlterSubscriptionStmt *statement)
{
    static const char *const known[] = {"copy_data", "refresh", NULL};

    check_options(ddl, statement->options, statement->n_options, known);
    check_names_once(ddl, statement->publication, statement->n_publication);
    if (is_set(ddl, statement->options, statement->n_options, "refresh", true))
        transaction_check_none(ddl, "ALTER SUBSCRIPTION with refresh");
    if (statement->kind == PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SET_PUBLICATION)
        clause_set_text(ddl, &subscription->clauses, "PUBLICATION",
                        names_text(ddl, statement->publication, statement->n_publication));
}

static void check_skip(struct ddl *ddl, const PgQuery__AlterSubscriptionStmt *statement)
{
    static const char *const known[] = {"lsn", NULL};
    const char *lsn;

    check_options(ddl, statement->options, statement->n_options, known);
    lsn = definition_string(ddl, definition_find(statement->options, statement->n_options, "lsn"));
    if (lsn && strcmp(lsn, "0/0") == 0)
        ddl_fail(ddl, "22023", ddl_string_span(ddl, lsn), "invalid WAL location (LSN): %s", lsn);
}

void ddl_alter_subscription(struct ddl *ddl, const PgQuery__AlterSubscriptionStmt *statement)
{
    struct other_object *subscription = other_get(ddl, OTHER_SUBSCRIPTION, statement->subname);

    if (!subscription)
        return;
    switch (statement->kind) {
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_CONNECTION:
        check_connection(ddl, statement->conninfo);
        clause_set_text(ddl, &subscription->clauses, "CONNECTION",
                        catalog_quote_literal(ddl->arena, statement->conninfo));
        break;
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_OPTIONS:
        alter_options(ddl, subscription, statement);
        break;
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_ENABLED:
        alter_enabled(ddl, subscription, statement);
        break;
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SET_PUBLICATION:
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_ADD_PUBLICATION:
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_DROP_PUBLICATION:
        alter_publications(ddl, subscription, statement);
        break;
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_REFRESH:
        transaction_check_none(ddl, "ALTER SUBSCRIPTION ... REFRESH");
        break;
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SKIP:
        check_skip(ddl, statement);
        break;
    default:
        break;
    }
}

void ddl_drop_subscription(struct ddl *ddl, const PgQuery__DropSubscriptionStmt *statement)
{
    const struct other_object *subscription =
        statement->missing_ok
            ? catalog_find_other(ddl->catalog, OTHER_SUBSCRIPTION, 0, statement->subname, NULL)
            : other_get(ddl, OTHER_SUBSCRIPTION, statement->subname);

    if (subscription)
        catalog_drop_other(ddl->catalog, subscription->oid);
}
