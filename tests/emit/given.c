/* Building the IR by hand. */
#include "given.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct base {
    const char *name, *sql;
    uint32_t oid;
};

static const struct base bases[] = {
    {"bool", "boolean", 16},
    {"bytea", "bytea", 17},
    {"char", "\"char\"", 18},
    {"name", "name", 19},
    {"int8", "bigint", 20},
    {"int2", "smallint", 21},
    {"int4", "integer", 23},
    {"regproc", "regproc", 24},
    {"text", "text", 25},
    {"oid", "oid", 26},
    {"tid", "tid", 27},
    {"xid", "xid", 28},
    {"cid", "cid", 29},
    {"json", "json", 114},
    {"xml", "xml", 142},
    {"point", "point", 600},
    {"lseg", "lseg", 601},
    {"path", "path", 602},
    {"box", "box", 603},
    {"polygon", "polygon", 604},
    {"line", "line", 628},
    {"cidr", "cidr", 650},
    {"float4", "real", 700},
    {"float8", "double precision", 701},
    {"circle", "circle", 718},
    {"macaddr8", "macaddr8", 774},
    {"money", "money", 790},
    {"macaddr", "macaddr", 829},
    {"inet", "inet", 869},
    {"bpchar", "character", 1042},
    {"varchar", "character varying", 1043},
    {"date", "date", 1082},
    {"time", "time without time zone", 1083},
    {"timestamp", "timestamp without time zone", 1114},
    {"timestamptz", "timestamp with time zone", 1184},
    {"interval", "interval", 1186},
    {"timetz", "time with time zone", 1266},
    {"bit", "bit", 1560},
    {"varbit", "bit varying", 1562},
    {"numeric", "numeric", 1700},
    {"refcursor", "refcursor", 1790},
    {"regclass", "regclass", 2205},
    {"uuid", "uuid", 2950},
    {"pg_lsn", "pg_lsn", 3220},
    {"tsvector", "tsvector", 3614},
    {"tsquery", "tsquery", 3615},
    {"jsonb", "jsonb", 3802},
    {"int4range", "int4range", 3904},
    {"numrange", "numrange", 3906},
    {"tsrange", "tsrange", 3908},
    {"tstzrange", "tstzrange", 3910},
    {"daterange", "daterange", 3912},
    {"int8range", "int8range", 3926},
    {"jsonpath", "jsonpath", 4072},
    {"int4multirange", "int4multirange", 4451},
    {"nummultirange", "nummultirange", 4532},
    {"tstzmultirange", "tstzmultirange", 4534},
    {"xid8", "xid8", 5069},
    {"citext", "citext", 0},
    {"ltree", "ltree", 0},
    {"hstore", "hstore", 0},
    {"aclitem", "aclitem", 1033},
    {"void", "void", 2278},
};

void given_init(struct given *given)
{
    *given = (struct given){0};
    given->diags.arena = &given->arena;
    given->source = source_create(&given->arena, "schema.sql", STR("one\ntwo\nthree\nfour\n"));
    given->package.name = "shop";
}

void given_finish(struct given *given)
{
    arena_finish(&given->arena);
}

static struct ir_type *new_type(struct given *given, enum ir_type_kind kind, const char *schema,
                                const char *name)
{
    struct ir_type *type = arena_new(&given->arena, struct ir_type);

    type->kind = kind;
    type->schema = schema;
    type->name = type->sql_name = name;
    type->defined_at = span_of(given->source, (uint32_t)(given->types.n % 4) * 4, 3);
    return type;
}

const struct ir_type *a_base(struct given *given, const char *name)
{
    for (size_t i = 0; i < given->bases.n; i++)
        if (name_eq(given->bases.items[i]->name, name))
            return given->bases.items[i];
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        if (name_eq(bases[i].name, name)) {
            struct ir_type *type = new_type(given, IR_BASE, "pg_catalog", name);
            type->sql_name = bases[i].sql;
            type->oid = bases[i].oid;
            if (name_eq(name, "void"))
                type->kind = IR_PSEUDO;
            vec_push(&given->arena, &given->bases, type);
            return type;
        }
    }
    ck_abort_msg("no base type %s", name);
    return NULL;
}

const struct ir_type *an_array(struct given *given, const struct ir_type *element)
{
    struct ir_type *type = new_type(given, IR_ARRAY, element->schema,
                                    arena_printf(&given->arena, "_%s", element->name));

    type->elem = element;
    type->sql_name = arena_printf(&given->arena, "%s[]", element->sql_name);
    type->oid = element->oid ? 100000 + element->oid : 0;
    return type;
}

const struct ir_type *an_enum(struct given *given, const char *name, const char *const *labels)
{
    struct ir_type *type = new_type(given, IR_ENUM, "public", name);
    struct ir_label *copies;

    while (labels[type->n_labels])
        type->n_labels++;
    copies = arena_array(&given->arena, struct ir_label, type->n_labels);
    for (size_t i = 0; i < type->n_labels; i++)
        copies[i].name = labels[i];
    type->labels = copies;
    vec_push(&given->arena, &given->types, type);
    return type;
}

const struct ir_type *a_composite(struct given *given, const char *name,
                                  const struct ir_field *fields, size_t n_fields)
{
    struct ir_type *type = new_type(given, IR_COMPOSITE, "public", name);
    struct ir_field *copies = arena_array(&given->arena, struct ir_field, n_fields);

    memcpy(copies, fields, n_fields * sizeof *fields);
    type->fields = copies;
    type->n_fields = n_fields;
    vec_push(&given->arena, &given->types, type);
    return type;
}

const struct ir_type *a_domain(struct given *given, const char *name, const struct ir_type *over)
{
    struct ir_type *type = new_type(given, IR_DOMAIN, "public", name);

    type->elem = over;
    return type;
}

