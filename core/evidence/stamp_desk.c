#include "evidence/stamp_desk.h"

#include "evidence/append.h"
#include "evidence/bundle.h"
#include "evidence/stamp.h"

#include <stdio.h>
#include <stdlib.h>

enum { SIGNATURE_LIMIT = 16 * 1024 };

struct stamp_desk {
    char *path;
    struct append *append;
    struct buf signature;
    bool taken[BESIDE_STAMPS + 1]; /* numbers of the stamps that the bundle has */
    unsigned count;                /* of those that were added */
    unsigned numbers[BESIDE_STAMPS];
    struct buf stamps[BESIDE_STAMPS];
};

static bool note(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    (void)content;
    (void)fail;
    struct stamp_desk *d = arg;
    d->taken[beside_stamp_number(name)] = true;
    return true;
}

static bool open_bundle(struct stamp_desk *d, struct fail *fail)
{
    struct bundle_report report;
    return (d->append = append_begin(d->path, fail)) &&
           bundle_verify(d->path, NULL, &report, fail) && bundle_each(d->path, note, d, fail) &&
           bundle_read(d->path, BESIDE_SIGNATURE, &d->signature, fail);
}

struct stamp_desk *stamp_desk_open(const char *path, struct fail *fail)
{
    struct stamp_desk *d = calloc(1, sizeof *d);
    if (!d || !(d->path = strdup(path))) {
        free(d);
        fail_set(fail, "ENOMEM", "%s: no memory", path);
        return NULL;
    }
    d->signature = buf_new(SIGNATURE_LIMIT);
    if (open_bundle(d, fail))
        return d;
    stamp_desk_close(d);
    return NULL;
}

struct bytes stamp_desk_signature(const struct stamp_desk *d)
{
    return buf_view(&d->signature);
}

bool stamp_desk_add(struct stamp_desk *d, struct bytes stamp, struct fail *fail)
{
    unsigned number = 1;
    while (number <= BESIDE_STAMPS && d->taken[number])
        number++;
    if (number > BESIDE_STAMPS)
        return fail_set(fail, "ELIMIT", "%s: it has %d time-stamps, and there can't be more",
                        d->path, BESIDE_STAMPS);
    struct buf *copy = &d->stamps[d->count];
    *copy = buf_new(STAMP_LIMIT);
    if (!buf_put(copy, stamp))
        return fail_set(fail, "ENOMEM", "%s: no memory for a time-stamp", d->path);
    d->numbers[d->count++] = number;
    d->taken[number] = true;
    return true;
}

bool stamp_desk_write(struct stamp_desk *d, struct fail *fail)
{
    char names[BESIDE_STAMPS][BESIDE_NAME];
    struct bag_file files[BESIDE_STAMPS];
    for (unsigned i = 0; i < d->count; i++)
        files[i] = (struct bag_file){.name = beside_stamp(d->numbers[i], names[i]),
                                     .content = buf_view(&d->stamps[i])};
    return append_files(d->append, files, d->count, fail);
}

void stamp_desk_close(struct stamp_desk *d)
{
    if (!d)
        return;
    append_end(d->append);
    buf_free(&d->signature);
    for (unsigned i = 0; i < BESIDE_STAMPS; i++)
        buf_free(&d->stamps[i]);
    free(d->path);
    free(d);
}
