/* The commands of annotations, as the table that commands.def is: what a query takes and gives. */
#ifndef TENON_IR_COMMAND_H
#define TENON_IR_COMMAND_H

#include <stdbool.h>

#include "support/str.h"

enum ir_takes {
    TAKES_ONCE,  /* one set of parameters */
    TAKES_BATCH, /* many: the statement is executed for each */
    TAKES_COPY,  /* many: the rows of one COPY */
};

/* For each set of parameters; a COPY for all of them. */
enum ir_gives {
    GIVES_NOTHING,
    GIVES_COUNT, /* of the rows that were changed */
    GIVES_ROW,
    GIVES_ROW_OR_NONE,
    GIVES_ROWS,
    GIVES_STREAM,  /* rows one at a time */
    GIVES_LAST_ID, /* of MySQL's AUTO_INCREMENT */
};

enum ir_command {
#define COMMAND(id, name, takes, gives) COMMAND_##id,
#include "ir/commands.def"
    N_IR_COMMANDS,
};

struct ir_command_row {
    const char *name; /* as written after the colon */
    enum ir_takes takes;
    enum ir_gives gives;
};

extern const struct ir_command_row ir_commands[N_IR_COMMANDS];

/* The command of that name; false when there is none. */
bool ir_command_find(str name, enum ir_command *command);

#endif
