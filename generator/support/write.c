/* A write may take a part of the bytes, and a directory may be there already. */
#include "support/write.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

bool write_all(int fd, str text)
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

bool make_directories(struct arena *arena, const char *directory, struct error *error)
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
