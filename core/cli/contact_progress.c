#include "cli/contact_progress.h"

#include "cli/complain.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 160 };

/* A run that is over sooner is not spoken of. */
#define EVERY (30 * SPAN_SECOND)

void contact_progress_begin(struct contact_progress *p, size_t total)
{
    *p = (struct contact_progress){.total = total, .terminal = isatty(STDERR_FILENO)};
    p->told = loop_monotonic();
    eta_begin(&p->eta, p->told);
}

static void put_left(const struct contact_progress *p, instant now, size_t done, char line[LINE])
{
    unsigned long seconds;
    size_t n = strlen(line);
    if (eta_left(&p->eta, now, done, p->total, &seconds))
        snprintf(line + n, LINE - n, ", %lu min left", (seconds + 59) / 60);
}

void contact_progress_tick(struct contact_progress *p, size_t done, size_t under_way)
{
    instant now = loop_monotonic();
    char line[LINE];
    eta_note(&p->eta, now, done);
    snprintf(line, sizeof line, "%zu/%zu addresses done, %zu under way", done, p->total, under_way);
    put_left(p, now, done, line);
    if (p->terminal) {
        fprintf(stderr, "\r\033[K%s", line);
        fflush(stderr);
        p->shown = true;
    } else if (now - p->told >= EVERY) {
        complain_words("contact", 0, line);
        p->told = now;
    }
}

void contact_progress_make_room(struct contact_progress *p)
{
    if (!p->shown)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    p->shown = false;
}
