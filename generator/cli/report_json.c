/* Diagnostics as a JSON array, one object each, with the same keys in every one. */
#include "cli/report_formats.h"
#include "support/json.h"

/* Lines and columns count from 1, columns in characters; the end is behind the last one. */
static void write_place(struct json *json, span at)
{
    struct place from, to;

    if (!at.source)
        return;
    from = source_place(at.source, at.offset);
    to = source_place(at.source, at.offset + at.len);
    json_string(json, "file", at.source->path);
    json_int(json, "line", from.line);
    json_int(json, "column", from.column);
    json_int(json, "endLine", to.line);
    json_int(json, "endColumn", to.column);
}

static void write_notes(struct json *json, const struct diag *diag)
{
    json_begin_array(json, "notes");
    for (size_t i = 0; i < diag->notes.n; i++) {
        json_begin_object(json, NULL);
        write_place(json, diag->notes.items[i].at);
        json_string(json, "message", diag->notes.items[i].message);
        json_end_object(json);
    }
    json_end_array(json);
}

void report_json(struct buf *out, const struct diags *diags)
{
    struct json json = {.out = out};

    json_begin_array(&json, NULL);
    for (size_t i = 0; i < diags->list.n; i++) {
        const struct diag *diag = diags->list.items[i];
        json_begin_object(&json, NULL);
        json_string(&json, "severity", diag->severity == SEVERITY_ERROR ? "error" : "warning");
        json_string(&json, "code", diag->code);
        json_string(&json, "lint", diag->lint);
        json_string(&json, "query", diag->query);
        write_place(&json, diag->at);
        json_string(&json, "message", diag->message);
        json_string(&json, "hint", diag->hint);
        write_notes(&json, diag);
        json_end_object(&json);
    }
    json_end_array(&json);
}
