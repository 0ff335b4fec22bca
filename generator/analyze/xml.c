/* XML expressions. */
#include "analyze/transform.h"

struct expr *transform_xml(struct parse *parse, const PgQuery__XmlExpr *xml)
{
    parse_error(parse, "0A000", xml->location, "XML expressions are not supported yet by tenon");
}

struct expr *transform_xml_serialize(struct parse *parse, const PgQuery__XmlSerialize *xml)
{
    parse_error(parse, "0A000", xml->location, "XMLSERIALIZE is not supported yet by tenon");
}
