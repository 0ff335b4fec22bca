/* Publications: tables, and the tables of schemas. */
#include <string.h>

#include "ddl/object.h"
#include "ddl/statements.h"
#include "ddl/table.h"

/* --- What is published -------------------------------------------------------------------------
 */

static int16_t published_column(struct ddl *ddl, const struct relation *relation, const char *name,
                                span at)
{
    const struct attribute *attribute = attribute_find(relation, name);

    if (!attribute && is_system_column(name))
        ddl_fail(ddl, "42P10", at, "cannot use system column \"%s\" in publication column list",
                 name);
    attribute = attribute_get(ddl, catalog_edit_relation(ddl->catalog, relation->oid), name, at);
    if (attribute->generated)
        ddl_fail(ddl, "42P10", at, "cannot use generated column \"%s\" in publication column list",
                 name);
    return attribute->number;
}

static void set_columns(struct ddl *ddl, const struct relation *relation,
                        const PgQuery__PublicationTable *table, struct published *published)
{
    published->columns = arena_array(ddl->arena, int16_t, table->n_columns);
    for (size_t i = 0; i < table->n_columns; i++) {
        const char *name = raw_string(table->columns[i]);
        const span at = ddl_name_span(ddl, table->relation->location, name);
        const int16_t number = published_column(ddl, relation, name, at);
        for (size_t k = 0; k < published->n_columns; k++)
            if (published->columns[k] == number)
                ddl_fail(ddl, "42710", at, "duplicate column \"%s\" in publication column list",
                         name);
        published->columns[published->n_columns++] = number;
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

/* What has no changes that a subscriber could follow. */
static void check_publishable(struct ddl *ddl, const struct relation *relation, span at)
{
    if (!strchr("rp", relation->relkind) || relation->oid < FIRST_USER_OID ||
        relation->is_temporary || relation->is_unlogged)
        ddl_fail(ddl, "22023", at, "cannot add relation \"%s\" to publication", relation->name);
}

/* True when the table stands earlier in the same statement, which is allowed to plain tables. */
static bool is_repeated(struct ddl *ddl, const struct other_object *publication,
                        const PgQuery__PublicationTable *table, const struct relation *relation,
                        size_t n_before)
{
    const size_t i = published_at(publication, relation->oid);
    const struct published *other;
    span at = range_var_span(ddl, table->relation);

    other = i < publication->published.n ? &publication->published.items[i] : NULL;
    if (!other)
        return false;
    if (i < n_before)
        ddl_fail(ddl, "42710", at, "relation \"%s\" is already member of publication \"%s\"",
                 relation->name, publication->name);
    if (other->where || table->where_clause || other->n_columns > 0 || table->n_columns > 0)
        ddl_fail(ddl, "42710", at,
                 "conflicting or redundant WHERE clauses or column lists for table \"%s\"",
                 relation->name);
    return true;
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

/* The first `n_before` tables were members before the statement. */
static void add_table(struct ddl *ddl, struct other_object *publication,
                      const PgQuery__PublicationTable *table, size_t n_before)
{
    const struct relation *relation = relation_get(ddl, table->relation);

    if (!is_repeated(ddl, publication, table, relation, n_before)) {
        check_publishable(ddl, relation, range_var_span(ddl, table->relation));
        publish(ddl, publication, relation, table);
    }
    publish_children(ddl, publication, relation, table);
}

static void unpublish(struct ddl *ddl, struct other_object *publication,
                      const struct relation *relation, const PgQuery__PublicationTable *table)
{
    size_t i = published_at(publication, relation->oid), at = 0;

    if (table->n_columns > 0)
        ddl_fail(ddl, "42601", range_var_span(ddl, table->relation),
                 "column list must not be specified in ALTER PUBLICATION ... DROP");
    if (i < publication->published.n && table->where_clause)
        ddl_fail(ddl, "42601", range_var_span(ddl, table->relation),
                 "cannot use a WHERE clause when removing a table from a publication");
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

static void add_schema(struct ddl *ddl, struct other_object *publication, oid schema,
                       size_t n_before, span at)
{
    if (strncmp(namespace_name(ddl, schema), "pg_", 3) == 0)
        ddl_fail(ddl, "22023", at, "cannot add schema \"%s\" to publication",
                 namespace_name(ddl, schema));
    for (size_t i = 0; i < publication->clauses.n; i++) {
        const struct clause *clause = &publication->clauses.items[i];
        if (clause->kind != CLAUSE_IS_SCHEMA || clause->object != schema)
            continue;
        if (i < n_before)
            ddl_fail(ddl, "42710", at, "schema \"%s\" is already member of publication \"%s\"",
                     namespace_name(ddl, schema), publication->name);
        return;
    }
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

/* Of the tables of a schema all columns are published. */
static void check_column_lists(struct ddl *ddl, const struct other_object *publication)
{
    const struct clause *schema = clause_find(&publication->clauses, "TABLES");

    for (size_t i = 0; schema && i < publication->published.n; i++)
        if (publication->published.items[i].n_columns > 0)
            ddl_fail(ddl, "22023", ddl_span(ddl, -1),
                     "cannot use a column list in a publication that contains schemas");
}

static void change_objects(struct ddl *ddl, struct other_object *publication,
                           PgQuery__Node **objects, size_t n, bool is_drop)
{
    const size_t n_tables = publication->published.n, n_clauses = publication->clauses.n;

    for (size_t i = 0; i < n; i++) {
        const PgQuery__PublicationObjSpec *spec = objects[i]->publication_obj_spec;
        if (spec->pubtable && is_drop)
            unpublish(ddl, publication, relation_get(ddl, spec->pubtable->relation),
                      spec->pubtable);
        else if (spec->pubtable)
            add_table(ddl, publication, spec->pubtable, n_tables);
        else if (is_drop)
            drop_schema_of(ddl, publication, schema_of(ddl, spec), ddl_span(ddl, spec->location));
        else
            add_schema(ddl, publication, schema_of(ddl, spec), n_clauses,
                       ddl_span(ddl, spec->location));
    }
    check_column_lists(ddl, publication);
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

static void check_commands(struct ddl *ddl, const PgQuery__DefElem *item)
{
    const char *list = item ? definition_string(ddl, item) : NULL;

    while (list && *list) {
        const size_t skipped = strspn(list, ", \t\n"), n = strcspn(list + skipped, ", \t\n");
        const char *word = arena_strndup(ddl->arena, list + skipped, n);
        list += skipped + n;
        if (n && strcmp(word, "insert") != 0 && strcmp(word, "update") != 0 &&
            strcmp(word, "delete") != 0 && strcmp(word, "truncate") != 0)
            ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                     "unrecognized value for publication option \"publish\": \"%s\"", word);
    }
}

static void check_options(struct ddl *ddl, PgQuery__Node **options, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const PgQuery__DefElem *item = options[i]->def_elem;
        if (strcmp(item->defname, "publish") != 0 &&
            strcmp(item->defname, "publish_via_partition_root") != 0)
            ddl_fail(ddl, "42601", ddl_span(ddl, item->location),
                     "unrecognized publication parameter: \"%s\"", item->defname);
        definition_check_once(ddl, options, n, item);
    }
    check_commands(ddl, definition_find(options, n, "publish"));
}

static void set_options(struct ddl *ddl, struct other_object *publication, PgQuery__Node **options,
                        size_t n)
{
    const PgQuery__DefElem *publish = definition_find(options, n, "publish");
    const PgQuery__DefElem *root = definition_find(options, n, "publish_via_partition_root");
    const char *text = publish ? publish_text(ddl, definition_string(ddl, publish)) : NULL;

    check_options(ddl, options, n);
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

    other_check_free(ddl, &draft, ddl_name_span(ddl, -1, draft.name));
    if (statement->for_all_tables)
        clause_add(ddl, &draft.clauses, (struct clause){.name = "TABLES", .text = "ALL TABLES"});
    set_options(ddl, &draft, statement->options, statement->n_options);
    change_objects(ddl, &draft, statement->pubobjects, statement->n_pubobjects, false);
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
