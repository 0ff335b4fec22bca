/* What subscripts mean for a container type. */
#ifndef TENON_ANALYZE_SUBSCRIPT_H
#define TENON_ANALYZE_SUBSCRIPT_H

#include "analyze/transform.h"

enum subscript_kind {
    SUBSCRIPT_NONE,
    SUBSCRIPT_ARRAY,
    SUBSCRIPT_FIXED, /* point, box, name, …: fixed-length arrays inside */
    SUBSCRIPT_JSONB,
    SUBSCRIPT_HSTORE,
};

struct subscripts {
    enum subscript_kind kind;
    bool is_slice;
    oid element_type;       /* of what is read or assigned: the container's own for a slice */
    struct expr_list exprs; /* a slice has two for each dimension; NULL is an omitted bound */
};

/* The type that is subscripted: domains are looked through. */
oid subscript_container_type(struct parse *parse, oid type, int32_t *typmod);

struct subscripts subscripts_resolve(struct parse *parse, oid container, struct node_list nodes,
                                     int location);

#endif
