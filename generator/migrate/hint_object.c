/* From a statement to the object that it makes, by the names in it. */
#include <string.h>

#include "migrate/hint.h"
#include "sql/lexer.h"
#include "sql/raw.h"

/* An object by its names; table: of what is part of one. */
struct named {
    const char *schema, *table, *name;
    enum item_kind kinds[4];
    size_t n_kinds;
};

#define KINDS(...)                                                                                 \
    .kinds = {__VA_ARGS__},                                                                        \
    .n_kinds = sizeof((enum item_kind[]){__VA_ARGS__}) / sizeof(enum item_kind)

static struct named of_relation(const PgQuery__RangeVar *relation)
{
    return (struct named){.schema = raw_optional(relation->schemaname), .name = relation->relname};
}

static struct named of_part(const PgQuery__RangeVar *relation, const char *name)
{
    return (struct named){.schema = raw_optional(relation->schemaname),
                          .table = relation->relname,
                          .name = raw_optional(name)};
}

static struct named of_list(struct node_list names)
{
    return (struct named){.schema = names.n > 1 ? raw_name(names, names.n - 2) : NULL,
                          .name = raw_last_name(names)};
}

static struct named with_kinds(struct named named, enum item_kind a, enum item_kind b)
{
    named.kinds[0] = a;
    named.kinds[1] = b;
    named.n_kinds = 2;
    return named;
}

/* --- Statements ------------------------------------------------------------------------------- */

/* ADD CONSTRAINT and ADD COLUMN. */
static struct named added(const PgQuery__AlterTableStmt *alter)
{
    for (size_t i = 0; i < alter->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = alter->cmds[i]->alter_table_cmd;
        if (NODE_IS(command->def, CONSTRAINT))
            return with_kinds(of_part(alter->relation, command->def->constraint->conname),
                              ITEM_CONSTRAINT, ITEM_CONSTRAINT);
        if (NODE_IS(command->def, COLUMN_DEF))
            return with_kinds(of_part(alter->relation, command->def->column_def->colname),
                              ITEM_COLUMN, ITEM_COLUMN);
    }
    return (struct named){0};
}

static struct named defined(const PgQuery__DefineStmt *define)
{
    static const struct {
        PgQuery__ObjectType type;
        enum item_kind kind;
    } kinds[] = {
        {PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE, ITEM_AGGREGATE},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, ITEM_BASE_TYPE},
        {PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION, ITEM_COLLATION},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION, ITEM_TS_CONFIGURATION},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY, ITEM_TS_DICTIONARY},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER, ITEM_TS_PARSER},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE, ITEM_TS_TEMPLATE},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == define->kind)
            return with_kinds(of_list(NODES(define, defnames)), kinds[i].kind, kinds[i].kind);
    return (struct named){0};
}

static struct named without_schema(const char *name, enum item_kind kind)
{
    return (struct named){.name = name, .kinds = {kind}, .n_kinds = 1};
}

static struct named made_by_part(const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
        return with_kinds(
            of_part(tree->create_trig_stmt->relation, tree->create_trig_stmt->trigname),
            ITEM_TRIGGER, ITEM_CONSTRAINT);
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
        return with_kinds(
            of_part(tree->create_policy_stmt->table, tree->create_policy_stmt->policy_name),
            ITEM_POLICY, ITEM_POLICY);
    case PG_QUERY__NODE__NODE_RULE_STMT:
        return with_kinds(of_part(tree->rule_stmt->relation, tree->rule_stmt->rulename), ITEM_RULE,
                          ITEM_RULE);
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return added(tree->alter_table_stmt);
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return (struct named){.schema = raw_optional(tree->index_stmt->relation->schemaname),
                              .name = raw_optional(tree->index_stmt->idxname),
                              KINDS(ITEM_INDEX)};
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
        return without_schema(raw_optional(tree->create_schema_stmt->schemaname), ITEM_SCHEMA);
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_SERVER_STMT:
        return without_schema(tree->create_foreign_server_stmt->servername, ITEM_SERVER);
    case PG_QUERY__NODE__NODE_CREATE_FDW_STMT:
        return without_schema(tree->create_fdw_stmt->fdwname, ITEM_WRAPPER);
    case PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT:
        return without_schema(tree->create_publication_stmt->pubname, ITEM_PUBLICATION);
    case PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT:
        return without_schema(tree->create_event_trig_stmt->trigname, ITEM_EVENT_TRIGGER);
    default:
        return (struct named){0};
    }
}

