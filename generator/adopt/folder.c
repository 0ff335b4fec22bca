/* Names of files tell what a migration is; each kind of folder has a function that reads them. What
 * looks like a migration and is not SQL that runs once is a problem, with the way out.
 */
#include "adopt/folder.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "adopt/digest.h"
#include "support/buf.h"
#include "support/file.h"
#include "support/sha256.h"

struct reading {
    struct arena *arena;
    const struct tool *tool;
    const char *directory;
    struct old_folder *folder;
    struct error *error;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* --- Versions --------------------------------------------------------------------------------- */

const char *version_normal(struct arena *arena, str version)
{
    struct buf buf = buf_in(arena);
    size_t end = 0; /* behind the last component that is not zero */

    for (size_t at = 0; at < version.len;) {
        const size_t from = at;
        while (at < version.len && version.data[at] != '.' && version.data[at] != '_')
            at++;
        str part = str_slice(version, from, at);
        while (part.len > 1 && part.data[0] == '0' && is_digit(part.data[1]))
            part = str_slice(part, 1, part.len);
        if (from > 0)
            buf_addc(&buf, '.');
        buf_add(&buf, part.data, part.len);
        if (from == 0 || !str_is(part, "0"))
            end = buf.len;
        at++;
    }
    return arena_strndup(arena, buf_text(&buf), end);
}

/* --- Adding ----------------------------------------------------------------------------------- */

static bool add(struct reading *reading, str version, str title, const char *file)
{
    struct arena *arena = reading->arena;
    struct old_migration migration = {
        .version = version_normal(arena, version),
        .title = arena_strndup(arena, title.data, title.len),
        .file = file,
    };

    if (!file_read(arena, file_join(arena, reading->directory, file), &migration.text,
                   reading->error))
        return false;
    vec_push(arena, &reading->folder->items, migration);
    return true;
}

__attribute__((format(printf, 2, 3))) static void problem(struct reading *reading,
                                                          const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vec_push(reading->arena, &reading->folder->problems,
             arena_vprintf(reading->arena, format, args));
    va_end(args);
}

static void leave_out(struct reading *reading, const char *file)
{
    vec_push(reading->arena, &reading->folder->notes,
             arena_printf(reading->arena, "%s is no migration of %s: it is left out", file,
                          reading->tool->name));
}

/* --- Code ------------------------------------------------------------------------------------- */

static bool is_code(const char *file)
{
    static const char *const ends[] = {".go",   ".js", ".ts", ".mjs", ".cjs",
                                       ".java", ".kt", ".py", ".rb",  ".sh"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends_with(str_from(file), ends[i]) && !strstr(file, "_test.") &&
            !str_ends_with(str_from(file), ".d.ts"))
            return true;
    return false;
}

static void refuse_code(struct reading *reading, const char *file)
{
    const int len = (int)(strrchr(file, '.') - file);

    problem(
        reading,
        "%s is a migration in code: write what it does as %.*s.sql and take it away here; where "
        "it has been applied, only its version counts",
        file, len, file);
}

/* --- 00001_title.sql -------------------------------------------------------------------------- */

/* Without .sql, .up.sql. */
static str stem_of(const char *file)
{
    const str name = str_from(file);

    if (str_ends_with(name, ".up.sql"))
        return str_slice(name, 0, name.len - strlen(".up.sql"));
    return str_slice(name, 0, name.len - strlen(".sql"));
}

static bool read_numbered(struct reading *reading, const char *file)
{
    const str stem = stem_of(file);
    size_t end = 0, from;

    while (end < stem.len && is_digit(stem.data[end]))
        end++;
    if (str_ends_with(str_from(file), ".down.sql"))
        return true;
    if (end == 0) {
        leave_out(reading, file);
        return true;
    }
    from = end + (end < stem.len && strchr("_-. ", stem.data[end]));
    return add(reading, str_slice(stem, 0, end), str_slice(stem, from, stem.len), file);
}

/* --- Atlas ------------------------------------------------------------------------------------ */

/* Atlas, sql/migrate/dir.go, LocalFile.Version(): up to the first _. */
static bool read_atlas(struct reading *reading, const char *file)
{
    const str stem = stem_of(file);
    const char *bar = memchr(stem.data, '_', stem.len);
    const size_t end = bar ? (size_t)(bar - stem.data) : stem.len;
    struct old_migration *last;

    if (!add(reading, str_slice(stem, 0, end), str_slice(stem, end + (bar != NULL), stem.len),
             file))
        return false;
    last = &reading->folder->items.items[reading->folder->items.n - 1];
    if (strstr(last->text.data, "-- atlas:checkpoint"))
        problem(reading,
                "%s is a checkpoint, which stands for the files before it: take it away here, or "
                "those before it",
                file);
    return true;
}

/* --- Flyway ----------------------------------------------------------------------------------- */

static void refuse_flyway(struct reading *reading, const char *file)
{
    const char *title = strstr(file, "__");

    if (file[0] == 'R')
        problem(
            reading,
            "%s is a repeatable migration: rename it to V…%s with the next version; it then runs "
            "once more, which CREATE OR REPLACE allows",
            file, title);
    else
        problem(reading,
                "%s is a baseline migration, which stands for those before it: take it away here, "
                "or those before it",
                file);
}

/* V1.2__title.sql; U is the way down, R runs whenever it changed, B stands for those before it. */
static bool read_flyway(struct reading *reading, const char *file)
{
    const char *bars = strstr(file, "__");
    const str stem = stem_of(file);
    size_t at;

    if (bars && (file[0] == 'R' || (file[0] == 'B' && is_digit(file[1])))) {
        refuse_flyway(reading, file);
        return true;
    }
    if (bars && file[0] == 'U' && is_digit(file[1]))
        return true;
    if (!bars || file[0] != 'V' || !is_digit(file[1])) {
        leave_out(reading, file);
        return true;
    }
    at = (size_t)(bars - file);
    return add(reading, str_slice(stem, 1, at), str_slice(stem, at + 2, stem.len), file);
}

/* --- Checksums -------------------------------------------------------------------------------- */

/* Flyway, ChecksumCalculator: the CRC-32 of the lines without their ends, as a signed number; a
 * byte order mark does not count. */
static const char *checksum_of_lines(struct arena *arena, str text)
{
    uint32_t crc = 0;

    text = str_slice(text, str_byte_order_mark(text), text.len);
    while (text.len) {
        size_t end = 0;
        while (end < text.len && text.data[end] != '\n' && text.data[end] != '\r')
            end++;
        crc = digest_crc32(crc, str_slice(text, 0, end));
        text = str_slice(text, end < text.len ? end + 1 : end, text.len);
    }
    return arena_printf(arena, "%d", (int)(int32_t)crc);
}

static bool is_left_out_of_sum(str text)
{
    const str line = str_slice(text, 0, str_line_end(text, 0));

    return str_ends_with(str_trim(line), "atlas:sum ignore");
}

/* Atlas, sql/migrate/dir.go, LocalDir.Checksum(): the SHA-256 of the names and texts of all files
 * up to this one. */
static void checksums_of_atlas(struct arena *arena, struct old_folder *folder)
{
    struct buf all = buf_in(arena);

    for (size_t i = 0; i < folder->items.n; i++) {
        struct old_migration *migration = &folder->items.items[i];
        buf_adds(&all, migration->file);
        if (is_left_out_of_sum(migration->text))
            continue;
        buf_add(&all, migration->text.data, migration->text.len);
        migration->checksum = sha256_hex(arena, buf_str(&all));
    }
}

static void fill_checksums(struct arena *arena, struct old_folder *folder)
{
    if (folder->tool->files == FILES_ATLAS)
        checksums_of_atlas(arena, folder);
    for (size_t i = 0; i < folder->items.n; i++) {
        struct old_migration *migration = &folder->items.items[i];
        if (folder->tool->files == FILES_FLYWAY)
            migration->checksum = checksum_of_lines(arena, migration->text);
        if (folder->tool->files == FILES_DRIZZLE)
            migration->checksum = sha256_hex(arena, migration->text);
    }
}

/* --- Reading ---------------------------------------------------------------------------------- */

static bool read_file(struct reading *reading, const char *file)
{
    if (is_code(file)) {
        if (is_digit(file[0]) || (reading->tool->files == FILES_FLYWAY && strstr(file, "__")))
            refuse_code(reading, file);
        return true;
    }
    if (!str_ends_with(str_from(file), ".sql"))
        return true;
    switch (reading->tool->files) {
    case FILES_NUMBERED:
        return read_numbered(reading, file);
    case FILES_ATLAS:
        return read_atlas(reading, file);
    case FILES_FLYWAY:
        return read_flyway(reading, file);
    case FILES_DRIZZLE:
        break;
    }
    return true;
}

static int compare_versions(const void *a, const void *b)
{
    const struct old_migration *left = a, *right = b;

    return file_natural_compare(left->version, right->version);
}

/* Atlas sorts names as texts. */
static int compare_files(const void *a, const void *b)
{
    const struct old_migration *left = a, *right = b;

    return strcmp(left->file, right->file);
}

static void check_doubles(struct reading *reading)
{
    const struct old_folder *folder = reading->folder;

    for (size_t i = 1; i < folder->items.n; i++)
        if (strcmp(folder->items.items[i - 1].version, folder->items.items[i].version) == 0)
            problem(reading, "%s and %s have the same version", folder->items.items[i - 1].file,
                    folder->items.items[i].file);
}

static bool read_all(struct reading *reading)
{
    path_list files = {0};

    if (!file_list(reading->arena, reading->directory, &files, reading->error))
        return false;
    for (size_t i = 0; i < files.n; i++)
        if (!read_file(reading, files.items[i]))
            return false;
    if (reading->tool->files == FILES_DRIZZLE)
        return journal_read(reading->arena, reading->directory, reading->folder, reading->error);
    if (reading->folder->items.n)
        qsort(reading->folder->items.items, reading->folder->items.n,
              sizeof *reading->folder->items.items,
              reading->tool->files == FILES_ATLAS ? compare_files : compare_versions);
    return true;
}

bool old_folder_read(struct arena *arena, const struct tool *tool, const char *directory,
                     struct old_folder *folder, struct error *error)
{
    struct reading reading = {arena, tool, directory, folder, error};

    *folder = (struct old_folder){.tool = tool};
    if (!read_all(&reading))
        return false;
    check_doubles(&reading);
    fill_checksums(arena, folder);
    return true;
}
