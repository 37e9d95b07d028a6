#include "cli/completion.h"

#include "cli/commands.h"

#include <stdio.h>

static void print_options(const struct command *c)
{
    printf("    %s) words=\"--help", c->name);
    for (const struct args_option *o = c->args->options; o->name; o++)
        printf(" --%s", o->name);
    puts("\" ;;");
}

int completion_print_bash(void)
{
    puts("# bash completion for ajar; made by 'ajar help --bash-completion'\n"
         "_ajar() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} words=\n"
         "    if [ \"$COMP_CWORD\" -eq 1 ]; then");
    printf("        mapfile -t COMPREPLY < <(compgen -W \"help --help --version");
    for (const struct command *c = commands_all(); c->name; c++)
        printf(" %s", c->name);
    puts("\" -- \"$word\")\n"
         "        return\n"
         "    fi\n"
         "    [[ $word == -* ]] || return 0\n"
         "    case ${COMP_WORDS[1]} in");
    for (const struct command *c = commands_all(); c->name; c++)
        print_options(c);
    puts("    esac\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
         "}\n"
         "complete -o default -F _ajar ajar");
    return 0;
}
