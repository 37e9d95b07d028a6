/* For zsh: a function for each command, which _arguments reads. */
#include "cli/completion.h"

#include "cli/commands.h"

#include <stdio.h>
#include <string.h>

/* Inside single quotes, where a colon and a bracket would end the text. */
static void put_text(const char *text)
{
    for (; *text; text++) {
        if (strchr(":[]\\", *text))
            putchar('\\');
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
    }
}

/* _ajar_pack_install */
static void put_function(const char *command)
{
    fputs("_ajar_", stdout);
    for (; *command; command++)
        putchar(*command == ' ' ? '_' : *command);
}

/* Any option may come again: which may not is not in the table. */
static void put_option(const struct args_option *o)
{
    const char *equals = o->value ? "=" : "";
    if (o->letter)
        printf("        '*'{-%c%s,--%s%s}'[", o->letter, o->value ? "+" : "", o->name, equals);
    else
        printf("        '*--%s%s[", o->name, equals);
    put_text(o->help);
    putchar(']');
    if (o->value) {
        putchar(':');
        put_text(o->value);
        fputs(completion_wants_file(o) ? ":_files" : ": ", stdout);
    }
    puts("' \\");
}

static void put_command(const struct args_command *args)
{
    put_function(args->name);
    puts("() {\n"
         "    _arguments -s \\");
    for (const struct args_option *o = args->options; o->name; o++)
        put_option(o);
    puts("        '(- *)--help[show a short help]' \\\n"
         "        '*:file:_files'\n"
         "}");
}

static void put_list(const char *function, const struct command *commands)
{
    printf("_ajar_list_%s() {\n    local -a commands=(\n", function);
    for (const struct command *c = commands; c->name; c++) {
        printf("        '%s:", c->name);
        put_text(c->summary);
        puts("'");
    }
    puts("    )\n    _describe -t commands command commands\n}");
}

int completion_print_zsh(void)
{
    puts("#compdef ajar\n# zsh completion for ajar; made by 'ajar help --zsh-completion'");
    put_list("", commands_all());
    for (const struct command *c = commands_all(); c->name; c++) {
        put_command(c->args);
        if (!c->parts)
            continue;
        put_list(c->name, c->parts());
        for (const struct command *part = c->parts(); part->name; part++)
            put_command(part->args);
    }
    puts("_ajar() {\n"
         "    local command=${words[2]}\n"
         "    if (( CURRENT == 2 )) || [[ $CURRENT:$command == 3:help ]]; then\n"
         "        _ajar_list_\n"
         "        return\n"
         "    fi\n"
         "    if (( $+functions[_ajar_list_$command] )); then\n"
         "        if (( CURRENT == 3 )) && [[ ${words[3]} != -* ]]; then\n"
         "            _ajar_list_$command\n"
         "            return\n"
         "        fi\n"
         "        if (( CURRENT > 3 )); then\n"
         "            command+=_${words[3]}\n"
         "            shift words\n"
         "            (( CURRENT-- ))\n"
         "        fi\n"
         "    fi\n"
         "    shift words\n"
         "    (( CURRENT-- ))\n"
         "    if (( $+functions[_ajar_$command] )); then _ajar_$command; else _files; fi\n"
         "}\n"
         "_ajar \"$@\"");
    return 0;
}
