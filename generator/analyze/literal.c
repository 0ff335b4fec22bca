/* The text of an unknown literal as input of a type (the type's input function).
 */
#include "analyze/coerce.h"

void literal_check(struct parse *parse, oid type, int32_t typmod, const char *text, int location)
{
    (void)parse;
    (void)type;
    (void)typmod;
    (void)text;
    (void)location;
}
