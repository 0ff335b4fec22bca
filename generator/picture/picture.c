/* From catalogs to what is to be seen: tables by name, columns in their order, those that went
 * behind those that are there.
 */
#include "picture/picture.h"

#include <stdlib.h>
#include <string.h>

#include "support/map.h"

enum { FEW = 12 };

struct drawing {
    struct arena *arena;
    const struct catalog *catalog; /* whose relations are added */
    struct picture *picture;
    struct map tables; /* name → index + 1 */
};

static const char *table_name(const struct drawing *drawing, const struct relation *relation)
{
    const struct namespace *namespace =
        catalog_get_namespace(drawing->catalog, relation->namespace_oid);

    if (!namespace || strcmp(namespace->name, "public") == 0)
        return relation->name;
    return arena_printf(drawing->arena, "%s.%s", namespace->name, relation->name);
}

static bool is_table(const struct relation *relation)
{
    return relation && strchr("rpf", relation->relkind) && !relation->is_temporary &&
           !relation->partition_bound && !relation->about.extension;
}

static size_t find_table(const struct drawing *drawing, const char *name)
{
    return (size_t)(uintptr_t)map_find(&drawing->tables, name);
}

static struct picture_column *find_column(struct picture_table *table, const char *name,
                                          size_t *place)
{
    for (size_t i = 0; i < table->columns.n; i++)
        if (strcmp(table->columns.items[i].name, name) == 0) {
            *place = i;
            return &table->columns.items[i];
        }
    *place = 0;
    return NULL;
}

static bool is_in_key(const struct relation *relation, int16_t column, enum constraint_kind kind)
{
    for (size_t i = 0; i < relation->constraints.n; i++)
        for (size_t k = 0; relation->constraints.items[i]->kind == kind &&
                           k < relation->constraints.items[i]->n_columns;
             k++)
            if (relation->constraints.items[i]->columns[k] == column)
                return true;
    return false;
}

static struct picture_column column_of(const struct drawing *drawing,
                                       const struct relation *relation,
                                       const struct attribute *attribute)
{
    return (struct picture_column){
        .name = attribute->name,
        .type = catalog_format_type_mod(drawing->catalog, drawing->arena, attribute->type,
                                        attribute->typmod),
        .not_null = attribute->not_null,
        .is_key = is_in_key(relation, attribute->number, CONSTRAINT_PRIMARY),
        .is_foreign = is_in_key(relation, attribute->number, CONSTRAINT_FOREIGN)};
}

/* --- The schema as it is ---------------------------------------------------------------------- */

static void add_table(struct drawing *drawing, const struct relation *relation,
                      enum picture_mark mark)
{
    struct picture_table table = {.name = table_name(drawing, relation), .mark = mark};

    for (size_t i = 0; i < relation->attributes.n; i++)
        if (!relation->attributes.items[i].is_dropped) {
            struct picture_column column =
                column_of(drawing, relation, &relation->attributes.items[i]);
            column.mark = mark;
            vec_push(drawing->arena, &table.columns, column);
        }
    vec_push(drawing->arena, &drawing->picture->tables, table);
    map_put(&drawing->tables, table.name, (void *)(uintptr_t)drawing->picture->tables.n);
}

static void add_line(struct drawing *drawing, const struct relation *relation,
                     const struct constraint *key, enum picture_mark mark)
{
    const struct relation *referenced = catalog_get_relation(drawing->catalog, key->ref_relid);
    const size_t from = find_table(drawing, table_name(drawing, relation));
    const size_t to = referenced ? find_table(drawing, table_name(drawing, referenced)) : 0;
    struct picture_line line = {.mark = mark};
    struct picture *picture = drawing->picture;

    if (!from || !to || !key->n_columns)
        return;
    line.from = from - 1;
    line.to = to - 1;
    find_column(&picture->tables.items[line.from],
                relation->attributes.items[key->columns[0] - 1].name, &line.from_column);
    find_column(&picture->tables.items[line.to],
                referenced->attributes.items[key->ref_columns[0] - 1].name, &line.to_column);
    for (size_t i = 0; i < picture->lines.n; i++)
        if (picture->lines.items[i].from == line.from && picture->lines.items[i].to == line.to &&
            picture->lines.items[i].from_column == line.from_column &&
            picture->lines.items[i].to_column == line.to_column) {
            if (mark == MARK_ADDED) /* of both schemas: the older one came first */
                picture->lines.items[i].mark = MARK_SAME;
            return;
        }
    vec_push(drawing->arena, &picture->lines, line);
}

static void add_lines(struct drawing *drawing, enum picture_mark mark)
{
    size_t n;
    struct relation *const *relations = catalog_relations(drawing->catalog, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; is_table(relations[i]) && k < relations[i]->constraints.n; k++)
            if (relations[i]->constraints.items[k]->kind == CONSTRAINT_FOREIGN)
                add_line(drawing, relations[i], relations[i]->constraints.items[k], mark);
}

