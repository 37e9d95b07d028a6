#include "cli/args.h"

#include "base/check.h"
#include "base/text.h"
#include "cli/near.h"
#include "cli/wrap.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_OF_FIRST = 256, HELP_INDEX = ARGS_OPTIONS_MOST };
enum { STATUS_WRONG = 2, HELP_COLUMN_MOST = 28 };

static bool letter_is_taken(const struct args_command *command, char letter)
{
    for (const struct args_option *o = command->options; o->name; o++) {
        if (o->letter == letter)
            return true;
    }
    return false;
}

static void add_letter(struct args *a, char letter, bool takes_value)
{
    char text[] = {letter, takes_value ? ':' : '\0', '\0'};
    require(strlen(a->letters) + sizeof text <= sizeof a->letters);
    memcpy(a->letters + strlen(a->letters), text, sizeof text);
}

int args_wrong(struct args *a, const char *format, ...)
{
    char sentence[512];
    va_list list;
    va_start(list, format);
    vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    text_make_printable(sentence);
    bool asks = sentence[0] && sentence[strlen(sentence) - 1] == '?';
    fprintf(stderr, "ajar %s: %s%s see 'ajar %s --help'\n", a->command->name, sentence,
            asks ? "" : ";", a->command->name);
    a->status = STATUS_WRONG;
    return STATUS_WRONG;
}

/* "-scope" would be -s with the value "cope". */
static void reject_single_dash(struct args *a)
{
    for (int i = 1; i < a->argc && strcmp(a->argv[i], "--") != 0; i++)
        for (const struct option *o = a->longs; o->name; o++) {
            const char *word = a->argv[i];
            size_t n = strlen(o->name);
            if (word[0] == '-' && strncmp(word + 1, o->name, n) == 0 &&
                (word[n + 1] == '\0' || word[n + 1] == '='))
                args_wrong(a, "'%s' begins with two dashes: '--%s'", word, o->name);
        }
}

void args_begin(struct args *a, const struct args_command *command, int argc, char **argv)
{
    *a = (struct args){
        .command = command, .shown = command, .status = ARGS_GO_ON, .argc = argc, .argv = argv};
    /* The colon makes getopt tell a missing value from an unknown option. */
    add_letter(a, ':', false);
    int n = 0;
    for (; command->options[n].name; n++) {
        const struct args_option *o = &command->options[n];
        require(n < ARGS_OPTIONS_MOST);
        a->longs[n] = (struct option){o->name, o->value ? required_argument : no_argument, NULL,
                                      VALUE_OF_FIRST + n};
        if (o->letter)
            add_letter(a, o->letter, o->value != NULL);
    }
    a->longs[n] = (struct option){"help", no_argument, NULL, VALUE_OF_FIRST + HELP_INDEX};
    if (!letter_is_taken(command, 'h'))
        add_letter(a, 'h', false);
    opterr = 0;
    optind = 0;
    reject_single_dash(a);
}

/* Lists the options that a shortened name could stand for: "--input, --inflight". Returns how many.
 */
static int list_candidates(const struct args *a, const char *name, size_t n, char out[256])
{
    int count = 0;
    size_t used = 0;
    out[0] = '\0';
    for (const struct option *o = a->longs; o->name; o++) {
        if (strncmp(o->name, name, n) != 0)
            continue;
        used += (size_t)snprintf(out + used, 256 - used, "%s--%s", count ? ", " : "", o->name);
        used = used < 256 ? used : 255;
        count++;
    }
    return count;
}

static void reject_long(struct args *a, const char *argument)
{
    char candidates[256];
    char name[64];
    snprintf(name, sizeof name, "%s", argument + strspn(argument, "-"));
    name[strcspn(name, "=")] = '\0';
    if (list_candidates(a, name, strlen(name), candidates) > 1) {
        args_wrong(a, "'--%s' could be any of %s", name, candidates);
        return;
    }
    struct near near = near_to(name);
    for (const struct option *o = a->longs; o->name; o++)
        near_try(&near, o->name);
    if (near.best)
        args_wrong(a, "unknown option '--%s'; did you mean '--%s'?", name, near.best);
    else
        args_wrong(a, "unknown option '--%s'", name);
}

/* What getopt has refused: a long name that is unknown or unclear, a letter, or a value too many.
 */
static void reject(struct args *a)
{
    if (optopt >= VALUE_OF_FIRST + HELP_INDEX)
        args_wrong(a, "option '--help' takes no value");
    else if (optopt >= VALUE_OF_FIRST)
        args_wrong(a, "option '--%s' takes no value", a->longs[optopt - VALUE_OF_FIRST].name);
    else if (optopt == 0)
        reject_long(a, a->argv[optind - 1]);
    else
        args_wrong(a, "unknown option '-%c'", optopt);
}

