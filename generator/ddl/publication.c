/* Publications and subscriptions. */
#include <string.h>

#include "ddl/object.h"
#include "ddl/statements.h"
#include "ddl/table.h"

/* --- What is published -------------------------------------------------------------------------
 */

static void set_columns(struct ddl *ddl, const struct relation *relation,
                        const PgQuery__PublicationTable *table, struct published *published)
{
    published->columns = arena_array(ddl->arena, int16_t, table->n_columns);
    for (size_t i = 0; i < table->n_columns; i++) {
        const char *name = raw_string(table->columns[i]);
        published->columns[published->n_columns++] =
            attribute_get(ddl, relation, name, ddl_name_span(ddl, table->relation->location, name))
                ->number;
    }
}

static void set_where(struct ddl *ddl, const struct relation *relation,
                      const PgQuery__PublicationTable *table, struct published *published)
{
    struct ddl_value value;

    expression_evaluate(ddl,
                        &(struct ddl_expression){
                            .place = DDL_POLICY, .node = table->where_clause, .relation = relation},
                        &value);
    published->where = value.expr;
}

static size_t published_at(const struct other_object *publication, oid relid)
{
    size_t i = 0;

    while (i < publication->published.n && publication->published.items[i].relid != relid)
        i++;
    return i;
}

static void check_publishable(struct ddl *ddl, const struct relation *relation, span at)
{
    if (!strchr("rp", relation->relkind))
        ddl_fail(ddl, "22023", at, "cannot add relation \"%s\" to publication", relation->name);
}

static void publish(struct ddl *ddl, struct other_object *publication,
                    const struct relation *relation, const PgQuery__PublicationTable *table)
{
    struct published published = {.relid = relation->oid};

    if (table->n_columns > 0)
        set_columns(ddl, relation, table, &published);
    if (table->where_clause)
        set_where(ddl, relation, table, &published);
    vec_push(ddl->arena, &publication->published, published);
}

/* The children of a table come with it, unless ONLY stands before it (OpenTableList); those that
 * are there already stay as they are. */
static void publish_children(struct ddl *ddl, struct other_object *publication,
                             const struct relation *relation,
                             const PgQuery__PublicationTable *table)
{
    size_t at = 0;

    if (!table->relation->inh || relation->relkind == 'p')
        return;
    for (const struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));) {
        if (strchr("rp", child->relkind) &&
            published_at(publication, child->oid) == publication->published.n)
            publish(ddl, publication, child, table);
        publish_children(ddl, publication, child, table);
    }
}

static void add_table(struct ddl *ddl, struct other_object *publication,
                      const PgQuery__PublicationTable *table, size_t n_before)
{
    const struct relation *relation = relation_get(ddl, table->relation);
    const span at = range_var_span(ddl, table->relation);

    check_publishable(ddl, relation, at);
    if (published_at(publication, relation->oid) < n_before)
        ddl_fail(ddl, "42710", at, "relation \"%s\" is already member of publication \"%s\"",
                 relation->name, publication->name);
    if (published_at(publication, relation->oid) == publication->published.n)
        publish(ddl, publication, relation, table);
    publish_children(ddl, publication, relation, table);
}

static void unpublish(struct ddl *ddl, struct other_object *publication,
                      const struct relation *relation, const PgQuery__PublicationTable *table)
{
    size_t i = published_at(publication, relation->oid), at = 0;

    if (i == publication->published.n)
        ddl_fail(ddl, "42704", range_var_span(ddl, table->relation),
                 "relation \"%s\" is not part of the publication", relation->name);
    for (; i + 1 < publication->published.n; i++)
        publication->published.items[i] = publication->published.items[i + 1];
    publication->published.n--;
    if (!table->relation->inh || relation->relkind == 'p')
        return;
    for (const struct relation *child; (child = inheritance_child(ddl, relation->oid, &at));)
        unpublish(ddl, publication, child, table);
}

static oid schema_of(struct ddl *ddl, const PgQuery__PublicationObjSpec *spec)
{
    if (spec->pubobjtype ==
        PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA)
        return namespace_for_creation(ddl, NULL, ddl_span(ddl, spec->location));
    return namespace_get(ddl, spec->name, ddl_span(ddl, spec->location));
}

static void add_schema(struct ddl *ddl, struct other_object *publication, oid schema)
{
    clause_add(ddl, &publication->clauses,
               (struct clause){.name = "TABLES",
                               .kind = CLAUSE_IS_SCHEMA,
                               .text = "TABLES IN SCHEMA ",
                               .object = schema});
}

static void drop_schema_of(struct ddl *ddl, struct other_object *publication, oid schema, span at)
{
    size_t n = 0, before = publication->clauses.n;

    for (size_t i = 0; i < before; i++)
        if (publication->clauses.items[i].kind != CLAUSE_IS_SCHEMA ||
            publication->clauses.items[i].object != schema)
            publication->clauses.items[n++] = publication->clauses.items[i];
    publication->clauses.n = n;
    if (n == before)
        ddl_fail(ddl, "42704", at, "tables from schema \"%s\" are not part of the publication",
                 namespace_name(ddl, schema));
}

