#include "sink/counts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 64 };

/* Eight bytes of the MAC: evenly spread, and out of a stranger's hands. */
static size_t place_of(const struct token *token, size_t cap)
{
    uint64_t spread;
    memcpy(&spread, token->b + TOKEN_SIZE - sizeof spread, sizeof spread);
    return (size_t)spread & (cap - 1);
}

/* Where the token stands, or the free place where it should. */
static struct counts_entry *find(struct counts_entry *table, size_t cap, const struct token *token)
{
    size_t at = place_of(token, cap);
    while (table[at].times > 0 && memcmp(table[at].token.b, token->b, TOKEN_SIZE) != 0)
        at = (at + 1) & (cap - 1);
    return &table[at];
}

static bool grow(struct counts *c)
{
    size_t cap = c->cap > 0 ? 2 * c->cap : FIRST_CAP;
    struct counts_entry *table = calloc(cap, sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < c->cap; i++)
        if (c->table[i].times > 0)
            *find(table, cap, &c->table[i].token) = c->table[i];
    free(c->table);
    c->table = table;
    c->cap = cap;
    return true;
}

bool counts_add(struct counts *c, const struct token *token, unsigned most)
{
    if (2 * (c->n + 1) > c->cap && !grow(c))
        return false;
    struct counts_entry *e = find(c->table, c->cap, token);
    if (e->times >= most)
        return false;
    if (e->times == 0) {
        e->token = *token;
        c->n++;
    }
    e->times++;
    return true;
}

void counts_free(struct counts *c)
{
    free(c->table);
    *c = (struct counts){0};
}
