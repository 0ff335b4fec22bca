/* prepare.h and prepare.c: all queries of the package at once, for a program that wants to know at
 * its start whether the database is the one that it was built for. Files of their own, so that who
 * links some of the query files needs not all of them.
 */
#include "emit/print.h"

const char *print_prepare_header(struct printer *printer)
{
    struct arena *arena = printer->arena;
    struct buf body = buf_in(arena);
    const char *doc =
        "Prepares every query of the package, for the start of a program. What the database has no "
        "longer as it was when the code was generated is TENON_SCHEMA_MISMATCH, and the message "
        "tells of all that differs, a line each. Nothing is executed; it has to be called outside "
        "of a transaction.";

    fill(&body,
         "$doc\n"
         "TENON_NODISCARD tenon_status $prepare(tenon_db *db);\n",
         HOLE("doc", c_doc_comment(arena, doc, 0)),
         HOLE("prepare", arena_printf(arena, "%s_prepare", printer->package->name)));
    return print_header(printer, "all queries", "prepare", "#include <tenon/types.h>\n",
                        buf_text(&body));
}

const char *print_prepare_source(struct printer *printer)
{
    const struct c_package *package = printer->package;
    struct arena *arena = printer->arena;
    struct buf out = buf_in(arena), lists = buf_in(arena);

    for (size_t i = 0; i < package->modules.n; i++)
        buf_addf(&lists, "%s,\n", package->modules.items[i]->statements);
    fill(&out,
         "$signature\n"
         "#include \"$package/prepare.h\"\n"
         "\n"
         "#include \"$package/models_wire.h\"\n"
         "\n"
         "tenon_status $prepare(tenon_db *db)\n"
         "{\n"
         "    static const tenon__statement *const *const modules[] = {\n"
         "        $lists\n"
         "        NULL,\n"
         "    };\n"
         "\n"
         "    return tenon__prepare_all(db, modules);\n"
         "}\n",
         HOLE("signature", print_signature(printer, "all queries")), HOLE("package", package->name),
         HOLE("prepare", arena_printf(arena, "%s_prepare", package->name)),
         HOLE("lists", buf_text(&lists)));
    return buf_text(&out);
}
