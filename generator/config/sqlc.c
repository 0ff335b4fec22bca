/* Version 1 lists `packages`, version 2 `sql`; in both an entry has a schema and queries, each one
 * path or a list of them, and an engine. JSON is read as the YAML that it is. libyaml's tree serves
 * better here than libcyaml's schemas, which have no "one or several".
 */
#include "config/sqlc.h"

#include <string.h>
#include <yaml.h>

struct reader {
    struct arena *arena;
    yaml_document_t document;
    const struct source *source;
    const char *directory;
    struct diags *diags;
};

static span span_at(const struct reader *reader, yaml_mark_t mark)
{
    return span_of_place(reader->source,
                         (struct place){(uint32_t)mark.line + 1, (uint32_t)mark.column + 1});
}

/* NULL unless it is a scalar. */
static const char *scalar_text(const yaml_node_t *node)
{
    return node && node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : NULL;
}

static yaml_node_t *find_key(struct reader *reader, const yaml_node_t *mapping, const char *key)
{
    if (!mapping || mapping->type != YAML_MAPPING_NODE)
        return NULL;
    for (yaml_node_pair_t *pair = mapping->data.mapping.pairs.start;
         pair < mapping->data.mapping.pairs.top; pair++)
        if (name_eq(scalar_text(yaml_document_get_node(&reader->document, pair->key)), key))
            return yaml_document_get_node(&reader->document, pair->value);
    return NULL;
}

/* The value of the key, which may also come with a merge: `<<: *defaults`. */
static yaml_node_t *find_value(struct reader *reader, const yaml_node_t *mapping, const char *key)
{
    yaml_node_t *value = find_key(reader, mapping, key);

    return value ? value : find_key(reader, find_key(reader, mapping, "<<"), key);
}

/* The entries of version 1 or 2; NULL when there are neither. */
static yaml_node_t *find_packages(struct reader *reader)
{
    yaml_node_t *root = yaml_document_get_root_node(&reader->document);
    const char *version = scalar_text(find_value(reader, root, "version"));

    if (!version)
        return NULL;
    return find_value(reader, root, strcmp(version, "1") == 0 ? "packages" : "sql");
}

static void add_path(struct reader *reader, const yaml_node_t *node, path_list *paths)
{
    const char *text = scalar_text(node);

    if (text && *text)
        vec_push(reader->arena, paths,
                 file_join(reader->arena, reader->directory, arena_strdup(reader->arena, text)));
    else
        diag_error(reader->diags, "PL202", span_at(reader, node->start_mark),
                   "a path is expected here");
}

/* One path or a list of them. */
static void read_paths(struct reader *reader, const yaml_node_t *package, const char *key,
                       path_list *paths)
{
    const yaml_node_t *value = find_value(reader, package, key);

    if (!value) {
        diag_error(reader->diags, "PL202", span_at(reader, package->start_mark),
                   "this package has no %s", key);
    } else if (value->type == YAML_SEQUENCE_NODE) {
        for (yaml_node_item_t *item = value->data.sequence.items.start;
             item < value->data.sequence.items.top; item++)
            add_path(reader, yaml_document_get_node(&reader->document, *item), paths);
    } else {
        add_path(reader, value, paths);
    }
}

static void read_package(struct reader *reader, const yaml_node_t *package, settings_list *packages)
{
    const char *engine = scalar_text(find_value(reader, package, "engine"));
    struct run_settings settings = {.config = reader->source->path};

    if (engine && strcmp(engine, "postgresql") != 0) {
        diag_warning(reader->diags, "PL203", span_at(reader, package->start_mark),
                     "this package is skipped: its engine is %s", engine);
        return;
    }
    read_paths(reader, package, "schema", &settings.compile.schema);
    read_paths(reader, package, "queries", &settings.compile.queries);
    vec_push(reader->arena, packages, settings);
}

static bool load_document(struct reader *reader, str text, yaml_parser_t *parser)
{
    yaml_parser_set_input_string(parser, (const unsigned char *)text.data, text.len);
    return yaml_parser_load(parser, &reader->document) == 1;
}

bool sqlc_is_config(struct arena *arena, str text)
{
    struct reader reader = {.arena = arena};
    yaml_parser_t parser;
    bool found = false;

    if (!yaml_parser_initialize(&parser))
        return false;
    if (load_document(&reader, text, &parser)) {
        found = find_packages(&reader) != NULL;
        yaml_document_delete(&reader.document);
    }
    yaml_parser_delete(&parser);
    return found;
}

static void read_packages(struct reader *reader, settings_list *packages)
{
    yaml_node_t *list = find_packages(reader);

    if (!list || list->type != YAML_SEQUENCE_NODE) {
        diag_error(reader->diags, "PL202",
                   list ? span_at(reader, list->start_mark) : span_of(reader->source, 0, 0),
                   "a list of packages is expected here");
        return;
    }
    for (yaml_node_item_t *item = list->data.sequence.items.start;
         item < list->data.sequence.items.top; item++)
        read_package(reader, yaml_document_get_node(&reader->document, *item), packages);
    if (!packages->n)
        diag_error(reader->diags, "PL202", span_at(reader, list->start_mark),
                   "no package is for PostgreSQL");
}

void sqlc_load(struct arena *arena, const struct source *source, settings_list *packages,
               struct diags *diags)
{
    struct reader reader = {.arena = arena,
                            .source = source,
                            .directory = file_directory(arena, source->path),
                            .diags = diags};
    yaml_parser_t parser;

    if (!yaml_parser_initialize(&parser))
        return;
    if (load_document(&reader, source->text, &parser)) {
        read_packages(&reader, packages);
        yaml_document_delete(&reader.document);
    } else {
        diag_error(diags, "PL202", span_at(&reader, parser.problem_mark), "%s",
                   parser.problem ? parser.problem : "this is no YAML");
    }
    yaml_parser_delete(&parser);
}
