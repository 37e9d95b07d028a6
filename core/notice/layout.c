#include "notice/layout.h"

#include "base/text.h"

#include <string.h>

static struct bytes member(const json_t *block, const char *name)
{
    const json_t *text = json_object_get(block, name);
    return bytes_at(json_string_value(text), json_string_length(text));
}

/* Blanks, and whatever control characters a text might hold, part words; a no-break space does not. */
static bool is_gap(unsigned char c)
{
    return c <= ' ' || c == 0x7f;
}

/* Takes the next word off `text`; empty at its end. */
static struct bytes next_word(struct bytes *text)
{
    size_t from = 0;
    while (from < text->n && is_gap(text->p[from]))
        from++;
    size_t to = from;
    while (to < text->n && !is_gap(text->p[to]))
        to++;
    struct bytes word = bytes_slice(*text, from, to);
    *text = bytes_slice(*text, to, text->n);
    return word;
}

/* Words, wrapped; the first line begins with `first`, the others with as many blanks. */
static void put_wrapped(struct buf *out, const char *first, struct bytes text)
{
    size_t indent = strlen(first);
    size_t column = indent;
    buf_put_text(out, first);
    for (struct bytes word; (word = next_word(&text)).n > 0;) {
        size_t width = text_width(word);
        if (column > indent && column + 1 + width > LAYOUT_COLUMNS) {
            buf_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            buf_put_byte(out, ' ');
            column++;
        }
        buf_put(out, word);
        column += width;
    }
    buf_put_byte(out, '\n');
}

static void put_repeated(struct buf *out, char c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_put_byte(out, (unsigned char)c);
}

/* As it stands, but on one line whatever it holds. */
static void put_line(struct buf *out, const char *first, struct bytes text)
{
    buf_put_text(out, first);
    for (size_t i = 0; i < text.n; i++)
        buf_put_byte(out, is_gap(text.p[i]) ? ' ' : text.p[i]);
    buf_put_byte(out, '\n');
}

static void put_text(struct buf *out, const json_t *block)
{
    put_wrapped(out, "", member(block, "text"));
}

static void put_item(struct buf *out, const json_t *block)
{
    put_wrapped(out, "- ", member(block, "text"));
}

static void put_plain(struct buf *out, const json_t *block)
{
    put_line(out, "", member(block, "text"));
}

static void put_code(struct buf *out, const json_t *block)
{
    put_line(out, "    ", member(block, "text"));
}

static void put_quote(struct buf *out, const json_t *block)
{
    bool ours = bytes_equal_text(member(block, "who"), "C");
    put_line(out, ours ? "  > C: " : "  > S: ", member(block, "text"));
}

static void put_title(struct buf *out, const json_t *block)
{
    struct bytes text = member(block, "text");
    put_line(out, "", text);
    put_repeated(out, '-', text_width(text));
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

struct kind {
    const char *name;
    void (*put)(struct buf *out, const json_t *block);
    bool joins_like; /* no empty line between two of this kind */
    bool joins_next; /* nor between one of this kind and whatever follows */
};

static const struct kind kinds[] = {
    {"text", put_text, false, false},     {"title", put_title, false, true},
    {"item", put_item, true, false},      {"line", put_plain, true, false},
    {"code", put_code, true, false},      {"quote", put_quote, true, false},
    {"rule", put_rule, false, false},     {"lead", put_text, false, true},
    {"left_out", put_quote, true, false},
};

static const struct kind *kind_of(const json_t *block)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (bytes_equal_text(member(block, "kind"), kinds[i].name))
            return &kinds[i];
    }
    return NULL;
}

bool layout_knows(const json_t *block)
{
    return kind_of(block) != NULL;
}

bool layout_put(struct buf *out, json_t *blocks)
{
    const struct kind *before = NULL;
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        const json_t *block = json_array_get(blocks, i);
        const struct kind *kind = kind_of(block);
        if (!kind)
            return false;
        bool joined =
            !before || before->joins_next || (kind->joins_like && before->put == kind->put);
        if (!joined)
            buf_put_byte(out, '\n');
        kind->put(out, block);
        before = kind;
    }
    return !out->overflow;
}
