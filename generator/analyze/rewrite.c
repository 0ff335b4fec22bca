#include "analyze/transform.h"
void check_rewrite(struct parse *parse, struct query *query)
{
    (void)parse;
    (void)query;
}
