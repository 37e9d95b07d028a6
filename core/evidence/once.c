#include "evidence/once.h"

#include "base/buf.h"
#include "evidence/gather.h"

#include <sodium.h>
#include <stdlib.h>

enum { PLACES_LEAST = 64, PLACES_MOST = 1 << 21, SINGLES_LIMIT = 64 * 1024 };

struct once {
    bool unsure;
    unsigned char key[crypto_shorthash_KEYBYTES];
    uint64_t *places; /* digests of cases' names; 0 marks an empty one */
    size_t count;
    size_t size;                          /* of the table: a power of two */
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
    o->size = PLACES_LEAST;
    o->singles = buf_new(SINGLES_LIMIT);
    o->places = calloc(o->size, sizeof *o->places);
    randombytes_buf(o->key, sizeof o->key);
    if (o->places)
        return o;
    once_free(o);
    return NULL;
}

void once_free(struct once *o)
{
    if (!o)
        return;
    buf_free(&o->singles);
    free(o->places);
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

static uint64_t *place_of(uint64_t *places, size_t size, uint64_t digest)
{
    size_t i = digest & (size - 1);
    while (places[i] != 0 && places[i] != digest)
        i = (i + 1) & (size - 1);
    return &places[i];
}

/* Room for one more: a table is filled to three quarters. */
static bool make_room(struct once *o)
{
    if (o->count < o->size / 4 * 3)
        return true;
    uint64_t *more = o->size < PLACES_MOST ? calloc(2 * o->size, sizeof *more) : NULL;
    if (!more)
        return false;
    for (size_t i = 0; i < o->size; i++)
        if (o->places[i] != 0)
            *place_of(more, 2 * o->size, o->places[i]) = o->places[i];
    free(o->places);
    o->places = more;
    o->size *= 2;
    return true;
}

static void begin_case(struct once *o, struct bytes id)
{
    uint64_t digest = 0;
    memcpy(o->id, id.p, id.n); /* a part of a name: shorter than NAME_LIMIT */
    o->id[id.n] = '\0';
    o->file_count = 0;
    crypto_shorthash((unsigned char *)&digest, id.p, id.n, o->key);
    digest = digest ? digest : 1;
    uint64_t *place = make_room(o) ? place_of(o->places, o->size, digest) : NULL;
    if (!place || *place != 0) {
        o->unsure = true;
        return;
    }
    *place = digest;
    o->count++;
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
        return;
    }
    if (!bytes_equal_text(id, o->id))
        begin_case(o, id);
    add_file(o, file);
}
