/* Random statements over the catalog of a schema: a grammar that mostly keeps to the types.
 *
 * Every rule appends SQL to a buffer. What a rule may refer to is its `struct scope`; how deep it
 * may still go is spot.depth. The same seed gives the same text on every machine.
 */
#ifndef TESTS_RANDOM_GEN_H
#define TESTS_RANDOM_GEN_H

#include <stdbool.h>
#include <stdint.h>

#include "catalog/catalog.h"
#include "support/buf.h"
#include "support/vec.h"

enum {
    MOST_PARAMS = 6,
    OID_BOOL = 16,
    OID_INT8 = 20,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_FLOAT8 = 701,
    OID_UNKNOWN = 705,
    OID_DATE = 1082,
    OID_TIMESTAMP = 1114,
    OID_TIMESTAMPTZ = 1184,
    OID_INTERVAL = 1186,
    OID_NUMERIC = 1700,
    OID_RECORD = 2249,
    OID_ANY = 2276,
    OID_ANYARRAY = 2277,
    OID_ANYELEMENT = 2283,
    OID_ANYNONARRAY = 2776,
    OID_ANYENUM = 3500,
    OID_JSONB = 3802,
    OID_ANYRANGE = 3831,
    OID_ANYMULTIRANGE = 4537,
    OID_ANYCOMPATIBLEMULTIRANGE = 4538,
    OID_ANYCOMPATIBLE = 5077,
    OID_ANYCOMPATIBLEARRAY = 5078,
    OID_ANYCOMPATIBLENONARRAY = 5079,
    OID_ANYCOMPATIBLERANGE = 5080,
};

/* --- random numbers --------------------------------------------------------------------------- */

struct rng {
    uint64_t state;
};

struct rng rng_of(uint64_t seed, uint64_t a, uint64_t b);
uint32_t rng_below(struct rng *rng, uint32_t n);
bool rng_percent(struct rng *rng, uint32_t percent);

/* --- what there is to choose from --------------------------------------------------------------
 */

struct functions {
    const struct function **items; /* by return type */
    size_t n, cap;
};

struct menu {
    const struct catalog *catalog;
    VEC(const struct relation *) relations; /* tables and views of the schema */
    VEC(oid) types;                         /* with repetitions: the usual ones come up often */
    struct functions plain, aggregates, windows, sets;
    VEC(const struct operator*) operators; /* by result */
};

struct menu menu_of(struct arena *arena, const struct catalog *catalog);

/* --- scopes -----------------------------------------------------------------------------------
 */

struct column {
    const char *name; /* quoted */
    oid type;
};

typedef VEC(struct column) columns;

struct item { /* of FROM, or a CTE */
    const char *name;
    columns columns;
};

struct grouped {
    const char *text;
    oid type;
};

/* An expression that a condition was about: what it proves shows where the same stands again. */
struct echo {
    const struct scope *scope;
    const char *text;
    oid type;
};

struct scope {
    const struct scope *outer;
    VEC(struct item) items;
    bool is_grouped;
    VEC(struct grouped) groups; /* what may be used outside aggregates */
};

enum {
    ALLOW_AGG = 1,
    ALLOW_WINDOW = 2,
    ALLOW_SET = 4,
    IN_AGG = 8,
};

struct spot {
    const struct scope *scope;
    unsigned flags;
    int depth;
};

struct gen {
    struct arena *arena;
    struct rng rng;
    const struct menu *menu;
    uint32_t percent_wrong; /* chance of a wrong type or name where a choice is made */
    bool no_params;
    bool is_plain; /* few types and simple expressions: more of it runs */
    oid params[MOST_PARAMS];
    size_t n_params;
    int n_names;
    bool has_window; /* the SELECT in work has WINDOW win */
    VEC(struct item) ctes;
    VEC(struct echo) echoes; /* of the queries in work */
};

/* --- rules ------------------------------------------------------------------------------------
 */

uint32_t pick(struct gen *gen, uint32_t n);
bool chance(struct gen *gen, uint32_t percent);
oid pick_type(struct gen *gen);
const char *type_name(struct gen *gen, oid type);
const char *fresh_name(struct gen *gen, const char *prefix);
/* Quoted, with its schema where that is another than public. */
const char *object_name(struct gen *gen, oid namespace_oid, const char *name);
/* spot one level down */
struct spot inside(struct spot at);
struct spot inside_agg(struct spot at);

/* A value of the type in its text form; NULL for a type without one. */
const char *value_text(struct gen *gen, oid type);
void quote_text(struct buf *out, const char *text);
void gen_literal(struct gen *gen, struct buf *out, oid type);

void gen_expr(struct gen *gen, struct buf *out, struct spot at, oid type);
/* The same for a condition: boolean, often of the usual forms. */
void gen_condition(struct gen *gen, struct buf *out, struct spot at);
/* A column of any type in the scope, with its type in *type; false without one. */
bool gen_any_column(struct gen *gen, struct buf *out, struct spot at, oid *type);
bool gen_column(struct gen *gen, struct buf *out, struct spot at, oid type);
bool gen_param(struct gen *gen, struct buf *out, oid type);

/* Forms of an expression: false, with nothing written, when the form has no such type. */
typedef bool form_rule(struct gen *gen, struct buf *out, struct spot at, oid type);
form_rule form_function, form_operator, form_aggregate, form_window, form_set, form_syntax;
form_rule form_predicate, form_case, form_array, form_row, form_field, form_subscript;
form_rule form_whole_row, form_system_column, form_collate;
/* A call of the function, with arguments that fit when it is to return the type. */
bool gen_call(struct gen *gen, struct buf *out, struct spot at, const struct function *function,
              oid type);
/* A concrete type for a polymorphic one, when anyelement stands for the type; 0: none. */
oid instantiate(struct gen *gen, oid polymorphic, oid element);

/* Appends FROM items (without the word) and what they make visible to the scope. */
void gen_from(struct gen *gen, struct buf *out, struct scope *scope, int depth);
void gen_from_item(struct gen *gen, struct buf *out, const struct scope *lateral,
                   struct scope *into, int depth);

/* A query of the types (n 0: as many as it likes). What it returns is named in `result`, if that is
 * not NULL, by aliases. */
void gen_query(struct gen *gen, struct buf *out, const struct scope *outer, const oid *types,
               size_t n, columns *result, int depth);
void gen_order_limit(struct gen *gen, struct buf *out, struct spot at, size_t n_targets);

/* INSERT, UPDATE, DELETE or MERGE; with RETURNING of those columns when result is not NULL. */
void gen_change(struct gen *gen, struct buf *out, columns *result, int depth);
void gen_with(struct gen *gen, struct buf *out, bool allow_changes, int depth);

const char *gen_statement(struct gen *gen);
/* A query of rows by the columns of a key, perhaps joined with others by theirs. */
const char *gen_by_key(struct gen *gen);
/* The statement with a few tokens changed. */
const char *gen_broken(struct gen *gen, const char *sql);

/* Statements that make a schema, one each; views are not among them. */
const char *gen_schema(struct gen *gen);
const char *gen_view(struct gen *gen, const char *name);
/* INSERT of a random row. */
const char *gen_row(struct gen *gen, const struct relation *relation);

#endif
