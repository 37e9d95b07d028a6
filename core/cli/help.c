#include "cli/help.h"

#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/manual.h"

int help_print(FILE *to)
{
    fputs("Usage: ajar COMMAND [OPTION]... [ARGUMENT]...\n\n"
          "Finds mail servers and proxies that are open to strangers, proves it, and\n"
          "writes to their owners.\n\nCommands:\n",
          to);
    for (const struct command *c = commands_all(); c->name; c++)
        fprintf(to, "  %-9s %s\n", c->name, c->summary);
    fputs("\n'ajar COMMAND --help' says more about a command; 'ajar --version' says which\n"
          "ajar this is. "
          "Exit status: 0 it ran to the end, 1 it failed, 2 wrong usage,\n"
          "3 something was open and --fail-on-open was given.\n",
          to);
    return 0;
}

static int too_many(const char *word)
{
    fprintf(stderr, "ajar help: '%s' is one word too many; see 'ajar --help'\n", word);
    return 2;
}

int help_command(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    bool wants_manual = name && strcmp(name, "--man") == 0;
    if (argc > (wants_manual ? 3 : 2))
        return too_many(argv[wants_manual ? 3 : 2]);
    if (!name || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return help_print(stdout);
    if (strcmp(name, "--bash-completion") == 0)
        return completion_print_bash();
    if (wants_manual && argc == 2)
        return manual_print_program();
    const struct command *command = commands_find(wants_manual ? argv[2] : name);
    if (!command)
        return commands_reject(wants_manual ? argv[2] : name);
    if (wants_manual)
        return manual_print(command);
    args_help(command->args);
    return 0;
}
