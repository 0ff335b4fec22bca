/* One diagnostic in three forms: text for people, JSON for scripts, SARIF for code hosts. */
#include "cli/report.h"

#include <stdio.h>
#include <string.h>

#include "support/json.h"

void report_diags(struct arena *arena, struct diags *diags)
{
    struct buf out = buf_in(arena);

    diag_sort(diags);
    for (size_t i = 0; i < diags->list.n; i++)
        diag_render(&out, diags->list.items[i]);
    fputs(buf_text(&out), stderr);
}

static const char *severity_name(const struct diag *diag)
{
    return diag->severity == SEVERITY_ERROR ? "error" : "warning";
}

static const char *rule_of(const struct diag *diag)
{
    return diag->lint ? diag->lint : diag->code;
}

void report_json(struct buf *out, const struct diags *diags)
{
    struct json json = {.out = out};

    json_begin_array(&json, NULL);
    for (size_t i = 0; i < diags->list.n; i++) {
        const struct diag *diag = diags->list.items[i];
        json_begin_object(&json, NULL);
        json_string(&json, "severity", severity_name(diag));
        json_string(&json, "code", diag->code);
        json_string(&json, "lint", diag->lint);
        json_string(&json, "query", diag->query);
        if (diag->at.source) {
            struct place place = source_place(diag->at.source, diag->at.offset);
            json_string(&json, "file", diag->at.source->path);
            json_int(&json, "line", place.line);
            json_int(&json, "column", place.column);
        }
        json_string(&json, "message", diag->message);
        json_string(&json, "hint", diag->hint);
        json_end_object(&json);
    }
    json_end_array(&json);
}

/* A relative or absolute path as a URI reference. */
static const char *uri_of_path(struct arena *arena, const char *path)
{
    struct buf uri = buf_in(arena);

    for (; *path; path++) {
        unsigned char c = (unsigned char)*path;
        if (c > ' ' && c < 0x7f && !strchr("%?#:\"<>\\^`{|}[]", c))
            buf_addc(&uri, (char)c);
        else
            buf_addf(&uri, "%%%02X", c);
    }
    return buf_text(&uri);
}

static void write_sarif_place(struct json *json, span at)
{
    struct place place = source_place(at.source, at.offset);

    json_begin_array(json, "locations");
    json_begin_object(json, NULL);
    json_begin_object(json, "physicalLocation");
    json_begin_object(json, "artifactLocation");
    json_string(json, "uri", uri_of_path(json->out->arena, at.source->path));
    json_end_object(json);
    json_begin_object(json, "region");
    json_int(json, "startLine", place.line);
    json_int(json, "startColumn", place.column);
    json_end_object(json);
    json_end_object(json);
    json_end_object(json);
    json_end_array(json);
}

static void write_sarif_result(struct json *json, const struct diag *diag)
{
    json_begin_object(json, NULL);
    json_string(json, "ruleId", rule_of(diag));
    json_string(json, "level", severity_name(diag));
    json_begin_object(json, "message");
    json_string(json, "text", diag->message);
    json_end_object(json);
    if (diag->at.source)
        write_sarif_place(json, diag->at);
    json_end_object(json);
}

void report_sarif(struct buf *out, const struct diags *diags)
{
    struct json json = {.out = out};

    json_begin_object(&json, NULL);
    json_string(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_string(&json, "version", "2.1.0");
    json_begin_array(&json, "runs");
    json_begin_object(&json, NULL);
    json_begin_object(&json, "tool");
    json_begin_object(&json, "driver");
    json_string(&json, "name", "tenon");
    json_string(&json, "version", TENON_VERSION);
    json_end_object(&json);
    json_end_object(&json);
    json_begin_array(&json, "results");
    for (size_t i = 0; i < diags->list.n; i++)
        write_sarif_result(&json, diags->list.items[i]);
    json_end_array(&json);
    json_end_object(&json);
    json_end_array(&json);
    json_end_object(&json);
}
