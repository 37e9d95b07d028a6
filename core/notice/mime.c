#include "notice/mime.h"

#include "base/text.h"

#include <gmime/gmime.h>
#include <string.h>

enum { LINE_MOST = 998, FOLDED_FROM = 76, FIELD_MOST = 2048 };

static bool is_ascii(struct bytes text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < ' ' || text.p[i] > '~')
            return false;
    return true;
}

/* LF as CRLF. */
static bool put_lines(struct buf *out, const char *text)
{
    for (const char *end; (end = strchr(text, '\n')) != NULL; text = end + 1) {
        buf_put(out, bytes_at(text, (size_t)(end - text)));
        buf_put_text(out, "\r\n");
    }
    return buf_put_text(out, text);
}

/* A field that GMime has folded; freed. */
static bool put_folded(struct buf *out, char *folded)
{
    bool ok = folded && put_lines(out, folded);
    g_free(folded);
    return ok;
}

bool mime_put_plain_field(struct buf *out, const char *name, struct bytes text)
{
    if (!is_ascii(text) || strlen(name) + 2 + text.n > LINE_MOST)
        return false;
    return buf_put_text(out, name) && buf_put_text(out, ": ") && buf_put(out, text) &&
           buf_put_text(out, "\r\n");
}

bool mime_put_field(struct buf *out, const char *name, struct bytes text)
{
    if (!text_is_isolated(text) || text.n > FIELD_MOST)
        return false;
    if (is_ascii(text) && strlen(name) + 2 + text.n <= FOLDED_FROM)
        return mime_put_plain_field(out, name, text);
    char *plain = g_strndup((const char *)text.p, text.n);
    char *words = g_mime_utils_header_encode_text(NULL, plain, "utf-8");
    char *line = g_strconcat(name, ": ", words, NULL);
    bool ok = put_folded(out, g_mime_utils_unstructured_header_fold(NULL, NULL, line));
    g_free(line);
    g_free(words);
    g_free(plain);
    return ok;
}

bool mime_put_mailbox(struct buf *out, const char *name, struct bytes person, struct bytes address)
{
    if (!text_is_printable(person) || person.n > FIELD_MOST || !is_ascii(address) ||
        address.n > LINE_MOST / 2)
        return false;
    char *plain = g_strndup((const char *)person.p, person.n);
    char *phrase = g_mime_utils_header_encode_phrase(NULL, plain, "utf-8");
    char *line = g_strconcat(name, ": ", phrase, NULL);
    char *folded = g_mime_utils_unstructured_header_fold(NULL, NULL, line);
    g_strchomp(folded);
    const char *last = strrchr(folded, '\n');
    size_t used = strlen(last ? last + 1 : folded);
    bool ok = put_lines(out, folded) &&
              buf_printf(out, "%s <%.*s>\r\n", used + 3 + address.n > FOLDED_FROM ? "\r\n" : "",
                         (int)address.n, (const char *)address.p);
    g_free(folded);
    g_free(line);
    g_free(phrase);
    g_free(plain);
    return ok;
}

bool mime_is_seven_bit(struct bytes content)
{
    size_t line = 0;
    for (size_t i = 0; i < content.n; i++) {
        unsigned char c = content.p[i];
        bool end = c == '\r' && i + 1 < content.n && content.p[i + 1] == '\n';
        line = end ? 0 : line + 1;
        i += end;
        if (c == '\0' || c > 0x7e || line > LINE_MOST || (c == '\r' && !end) || c == '\n')
            return false;
    }
    return bytes_ends(content, "\r\n");
}
