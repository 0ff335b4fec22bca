/* Diagnostics as a SARIF 2.1.0 log (OASIS), as code hosts and editors read it: one run, the rules
 * that its results break, and places in characters, which the run declares. Relative paths are
 * below %SRCROOT%, the directory in which the program ran.
 */
#include <string.h>

#include "cli/report_formats.h"
#include "support/json.h"

static const struct {
    const char *code, *about;
} own_codes[] = {
#define DIAG(code, about) {code, about},
#define LINT(id, name, code, about) {code, about},
#include "support/diag_codes.def"
#undef DIAG
#undef LINT
};

static const char *rule_of(const struct diag *diag)
{
    return diag->lint ? diag->lint : diag->code;
}

static const char *level_of(const struct diag *diag)
{
    return diag->severity == SEVERITY_ERROR ? "error" : "warning";
}

/* The first diagnostic of each rule, in order; a rule is known by its index there. */
typedef VEC(const struct diag *) rule_list;

static size_t find_rule(const rule_list *rules, const struct diag *diag)
{
    size_t i = 0;

    while (i < rules->n && strcmp(rule_of(rules->items[i]), rule_of(diag)) != 0)
        i++;
    return i;
}

/* What diag_codes.def says of the code. */
static const char *about_rule(struct arena *arena, const struct diag *diag)
{
    for (size_t i = 0; i < sizeof own_codes / sizeof *own_codes; i++)
        if (strcmp(own_codes[i].code, diag->code) == 0)
            return own_codes[i].about;
    return arena_printf(arena, "PostgreSQL rejects the statement with SQLSTATE %s", diag->code);
}

static const char *help_of(struct arena *arena, const struct diag *diag)
{
    if (diag->lint)
        return arena_printf(arena,
                            "See %s in docs/diagnostics.md. `-- @allow %s` under the name of a "
                            "query silences the warning there.",
                            diag->code, diag->lint);
    if (str_starts_with(str_from(diag->code), "PL"))
        return arena_printf(arena, "See %s in docs/diagnostics.md.", diag->code);
    return "See appendix A of PostgreSQL's manual, \"PostgreSQL Error Codes\".";
}

static void write_text(struct json *json, const char *key, const char *text)
{
    json_begin_object(json, key);
    json_string(json, "text", text);
    json_end_object(json);
}

static void write_rule(struct json *json, const struct diag *diag)
{
    struct arena *arena = json->out->arena;

    json_begin_object(json, NULL);
    json_string(json, "id", rule_of(diag));
    write_text(json, "shortDescription", about_rule(arena, diag));
    write_text(json, "help", help_of(arena, diag));
    json_begin_object(json, "defaultConfiguration");
    json_string(json, "level", level_of(diag));
    json_end_object(json);
    json_end_object(json);
}

static void write_tool(struct json *json, const rule_list *rules)
{
    json_begin_object(json, "tool");
    json_begin_object(json, "driver");
    json_string(json, "name", "tenon");
    json_string(json, "version", TENON_VERSION);
    json_begin_array(json, "rules");
    for (size_t i = 0; i < rules->n; i++)
        write_rule(json, rules->items[i]);
    json_end_array(json);
    json_end_object(json);
    json_end_object(json);
}

static bool is_absolute(const char *path)
{
    return *path == '/';
}

/* The path as a URI: relative, or with the file scheme. */
static const char *uri_of_path(struct arena *arena, const char *path)
{
    struct buf uri = buf_in(arena);

    if (is_absolute(path))
        buf_adds(&uri, "file://");
    while (str_starts_with(str_from(path), "./"))
        path += 2;
    for (; *path; path++) {
        unsigned char c = (unsigned char)*path;
        if (c > ' ' && c < 0x7f && !strchr("%?#:\"<>\\^`{|}[]", c))
            buf_addc(&uri, (char)c);
        else
            buf_addf(&uri, "%%%02X", c);
    }
    return buf_text(&uri);
}

static void write_physical(struct json *json, span at)
{
    struct place from = source_place(at.source, at.offset);
    struct place to = source_place(at.source, at.offset + at.len);

    json_begin_object(json, "physicalLocation");
    json_begin_object(json, "artifactLocation");
    json_string(json, "uri", uri_of_path(json->out->arena, at.source->path));
    if (!is_absolute(at.source->path))
        json_string(json, "uriBaseId", "%SRCROOT%");
    json_end_object(json);
    json_begin_object(json, "region");
    json_int(json, "startLine", from.line);
    json_int(json, "startColumn", from.column);
    json_int(json, "endLine", to.line);
    json_int(json, "endColumn", to.column);
    json_end_object(json);
    json_end_object(json);
}

static void write_locations(struct json *json, const struct diag *diag)
{
    if (!diag->at.source)
        return;
    json_begin_array(json, "locations");
    json_begin_object(json, NULL);
    write_physical(json, diag->at);
    json_end_object(json);
    json_end_array(json);
}

static void write_notes(struct json *json, const struct diag *diag)
{
    if (!diag->notes.n)
        return;
    json_begin_array(json, "relatedLocations");
    for (size_t i = 0; i < diag->notes.n; i++) {
        json_begin_object(json, NULL);
        if (diag->notes.items[i].at.source)
            write_physical(json, diag->notes.items[i].at);
        write_text(json, "message", diag->notes.items[i].message);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_result(struct json *json, const rule_list *rules, const struct diag *diag)
{
    json_begin_object(json, NULL);
    json_string(json, "ruleId", rule_of(diag));
    json_int(json, "ruleIndex", (int64_t)find_rule(rules, diag));
    json_string(json, "level", level_of(diag));
    write_text(json, "message",
               diag->hint
                   ? arena_printf(json->out->arena, "%s\nhint: %s", diag->message, diag->hint)
                   : diag->message);
    write_locations(json, diag);
    write_notes(json, diag);
    json_end_object(json);
}

void report_sarif(struct buf *out, const struct diags *diags)
{
    struct json json = {.out = out};
    rule_list rules = {0};

    for (size_t i = 0; i < diags->list.n; i++)
        if (find_rule(&rules, diags->list.items[i]) == rules.n)
            vec_push(out->arena, &rules, diags->list.items[i]);
    json_begin_object(&json, NULL);
    json_string(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_string(&json, "version", "2.1.0");
    json_begin_array(&json, "runs");
    json_begin_object(&json, NULL);
    write_tool(&json, &rules);
    json_string(&json, "columnKind", "unicodeCodePoints");
    json_begin_array(&json, "results");
    for (size_t i = 0; i < diags->list.n; i++)
        write_result(&json, &rules, diags->list.items[i]);
    json_end_array(&json);
    json_end_object(&json);
    json_end_array(&json);
    json_end_object(&json);
}
