/* CREATE TABLE (LIKE source INCLUDING …): columns with their types and NOT NULL are always copied;
 * the rest as the options say. Copies are independent of the source afterwards.
 */
#include "ddl/table.h"

/* The parser's bits; INCLUDING ALL sets every one. */
enum {
    LIKE_COMMENTS = 1 << 0,
    LIKE_COMPRESSION = 1 << 1,
    LIKE_CONSTRAINTS = 1 << 2,
    LIKE_DEFAULTS = 1 << 3,
    LIKE_GENERATED = 1 << 4,
    LIKE_IDENTITY = 1 << 5,
    LIKE_INDEXES = 1 << 6,
    LIKE_STATISTICS = 1 << 7,
    LIKE_STORAGE = 1 << 8,
};

static struct attribute copied(const struct attribute *source, uint32_t options)
{
    struct attribute copy = {.name = source->name,
                             .type = source->type,
                             .typmod = source->typmod,
                             .not_null = source->not_null,
                             .collation = source->collation,
                             .is_local = true};

    if (options & LIKE_GENERATED)
        copy.generated = source->generated;
    if (options & LIKE_IDENTITY)
        copy.identity = source->identity;
    copy.has_default = copy.generated || copy.identity ||
                       ((options & LIKE_DEFAULTS) && source->has_default && !source->generated &&
                        !source->identity);
    if (copy.has_default && !copy.identity) {
        copy.default_expr = source->default_expr;
        copy.default_type = source->default_type;
        copy.generated_from = source->generated_from; /* see generated_translate() */
        copy.n_generated_from = source->n_generated_from;
    }
    if (options & LIKE_STORAGE)
        copy.storage = source->storage;
    if (options & LIKE_COMPRESSION)
        copy.compression = source->compression;
    if (options & LIKE_COMMENTS)
        copy.about.comment = source->about.comment;
    return copy;
}

static const struct sequence *sequence_of(struct ddl *ddl, const struct relation *source,
                                          int16_t column)
{
    const struct relation *sequence = owned_sequence_find(ddl, source, column);

    return sequence ? sequence->sequence : NULL;
}

void like_expand(struct ddl *ddl, struct table_parts *parts, const PgQuery__TableLikeClause *clause)
{
    struct qualified_name name = name_from_range_var(clause->relation);
    span at = range_var_span(ddl, clause->relation);
    const struct relation *source;

    if (!relation_find(ddl, clause->relation) && index_find(ddl, name.schema, name.name))
        ddl_fail(ddl, "42809", at, "relation \"%s\" is invalid in LIKE clause", name.name);
    source = relation_get(ddl, clause->relation);
    if (source->relkind == 'S')
        ddl_fail(ddl, "42809", at, "relation \"%s\" is invalid in LIKE clause", source->name);
    for (size_t i = 0; i < source->attributes.n; i++) {
        const struct attribute *column = &source->attributes.items[i];
        struct attribute copy;
        if (column->is_dropped)
            continue;
        copy = copied(column, clause->options);
        copy.defined_at = at;
        vec_push(ddl->arena, &parts->columns, copy);
        if (copy.identity)
            vec_push(ddl->arena, &parts->sequences,
                     (struct sequence_source){.column = copy.name,
                                              .is_identity = true,
                                              .like = sequence_of(ddl, source, column->number)});
    }
    vec_push(ddl->arena, &parts->copies,
             (struct copied_parts){source, (clause->options & LIKE_CONSTRAINTS) != 0,
                                   (clause->options & LIKE_INDEXES) != 0,
                                   (clause->options & LIKE_STATISTICS) != 0});
}
