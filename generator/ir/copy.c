/* Everything that a query points to is a string, a list of parts made of strings, or an object of
 * the whole package. Columns of one table share its name.
 */
#include "ir/copy.h"

#include <string.h>

static const char *copy_text(struct arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

/* The text as the part before has it, if it is the same. */
static const char *share_text(struct arena *arena, const char *text, const char *before)
{
    return text && before && strcmp(text, before) == 0 ? before : copy_text(arena, text);
}

static struct ir_param *copy_params(struct arena *arena, const struct ir_query *query)
{
    struct ir_param *copies = arena_array(arena, struct ir_param, query->n_params);

    for (size_t i = 0; i < query->n_params; i++) {
        struct ir_param *copy = &copies[i];

        *copy = query->params[i];
        copy->name = copy_text(arena, copy->name);
        copy->doc = copy_text(arena, copy->doc);
        copy->reason = copy_text(arena, copy->reason);
    }
    return copies;
}

static struct ir_column *copy_columns(struct arena *arena, const struct ir_query *query)
{
    struct ir_column *copies = arena_array(arena, struct ir_column, query->n_columns);
    const struct ir_column none = {0};

    for (size_t i = 0; i < query->n_columns; i++) {
        struct ir_column *copy = &copies[i];
        const struct ir_column *before = i > 0 ? &copies[i - 1] : &none;

        *copy = query->columns[i];
        copy->name = copy_text(arena, copy->name);
        copy->table = share_text(arena, copy->table, before->table);
        copy->column = share_text(arena, copy->column, copy->name);
        copy->embed = share_text(arena, copy->embed, before->embed);
        copy->comment = copy_text(arena, copy->comment);
        copy->reason = share_text(arena, copy->reason, before->reason);
    }
    return copies;
}

struct ir_query *ir_query_copy(struct arena *arena, const struct ir_query *query)
{
    struct ir_query *copy = arena_new(arena, struct ir_query);

    *copy = *query;
    copy->name = copy_text(arena, copy->name);
    copy->doc = copy_text(arena, copy->doc);
    copy->sql = copy_text(arena, copy->sql);
    copy->row_name = copy_text(arena, copy->row_name);
    copy->params_name = copy_text(arena, copy->params_name);
    copy->at_most_one_reason = copy_text(arena, copy->at_most_one_reason);
    copy->copy_sql = copy_text(arena, copy->copy_sql);
    copy->copy_check = copy_text(arena, copy->copy_check);
    copy->copy_problem = copy_text(arena, copy->copy_problem);
    copy->copy_hint = copy_text(arena, copy->copy_hint);
    copy->params = copy_params(arena, query);
    copy->columns = copy_columns(arena, query);
    return copy;
}
