/* What our own receiver got, and for a mail the hosts that say they have passed it on. */
#include "view/sheet.h"

#include "proto/mail.h"
#include "proto/receipt.h"
#include "proto/received.h"

enum { HOPS_MOST = 30, LINE_MOST = 2000, LINES_MOST = 2000, FIELD_MOST = 4096 };

/* What case.json knows of the receipt in this file; NULL when it does not. */
static const json_t *known(const json_t *json, const char *file)
{
    const json_t *receipts = json_object_get(json, "receipts");
    for (size_t i = 0; i < json_array_size(receipts); i++)
        if (bytes_equal_text(object_text(json_array_get(receipts, i), "file"), file))
            return json_array_get(receipts, i);
    return NULL;
}

/* Where case.json's word on it is hidden, any mail has the same suffix. */
static bool is_mail(const struct bundle_case *c, const json_t *receipt, const char *file)
{
    const char *suffix = strrchr(file, '.');
    return receipt ? bytes_equal_text(object_text(receipt, "kind"), "mail")
                   : c->hidden > 0 && suffix && strcmp(suffix, ".eml") == 0;
}

static void put_part(struct sheet *s, const char *before, struct bytes text)
{
    if (text.n == 0)
        return;
    sheet_put(s, before);
    html_text(&s->out, text, FIELD_MOST);
}

/* The n-th Received field from the top, whose views are into *text. */
static struct received read_field(struct bytes mail, unsigned n, struct buf *text)
{
    struct bytes value = {0};
    struct received r = {0};
    if (!mail_header(mail, "Received", n, &value))
        return r;
    *text = buf_new(value.n + 1);
    received_unfold(text, value);
    received_parse(buf_view(text), &r);
    return r;
}

static void put_said(struct sheet *s, const struct received *r)
{
    put_part(s, "from ", r->from);
    put_part(s, ", by ", r->with);
    put_part(s, ", ", r->date);
}

/* One host's word. */
static void put_hop(struct sheet *s, struct bytes mail, unsigned n)
{
    struct buf text = {0};
    struct received r = read_field(mail, n, &text);
    sheet_put(s, "<li><span class=\"host\">");
    html_text(&s->out, r.by.n > 0 ? r.by : bytes_of("a host that does not name itself"),
              FIELD_MOST);
    sheet_put(s, "</span> <span class=\"said\">says: ");
    put_said(s, &r);
    sheet_put(s, "</span></li>\n");
    buf_free(&text);
}

/* Is the first Received field our receiver's own? It writes it above what came (sink/session_mail.c), behind fields of
 * other names, each on a line; in a redacted receipt it may be hidden. */
static bool has_own_field(struct bytes mail)
{
    while (bytes_starts_nocase(mail, "Return-Path:") ||
           bytes_starts_nocase(mail, "X-Ajar-Rcpt-To:") || receipt_was_refused(mail)) {
        size_t end = bytes_index(mail, '\n', 0);
        mail = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(mail, end + 1, mail.n);
    }
    return bytes_starts_nocase(mail, "Received:");
}

/* What we have seen ourselves. */
static void put_end(struct sheet *s, struct bytes mail, bool own, const json_t *receipt)
{
    struct buf text = {0};
    struct received r = {0};
    if (own)
        r = read_field(mail, 0, &text);
    sheet_put(s, "<li class=\"end\"><span class=\"host\">Our receiver");
    put_part(s, ", ", r.by);
    sheet_put(s, "</span> <span class=\"said\">got it");
    put_part(s, " from ", object_text(receipt, "peer"));
    put_part(s, " at ", object_text(receipt, "at"));
    if (!receipt)
        sheet_put(s, "; from whom and when, and what kind of mail it is, is hidden");
    if (own) {
        sheet_put(s, "; its own line says: ");
        put_said(s, &r);
    }
    sheet_put(s, "</span></li>\n");
    buf_free(&text);
}

