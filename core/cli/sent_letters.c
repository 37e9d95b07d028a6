#include "cli/sent_letters.h"

#include "mail/queue.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct known {
    char *text; /* of the two */
    const char *name;
    const char *id;
    const char *folder; /* lent */
    bool uncertain;
};

struct by_id {
    const char *id;
    const struct known *letter;
};

struct sent_letters {
    struct known *all; /* by name */
    struct by_id *ids; /* by Message-ID; NULL: not sorted yet */
    size_t count, room;
    const char *folder; /* that is being added */
};

struct sent_letters *sent_letters_new(void)
{
    return calloc(1, sizeof(struct sent_letters));
}

void sent_letters_free(struct sent_letters *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->count; i++)
        free(s->all[i].text);
    free(s->all);
    free(s->ids);
    free(s);
}

static bool add(void *arg, const struct queue_letter *l)
{
    struct sent_letters *s = arg;
    size_t n = strlen(l->e.name) + 1;
    size_t m = strlen(l->e.id) + 1;
    if (s->count == s->room) {
        size_t room = s->room ? 2 * s->room : 64;
        struct known *all = realloc(s->all, room * sizeof *all);
        if (!all)
            return false;
        s->all = all;
        s->room = room;
    }
    char *text = malloc(n + m);
    if (!text)
        return false;
    memcpy(text, l->e.name, n);
    memcpy(text + n, l->e.id, m);
    s->all[s->count++] = (struct known){.text = text,
                                        .name = text,
                                        .id = text + n,
                                        .folder = s->folder,
                                        .uncertain = l->e.state == ENTRY_UNCERTAIN && !l->sends};
    return true;
}

bool sent_letters_add(struct sent_letters *s, const char *folder, struct fail *fail)
{
    fail->code = NULL;
    struct queue *q = queue_open(folder, false, fail);
    s->folder = folder;
    bool ok = q && queue_each(q, add, s, fail);
    if (q && !ok && !fail->code)
        fail_set(fail, "ENOMEM", "no memory for the letters' names");
    queue_close(q);
    return ok;
}

static int by_name(const void *a, const void *b)
{
    return strcasecmp(((const struct known *)a)->name, ((const struct known *)b)->name);
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(((const struct by_id *)a)->id, ((const struct by_id *)b)->id);
}

static bool sort(struct sent_letters *s)
{
    if (s->ids || s->count == 0)
        return s->ids != NULL;
    qsort(s->all, s->count, sizeof *s->all, by_name);
    s->ids = calloc(s->count, sizeof *s->ids);
    for (size_t i = 0; s->ids && i < s->count; i++)
        s->ids[i] = (struct by_id){s->all[i].id, &s->all[i]};
    if (s->ids)
        qsort(s->ids, s->count, sizeof *s->ids, compare_ids);
    return s->ids != NULL;
}

const char *sent_letters_of(void *arg, const char *id)
{
    struct sent_letters *s = arg;
    const struct by_id key = {.id = id};
    if (id[0] == '\0' || !sort(s))
        return NULL;
    const struct by_id *found = bsearch(&key, s->ids, s->count, sizeof *s->ids, compare_ids);
    return found ? found->letter->name : NULL;
}

static struct known *find(struct sent_letters *s, struct bytes name)
{
    char text[ENTRY_NAME];
    struct known key = {.name = text};
    if (name.n >= sizeof text || !sort(s))
        return NULL;
    snprintf(text, sizeof text, "%.*s", (int)name.n, (const char *)name.p);
    return bsearch(&key, s->all, s->count, sizeof *s->all, by_name);
}

bool sent_letters_has(void *arg, struct bytes name)
{
    return find(arg, name) != NULL;
}

bool sent_letters_read(struct sent_letters *s, const char *name, struct buf *out, struct fail *fail)
{
    const struct known *k = find(s, bytes_of(name));
    struct queue *q = k ? queue_open(k->folder, false, fail) : NULL;
    bool ok = q && queue_read(q, k->name, out, fail);
    queue_close(q);
    return ok;
}

static bool note(struct queue *q, const char *name, const char *why, struct fail *fail)
{
    struct queue_letter l;
    struct fail wrong;
    if (!queue_get(q, name, &l, &wrong, fail) || l.e.state != ENTRY_UNCERTAIN)
        return false;
    l.e.state = ENTRY_SENT;
    snprintf(l.e.said, sizeof l.e.said, "it was sent: %s came back", why);
    return queue_put(q, &l.e, fail);
}

bool sent_letters_settle(struct sent_letters *s, const char *name, const char *why,
                         struct fail *fail)
{
    struct known *k = find(s, bytes_of(name));
    fail->code = NULL;
    if (!k || !k->uncertain)
        return false;
    struct queue *q = queue_open(k->folder, true, fail);
    bool ok = q && note(q, k->name, why, fail);
    queue_close(q);
    k->uncertain = !ok;
    return ok;
}
