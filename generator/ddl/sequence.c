/* Sequences: relations of three columns. A sequence that a column owns has the table's OID in
 * `parents`, and the column's place as its own; it is dropped with them.
 */
#include "ddl/sequence.h"

#include <string.h>

#include "ddl/statements.h"
#include "ddl/table.h"

static struct relation *add_sequence(struct ddl *ddl, struct relation sequence, span at)
{
    static const char *const columns[][2] = {
        {"last_value", "int8"}, {"log_cnt", "int8"}, {"is_called", "bool"}};

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const struct type *type = catalog_find_type(ddl->catalog, "pg_catalog", columns[i][1]);
        relation_add_attribute(ddl, &sequence,
                               (struct attribute){.name = columns[i][0],
                                                  .type = type->oid,
                                                  .typmod = -1,
                                                  .not_null = true,
                                                  .is_local = true,
                                                  .defined_at = at});
    }
    return relation_create(ddl, &sequence, at);
}

static PgQuery__Node *string_node(struct ddl *ddl, const char *text)
{
    PgQuery__Node *node = arena_new(ddl->arena, PgQuery__Node);

    *node = (PgQuery__Node)PG_QUERY__NODE__INIT;
    node->node_case = PG_QUERY__NODE__NODE_STRING;
    node->string = arena_new(ddl->arena, PgQuery__String);
    *node->string = (PgQuery__String)PG_QUERY__STRING__INIT;
    node->string->sval = arena_strdup(ddl->arena, text);
    return node;
}

static PgQuery__Node **name_nodes(struct ddl *ddl, const char *name)
{
    PgQuery__Node **names = arena_array(ddl->arena, PgQuery__Node *, 2);

    names[0] = string_node(ddl, "pg_catalog");
    names[1] = string_node(ddl, name);
    return names;
}

static PgQuery__Node *constant_node(struct ddl *ddl, const char *text)
{
    PgQuery__Node *node = arena_new(ddl->arena, PgQuery__Node);

    *node = (PgQuery__Node)PG_QUERY__NODE__INIT;
    node->node_case = PG_QUERY__NODE__NODE_A_CONST;
    node->a_const = arena_new(ddl->arena, PgQuery__AConst);
    *node->a_const = (PgQuery__AConst)PG_QUERY__A__CONST__INIT;
    node->a_const->val_case = PG_QUERY__A__CONST__VAL_SVAL;
    node->a_const->sval = string_node(ddl, text)->string;
    return node;
}

static PgQuery__Node *regclass_node(struct ddl *ddl, const char *text)
{
    PgQuery__Node *node = arena_new(ddl->arena, PgQuery__Node);
    PgQuery__TypeName *type = arena_new(ddl->arena, PgQuery__TypeName);

    *type = (PgQuery__TypeName)PG_QUERY__TYPE_NAME__INIT;
    type->names = name_nodes(ddl, "regclass");
    type->n_names = 2;
    type->typemod = -1;
    *node = (PgQuery__Node)PG_QUERY__NODE__INIT;
    node->node_case = PG_QUERY__NODE__NODE_TYPE_CAST;
    node->type_cast = arena_new(ddl->arena, PgQuery__TypeCast);
    *node->type_cast = (PgQuery__TypeCast)PG_QUERY__TYPE_CAST__INIT;
    node->type_cast->arg = constant_node(ddl, text);
    node->type_cast->type_name = type;
    return node;
}

/* nextval('schema.name'::regclass). */
static PgQuery__Node *next_value(struct ddl *ddl, const struct relation *sequence)
{
    PgQuery__Node *node = arena_new(ddl->arena, PgQuery__Node);
    PgQuery__FuncCall *call = arena_new(ddl->arena, PgQuery__FuncCall);
    const char *schema = namespace_name(ddl, sequence->namespace_oid);
    const char *name =
        arena_printf(ddl->arena, "%s.%s", catalog_quote_identifier(ddl->arena, schema),
                     catalog_quote_identifier(ddl->arena, sequence->name));

    *call = (PgQuery__FuncCall)PG_QUERY__FUNC_CALL__INIT;
    call->funcname = name_nodes(ddl, "nextval");
    call->n_funcname = 2;
    call->args = arena_array(ddl->arena, PgQuery__Node *, 1);
    call->args[0] = regclass_node(ddl, name);
    call->n_args = 1;
    call->funcformat = PG_QUERY__COERCION_FORM__COERCE_EXPLICIT_CALL;
    *node = (PgQuery__Node)PG_QUERY__NODE__INIT;
    node->node_case = PG_QUERY__NODE__NODE_FUNC_CALL;
    node->func_call = call;
    return node;
}

static void own(struct ddl *ddl, struct relation *sequence, const struct relation *owner,
                const struct attribute *column)
{
    vec_push(ddl->arena, &sequence->parents, owner->oid);
    sequence->sequence->owner_column = column->number;
    sequence->defined_at = column->defined_at;
}

/* The options of a LIKE are those of the source's sequence. */
static void set_values(struct ddl *ddl, struct relation *draft,
                       const struct sequence_source *source, oid type)
{
    draft->sequence = arena_new(ddl->arena, struct sequence);
    *draft->sequence = (struct sequence){.type = type, .is_identity = source->is_identity};
    if (source->like) {
        *draft->sequence = *source->like;
        draft->sequence->type = INT8OID; /* whatever the column's is */
        return;
    }
    sequence_set_new(ddl, draft->sequence, source->options, source->n_options);
}