/* The topmost field is the last host's. */
static unsigned count_hops(struct bytes mail)
{
    struct bytes value;
    unsigned n = 0;
    while (n < HOPS_MOST && mail_header(mail, "Received", n, &value))
        n++;
    return n;
}

/* Lines of the header that are hidden, in a case of which parts are. */
static unsigned count_hidden(struct bytes mail)
{
    unsigned hidden = 0;
    unsigned char leaf[SHA256_SIZE];
    for (size_t at = 0; at < mail.n;) {
        size_t end = bytes_index(mail, '\n', at);
        struct bytes line = bytes_slice(mail, at, end == BYTES_NOT_FOUND ? mail.n : end + 1);
        if (bytes_trim(line).n == 0)
            break;
        struct parts p = {.form = PARTS_LINES, .part = line};
        hidden += parts_hidden(&p, leaf);
        at += line.n;
    }
    return hidden;
}

static void put_hidden(struct sheet *s, unsigned lines)
{
    if (lines > 0)
        sheet_printf(s,
                     "<li><span class=\"host\">Hidden: %u line%s of its header</span> <span "
                     "class=\"said\">so that what they say of the way is not drawn</span></li>\n",
                     lines, lines == 1 ? "" : "s");
}

static void put_way(struct sheet *s, struct bytes mail, unsigned hidden, const json_t *receipt,
                    const json_t *json)
{
    bool own = has_own_field(mail);
    sheet_put(s,
              "<ol class=\"way\">\n<li class=\"start\"><span class=\"host\">The tested server, ");
    sheet_text(s, object_text(json, "target"));
    sheet_put(s, "</span> <span class=\"said\">was given the message by us</span></li>\n");
    put_hidden(s, hidden);
    for (unsigned n = count_hops(mail); n-- > (own ? 1U : 0U);)
        put_hop(s, mail, n);
    put_end(s, mail, own, receipt);
    sheet_put(s, "</ol>\n");
}

void sheet_way(struct sheet *s, const struct bundle_case *c, const json_t *json)
{
    bool any = false;
    for (unsigned i = 0; i < c->receipt_count; i++) {
        const json_t *receipt = known(json, c->receipts[i].file);
        if (!is_mail(c, receipt, c->receipts[i].file))
            continue;
        if (!any)
            sheet_put(s, "<h4>The way the mail took</h4>\n<p class=\"note\">Each host on it writes "
                         "its own line into "
                         "the message; only what our receiver says was seen by us.</p>\n");
        any = true;
        struct bytes mail = c->receipts[i].content;
        put_way(s, mail, c->hidden > 0 ? count_hidden(mail) : 0, receipt, json);
    }
}

static void put_lines(struct sheet *s, struct bytes rest)
{
    for (unsigned n = 0; rest.n > 0 && n < LINES_MOST; n++) {
        size_t end = bytes_index(rest, '\n', 0);
        struct bytes line = bytes_slice(rest, 0, end);
        rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(rest, end + 1, rest.n);
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        html_text(&s->out, line, LINE_MOST);
        sheet_put(s, "\n");
        sheet_flush(s, false);
    }
    if (rest.n > 0)
        sheet_printf(s, "… %zu bytes more\n", rest.n);
}

void sheet_receipts(struct sheet *s, const struct bundle_case *c, const json_t *json)
{
    for (unsigned i = 0; i < c->receipt_count; i++) {
        const json_t *receipt = known(json, c->receipts[i].file);
        sheet_put(s, "<details class=\"receipt\"><summary>Receipt ");
        sheet_words(s, c->receipts[i].name);
        put_part(s, ": ", object_text(receipt, "kind"));
        put_part(s, " from ", object_text(receipt, "peer"));
        sheet_printf(s, ", %zu bytes</summary>\n<pre tabindex=\"0\">", c->receipts[i].content.n);
        put_lines(s, c->receipts[i].content);
        sheet_put(s, "</pre></details>\n");
    }
}
