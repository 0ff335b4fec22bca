/* Writes generated packages below a directory, for compile.sh to compile: every base type in every
 * position, every command, and the hostile names of names_corpus.def in every slot.
 */
#include "given.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const type_names[] = {
#define TYPE(sql, c, suffix, form) #sql,
#define TYPE_AS(sql, c, suffix, io, form) #sql,
#include "emit/types.def"
#undef TYPE
#undef TYPE_AS
};

enum { N_TYPES = sizeof type_names / sizeof *type_names, TYPES_PER_FILE = 20 };

static const char *const hostile[] = {
#define TEXT(text) text,
#include "hostile.def"
#undef TEXT
};

enum { N_HOSTILE = sizeof hostile / sizeof *hostile, TEXTS_PER_FILE = 8 };

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void write_files(const struct given *given, const char *directory)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", directory, given->package.name);
    if (mkdir(path, 0777) != 0)
        die(path);
    for (size_t i = 0; i < given->files.n; i++) {
        FILE *file;
        snprintf(path, sizeof path, "%s/%s", directory, given->files.items[i].path);
        file = fopen(path, "w");
        if (!file || fputs(given->files.items[i].text, file) == EOF || fclose(file) != 0)
            die(path);
    }
}

static void emit_to(struct given *given, const char *directory)
{
    if (!emitted(given)) {
        for (size_t i = 0; i < given->diags.list.n; i++)
            fputs(shown(given, i), stderr);
        exit(1);
    }
    write_files(given, directory);
    given_finish(given);
}

static const struct ir_type *a_type(struct given *given, size_t i)
{
    struct ir_type *type = arena_new(&given->arena, struct ir_type);

    *type = (struct ir_type){.kind = IR_BASE,
                             .schema = "pg_catalog",
                             .name = type_names[i],
                             .sql_name = type_names[i],
                             .oid = (uint32_t)i + 16};
    return type;
}

/* Each type as a parameter, a column and a single value, NOT NULL and nullable, itself and in an
 * array. */
static void write_types(const char *directory)
{
    struct given given;
    char name[64];

    given_init(&given);
    given.package.name = "types";
    given.package.settings.repositories = given.package.settings.fakes = true;
    for (size_t i = 0; i < N_TYPES; i++) {
        const struct ir_type *type = a_type(&given, i);
        bool has_array = !strstr(type->name, "multirange");
        struct ir_query *query;

        if (i % TYPES_PER_FILE == 0)
            a_file(&given, arena_printf(&given.arena, "types%zu", i));
        snprintf(name, sizeof name, "of_%s", type->name);
        query = a_query(&given, arena_printf(&given.arena, "%s_rows", name), "many", "SELECT 1");
        a_param(&given, query, "plain", type, false);
        a_param(&given, query, "maybe", type, true);
        a_column(&given, query, "plain", type, false);
        a_column(&given, query, "maybe", type, true);
        if (has_array) {
            a_param(&given, query, "list", an_array(&given, type), false);
            a_param(&given, query, "maybe_list", an_array(&given, type), true);
            a_column(&given, query, "list", an_array(&given, type), false);
            a_column(&given, query, "maybe_list", an_array(&given, type), true);
        }
        for (int nullable = 0; nullable < 2; nullable++) {
            static const char *const commands[] = {"one", "opt", "many", "stream"};
            for (size_t c = 0; c < 4; c++) {
                query = a_query(&given,
                                arena_printf(&given.arena, "%s_%s_%d", name, commands[c], nullable),
                                commands[c], "SELECT 1");
                a_param(&given, query, "value", type, nullable);
                a_column(&given, query, "x", type, nullable);
            }
        }
    }
    emit_to(&given, directory);
}

static void add_commands(struct given *given, const struct ir_table *orders,
                         const struct ir_type *side)
{
    static const char *const commands[] = {"one", "opt", "many", "stream"};
    const struct ir_type *text = a_base(given, "text"), *id = a_base(given, "int8");
    struct ir_query *query;

    for (size_t c = 0; c < 4; c++)
        for (int n_params = 0; n_params < 6; n_params++) {
            static const char *const names[] = {"id", "class", "row", "side", "sides", "timezone"};
            const struct ir_type *types[] = {id, text, text, side, an_array(given, side), text};
            query = a_query(given, arena_printf(&given->arena, "Find%s%d", commands[c], n_params),
                            commands[c], "SELECT 1");
            for (int p = 0; p < n_params; p++)
                a_param(given, query, names[p], types[p], p % 2);
            a_row_of(given, query, orders);
        }
    query = a_query(given, "Delete", "exec", "DELETE FROM orders");
    query = a_query(given, "Touch", "execrows", "UPDATE orders SET id = id");
    query = a_query(given, "Archive", "execresult", "DELETE FROM orders RETURNING id");
    a_column(given, query, "id", id, false);
}

