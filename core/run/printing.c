#include "run/printing.h"

#include "base/text.h"
#include "run/child.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A letter takes some 20 ms; the first one waits for the list of fonts, which on a fresh machine has to be made. */
enum { SECONDS = 60 };

/* So many letters a process prints, as cairo 1.16 loses some memory with each. */
enum { LETTERS = 2000 };

struct printing {
    char program[PATH_MAX];
    struct child child;
    bool has_child;
    unsigned printed;
    unsigned long boxes;
};

/* The program under this path, from the folder that ajar itself lies in. */
static bool find(struct printing *p, const char *below)
{
    ssize_t n = readlink("/proc/self/exe", p->program, sizeof p->program - 1);
    if (n <= 0)
        return false;
    p->program[n] = '\0';
    char *slash = strrchr(p->program, '/');
    if (!slash || (size_t)(slash + 1 - p->program) + strlen(below) >= sizeof p->program)
        return false;
    memcpy(slash + 1, below, strlen(below) + 1);
    return access(p->program, X_OK) == 0;
}

struct printing *printing_new(struct fail *fail)
{
    struct printing *p = calloc(1, sizeof *p);
    if (p && (find(p, "ajar-paper") || find(p, "../libexec/ajar/ajar-paper")))
        return p;
    if (p)
        fail_set(fail, "ENOENT",
                 "the program ajar-paper, which prints letters, is neither beside ajar nor in "
                 "../libexec/ajar");
    else
        fail_set(fail, "ENOMEM", "no memory for printing");
    free(p);
    return NULL;
}

static void end_child(struct printing *p)
{
    if (p->has_child)
        child_end(&p->child);
    p->has_child = false;
}

void printing_free(struct printing *p)
{
    if (p)
        end_child(p);
    free(p);
}

static bool begin_child(struct printing *p, struct fail *fail)
{
    if (p->printed++ % LETTERS == 0)
        end_child(p);
    p->has_child = p->has_child || child_start_program(&p->child, p->program, fail);
    return p->has_child;
}

/* Takes the line with the number of boxes off. */
static bool take_boxes(struct printing *p, struct buf *answer)
{
    struct bytes view = buf_view(answer);
    size_t at = sizeof PRINTING_BOXES - 1, from = at;
    if (!bytes_starts_nocase(view, PRINTING_BOXES))
        return false;
    for (p->boxes = 0; at < view.n && at < from + 9 && view.p[at] >= '0' && view.p[at] <= '9'; at++)
        p->boxes = p->boxes * 10 + (view.p[at] - '0');
    if (at == from || at >= view.n || view.p[at] != '\n')
        return false;
    buf_drop(answer, at + 1);
    return true;
}

/* The answer is a PDF or, of a process that may have been taken over, a sentence. */
static bool take(struct printing *p, struct buf *pdf, struct fail *fail)
{
    if (take_boxes(p, pdf) && bytes_starts_nocase(buf_view(pdf), "%PDF-"))
        return true;
    fail_set(fail, "EFORMAT", "%.*s", pdf->n < 300 ? (int)pdf->n : 300, (const char *)pdf->p);
    text_make_printable(fail->text);
    return false;
}

static bool ask(struct printing *p, struct bytes question, struct buf *pdf, struct fail *fail)
{
    if (child_ask(&p->child, question, pdf, SECONDS, fail))
        return take(p, pdf, fail);
    end_child(p);
    if (strcmp(fail->code, "EWORKER") == 0)
        return fail_set(fail, "EWORKER",
                        "ajar-paper died of a letter; are there fonts? (Debian: fonts-noto-core)");
    return fail_set(fail, "ETIMEDOUT", "ajar-paper took over %d seconds for a letter", SECONDS);
}

unsigned long printing_boxes(const struct printing *p)
{
    return p->boxes;
}

bool printing_put(struct printing *p, struct bytes letter, struct buf *pdf, struct fail *fail)
{
    buf_clear(pdf);
    return begin_child(p, fail) && ask(p, letter, pdf, fail);
}
