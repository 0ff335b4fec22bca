/* What a query returns: the value of its only column, or a struct.
 *
 * A struct is one that several queries share by `-- @row Name` and by being alike, else the row of
 * a table when the columns are exactly the table's and none may be NULL that is not there (a WHERE
 * that rules out a NULL changes no type), else the query's own. sqlc.embed(t) nests
 * the row of t, with `has_t` where an outer join may find none.
 */
#include "emit/planner.h"

#include <string.h>

/* Where a row's struct goes and what it is called. */
struct row_site {
    struct c_module *module; /* NULL: shared */
    const struct ir_table *table;
    const char *stem;
    const char *doc;
    const char *what;
    const char *hint;
    span at;
};

const char *table_path(struct arena *arena, const struct ir_table *table)
{
    return arena_printf(arena, "%s.%s", table->schema, table->name);
}

static bool plan_column(struct planner *planner, const struct ir_column *column, span at,
                        struct c_field *field)
{
    struct arena *arena = planner->arena;
    bool is_of_table = column->table && column->column;
    struct type_site site = {
        .what = quoted(arena, "column", column->name),
        .column = is_of_table ? arena_printf(arena, "%s.%s", column->table, column->column) : NULL,
        .use = column->nullable ? USE_READ_OPT : USE_READ,
        .at = column->at.source ? column->at : at,
    };
    const char *name = column->name;

    if (is_of_table && name_eq(name, column->column))
        name = plan_name(planner, "", column->table, name);
    *field = (struct c_field){
        .name = c_member(arena, name),
        .sql_name = column->name,
        .doc = column->comment,
        .type = plan_type(planner, column->domain ? column->domain : column->type, &site),
        .nullable = column->nullable,
        .at = column->at,
    };
    return field->type != NULL;
}

static bool same_fields(const struct c_row *a, const struct c_row *b)
{
    if (a->n_fields != b->n_fields)
        return false;
    for (size_t i = 0; i < a->n_fields; i++) {
        const struct c_field *f = &a->fields[i], *g = &b->fields[i];
        if (!name_eq(f->name, g->name) || f->type != g->type || f->nullable != g->nullable ||
            f->nested != g->nested || !name_eq(f->presence, g->presence))
            return false;
    }
    return true;
}

static bool field_borrows(const struct c_field *field)
{
    return field->nested ? field->nested->borrows : field->type->form != C_PLAIN;
}

/* The shared row of that name, when there is one and it is alike. */
static struct c_row *find_shared(struct planner *planner, const struct c_row *row, bool *clash)
{
    struct c_row *old = map_find(&planner->rows, row->stem);
    struct diag *diag;

    *clash = false;
    if (!old || (old->table && row->table && old->table != row->table))
        return NULL;
    if (same_fields(old, row))
        return old;
    *clash = true;
    diag = diag_error(planner->diags, "PL503", row->at,
                      "%s is not like %s, which has the same name", row->what, old->what);
    diag_note(planner->diags, diag, old->at, "%s is here", old->what);
    diag_hint(planner->diags, diag,
              "the columns must have the same names, types and nullability; "
              "or choose another name");
    return NULL;
}

static struct c_row *declare_row(struct planner *planner, const struct row_site *site,
                                 struct c_row *row)
{
    struct claim claim = {.what = site->what, .hint = site->hint, .at = site->at};
    struct arena *arena = planner->arena;

    row->name = plan_global(planner, row->stem, claim);
    row->list = plan_global(planner, arena_printf(arena, "%s_list", row->stem), claim);
    if (!row->name || !row->list ||
        !plan_static(planner, arena_printf(arena, "read_%s", row->stem), claim))
        return NULL;
    for (size_t i = 0; i < row->n_fields; i++)
        row->borrows = row->borrows || field_borrows(&row->fields[i]);
    if (row->is_shared) {
        vec_push(arena, &planner->package->rows, row);
        map_put(&planner->rows, row->stem, row);
    } else {
        vec_push(arena, &site->module->rows, row);
    }
    return row;
}

/* Claims the names of the members, `has_t` included. */
static bool claim_members(struct planner *planner, const struct row_site *site,
                          const struct c_field *fields, size_t n_fields)
{
    struct names scope = names_in(planner->arena, planner->diags);
    bool ok = true;

    for (size_t i = 0; i < n_fields; i++) {
        struct claim claim = {
            .what = arena_printf(planner->arena, "column %zu, \"%s\",", i + 1, fields[i].sql_name),
            .hint = site->table
                        ? arena_printf(
                              planner->arena,
                              "rename one of them: \"renames: [{from: %s.%s, to: other_name}]\"",
                              table_path(planner->arena, site->table), fields[i].sql_name)
                        : "give one of them an alias: AS other_name",
            .at = fields[i].at.source ? fields[i].at : site->at,
        };
        ok = names_claim(&scope, fields[i].name, claim) && ok;
        if (fields[i].presence)
            ok = names_claim(&scope, fields[i].presence, claim) && ok;
    }
    return ok;
}

