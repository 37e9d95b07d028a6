#include "cli/notify_groups.h"

#include "base/buf.h"
#include "base/hash.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_TEXT = 4096 };

struct notify_key notify_key_of(const struct notify_recipients *r, const struct addr *target)
{
    char address[ADDR_IP_TEXT];
    struct notify_key key;
    unsigned char digest[SHA256_SIZE];
    struct buf text = buf_new(KEY_TEXT);
    const char *to = notify_recipient(r, target);
    buf_put_text(&text, to ? "to\n" : "address\n");
    for (const char *at = to ? to : addr_ip_text(target, address); *at; at++)
        buf_put_byte(&text, (unsigned char)tolower((unsigned char)*at));
    sha256_of(buf_view(&text), digest);
    memcpy(key.digest, digest, sizeof key.digest);
    buf_free(&text);
    return key;
}

void notify_ticket(const struct notify_key *key, const char *bundle_digest, unsigned part,
                   char out[NOTIFY_TICKET])
{
    unsigned char digest[SHA256_SIZE];
    char hex[2 * NOTIFY_KEY + 1];
    char text[256];
    hash_hex(key->digest, sizeof key->digest, hex);
    snprintf(text, sizeof text, "ajar group\n%s\n%s\n%u", bundle_digest, hex, part);
    sha256_of(bytes_of(text), digest);
    hash_hex(digest, NOTIFY_KEY / 2, hex);
    snprintf(out, NOTIFY_TICKET, "g-%.*s", NOTIFY_KEY, hex);
}

struct row {
    struct notify_key key;
    uint64_t place;
};

/* A letter: rows that stand together. */
struct letter {
    size_t first;
    size_t count;
    unsigned part;
};

struct notify_groups {
    struct row *rows; /* by key and place, once they are closed */
    size_t count;
    size_t room;
    struct letter *letters; /* by their first place */
    size_t letter_count;
    size_t next;
    uint64_t *places; /* of the letter that was given last */
};

struct notify_groups *notify_groups_new(void)
{
    return calloc(1, sizeof(struct notify_groups));
}

void notify_groups_free(struct notify_groups *g)
{
    if (!g)
        return;
    free(g->rows);
    free(g->letters);
    free(g->places);
    free(g);
}

bool notify_groups_add(struct notify_groups *g, const struct notify_key *key, uint64_t place)
{
    if (g->count == g->room) {
        size_t room = g->room ? 2 * g->room : 256;
        struct row *rows = realloc(g->rows, room * sizeof *rows);
        if (!rows)
            return false;
        g->rows = rows;
        g->room = room;
    }
    g->rows[g->count++] = (struct row){*key, place};
    return true;
}

static int compare_keys(const struct notify_key *a, const struct notify_key *b)
{
    return memcmp(a->digest, b->digest, sizeof a->digest);
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int keys = compare_keys(&x->key, &y->key);
    return keys ? keys : (x->place > y->place) - (x->place < y->place);
}

static int compare_letters(const void *a, const void *b, void *rows)
{
    uint64_t x = ((const struct row *)rows)[((const struct letter *)a)->first].place;
    uint64_t y = ((const struct row *)rows)[((const struct letter *)b)->first].place;
    return (x > y) - (x < y);
}

/* Rows from `first` on of one recipient. */
static size_t alike(const struct notify_groups *g, size_t first)
{
    size_t n = 1;
    while (first + n < g->count && compare_keys(&g->rows[first].key, &g->rows[first + n].key) == 0)
        n++;
    return n;
}

bool notify_groups_close(struct notify_groups *g, size_t most)
{
    size_t longest = 0;
    if (g->count == 0)
        return true;
    qsort(g->rows, g->count, sizeof *g->rows, compare_rows);
    g->letters = malloc(g->count * sizeof *g->letters);
    if (!g->letters)
        return false;
    for (size_t first = 0; first < g->count;) {
        size_t left = alike(g, first);
        for (unsigned part = 0; left > 0; part++) {
            size_t n = left < most ? left : most;
            g->letters[g->letter_count++] = (struct letter){first, n, part};
            longest = n > longest ? n : longest;
            first += n;
            left -= n;
        }
    }
    qsort_r(g->letters, g->letter_count, sizeof *g->letters, compare_letters, g->rows);
    g->places = malloc(longest * sizeof *g->places);
    return g->places != NULL;
}

bool notify_groups_next(struct notify_groups *g, struct notify_group_cases *out)
{
    if (g->next == g->letter_count)
        return false;
    const struct letter *l = &g->letters[g->next++];
    for (size_t i = 0; i < l->count; i++)
        g->places[i] = g->rows[l->first + i].place;
    *out = (struct notify_group_cases){g->rows[l->first].key, l->part, g->places, l->count};
    return true;
}

size_t notify_groups_count(const struct notify_groups *g, const struct notify_key *key)
{
    size_t from = 0, to = g->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare_keys(&g->rows[middle].key, key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from < g->count && compare_keys(&g->rows[from].key, key) == 0 ? alike(g, from) : 0;
}
