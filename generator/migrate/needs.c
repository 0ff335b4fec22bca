/* What is certain only: a statement behind SET ROLE is done with the rights of somebody else,
 * behind SET search_path names mean something else, and who owns the schema may drop what is in it.
 */
#include "migrate/needs.h"

#include "sql/raw.h"

struct collector {
    struct arena *arena;
    need_list *needs;
    size_t step;
};

static void add(struct collector *collector, tenon_need_kind kind, const char *name)
{
    vec_push(collector->arena, collector->needs,
             ((tenon_need){.kind = kind, .step = collector->step, .name = name}));
}

/* schema: NULL where the search_path finds it. */
static void add_owned(struct collector *collector, tenon_need_kind kind, const char *schema,
                      const char *name)
{
    struct arena *arena = collector->arena;

    add(collector, kind,
        arena_printf(arena, "%s%s%s", schema ? catalog_quote_identifier(arena, schema) : "",
                     schema ? "." : "", catalog_quote_identifier(arena, name)));
}

static void add_relation(struct collector *collector, const PgQuery__RangeVar *relation)
{
    add_owned(collector, TENON_NEED_OWNER, raw_optional(relation->schemaname), relation->relname);
}

static void add_dropped(struct collector *collector, const PgQuery__DropStmt *drop)
{
    if (drop->remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE &&
        drop->remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_VIEW &&
        drop->remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_INDEX)
        return;
    for (size_t i = 0; i < drop->n_objects; i++) {
        const struct node_list names = NODES(drop->objects[i]->list, items);
        add_owned(collector, TENON_NEED_DROP, names.n > 1 ? raw_name(names, names.n - 2) : NULL,
                  raw_last_name(names));
    }
}

static void add_schema(struct collector *collector, const PgQuery__RangeVar *relation)
{
    if (raw_optional(relation->schemaname))
        add(collector, TENON_NEED_CREATE_IN, relation->schemaname);
}

static void add_extension(struct collector *collector, const PgQuery__CreateExtensionStmt *create)
{
    tenon_need need = {
        .kind = TENON_NEED_EXTENSION, .step = collector->step, .name = create->extname};

    for (size_t i = 0; i < create->n_options; i++) {
        const PgQuery__DefElem *option = create->options[i]->def_elem;
        if (name_eq(option->defname, "new_version"))
            need.version = raw_string(option->arg);
    }
    vec_push(collector->arena, collector->needs, need);
}

static void collect(struct collector *collector, const PgQuery__Node *tree)
{
    switch (tree->node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        add_schema(collector, tree->create_stmt->relation);
        break;
    case PG_QUERY__NODE__NODE_VIEW_STMT:
        add_schema(collector, tree->view_stmt->view);
        break;
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        if (!tree->alter_table_stmt->missing_ok)
            add_relation(collector, tree->alter_table_stmt->relation);
        break;
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        add_relation(collector, tree->index_stmt->relation);
        break;
    case PG_QUERY__NODE__NODE_DROP_STMT:
        add_dropped(collector, tree->drop_stmt);
        break;
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
        if (!tree->create_schema_stmt->if_not_exists)
            add(collector, TENON_NEED_CREATE, "");
        break;
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
        add_extension(collector, tree->create_extension_stmt);
        break;
    default:
        break;
    }
}

static bool changes_meaning(const PgQuery__Node *tree)
{
    const char *name = NODE_IS(tree, VARIABLE_SET_STMT) ? tree->variable_set_stmt->name : NULL;

    return name && (name_eq(name, "role") || name_eq(name, "session_authorization") ||
                    name_eq(name, "search_path"));
}

void needs_collect(struct arena *arena, const struct migration *migration, need_list *needs)
{
    struct collector collector = {arena, needs, 0};

    for (; collector.step < migration->moves.n; collector.step++) {
        const PgQuery__Node *tree = migration->moves.items[collector.step].statement.tree;
        if (changes_meaning(tree))
            return;
        collect(&collector, tree);
    }
}