static int by_name(const void *a, const void *b)
{
    const struct relation *const *left = a, *const *right = b;

    return strcmp((*left)->name, (*right)->name);
}

static void add_tables(struct drawing *drawing, enum picture_mark mark)
{
    size_t n, n_tables = 0;
    struct relation *const *relations = catalog_relations(drawing->catalog, &n);
    const struct relation **tables = arena_array(drawing->arena, const struct relation *, n + 1);

    for (size_t i = 0; i < n; i++)
        if (is_table(relations[i]))
            tables[n_tables++] = relations[i];
    qsort(tables, n_tables, sizeof(*tables), by_name);
    for (size_t i = 0; i < n_tables; i++)
        add_table(drawing, tables[i], mark);
}

/* --- What is different ------------------------------------------------------------------------ */

static void mark_column(struct picture_column *new, const struct picture_column *old)
{
    const bool has_type = strcmp(new->type, old->type) != 0;

    new->mark = has_type || new->not_null != old->not_null || new->is_key != old->is_key
                    ? MARK_CHANGED
                    : MARK_SAME;
    new->old_type = has_type ? old->type : NULL;
}

static void mark_columns(struct drawing *drawing, struct picture_table *table,
                         const struct relation *old)
{
    size_t place;

    for (size_t i = 0; i < table->columns.n; i++)
        table->columns.items[i].mark = MARK_ADDED;
    for (size_t i = 0; i < old->attributes.n; i++) {
        struct picture_column column;
        struct picture_column *now;
        if (old->attributes.items[i].is_dropped)
            continue;
        column = column_of(drawing, old, &old->attributes.items[i]);
        now = find_column(table, column.name, &place);
        if (now) {
            mark_column(now, &column);
        } else {
            column.mark = MARK_REMOVED;
            vec_push(drawing->arena, &table->columns, column);
        }
    }
    table->mark = MARK_SAME;
    for (size_t i = 0; i < table->columns.n; i++)
        if (table->columns.items[i].mark != MARK_SAME)
            table->mark = MARK_CHANGED;
}

static void mark_tables(struct drawing *drawing)
{
    size_t n;
    struct relation *const *relations = catalog_relations(drawing->catalog, &n);

    for (size_t i = 0; i < n; i++) {
        size_t at;
        if (!is_table(relations[i]))
            continue;
        at = find_table(drawing, table_name(drawing, relations[i]));
        if (at)
            mark_columns(drawing, &drawing->picture->tables.items[at - 1], relations[i]);
        else
            add_table(drawing, relations[i], MARK_REMOVED);
    }
}

struct picture *picture_of(struct arena *arena, const struct catalog *before,
                           const struct catalog *after)
{
    struct drawing drawing = {
        .arena = arena, .catalog = after, .picture = arena_new(arena, struct picture)};

    drawing.tables.arena = arena;
    drawing.picture->has_marks = before != NULL;
    add_tables(&drawing, before ? MARK_ADDED : MARK_SAME);
    if (before) {
        drawing.catalog = before;
        mark_tables(&drawing);
        add_lines(&drawing, MARK_REMOVED);
        drawing.catalog = after;
    }
    add_lines(&drawing, before ? MARK_ADDED : MARK_SAME);
    return drawing.picture;
}

/* --- What matters ----------------------------------------------------------------------------- */

static bool *shown_tables(struct arena *arena, const struct picture *picture)
{
    bool *shown = arena_array(arena, bool, picture->tables.n + 1);
    const struct picture_line *lines = picture->lines.items;

    for (size_t i = 0; i < picture->lines.n; i++)
        if (lines[i].mark != MARK_SAME || picture->tables.items[lines[i].from].mark != MARK_SAME ||
            picture->tables.items[lines[i].to].mark != MARK_SAME)
            shown[lines[i].from] = shown[lines[i].to] = true;
    for (size_t i = 0; i < picture->tables.n; i++)
        shown[i] |= picture->tables.items[i].mark != MARK_SAME;
    return shown;
}

void picture_focus(struct arena *arena, struct picture *picture)
{
    const bool *shown = shown_tables(arena, picture);
    size_t *places = arena_array(arena, size_t, picture->tables.n + 1);
    size_t n = 0, n_lines = 0;

    if (picture->tables.n <= FEW)
        return;
    for (size_t i = 0; i < picture->tables.n; i++) {
        places[i] = n;
        if (shown[i])
            picture->tables.items[n++] = picture->tables.items[i];
    }
    for (size_t i = 0; i < picture->lines.n; i++) {
        struct picture_line line = picture->lines.items[i];
        if (!shown[line.from] || !shown[line.to])
            continue;
        line.from = places[line.from];
        line.to = places[line.to];
        picture->lines.items[n_lines++] = line;
    }
    picture->n_left_out = picture->tables.n - n;
    picture->tables.n = n;
    picture->lines.n = n_lines;
}
