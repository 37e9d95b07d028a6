#include "script/words.h"

#include "tape/json_read.h"

#include <stdint.h>
#include <stdlib.h>

enum { SLOTS = 2048, KEPT_MOST = 4096 };

struct slot {
    uint64_t hash;
    struct buf text;
    json_t *block;
};

struct words_kept {
    struct slot slots[SLOTS];
    uint64_t seen[SLOTS]; /* what came once: a text of one letter alone is not worth a place */
};

struct words_kept *words_kept_new(void)
{
    return calloc(1, sizeof(struct words_kept));
}

static void empty(struct slot *s)
{
    buf_free(&s->text);
    json_decref(s->block);
    *s = (struct slot){0};
}

void words_kept_free(struct words_kept *kept)
{
    for (unsigned i = 0; kept && i < SLOTS; i++)
        empty(&kept->slots[i]);
    free(kept);
}

/* Quick, not strong: whoever makes texts meet in one slot has them read again each time. */
static uint64_t hash_of(struct bytes text)
{
    const uint64_t factor = 0x9e3779b97f4a7c15;
    uint64_t hash = text.n * factor;
    size_t i = 0;
    for (; i + 8 <= text.n; i += 8) {
        uint64_t eight;
        memcpy(&eight, text.p + i, sizeof eight);
        hash = (hash ^ eight) * factor;
        hash ^= hash >> 29;
    }
    for (; i < text.n; i++)
        hash = (hash ^ text.p[i]) * factor;
    return hash ^ hash >> 32;
}

static json_t *read_text(struct bytes text)
{
    json_t *quick = json_read_quick(text);
    return quick ? quick
                 : json_loadb((const char *)text.p, text.n,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
}

static json_t *read_block(struct bytes text, struct words_kept *kept)
{
    if (!kept || text.n > KEPT_MOST)
        return read_text(text);
    uint64_t hash = hash_of(text);
    struct slot *s = &kept->slots[hash % SLOTS];
    if (s->block && s->hash == hash && bytes_equal(buf_view(&s->text), text))
        return json_incref(s->block);
    json_t *block = read_text(text);
    bool again = kept->seen[hash % SLOTS] == hash;
    kept->seen[hash % SLOTS] = hash;
    if (!block || !again)
        return block;
    empty(s);
    *s = (struct slot){.hash = hash, .text = buf_new(KEPT_MOST), .block = json_incref(block)};
    if (!buf_put(&s->text, text))
        empty(s);
    return block;
}

/* The next text; false where none is whole. */
static bool next(struct bytes *row, struct bytes *text)
{
    if (row->n < 4)
        return false;
    size_t n = (size_t)row->p[0] << 24 | (size_t)row->p[1] << 16 | (size_t)row->p[2] << 8 |
               (size_t)row->p[3];
    if (n > row->n - 4)
        return false;
    *text = bytes_slice(*row, 4, 4 + n);
    *row = bytes_slice(*row, 4 + n, row->n);
    return true;
}

static bool read_blocks(struct bytes row, struct words_kept *kept, json_t *blocks)
{
    struct bytes text;
    for (unsigned i = 0; row.n > 0; i++) {
        if (i == WORDS_BLOCKS || !next(&row, &text) ||
            json_array_append_new(blocks, read_block(text, kept)) != 0)
            return false;
    }
    return true;
}

json_t *words_read(struct bytes row, struct words_kept *kept)
{
    struct bytes text;
    json_t *words = next(&row, &text) ? read_text(text) : NULL;
    json_t *blocks = json_array();
    bool ok = json_is_object(words) && blocks && read_blocks(row, kept, blocks) &&
              json_object_set(words, "blocks", blocks) == 0;
    json_decref(blocks);
    if (ok)
        return words;
    json_decref(words);
    return NULL;
}
