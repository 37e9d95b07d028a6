#include "tape/print_row.h"

#include "base/text.h"

#include <string.h>

enum { COLUMNS = 15, COLUMNS_CONN = 3, MARK = 2, LEAST_ROOM = 20 };

void print_ink(const struct print_page *page, enum print_ink which)
{
    static const char *const codes[] = {"\x1b[0m",  "\x1b[2m",    "\x1b[36m",  "\x1b[0m",
                                        "\x1b[33m", "\x1b[1;31m", "\x1b[1;32m"};
    if (page->colour)
        buf_put_text(page->out, codes[which]);
}

/* Puts a line end and `hang` blanks where `at` is in the output, in place of the `eaten` bytes before
 * it. Returns where the new row begins. */
static size_t break_row(struct buf *out, size_t at, size_t eaten, unsigned hang)
{
    size_t more = 1 + (size_t)hang - eaten;
    if (!buf_reserve(out, more))
        return out->n;
    memmove(out->p + at + more, out->p + at, out->n - at);
    out->p[at - eaten] = '\n';
    memset(out->p + at - eaten + 1, ' ', hang);
    buf_commit(out, more);
    return at + more;
}

static size_t columns_since(const struct buf *out, size_t at)
{
    return text_width(bytes_slice(buf_view(out), at, out->n));
}

void print_wrapped(const struct print_page *page, struct bytes text, unsigned hang, bool words)
{
    struct buf *out = page->out;
    size_t room = page->width == 0                  ? SIZE_MAX
                  : page->width > hang + LEAST_ROOM ? page->width - hang
                                                    : LEAST_ROOM;
    size_t column = 0;
    size_t blank = 0; /* where the word at the end of the row begins; 0: there is but one */
    for (size_t i = 0; i < text.n && !out->overflow;) {
        struct bytes rest = bytes_slice(text, i, text.n);
        size_t step = text_printable_at(text, i);
        size_t before = out->n;
        text_escape(out, bytes_slice(rest, 0, step ? step : 1), rest.n);
        column += columns_since(out, before);
        if (column > room) {
            bool at_blank = words && blank;
            size_t begin = break_row(out, at_blank ? blank : before, at_blank, hang);
            column = columns_since(out, begin);
            blank = 0;
        }
        if (text.p[i] == ' ')
            blank = out->n;
        i += step ? step : 1;
    }
}

static void put_columns(const struct print_page *page, const struct record *r, unsigned line)
{
    print_ink(page, INK_FAINT);
    buf_printf(page->out, "%5u %4llu.%03u ", line, (unsigned long long)(r->t / SPAN_SECOND),
               (unsigned)(r->t % SPAN_SECOND / 1000));
    if (page->many && r->c > 0)
        buf_printf(page->out, "%2u ", r->c);
    else if (page->many)
        buf_put_text(page->out, "   ");
    print_ink(page, INK_PLAIN);
}

void print_row(const struct print_page *page, const struct record *r, unsigned line, bool further,
               const char *mark, enum print_ink which, struct bytes text)
{
    unsigned columns = COLUMNS + (page->many ? COLUMNS_CONN : 0);
    if (further)
        buf_printf(page->out, "%*s", (int)columns, "");
    else
        put_columns(page, r, line);
    if (which != INK_PLAIN)
        print_ink(page, which);
    buf_put_text(page->out, mark);
    if (text.n > 0)
        buf_put_byte(page->out, ' ');
    print_wrapped(page, text, columns + MARK, which == INK_REMARK);
    print_ink(page, INK_PLAIN);
    buf_put_byte(page->out, '\n');
}
