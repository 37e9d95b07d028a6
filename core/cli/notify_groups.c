#include "cli/notify_groups.h"

#include "base/buf.h"
#include "base/hash.h"
#include "evidence/sorted.h"

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

/* Numbers in records have their highest byte first, so that the order of their bytes is theirs. */
enum { NUMBER = 8, ROW = NOTIFY_KEY + NUMBER, LETTER = 4 * NUMBER, ROWS = 128 };

static void put_number(unsigned char *to, uint64_t n)
{
    for (unsigned i = NUMBER; i > 0; n >>= 8)
        to[--i] = (unsigned char)n;
}

static uint64_t number_at(const unsigned char *from)
{
    uint64_t n = 0;
    for (unsigned i = 0; i < NUMBER; i++)
        n = n << 8 | from[i];
    return n;
}

struct notify_groups {
    struct sorted *rows;    /* key, place */
    struct sorted *letters; /* place of the first case, its row, number of cases, part */
    uint64_t next;
    uint64_t *places; /* of the letter that was given last */
    size_t room;
};

struct notify_groups *notify_groups_new(struct fail *fail)
{
    struct notify_groups *g = calloc(1, sizeof *g);
    if (!g) {
        fail_set(fail, "ENOMEM", "no memory for letters about several findings");
        return NULL;
    }
    g->rows = sorted_new(ROW, fail);
    g->letters = g->rows ? sorted_new(LETTER, fail) : NULL;
    if (g->letters)
        return g;
    notify_groups_free(g);
    return NULL;
}

void notify_groups_free(struct notify_groups *g)
{
    if (!g)
        return;
    sorted_free(g->rows);
    sorted_free(g->letters);
    free(g->places);
    free(g);
}

bool notify_groups_add(struct notify_groups *g, const struct notify_key *key, uint64_t place,
                       struct fail *fail)
{
    unsigned char row[ROW];
    memcpy(row, key->digest, NOTIFY_KEY);
    put_number(row + NOTIFY_KEY, place);
    return sorted_add(g->rows, row, fail);
}

/* ---- rows become letters ---- */

struct closing {
    struct notify_groups *groups;
    size_t most;
    struct notify_key key;
    uint64_t row;   /* the next */
    uint64_t first; /* place of the letter's first case */
    size_t count;   /* of the letter's cases so far */
    unsigned part;
};

static bool end_letter(struct closing *c, struct fail *fail)
{
    unsigned char letter[LETTER];
    if (c->count == 0)
        return true;
    put_number(letter, c->first);
    put_number(letter + NUMBER, c->row - c->count);
    put_number(letter + 2 * NUMBER, c->count);
    put_number(letter + 3 * NUMBER, c->part);
    if (c->count > c->groups->room)
        c->groups->room = c->count;
    c->count = 0;
    return sorted_add(c->groups->letters, letter, fail);
}

static bool on_row(void *arg, const void *record, struct fail *fail)
{
    struct closing *c = arg;
    const unsigned char *row = record;
    bool same = c->row > 0 && memcmp(c->key.digest, row, NOTIFY_KEY) == 0;
    if ((!same || c->count == c->most) && !end_letter(c, fail))
        return false;
    if (!same)
        c->part = 0;
    else if (c->count == 0)
        c->part++;
    if (c->count == 0)
        c->first = number_at(row + NOTIFY_KEY);
    memcpy(c->key.digest, row, NOTIFY_KEY);
    c->count++;
    c->row++;
    return true;
}

bool notify_groups_close(struct notify_groups *g, size_t most, struct fail *fail)
{
    struct closing c = {.groups = g, .most = most};
    if (!sorted_close(g->rows, fail) || !sorted_each(g->rows, on_row, &c, fail) ||
        !end_letter(&c, fail) || !sorted_close(g->letters, fail))
        return false;
    g->places = malloc(g->room * sizeof *g->places + 1);
    return g->places || fail_set(fail, "ENOMEM", "no memory for letters about several findings");
}

/* ---- letters, one after the other ---- */

static bool read_places(struct notify_groups *g, uint64_t first, struct notify_group_cases *out,
                        struct fail *fail)
{
    unsigned char rows[ROWS * ROW];
    for (size_t at = 0; at < out->count;) {
        size_t n = out->count - at < ROWS ? out->count - at : ROWS;
        if (!sorted_read(g->rows, first + at, n, rows, fail))
            return false;
        for (size_t i = 0; i < n; i++)
            g->places[at++] = number_at(rows + i * ROW + NOTIFY_KEY);
        memcpy(out->key.digest, rows, NOTIFY_KEY);
    }
    return true;
}

bool notify_groups_next(struct notify_groups *g, struct notify_group_cases *out, struct fail *fail)
{
    unsigned char letter[LETTER];
    *out = (struct notify_group_cases){.places = g->places};
    if (g->next == sorted_count(g->letters))
        return true;
    if (!sorted_read(g->letters, g->next++, 1, letter, fail))
        return false;
    out->count = number_at(letter + 2 * NUMBER);
    out->part = (unsigned)number_at(letter + 3 * NUMBER);
    return read_places(g, number_at(letter + NUMBER), out, fail);
}

bool notify_groups_has_several(const struct notify_groups *g, const struct notify_key *key,
                               bool *several, struct fail *fail)
{
    unsigned char row[ROW];
    uint64_t first;
    if (!sorted_find(g->rows, bytes_at(key->digest, NOTIFY_KEY), &first, fail))
        return false;
    *several = first + 1 < sorted_count(g->rows);
    if (!*several)
        return true;
    if (!sorted_read(g->rows, first + 1, 1, row, fail)) /* those that follow it stand behind it */
        return false;
    *several = memcmp(row, key->digest, NOTIFY_KEY) == 0;
    return true;
}
