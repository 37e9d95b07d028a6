#include "evidence/case_places.h"

#include "evidence/gather.h"
#include "evidence/tar_read.h"

#include <stdlib.h>
#include <string.h>

struct case_places {
    char *path;
    struct tar_read *tar;
    struct gather gather;
    struct buf content;
    bool held; /* a file was come to that belongs to no case yet */
    struct tar_entry entry;
};

struct case_places *case_places_open(const char *path, struct fail *fail)
{
    struct case_places *p = calloc(1, sizeof *p);
    if (!p) {
        fail_set(fail, "ENOMEM", "no memory for a bundle's cases");
        return NULL;
    }
    gather_init(&p->gather);
    p->content = buf_new(BUNDLE_FILE_LIMIT);
    p->path = strdup(path);
    p->tar = p->path ? tar_read_open(path, fail) : NULL;
    if (p->tar)
        return p;
    if (p->path)
        fail_prefix(fail, "%s", path);
    else
        fail_set(fail, "ENOMEM", "no memory for a bundle's cases");
    case_places_close(p);
    return NULL;
}

void case_places_close(struct case_places *p)
{
    if (!p)
        return;
    tar_read_close(p->tar);
    buf_free(&p->gather.content);
    buf_free(&p->content);
    free(p->path);
    free(p);
}

/* The next file, or the one that is held. */
static enum tar_step next(struct case_places *p, struct fail *fail)
{
    if (p->held) {
        p->held = false;
        return TAR_ENTRY;
    }
    enum tar_step step;
    do
        step = tar_read_next(p->tar, &p->entry, fail);
    while (step == TAR_ENTRY && p->entry.directory);
    return step;
}

static bool add(struct case_places *p, const char *name, struct fail *fail)
{
    buf_clear(&p->content);
    return tar_read_all(p->tar, &p->entry, &p->content, fail) &&
           gather_add(&p->gather, name, buf_view(&p->content), fail);
}

/* Gathers the files that stand together from here on, or behind what is no case's; *place is where they begin. False at the end of the
 * bundle, with no fail, too. */
static bool gather_next(struct case_places *p, uint64_t *place, struct fail *fail)
{
    enum tar_step step;
    gather_begin(&p->gather, bytes_at(NULL, 0));
    while ((step = next(p, fail)) == TAR_ENTRY) {
        const char *rest;
        struct bytes id = name_case(p->entry.name, &rest);
        bool begun = p->gather.id[0] != '\0';
        if (begun && !bytes_equal_text(id, p->gather.id)) {
            p->held = true;
            return true;
        }
        if (id.n == 0)
            continue;
        if (!begun) {
            *place = p->entry.place;
            gather_begin(&p->gather, id);
        }
        if (!add(p, rest, fail))
            return false;
    }
    return step == TAR_END && p->gather.id[0] != '\0';
}

bool case_places_each(struct case_places *p, case_places_fn fn, void *arg, struct fail *fail)
{
    uint64_t place;
    struct bundle_case c;
    struct fail why = {0};
    bool ok = tar_read_seek(p->tar, 0, &why);
    p->held = false;
    while (ok && gather_next(p, &place, &why))
        ok = gather_case(&p->gather, &c, &why) && fn(arg, place, &c, &why);
    if (why.code) {
        *fail = why;
        return fail_prefix(fail, "%s", p->path);
    }
    return ok;
}

bool case_places_read(struct case_places *p, uint64_t place, struct bundle_case *out,
                      struct fail *fail)
{
    uint64_t found = 0;
    struct fail why = {0};
    p->held = false;
    if (tar_read_seek(p->tar, place, &why) && gather_next(p, &found, &why) && found == place &&
        gather_case(&p->gather, out, &why))
        return true;
    if (!why.code)
        fail_set(&why, "EFORMAT", "a case is no longer where it was: the file was changed");
    *fail = why;
    return fail_prefix(fail, "%s", p->path);
}
