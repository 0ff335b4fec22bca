/* What the parts of planning share; not for the printers. */
#ifndef TENON_EMIT_PLANNER_H
#define TENON_EMIT_PLANNER_H

#include "emit/plan.h"

struct known_type {
    const struct ir_type *ir;
    const struct ir_override *override;
    struct c_type *type; /* NULL while it is being planned */
};

struct planner {
    struct arena *arena;
    const struct ir_package *ir;
    const struct ir_settings *settings;
    struct diags *diags;
    struct c_package *package;
    struct names names; /* identifiers of file scope, of all modules together */
    VEC(struct known_type) types;
    struct map rows;                     /* stem → shared struct c_row */
    struct map params;                   /* stem → shared struct c_params */
    struct map tables;                   /* schema.table → its place in ir->tables */
    bool *used_renames, *used_overrides; /* by their place in the settings */
};

/* Where a type is met, for overrides and diagnostics. */
struct type_site {
    const char *what;   /* "column price" */
    const char *column; /* "public.orders.price", NULL when it is none of a table */
    unsigned use;       /* enum c_use */
    span at;
};

/* What the type is in C. NULL after an error was added. plan_types.c */
struct c_type *plan_type(struct planner *planner, const struct ir_type *type,
                         const struct type_site *site);

/* The same without regard to overrides, that is, what an override converts from and to. */
struct c_type *plan_wire_type(struct planner *planner, const struct ir_type *type,
                              const struct type_site *site);

/* Declarations for models.h; NULL after an error. plan_declared.c */
struct c_type *plan_enum_type(struct planner *planner, const struct ir_type *type,
                              const struct type_site *site);
struct c_type *plan_record_type(struct planner *planner, const struct ir_type *type,
                                const struct type_site *site);
struct c_type *plan_range_type(struct planner *planner, const struct ir_type *type,
                               const struct type_site *site);
struct c_type *plan_custom_type(struct planner *planner, const struct ir_type *type,
                                const struct ir_override *override, const struct type_site *site);

/* The name to use for something of the schema, renamed when the settings say so; `part` is a column
 * or label, or NULL. */
const char *plan_name(struct planner *planner, const char *schema, const char *object,
                      const char *part);

/* package_stem, claimed for file scope; NULL after an error was added. */
const char *plan_global(struct planner *planner, const char *stem, struct claim claim);

/* Claims a name that is not the package's own, such as that of a static function. */
bool plan_static(struct planner *planner, const char *name, struct claim claim);

/* Sets what the function returns: its row or value. False after an error. plan_rows.c */
bool plan_result(struct planner *planner, struct c_module *module, struct c_function *function);

/* Names and types of the parameters, and whether they are passed one by one or in a struct, and in
 * which. False after an error. plan_params.c */
bool plan_params(struct planner *planner, struct c_function *function);
bool plan_passing(struct planner *planner, struct c_function *function);

/* Names, types and order of a function. False after an error. plan_functions.c */
bool plan_function(struct planner *planner, struct c_module *module, struct c_function *function);

/* What a clash of queries comes to. */
struct claim claim_of_query(struct planner *planner, const struct ir_query *query);

/* schema.table */
const char *table_path(struct arena *arena, const struct ir_table *table);

/* "column \"price\"" */
const char *quoted(struct arena *arena, const char *what, const char *name);

#endif
