#include "cli/notify_paper.h"

#include "base/file.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WAITING_MOST = 64 };

static void on_file(void *arg, const char *name)
{
    struct notify_paper *p = arg;
    p->written++;
    printf("%s/%s.pdf\n", p->folder, name);
}

static bool open_files(struct notify_paper *p, struct fail *fail)
{
    struct file_batch_order order = {.folder = p->folder,
                                     .ending = ".pdf",
                                     .mode = 0644,
                                     .most = WAITING_MOST,
                                     .placed = on_file,
                                     .arg = p};
    p->files = file_directory(p->folder, fail) ? file_batch_new(&order, fail) : NULL;
    return p->files != NULL;
}

bool notify_paper_open(struct notify_paper *p, struct fail *fail)
{
    if (!p->folder)
        return true;
    p->pdf = buf_new(PRINTING_ANSWER);
    p->printing = open_files(p, fail) ? printing_new(fail) : NULL;
    return p->printing != NULL;
}

static bool print(struct notify_paper *p, const struct letter *letter,
                  const struct sheet_place *place, struct fail *fail)
{
    json_t *sheet = sheet_of(letter, place);
    char *text = sheet ? json_dumps(sheet, JSON_COMPACT) : NULL;
    bool ok = text ? printing_put(p->printing, bytes_of(text), &p->pdf, fail)
                   : fail_set(fail, "ENOMEM", "no memory for a letter on paper");
    free(text);
    json_decref(sheet);
    return ok;
}

bool notify_paper_put(struct notify_paper *p, const char *id, const struct letter *letter,
                      const struct sheet_place *place, struct fail *fail)
{
    char path[PATH_MAX];
    if (!p->folder)
        return true;
    if ((size_t)snprintf(path, sizeof path, "%s/%s.pdf", p->folder, id) >= sizeof path)
        return fail_set(fail, "ENAMETOOLONG", "%s: the name is too long", p->folder);
    if (p->resumes && access(path, F_OK) == 0) {
        p->kept++;
        return true;
    }
    if (!print(p, letter, place, fail))
        return fail_prefix(fail, "case %s", id);
    p->boxed += printing_boxes(p->printing) > 0;
    bool ok = file_batch_put(p->files, id, buf_view(&p->pdf), fail);
    if (!ok && strcmp(fail->code, "EEXIST") == 0)
        fail_set(fail, "EEXIST",
                 "%s is there already; letters are never overwritten (--resume goes on where a run "
                 "was cut off)",
                 path);
    return ok;
}

bool notify_paper_flush(struct notify_paper *p, struct fail *fail)
{
    return !p->files || file_batch_flush(p->files, fail);
}

void notify_paper_close(struct notify_paper *p)
{
    file_batch_free(p->files);
    printing_free(p->printing);
    buf_free(&p->pdf);
    p->files = NULL;
    p->printing = NULL;
}
