/* What a plug-in answers, from JSON. */
#ifndef TENON_PLUGIN_ANSWER_H
#define TENON_PLUGIN_ANSWER_H

#include "plugin/plugin.h"

/* Reads the text into answer; what is wrong with it, and what the plug-in says about queries of the
 * package, is added to diags. */
void answer_read(const struct plugin *plugin, const struct ir_package *package, str text,
                 struct plugin_answer *answer, struct diags *diags);

#endif
