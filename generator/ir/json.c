/* One function per object of the document; the keys are part of the interface and never change
 * their meaning.
 */
#include "ir/json.h"

#include "support/json.h"

static void write_param(struct json *json, const struct ir_param *param)
{
    json_begin_object(json, NULL);
    json_int(json, "number", param->number);
    json_string(json, "name", param->name);
    json_string(json, "type", param->type->sql_name);
    json_bool(json, "nullable", param->nullable);
    if (param->doc)
        json_string(json, "doc", param->doc);
    json_end_object(json);
}

static void write_column(struct json *json, const struct ir_column *column)
{
    json_begin_object(json, NULL);
    json_string(json, "name", column->name);
    json_string(json, "type", column->type->sql_name);
    json_int(json, "typmod", column->typmod);
    json_bool(json, "nullable", column->nullable);
    if (column->table) {
        json_string(json, "table", column->table);
        json_string(json, "column", column->column);
    }
    if (column->embed) {
        json_string(json, "embed", column->embed);
        json_bool(json, "embed_nullable", column->embed_nullable);
    }
    json_end_object(json);
}

static void write_query(struct json *json, const struct ir_query *query)
{
    json_begin_object(json, NULL);
    json_string(json, "name", query->name);
    json_string(json, "command", query->command);
    json_string(json, "file", query->file);
    json_int(json, "line", query->line);
    json_string(json, "doc", query->doc);
    json_string(json, "sql", query->sql);
    json_bool(json, "at_most_one", query->at_most_one);
    json_bool(json, "reads_only", query->reads_only);
    json_bool(json, "may_commit", query->may_commit);
    json_bool(json, "changes_session", query->changes_session);
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

static void write_error(struct json *json, const struct diag *diag)
{
    json_begin_object(json, NULL);
    json_string(json, "query", diag->query);
    if (diag->at.source) {
        struct place place = source_place(diag->at.source, diag->at.offset);
        json_string(json, "file", diag->at.source->path);
        json_int(json, "line", place.line);
        json_int(json, "column", place.column);
    } else {
        json_string(json, "file", NULL);
    }
    json_string(json, "sqlstate", diag->code);
    json_string(json, "message", diag->message);
    json_string(json, "hint", diag->hint);
    json_end_object(json);
}

void ir_write_json(struct buf *out, const struct ir_package *package, const struct diags *diags)
{
    struct json json = {.out = out};

    json_begin_object(&json, NULL);
    json_string(&json, "package", package->name);
    json_begin_array(&json, "queries");
    for (size_t f = 0; f < package->n_files; f++)
        for (size_t q = 0; q < package->files[f].n_queries; q++)
            write_query(&json, package->files[f].queries[q]);
    json_end_array(&json);
    json_begin_array(&json, "errors");
    for (size_t i = 0; i < diags->list.n; i++)
        if (diags->list.items[i]->severity == SEVERITY_ERROR)
            write_error(&json, diags->list.items[i]);
    json_end_array(&json);
    json_end_object(&json);
}
