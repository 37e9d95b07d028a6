#include "cli/listings.h"

#include "base/text.h"
#include "net/input.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { LISTINGS_MOST = 1000000 };

struct listing {
    struct addr address;
    size_t order; /* as they stood in the file */
    char text[LISTING_TEXT];
};

struct listings {
    struct listing *all; /* by address, then by order */
    size_t count;
};

void listings_free(struct listings *l)
{
    if (!l)
        return;
    free(l->all);
    free(l);
}

static int compare(const void *a, const void *b)
{
    const struct listing *x = a;
    const struct listing *y = b;
    if (x->address.family != y->address.family)
        return x->address.family - y->address.family;
    int ip = memcmp(x->address.ip, y->address.ip, sizeof x->address.ip);
    return ip != 0 ? ip : (x->order > y->order) - (x->order < y->order);
}

static struct listing *add(struct listings *l)
{
    if (l->count == LISTINGS_MOST)
        return NULL;
    if ((l->count & (l->count - 1)) == 0) {
        struct listing *all = realloc(l->all, (l->count ? l->count * 2 : 1) * sizeof *all);
        if (!all)
            return NULL;
        l->all = all;
    }
    l->all[l->count] = (struct listing){.order = l->count};
    return &l->all[l->count++];
}

/* "LIST: what, what" */
static void put_text(const json_t *object, char out[LISTING_TEXT])
{
    const json_t *says = json_object_get(object, "says");
    struct buf text = buf_new((size_t)LISTING_TEXT - 1);
    buf_put_text(&text, json_string_value(json_object_get(object, "list")));
    for (size_t i = 0; i < json_array_size(says); i++) {
        const char *what = json_string_value(json_object_get(json_array_get(says, i), "text"));
        buf_put_text(&text, i ? ", " : ": ");
        buf_put_text(&text, what ? what : "?");
    }
    snprintf(out, LISTING_TEXT, "%.*s", (int)text.n, text.n ? (const char *)text.p : "");
    text_make_printable(out);
    buf_free(&text);
}

static bool take_object(struct listings *l, const json_t *object, struct fail *fail)
{
    const char *address = json_string_value(json_object_get(object, "address"));
    const char *state = json_string_value(json_object_get(object, "state"));
    struct addr at;
    if (!address || !state || !json_is_string(json_object_get(object, "list")) ||
        !addr_parse_ip(bytes_of(address), &at))
        return fail_set(fail, "EFORMAT", "this is no line of 'ajar lists --json'");
    if (strcmp(state, "listed") != 0)
        return true;
    struct listing *to = add(l);
    if (!to)
        return fail_set(fail, "ELIMIT", "no memory, or over %d listings", LISTINGS_MOST);
    to->address = at;
    put_text(object, to->text);
    return true;
}

static bool take_line(struct listings *l, struct bytes line, struct fail *fail)
{
    json_t *object = json_loadb((const char *)line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
    bool ok = json_is_object(object)
                  ? take_object(l, object, fail)
                  : fail_set(fail, "EFORMAT", "this is no line of 'ajar lists --json'");
    json_decref(object);
    return ok;
}

static bool read_all(struct listings *l, struct input *in, const char *path, struct fail *fail)
{
    struct bytes line;
    unsigned long number = 0;
    fail->code = NULL;
    while (input_next(in, &line, fail) == INPUT_LINE) {
        number++;
        if (bytes_trim(line).n > 0 && !take_line(l, line, fail))
            return fail_prefix(fail, "%s:%lu", path, number);
    }
    return fail->code == NULL;
}

struct listings *listings_load(const char *path, struct fail *fail)
{
    struct input *in = input_open(path, NULL, fail);
    struct listings *l = in ? calloc(1, sizeof *l) : NULL;
    if (in && !l)
        fail_set(fail, "ENOMEM", "out of memory for %s", path);
    bool ok = l && read_all(l, in, path, fail);
    input_close(in);
    if (ok && l->count > 0)
        qsort(l->all, l->count, sizeof *l->all, compare);
    if (ok)
        return l;
    listings_free(l);
    return NULL;
}

/* The first of the address, or where it would stand. */
static size_t first_of(const struct listings *l, const struct addr *address)
{
    struct listing wanted = {.address = *address};
    size_t from = 0;
    size_t to = l->count;
    wanted.address.port = 0;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare(&l->all[middle], &wanted) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool listings_text(const struct listings *l, const struct addr *address, char out[LISTING_TEXT])
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = first_of(l, address);
         i < l->count && addr_equal_ip(&l->all[i].address, address) && n < LISTING_TEXT; i++)
        n += (size_t)snprintf(out + n, LISTING_TEXT - n, "%s%s", n ? "; " : "", l->all[i].text);
    text_make_printable(out); /* a character may have been cut */
    return n > 0;
}
