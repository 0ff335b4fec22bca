/* What the files of lint share: a check looks at one thing and warns through lint_warn(). */
#ifndef TENON_LINT_INTERNAL_H
#define TENON_LINT_INTERNAL_H

#include "lint/lint.h"

enum lint {
#define DIAG(code, about)
#define LINT(id, name, code, about) LINT_##id,
#include "support/diag_codes.def"
#undef DIAG
#undef LINT
    N_LINTS,
};

struct linter {
    struct arena *arena;
    const struct catalog *catalog;
    const struct annotated_query *annotated;
    const struct analysis *analysis;
    const struct ir_query *ir;
    struct diags *diags;
    const struct query *query; /* the level that is looked at */
    bool in_exists;            /* below an EXISTS, which no order changes */
    bool *param_nullable;      /* [n - 1] */
    bool *param_used;          /* [n - 1]: where its value can matter */
    size_t *param_uses;        /* [n - 1]: how often it is written */
    size_t *param_filters;     /* [n - 1]: how often a NULL there leaves no row */
};

/* Warns at the token at the byte offset in the statement's text, unless the query allows it. */
void lint_warn(struct linter *linter, enum lint lint, int location, const char *hint,
               const char *format, ...) __attribute__((format(printf, 5, 6)));

/* --- query.c: one query level */

void lint_check_level(struct linter *linter, struct query *query);

/* --- command.c: the statement as a whole, and its command */

void lint_check_statement(struct linter *linter);

/* --- insert.c: what is stored into NOT NULL columns */

void lint_check_stored(struct linter *linter, const struct query *query);

/* --- copy.c: the table of a :copyfrom */

void lint_check_copy(struct linter *linter);

/* --- filter.c: WHERE and ON of one query level */

void lint_check_filters(struct linter *linter, struct query *query);
void lint_check_nullable_parameters(struct linter *linter);

/* --- expr.c: one expression */

void lint_check_expr(struct linter *linter, struct expr *expr);
bool lint_is_comparison(const char *operator_name);

#endif
