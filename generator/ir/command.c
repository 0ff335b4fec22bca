/* The commands of annotations. */
#include "ir/command.h"

const struct ir_command_row ir_commands[N_IR_COMMANDS] = {
#define COMMAND(id, name, takes, gives) [COMMAND_##id] = {name, TAKES_##takes, GIVES_##gives},
#include "ir/commands.def"
};

bool ir_command_find(str name, enum ir_command *command)
{
    for (size_t i = 0; i < N_IR_COMMANDS; i++)
        if (str_is(name, ir_commands[i].name)) {
            *command = (enum ir_command)i;
            return true;
        }
    return false;
}
