#include "cli/replay_words.h"

#include "base/text.h"

#include <stdio.h>

/* The script's error and its calls, a row each; it may hold anything. */
static void print_error(const char *error)
{
    struct bytes rest = bytes_of(error);
    while (rest.n > 0) {
        struct buf row = buf_new(4 * sizeof(((struct rederived *)NULL)->error));
        size_t end = bytes_index(rest, '\n', 0);
        size_t n = end == BYTES_NOT_FOUND ? rest.n : end;
        bool call = rest.p[0] == '\t';
        text_escape(&row, bytes_slice(rest, call, n), rest.n);
        printf("%s%s\n", call ? "        " : "      ", buf_text(&row));
        rest = bytes_slice(rest, n + 1, rest.n);
        buf_free(&row);
    }
}

static void print_difference(const struct rederived *what)
{
    const struct difference *d = &what->difference;
    printf("    expected  %s\n    got       %s\n", d->expected, d->got);
    if (what->error[0] == '\0')
        return;
    puts("    the script failed:");
    print_error(what->error);
}

static void print_nothing(const char *id, const char *reason)
{
    struct buf row = buf_new(4 * sizeof(((struct rederived *)NULL)->error));
    text_escape(&row, bytes_of(reason), sizeof(((struct rederived *)NULL)->error));
    printf("%s  nothing to replay: the tape holds the verdict error alone (%s)\n", id,
           buf_text(&row));
    buf_free(&row);
}

static void print_place(const char *id, unsigned line)
{
    if (line > 0)
        printf("%s  differs at line %u of the tape\n", id, line);
    else
        printf("%s  differs in its case.json\n", id);
}

void replay_words_case(const char *id, const struct rederived *what)
{
    switch (what->outcome) {
    case REDERIVED_SAME:
        if (what->told[0] == '\0')
            printf("%s  the same verdict\n", id);
        else
            printf("%s  the same verdicts: %s\n", id, what->told);
        return;
    case REDERIVED_NOTHING:
        print_nothing(id, what->error);
        return;
    case REDERIVED_DIFFERS:
        print_place(id, what->difference.line);
        print_difference(what);
        return;
    case REDERIVED_UNABLE:
    case REDERIVED_OUTCOMES:
        printf("%s  not replayed: %s\n", id, what->fail.text);
    }
}

void replay_words_sum(const unsigned long of[REDERIVED_OUTCOMES])
{
    printf("%lu derived again, %lu different", of[REDERIVED_SAME], of[REDERIVED_DIFFERS]);
    if (of[REDERIVED_NOTHING] > 0)
        printf(", %lu with nothing to replay", of[REDERIVED_NOTHING]);
    if (of[REDERIVED_UNABLE] > 0)
        printf(", %lu not replayed", of[REDERIVED_UNABLE]);
    putchar('\n');
}
