/* ajar-paper: letters come in as JSON, each in a frame (run/child.h), and go out as PDF. ajar starts it; it has no socket, and
 * of all files only fonts, which it can only read. */
#include "paper/paper.h"
#include "run/child.h"
#include "run/confine.h"
#include "run/printing.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MEMORY_MOST ((size_t)1024 * 1024 * 1024)

/* A letter in many scripts: what the libraries make on their first one, threads among it, they have made then. */
static bool prepare(struct paper *paper)
{
    static const char sample[] =
        "{\"title\":\"A\",\"author\":\"A\",\"language\":\"en\",\"created\":\"2026-01-01T00:00:"
        "00Z\",\"head\":[],\"to\":"
        "[],\"beside\":[],"
        "\"blocks\":[{\"kind\":\"text\",\"language\":\"en\",\"text\":\"A\"},"
        "{\"kind\":\"code\",\"language\":\"en\",\"text\":\"A\"}]}";
    struct fail fail;
    struct buf pdf = buf_new(PRINTING_PDF);
    json_t *letter = json_loads(sample, 0, NULL);
    bool ok = letter && paper_put(paper, letter, &pdf, &fail);
    json_decref(letter);
    buf_free(&pdf);
    return ok;
}

/* "boxes 3" and the PDF. */
static bool send_pdf(const struct paper *paper, const struct buf *pdf)
{
    struct buf all = buf_new(PRINTING_ANSWER);
    bool sent = buf_printf(&all, PRINTING_BOXES "%u\n", paper_boxes(paper)) &&
                buf_put(&all, buf_view(pdf)) && child_send(CHILD_OUT, buf_view(&all));
    buf_free(&all);
    return sent;
}

static bool answer(struct paper *paper, const struct buf *question)
{
    struct fail fail = {0};
    struct buf out = buf_new(PRINTING_PDF);
    json_t *letter =
        json_loadb((const char *)question->p, question->n, JSON_REJECT_DUPLICATES, NULL);
    bool ok = letter ? paper_put(paper, letter, &out, &fail)
                     : fail_set(&fail, "EFORMAT", "a letter is no JSON");
    json_decref(letter);
    bool sent = ok ? send_pdf(paper, &out) : child_send(CHILD_OUT, bytes_of(fail.text));
    buf_free(&out);
    return sent;
}

static bool confine_early(struct fail *fail)
{
    static const char *const fixed[] = {"/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts",
                                        "/usr/share/fontconfig", "/var/cache/fontconfig"};
    static const char *const own[] = {".fonts", ".local/share/fonts", ".config/fontconfig",
                                      ".cache/fontconfig"};
    enum { FIXED = sizeof fixed / sizeof fixed[0], OWN = sizeof own / sizeof own[0], PATH = 4096 };
    char paths[OWN][PATH];
    const char *folders[FIXED + OWN];
    const char *home = getenv("HOME");
    char missing[64];
    size_t n = 0;
    for (size_t i = 0; i < FIXED; i++)
        folders[n++] = fixed[i];
    for (size_t i = 0; home && i < OWN; i++)
        if ((size_t)snprintf(paths[i], PATH, "%s/%s", home, own[i]) < PATH)
            folders[n++] = paths[i];
    return confine_descriptors(CHILD_OUT, fail) && confine_memory(MEMORY_MOST, fail) &&
           confine_streams(fail) && confine_files(folders, n, missing, fail);
}

int main(void)
{
    char missing[64];
    struct fail fail;
    struct buf question = buf_new(CHILD_FRAME);
    if (fcntl(CHILD_IN, F_GETFD) < 0 || fcntl(CHILD_OUT, F_GETFD) < 0) {
        fputs("ajar-paper makes letters for 'ajar notify --pdf DIR', which starts it.\n", stderr);
        return 2;
    }
    struct paper *paper = confine_early(&fail) ? paper_new() : NULL;
    if (!paper || !prepare(paper) || !confine(CONFINE_PAPER, missing, &fail))
        return 1;
    while (child_receive(CHILD_IN, &question) && answer(paper, &question))
        ;
    buf_free(&question);
    paper_free(paper);
    return 0;
}
