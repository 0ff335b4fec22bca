/* Writes JSON, indented, with the keys in the order in which they are written. */
#ifndef TENON_SUPPORT_JSON_H
#define TENON_SUPPORT_JSON_H

#include <stdint.h>

#include "support/buf.h"

/* Zeroed except for out at the start. */
struct json {
    struct buf *out;
    unsigned depth;
    bool has_items; /* of the innermost object or array */
};

/* Inside an object every value has a key; elsewhere key is NULL. */
void json_begin_object(struct json *json, const char *key);
void json_end_object(struct json *json);
void json_begin_array(struct json *json, const char *key);
void json_end_array(struct json *json);

/* NULL text gives null. Bytes that are not UTF-8 become U+FFFD. */
void json_string(struct json *json, const char *key, const char *text);
void json_int(struct json *json, const char *key, int64_t value);
void json_bool(struct json *json, const char *key, bool value);

#endif
