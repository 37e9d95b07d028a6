#include "notice/layout.h"

#include "base/text.h"
#include "notice/breaks.h"
#include "notice/cells.h"
#include "notice/isolates.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct bytes member(const json_t *block, const char *name)
{
    const json_t *text = json_object_get(block, name);
    return bytes_at(json_string_value(text), json_string_length(text));
}

static bool is_rtl(const json_t *block)
{
    return json_is_true(json_object_get(block, "rtl"));
}

/* What `out` has from `start` on is a whole line; it gets what its direction wants, and its end. */
static void end_line(struct buf *out, size_t start, bool rtl)
{
    struct buf line = buf_new(out->limit);
    if (rtl && buf_put(&line, bytes_slice(buf_view(out), start, out->n))) {
        out->n = start;
        isolates_put(out, buf_view(&line));
    }
    buf_free(&line);
    buf_put_byte(out, '\n');
}

static void put_repeated(struct buf *out, char c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_put_byte(out, (unsigned char)c);
}

/* ASCII, and one blank between two words: what is found out about where a line may end is in that one byte. */
static bool is_simple(struct bytes text)
{
    return text.n > 0 && text_ascii_run(text) == text.n && text.p[0] != ' ' &&
           text.p[text.n - 1] != ' ' && bytes_find(text, bytes_of("  ")) == BYTES_NOT_FOUND;
}

/* As put_wrapped, and its lines are the same. */
static void put_simple(struct buf *out, const char *first, struct bytes text)
{
    size_t indent = strlen(first);
    size_t room = LAYOUT_COLUMNS - indent;
    buf_put_text(out, first);
    while (text.n > room) {
        const unsigned char *blank = memrchr(text.p, ' ', room + 1);
        if (!blank) /* a word that is wider than a line */
            blank = memchr(text.p + room, ' ', text.n - room);
        if (!blank)
            break;
        size_t end = (size_t)(blank - text.p);
        buf_put(out, bytes_slice(text, 0, end));
        buf_put_byte(out, '\n');
        put_repeated(out, ' ', indent);
        text = bytes_slice(text, end + 1, text.n);
    }
    buf_put(out, text);
    buf_put_byte(out, '\n');
}

/* Wrapped; the first line begins with `first`, the others with as many blanks. */
static void put_wrapped(struct buf *out, const char *first, const json_t *block)
{
    if (!is_rtl(block) && is_simple(member(block, "text"))) {
        put_simple(out, first, member(block, "text"));
        return;
    }
    size_t indent = strlen(first);
    size_t column = indent;
    size_t start = out->n;
    struct breaks breaks = breaks_begin(member(block, "text"));
    buf_put_text(out, first);
    for (struct piece piece; breaks_next(&breaks, &piece);) {
        size_t width = text_width(piece.text);
        if (column > indent && column + piece.behind_blank + width > LAYOUT_COLUMNS) {
            end_line(out, start, is_rtl(block));
            start = out->n;
            buf_printf(out, "%*s", (int)indent, "");
            column = indent;
        } else if (column > indent && piece.behind_blank) {
            buf_put_byte(out, ' ');
            column++;
        }
        buf_put(out, piece.text);
        column += width;
    }
    end_line(out, start, is_rtl(block));
}

/* As it stands, but on one line whatever it holds. */
static void put_flat(struct buf *out, const char *first, struct bytes text)
{
    buf_put_text(out, first);
    for (size_t i = 0; i < text.n; i++)
        buf_put_byte(out, text.p[i] <= ' ' || text.p[i] == 0x7f ? ' ' : text.p[i]);
}

static void put_line(struct buf *out, const char *first, struct bytes text)
{
    put_flat(out, first, text);
    buf_put_byte(out, '\n');
}

static void put_text(struct buf *out, const json_t *block)
{
    put_wrapped(out, "", block);
}

static void put_item(struct buf *out, const json_t *block)
{
    put_wrapped(out, "- ", block);
}

/* One line, in its language's direction. */
static void put_plain(struct buf *out, const json_t *block)
{
    size_t start = out->n;
    put_flat(out, "", member(block, "text"));
    end_line(out, start, is_rtl(block));
}

static void put_code(struct buf *out, const json_t *block)
{
    put_line(out, "    ", member(block, "text"));
}

/* A line of the dialogue: whose it is, and whether the verdict rests on it. */
static void put_said(struct buf *out, const json_t *line)
{
    bool ours = bytes_equal_text(member(line, "who"), "C");
    bool decisive = json_is_true(json_object_get(line, "decisive"));
    buf_put_text(out, decisive ? " *> " : "  > ");
    put_line(out, ours ? "C: " : "S: ", member(line, "text"));
}

static void put_quote(struct buf *out, const json_t *block)
{
    put_said(out, block);
}

/* What is said of lines that are left out: of either side. */
static void put_left_out(struct buf *out, const json_t *block)
{
    put_line(out, "  > ", member(block, "text"));
}

static void put_title(struct buf *out, const json_t *block)
{
    put_plain(out, block);
    put_repeated(out, '-', text_width(member(block, "text")));
    buf_put_byte(out, '\n');
}

/* "=== English =======…", to the full width. */
static void put_rule(struct buf *out, const json_t *block)
{
    struct bytes text = member(block, "text");
    size_t used = 5 + text_width(text);
    buf_put_text(out, "=== ");
    buf_put(out, text);
    buf_put_byte(out, ' ');
    put_repeated(out, '=', used < LAYOUT_COLUMNS ? LAYOUT_COLUMNS - used : 3);
    buf_put_byte(out, '\n');
}

