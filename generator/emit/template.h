/* Templates: text shaped like the C it makes, with named holes.
 *
 *     fill(out,
 *          "static void read_$row(tenon__call *call, $type *row)\n"
 *          "{\n"
 *          "    $reads\n"
 *          "}\n",
 *          HOLE("row", name), HOLE("type", type), HOLE("reads", reads));
 *
 * `$name` takes a text. When the hole is alone on its line the text may have several lines, each
 * of which is indented as the hole is; an empty text takes the whole line away. `$(name)` takes a
 * list, separated by ", " and wrapped under its first item when the line would pass column 100.
 * A hole without a value is a bug.
 */
#ifndef TENON_EMIT_TEMPLATE_H
#define TENON_EMIT_TEMPLATE_H

#include "support/buf.h"
#include "support/vec.h"

enum { LINE_WIDTH = 100 };

typedef VEC(const char *) text_list;

struct hole {
    const char *name; /* NULL ends the holes of a template */
    const char *text;
    const text_list *list;
};

#define HOLE(hole_name, hole_text)                                                                 \
    {                                                                                              \
        .name = (hole_name), .text = (hole_text)                                                   \
    }
#define LIST(hole_name, hole_list)                                                                 \
    {                                                                                              \
        .name = (hole_name), .list = (hole_list)                                                   \
    }

#define fill(out, template, ...)                                                                   \
    template_fill((out), (template), (const struct hole[]){__VA_ARGS__, {.name = NULL}})

void template_fill(struct buf *out, const char *template, const struct hole *holes);

#endif
