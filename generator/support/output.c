/* The order of work: compare everything, write every temporary file, then rename and remove. So a
 * full disk is noticed before the first old file is gone.
 *
 * Every path is walked from the output directory's descriptor, one component at a time, without
 * following links.
 */
#include "support/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/file.h"

void output_add(struct output *output, const char *path, str text)
{
    vec_push(output->arena, &output->files, (struct output_file){.path = path, .text = text});
}

/* --- Directories ------------------------------------------------------------------------------ */

/* Makes the directory and its parents. */
static bool make_directories(struct arena *arena, const char *directory, struct error *error)
{
    char *path = arena_strdup(arena, directory);

    for (char *c = path + 1; *path && *c; c++) {
        if (*c != '/')
            continue;
        *c = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            return error_set_errno(error, "make directory", path);
        *c = '/';
    }
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return error_set_errno(error, "make directory", path);
    return true;
}

static bool is_safe_component(const char *name, size_t len)
{
    return len > 0 && len < 256 && !(len == 1 && name[0] == '.') &&
           !(len == 2 && name[0] == '.' && name[1] == '.');
}

/* The directory of `path` below the output directory, and the name in it. -1 with ENOENT when it
 * does not exist and is not to be made. */
static int open_parent(const struct output *output, const char *path, bool make, const char **name)
{
    int directory = open(output->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    for (*name = path; directory >= 0;) {
        const char *slash = strchr(*name, '/');
        size_t len = slash ? (size_t)(slash - *name) : strlen(*name);
        const char *component;
        int next;

        if (!is_safe_component(*name, len)) {
            close(directory);
            errno = EINVAL;
            return -1;
        }
        if (!slash)
            return directory;
        component = arena_strndup(output->arena, *name, len);
        if (make && mkdirat(directory, component, 0777) != 0 && errno != EEXIST)
            next = -1;
        else
            next = openat(directory, component, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        close(directory);
        directory = next;
        *name = slash + 1;
    }
    return -1;
}

static const char *full_path(const struct output *output, const char *path)
{
    return file_join(output->arena, output->directory, path);
}

/* What is in the way of a generated file. */
static bool in_the_way(const struct output *output, const char *what, const char *path,
                       struct error *error)
{
    const char *reason = NULL;

    if (errno == ENOTDIR)
        reason = "a directory on the way is a symbolic link or no directory";
    else if (errno == ELOOP)
        reason = "it is a symbolic link";
    else if (errno == EEXIST)
        reason = "it is not a regular file";
    if (!reason)
        return error_set_errno(error, what, full_path(output, path));
    return error_set(error, "cannot %s %s: %s", what, full_path(output, path), reason);
}

/* --- Comparing -------------------------------------------------------------------------------- */

static bool read_at(struct arena *arena, int directory, const char *name, str *text)
{
    int fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    size_t len = 0;
    char *bytes;
    bool ok;

    if (fd < 0)
        return false;
    ok = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    if (!ok)
        errno = EEXIST;
    bytes = arena_alloc(arena, ok ? (size_t)status.st_size + 1 : 1);
    while (ok && len < (size_t)status.st_size) {
        ssize_t n = read(fd, bytes + len, (size_t)status.st_size - len);
        if (n < 0 && errno != EINTR)
            ok = false;
        if (n == 0)
            break;
        len += n > 0 ? (size_t)n : 0;
    }
    close(fd);
    *text = (str){bytes, len};
    return ok;
}

static bool compare_file(struct output *output, struct output_file *file, struct error *error)
{
    const char *name;
    int directory = open_parent(output, file->path, false, &name);
    bool found;

    if (directory < 0 && errno != ENOENT)
        return in_the_way(output, "write", file->path, error);
    found = directory >= 0 && read_at(output->arena, directory, name, &file->old_text);
    if (directory >= 0 && !found && errno != ENOENT) {
        in_the_way(output, "overwrite", file->path, error);
        close(directory);
        return false;
    }
    if (directory >= 0)
        close(directory);
    if (!found)
        file->change = OUTPUT_ADDED;
    else if (str_eq(file->text, file->old_text))
        file->change = OUTPUT_SAME;
    else
        file->change = OUTPUT_CHANGED;
    if (found && !str_starts_with(file->old_text, output->mark))
        return error_set(error, "will not overwrite %s: it was not generated by tenon",
                         full_path(output, file->path));
    return true;
}

static bool is_wanted(const struct output *output, const char *path)
{
    for (size_t i = 0; i < output->files.n; i++)
        if (strcmp(output->files.items[i].path, path) == 0)
            return true;
    return false;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void list_directory(struct arena *arena, int fd, path_list *names)
{
    DIR *stream = fdopendir(fd);
    const struct dirent *entry;

    if (!stream) {
        close(fd);
        return;
    }
    while ((entry = readdir(stream)) != NULL) {
        str name = str_from(entry->d_name);
        if (str_ends_with(name, ".c") || str_ends_with(name, ".h"))
            vec_push(arena, names, arena_strdup(arena, entry->d_name));
    }
    closedir(stream);
    if (names->n)
        qsort(names->items, names->n, sizeof *names->items, compare_names);
}

/* Finds the generated files beside `path` that are no longer wanted. */
static void find_stale_beside(struct output *output, const char *path)
{
    const char *name;
    int directory = open_parent(output, path, false, &name), listed;
    path_list names = {0};

    if (directory < 0)
        return;
    listed = dup(directory);
    if (listed >= 0)
        list_directory(output->arena, listed, &names);
    for (size_t i = 0; i < names.n; i++) {
        const char *other =
            arena_printf(output->arena, "%.*s%s", (int)(name - path), path, names.items[i]);
        struct output_file file = {.path = other, .change = OUTPUT_REMOVED};
        if (!is_wanted(output, other) &&
            read_at(output->arena, directory, names.items[i], &file.old_text) &&
            str_starts_with(file.old_text, output->mark))
            vec_push(output->arena, &output->files, file);
    }
    close(directory);
}

/* Whether an earlier file is in the same directory, whose stale files have been found then. */
static bool is_directory_seen(const struct output *output, size_t i)
{
    const char *path = output->files.items[i].path;
    size_t len = (size_t)(file_base_name(path) - path);

    for (size_t k = 0; k < i; k++) {
        const char *other = output->files.items[k].path;
        if ((size_t)(file_base_name(other) - other) == len && memcmp(other, path, len) == 0)
            return true;
    }
    return false;
}

bool output_compare(struct output *output, struct error *error)
{
    size_t n = output->files.n;

    for (size_t i = 0; i < n; i++)
        if (!compare_file(output, &output->files.items[i], error))
            return false;
    for (size_t i = 0; i < n; i++)
        if (!is_directory_seen(output, i))
            find_stale_beside(output, output->files.items[i].path);
    return true;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static const char *temporary_name(struct arena *arena, const char *name)
{
    return arena_printf(arena, ".%s.%ld.tmp", name, (long)getpid());
}

static bool write_all(int fd, str text)
{
    while (text.len) {
        ssize_t n = write(fd, text.data, text.len);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            text = str_slice(text, (size_t)n, text.len);
    }
    return true;
}

static bool write_at(int directory, const char *name, str text)
{
    int fd, saved;
    bool ok;

    unlinkat(directory, name, 0);
    fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return false;
    ok = write_all(fd, text);
    saved = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        saved = errno;
    }
    if (!ok)
        unlinkat(directory, name, 0);
    errno = saved;
    return ok;
}

enum step { STEP_WRITE, STEP_RENAME, STEP_DISCARD };

/* One step of the work on one file, in its directory. */
static bool take_step(struct output *output, const struct output_file *file, enum step step)
{
    const char *name, *temporary;
    int directory, saved;
    bool ok = true;

    if (file->change == OUTPUT_SAME || (file->change == OUTPUT_REMOVED && step != STEP_RENAME))
        return true;
    directory = open_parent(output, file->path, step == STEP_WRITE, &name);
    if (directory < 0)
        return false;
    temporary = temporary_name(output->arena, name);
    if (file->change == OUTPUT_REMOVED)
        ok = unlinkat(directory, name, 0) == 0;
    else if (step == STEP_WRITE)
        ok = write_at(directory, temporary, file->text);
    else if (step == STEP_RENAME)
        ok = renameat(directory, temporary, directory, name) == 0;
    else
        unlinkat(directory, temporary, 0);
    saved = errno;
    close(directory);
    errno = saved;
    return ok;
}

static bool take_step_for_all(struct output *output, enum step step, struct error *error)
{
    for (size_t i = 0; i < output->files.n; i++)
        if (!take_step(output, &output->files.items[i], step))
            return error_set_errno(error, "write", full_path(output, output->files.items[i].path));
    return true;
}

bool output_write(struct output *output, struct error *error)
{
    if (make_directories(output->arena, output->directory, error) &&
        take_step_for_all(output, STEP_WRITE, error) &&
        take_step_for_all(output, STEP_RENAME, error))
        return true;
    for (size_t i = 0; i < output->files.n; i++)
        take_step(output, &output->files.items[i], STEP_DISCARD);
    return false;
}

bool output_replace(const char *path, str text, struct error *error)
{
    struct arena arena = {0};
    const char *directory = file_directory(&arena, path), *name = file_base_name(path);
    const char *temporary = temporary_name(&arena, name);
    int fd = -1;
    bool ok = make_directories(&arena, directory, error);

    if (ok) {
        fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        ok = fd >= 0 && write_at(fd, temporary, text) && renameat(fd, temporary, fd, name) == 0;
        if (!ok)
            error_set_errno(error, "write", path);
    }
    if (fd >= 0)
        close(fd);
    arena_finish(&arena);
    return ok;
}
