#include "cli/notify_paper.h"

#include "base/file.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool notify_paper_open(struct notify_paper *p, struct fail *fail)
{
    if (!p->folder)
        return true;
    p->pdf = buf_new(PRINTING_PDF);
    p->printing = file_directory(p->folder, fail) ? printing_new(fail) : NULL;
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
    if (!print(p, letter, place, fail))
        return fail_prefix(fail, "case %s", id);
    bool ok = file_create(path, buf_view(&p->pdf), fail);
    if (!ok && strcmp(fail->code, "EEXIST") == 0)
        fail_set(fail, "EEXIST", "%s is there already; letters are never overwritten", path);
    if (ok)
        puts(path);
    return ok;
}

void notify_paper_close(struct notify_paper *p)
{
    printing_free(p->printing);
    buf_free(&p->pdf);
    p->printing = NULL;
}