void sequence_create_owned(struct ddl *ddl, struct relation *owner,
                           const struct sequence_source *source)
{
    struct attribute *column = attribute_find(owner, source->column);
    struct relation draft = {.namespace_oid = owner->namespace_oid,
                             .name = source->name,
                             .relkind = 'S',
                             .is_temporary = owner->is_temporary,
                             .is_unlogged = owner->is_unlogged};
    struct relation *sequence;

    if (!draft.name)
        draft.name = choose_relation_name(ddl, owner->name, column->name, "seq",
                                          owner->namespace_oid, false);
    else if (relation_find_in(ddl, draft.namespace_oid, draft.name))
        return;
    set_values(ddl, &draft, source, column->type);
    sequence = add_sequence(ddl, draft, column->defined_at);
    own(ddl, sequence, owner, column);
    if (!source->is_identity)
        default_evaluate(ddl, owner, column, next_value(ddl, sequence));
}

const struct relation *owned_sequence_next(struct ddl *ddl, const struct relation *owner,
                                           size_t *at)
{
    size_t n;
    struct relation *const *relations = catalog_relations(ddl->catalog, &n);

    while (*at < n) {
        const struct relation *sequence = relations[(*at)++];
        if (sequence && sequence->sequence && sequence->sequence->owner_column &&
            sequence->parents.n > 0 && sequence->parents.items[0] == owner->oid)
            return sequence;
    }
    return NULL;
}

const struct relation *owned_sequence_find(struct ddl *ddl, const struct relation *owner,
                                           int16_t column)
{
    const struct relation *sequence;
    size_t at = 0;

    while ((sequence = owned_sequence_next(ddl, owner, &at)))
        if (sequence->sequence->owner_column == column)
            return sequence;
    return NULL;
}

static void check_not_identity(struct ddl *ddl, const struct relation *sequence,
                               const PgQuery__DefElem *owned)
{
    if (sequence->sequence->is_identity)
        ddl_fail(ddl, "0A000", ddl_span(ddl, owned->location),
                 "cannot change ownership of identity sequence");
}

/* As process_owned_by() does, in its order. */
static void check_linked(struct ddl *ddl, const struct relation *sequence,
                         const struct relation *table, span at)
{
    if (!strchr("rfvp", table->relkind))
        ddl_fail(ddl, "42809", at, "sequence cannot be owned by relation \"%s\"", table->name);
    if (!name_eq(sequence->about.owner, table->about.owner))
        ddl_fail(ddl, "55000", at, "sequence must have same owner as table it is linked to");
    if (table->namespace_oid != sequence->namespace_oid)
        ddl_fail(ddl, "55000", at, "sequence must be in same schema as table it is linked to");
}

/* OWNED BY table.column or NONE. */
static void set_owner(struct ddl *ddl, struct relation *sequence, PgQuery__Node **options, size_t n)
{
    const PgQuery__DefElem *owned = definition_find(options, n, "owned_by");
    PgQuery__List *names;
    struct qualified_name table;
    const struct relation *owner;
    const struct attribute *column;
    const char *last;

    if (!owned || !NODE_IS(owned->arg, LIST) || owned->arg->list->n_items == 0)
        return;
    names = owned->arg->list;
    if (names->n_items == 1 && strcmp(raw_string(names->items[0]), "none") != 0)
        ddl_fail(ddl, "42601", ddl_span(ddl, owned->location), "invalid OWNED BY option");
    check_not_identity(ddl, sequence, owned);
    sequence->parents.n = 0;
    sequence->sequence->owner_column = 0;
    if (names->n_items == 1)
        return;
    table = name_from_list(ddl, names->items, names->n_items - 1);
    last = raw_string(names->items[names->n_items - 1]);
    owner = relation_named(ddl, table, ddl_name_span(ddl, owned->location, table.name));
    check_linked(ddl, sequence, owner, ddl_name_span(ddl, owned->location, table.name));
    column = attribute_find(owner, last);
    if (!column)
        ddl_fail(ddl, "42703", ddl_name_span(ddl, owned->location, last),
                 "column \"%s\" of relation \"%s\" does not exist", last, owner->name);
    own(ddl, sequence, owner, column);
}

void ddl_create_sequence(struct ddl *ddl, const PgQuery__CreateSeqStmt *statement)
{
    bool is_temporary;
    oid namespace_oid = relation_namespace(ddl, statement->sequence, &is_temporary);
    const char *name = statement->sequence->relname;
    struct relation draft = {
        .namespace_oid = namespace_oid, .name = name, .relkind = 'S', .is_temporary = is_temporary};
    struct relation *sequence;

    if (statement->if_not_exists && relation_find_in(ddl, namespace_oid, name))
        return;
    draft.is_unlogged = range_var_is_unlogged(statement->sequence);
    sequence_set(ddl, &draft, statement->options, statement->n_options);
    sequence = add_sequence(ddl, draft, range_var_span(ddl, statement->sequence));
    set_owner(ddl, sequence, statement->options, statement->n_options);
}

void ddl_alter_sequence(struct ddl *ddl, const PgQuery__AlterSeqStmt *statement)
{
    const struct relation *found = relation_find(ddl, statement->sequence);
    struct relation *sequence;

    if (!found && statement->missing_ok)
        return;
    found = relation_get(ddl, statement->sequence);
    if (found->relkind != 'S')
        ddl_fail(ddl, "42809", range_var_span(ddl, statement->sequence), "\"%s\" is not a sequence",
                 found->name);
    sequence = relation_edit(ddl, found, range_var_span(ddl, statement->sequence));
    sequence_set(ddl, sequence, statement->options, statement->n_options);
    set_owner(ddl, sequence, statement->options, statement->n_options);
}
