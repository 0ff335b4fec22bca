/* Reading is bounded and never blocks: what is not a regular file is refused before it is read.
 * Directory listings are sorted here, so that neither readdir's order nor the locale matters.
 */
#include "support/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_FILE = 256 * 1024 * 1024 };

static bool read_all(int fd, char *bytes, size_t size, size_t *len)
{
    *len = 0;
    while (*len < size) {
        ssize_t n = read(fd, bytes + *len, size - *len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            break;
        *len += (size_t)n;
    }
    return true;
}

static bool read_open_file(struct arena *arena, const char *path, int fd, str *text,
                           struct error *error)
{
    struct stat status;
    char *bytes;

    if (fstat(fd, &status) != 0)
        return error_set_errno(error, "read", path);
    if (S_ISDIR(status.st_mode))
        return error_set(error, "cannot read %s: it is a directory", path);
    if (!S_ISREG(status.st_mode))
        return error_set(error, "cannot read %s: it is not a regular file", path);
    if (status.st_size > LARGEST_FILE)
        return error_set(error,
                         "cannot read %s: it is larger than %d MiB; a schema needs no data, as of "
                         "pg_dump --schema-only",
                         path, LARGEST_FILE / (1024 * 1024));
    bytes = arena_alloc(arena, (size_t)status.st_size + 1);
    text->data = bytes;
    if (!read_all(fd, bytes, (size_t)status.st_size, &text->len))
        return error_set_errno(error, "read", path);
    bytes[text->len] = '\0';
    return true;
}

bool file_read(struct arena *arena, const char *path, str *text, struct error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool ok;

    if (fd < 0)
        return error_set_errno(error, "read", path);
    ok = read_open_file(arena, path, fd, text, error);
    close(fd);
    return ok;
}

bool file_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Compares the numbers at *left and *right by value and steps over them. */
static int compare_numbers(const char **left, const char **right)
{
    const char *a = *left, *b = *right;
    size_t a_len = 0, b_len = 0;

    while (*a == '0')
        a++;
    while (*b == '0')
        b++;
    while (is_digit(a[a_len]))
        a_len++;
    while (is_digit(b[b_len]))
        b_len++;
    *left = a + a_len;
    *right = b + b_len;
    if (a_len != b_len)
        return a_len < b_len ? -1 : 1;
    return memcmp(a, b, a_len);
}

/* A version of Flyway's ends here (V1__x.sql) and goes on in the other name (V1.1__y.sql, V1_1__y).
 */
static bool ends_before(const char *a, const char *b)
{
    return a[0] == '_' && a[1] == '_' && (b[0] == '.' || b[0] == '_') && is_digit(b[1]);
}

int file_natural_compare(const char *left, const char *right)
{
    const char *a = left, *b = right;

    while (*a && *b) {
        if (ends_before(a, b) || ends_before(b, a))
            return ends_before(a, b) ? -1 : 1;
        if (is_digit(*a) && is_digit(*b)) {
            int order = compare_numbers(&a, &b);
            if (order)
                return order;
        } else if (*a != *b) {
            break;
        } else {
            a++;
            b++;
        }
    }
    if (*a != *b)
        return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
    return strcmp(left, right);
}

/* Flyway runs its repeatable migrations (R__name.sql) after all numbered ones. */
static bool is_repeatable(const char *path)
{
    return strncmp(file_base_name(path), "R__", 3) == 0;
}

static int compare_paths(const void *left, const void *right)
{
    const char *a = *(const char *const *)left, *b = *(const char *const *)right;

    if (is_repeatable(a) != is_repeatable(b))
        return is_repeatable(a) ? 1 : -1;
    return file_natural_compare(a, b);
}

static void add_path(struct arena *arena, path_list *files, const char *path)
{
    for (size_t i = 0; i < files->n; i++)
        if (strcmp(files->items[i], path) == 0)
            return;
    vec_push(arena, files, arena_strdup(arena, path));
}

/* --- Patterns --------------------------------------------------------------------------------- */

/* The pattern for the *.sql files of a directory whose own name may have glob's special bytes. */
static const char *directory_pattern(struct arena *arena, const char *directory)
{
    size_t len = strlen(directory);
    char *pattern = arena_alloc(arena, 2 * len + sizeof "/*.sql"), *out = pattern;

    for (size_t i = 0; i < len; i++) {
        if (strchr("*?[\\", directory[i]))
            *out++ = '\\';
        *out++ = directory[i];
    }
    while (out > pattern + 1 && out[-1] == '/')
        out--;
    strcpy(out, "/*.sql");
    return pattern;
}

static bool is_directory(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The paths that match, in natural order; none is no error. */
static bool list_matches(struct arena *arena, const char *pattern, path_list *paths,
                         struct error *error)
{
    glob_t found = {0};
    int result = glob(pattern, GLOB_NOSORT | GLOB_ERR, NULL, &found);

    if (result == GLOB_ABORTED)
        error_set_errno(error, "list", pattern);
    else if (result != 0 && result != GLOB_NOMATCH)
        error_set(error, "cannot list %s", pattern);
    if (result == 0)
        qsort(found.gl_pathv, found.gl_pathc, sizeof *found.gl_pathv, compare_paths);
    for (size_t i = 0; result == 0 && i < found.gl_pathc; i++)
        vec_push(arena, paths, arena_strdup(arena, found.gl_pathv[i]));
    globfree(&found);
    return result == 0 || result == GLOB_NOMATCH;
}

/* Adds what matches; a directory stands for its files. */
static bool add_matches(struct arena *arena, const char *pattern, path_list *files,
                        struct error *error)
{
    path_list paths = {0};

    if (!list_matches(arena, pattern, &paths, error))
        return false;
    for (size_t i = 0; i < paths.n; i++) {
        if (!is_directory(paths.items[i]))
            add_path(arena, files, paths.items[i]);
        else if (!add_matches(arena, directory_pattern(arena, paths.items[i]), files, error))
            return false;
    }
    return true;
}

/* Adds what matches the pattern's rest in the directory and all below it. */
static bool add_below(struct arena *arena, const char *directory, const char *rest, int depth,
                      path_list *files, struct error *error)
{
    enum { DEEPEST = 64 };
    const char *pattern = directory_pattern(arena, directory);
    const size_t len = strlen(pattern) - strlen("*.sql");
    path_list paths = {0};

    if (!add_matches(arena, arena_printf(arena, "%.*s%s", (int)len, pattern, rest), files, error) ||
        !list_matches(arena, arena_printf(arena, "%.*s*", (int)len, pattern), &paths, error))
        return false;
    for (size_t i = 0; i < paths.n && depth < DEEPEST; i++)
        if (is_directory(paths.items[i]) &&
            !add_below(arena, paths.items[i], rest, depth + 1, files, error))
            return false;
    return true;
}

/* The pattern up to and behind its first component that is `**`. */
static bool split_at_stars(struct arena *arena, const char *pattern, const char **directory,
                           const char **rest)
{
    for (const char *stars = strstr(pattern, "**"); stars; stars = strstr(stars + 1, "**"))
        if ((stars == pattern || stars[-1] == '/') && (stars[2] == '/' || !stars[2])) {
            *directory =
                stars == pattern ? "." : arena_strndup(arena, pattern, (size_t)(stars - pattern));
            *rest = stars[2] && stars[3] ? stars + 3 : "*.sql";
            return true;
        }
    return false;
}

/* What a pattern with a component `**` matches. */
static bool add_below_all(struct arena *arena, const char *directory, const char *rest,
                          path_list *files, struct error *error)
{
    path_list tops = {0};

    if (!list_matches(arena, directory, &tops, error))
        return false;
    for (size_t i = 0; i < tops.n; i++)
        if (!add_below(arena, tops.items[i], rest, 0, files, error))
            return false;
    return true;
}

static bool expand_pattern(struct arena *arena, const char *pattern, path_list *files,
                           struct error *error)
{
    const char *directory, *rest;
    path_list found = {0};
    bool ok = split_at_stars(arena, pattern, &directory, &rest)
                  ? add_below_all(arena, directory, rest, &found, error)
                  : add_matches(arena, pattern, &found, error);

    if (ok && !found.n)
        return error_set(error, "no file matches %s", pattern);
    for (size_t i = 0; i < found.n; i++)
        add_path(arena, files, found.items[i]);
    return ok;
}

static int compare_names(const void *left, const void *right)
{
    return file_natural_compare(*(const char *const *)left, *(const char *const *)right);
}

bool file_list(struct arena *arena, const char *directory, path_list *names, struct error *error)
{
    DIR *dir = opendir(directory);

    if (!dir)
        return error_set_errno(error, "list", directory);
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        if (entry->d_name[0] != '.')
            vec_push(arena, names, arena_strdup(arena, entry->d_name));
    closedir(dir);
    if (names->n)
        qsort(names->items, names->n, sizeof *names->items, compare_names);
    return true;
}

bool file_has_sql(struct arena *arena, const char *directory)
{
    glob_t found = {0};
    const bool is_there = glob(directory_pattern(arena, directory), GLOB_NOSORT, NULL, &found) == 0;

    globfree(&found);
    return is_there;
}

bool file_expand(struct arena *arena, const char *argument, path_list *files, struct error *error)
{
    struct stat status;

    if (stat(argument, &status) != 0) {
        if (strpbrk(argument, "*?["))
            return expand_pattern(arena, argument, files, error);
        return error_set_errno(error, "read", argument);
    }
    if (S_ISDIR(status.st_mode))
        return expand_pattern(arena, directory_pattern(arena, argument), files, error);
    add_path(arena, files, argument);
    return true;
}

const char *file_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

const char *file_directory(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return ".";
    return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}

const char *file_join(struct arena *arena, const char *directory, const char *name)
{
    if (*name == '/' || strcmp(directory, ".") == 0)
        return name;
    return arena_printf(arena, "%s%s%s", directory,
                        directory[strlen(directory) - 1] == '/' ? "" : "/", name);
}

/* The path without "./" components, doubled slashes and a slash at the end. */
static const char *simplify(struct arena *arena, const char *path)
{
    char *simple = arena_alloc(arena, strlen(path) + 1), *out = simple;

    while (*path) {
        bool starts = out == simple || out[-1] == '/';
        if (starts && path[0] == '.' && (path[1] == '/' || !path[1]))
            path += path[1] ? 2 : 1;
        else if (starts && out > simple && *path == '/')
            path++;
        else
            *out++ = *path++;
    }
    if (out > simple + 1 && out[-1] == '/')
        out[-1] = '\0';
    return simple;
}

const char *file_relative(struct arena *arena, const char *root, const char *path)
{
    size_t len;

    path = simplify(arena, path);
    if (!root)
        return path;
    root = simplify(arena, root);
    len = strlen(root);
    if (len && strncmp(path, root, len) == 0) {
        if (root[len - 1] == '/')
            return path + len;
        if (path[len] == '/')
            return path + len + 1;
    }
    return path;
}
