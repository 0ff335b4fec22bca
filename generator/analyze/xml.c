/* XML expressions (manual, 9.15; transformXmlExpr, transformXmlSerialize). */
#include "analyze/transform.h"

static const char *xml_name(PgQuery__XmlExprOp op)
{
    switch (op) {
    case PG_QUERY__XML_EXPR_OP__IS_XMLCONCAT:
        return "xmlconcat";
    case PG_QUERY__XML_EXPR_OP__IS_XMLELEMENT:
        return "xmlelement";
    case PG_QUERY__XML_EXPR_OP__IS_XMLFOREST:
        return "xmlforest";
    case PG_QUERY__XML_EXPR_OP__IS_XMLPARSE:
        return "xmlparse";
    case PG_QUERY__XML_EXPR_OP__IS_XMLPI:
        return "xmlpi";
    case PG_QUERY__XML_EXPR_OP__IS_XMLROOT:
        return "xmlroot";
    default:
        return "is document";
    }
}

static void check_attribute(struct parse *parse, const PgQuery__XmlExpr *xml, size_t index)
{
    const PgQuery__ResTarget *target = xml->named_args[index]->res_target;
    bool is_element = xml->op == PG_QUERY__XML_EXPR_OP__IS_XMLELEMENT;
    const char *name = raw_optional(target->name);

    if (!name && target->val->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        parse_error(parse, "42601", target->location,
                    is_element ? "unnamed XML attribute value must be a column reference"
                               : "unnamed XML element value must be a column reference");
    for (size_t i = 0; is_element && name && i < index; i++)
        if (name_eq(xml->named_args[i]->res_target->name, name))
            parse_error(parse, "42601", target->location,
                        "XML attribute name \"%s\" appears more than once", name);
}

/* What the n-th unnamed argument must be. */
static struct expr *typed_argument(struct parse *parse, PgQuery__XmlExprOp op, size_t n,
                                   struct expr *arg)
{
    switch (op) {
    case PG_QUERY__XML_EXPR_OP__IS_XMLCONCAT:
        return coerce_to_specific(parse, arg, XMLOID, "XMLCONCAT");
    case PG_QUERY__XML_EXPR_OP__IS_XMLPARSE:
        return coerce_to_specific(parse, arg, n == 0 ? TEXTOID : BOOLOID, "XMLPARSE");
    case PG_QUERY__XML_EXPR_OP__IS_XMLPI:
        return coerce_to_specific(parse, arg, TEXTOID, "XMLPI");
    case PG_QUERY__XML_EXPR_OP__IS_XMLROOT:
        return coerce_to_specific(parse, arg,
                                  n == 0   ? XMLOID
                                  : n == 1 ? TEXTOID
                                           : INT4OID,
                                  "XMLROOT");
    case PG_QUERY__XML_EXPR_OP__IS_DOCUMENT:
        return coerce_to_specific(parse, arg, XMLOID, "IS DOCUMENT");
    default:
        return arg;
    }
}

/* What is not named is called as its column is. */
static void transform_named(struct parse *parse, const PgQuery__XmlExpr *xml, struct expr *expr)
{
    const char **names = arena_array(parse->statement->arena, const char *, xml->n_named_args);

    for (size_t i = 0; i < xml->n_named_args; i++) {
        const PgQuery__ResTarget *raw = xml->named_args[i]->res_target;

        expr->args[expr->n_args++] = transform_part(parse, raw->val);
        check_attribute(parse, xml, i);
        names[i] = raw_optional(raw->name);
        if (!names[i])
            names[i] = column_name_of(parse, raw->val);
    }
    expr->u.xml.names = names;
    expr->u.xml.n_named = xml->n_named_args;
}

struct expr *transform_xml(struct parse *parse, const PgQuery__XmlExpr *xml)
{
    bool is_test = xml->op == PG_QUERY__XML_EXPR_OP__IS_DOCUMENT;
    struct expr *expr =
        expr_make(parse->statement->arena, EXPR_XML, is_test ? BOOLOID : XMLOID, xml->location);

    expr->u.xml.op = xml_name(xml->op);
    expr->u.xml.name = raw_optional(xml->name);
    expr->u.xml.is_document = xml->xmloption == PG_QUERY__XML_OPTION_TYPE__XMLOPTION_DOCUMENT;
    expr->args =
        arena_array(parse->statement->arena, struct expr *, xml->n_named_args + xml->n_args);
    transform_named(parse, xml, expr);
    for (size_t i = 0; i < xml->n_args; i++)
        expr->args[expr->n_args++] =
            typed_argument(parse, xml->op, i, transform_part(parse, xml->args[i]));
    return expr;
}

/* The text that XMLSERIALIZE makes, as the type that was asked for. */
struct expr *transform_xml_serialize(struct parse *parse, const PgQuery__XmlSerialize *xml)
{
    struct expr *arg =
        coerce_to_specific(parse, transform_part(parse, xml->expr), XMLOID, "XMLSERIALIZE");
    struct expr *expr =
        expr_with_args(parse->statement->arena, EXPR_XML, TEXTOID, xml->location, 1, arg);
    int32_t typmod = -1;
    oid type = resolve_type(parse, xml->type_name, &typmod);
    struct expr *result;

    expr->u.xml.op = "xmlserialize";
    expr->u.xml.is_document = xml->xmloption == PG_QUERY__XML_OPTION_TYPE__XMLOPTION_DOCUMENT;
    expr->u.xml.as = type;
    expr->u.xml.as_typmod = typmod;
    result =
        coerce_to_target(parse, expr, TEXTOID, type, typmod, COERCE_IMPLICIT, FORM_IMPLICIT, -1);
    if (!result)
        parse_error(parse, "42846", xml->location, "cannot cast XMLSERIALIZE result to %s",
                    type_text(parse, type));
    return result;
}
