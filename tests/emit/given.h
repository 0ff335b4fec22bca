/* Packages made by hand, so that the emitter is tested without a parser. */
#ifndef TENON_TESTS_EMIT_GIVEN_H
#define TENON_TESTS_EMIT_GIVEN_H

#include <check.h>

#include "emit/emit.h"

/* One compile: an arena, a package that is filled by the functions below, and what came out. */
struct given {
    struct arena arena;
    struct diags diags;
    const struct source *source;
    struct ir_package package;
    VEC(struct ir_file) modules;
    VEC(const struct ir_type *) types;
    VEC(const struct ir_type *) bases; /* one object per type, as the IR promises */
    VEC(struct ir_table) tables;
    VEC(struct ir_constraint) constraints;
    emit_files files;
};

void given_init(struct given *given);
void given_finish(struct given *given);

/* Types. Base types are found by name with their OID; the others become part of the schema. */
const struct ir_type *a_base(struct given *given, const char *name);
const struct ir_type *an_array(struct given *given, const struct ir_type *element);
const struct ir_type *an_enum(struct given *given, const char *name, const char *const *labels);
const struct ir_type *a_composite(struct given *given, const char *name,
                                  const struct ir_field *fields, size_t n_fields);
const struct ir_type *a_range(struct given *given, const char *name, const struct ir_type *subtype);
const struct ir_type *a_domain(struct given *given, const char *name, const struct ir_type *over);

struct ir_table *a_table(struct given *given, const char *name, const struct ir_column *columns,
                         size_t n_columns);
void a_constraint(struct given *given, const char *name, const char *table);

/* The columns of a table as a query returns them; `embed` is the alias of sqlc.embed or NULL. */
struct ir_column *columns_of(struct given *given, const struct ir_table *table, const char *embed,
                             bool missing);

/* Starts a module; the queries that follow are in it. */
void a_file(struct given *given, const char *module);
struct ir_query *a_query(struct given *given, const char *name, const char *command,
                         const char *sql);
void a_param(struct given *given, struct ir_query *query, const char *name,
             const struct ir_type *type, bool nullable);
void a_column(struct given *given, struct ir_query *query, const char *name,
              const struct ir_type *type, bool nullable);
void a_row_of(struct given *given, struct ir_query *query, const struct ir_table *table);

/* public.orders: id, symbol, side, price, which has a comment, and note. */
const struct ir_table *orders(struct given *given);

/* Emits; the result is emit_package's. */
bool emitted(struct given *given);

/* The text of a file; fails the test if there is none. */
const char *text_of_file(const struct given *given, const char *path);

/* The n-th diagnostic as it would be shown. */
const char *shown(struct given *given, size_t n);

/* These need <string.h>. */
#define assert_contains(given, path, text)                                                         \
    ck_assert_msg(strstr(text_of_file(given, path), text), "%s is not in:\n%s", text,              \
                  text_of_file(given, path))
#define assert_lacks(given, path, text)                                                            \
    ck_assert_msg(!strstr(text_of_file(given, path), text), "%s is in:\n%s", text,                 \
                  text_of_file(given, path))

Suite *names_suite(void);
Suite *escape_suite(void);
Suite *template_suite(void);
Suite *package_suite(void);
Suite *package_types_suite(void);
Suite *errors_suite(void);

#endif
