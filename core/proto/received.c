#include "proto/received.h"

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool received_unfold(struct buf *out, struct bytes value)
{
    for (size_t i = 0; i < value.n; i++) {
        bool fold = is_blank(value.p[i]);
        while (fold && i + 1 < value.n && is_blank(value.p[i + 1]))
            i++;
        if (!buf_put_byte(out, fold ? ' ' : value.p[i]))
            return false;
    }
    return true;
}

/* The next word from *at on, which is left behind it; a comment in brackets is one word. Empty at the end. */
static struct bytes next_word(struct bytes text, size_t *at)
{
    while (*at < text.n && is_blank(text.p[*at]))
        ++*at;
    size_t begin = *at;
    for (size_t depth = 0; *at < text.n && (depth > 0 || !is_blank(text.p[*at])); ++*at) {
        depth += text.p[*at] == '(';
        depth -= text.p[*at] == ')' && depth > 0;
    }
    return bytes_slice(text, begin, *at);
}

/* Where a clause goes to; NULL: this word begins none. */
static struct bytes *clause(struct received *r, struct bytes word, struct bytes *other)
{
    static const char *const others[] = {"via", "id", "for", NULL};
    if (bytes_equal_nocase(word, "from"))
        return &r->from;
    if (bytes_equal_nocase(word, "by"))
        return &r->by;
    if (bytes_equal_nocase(word, "with"))
        return &r->with;
    for (size_t i = 0; others[i]; i++)
        if (bytes_equal_nocase(word, others[i]))
            return other;
    return NULL;
}

void received_parse(struct bytes text, struct received *out)
{
    struct bytes ignored = {0};
    struct bytes *to = &ignored;
    size_t at = 0;
    size_t begin = 0;
    *out = (struct received){0};
    for (size_t i = text.n; i-- > 0;) {
        if (text.p[i] != ';')
            continue;
        out->date = bytes_trim(bytes_slice(text, i + 1, text.n));
        text = bytes_slice(text, 0, i);
        break;
    }
    for (;;) {
        struct bytes word = next_word(text, &at);
        struct bytes *next = word.n > 0 ? clause(out, word, &ignored) : NULL;
        if (word.n > 0 && !next)
            continue;
        if (to->n == 0)
            *to = bytes_trim(bytes_slice(text, begin, at - word.n));
        if (word.n == 0)
            return;
        to = next;
        begin = at;
    }
}
