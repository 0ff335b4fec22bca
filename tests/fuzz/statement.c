/* One statement against a schema that is loaded once: the fastest way to the analysis.
 *
 * What an accepted statement must fulfil: no error, as many answers on NULL as columns, a type for
 * each column and parameter, and stars that lie in order inside of the text.
 */
#include <string.h>

#include "analyze/analyze.h"
#include "compile/compile.h"
#include "fuzz/oracle.h"
#include "prove/cardinality.h"
#include "prove/nulls.h"

#define HEADER "-- schema: "

enum { MOST_SCHEMAS = 64 };

struct fixture {
    char name[64];
    struct catalog *catalog; /* NULL: there is no such schema */
};

static struct fixture fixtures[MOST_SCHEMAS];
static size_t n_fixtures;
static struct arena forever;

static struct catalog *load(const char *name)
{
    const char *path = arena_printf(&forever, "%s/%s/schema.sql", FUZZ_SCHEMAS, name);
    const struct compile_settings settings = {0};
    struct compile_input input = {0};
    struct compilation compilation;
    struct error error;
    str text;

    if (strchr(name, '.') || strchr(name, '/') || !file_read(&forever, path, &text, &error))
        return NULL;
    vec_push(&forever, &input.schema, source_create(&forever, path, text));
    compile(&forever, &settings, &input, &compilation);
    return compilation.catalog;
}

static struct catalog *find_catalog(str name)
{
    struct fixture *fixture;

    for (size_t i = 0; i < n_fixtures; i++)
        if (str_is(name, fixtures[i].name))
            return fixtures[i].catalog;
    if (n_fixtures == MOST_SCHEMAS || name.len >= sizeof fixture->name ||
        memchr(name.data, '\0', name.len))
        return NULL;
    fixture = &fixtures[n_fixtures];
    memcpy(fixture->name, name.data, name.len);
    fixture->catalog = load(fixture->name);
    if (!fixture->catalog) {
        memset(fixture, 0, sizeof *fixture);
        return NULL;
    }
    n_fixtures++;
    return fixture->catalog;
}

static void check_analysis(const struct catalog *catalog, const struct sql *sql,
                           const struct analysis *analysis)
{
    size_t n;
    const struct target *targets = query_result(analysis->query, &n);
    int at = 0;

    for (size_t i = 0; i < n; i++) {
        CHECK(targets[i].name, "column %zu has no name", i);
        CHECK(catalog_get_type(catalog, targets[i].expr->type), "column %zu: type %u", i,
              targets[i].expr->type);
    }
    for (size_t i = 0; i < analysis->n_params; i++) {
        CHECK(analysis->params[i].number == (int)i + 1, "parameter %zu", i);
        CHECK(catalog_get_type(catalog, analysis->params[i].type), "$%zu: type %u", i + 1,
              analysis->params[i].type);
    }
    for (size_t i = 0; i < analysis->n_stars; i++) {
        const struct star_expansion *star = &analysis->stars[i];
        CHECK(star->from >= at && star->from < star->to && (size_t)star->to <= sql->len,
              "star at %d to %d", star->from, star->to);
        CHECK(memchr(sql->text + star->from, '*', (size_t)(star->to - star->from)),
              "star at %d to %d", star->from, star->to);
        at = star->to;
    }
}

static void infer(struct arena *arena, const struct catalog *catalog,
                  const struct analysis *analysis)
{
    bool *param_nullable = arena_array(arena, bool, analysis->n_params);
    struct nulls_input input = {catalog, analysis->query, param_nullable, analysis->n_params};
    struct nullability *answers;
    struct cardinality cardinality;
    size_t n, n_columns;

    for (size_t i = 0; i < analysis->n_params; i += 2)
        param_nullable[i] = true;
    answers = nulls_infer(arena, &input, &n);
    query_result(analysis->query, &n_columns);
    CHECK(n == n_columns, "%zu answers for %zu columns", n, n_columns);
    for (size_t i = 0; i < n; i++)
        CHECK(answers[i].reason, "column %zu has no reason", i);
    cardinality = cardinality_infer(arena, catalog, analysis->query);
    CHECK(!cardinality.at_most_one || cardinality.reason, "at most one without a reason");
}

static void analyze(struct arena *arena, const struct catalog *catalog, str text)
{
    struct diags diags = {.arena = arena};
    char *copy = arena_strndup(arena, text.data, text.len);
    const struct source *source = source_create(arena, "fuzz.sql", (str){copy, text.len});
    struct sql sql = {.source = source, .text = copy, .len = text.len};
    struct statement statement;
    struct analysis analysis = {0};

    if (sql_parse_one(arena, &sql, &diags, &statement)) {
        if (analyze_statement(arena, catalog, &statement, &diags, &analysis)) {
            CHECK(diags.n_errors == 0, "accepted with an error: %s", diags.list.items[0]->message);
            check_analysis(catalog, &sql, &analysis);
            infer(arena, catalog, &analysis);
        } else {
            CHECK(diags.n_errors > 0, "refused without an error");
        }
    } else {
        CHECK(diags.n_errors > 0, "not parsed, without an error");
    }
    check_diags(arena, &diags);
}

void fuzz_statement(const uint8_t *data, size_t size)
{
    str text = {(const char *)data, size};
    struct arena arena = {0};
    struct catalog *catalog;
    const char *end;

    if (!str_starts_with(text, HEADER) || !(end = memchr(text.data, '\n', text.len)))
        return;
    catalog = find_catalog(str_slice(text, strlen(HEADER), (size_t)(end - text.data)));
    text = str_slice(text, (size_t)(end - text.data) + 1, text.len);
    if (catalog && text.len > 0 && str_valid_utf8(text) == text.len)
        analyze(&arena, catalog, text);
    arena_finish(&arena);
}
