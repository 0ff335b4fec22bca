/* A file appears whole or not at all: it is written under another name first. */
#include "support/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "support/file.h"
#include "support/write.h"

static bool write_temporary(const char *path, str text, struct error *error)
{
    int fd;
    bool ok;

    unlink(path); /* of a run that was killed */
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_set_errno(error, "write", path);
    ok = write_all(fd, text) && fsync(fd) == 0;
    if (!ok)
        error_set_errno(error, "write", path);
    if (close(fd) != 0 && ok)
        ok = error_set_errno(error, "write", path);
    if (!ok)
        unlink(path);
    return ok;
}

bool file_create(struct arena *arena, const char *path, str text, struct error *error)
{
    const char *temporary = arena_printf(arena, "%s.new", path);
    bool ok;

    if (!make_directories(arena, file_directory(arena, path), error) ||
        !write_temporary(temporary, text, error))
        return false;
    /* link() is the rename that fails when the name is taken. */
    ok = link(temporary, path) == 0;
    if (!ok)
        error_set_errno(error, "write", path);
    unlink(temporary);
    return ok;
}

bool file_rewrite(struct arena *arena, const char *path, str text, struct error *error)
{
    const char *temporary = arena_printf(arena, "%s.new", path);

    if (!write_temporary(temporary, text, error))
        return false;
    if (rename(temporary, path) == 0)
        return true;
    error_set_errno(error, "write", path);
    unlink(temporary);
    return false;
}

bool file_remove(const char *path, struct error *error)
{
    return unlink(path) == 0 || error_set_errno(error, "remove", path);
}
