#include "cli/completion.h"

#include "cli/commands.h"

#include <stdio.h>
#include <string.h>

bool completion_wants_file(const struct args_option *o)
{
    static const char *const words[] = {"FILE", "FOLDER", "DIR", "PATH", "BUNDLE"};
    for (size_t i = 0; o->value && i < sizeof words / sizeof words[0]; i++)
        if (strstr(o->value, words[i]))
            return true;
    return o->value && strcmp(o->value, "KEY") == 0; /* its file, or its text */
}

static void print_options(const char *words, const struct args_command *args)
{
    printf("    '%s') words=\"--help", words);
    for (const struct args_option *o = args->options; o->name; o++)
        printf(" --%s", o->name);
    puts("\" ;;");
}

/* What may stand behind a command that has commands of its own. */
static void print_parts(const struct command *c)
{
    if (!c->parts)
        return;
    printf("    '%s') parts=\"", c->name);
    for (const struct command *part = c->parts(); part->name; part++)
        printf("%s ", part->name);
    puts("\" ;;");
}

static void print_all_options(const struct command *c)
{
    print_options(c->name, c->args);
    for (const struct command *part = c->parts ? c->parts() : NULL; part && part->name; part++)
        print_options(part->args->name, part->args);
}

int completion_print_bash(void)
{
    puts("# bash completion for ajar; made by 'ajar help --bash-completion'\n"
         "_ajar() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} words= parts= command=${COMP_WORDS[1]}\n"
         "    if [ \"$COMP_CWORD\" -eq 1 ] || [ \"$COMP_CWORD:$command\" = 2:help ]; then");
    printf("        mapfile -t COMPREPLY < <(compgen -W \"help --help --version");
    for (const struct command *c = commands_all(); c->name; c++)
        printf(" %s", c->name);
    puts("\" -- \"$word\")\n"
         "        return\n"
         "    fi\n"
         "    case $command in");
    for (const struct command *c = commands_all(); c->name; c++)
        print_parts(c);
    puts("    esac\n"
         "    if [ -n \"$parts\" ] && [ \"$COMP_CWORD\" -eq 2 ] && [[ $word != -* ]]; then\n"
         "        mapfile -t COMPREPLY < <(compgen -W \"$parts\" -- \"$word\")\n"
         "        return\n"
         "    fi\n"
         "    [[ $word == -* ]] || return 0\n"
         "    [ -z \"$parts\" ] || [ \"$COMP_CWORD\" -eq 2 ] || command+=\" ${COMP_WORDS[2]}\"\n"
         "    case $command in");
    for (const struct command *c = commands_all(); c->name; c++)
        print_all_options(c);
    puts("    esac\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
         "}\n"
         "complete -o default -F _ajar ajar");
    return 0;
}
