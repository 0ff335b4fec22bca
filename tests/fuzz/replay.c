/* Runs files through the fuzz targets, without a fuzzer: fuzz_replay TARGET/FILE... The target is
 * the name of the folder that a file is in. */
#include <stdbool.h>
#include <string.h>

#include "fuzz/targets.h"

static const struct {
    const char *name;
    fuzz_target *run;
} targets[] = {
    {"compile", fuzz_compile}, {"statement", fuzz_statement}, {"config", fuzz_config},
    {"answer", fuzz_answer},   {"decode", fuzz_decode},
};

static bool is_in_folder(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    size_t len = strlen(name);

    return slash && (size_t)(slash - path) >= len && strncmp(slash - len, name, len) == 0 &&
           ((size_t)(slash - path) == len || slash[-1 - (long)len] == '/');
}

static fuzz_target *find_target(const char *path)
{
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        if (is_in_folder(path, targets[i].name))
            return targets[i].run;
    return NULL;
}

/* The bytes of the file, in memory of exactly their size. */
static uint8_t *read_bytes(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes;
    long end;

    CHECK(file, "%s", path);
    CHECK(fseek(file, 0, SEEK_END) == 0 && (end = ftell(file)) >= 0, "%s", path);
    rewind(file);
    *size = (size_t)end;
    bytes = malloc(*size ? *size : 1);
    CHECK(bytes && fread(bytes, 1, *size, file) == *size, "%s", path);
    fclose(file);
    return bytes;
}

int main(int n_args, char **args)
{
    for (int i = 1; i < n_args; i++) {
        fuzz_target *run = find_target(args[i]);
        size_t size;
        uint8_t *bytes;
        CHECK(run, "%s: not in the folder of a target", args[i]);
        fprintf(stderr, "%s\n", args[i]);
        bytes = read_bytes(args[i], &size);
        run(bytes, size);
        free(bytes);
    }
    return 0;
}
