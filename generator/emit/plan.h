/* The plan: everything that a package's C declares, named and typed, before any text is made.
 *
 * Planning finds all that can be wrong (types without a C form, clashing names, commands that do
 * not fit); printing the plan cannot fail.
 */
#ifndef TENON_EMIT_PLAN_H
#define TENON_EMIT_PLAN_H

#include "emit/emit.h"
#include "emit/names.h"

enum c_form {
    C_PLAIN,   /* nothing but itself */
    C_BORROWS, /* leads to memory of the arena */
    C_POINTER, /* leads to memory, and a NULL pointer is refused */
};

/* What a package does with a type; only that is generated for types of the schema. */
enum c_use {
    USE_READ = 1,
    USE_READ_OPT = 2,
    USE_BIND = 4,
    USE_BIND_OPT = 8,
    USE_ARRAY = 16,
};

/* How the values of an SQL type are written in C. One object per SQL type and override. */
struct c_type {
    enum c_form form;
    const char *decl;  /* a NOT NULL value: "int64_t", "const char *", "ledger_order_side" */
    const char *opt;   /* a nullable one: "tenon_opt_int64" */
    const char *array; /* "tenon_int64_array"; NULL when there are no arrays of it */
    const char *opt_array;
    const char *read; /* functions: "tenon__read_int64", "read_order_side"; bind likewise */
    const char *read_opt;
    const char *bind;
    const char *bind_opt;
    const char *own_bind; /* "int64": the runtime has tenon__param_int64 for parameters and
                             tenon__column_int64 for columns of a COPY; NULL: bind serves both */
    const char *suffix;   /* "int64" of tenon_opt_int64; NULL: the type is not the runtime's own */
    const char *array_io; /* what stands for int64 in tenon__read_int64_array */
    const char *extra;    /* ", 20" behind the arguments of an array's functions, else "" */
    const char *is_stray; /* "tenon__is_stray_int64": whether an optional that is not present has a
                             value; NULL: of a type that is not the runtime's own */
    const struct c_enum *enumeration; /* the kinds that are not the runtime's own */
    const struct c_record *record;
    const struct c_range *range;
    const struct c_custom *custom;
    const struct c_type *element; /* of an array */
    unsigned uses;                /* enum c_use; of the kinds that are not the runtime's own */
};

struct c_label {
    const char *constant; /* "LEDGER_ORDER_SIDE_BUY" */
    const char *text;
};

/* `stem` is the name without the package: "order_side" of "ledger_order_side". */
struct c_enum {
    const struct ir_type *ir;
    struct c_type *type;
    const char *name, *stem;
    const char *unset,
        *count; /* "LEDGER_ORDER_SIDE_UNSET", which is 0, "LEDGER_ORDER_SIDE_COUNT" */
    struct c_label *labels;
    size_t n_labels;
};

struct c_field {
    const char *name;
    const char *sql_name;
    const char *doc;           /* NULL when there is none */
    const struct c_type *type; /* NULL for a nested row */
    bool nullable;
    const struct c_row *nested; /* sqlc.embed */
    const char *presence;       /* "has_fills" when the nested row may be missing, else NULL */
    size_t n_columns;           /* of the nested row */
    span at;                    /* of the column; no place for a table's */
};

/* A composite type. */
struct c_record {
    const struct ir_type *ir;
    struct c_type *type;
    const char *name, *stem;
    struct c_field *fields;
    size_t n_fields;
};

/* A range type of the schema. */
struct c_range {
    const struct ir_type *ir;
    struct c_type *type;
    const char *name;
    const struct c_type *subtype;
};

/* A C type of the user. */
struct c_custom {
    const struct ir_override *override;
    struct c_type *type;
    const struct c_type *wire;
    const char *stem;
};

/* A struct that rows, or the columns of an embedded table, are read into. */
struct c_row {
    const struct ir_table *table; /* NULL when it is no table's */
    const char *name, *stem;      /* "ledger_orders_row", "orders_row": read_orders_row() */
    const char *list;             /* "ledger_orders_row_list" */
    const char *doc;
    struct c_field *fields;
    size_t n_fields;
    bool borrows;   /* holds pointers */
    bool is_shared; /* declared in models.h */
    bool has_list;
    const char *what; /* "the row of orders", for diagnostics */
    span at;
};

