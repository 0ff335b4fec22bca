/* Sub-queries in expressions. */
#include <string.h>

#include "deparse/writer.h"

static const struct {
    const char *before; /* the parenthesis */
    const char *word;
    bool is_compared; /* the operator stands in front of the word */
} forms[] = {
    [SUBLINK_EXISTS] = {"(", "EXISTS ", false}, [SUBLINK_ALL] = {"(", " ALL ", true},
    [SUBLINK_ANY] = {"(", " ANY ", true},       [SUBLINK_EXPR] = {"(", NULL, false},
    [SUBLINK_MULTI] = {"(", NULL, false},       [SUBLINK_ARRAY] = {"ARRAY(", NULL, false},
    [SUBLINK_ROW] = {"(", " ", true},
};

/* The first comparison of the test: all have one operator's name. */
static const struct expr *first_comparison(const struct expr *test)
{
    return test->kind == EXPR_BOOL ? test->args[0] : test;
}

/* The left sides of the comparisons, as they were converted for them. */
static void write_left(struct writer *writer, const struct expr *test)
{
    if (test->kind == EXPR_OP) {
        write_operand(writer, test->args[0], true, test);
        return;
    }
    buf_addc(writer->out, '(');
    if (test->kind == EXPR_ROW_COMPARE)
        write_list(writer, test->args, test->n_args / 2, true);
    for (size_t i = 0; test->kind == EXPR_BOOL && i < test->n_args; i++) {
        write_text(writer, i ? ", " : "");
        write_expr(writer, test->args[i]->args[0], true);
    }
    buf_addc(writer->out, ')');
}

static void write_compared(struct writer *writer, const struct expr *expr)
{
    const struct expr *first = first_comparison(expr->u.sublink.test);
    const size_t right = first->kind == EXPR_ROW_COMPARE ? first->n_args / 2 : 1;
    struct buf name = buf_in(writer->arena), *out = writer->out;

    write_left(writer, expr->u.sublink.test);
    writer->out = &name;
    write_operator(writer, first->u.op.op, first->args[0]->type, first->args[right]->type);
    writer->out = out;
    if (expr->u.sublink.kind == SUBLINK_ANY && strcmp(buf_text(&name), "=") == 0) {
        write_text(writer, " IN ");
        return;
    }
    buf_addc(writer->out, ' ');
    write_text(writer, buf_text(&name));
    write_text(writer, forms[expr->u.sublink.kind].word);
}

void write_sublink(struct writer *writer, const struct expr *expr)
{
    const enum sublink_kind kind = expr->u.sublink.kind;

    write_text(writer, forms[kind].before);
    if (forms[kind].is_compared)
        write_compared(writer, expr);
    else if (forms[kind].word)
        write_text(writer, forms[kind].word);
    write_text(writer, forms[kind].word ? "(" : "");
    write_query(writer, expr->u.sublink.query, (struct result_names){NULL, false});
    write_text(writer, forms[kind].word ? "))" : ")");
}