static void add_embeds(struct given *given, const struct ir_table *orders,
                       const struct ir_table *fills)
{
    struct ir_query *query = a_query(given, "Report", "many", "SELECT 1");
    struct ir_column *left = columns_of(given, orders, "o", false);
    struct ir_column *right = columns_of(given, fills, "f", true);

    memcpy(query->columns, left, orders->n_columns * sizeof *left);
    memcpy(query->columns + orders->n_columns, right, fills->n_columns * sizeof *right);
    query->n_columns = orders->n_columns + fills->n_columns;
    query->returns_rows = true;
    a_column(given, query, "total", a_base(given, "numeric"), true);
    query = a_query(given, "Shared1", "one", "SELECT 1");
    query->row_name = "Pair";
    a_column(given, query, "a", a_base(given, "int4"), false);
    a_column(given, query, "b", a_base(given, "text"), true);
    query = a_query(given, "Shared2", "many", "SELECT 2");
    query->row_name = "Pair";
    a_column(given, query, "a", a_base(given, "int4"), false);
    a_column(given, query, "b", a_base(given, "text"), true);
}

static void add_ranges(struct given *given)
{
    const struct ir_type *range = a_range(given, "priceRange", a_base(given, "numeric"));
    const struct ir_type *words = a_range(given, "words", a_base(given, "text"));
    struct ir_query *query = a_query(given, "Ranges", "many", "SELECT 1");

    a_param(given, query, "range", range, false);
    a_param(given, query, "words", words, true);
    a_param(given, query, "many", an_array(given, range), true);
    a_column(given, query, "range", range, false);
    a_column(given, query, "words", words, true);
    a_column(given, query, "many", an_array(given, range), false);
}

/* Every command with 0 to 5 parameters, embeds, shared rows, enums, composites, constraints. */
static void write_commands(const char *directory)
{
    struct given given;
    const struct ir_type *side, *address, *place;
    const struct ir_table *orders, *fills;

    given_init(&given);
    given.package.name = "commands";
    given.package.settings.repositories = given.package.settings.fakes = true;
    side = an_enum(&given, "order_side", (const char *const[]){"BUY", "SELL", NULL});
    address =
        a_composite(&given, "address",
                    (const struct ir_field[]){{"street", a_base(&given, "text"), "and number"},
                                              {"zip", a_base(&given, "int4"), NULL}},
                    2);
    place = a_composite(&given, "place",
                        (const struct ir_field[]){{"name", a_base(&given, "text"), NULL},
                                                  {"home", address, NULL},
                                                  {"others", an_array(&given, address), NULL},
                                                  {"sides", an_array(&given, side), NULL}},
                        4);
    orders = a_table(&given, "orders",
                     (const struct ir_column[]){
                         {.name = "id", .type = a_base(&given, "int8"), .comment = "a number"},
                         {.name = "side", .type = side},
                         {.name = "maybe_side", .type = side, .nullable = true},
                         {.name = "int", .type = a_domain(&given, "d", a_base(&given, "int4"))},
                         {.name = "home", .type = address},
                         {.name = "place", .type = place, .nullable = true},
                         {.name = "tags", .type = an_array(&given, a_base(&given, "text"))},
                     },
                     7);
    fills = a_table(&given, "fills",
                    (const struct ir_column[]){
                        {.name = "id", .type = a_base(&given, "int8")},
                        {.name = "note", .type = a_base(&given, "text"), .nullable = true}},
                    2);
    a_constraint(&given, "orders_pkey", "public.orders");
    a_constraint(&given, "positive", "public.orders");
    a_constraint(&given, "positive", "public.fills");
    a_file(&given, "orders");
    add_commands(&given, orders, side);
    add_embeds(&given, orders, fills);
    add_ranges(&given);
    a_param(&given, a_query(&given, "Move", "exec", "UPDATE 1"), "places", an_array(&given, place),
            false);
    emit_to(&given, directory);
}

/* The i-th text of the corpus in every slot that takes text: comments and docs, SQL, labels,
 * columns and parameters as it is; behind a number where two of them would clash. */
static void add_hostile(struct given *given, size_t i)
{
    const char *text = hostile[i];
    const char *unique = arena_printf(&given->arena, "n%zu%s", i, text);
    const struct ir_type *type = an_enum(given, unique, (const char *const[]){text, NULL});
    struct ir_table *table;
    struct ir_query *query;

    ((struct ir_type *)(uintptr_t)type)->comment = text;
    table = a_table(
        given, arena_printf(&given->arena, "t%s", unique),
        (const struct ir_column[]){{.name = text, .type = a_base(given, "text"), .comment = text},
                                   {.name = "side", .type = type, .comment = text}},
        2);
    table->comment = text;
    a_constraint(given, unique, text);
    query = a_query(given, arena_printf(&given->arena, "q%s", unique), "many", text);
    query->doc = text;
    query->file = text;
    a_param(given, query, text, a_base(given, "text"), false);
    query->params[0].doc = text;
    a_row_of(given, query, table);
}

static void write_hostile(const char *directory)
{
    struct given given;

    given_init(&given);
    given.package.name = "hostile";
    given.package.settings.repositories = given.package.settings.fakes = true;
    for (size_t i = 0; i < N_HOSTILE; i++) {
        if (i % TEXTS_PER_FILE == 0)
            a_file(&given, arena_printf(&given.arena, "texts%zu", i));
        given.modules.items[given.modules.n - 1].path = arena_printf(
            &given.arena, "%s%s", given.modules.items[given.modules.n - 1].path, hostile[i]);
        add_hostile(&given, i);
    }
    emit_to(&given, directory);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: write_packages DIRECTORY\n");
        return 2;
    }
    write_types(argv[1]);
    write_commands(argv[1]);
    write_hostile(argv[1]);
    return 0;
}
