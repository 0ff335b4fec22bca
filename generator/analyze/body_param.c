/* Parameters of SQL functions by name (manual, 38.5.1; sql_fn_post_column_ref): behind all columns
 * and tables, alone or after the function's name, with or without a field.
 */
#include "analyze/transform.h"

#include <string.h>

/* The number of the input parameter of that name; 0 when there is none. */
static int find_number(const struct function *function, const char *name)
{
    size_t n = function->n_all_args ? function->n_all_args : function->n_args;
    int number = 0;

    for (size_t i = 0; function->arg_names && i < n; i++) {
        if (function->n_all_args && function->arg_modes && !strchr("ibv", function->arg_modes[i]))
            continue;
        number++;
        if (strcmp(function->arg_names[i], name) == 0)
            return number;
    }
    return 0;
}

struct expr *transform_named_param(struct parse *parse, struct node_list names, int location)
{
    const struct function *function = parse->statement->body_of;
    const char *field = NULL;
    struct expr *param;
    int number;

    if (!function || names.n == 0)
        return NULL;
    if (raw_is_star(names.items[names.n - 1]))
        names.n--;
    if (names.n == 0 || names.n > 3)
        return NULL;
    if (names.n == 3 && strcmp(raw_name(names, 0), function->name) != 0)
        return NULL;
    if (names.n > 1)
        field = raw_name(names, names.n - 1);
    number = find_number(function, raw_name(names, names.n == 3 ? 1 : 0));
    if (names.n == 2 && strcmp(raw_name(names, 0), function->name) == 0 &&
        find_number(function, field)) {
        number = find_number(function, field);
        field = NULL;
    }
    if (!number)
        return NULL;
    param = param_of_number(parse, number, location);
    return field ? transform_call_on_row(parse, field, param, location) : param;
}
