#include "cli/contacts_exchanges.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 4096 };

struct contacts_exchanges {
    FILE *file;    /* or NULL */
    uint64_t *all; /* by number, from 1: the place, and one; 0: there is none */
    size_t room;
};

struct contacts_exchanges *contacts_exchanges_new(void)
{
    return calloc(1, sizeof(struct contacts_exchanges));
}

void contacts_exchanges_free(struct contacts_exchanges *e)
{
    if (!e)
        return;
    if (e->file)
        fclose(e->file);
    free(e->all);
    free(e);
}

static bool make_room(struct contacts_exchanges *e, size_t number)
{
    size_t room = e->room ? e->room : 64;
    while (room <= number)
        room *= 2;
    uint64_t *all = room > e->room ? realloc(e->all, room * sizeof *all) : e->all;
    if (!all)
        return false;
    memset(all + e->room, 0, (room - e->room) * sizeof *all);
    e->all = all;
    e->room = room;
    return true;
}

bool contacts_exchanges_note(struct contacts_exchanges *e, int64_t number, uint64_t at,
                             struct fail *fail)
{
    if (number < 1 || number > EXCHANGES_MOST)
        return fail_set(fail, "EFORMAT", "an exchange has a number from 1 to %d", EXCHANGES_MOST);
    if (!make_room(e, (size_t)number))
        return fail_set(fail, "ENOMEM", "out of memory for contacts");
    e->all[number] = at + 1;
    return true;
}

void contacts_exchanges_keep(struct contacts_exchanges *e, FILE *file)
{
    e->file = file;
}

/* The line at this place, with its LF, if it is still that of this exchange. */
static bool put_line(FILE *file, uint64_t at, long long number, struct buf *out)
{
    char begin[64], piece[PIECE];
    size_t from = out->n, n = (size_t)snprintf(begin, sizeof begin, "{\"exchange\":%lld,", number);
    const char *end = NULL;
    if (fseeko(file, (off_t)at, SEEK_SET) != 0)
        return false;
    while (!end) {
        size_t got = fread(piece, 1, sizeof piece, file);
        end = memchr(piece, '\n', got);
        if (got == 0 || !buf_put(out, bytes_at(piece, end ? (size_t)(end - piece) + 1 : got)))
            return false;
    }
    return out->n - from > n && memcmp(out->p + from, begin, n) == 0;
}

static json_t *numbers_of(const char *said)
{
    char *whole = NULL;
    if (asprintf(&whole, "%s}", said) < 0)
        return NULL;
    json_t *object = json_loads(whole, 0, NULL);
    json_t *list = json_incref(json_object_get(object, "exchanges"));
    json_decref(object);
    free(whole);
    return list;
}

bool contacts_exchanges_put(const struct contacts_exchanges *e, const char *said, struct buf *out)
{
    json_t *list = numbers_of(said);
    bool ok = true;
    for (size_t i = 0; ok && e->file && i < json_array_size(list); i++) {
        json_int_t n = json_integer_value(json_array_get(list, i));
        ok = n > 0 && (size_t)n < e->room && e->all[n] > 0 &&
             put_line(e->file, e->all[n] - 1, n, out);
    }
    json_decref(list);
    return ok;
}
