/* What `tenon migrate review` finds, for those who write it down. */
#ifndef TENON_CLI_REVIEW_H
#define TENON_CLI_REVIEW_H

#include "cli/migrate.h"
#include "review/review.h"

/* The texts at one end of the change. */
struct review_side {
    const char *argument;
    source_list schema, queries;
};

/* A query that can not be run any more, or not as it was compiled. */
struct query_problem {
    const char *query, *what;
};

typedef VEC(struct query_problem) problem_list;

/* A declaration of the generated headers; NULL: it is not there. */
struct declaration_change {
    const char *name, *before, *after;
};

struct code_review {
    bool has_queries;
    problem_list broken; /* queries of B that do not compile against the schema of B */
    VEC(struct declaration_change) declarations;
    problem_list old_on_new; /* programs of A on the schema of B */
    problem_list new_on_old; /* programs of B on the schema of A */
};

/* What changed of an object. */
struct object_change {
    char sign; /* + - ~ */
    const char *kind, *name;
    const char *details; /* "type: integer → bigint; not null"; "" without any */
};

struct migration_review {
    struct plan plan;
    struct review review;
    VEC(struct object_change) objects;
    struct code_review code;
    const char *picture; /* the file's name; NULL: none was asked for */
};

/* review_objects.c: by object, whatever its kind. */
void review_objects(struct arena *arena, const struct inventory *before,
                    const struct inventory *after, struct migration_review *review);

/* review_code.c: what the change means for the C code. */
void review_code(struct cli *cli, const struct review_side *before, const struct review_side *after,
                 struct code_review *review);
/* The first error that is said of the query; NULL: none. */
const char *review_error_of(const struct compilation *compilation, const char *query);
/* What stops programs of A on another schema. */
void review_programs(struct cli *cli, const struct review_side *programs, const source_list *schema,
                     problem_list *problems);
/* review_rolling.c: what stops queries that were compiled for one schema on another one. */
void review_rolling(struct arena *arena, const struct compilation *compiled,
                    const struct compilation *other, problem_list *problems);
/* review_headers.c: declarations by name, of the headers of a compilation. */
void review_declarations(struct arena *arena, struct compilation *before, struct compilation *after,
                         struct code_review *review);

/* What is safe: "schema first", "code first", … with the reason. */
const char *review_order(const struct code_review *code);

const char *review_markdown(struct arena *arena, const struct migration_review *review);
const char *review_json(struct arena *arena, const struct migration_review *review);

#endif