const struct ir_type *a_range(struct given *given, const char *name, const struct ir_type *subtype)
{
    struct ir_type *type = new_type(given, IR_RANGE, "public", name);

    type->elem = subtype;
    return type;
}

struct ir_table *a_table(struct given *given, const char *name, const struct ir_column *columns,
                         size_t n_columns)
{
    struct ir_column *copies = arena_array(&given->arena, struct ir_column, n_columns);
    struct ir_table table = {.schema = "public",
                             .name = name,
                             .relkind = 'r',
                             .columns = copies,
                             .n_columns = n_columns,
                             .defined_at = span_of(given->source, 4, 3)};

    memcpy(copies, columns, n_columns * sizeof *columns);
    for (size_t i = 0; i < n_columns; i++) {
        copies[i].table = arena_printf(&given->arena, "public.%s", name);
        copies[i].column = copies[i].name;
    }
    if (!given->tables.items) /* never moves: queries point into it */
        given->tables.items = arena_array(&given->arena, struct ir_table, given->tables.cap = 256);
    vec_push(&given->arena, &given->tables, table);
    return &given->tables.items[given->tables.n - 1];
}

void a_constraint(struct given *given, const char *name, const char *table)
{
    struct ir_constraint constraint = {
        .name = name, .table = table, .kind = 'c', .defined_at = span_of(given->source, 8, 5)};

    vec_push(&given->arena, &given->constraints, constraint);
}

struct ir_column *columns_of(struct given *given, const struct ir_table *table, const char *embed,
                             bool missing)
{
    struct ir_column *columns = arena_array(&given->arena, struct ir_column, table->n_columns);

    for (size_t i = 0; i < table->n_columns; i++) {
        columns[i] = table->columns[i];
        columns[i].embed = embed;
        columns[i].embed_nullable = missing;
        columns[i].nullable = columns[i].nullable || missing;
    }
    return columns;
}

void a_file(struct given *given, const char *module)
{
    struct ir_file file = {.module = module,
                           .path = arena_printf(&given->arena, "queries/%s.sql", module),
                           .queries = arena_array(&given->arena, struct ir_query *, 256)};

    vec_push(&given->arena, &given->modules, file);
}

struct ir_query *a_query(struct given *given, const char *name, const char *command,
                         const char *sql)
{
    struct ir_query *query = arena_new(&given->arena, struct ir_query);
    struct ir_file *file;

    if (given->modules.n == 0)
        a_file(given, "orders");
    file = &given->modules.items[given->modules.n - 1];
    query->name = name;
    if (!ir_command_find(str_from(command), &query->command))
        ck_abort_msg("no command %s", command);
    query->file = file->path;
    query->sql = sql;
    query->params = arena_array(&given->arena, struct ir_param, 100);
    query->columns = arena_array(&given->arena, struct ir_column, 100);
    query->name_at = span_of(given->source, (uint32_t)(file->n_queries % 4) * 4, 3);
    file->queries[file->n_queries++] = query;
    return query;
}

void a_param(struct given *given, struct ir_query *query, const char *name,
             const struct ir_type *type, bool nullable)
{
    (void)given;
    query->params[query->n_params] = (struct ir_param){.number = (int)query->n_params + 1,
                                                       .name = name,
                                                       .is_named = true,
                                                       .type = type,
                                                       .nullable = nullable};
    query->n_params++;
}

void a_column(struct given *given, struct ir_query *query, const char *name,
              const struct ir_type *type, bool nullable)
{
    (void)given;
    query->columns[query->n_columns++] =
        (struct ir_column){.name = name, .type = type, .typmod = -1, .nullable = nullable};
    query->returns_rows = true;
}

void a_row_of(struct given *given, struct ir_query *query, const struct ir_table *table)
{
    memcpy(query->columns, columns_of(given, table, NULL, false),
           table->n_columns * sizeof(struct ir_column));
    query->n_columns = table->n_columns;
    query->row_table = table;
    query->returns_rows = true;
}

const struct ir_table *orders(struct given *given)
{
    const char *const labels[] = {"BUY", "SELL", NULL};

    return a_table(given, "orders",
                   (const struct ir_column[]){
                       {.name = "id", .type = a_base(given, "uuid")},
                       {.name = "symbol", .type = a_base(given, "text")},
                       {.name = "side", .type = an_enum(given, "order_side", labels)},
                       {.name = "price",
                        .type = a_base(given, "int8"),
                        .nullable = true,
                        .comment = "Limit price; absent for market orders."},
                       {.name = "note", .type = a_base(given, "text"), .nullable = true}},
                   5);
}

bool emitted(struct given *given)
{
    given->package.files = given->modules.items;
    given->package.n_files = given->modules.n;
    given->package.types = given->types.items;
    given->package.n_types = given->types.n;
    given->package.tables = arena_array(&given->arena, const struct ir_table *, given->tables.n);
    for (size_t i = 0; i < given->tables.n; i++)
        given->package.tables[i] = &given->tables.items[i];
    given->package.n_tables = given->tables.n;
    given->package.constraints = given->constraints.items;
    given->package.n_constraints = given->constraints.n;
    return emit_package(&given->arena, &given->package, "1.0.0", &given->diags, &given->files);
}

const char *text_of_file(const struct given *given, const char *path)
{
    for (size_t i = 0; i < given->files.n; i++)
        if (name_eq(given->files.items[i].path, path))
            return given->files.items[i].text;
    ck_abort_msg("no file %s", path);
    return NULL;
}

const char *shown(struct given *given, size_t n)
{
    struct buf out = buf_in(&given->arena);

    if (n < given->diags.list.n)
        diag_render(&out, given->diags.list.items[n], false);
    return buf_text(&out);
}
