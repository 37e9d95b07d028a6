#include "cli/notify_interval.h"

#include "base/hash.h"
#include "cli/mail_source.h"
#include "mail/queue.h"
#include "mail/written.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { KEY = 16, HEADER_MOST = 64 * 1024, LETTER_MOST = 64 * 1024 * 1024 };

#define DAY (86400 * SPAN_SECOND)

struct row {
    unsigned char key[KEY]; /* digest of the mailbox */
    instant when;
};

struct notify_interval {
    span span;
    struct row *rows;
    size_t count;
    size_t room;
    bool sorted;
    struct queue *queue; /* that is being looked at */
    struct buf letter;
};

struct notify_interval *notify_interval_new(unsigned days)
{
    struct notify_interval *i = calloc(1, sizeof *i);
    if (i)
        *i = (struct notify_interval){.span = days * DAY, .letter = buf_new(LETTER_MOST)};
    return i;
}

void notify_interval_free(struct notify_interval *i)
{
    if (!i)
        return;
    buf_free(&i->letter);
    free(i->rows);
    free(i);
}

static void key_of(const char *mailbox, unsigned char key[KEY])
{
    unsigned char digest[SHA256_SIZE];
    sha256_of(bytes_of(mailbox), digest);
    memcpy(key, digest, KEY);
}

static bool add(struct notify_interval *i, const char *mailbox, instant when)
{
    if (i->count == i->room) {
        size_t room = i->room ? 2 * i->room : 256;
        struct row *rows = realloc(i->rows, room * sizeof *rows);
        if (!rows)
            return false;
        i->rows = rows;
        i->room = room;
    }
    i->rows[i->count].when = when;
    key_of(mailbox, i->rows[i->count++].key);
    i->sorted = false;
    return true;
}

/* `sent`: when it was, for who knows that; 0: when it was written. */
static bool add_letter(struct notify_interval *i, struct bytes message, instant sent)
{
    struct written w;
    bool ok = true;
    if (!written_read(message, &w))
        return true;
    for (size_t k = 0; ok && k < w.count; k++)
        ok = add(i, w.to[k], sent ? sent : w.when);
    return ok;
}

static bool no_memory(struct fail *fail)
{
    return fail_set(fail, "ENOMEM", "no memory for whom was written to");
}

static bool on_mail(void *arg, const char *name, struct bytes mail, bool cut, struct fail *fail)
{
    (void)name, (void)cut; /* its header is whole */
    return add_letter(arg, mail, 0) || no_memory(fail);
}

static bool on_letter(void *arg, const struct queue_letter *l)
{
    struct notify_interval *i = arg;
    struct fail fail;
    if (l->e.state == ENTRY_FAILED)
        return true;
    buf_clear(&i->letter);
    return !queue_read(i->queue, l->e.name, &i->letter, &fail) ||
           add_letter(i, buf_view(&i->letter), l->e.tries > 0 ? l->e.last : 0);
}

static bool is_folder(const char *path, const char *part)
{
    char name[PATH_MAX];
    struct stat st;
    return snprintf(name, sizeof name, "%s/%s", path, part) < PATH_MAX && stat(name, &st) == 0 &&
           S_ISDIR(st.st_mode);
}

bool notify_interval_add(struct notify_interval *i, const char *place, struct fail *fail)
{
    if (!is_folder(place, ".") || is_folder(place, "new") || is_folder(place, "cur"))
        return mail_source_each(place, HEADER_MOST, on_mail, i, fail);
    fail->code = NULL;
    i->queue = queue_open(place, false, fail);
    bool ok = i->queue && queue_each(i->queue, on_letter, i, fail);
    queue_close(i->queue);
    return ok || fail->code ? ok : no_memory(fail);
}

static int compare(const void *a, const void *b)
{
    return memcmp(((const struct row *)a)->key, ((const struct row *)b)->key, KEY);
}

/* When this mailbox was written to last; 0: never. */
static instant last_of(struct notify_interval *i, const char *mailbox)
{
    struct row wanted = {0};
    instant last = 0;
    key_of(mailbox, wanted.key);
    const struct row *found =
        i->count > 0 ? bsearch(&wanted, i->rows, i->count, sizeof *i->rows, compare) : NULL;
    while (found && found > i->rows && compare(found - 1, &wanted) == 0)
        found--;
    for (; found && found < i->rows + i->count && compare(found, &wanted) == 0; found++)
        last = found->when > last ? found->when : last;
    return last;
}

bool notify_interval_holds(struct notify_interval *i, const char *to, instant now, instant *last)
{
    struct written w = {.count = 0};
    *last = 0;
    if (to)
        written_to(to, &w);
    if (!i->sorted && i->count > 0)
        qsort(i->rows, i->count, sizeof *i->rows, compare);
    i->sorted = true;
    for (size_t k = 0; k < w.count; k++) {
        instant when = last_of(i, w.to[k]);
        *last = when > *last ? when : *last;
    }
    return *last > 0 && now - *last < i->span;
}