static void reject_missing_value(struct args *a)
{
    for (const struct args_option *o = a->command->options; o->name; o++) {
        int index = (int)(o - a->command->options);
        if (optopt == VALUE_OF_FIRST + index)
            args_wrong(a, "option '--%s' needs a value: %s", o->name, o->value);
        else if (o->letter && optopt == o->letter)
            args_wrong(a, "option '-%c' needs a value: %s", o->letter, o->value);
    }
}

static int index_of(const struct args *a, int found)
{
    if (found >= VALUE_OF_FIRST)
        return found - VALUE_OF_FIRST;
    for (int i = 0; a->command->options[i].name; i++) {
        if (a->command->options[i].letter == found)
            return i;
    }
    return HELP_INDEX;
}

static int finish(struct args *a)
{
    a->operands = a->argv + optind;
    a->operand_count = a->argc - optind;
    return ARGS_END;
}

int args_next(struct args *a)
{
    if (a->status != ARGS_GO_ON)
        return ARGS_END;
    int found = getopt_long(a->argc, a->argv, a->letters, a->longs, NULL);
    a->value = optarg;
    if (found == -1)
        return finish(a);
    if (found == '?') {
        reject(a);
        return ARGS_END;
    }
    if (found == ':') {
        reject_missing_value(a);
        return ARGS_END;
    }
    a->current = index_of(a, found);
    if (a->current != HELP_INDEX)
        return a->current;
    args_help(a->shown);
    a->status = 0;
    return ARGS_END;
}

const char *args_only_operand(struct args *a, const char *what)
{
    if (a->operand_count == 1)
        return a->operands[0];
    if (a->operand_count == 0)
        args_wrong(a, "%s is missing", what);
    else
        args_wrong(a, "one %s is expected, and '%s' is one too many", what, a->operands[1]);
    return NULL;
}

bool args_number(struct args *a, long least, long most, long *out)
{
    char *end = NULL;
    errno = 0;
    long value = strtol(a->value, &end, 10);
    bool starts_right = strchr("-0123456789", a->value[0]) != NULL && a->value[0] != '\0';
    if (starts_right && *end == '\0' && errno == 0 && value >= least && value <= most) {
        *out = value;
        return true;
    }
    args_wrong(a, "option '--%s' needs a whole number from %ld to %ld, not '%s'",
               a->command->options[a->current].name, least, most, a->value);
    return false;
}

/* Digits with at most one point and six decimals, below 10^9 seconds. */
static bool parse_seconds(const char *text, span *out)
{
    size_t whole = strspn(text, "0123456789");
    const char *rest = text + whole;
    size_t decimals = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;
    if (whole > 9 || decimals > 6 || whole + decimals == 0)
        return false;
    if (rest[*rest == '.' ? decimals + 1 : 0] != '\0')
        return false;
    span value = 0;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (text[i] - '0');
    for (size_t i = 0; i < 6; i++)
        value = value * 10 + (i < decimals ? rest[1 + i] - '0' : 0);
    *out = value;
    return true;
}

bool args_seconds(struct args *a, span least, span most, span *out)
{
    span value = 0;
    if (parse_seconds(a->value, &value) && value >= least && value <= most) {
        *out = value;
        return true;
    }
    args_wrong(a, "option '--%s' needs seconds from %g to %g, not '%s'",
               a->command->options[a->current].name, (double)least / SPAN_SECOND,
               (double)most / SPAN_SECOND, a->value);
    return false;
}

/* "  -i, --input FILE", as it stands in the help. Returns its width. */
static int option_head(const struct args_option *o, char out[64])
{
    char letter[8] = "    ";
    if (o->letter)
        snprintf(letter, sizeof letter, "-%c, ", o->letter);
    int n = snprintf(out, 64, "  %s--%s%s%s", letter, o->name, o->value ? " " : "",
                     o->value ? o->value : "");
    return n < 64 ? n : 63;
}

static int help_column(const struct args_command *command)
{
    int column = 14;
    for (const struct args_option *o = command->options; o->name; o++) {
        char head[64];
        int width = option_head(o, head) + 2;
        if (width > column && width <= HELP_COLUMN_MOST)
            column = width;
    }
    return column;
}

static void print_option(const struct args_option *o, int column)
{
    char head[64];
    int width = option_head(o, head);
    if (width + 2 > column)
        printf("%s\n%*s", head, column, "");
    else
        printf("%-*s", column, head);
    wrap_print(o->help, column);
}

void args_help(const struct args_command *command)
{
    int column = help_column(command);
    printf("Usage: ajar %s %s\n\n%s\n\nOptions:\n", command->name, command->usage, command->about);
    for (const struct args_option *o = command->options; o->name; o++)
        print_option(o, column);
    char letter = letter_is_taken(command, 'h') ? '\0' : 'h';
    print_option(&(struct args_option){"help", letter, NULL, "show this help"}, column);
    if (command->more)
        printf("\n%s\n", command->more);
}