static struct c_row *make_row(struct planner *planner, const struct row_site *site,
                              struct c_field *fields, size_t n_fields)
{
    struct c_row *row = arena_new(planner->arena, struct c_row), *shared;
    bool clash;

    *row = (struct c_row){
        .table = site->table,
        .stem = site->stem,
        .doc = site->doc,
        .fields = fields,
        .n_fields = n_fields,
        .is_shared = !site->module,
        .what = site->what,
        .at = site->at,
    };
    if (row->is_shared) {
        shared = find_shared(planner, row, &clash);
        if (shared || clash)
            return shared;
    }
    if (!claim_members(planner, site, fields, n_fields))
        return NULL;
    return declare_row(planner, site, row);
}

static struct c_row *table_row(struct planner *planner, const struct ir_table *table)
{
    struct arena *arena = planner->arena;
    const char *name = plan_name(planner, table->schema, table->name, NULL);
    const char *path = table_path(arena, table);
    struct row_site site = {
        .table = table,
        .stem = arena_printf(arena, "%s_row", c_name(arena, name)),
        .doc = arena_printf(arena, "A row of %s.%s%s", path, table->comment ? " " : "",
                            table->comment ? table->comment : ""),
        .what = arena_printf(arena, "the row of %s", path),
        .hint = arena_printf(arena, "rename one of them: \"renames: [{from: %s, to: other_name}]\"",
                             path),
        .at = table->defined_at,
    };
    struct c_field *fields = arena_array(arena, struct c_field, table->n_columns);
    struct c_row *old = map_find(&planner->rows, site.stem);
    bool ok = true;

    if (old && old->table == table)
        return old;
    for (size_t i = 0; i < table->n_columns; i++)
        ok = plan_column(planner, &table->columns[i], table->defined_at, &fields[i]) && ok;
    return ok ? make_row(planner, &site, fields, table->n_columns) : NULL;
}

/* Whether these columns are the table's, in its order; `may_be_missing` if an outer join makes all
 * of them nullable. */
static bool is_row_of(const struct ir_table *table, const struct ir_column *columns, size_t n,
                      bool may_be_missing)
{
    if (table->n_columns != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct ir_column *own = &table->columns[i];
        if (!name_eq(columns[i].column, own->name) || !name_eq(columns[i].name, own->name) ||
            !name_eq(columns[i].table, columns[0].table) ||
            (columns[i].nullable && !own->nullable && !may_be_missing))
            return false;
    }
    return true;
}

static const struct ir_table *find_table(struct planner *planner, const struct ir_column *columns,
                                         size_t n, bool may_be_missing)
{
    const struct ir_table *const *table =
        n > 0 && columns[0].table ? map_find(&planner->tables, columns[0].table) : NULL;

    return table && is_row_of(*table, columns, n, may_be_missing) ? *table : NULL;
}

/* Number of columns, from the first on, that one sqlc.embed stands for; 1 for any other column. */
static size_t embed_length(const struct ir_column *columns, size_t n)
{
    size_t len = 1;

    while (columns[0].embed && len < n && name_eq(columns[len].embed, columns[0].embed))
        len++;
    return len;
}

static bool plan_embed(struct planner *planner, const struct row_site *outer,
                       const struct ir_column *columns, size_t n, struct c_field *field)
{
    struct arena *arena = planner->arena;
    bool missing = columns[0].embed_nullable;
    const struct ir_table *table = find_table(planner, columns, n, missing);
    const char *name = c_member(arena, columns[0].embed);
    struct row_site site = *outer;
    struct c_field *fields = arena_array(arena, struct c_field, n);
    bool ok = true;

    *field = (struct c_field){
        .name = name,
        .sql_name = columns[0].embed,
        .presence = missing ? arena_printf(arena, "has_%s", c_name(arena, name)) : NULL,
        .n_columns = n,
        .at = columns[0].at,
    };
    if (table) {
        field->nested = table_row(planner, table);
        return field->nested != NULL;
    }
    site.stem = arena_printf(arena, "%s_%s", outer->stem, c_name(arena, name));
    site.doc = arena_printf(arena, "The columns of %s.", columns[0].embed);
    for (size_t i = 0; i < n; i++)
        ok = plan_column(planner, &columns[i], site.at, &fields[i]) && ok;
    field->nested = ok ? make_row(planner, &site, fields, n) : NULL;
    return field->nested != NULL;
}

/* A query may return several columns of one name, as two tables' `*` do; from the second on they
 * get a number, as with sqlc: id, id_2. */
