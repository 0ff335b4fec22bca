/* What the files of operators share. */
#ifndef TENON_ANALYZE_OPERATOR_H
#define TENON_ANALYZE_OPERATOR_H

#include "analyze/transform.h"

struct qualified_name operator_name(struct parse *parse, const PgQuery__AExpr *expr);
struct expr *transform_in_list(struct parse *parse, const PgQuery__AExpr *expr);

#endif
