/* tenon explain: for each query that is named, why its parameters and columns have their types and
 * nullability, and how many rows it can return.
 */
#include "cli/cli.h"
#include "cli/report.h"
#include "support/nearest.h"

#include <string.h>

static const char *nullability(bool nullable)
{
    return nullable ? "nullable" : "not null";
}

static void add_reason(struct buf *out, const char *reason)
{
    if (reason)
        buf_addf(out, ": %s", reason);
    buf_addc(out, '\n');
}

static void add_sql(struct buf *out, const char *sql)
{
    buf_adds(out, "\n    ");
    for (; *sql; sql++) {
        buf_addc(out, *sql);
        if (*sql == '\n')
            buf_adds(out, "    ");
    }
    buf_adds(out, "\n\n");
}

static void explain_query(struct buf *out, const struct ir_query *query)
{
    buf_addf(out, "%s :%s  %s:%d\n", query->name, ir_commands[query->command].name, query->file,
             query->line);
    add_sql(out, query->sql);
    for (size_t i = 0; i < query->n_params; i++) {
        const struct ir_param *param = &query->params[i];
        buf_addf(out, "  $%d %s  %s %s", param->number, param->name, param->type->sql_name,
                 nullability(param->nullable));
        add_reason(out, param->reason);
    }
    for (size_t i = 0; i < query->n_columns; i++) {
        const struct ir_column *column = &query->columns[i];
        buf_addf(out, "  %s  %s %s", column->name, column->type->sql_name,
                 nullability(column->nullable));
        add_reason(out, column->reason);
    }
    if (query->at_most_one)
        buf_addf(out, "  at most one row: %s\n", query->at_most_one_reason);
    else if (query->returns_rows)
        buf_adds(out, "  any number of rows\n");
}

static const struct ir_query *find_query(const struct ir_package *package, const char *name)
{
    for (size_t f = 0; f < package->n_files; f++)
        for (size_t q = 0; q < package->files[f].n_queries; q++)
            if (strcmp(package->files[f].queries[q]->name, name) == 0)
                return package->files[f].queries[q];
    return NULL;
}

static bool has_errors(const struct diags *diags, const char *name)
{
    for (size_t i = 0; i < diags->list.n; i++)
        if (name_eq(diags->list.items[i]->query, name))
            return true;
    return false;
}

static int no_such_query(const struct ir_package *package, const char *name)
{
    struct nearest nearest = {.wanted = name};

    for (size_t f = 0; f < package->n_files; f++)
        for (size_t q = 0; q < package->files[f].n_queries; q++)
            nearest_consider(&nearest, package->files[f].queries[q]->name);
    if (nearest.name)
        return cli_fail(STATUS_INPUT, "there is no query %s; did you mean %s?", name, nearest.name);
    return cli_fail(STATUS_INPUT, "there is no query %s", name);
}

int run_explain(struct cli *cli)
{
    struct compilation compilation;
    struct buf out = buf_in(cli->arena);
    enum exit_status result = STATUS_OK;
    int status;

    if (!cli->operands.n)
        return cli_fail(STATUS_USAGE, "name the queries to explain, before --queries");
    status = cli_compile(cli, &compilation);
    if (status != STATUS_OK)
        return status;
    report_diags(cli->arena, &compilation.diags);
    for (size_t i = 0; i < cli->operands.n; i++) {
        const char *name = cli->operands.items[i];
        const struct ir_query *query = find_query(&compilation.package, name);
        if (query && out.len)
            buf_addc(&out, '\n');
        if (query)
            explain_query(&out, query);
        else
            result = STATUS_INPUT;
        if (!query && !has_errors(&compilation.diags, name))
            no_such_query(&compilation.package, name);
    }
    return cli_print(buf_str(&out), result);
}
