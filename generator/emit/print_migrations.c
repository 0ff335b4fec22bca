/* A folder of migrations as constant data: what <tenon/migrate.h> takes, one initializer for each
 * statement.
 */
#include <string.h>

#include "emit/emit.h"
#include "emit/escape.h"
#include "emit/template.h"
#include "support/str.h"

struct migrations_printer {
    struct arena *arena;
    const char *package, *from, *version;
    const tenon_migrations *migrations;
};

static const char *const kind_names[] = {
    [TENON_STEP_IN_TRANSACTION] = "TENON_STEP_IN_TRANSACTION",
    [TENON_STEP_OUTSIDE] = "TENON_STEP_OUTSIDE",
    [TENON_STEP_CONCURRENT] = "TENON_STEP_CONCURRENT",
    [TENON_STEP_BATCH] = "TENON_STEP_BATCH",
};

/* `.name = "text",`; "" without a text. */
static const char *member(struct arena *arena, const char *name, const char *text)
{
    return text ? arena_printf(arena, ".%s = %s,", name, c_string_lines(arena, text, 4)) : "";
}

static const char *number(struct arena *arena, const char *name, size_t value)
{
    return value ? arena_printf(arena, ".%s = %zu,", name, value) : "";
}

static void print_step(struct arena *arena, struct buf *out, const tenon_step *step)
{
    fill(out,
         "    {\n"
         "        .kind = $kind,\n"
         "        $sql\n"
         "        .line = $line,\n"
         "        .column = $column,\n"
         "        .part = $part,\n"
         "        $done\n"
         "        $half\n"
         "        $clean_up\n"
         "        $batch_rows\n"
         "        $batch_table\n"
         "        $batch_from\n"
         "        $batch_name\n"
         "        $batch_sets\n"
         "        $where_from\n"
         "        $where_to\n"
         "    },\n",
         HOLE("kind", kind_names[step->kind]), HOLE("sql", member(arena, "sql", step->sql)),
         HOLE("line", arena_printf(arena, "%d", step->line)),
         HOLE("column", arena_printf(arena, "%d", step->column)),
         HOLE("part", arena_printf(arena, "%d", step->part)),
         HOLE("done", member(arena, "done", step->done)),
         HOLE("half", member(arena, "half", step->half)),
         HOLE("clean_up", member(arena, "clean_up", step->clean_up)),
         HOLE("batch_rows", number(arena, "batch_rows", (size_t)step->batch_rows)),
         HOLE("batch_table", member(arena, "batch_table", step->batch_table)),
         HOLE("batch_from", member(arena, "batch_from", step->batch_from)),
         HOLE("batch_name", member(arena, "batch_name", step->batch_name)),
         HOLE("batch_sets", member(arena, "batch_sets", step->batch_sets)),
         HOLE("where_from", number(arena, "where_from", step->where_from)),
         HOLE("where_to", number(arena, "where_to", step->where_to)));
}

static void print_texts(struct arena *arena, struct buf *out, const char *name,
                        const char *const *texts, size_t n)
{
    if (!n)
        return;
    buf_addf(out, "\nstatic const char *const %s[] = {\n", name);
    for (size_t i = 0; i < n; i++)
        buf_addf(out, "    %s,\n", c_string(arena, texts[i]));
    buf_adds(out, "};\n");
}

static const char *const need_names[] = {
    [TENON_NEED_OWNER] = "TENON_NEED_OWNER",         [TENON_NEED_DROP] = "TENON_NEED_DROP",
    [TENON_NEED_CREATE_IN] = "TENON_NEED_CREATE_IN", [TENON_NEED_CREATE] = "TENON_NEED_CREATE",
    [TENON_NEED_EXTENSION] = "TENON_NEED_EXTENSION",
};

static void print_needs(struct arena *arena, struct buf *out, const char *name,
                        const tenon_migration *migration)
{
    if (!migration->n_needs)
        return;
    buf_addf(out, "\nstatic const tenon_need %s[] = {\n", name);
    for (size_t i = 0; i < migration->n_needs; i++) {
        const tenon_need *need = &migration->needs[i];
        buf_addf(out, "    {%s, %zu, %s, %s},\n", need_names[need->kind], need->step,
                 c_string(arena, need->name), need->version ? c_string(arena, need->version) : "0");
    }
    buf_adds(out, "};\n");
}

static const char *numbered(struct arena *arena, const char *name, size_t i)
{
    return arena_printf(arena, "%s_%zu", name, i + 1);
}

/* What a migration points at. */
static void print_parts(struct arena *arena, struct buf *out, const tenon_migration *migration,
                        size_t i)
{
    if (migration->n_steps) {
        buf_addf(out, "\nstatic const tenon_step %s[] = {\n", numbered(arena, "steps", i));
        for (size_t s = 0; s < migration->n_steps; s++)
            print_step(arena, out, &migration->steps[s]);
        buf_adds(out, "};\n");
    }
    print_texts(arena, out, numbered(arena, "parts", i), migration->part_checksums,
                migration->n_parts);
    print_texts(arena, out, numbered(arena, "footprint", i), migration->footprint,
                migration->n_footprint);
    print_needs(arena, out, numbered(arena, "needs", i), migration);
}

