#include "view/html.h"

#include "base/text.h"

static bool put_byte(struct buf *out, unsigned char c)
{
    switch (c) {
    case '&':
        return buf_put_text(out, "&amp;");
    case '<':
        return buf_put_text(out, "&lt;");
    case '>':
        return buf_put_text(out, "&gt;");
    case '"':
        return buf_put_text(out, "&quot;");
    case '\'':
        return buf_put_text(out, "&#39;");
    default:
        return buf_put_byte(out, c);
    }
}

/* Of escaped text a backslash begins \xNN or one of \r \n \t \\. */
static size_t escape_length(struct bytes rest)
{
    if (rest.p[0] != '\\' || rest.n < 2)
        return 0;
    return rest.p[1] == 'x' && rest.n >= 4 ? 4 : 2;
}

static bool put(struct buf *out, struct bytes b, size_t most, bool marked)
{
    struct buf escaped = buf_new(4 * (most < b.n ? most : b.n) + sizeof "…");
    bool ok = text_escape(&escaped, b, most);
    struct bytes rest = buf_view(&escaped);
    bool within = false;
    while (ok && rest.n > 0) {
        size_t n = escape_length(rest);
        if (marked && within != (n > 0))
            buf_put_text(out, n > 0 ? "<b class=\"x\">" : "</b>");
        within = n > 0;
        n = n > 0 ? n : 1;
        for (size_t i = 0; i < n; i++)
            put_byte(out, rest.p[i]);
        rest = bytes_slice(rest, n, rest.n);
    }
    if (marked && within)
        buf_put_text(out, "</b>");
    buf_free(&escaped);
    return ok && !out->overflow;
}

bool html_text(struct buf *out, struct bytes b, size_t most)
{
    return put(out, b, most, true);
}

bool html_attribute(struct buf *out, struct bytes b, size_t most)
{
    return put(out, b, most, false);
}

bool html_escaped(struct buf *out, struct bytes text)
{
    for (size_t i = 0; i < text.n; i++)
        put_byte(out, text.p[i]);
    return !out->overflow;
}