static void number_same_names(struct planner *planner, struct c_field *fields, size_t n_fields)
{
    for (size_t i = n_fields; i-- > 1;) {
        size_t nth = 1;

        for (size_t j = 0; j < i; j++)
            nth += name_eq(fields[i].sql_name, fields[j].sql_name);
        if (nth > 1)
            fields[i].name = arena_printf(planner->arena, "%s_%zu", fields[i].name, nth);
    }
}

static struct c_row *query_row(struct planner *planner, const struct row_site *site,
                               const struct ir_query *query)
{
    struct c_field *fields = arena_array(planner->arena, struct c_field, query->n_columns);
    size_t n_fields = 0;
    bool ok = true;

    for (size_t i = 0; i < query->n_columns; n_fields++) {
        const struct ir_column *column = &query->columns[i];
        size_t n = embed_length(column, query->n_columns - i);

        if (column->embed)
            ok = plan_embed(planner, site, column, n, &fields[n_fields]) && ok;
        else
            ok = plan_column(planner, column, query->name_at, &fields[n_fields]) && ok;
        i += n;
    }
    number_same_names(planner, fields, n_fields);
    return ok ? make_row(planner, site, fields, n_fields) : NULL;
}

static bool is_called(struct planner *planner, const struct ir_table *table, const char *stem)
{
    return strcmp(c_name(planner->arena, plan_name(planner, table->schema, table->name, NULL)),
                  stem) == 0;
}

/* Whether some query of the package returns rows of a table that is called so, or embeds one: the
 * row of a query of the same name has another one then. */
static bool is_stem_of_table(struct planner *planner, const char *stem)
{
    for (size_t i = 0; i < planner->ir->n_files; i++)
        for (size_t q = 0; q < planner->ir->files[i].n_queries; q++) {
            const struct ir_query *query = planner->ir->files[i].queries[q];

            if (query->row_table && !query->row_name && is_called(planner, query->row_table, stem))
                return true;
            for (size_t c = 0; c < query->n_columns; c++) {
                const struct ir_column *column = &query->columns[c];
                const struct ir_table *const *table =
                    column->embed && column->table ? map_find(&planner->tables, column->table)
                                                   : NULL;

                if (table && is_called(planner, *table, stem))
                    return true;
            }
        }
    return false;
}

static struct c_row *plan_row(struct planner *planner, struct c_module *module,
                              const struct c_function *function)
{
    const struct ir_query *query = function->query;
    struct arena *arena = planner->arena;
    const struct ir_table *table;
    struct row_site site = {.at = query->name_at, .hint = "rename one of them"};

    if (query->row_name) {
        const char *name = c_name(arena, query->row_name);
        site.stem = name;
        site.doc = arena_printf(arena, "The row %s of %s and the queries that share it.",
                                query->row_name, query->name);
        site.what = arena_printf(arena, "the row %s of %s", query->row_name, query->name);
        return query_row(planner, &site, query);
    }
    table = find_table(planner, query->columns, query->n_columns, false);
    if (table)
        return table_row(planner, table);
    site.module = module;
    site.stem =
        arena_printf(arena, is_stem_of_table(planner, function->stem) ? "%s_query_row" : "%s_row",
                     function->stem);
    site.doc = arena_printf(arena, "A row of %s.", query->name);
    site.what = arena_printf(arena, "the row of %s", query->name);
    return query_row(planner, &site, query);
}

/* The types of several results. Lists of rows belong to the row. */
static bool plan_lists(struct planner *planner, struct c_function *function)
{
    const enum c_output output = c_command_output(function->command);
    struct claim claim = claim_of_query(planner, function->query);
    struct arena *arena = planner->arena;

    if (output != OUTPUT_LIST && output != OUTPUT_LISTS)
        return true;
    function->needs_arena = true;
    if (function->row)
        function->row->has_list = true;
    else
        function->list =
            plan_global(planner, arena_printf(arena, "%s_list", function->stem), claim);
    if (output == OUTPUT_LISTS) {
        function->lists =
            plan_global(planner, arena_printf(arena, "%s_lists", function->stem), claim);
        return function->list && function->lists;
    }
    return function->list != NULL;
}

static bool plan_value(struct planner *planner, struct c_function *function)
{
    struct c_field *value = &function->value;

    if (!plan_column(planner, function->query->columns, function->query->name_at, value))
        return false;
    function->item = value->nullable ? value->type->opt : value->type->decl;
    function->needs_arena = value->type->form != C_PLAIN;
    return true;
}

bool plan_result(struct planner *planner, struct c_module *module, struct c_function *function)
{
    const struct ir_query *query = function->query;

    if (!c_command_reads(function->command))
        return true;
    if (query->n_columns == 1 && !query->columns[0].embed && !query->row_name)
        return plan_value(planner, function) && plan_lists(planner, function);
    function->row = plan_row(planner, module, function);
    if (!function->row)
        return false;
    function->item = function->row->name;
    function->list = function->row->list;
    function->needs_arena = function->row->borrows;
    return plan_lists(planner, function);
}