static const char *pointer(struct arena *arena, const char *name, size_t i, size_t n)
{
    return n ? arena_printf(arena, ".%s = %s,", name,
                            numbered(arena, strcmp(name, "part_checksums") ? name : "parts", i))
             : "";
}

static void print_migration(struct arena *arena, struct buf *out, const tenon_migration *migration,
                            size_t i)
{
    fill(out,
         "    {\n"
         "        $name\n"
         "        $file\n"
         "        $parent\n"
         "        $checksum\n"
         "        $catalog_hash\n"
         "        $is_outside\n"
         "        $steps\n"
         "        $n_steps\n"
         "        $needs\n"
         "        $n_needs\n"
         "        $parts\n"
         "        $n_parts\n"
         "        $footprint\n"
         "        $n_footprint\n"
         "    },\n",
         HOLE("name", member(arena, "name", migration->name)),
         HOLE("file", member(arena, "file", migration->file)),
         HOLE("parent", member(arena, "parent", migration->parent)),
         HOLE("checksum", member(arena, "checksum", migration->checksum)),
         HOLE("catalog_hash", member(arena, "catalog_hash", migration->catalog_hash)),
         HOLE("is_outside", migration->is_outside ? ".is_outside = true," : ""),
         HOLE("steps", pointer(arena, "steps", i, migration->n_steps)),
         HOLE("n_steps", number(arena, "n_steps", migration->n_steps)),
         HOLE("needs", pointer(arena, "needs", i, migration->n_needs)),
         HOLE("n_needs", number(arena, "n_needs", migration->n_needs)),
         HOLE("parts", pointer(arena, "part_checksums", i, migration->n_parts)),
         HOLE("n_parts", number(arena, "n_parts", migration->n_parts)),
         HOLE("footprint", pointer(arena, "footprint", i, migration->n_footprint)),
         HOLE("n_footprint", number(arena, "n_footprint", migration->n_footprint)));
}

static const char *signature(const struct migrations_printer *printer)
{
    return arena_printf(printer->arena, EMIT_SIGNATURE "%s from %s. Do not edit. */",
                        printer->version, c_comment_text(printer->arena, printer->from));
}

static const char *source_of(const struct migrations_printer *printer)
{
    const tenon_migrations *migrations = printer->migrations;
    struct arena *arena = printer->arena;
    struct buf out = buf_in(arena);

    buf_addf(&out, "%s\n#include \"%s/migrations.h\"\n", signature(printer), printer->package);
    for (size_t i = 0; i < migrations->n; i++)
        print_parts(arena, &out, &migrations->items[i], i);
    if (migrations->n)
        buf_adds(&out, "\nstatic const tenon_migration items[] = {\n");
    for (size_t i = 0; i < migrations->n; i++)
        print_migration(arena, &out, &migrations->items[i], i);
    buf_addf(&out, "%s\nconst tenon_migrations %s_migrations = {%s, %zu, %d};\n",
             migrations->n ? "};\n" : "", printer->package, migrations->n ? "items" : "0",
             migrations->n, migrations->server_version);
    return buf_text(&out);
}

static const char *header_of(const struct migrations_printer *printer)
{
    struct arena *arena = printer->arena;
    struct buf out = buf_in(arena);

    fill(&out,
         "$signature\n"
         "#ifndef $guard\n"
         "#define $guard\n"
         "\n"
         "#include <tenon/migrate.h>\n"
         "\n"
         "#ifdef __cplusplus\n"
         "extern \"C\" {\n"
         "#endif\n"
         "\n"
         "/** The files of the folder, as they were when this was generated. */\n"
         "extern const tenon_migrations $object;\n"
         "\n"
         "/** Applies what the database of db does not have yet: see tenon_migrate(). */\n"
         "TENON_NODISCARD static inline tenon_status\n"
         "$migrate(struct tenon_db *db, const tenon_migrate_options *options)\n"
         "{\n"
         "    return tenon_migrate(db, &$object, options);\n"
         "}\n"
         "\n"
         "/** Whether the database of db is such as this program needs it: see "
         "tenon_require_schema(). */\n"
         "TENON_NODISCARD static inline tenon_status\n"
         "$require(struct tenon_db *db, const tenon_migrate_options *options)\n"
         "{\n"
         "    return tenon_require_schema(db, &$object, options);\n"
         "}\n"
         "\n"
         "#ifdef __cplusplus\n"
         "}\n"
         "#endif\n"
         "#endif\n",
         HOLE("signature", signature(printer)),
         HOLE("guard",
              arena_printf(arena, "%s_MIGRATIONS_H", name_capitals(arena, printer->package))),
         HOLE("object", arena_printf(arena, "%s_migrations", printer->package)),
         HOLE("migrate", arena_printf(arena, "%s_migrate", printer->package)),
         HOLE("require", arena_printf(arena, "%s_require_schema", printer->package)));
    return buf_text(&out);
}

void emit_migrations(struct arena *arena, const char *package, const char *from,
                     const tenon_migrations *migrations, const char *version, emit_files *files)
{
    const struct migrations_printer printer = {arena, package, from, version, migrations};

    vec_push(
        arena, files,
        ((struct emit_file){arena_printf(arena, "%s/migrations.h", package), header_of(&printer)}));
    vec_push(
        arena, files,
        ((struct emit_file){arena_printf(arena, "%s/migrations.c", package), source_of(&printer)}));
}
