/* The document: one function per object. The keys are part of the interface and never change their
 * meaning within a version; docs/ir.schema.json has them all.
 */
#include "ir/json.h"

#include "ir/json_parts.h"

static void write_renames(struct json *json, const struct ir_settings *settings)
{
    json_begin_array(json, "renames");
    for (size_t i = 0; i < settings->n_renames; i++) {
        json_begin_object(json, NULL);
        json_string(json, "from", settings->renames[i].from);
        json_string(json, "to", settings->renames[i].to);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_overrides(struct json *json, const struct ir_settings *settings)
{
    json_begin_array(json, "overrides");
    for (size_t i = 0; i < settings->n_overrides; i++) {
        const struct ir_override *override = &settings->overrides[i];
        json_begin_object(json, NULL);
        json_string(json, "match", override->match);
        json_string(json, "c_type", override->c_type);
        json_string(json, "include", override->include);
        json_string(json, "decode", override->decode);
        json_string(json, "encode", override->encode);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_settings(struct json *json, const struct ir_settings *settings)
{
    json_begin_object(json, "settings");
    json_int(json, "server_version", settings->server_version);
    json_bool(json, "repositories", settings->repositories);
    json_bool(json, "fakes", settings->fakes);
    write_renames(json, settings);
    write_overrides(json, settings);
    json_end_object(json);
}

static void write_files(struct json *json, const struct ir_package *package)
{
    json_begin_array(json, "files");
    for (size_t i = 0; i < package->n_files; i++) {
        json_begin_object(json, NULL);
        json_string(json, "file", package->files[i].path);
        json_string(json, "module", package->files[i].module);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_place(struct json *json, span at)
{
    struct place place;

    if (!at.source) {
        json_string(json, "file", NULL);
        json_string(json, "line", NULL);
        json_string(json, "column", NULL);
        return;
    }
    place = source_place(at.source, at.offset);
    json_string(json, "file", at.source->path);
    json_int(json, "line", place.line);
    json_int(json, "column", place.column);
}

static void write_error(struct json *json, const struct diag *diag)
{
    json_begin_object(json, NULL);
    json_string(json, "query", diag->query);
    write_place(json, diag->at);
    json_string(json, "sqlstate", diag->code);
    json_string(json, "message", diag->message);
    json_string(json, "hint", diag->hint);
    json_end_object(json);
}

static void write_errors(struct json *json, const struct diags *diags)
{
    json_begin_array(json, "errors");
    for (size_t i = 0; i < diags->list.n; i++)
        if (diags->list.items[i]->severity == SEVERITY_ERROR)
            write_error(json, diags->list.items[i]);
    json_end_array(json);
}

void ir_write_json(struct buf *out, const struct ir_package *package, const struct diags *diags)
{
    struct json json = {.out = out};

    json_begin_object(&json, NULL);
    json_int(&json, "version", IR_JSON_VERSION);
    json_string(&json, "package", package->name);
    write_settings(&json, &package->settings);
    write_files(&json, package);
    json_write_queries(&json, package);
    json_write_types(&json, package);
    json_write_tables(&json, package);
    json_write_constraints(&json, package);
    write_errors(&json, diags);
    json_end_object(&json);
}
