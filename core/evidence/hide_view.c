#include "evidence/hide_view.h"

#include "evidence/letter_case.h"

struct hide_view hide_view_new(size_t limit)
{
    return (struct hide_view){buf_new(limit), buf_new(limit * sizeof(uint32_t))};
}

void hide_view_free(struct hide_view *v)
{
    buf_free(&v->text);
    buf_free(&v->parts);
}

void hide_view_clear(struct hide_view *v)
{
    buf_clear(&v->text);
    buf_clear(&v->parts);
}

bool hide_view_put(struct hide_view *v, struct bytes text, uint32_t part)
{
    if (!buf_put(&v->text, text))
        return text.n == 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!buf_put(&v->parts, bytes_at(&part, sizeof part)))
            return false;
    }
    return true;
}

static uint32_t part_at(const struct hide_view *v, size_t i)
{
    uint32_t part;
    memcpy(&part, v->parts.p + i * sizeof part, sizeof part);
    return part;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static size_t code_at(struct bytes text, size_t at)
{
    const unsigned char *p = text.p + at;
    return text.n - at >= 4 && is_digit(p[0]) && is_digit(p[1]) && is_digit(p[2]) &&
                   (p[3] == '-' || p[3] == ' ')
               ? 4
               : 0;
}

/* How many bytes at `at` are a line's end that says nothing, and the blanks or the code behind it. */
static size_t line_end(struct bytes text, size_t at, bool codes)
{
    size_t i = at;
    if (i < text.n && text.p[i] == '=')
        i++;
    if (i < text.n && text.p[i] == '\r')
        i++;
    if (i == text.n || text.p[i] != '\n')
        return 0;
    i++;
    if (codes)
        i += code_at(text, i);
    for (; i < text.n && (text.p[i] == ' ' || text.p[i] == '\t'); i++)
        ;
    return i - at;
}

bool hide_view_unfold(struct hide_view *v, const struct hide_view *from, bool codes)
{
    struct bytes text = buf_view(&from->text);
    for (size_t i = 0; i < text.n;) {
        size_t skip = line_end(text, i, codes);
        if (skip == 0 && !hide_view_put(v, bytes_slice(text, i, i + 1), part_at(from, i)))
            return false;
        i += skip ? skip : 1;
    }
    return true;
}

/* How many bytes at `at` are the needle; 0: it isn't there. */
static size_t length_at(struct bytes text, size_t at, struct bytes needle, bool fold)
{
    if (fold)
        return letter_case_match(text, at, needle);
    return bytes_equal(bytes_slice(text, at, at + needle.n), needle) ? needle.n : 0;
}

bool hide_view_search(const struct hide_view *v, struct bytes needle, bool fold,
                      unsigned char *hidden)
{
    struct bytes text = buf_view(&v->text);
    bool found = false;
    for (size_t at = 0; needle.n > 0 && at < text.n; at++) {
        size_t n = length_at(text, at, needle, fold);
        found |= n > 0;
        for (size_t i = 0; i < n; i++)
            hidden[part_at(v, at + i)] = 1;
    }
    return found;
}
