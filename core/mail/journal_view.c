#include "base/file.h"
#include "mail/journal.h"
#include "mail/journal_boot.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { JOURNAL_MOST = 64 * 1024 * 1024 };

/* One letter, of which several steps are told. */
struct known {
    char name[ENTRY_NAME];
    struct entry *last;   /* what came of it; NULL: not told */
    struct entry *intent; /* it is about to be sent; NULL: no more */
    bool begun;
    bool
        other; /* in another time since the start than now: that it was not begun may have been lost */
};

struct journal_view {
    struct known *all; /* by name */
    size_t count, room;
    const char *boot;
    bool other;
    bool failed; /* no memory */
};

/* Where it is; or where it would stand. */
static size_t place_of(const struct journal_view *v, const char *name, bool *there)
{
    size_t from = 0;
    size_t to = v->count;
    *there = false;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = strcmp(name, v->all[middle].name);
        if (order == 0) {
            *there = true;
            return middle;
        }
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

static bool make_room(struct journal_view *v)
{
    if (v->all && v->count < v->room)
        return true;
    size_t room = v->room ? 2 * v->room : 256;
    struct known *all = realloc(v->all, room * sizeof *all);
    if (!all)
        return false;
    v->all = all;
    v->room = room;
    return true;
}

/* Lent until the next is asked for. */
static struct known *known_of(struct journal_view *v, const char *name)
{
    bool there;
    size_t at = place_of(v, name, &there);
    if (there)
        return &v->all[at];
    if (!make_room(v)) {
        v->failed = true;
        return NULL;
    }
    struct known *k = &v->all[at];
    memmove(k + 1, k, (v->count - at) * sizeof *k);
    *k = (struct known){.last = NULL};
    memcpy(k->name, name, strlen(name) + 1);
    v->count++;
    return k;
}

static void keep(struct journal_view *v, struct entry **at, const struct entry *e)
{
    if (!*at)
        *at = malloc(sizeof **at);
    if (*at)
        **at = *e;
    else
        v->failed = true;
}

static void forget_intent(struct known *k)
{
    free(k->intent);
    k->intent = NULL;
    k->begun = false;
}

static void take_entry(struct journal_view *v, const struct entry *e)
{
    struct known *k = known_of(v, e->name);
    if (!k)
        return;
    forget_intent(k);
    k->other = v->other;
    keep(v, e->state == ENTRY_SENDING ? &k->intent : &k->last, e);
}

/* One whose end may have been said can't be taken back. */
static void take_mark(struct journal_view *v, const json_t *o)
{
    const char *begun = json_string_value(json_object_get(o, "begun"));
    const char *withdrawn = json_string_value(json_object_get(o, "withdrawn"));
    const char *boot = json_string_value(json_object_get(o, "boot"));
    const char *name = begun ? begun : withdrawn;
    if (boot)
        v->other = strcmp(boot, v->boot) != 0;
    struct known *k = name && entry_is_name(bytes_of(name)) ? known_of(v, name) : NULL;
    if (k && begun)
        k->begun = true;
    else if (k && !k->begun)
        forget_intent(k);
}

static void take_line(struct journal_view *v, struct bytes line)
{
    struct entry e;
    struct fail ignored;
    if (entry_get(line, &e, &ignored)) {
        take_entry(v, &e);
        return;
    }
    json_t *o = line.n <= ENTRY_LIMIT
                    ? json_loadb((const char *)line.p, line.n, JSON_REJECT_DUPLICATES, NULL)
                    : NULL;
    if (json_object_size(o) == 1)
        take_mark(v, o);
    json_decref(o);
}

struct journal_view *journal_view_of(struct bytes text, const char *boot)
{
    struct journal_view *v = calloc(1, sizeof *v);
    if (!v)
        return NULL;
    v->boot = boot;
    v->other = true; /* until it says otherwise */
    while (text.n > 0 && !v->failed) {
        size_t end = bytes_index(text, '\n', 0);
        if (end != BYTES_NOT_FOUND)
            take_line(v, bytes_slice(text, 0, end));
        text = bytes_slice(text, end == BYTES_NOT_FOUND ? text.n : end + 1, text.n);
    }
    if (!v->failed)
        return v;
    journal_view_free(v);
    return NULL;
}

struct journal_view *journal_read(const char *path, struct fail *fail)
{
    char boot[JOURNAL_BOOT];
    struct buf text = buf_new(JOURNAL_MOST);
    struct journal_view *v = NULL;
    journal_boot(boot);
    if (file_read_regular(path, &text, fail) || strcmp(fail->code, "ENOENT") == 0) {
        v = journal_view_of(buf_view(&text), boot);
        if (!v)
            fail_set(fail, "ENOMEM", "no memory for the journal of the letters");
    }
    buf_free(&text);
    return v;
}

void journal_view_free(struct journal_view *v)
{
    for (size_t i = 0; v && i < v->count; i++) {
        free(v->all[i].last);
        free(v->all[i].intent);
    }
    if (v)
        free(v->all);
    free(v);
}

static const struct entry *entry_of(const struct known *k)
{
    return k->intent && (k->begun || k->other) ? k->intent : k->last;
}

const struct entry *journal_find(const struct journal_view *v, const char *name)
{
    bool there;
    size_t at = place_of(v, name, &there);
    return there ? entry_of(&v->all[at]) : NULL;
}

bool journal_each(const struct journal_view *v, bool (*fn)(void *arg, const struct entry *e),
                  void *arg)
{
    bool ok = true;
    for (size_t i = 0; ok && i < v->count; i++) {
        const struct entry *e = entry_of(&v->all[i]);
        ok = !e || fn(arg, e);
    }
    return ok;
}
