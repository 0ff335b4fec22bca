/* Every path is walked from the descriptor of its place's directory, one component at a time. */
#include "support/output_path.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/file.h"

const char *output_full_path(const struct output *output, const struct output_place *place,
                             const char *path)
{
    return file_relative(output->arena, NULL, file_join(output->arena, place->directory, path));
}

static bool is_safe_component(const char *name, size_t len)
{
    return len > 0 && len < 256 && !(len == 1 && name[0] == '.') &&
           !(len == 2 && name[0] == '.' && name[1] == '.');
}

int output_open_parent(const struct output *output, const struct output_file *file, bool make,
                       const char **name)
{
    int directory = open(file->place->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    for (*name = file->path; directory >= 0;) {
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