static void change_objects(struct ddl *ddl, struct other_object *publication,
                           PgQuery__Node **objects, size_t n, bool is_drop)
{
    const size_t n_before = publication->published.n;

    for (size_t i = 0; i < n; i++) {
        const PgQuery__PublicationObjSpec *spec = objects[i]->publication_obj_spec;
        if (spec->pubtable && is_drop)
            unpublish(ddl, publication, relation_get(ddl, spec->pubtable->relation),
                      spec->pubtable);
        else if (spec->pubtable)
            add_table(ddl, publication, spec->pubtable, n_before);
        else if (is_drop)
            drop_schema_of(ddl, publication, schema_of(ddl, spec), ddl_span(ddl, spec->location));
        else
            add_schema(ddl, publication, schema_of(ddl, spec));
    }
}

/* --- Options -----------------------------------------------------------------------------------
 */

/* publish = the four commands in their order, when they are not all of them. */
static const char *publish_text(struct ddl *ddl, const char *written)
{
    static const char *const commands[] = {"insert", "update", "delete", "truncate"};
    struct buf text = buf_in(ddl->arena);
    size_t n = 0;

    for (size_t i = 0; i < 4; i++)
        if (strstr(written, commands[i]))
            buf_addf(&text, "%s%s", n++ ? ", " : "", commands[i]);
    return n == 4 ? NULL : catalog_quote_literal(ddl->arena, n ? buf_text(&text) : "");
}

static void set_options(struct ddl *ddl, struct other_object *publication, PgQuery__Node **options,
                        size_t n)
{
    const PgQuery__DefElem *publish = definition_find(options, n, "publish");
    const PgQuery__DefElem *root = definition_find(options, n, "publish_via_partition_root");
    const char *text = publish ? publish_text(ddl, definition_string(ddl, publish)) : NULL;

    if (publish)
        clause_remove(&publication->clauses, "publish");
    if (text)
        clause_set_text(ddl, &publication->clauses, "publish", text);
    if (root)
        clause_remove(&publication->clauses, "publish_via_partition_root");
    if (root && definition_bool(ddl, root))
        clause_set_text(ddl, &publication->clauses, "publish_via_partition_root", "true");
}

void ddl_create_publication(struct ddl *ddl, const PgQuery__CreatePublicationStmt *statement)
{
    struct other_object draft = {.class = OTHER_PUBLICATION, .name = statement->pubname};

    if (statement->for_all_tables)
        clause_add(ddl, &draft.clauses, (struct clause){.name = "TABLES", .text = "ALL TABLES"});
    change_objects(ddl, &draft, statement->pubobjects, statement->n_pubobjects, false);
    set_options(ddl, &draft, statement->options, statement->n_options);
    other_create(ddl, draft, ddl_name_span(ddl, -1, draft.name));
}

void ddl_alter_publication(struct ddl *ddl, const PgQuery__AlterPublicationStmt *statement)
{
    struct other_object *publication = other_get(ddl, OTHER_PUBLICATION, statement->pubname);

    if (!publication)
        return;
    if (statement->n_options > 0) {
        set_options(ddl, publication, statement->options, statement->n_options);
        return;
    }
    if (clause_find(&publication->clauses, "TABLES") &&
        clause_find(&publication->clauses, "TABLES")->kind == CLAUSE_IS_TEXT)
        ddl_fail(ddl, "55000", ddl_name_span(ddl, -1, publication->name),
                 "publication \"%s\" is defined as FOR ALL TABLES", publication->name);
    if (statement->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_SetObjects) {
        publication->published.n = 0;
        clause_remove(&publication->clauses, "TABLES");
    }
    change_objects(ddl, publication, statement->pubobjects, statement->n_pubobjects,
                   statement->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_DropObjects);
}

/* --- Subscriptions -----------------------------------------------------------------------------
 */

static const char *names_text(struct ddl *ddl, PgQuery__Node **names, size_t n)
{
    struct buf text = buf_in(ddl->arena);

    for (size_t i = 0; i < n; i++)
        buf_addf(&text, "%s%s", i ? ", " : "",
                 catalog_quote_identifier(ddl->arena, raw_string(names[i])));
    return buf_text(&text);
}

static void set_subscription_options(struct ddl *ddl, struct other_object *subscription,
                                     PgQuery__Node **options, size_t n)
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
    struct other_object draft = {.class = OTHER_SUBSCRIPTION, .name = statement->subname};

    clause_set_text(ddl, &draft.clauses, "CONNECTION",
                    catalog_quote_literal(ddl->arena, statement->conninfo));
    clause_set_text(ddl, &draft.clauses, "PUBLICATION",
                    names_text(ddl, statement->publication, statement->n_publication));
    set_subscription_options(ddl, &draft, statement->options, statement->n_options);
    other_create(ddl, draft, ddl_name_span(ddl, -1, draft.name));
}

void ddl_alter_subscription(struct ddl *ddl, const PgQuery__AlterSubscriptionStmt *statement)
{
    struct other_object *subscription = other_get(ddl, OTHER_SUBSCRIPTION, statement->subname);

    if (!subscription)
        return;
    if (statement->kind == PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_CONNECTION)
        clause_set_text(ddl, &subscription->clauses, "CONNECTION",
                        catalog_quote_literal(ddl->arena, statement->conninfo));
    if (statement->kind == PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SET_PUBLICATION)
        clause_set_text(ddl, &subscription->clauses, "PUBLICATION",
                        names_text(ddl, statement->publication, statement->n_publication));
    if (statement->kind == PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_OPTIONS ||
        statement->kind == PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_ENABLED)
        set_subscription_options(ddl, subscription, statement->options, statement->n_options);
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
