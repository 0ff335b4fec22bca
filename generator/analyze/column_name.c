/* The name of a select-list item without AS (FigureColname): a strong one from a column, function
 * or keyword, a weak one from a cast's type or CASE, else "?column?".
 */
#include "analyze/transform.h"

enum strength { NONE, WEAK, STRONG };

static enum strength figure(struct parse *parse, const PgQuery__Node *node, const char **name);

static enum strength strong(const char *text, const char **name)
{
    *name = text;
    return STRONG;
}

/* The last plain name among fields, subscripts and stars. */
static const char *last_field(struct node_list fields)
{
    for (size_t i = fields.n; i > 0; i--)
        if (raw_string(fields.items[i - 1]))
            return raw_string(fields.items[i - 1]);
    return NULL;
}

static enum strength figure_cast(struct parse *parse, const PgQuery__TypeCast *cast,
                                 const char **name)
{
    enum strength strength = figure(parse, cast->arg, name);

    if (strength == STRONG)
        return strength;
    *name = raw_last_name(NODES(cast->type_name, names));
    return WEAK;
}

static const struct query *query_of(const struct parse *parse, const PgQuery__SubLink *node)
{
    for (size_t i = parse->statement->sublinks.n; i > 0; i--)
        if (parse->statement->sublinks.items[i - 1].raw == node)
            return parse->statement->sublinks.items[i - 1].query;
    return NULL;
}

static enum strength figure_sublink(struct parse *parse, const PgQuery__SubLink *node,
                                    const char **name)
{
    const struct query *query;
    const struct target *targets;
    size_t n;

    switch (node->sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
        return strong("exists", name);
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
        return strong("array", name);
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
        query = query_of(parse, node);
        if (!query)
            return NONE;
        targets = query_result(query, &n);
        return n && targets[0].name ? strong(targets[0].name, name) : NONE;
    default:
        return NONE;
    }
}

static enum strength figure_case(struct parse *parse, const PgQuery__CaseExpr *node,
                                 const char **name)
{
    enum strength strength = node->defresult ? figure(parse, node->defresult, name) : NONE;

    if (strength == STRONG)
        return strength;
    *name = "case";
    return WEAK;
}

static enum strength figure_xml(const PgQuery__XmlExpr *node, const char **name)
{
    static const char *const names[] = {
        [PG_QUERY__XML_EXPR_OP__IS_XMLCONCAT] = "xmlconcat",
        [PG_QUERY__XML_EXPR_OP__IS_XMLELEMENT] = "xmlelement",
        [PG_QUERY__XML_EXPR_OP__IS_XMLFOREST] = "xmlforest",
        [PG_QUERY__XML_EXPR_OP__IS_XMLPARSE] = "xmlparse",
        [PG_QUERY__XML_EXPR_OP__IS_XMLPI] = "xmlpi",
        [PG_QUERY__XML_EXPR_OP__IS_XMLROOT] = "xmlroot",
        [PG_QUERY__XML_EXPR_OP__IS_XMLSERIALIZE] = "xmlserialize",
        [PG_QUERY__XML_EXPR_OP__IS_DOCUMENT] = NULL,
    };

    return names[node->op] ? strong(names[node->op], name) : NONE;
}

static enum strength figure_indirection(struct parse *parse, const PgQuery__AIndirection *node,
                                        const char **name)
{
    const char *field = last_field(NODES(node, indirection));

    return field ? strong(field, name) : figure(parse, node->arg, name);
}

static enum strength figure(struct parse *parse, const PgQuery__Node *node, const char **name)
{
    const char *field;

    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        field = last_field(NODES(node->column_ref, fields));
        return field ? strong(field, name) : NONE;
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
        return figure_indirection(parse, node->a_indirection, name);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return strong(raw_last_name(NODES(node->func_call, funcname)), name);
    case PG_QUERY__NODE__NODE_A_EXPR:
        if (node->a_expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF)
            return NONE;
        return strong("nullif", name);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return figure_cast(parse, node->type_cast, name);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return figure(parse, node->collate_clause->arg, name);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
        return strong("grouping", name);
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return figure_sublink(parse, node->sub_link, name);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return figure_case(parse, node->case_expr, name);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return strong("array", name);
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return strong("row", name);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return strong("coalesce", name);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return strong(
            node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_LEAST ? "least" : "greatest", name);
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return strong(sql_value_name(node->sqlvalue_function), name);
    case PG_QUERY__NODE__NODE_XML_EXPR:
        return figure_xml(node->xml_expr, name);
    case PG_QUERY__NODE__NODE_XML_SERIALIZE:
        return strong("xmlserialize", name);
    default:
        return NONE;
    }
}

const char *column_name_of(struct parse *parse, const PgQuery__Node *node)
{
    const char *name = NULL;

    figure(parse, node, &name);
    return name ? name : "?column?";
}
