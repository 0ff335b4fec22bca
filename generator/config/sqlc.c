/* Version 1 lists `packages`, version 2 `sql`; in both an entry has a schema and queries, each one
 * path or a list of them, and an engine. JSON is read as the YAML that it is. libyaml's tree serves
 * better here than libcyaml's schemas, which have no "one or several".
 *
 * The prefix of a package is what its code generator calls it. Many repositories call all of them
 * "db", in folders of their own: then the folders' names come in front.
 */
#include "config/sqlc.h"

#include <string.h>
#include <yaml.h>

#include "compile/module_names.h"

enum { MOST_FOLDERS = 32 };

struct reader {
    struct arena *arena;
    VEC(const char *) folders; /* where sqlc puts each package's files; NULL: not said */
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

    if (!value)
        return;
    if (value->type == YAML_SEQUENCE_NODE) {
        for (yaml_node_item_t *item = value->data.sequence.items.start;
             item < value->data.sequence.items.top; item++)
            add_path(reader, yaml_document_get_node(&reader->document, *item), paths);
    } else {
        add_path(reader, value, paths);
    }
}

/* --- Names of packages ------------------------------------------------------------------------ */

static yaml_node_t *first_item(struct reader *reader, const yaml_node_t *list)
{
    if (!list || list->type != YAML_SEQUENCE_NODE ||
        list->data.sequence.items.start == list->data.sequence.items.top)
        return NULL;
    return yaml_document_get_node(&reader->document, *list->data.sequence.items.start);
}

/* The value of the first of sqlc's own generators under `gen` that has one. */
static const char *generator_text(struct reader *reader, const yaml_node_t *package,
                                  const char *key)
{
    const yaml_node_t *gen = find_value(reader, package, "gen");

    if (!gen || gen->type != YAML_MAPPING_NODE)
        return NULL;
    for (yaml_node_pair_t *pair = gen->data.mapping.pairs.start; pair < gen->data.mapping.pairs.top;
         pair++) {
        const yaml_node_t *generator = yaml_document_get_node(&reader->document, pair->value);
        const char *text = scalar_text(find_value(reader, generator, key));

        if (text && *text)
            return text;
    }
    return NULL;
}

/* What the package is called: by version 1, by a generator of version 2, by its first plug-in, or
 * by the package itself. */
static const char *package_name(struct reader *reader, const yaml_node_t *package,
                                const char *folder)
{
    const yaml_node_t *plugin = first_item(reader, find_value(reader, package, "codegen"));
    const yaml_node_t *options = find_value(reader, plugin, "options");
    const char *names[] = {
        generator_text(reader, package, "package"),
        scalar_text(find_value(reader, options, "package")),
        scalar_text(find_value(reader, package, "name")),
        folder ? file_base_name(folder) : NULL,
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i] && *names[i] && strcmp(names[i], ".") != 0)
            return names[i];
    return "db";
}

/* The folder of the package's code, without a slash at the end; NULL when it is not said. */
static const char *package_folder(struct reader *reader, const yaml_node_t *package)
{
    const yaml_node_t *plugin = first_item(reader, find_value(reader, package, "codegen"));
    const char *folder = generator_text(reader, package, "out");

    if (!folder)
        folder = scalar_text(find_value(reader, plugin, "out"));
    if (!folder)
        folder = scalar_text(find_value(reader, package, "path"));
    return folder && *folder ? file_relative(reader->arena, NULL, folder) : NULL;
}

/* The last `n` folders of the path and the name, put together. */
static const char *name_in_folders(struct reader *reader, const char *name, const char *folder,
                                   int n)
{
    const char *at = folder ? folder + strlen(folder) : "";

    for (; folder && n > 0 && at > folder; n--)
        for (at--; at > folder && at[-1] != '/'; at--)
            ;
    if (!*at)
        return name;
    return package_prefix(reader->arena, strcmp(file_base_name(at), name) == 0
                                             ? at
                                             : arena_printf(reader->arena, "%s_%s", at, name));
}

static size_t count_name(const settings_list *packages, size_t n, const char *name)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += strcmp(packages->items[i].compile.package, name) == 0;
    return found;
}

/* Gives packages of one name those of their folders, then numbers. */
static void tell_apart(struct reader *reader, settings_list *packages)
{
    const char **names = arena_array(reader->arena, const char *, packages->n);

    for (size_t i = 0; i < packages->n; i++)
        names[i] = packages->items[i].compile.package;
    for (int n = 1; n < MOST_FOLDERS; n++) {
        bool *shares = arena_array(reader->arena, bool, packages->n);

        for (size_t i = 0; i < packages->n; i++)
            shares[i] = count_name(packages, packages->n, packages->items[i].compile.package) > 1;
        for (size_t i = 0; i < packages->n; i++)
            if (shares[i])
                packages->items[i].compile.package =
                    name_in_folders(reader, names[i], reader->folders.items[i], n);
    }
    for (size_t i = 0; i < packages->n; i++) {
        const char *name = packages->items[i].compile.package;

        for (int n = 2; count_name(packages, i, packages->items[i].compile.package) > 0; n++)
            packages->items[i].compile.package = arena_printf(reader->arena, "%s_%d", name, n);
    }
}

/* --- Packages --------------------------------------------------------------------------------- */

static void read_package(struct reader *reader, const yaml_node_t *package, settings_list *packages)
{
    const char *engine = scalar_text(find_value(reader, package, "engine"));
    struct settings settings = {.config = reader->source->path, .may_lack_schema = true};
    const char *folder = package_folder(reader, package);

    if (engine && strcmp(engine, "postgresql") != 0) {
        diag_warning(reader->diags, "PL203", span_at(reader, package->start_mark),
                     "this package is skipped: its engine is %s", engine);
        return;
    }
    read_paths(reader, package, "schema", &settings.compile.schema);
    read_paths(reader, package, "queries", &settings.compile.queries);
    if (!settings.compile.queries.n) {
        diag_warning(reader->diags, "PL203", span_at(reader, package->start_mark),
                     "this package is skipped: it has no queries");
        return;
    }
    settings.compile.package = package_prefix(reader->arena, package_name(reader, package, folder));
    settings.out = file_join(reader->arena, reader->directory, "generated");
    vec_push(reader->arena, packages, settings);
    vec_push(reader->arena, &reader->folders, folder);
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
    tell_apart(reader, packages);
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
