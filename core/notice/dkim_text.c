#include "notice/dkim_text.h"

static bool is_space(unsigned char c)
{
    return c == ' ' || c == '\t';
}

/* Runs of white space as one blank, none at the end; `blank` says that one stands before the text. */
static void put_reduced(struct buf *out, struct bytes text, bool blank)
{
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        while (i < text.n && !is_space(text.p[i]))
            i++;
        if (i > from) {
            if (blank)
                buf_put_byte(out, ' ');
            buf_put(out, bytes_slice(text, from, i));
        }
        blank = i < text.n;
        while (i < text.n && is_space(text.p[i]))
            i++;
    }
}

void dkim_put_field(struct buf *out, struct bytes field)
{
    size_t colon = bytes_index(field, ':', 0);
    struct bytes name = bytes_trim(bytes_slice(field, 0, colon));
    struct bytes value =
        bytes_slice(field, colon == BYTES_NOT_FOUND ? field.n : colon + 1, field.n);
    struct buf flat = buf_new(value.n + 1);
    for (size_t i = 0; i < name.n; i++)
        buf_put_byte(out, name.p[i] >= 'A' && name.p[i] <= 'Z' ? (unsigned char)(name.p[i] + 32)
                                                               : name.p[i]);
    buf_put_byte(out, ':');
    for (size_t i = 0; i < value.n; i++) /* unfolded: white space stands behind each line end */
        if (value.p[i] != '\r' && value.p[i] != '\n')
            buf_put_byte(&flat, value.p[i]);
    put_reduced(out, bytes_trim(buf_view(&flat)), false);
    buf_put_text(out, "\r\n");
    buf_free(&flat);
}

void dkim_put_body(struct buf *out, struct bytes body)
{
    size_t empty = 0; /* lines that stand here only if another one follows */
    while (body.n > 0) {
        size_t end = bytes_find(body, bytes_of("\r\n"));
        struct bytes line = bytes_slice(body, 0, end);
        size_t before = out->n;
        for (size_t i = 0; i < empty; i++)
            buf_put_text(out, "\r\n");
        size_t from = out->n;
        put_reduced(out, line, line.n > 0 && is_space(line.p[0]));
        if (out->n == from) {
            out->n = before;
            empty++;
        } else {
            buf_put_text(out, "\r\n");
            empty = 0;
        }
        body = bytes_slice(body, end == BYTES_NOT_FOUND ? body.n : end + 2, body.n);
    }
}

/* The bytes of the field at the head of the text: up to a line that no white space begins. */
static size_t field_length(struct bytes text)
{
    for (size_t i = 0; i < text.n;) {
        size_t end = bytes_index(text, '\n', i);
        if (end == BYTES_NOT_FOUND || end + 1 == text.n || !is_space(text.p[end + 1]))
            return end == BYTES_NOT_FOUND ? text.n : end + 1;
        i = end + 1;
    }
    return text.n;
}

bool dkim_find_field(struct bytes header, const char *name, unsigned nth, struct bytes *out)
{
    unsigned count = 0;
    for (unsigned turn = 0; turn < 2; turn++) { /* how many there are, then which it is */
        struct bytes rest = header;
        for (unsigned seen = 0; rest.n > 0;) {
            struct bytes field = bytes_slice(rest, 0, field_length(rest));
            struct bytes own = bytes_trim(bytes_slice(field, 0, bytes_index(field, ':', 0)));
            rest = bytes_slice(rest, field.n, rest.n);
            if (!bytes_equal_nocase(own, name))
                continue;
            *out = field;
            if (turn == 1 && ++seen == count - nth)
                return true;
            count += turn == 0;
        }
        if (count <= nth)
            return false;
    }
    return false;
}

void dkim_put_hashed(struct buf *out, struct bytes header, const char *const *names, size_t count,
                     struct bytes signature)
{
    for (size_t i = 0; i < count; i++) {
        struct bytes field;
        unsigned before = 0;
        for (size_t k = 0; k < i; k++)
            before += bytes_equal_nocase(bytes_of(names[k]), names[i]);
        if (dkim_find_field(header, names[i], before, &field))
            dkim_put_field(out, field);
    }
    dkim_put_field(out, signature);
    out->n -= out->n >= 2 && !out->overflow ? 2 : 0;
}