/* The head with a rule below it. */
static void put_table(struct buf *out, const json_t *block)
{
    const json_t *cells = json_object_get(block, "cells");
    for (size_t i = 0; i < json_array_size(cells); i++) {
        cells_put(out, cells, i, LAYOUT_COLUMNS, is_rtl(block));
        if (i == 0) {
            put_repeated(out, '-', LAYOUT_COLUMNS);
            buf_put_byte(out, '\n');
        }
    }
}

struct kind {
    const char *name;
    void (*put)(struct buf *out, const json_t *block);
    bool joins_like; /* no empty line between two of this kind */
    bool joins_next; /* nor between one of this kind and whatever follows */
};

enum { SLOTS = 2048, KEPT_MOST = 4096 };

/* A block in its place, by its address. */
struct kept_block {
    json_t *block;
    const struct kind *kind;
    struct buf text;
};

struct layout_kept {
    struct kept_block slots[SLOTS];
    const json_t
        *seen[SLOTS]; /* what came once: a block of one letter alone is not worth a place */
};

static const struct kind kinds[] = {
    {"text", put_text, false, false},        {"title", put_title, false, true},
    {"item", put_item, true, false},         {"line", put_plain, true, false},
    {"code", put_code, true, false},         {"quote", put_quote, true, false},
    {"rule", put_rule, false, false},        {"lead", put_text, false, true},
    {"left_out", put_left_out, true, false}, {"table", put_table, false, false},
};

static const struct kind *kind_of(const json_t *block)
{
    struct bytes name = member(block, "kind");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (bytes_equal_text(name, kinds[i].name))
            return &kinds[i];
    }
    return NULL;
}

bool layout_knows(const json_t *block)
{
    return kind_of(block) != NULL;
}

struct layout_kept *layout_kept_new(void)
{
    return calloc(1, sizeof(struct layout_kept));
}

static void empty(struct kept_block *k)
{
    json_decref(k->block);
    buf_free(&k->text);
    *k = (struct kept_block){0};
}

void layout_kept_free(struct layout_kept *kept)
{
    for (unsigned i = 0; kept && i < SLOTS; i++)
        empty(&kept->slots[i]);
    free(kept);
}

static size_t slot_of(const json_t *block)
{
    return ((uintptr_t)block >> 4) * (size_t)0x9e3779b97f4a7c15 >> 53;
}

bool layout_has(const struct layout_kept *kept, const json_t *block)
{
    return kept && block && kept->slots[slot_of(block)].block == block;
}

/* What a stranger said is of one letter alone. */
static bool can_be_kept(const struct kind *kind)
{
    return kind->put != put_quote;
}

static void keep(struct layout_kept *kept, json_t *block, const struct kind *kind,
                 struct bytes text)
{
    size_t slot = slot_of(block);
    struct kept_block *k = &kept->slots[slot];
    bool again = kept->seen[slot] == block;
    kept->seen[slot] = block;
    if (!again || !can_be_kept(kind) || text.n > KEPT_MOST)
        return;
    empty(k);
    *k = (struct kept_block){json_incref(block), kind, buf_new(KEPT_MOST)};
    if (!buf_put(&k->text, text))
        empty(k);
}

/* The kind of a block, and its text where that is kept. */
static const struct kind *look_up(const struct layout_kept *kept, const json_t *block,
                                  struct bytes *text)
{
    *text = bytes_at(NULL, 0);
    if (!layout_has(kept, block))
        return kind_of(block);
    const struct kept_block *k = &kept->slots[slot_of(block)];
    *text = buf_view(&k->text);
    return k->kind;
}

/* A line of the dialogue, by its number. */
static void put_quoted(struct buf *out, const json_t *block, const json_t *dialogue)
{
    size_t number = (size_t)json_number_value(json_object_get(block, "line"));
    const json_t *line = json_array_get(dialogue, number - 1);
    put_said(out, line);
}

static void put_block(struct buf *out, const struct kind *kind, json_t *block,
                      const json_t *dialogue, struct layout_kept *kept)
{
    size_t from = out->n;
    if (kind->put == put_quote && dialogue) {
        put_quoted(out, block, dialogue);
        return;
    }
    kind->put(out, block);
    if (kept)
        keep(kept, block, kind, bytes_slice(buf_view(out), from, out->n));
}

/* What is left out stands among the lines that are quoted. */
static bool is_of_one_sort(const struct kind *a, const struct kind *b)
{
    bool both_quoted = (a->put == put_quote || a->put == put_left_out) &&
                       (b->put == put_quote || b->put == put_left_out);
    return a->put == b->put || both_quoted;
}

bool layout_put(struct buf *out, json_t *blocks, const json_t *dialogue, struct layout_kept *kept)
{
    const struct kind *before = NULL;
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        json_t *block = json_array_get(blocks, i);
        struct bytes text;
        const struct kind *kind = look_up(kept, block, &text);
        if (!kind)
            return false;
        bool joined =
            !before || before->joins_next || (kind->joins_like && is_of_one_sort(before, kind));
        if (!joined)
            buf_put_byte(out, '\n');
        if (text.n > 0)
            buf_put(out, text);
        else
            put_block(out, kind, block, dialogue, kept);
        before = kind;
    }
    return !out->overflow;
}
