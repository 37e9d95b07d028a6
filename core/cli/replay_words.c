#include "cli/replay_words.h"

#include "base/text.h"
#include "cli/traceback_words.h"

#include <stdio.h>

static void print_difference(const struct rederived *what)
{
    const struct difference *d = &what->difference;
    printf("    expected  %s\n    got       %s\n", d->expected, d->got);
    if (what->error[0] == '\0')
        return;
    puts("    the script failed:");
    traceback_words(bytes_of(what->error), 6);
}

static void print_not_run(const char *id, const char *why, const char *reason)
{
    struct buf row = buf_new(4 * sizeof(((struct rederived *)NULL)->error));
    text_escape(&row, bytes_of(reason), sizeof(((struct rederived *)NULL)->error));
    printf("%s  %s (%s)\n", id, why, buf_text(&row));
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
        print_not_run(id, "nothing to replay: the tape holds the verdict error alone", what->error);
        return;
    case REDERIVED_ENDED:
        print_not_run(id, "not derived: its process was ended", what->error);
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
    if (of[REDERIVED_ENDED] > 0)
        printf(", %lu not derived", of[REDERIVED_ENDED]);
    if (of[REDERIVED_UNABLE] > 0)
        printf(", %lu not replayed", of[REDERIVED_UNABLE]);
    putchar('\n');
}