static struct named made_by(const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        return with_kinds(of_relation(tree->create_stmt->relation), ITEM_TABLE, ITEM_TABLE);
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
        return with_kinds(of_relation(tree->create_foreign_table_stmt->base_stmt->relation),
                          ITEM_FOREIGN_TABLE, ITEM_FOREIGN_TABLE);
    case PG_QUERY__NODE__NODE_VIEW_STMT:
        return with_kinds(of_relation(tree->view_stmt->view), ITEM_VIEW, ITEM_VIEW);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
        return with_kinds(of_relation(tree->create_table_as_stmt->into->rel), ITEM_TABLE,
                          ITEM_MATERIALIZED_VIEW);
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
        return with_kinds(of_relation(tree->create_seq_stmt->sequence), ITEM_SEQUENCE,
                          ITEM_SEQUENCE);
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
        return with_kinds(of_relation(tree->composite_type_stmt->typevar), ITEM_COMPOSITE,
                          ITEM_COMPOSITE);
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
        return with_kinds(of_list(NODES(tree->create_enum_stmt, type_name)), ITEM_ENUM, ITEM_ENUM);
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
        return with_kinds(of_list(NODES(tree->create_domain_stmt, domainname)), ITEM_DOMAIN,
                          ITEM_DOMAIN);
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT:
        return with_kinds(of_list(NODES(tree->create_range_stmt, type_name)), ITEM_RANGE,
                          ITEM_RANGE);
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
        return with_kinds(of_list(NODES(tree->create_function_stmt, funcname)), ITEM_FUNCTION,
                          ITEM_PROCEDURE);
    case PG_QUERY__NODE__NODE_CREATE_STATS_STMT:
        return with_kinds(of_list(NODES(tree->create_stats_stmt, defnames)), ITEM_STATISTICS,
                          ITEM_STATISTICS);
    case PG_QUERY__NODE__NODE_DEFINE_STMT:
        return defined(tree->define_stmt);
    default:
        return made_by_part(tree);
    }
}

/* --- Elements --------------------------------------------------------------------------------- */

static bool is_unnamed_constraint(str text, struct token first)
{
    static const char *const words[] = {"primary", "unique", "check", "foreign", "like"};
    const struct token next = lex_next(text, first.to);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is_word(text, first, words[i]))
            return true;
    return token_is_word(text, first, "exclude") &&
           (token_is(text, next, "(") || token_is_word(text, next, "using"));
}

/* A column, a named constraint, an attribute; a label is told by its text. */
static struct named part_of(struct arena *arena, const struct statement *statement,
                            const struct element *element, struct named whole)
{
    const str text = {statement->sql->text, statement->sql->len};
    struct token first = lex_next(text, element->from);
    struct named part = {.schema = whole.schema, .table = whole.name};

    if (token_is_word(text, first, "constraint")) {
        part.name = token_identifier(arena, text, lex_next(text, first.to));
        return with_kinds(part, ITEM_CONSTRAINT, ITEM_CONSTRAINT);
    }
    if (is_unnamed_constraint(text, first))
        return (struct named){0};
    part.name = token_identifier(arena, text, first);
    return with_kinds(part, ITEM_COLUMN, ITEM_COLUMN);
}

const char *quoted_text(struct arena *arena, str literal)
{
    struct buf buf = buf_in(arena);

    for (size_t i = 1; i + 1 < literal.len; i++) {
        i += literal.data[i] == '\'';
        buf_addc(&buf, literal.data[i]);
    }
    return buf_text(&buf);
}

/* --- The inventory ---------------------------------------------------------------------------- */

static bool is_inside(span at, const struct statement *statement)
{
    return at.source == statement->sql->source && at.offset >= (uint32_t)statement->location &&
           at.offset < (uint32_t)(statement->location + statement->len);
}

static bool is_named(const struct item *item, const struct named *named, const char *schema)
{
    bool is_kind = false;

    for (size_t i = 0; i < named->n_kinds; i++)
        is_kind |= item->kind == named->kinds[i];
    return is_kind && (!named->name || name_eq(item->name, named->name)) &&
           (!named->table || name_eq(item->table, named->table)) &&
           (!item->schema || name_eq(item->schema, named->schema ? named->schema : schema));
}

/* Of functions of one name the one that was defined in the statement, as is what the server gives a
 * name. */
static const struct item *find(const struct inventory *inventory, const struct named *named,
                               const char *schema, const struct statement *statement)
{
    const struct item *found = NULL;

    for (size_t i = 0; i < inventory->items.n; i++) {
        const struct item *item = inventory->items.items[i];
        const bool is_made_here = is_inside(item->at, statement);
        if (is_named(item, named, schema) && (is_made_here || (named->name && !found)))
            found = item;
    }
    return found;
}

void hint_object(struct arena *arena, const struct statement *statement,
                 const struct element *element, const char *schema, const struct inventory *after,
                 struct note *note)
{
    struct named named = made_by(statement->tree);

    if (element && NODE_IS(statement->tree, CREATE_ENUM_STMT))
        note->label = quoted_text(arena, str_slice((str){statement->sql->text, statement->sql->len},
                                                   element->from, element->to));
    else if (element)
        named = part_of(arena, statement, element, named);
    note->item = find(after, &named, schema, statement);
}
