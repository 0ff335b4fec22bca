/* MERGE. */
#include "analyze/transform.h"

struct query *transform_merge(struct parse *parse, const PgQuery__MergeStmt *stmt)
{
    parse_error(parse, "0A000", stmt->relation->location, "MERGE is not supported yet by tenon");
}