struct c_param {
    const char *name;     /* as a parameter */
    const char *member;   /* as a member of the params struct, of a fake's arguments */
    const char *sql_name; /* for the runtime's messages */
    const char *doc;
    const struct c_type *type;
    bool nullable;
};

/* Parameters that several queries share, declared in models.h. */
struct c_params {
    const char *name; /* "ledger_order_key" */
    const char *doc;
    const char *query; /* the first one that has it */
    struct c_field *fields;
    size_t n_fields;
    span at;
};

enum c_command {
#define COMMAND(id, name, takes, gives) C_##id,
#define SYNONYM(id, name, takes, gives, as)
#define REFUSED(id, name, takes, gives)
#include "ir/commands.def"
    C_COPY_ROWS, /* of ports: a :copyfrom whose rows a callback gives */
};

/* What a function gives its caller beside the status. */
enum c_output {
    OUTPUT_NOTHING,
    OUTPUT_COUNT, /* rows_affected */
    OUTPUT_ITEM,  /* one result: a row or a value */
    OUTPUT_FOUND, /* one result, if there is one */
    OUTPUT_LIST,  /* of results */
    OUTPUT_LISTS, /* a list for each set of parameters */
    OUTPUT_EACH,  /* results one at a time; a port's to a callback */
};

enum c_output c_command_output(enum c_command command);

/* Whether the function gives the caller what the statement returns. */
bool c_command_reads(enum c_command command);

/* Whether the function takes many sets of parameters: batches and COPY. */
bool c_command_repeats(enum c_command command);

struct c_function {
    const struct ir_query *query;
    enum c_command command;
    const char *name, *stem; /* "ledger_find_order", "find_order" */
    const char *member;      /* the stem, in the structs of ports and fakes */
    const char *statement;   /* "find_order_statement" */
    struct c_param *params;
    size_t n_params;
    const char *params_type; /* "ledger_create_order_params"; NULL: one by one. Never NULL for
                                a function that takes many */
    bool shares_params;      /* the type is declared in models.h */
    struct c_row *row;       /* NULL when there is none, or a single value */
    struct c_field value;    /* the single column; type is NULL when there is none */
    const char *item;        /* the C type of one result */
    const char *list;        /* the C type of all of them */
    const char *lists;       /* the C type of a list for each item */
    const char *each;        /* C_STREAM: the type of a port's callback */
    /* C_COPYFROM row by row: the type of what begin returns, the type of a port's callback, the
     * static function that stores a row, and the port's function as C_COPY_ROWS. */
    const char *copy, *next, *add;
    const struct c_function *rows;
    bool needs_arena;
};

struct c_module {
    const struct ir_file *file;
    const char *name;         /* "orders": base name of its files */
    const char *stem;         /* the same as a C name */
    const char *statements;   /* "ledger_orders_statements": the list of them */
    VEC(struct c_row *) rows; /* declared in its header; nested ones first */
    VEC(struct c_function *) functions;
};

struct c_constraint {
    const char *constant;
    const char *name;
    const char *doc;
};

struct c_package {
    const char *name, *upper; /* "ledger", "LEDGER" */
    const struct ir_settings *settings;
    VEC(struct c_enum *) enums;
    VEC(const struct c_record *) records; /* each behind those it contains */
    VEC(struct c_range *) ranges;
    VEC(struct c_custom *) customs;
    VEC(struct c_row *) rows; /* shared ones; nested ones first */
    VEC(struct c_params *) params;
    VEC(struct c_constraint) constraints;
    VEC(struct c_module *) modules;
};

/* The OID that values of the type are compared by at run time. All that is text is one type there,
 * citext and domains as well, whose own OIDs differ from database to database. */
uint32_t c_wire_oid(const struct ir_type *type);

/* The parameters as members of a struct. */
struct c_field *param_fields(struct arena *arena, const struct c_function *function);

/* False after an error was added. */
bool plan_package(struct arena *arena, const struct ir_package *package, struct diags *diags,
                  struct c_package *out);

#endif
