/* The doc comment of a query's function: what the user wrote, what its command means, and where the
 * SQL is.
 */
#include "emit/print.h"

#define EFFECT " After a failure, tenon_error.effect says whether they have happened."

/* What the command means, where the parameters alone do not tell. */
static const char *command_note(const struct ir_query *query, enum c_command command)
{
    switch (command) {
    case C_ONE:
    case C_OPT:
        return query->reads_only || query->at_most_one ? NULL
                                                       : "TENON_MANY_ROWS comes when the statement "
                                                         "has been done, and does not undo it.";
    case C_BATCHEXEC:
        return "All items in one round trip." EFFECT;
    case C_BATCHONE:
        return query->reads_only
                   ? "All items in one round trip, with a row for each, in their order."
                   : "All items in one round trip, with a row for each, in their order. Outside of "
                     "a transaction they are committed only if each has its row." EFFECT;
    case C_BATCHMANY:
        return query->reads_only
                   ? "All items in one round trip, with a list for each, in their order."
                   : "All items in one round trip, with a list for each, in their order." EFFECT;
    case C_COPYFROM:
        return "A COPY of all items. After a failure, tenon_error.effect says whether they are "
               "stored.";
    case C_COPY_ROWS:
        return "A COPY of the rows that `next` gives, until it finds none. Its failure is "
               "returned, "
               "and nothing is stored then. Each row is zero before the call.";
    case C_MANY:
    case C_STREAM:
    case C_EXEC:
    case C_EXECROWS:
        break;
    }
    return NULL;
}

const char *print_function_doc(struct printer *printer, const struct c_function *function,
                               const char *note, size_t indent)
{
    const struct ir_query *query = function->query;
    struct buf out = buf_in(printer->arena);
    const char *gap = "";

    if (!note)
        note = command_note(query, function->command);

    if (query->doc && *query->doc) {
        buf_adds(&out, query->doc);
        gap = "\n\n";
    }
    if (note) {
        buf_addf(&out, "%s%s", gap, note);
        gap = " ";
    }
    buf_addf(&out, "%sSQL: %s in %s.", gap, query->name, shown_path(query->file));
    if ((function->command == C_ONE || function->command == C_OPT) && query->at_most_one &&
        query->at_most_one_reason)
        buf_addf(&out, " At most one row: %s.", query->at_most_one_reason);
    for (size_t i = 0; !function->params_type && i < function->n_params; i++)
        if (function->params[i].doc)
            buf_addf(&out, "\n@param %s %s", function->params[i].name, function->params[i].doc);
    return c_doc_comment(printer->arena, buf_text(&out), indent);
}
