#include "cli/manual.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LINE_ENOUGH = 60 };

static const char exit_words[] = "Exit status: ";

/* A character as roff takes it: no escape, no typographic quote. Gives the columns that it takes in the source. */
static size_t put_character(unsigned char c)
{
    static const struct {
        unsigned char c;
        const char *name;
    } names[] = {{'\\', "\\e"},  {'-', "\\-"},   {'\'', "\\(aq"},
                 {'`', "\\(ga"}, {'^', "\\(ha"}, {'~', "\\(ti"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (c == names[i].c) {
            fputs(names[i].name, stdout);
            return strlen(names[i].name);
        }
    putchar(c);
    return 1;
}

/* Text that is no request, in lines of a source's usual width. */
static void put(struct bytes text)
{
    size_t column = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = text.p[i];
        if (column == 0 && c == '.')
            fputs("\\&", stdout);
        if (c == ' ' && column > LINE_ENOUGH) {
            putchar('\n');
            column = 0;
        } else {
            column += put_character(c);
        }
    }
}

static void put_text(const char *text)
{
    put(bytes_of(text));
}

static void put_heading(const char *name)
{
    time_t now = time(NULL);
    char date[16];
    char title[64];
    struct tm day;
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    if (fixed)
        now = (time_t)strtoll(fixed, NULL, 10);
    strftime(date, sizeof date, "%Y-%m-%d", gmtime_r(&now, &day));
    snprintf(title, sizeof title, "%s", name);
    for (char *c = title; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    printf(".TH \"");
    put_text(title);
    printf("\" 1 %s \"ajar " AJAR_VERSION "\"\n", date);
}

/* The next line; false: there are no more. */
static bool next_line(struct bytes *rest, struct bytes *line)
{
    if (rest->n == 0)
        return false;
    size_t end = bytes_index(*rest, '\n', 0);
    *line = bytes_slice(*rest, 0, end);
    *rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(*rest, end + 1, rest->n);
    return true;
}

/* "word   what it is about": the word is marked, and what follows hangs beside it. */
static void put_line(struct bytes line)
{
    size_t gap = bytes_find(line, bytes_of("  "));
    if (gap != BYTES_NOT_FOUND && gap > 0) {
        printf(".TP\n.B ");
        put(bytes_slice(line, 0, gap));
        putchar('\n');
        line = bytes_slice(line, gap, line.n);
    }
    put(bytes_trim(line));
    putchar('\n');
}

/* Paragraphs with blank lines between them, lines as they are in the help; those about the exit status, or all
 * others. */
static void put_paragraphs(const char *text, bool exit_status)
{
    struct bytes rest = bytes_of(text);
    struct bytes line;
    bool begins = true;
    bool wanted = true;
    bool any = false;
    while (next_line(&rest, &line)) {
        if (line.n == 0) {
            begins = true;
            continue;
        }
        if (begins)
            wanted = bytes_starts_nocase(line, exit_words) == exit_status;
        if (wanted && begins && any)
            puts(".PP");
        any |= wanted;
        if (wanted && begins && exit_status)
            line = bytes_slice(line, strlen(exit_words), line.n);
        if (wanted)
            put_line(line);
        begins = false;
    }
}

static bool says_exit_status(const char *text)
{
    return text && strstr(text, exit_words);
}

static bool says_more(const char *text)
{
    return text && strncmp(text, exit_words, strlen(exit_words)) != 0;
}

static void put_option(const struct args_option *o)
{
    printf(".TP\n");
    if (o->letter)
        printf("\\fB\\-%c\\fR, ", o->letter);
    printf("\\fB\\-\\-");
    put_text(o->name);
    printf("\\fR");
    if (o->value) {
        printf(" \\fI");
        put_text(o->value);
        printf("\\fR");
    }
    putchar('\n');
    put_text(o->help);
    putchar('\n');
}

static void put_options(const struct args_command *args)
{
    puts(".SH OPTIONS");
    for (const struct args_option *o = args->options; o->name; o++)
        put_option(o);
    put_option(&(struct args_option){"help", 'h', NULL, "show a short help"});
}

static void put_see_also(const struct command *but)
{
    const char *separator = "";
    puts(".SH SEE ALSO");
    if (but)
        puts(".BR ajar (1),");
    for (const struct command *c = commands_all(); c->name; c++) {
        if (c == but)
            continue;
        printf("%s.BR ajar\\-%s (1)", separator, c->name);
        separator = ",\n";
    }
    for (const struct command *part = but && but->parts ? but->parts() : NULL; part && part->name;
         part++)
        printf("%s.BR ajar\\-%s\\-%s (1)", separator, but->name, part->name);
    puts(",\n.BR ajar (3)"); /* what scripts find, from doc/api */
}

int manual_print(const struct command *command)
{
    const struct args_command *args = command->args;
    char name[64];
    snprintf(name, sizeof name, "ajar-%s", args->name);
    for (char *blank = strchr(name, ' '); blank; blank = strchr(blank, ' '))
        *blank = '-'; /* "pack install" */
    put_heading(name);
    puts(".SH NAME");
    put_text(name);
    printf(" \\- ");
    put_text(command->summary);
    printf("\n.SH SYNOPSIS\n.B ajar %s\n", args->name);
    put_text(args->usage);
    puts("\n.SH DESCRIPTION");
    put_paragraphs(args->about, false);
    put_options(args);
    if (says_more(args->more)) {
        puts(".SH NOTES");
        put_paragraphs(args->more, false);
    }
    puts(".SH EXIT STATUS");
    put_paragraphs(says_exit_status(args->more)
                       ? args->more
                       : "Exit status: 0 it ran to the end, 1 it failed, 2 wrong usage.",
                   true);
    put_see_also(command);
    return 0;
}

int manual_print_program(void)
{
    put_heading("ajar");
    puts(".SH NAME\n"
         "ajar \\- finds mail servers and proxies that are open to strangers\n"
         ".SH SYNOPSIS\n"
         ".B ajar\n"
         ".I COMMAND\n"
         "[OPTION]... [ARGUMENT]...\n"
         ".SH DESCRIPTION\n"
         "Finds mail servers and proxies that are open to any stranger, proves it, and\n"
         "writes to their owners. Results go to stdout, talk and progress to stderr.\n"
         "With no scope file only loopback is probed.\n"
         ".SH COMMANDS");
    for (const struct command *c = commands_all(); c->name; c++) {
        printf(".TP\n.BR ajar\\-%s (1)\n", c->name);
        put_text(c->summary);
        putchar('\n');
    }
    puts(".SH EXIT STATUS\n"
         "0 it ran to the end;\n"
         "1 it failed: a file that is missing, or says what it must not, a port in use,\n"
         "a verification that did not hold;\n"
         "2 wrong usage: what was typed can\\(aqt be right, whatever the files say;\n"
         "3 something was open and \\fB\\-\\-fail\\-on\\-open\\fR was given.\n"
         ".SH ENVIRONMENT\n"
         ".TP\n.B AJAR_KEY_PASSWORD_FILE\n"
         "a file whose first line is the password of the secret key, for machines\n"
         ".TP\n.B NO_COLOR\n"
         "no colours, on a terminal too\n"
         ".SH FILES\n"
         ".TP\n.I \\(ti/.config/ajar/ajar.key\n"
         "the secret key that bundles are signed with, and beside it\n"
         ".IR ajar.pub ,\n"
         "the public one");
    put_see_also(NULL);
    return 0;
}
