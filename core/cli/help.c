#include "cli/help.h"

#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/manual.h"

#include <string.h>

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

/* "pack install" of each command that is one of another's, for tools/manuals.sh. */
static int print_parts(void)
{
    for (const struct command *c = commands_all(); c->name; c++)
        for (const struct command *part = c->parts ? c->parts() : NULL; part && part->name; part++)
            puts(part->args->name);
    return 0;
}

/* `words`: a command's name, and maybe that of one of its own; at least one. */
static int help_about(int count, char **words, bool manual)
{
    const struct command *command = commands_find(words[0]);
    if (!command)
        return commands_reject(words[0]);
    const struct command *part = count > 1 ? commands_part(command, words[1]) : NULL;
    if (count > (part ? 2 : 1))
        return too_many(words[part ? 2 : 1]);
    if (part)
        command = part;
    if (manual)
        return manual_print(command);
    args_help(command->args);
    return 0;
}

static int (*completion_named(const char *option))(void)
{
    static const struct {
        const char *option;
        int (*print)(void);
    } shells[] = {{"--bash-completion", completion_print_bash},
                  {"--zsh-completion", completion_print_zsh},
                  {"--fish-completion", completion_print_fish}};
    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++)
        if (strcmp(option, shells[i].option) == 0)
            return shells[i].print;
    return NULL;
}

int help_command(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    if (!name || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return argc > 2 ? too_many(argv[2]) : help_print(stdout);
    if (completion_named(name))
        return argc > 2 ? too_many(argv[2]) : completion_named(name)();
    if (strcmp(name, "--parts") == 0)
        return argc > 2 ? too_many(argv[2]) : print_parts();
    bool wants_manual = strcmp(name, "--man") == 0;
    if (wants_manual && argc == 2)
        return manual_print_program();
    int first = wants_manual ? 2 : 1;
    return help_about(argc - first, argv + first, wants_manual);
}
