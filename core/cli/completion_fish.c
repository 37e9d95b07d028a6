/* For fish: one line for each command and option, with the words behind which it is offered. */
#include "cli/completion.h"

#include "cli/commands.h"

#include <stdio.h>

static void put_quoted(const char *text)
{
    putchar('\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
    putchar('\'');
}

/* `words`: those that must stand before it. */
static void put_list(const char *words, const struct command *commands)
{
    for (const struct command *c = commands; c->name; c++) {
        printf("complete -c ajar -n '__ajar_words_are %s' -f -a %s -d ", words, c->name);
        put_quoted(c->summary);
        putchar('\n');
    }
}

static void put_option(const char *words, const struct args_option *o)
{
    printf("complete -c ajar -n '__ajar_words_begin %s' -l %s", words, o->name);
    if (o->letter)
        printf(" -s %c", o->letter);
    if (o->value)
        fputs(completion_wants_file(o) ? " -r -F" : " -x", stdout);
    fputs(" -d ", stdout);
    put_quoted(o->help);
    putchar('\n');
}

static void put_command(const struct args_command *args)
{
    for (const struct args_option *o = args->options; o->name; o++)
        put_option(args->name, o);
    put_option(args->name, &(struct args_option){"help", 0, NULL, "show a short help"});
}

int completion_print_fish(void)
{
    puts("# fish completion for ajar; made by 'ajar help --fish-completion'\n"
         "function __ajar_words_are\n"
         "    set -l words (commandline -opc)\n"
         "    test \"$words[2..-1]\" = \"$argv\"\n"
         "end\n"
         "function __ajar_words_begin\n"
         "    set -l words (commandline -opc)\n"
         "    set -l last (math (count $argv) + 1)\n"
         "    test (count $words) -ge $last; and test \"$words[2..$last]\" = \"$argv\"\n"
         "end");
    put_list("", commands_all());
    put_list("help", commands_all());
    for (const struct command *c = commands_all(); c->name; c++) {
        if (!c->parts) {
            put_command(c->args);
            continue;
        }
        put_list(c->name, c->parts());
        for (const struct command *part = c->parts(); part->name; part++)
            put_command(part->args);
    }
    return 0;
}
