/* The order of work: compare everything (output_compare.c), write every temporary file, then rename
 * and remove. So a full disk is noticed before the first old file is gone.
 */
#include "support/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/file.h"
#include "support/output_path.h"
#include "support/write.h"

bool output_is_marked(str text, const char *mark)
{
    size_t n = strlen(mark), len = str_line_end(text, 0);

    for (size_t i = 0; i + n <= len; i++)
        if (memcmp(text.data + i, mark, n) == 0)
            return true;
    return false;
}

void output_add(struct output *output, const struct output_place *place, const char *path, str text)
{
    vec_push(output->arena, &output->files,
             (struct output_file){.place = place,
                                  .path = path,
                                  .full = output_full_path(output, place, path),
                                  .text = text});
}

/* Whether the paths are equal, or the one is a directory of the other. */
static bool is_same_or_above(const char *path, const char *other)
{
    size_t len = strlen(path);

    return strncmp(path, other, len) == 0 && (!other[len] || other[len] == '/');
}

const struct output_file *output_find_clash(const struct output *output,
                                            const struct output_place *place, const char *path)
{
    const char *full = output_full_path(output, place, path);

    for (size_t i = 0; i < output->files.n; i++) {
        const struct output_file *file = &output->files.items[i];
        if (is_same_or_above(full, file->full) || is_same_or_above(file->full, full))
            return file;
    }
    return NULL;
}

static const char *temporary_name(struct arena *arena, const char *name)
{
    return arena_printf(arena, ".%s.%ld.tmp", name, (long)getpid());
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
    directory = output_open_parent(output, file, step == STEP_WRITE, &name);
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
            return error_set_errno(error, "write", output->files.items[i].full);
    return true;
}

/* The directories of all places; those below them are made with their first file. */
static bool make_places(const struct output *output, struct error *error)
{
    const struct output_place *made = NULL;

    for (size_t i = 0; i < output->files.n; i++) {
        const struct output_place *place = output->files.items[i].place;
        if (place != made && !make_directories(output->arena, place->directory, error))
            return false;
        made = place;
    }
    return true;
}

bool output_write(struct output *output, struct error *error)
{
    if (make_places(output, error) && take_step_for_all(output, STEP_WRITE, error) &&
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
