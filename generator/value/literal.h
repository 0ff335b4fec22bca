/* Input functions of types, as far as they can refuse a literal. Each checker looks at the whole
 * text and returns when the server would accept it; a refusal ends value_check() with the server's
 * error. In doubt a text is accepted.
 */
#ifndef TENON_VALUE_LITERAL_H
#define TENON_VALUE_LITERAL_H

#include <setjmp.h>

#include "value/value.h"

/* One call of value_check(). */
struct input {
    struct arena *arena;
    const struct catalog *catalog;
    struct refusal *why;
    oid object; /* what the last text of a type such as regclass named */
    jmp_buf on_refusal;
};

struct literal {
    struct input *input;
    oid type;
    int32_t typmod;
    const char *text;
};

typedef void literal_checker(const struct literal *literal);

/* `invalid input syntax for type NAME: "text"` (22P02). */
_Noreturn void literal_bad_syntax(const struct literal *literal, const char *type_name);
_Noreturn void literal_fail(const struct literal *literal, const char *sqlstate, const char *format,
                            ...) __attribute__((format(printf, 3, 4)));
/* The same with a hint. */
_Noreturn void literal_fail_hint(const struct literal *literal, const char *sqlstate,
                                 const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* `malformed WHAT literal: "text"` (22P02). */
_Noreturn void literal_malformed(const struct literal *literal, const char *what);

/* ASCII only, whatever the locale. */
bool literal_is_space(char c);
bool literal_is_digit(char c);
bool literal_is_alpha(char c);
bool literal_is_hex(char c);
char literal_lower(char c);
const char *literal_skip_spaces(const char *s);
/* The text in lower case without white space at both ends, in the arena of the input. */
const char *literal_trimmed_lower(const struct literal *literal);

/* Types without input: what indexes and statistics hold. */
literal_checker literal_refuse, literal_refuse_gtsvector;
/* literal_number.c */
literal_checker literal_check_int2, literal_check_int4, literal_check_int8, literal_check_oid,
    literal_check_float4, literal_check_float8, literal_check_numeric;
/* literal_bits.c */
literal_checker literal_check_bool, literal_check_uuid, literal_check_bytea, literal_check_bit,
    literal_check_lsn, literal_check_tid, literal_check_snapshot;
/* literal_money.c */
literal_checker literal_check_money;
/* literal_acl.c */
literal_checker literal_check_aclitem;
/* literal_text_search.c */
literal_checker literal_check_tsvector, literal_check_tsquery;
/* literal_json.c */
literal_checker literal_check_json, literal_check_jsonb;
/* literal_jsonpath.c */
literal_checker literal_check_jsonpath;
/* literal_xml.c */
literal_checker literal_check_xml;
/* literal_net.c */
literal_checker literal_check_inet, literal_check_cidr, literal_check_macaddr,
    literal_check_macaddr8;
/* literal_geometry.c */
literal_checker literal_check_point, literal_check_lseg, literal_check_box, literal_check_path,
    literal_check_polygon, literal_check_line, literal_check_circle;
/* literal_object.c: names of catalog objects */
literal_checker literal_check_regclass, literal_check_regtype, literal_check_regproc,
    literal_check_regprocedure, literal_check_regoper, literal_check_regoperator,
    literal_check_regnamespace, literal_check_regcollation, literal_check_regconfig,
    literal_check_regdictionary, literal_check_regrole;
/* literal_date.c, literal_time.c, literal_interval.c */
literal_checker literal_check_date, literal_check_timestamp, literal_check_timestamptz,
    literal_check_time, literal_check_timetz, literal_check_interval;
/* literal_array.c, literal_row.c, literal_range.c: their parts are checked as literals again */
void literal_check_array(const struct literal *literal, oid element);
/* int2vector, oidvector: numbers with spaces between them */
void literal_check_vector(const struct literal *literal, oid element);
void literal_check_row(const struct literal *literal, const struct relation *relation);
void literal_check_range(const struct literal *literal, oid subtype);
void literal_check_multirange(const struct literal *literal, oid range);

/* Which of two literals of a type is more. Both have been checked. */
enum value_order literal_compare(const struct literal *literal, oid type, const char *a,
                                 const char *b);

/* The text as input of the type, which may be a domain. */
void literal_read(const struct literal *whole, oid type, int32_t typmod, const char *text);

/* An element or a field; text is NULL for a NULL, which a domain may refuse. */
void literal_check_part(const struct literal *literal, oid type, int32_t typmod, const char *text);

#endif
