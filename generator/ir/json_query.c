/* Queries with their parameters and columns. */
#include "ir/json_parts.h"

static void write_param(struct json *json, const struct ir_param *param)
{
    json_begin_object(json, NULL);
    json_int(json, "number", param->number);
    json_string(json, "name", param->name);
    json_bool(json, "is_named", param->is_named);
    json_string(json, "type", param->type->sql_name);
    json_bool(json, "nullable", param->nullable);
    json_string(json, "doc", param->doc);
    json_string(json, "reason", param->reason);
    json_end_object(json);
}

static void write_column(struct json *json, const struct ir_column *column)
{
    json_begin_object(json, NULL);
    json_string(json, "name", column->name);
    json_string(json, "type", column->type->sql_name);
    json_int(json, "typmod", column->typmod);
    json_bool(json, "nullable", column->nullable);
    json_string(json, "reason", column->reason);
    json_string(json, "table", column->table);
    json_string(json, "column", column->column);
    json_string(json, "embed", column->embed);
    json_bool(json, "embed_nullable", column->embed_nullable);
    json_string(json, "comment", column->comment);
    json_end_object(json);
}

static void write_effects(struct json *json, const struct ir_query *query)
{
    json_bool(json, "at_most_one", query->at_most_one);
    json_string(json, "at_most_one_reason", query->at_most_one_reason);
    json_bool(json, "reads_only", query->reads_only);
    json_bool(json, "may_commit", query->may_commit);
    json_bool(json, "changes_session", query->changes_session);
    json_bool(json, "returns_rows", query->returns_rows);
}

static void write_copy(struct json *json, const struct ir_query *query)
{
    if (!query->copy_sql) {
        json_string(json, "copy", NULL);
        return;
    }
    json_begin_object(json, "copy");
    json_string(json, "sql", query->copy_sql);
    json_string(json, "check", query->copy_check);
    json_end_object(json);
}

static void write_query(struct json *json, const struct ir_query *query)
{
    json_begin_object(json, NULL);
    json_string(json, "name", query->name);
    json_string(json, "command", ir_commands[query->command].name);
    json_string(json, "file", query->file);
    json_int(json, "line", query->line);
    json_string(json, "doc", query->doc);
    json_string(json, "sql", query->sql);
    write_effects(json, query);
    json_string(json, "row", query->row_name);
    json_string(json, "row_table", query->row_table ? query->row_table->path : NULL);
    json_string(json, "params_name", query->params_name);
    json_bool(json, "positional", query->is_positional);
    write_copy(json, query);
    json_string(json, "instead", query->instead);
    json_begin_array(json, "params");
    for (size_t i = 0; i < query->n_params; i++)
        write_param(json, &query->params[i]);
    json_end_array(json);
    json_begin_array(json, "columns");
    for (size_t i = 0; i < query->n_columns; i++)
        write_column(json, &query->columns[i]);
    json_end_array(json);
    json_end_object(json);
}

void json_write_queries(struct json *json, const struct ir_package *package)
{
    json_begin_array(json, "queries");
    for (size_t f = 0; f < package->n_files; f++)
        for (size_t q = 0; q < package->files[f].n_queries; q++)
            write_query(json, package->files[f].queries[q]);
    json_end_array(json);
}
