#include "evidence/once.h"

#include "base/buf.h"
#include "evidence/digests.h"
#include "evidence/gather.h"

#include <stdlib.h>

enum { SINGLES_LIMIT = 64 * 1024 };

struct once {
    bool unsure;
    struct digests *cases;                /* their names */
    char id[NAME_LIMIT];                  /* the case at hand */
    char files[GATHER_FILES][NAME_LIMIT]; /* its files */
    unsigned file_count;
    struct buf singles; /* other files' names, each with its NUL */
};

struct once *once_new(void)
{
    struct once *o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    o->singles = buf_new(SINGLES_LIMIT);
    o->cases = digests_new();
    if (o->cases)
        return o;
    once_free(o);
    return NULL;
}

void once_free(struct once *o)
{
    if (!o)
        return;
    buf_free(&o->singles);
    digests_free(o->cases);
    free(o);
}

bool once_sure(const struct once *o)
{
    return !o->unsure;
}

/* One and the same, or one the directory of the other. */
static bool clash(const char *a, const char *b)
{
    size_t n = 0;
    while (a[n] && a[n] == b[n])
        n++;
    return (a[n] == '\0' && (b[n] == '\0' || b[n] == '/')) || (b[n] == '\0' && a[n] == '/');
}

static void begin_case(struct once *o, struct bytes id)
{
    memcpy(o->id, id.p, id.n); /* a part of a name: shorter than NAME_LIMIT */
    o->id[id.n] = '\0';
    o->file_count = 0;
    o->unsure |= digests_add(o->cases, id) != DIGESTS_NEW;
}

/* Others decide, who have a table of their own (seen.h). */
static void give_up(struct once *o)
{
    digests_free(o->cases);
    o->cases = NULL;
}

static void add_file(struct once *o, const char *file)
{
    for (unsigned i = 0; i < o->file_count; i++)
        o->unsure |= clash(o->files[i], file);
    if (o->file_count == GATHER_FILES)
        o->unsure = true;
    else
        memcpy(o->files[o->file_count++], file, strlen(file) + 1);
}

/* "data/cases" and what lies right in it could be where a case's directory is. */
static void add_single(struct once *o, const char *name)
{
    static const char cases[] = "data/cases";
    struct bytes known = buf_view(&o->singles);
    o->unsure |= strncmp(name, cases, sizeof cases - 1) == 0;
    for (size_t at = 0; at < known.n; at = bytes_index(known, '\0', at) + 1)
        o->unsure |= clash((const char *)known.p + at, name);
    o->unsure |= !buf_put(&o->singles, bytes_at(name, strlen(name) + 1));
}

void once_add(struct once *o, const char *name)
{
    const char *file;
    if (o->unsure)
        return;
    struct bytes id = name_case(name, &file);
    if (id.n == 0) {
        add_single(o, name);
    } else {
        if (!bytes_equal_text(id, o->id))
            begin_case(o, id);
        add_file(o, file);
    }
    if (o->unsure)
        give_up(o);
}
