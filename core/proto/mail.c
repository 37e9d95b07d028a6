#include "proto/mail.h"

#include "base/text.h"

/* TESTER names the form of the message, not the program's version: a replayed probe must send the
 * bytes on its tape. It changes when these bytes do. */
static const char tester[] = "ajar/1";

/* By these the text is known again. */
static const char first_words[] = "This message is an automatic test of the mail server at";
static const char form_words[] = "Form of this test: ";
static const char mark_words[] = "Mark of this test:";

enum { FACT_LIMIT = 320, BODY_LIMIT = 1023, ENCODED_LIMIT = 60 };

static bool is_ascii(struct bytes b)
{
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] < ' ' || b.p[i] >= 0x7f)
            return false;
    return true;
}

/* One line that a person can read. */
static bool is_fact(struct bytes b)
{
    return b.n > 0 && b.n <= FACT_LIMIT && text_is_printable(b);
}

static bool is_ascii_fact(struct bytes b)
{
    return is_fact(b) && is_ascii(b);
}

/* An address or a part of one: nothing that ends it or begins another. */
static bool is_address(struct bytes b)
{
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] == ' ' || b.p[i] == '<' || b.p[i] == '>' || b.p[i] == ',' || b.p[i] == ';')
            return false;
    return is_ascii_fact(b);
}

static bool are_facts(const struct mail_facts *f)
{
    return is_address(f->token) && is_address(f->to) && is_address(f->from) &&
           is_address(f->domain) && is_ascii_fact(f->target) && is_ascii_fact(f->probe) &&
           is_fact(f->authority) && is_ascii_fact(f->contact) && is_ascii_fact(f->info);
}

static void put_line(struct buf *out, const char *before, struct bytes value, const char *after)
{
    buf_put_text(out, before);
    buf_put(out, value);
    buf_put_text(out, after);
    buf_put_text(out, "\r\n");
}

/* An encoded word (RFC 2047, section 4.2) for each few characters, folded between them; no
 * character is split. */
static void put_encoded(struct buf *out, struct bytes text)
{
    size_t column = ENCODED_LIMIT;
    for (size_t i = 0; i < text.n;) {
        size_t step = text_printable_length(bytes_slice(text, i, text.n));
        if (column + 3 * step > ENCODED_LIMIT) {
            buf_put_text(out, i > 0 ? "?=\r\n =?UTF-8?Q?" : "=?UTF-8?Q?");
            column = 0;
        }
        for (size_t end = i + step; i < end; i++)
            buf_printf(out, "=%02X", text.p[i]);
        column += 3 * step;
    }
    buf_put_text(out, "?=");
}

static void put_authority_field(struct buf *out, struct bytes authority)
{
    buf_put_text(out, "X-Test-Authority: ");
    if (is_ascii(authority))
        buf_put(out, authority);
    else
        put_encoded(out, authority);
    buf_put_text(out, "\r\n");
}

static bool is_bare_mailbox(struct bytes contact)
{
    return bytes_index(contact, '@', 0) != BYTES_NOT_FOUND &&
           bytes_index(contact, ':', 0) == BYTES_NOT_FOUND;
}

static void put_identity(struct buf *out, const struct mail_facts *f)
{
    char when[TIME_TEXT];
    put_line(out, "From: <", f->from, ">");
    put_line(out, "To: <", f->to, ">");
    put_line(out, "Date: ", bytes_of(time_mail_text(f->when, when)), "");
    buf_put_text(out, "Message-ID: <");
    buf_put(out, f->token);
    put_line(out, "@", f->domain, ">");
    put_line(out,
             f->again ? "Subject: once more: relay check, server " : "Subject: open relay test of ",
             f->target, "");
    buf_put_text(out, "Auto-Submitted: auto-generated\r\n"
                      "MIME-Version: 1.0\r\n"
                      "Content-Type: text/plain; charset=us-ascii\r\n"
                      "Content-Transfer-Encoding: 7bit\r\n");
}

static void put_test_fields(struct buf *out, const struct mail_facts *f)
{
    char when[TIME_TEXT];
    put_line(out, "X-Tester: ", bytes_of(tester), "");
    put_line(out, "X-Test-Target: ", f->target, "");
    put_line(out, "X-Test-Form: ", f->probe, "");
    put_line(out, "X-Test-Time: ", bytes_of(time_text(f->when, when)), "");
    put_line(out, "X-Test-Info: ", f->info, "");
    put_line(out,
             is_bare_mailbox(f->contact) ? "X-Test-Optout: mailto:" : "X-Test-Optout: ", f->contact,
             "");
    put_authority_field(out, f->authority);
    put_line(out, "X-Ajar-Token: ", f->token, "");
    buf_put_text(out, "\r\n");
}

/* The body is ASCII, so that no server has to be asked for 8BITMIME. */
static void put_ascii(struct buf *out, struct bytes text)
{
    for (size_t i = 0; i < text.n;) {
        size_t step = text_printable_length(bytes_slice(text, i, text.n));
        buf_put_byte(out, step == 1 ? text.p[i] : '?');
        i += step;
    }
}

static void put_body(struct buf *out, const struct mail_facts *f)
{
    buf_put_text(out, first_words);
    put_line(out, "\r\n", f->target, ".");
    buf_put_text(out, "It asks one question: does the server pass on mail between strangers?\r\n"
                      "If this message reached its mailbox, the answer is yes.\r\n"
                      "\r\n"
                      "Tested on behalf of: ");
    put_ascii(out, f->authority);
    put_line(out, "\r\nTo object or to ask: ", f->contact, "");
    put_line(out, "About the tests, and how to close a relay: ", f->info, "");
    if (f->again)
        buf_put_text(out,
                     "This is the second message of the test. A first one has come back to its\r\n"
                     "mailbox; that this one does too shows that the server passes on all mail,\r\n"
                     "and not the first test message alone.\r\n");
    put_line(out, form_words, f->probe, "");
    buf_put_text(out, "\r\n");
    buf_put_text(out, mark_words);
    put_line(out, "\r\n", f->token, "");
}

static bool is_white(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* How long these words are at `at`, each blank being any white space; 0: others stand there. */
static size_t words_at(struct bytes in, size_t at, const char *words)
{
    size_t i = at;
    for (; *words; words++) {
        if (i == in.n || (*words == ' ' ? !is_white(in.p[i]) : in.p[i] != (unsigned char)*words))
            return 0;
        for (i++; *words == ' ' && i < in.n && is_white(in.p[i]);)
            i++;
    }
    return i - at;
}

/* Where they stand, and how long they are there. */
static size_t find_words(struct bytes in, size_t from, const char *words, size_t *length)
{
    size_t at = bytes_index(in, (unsigned char)*words, from);
    while (at != BYTES_NOT_FOUND && (*length = words_at(in, at, words)) == 0)
        at = bytes_index(in, (unsigned char)*words, at + 1);
    return at;
}

size_t mail_text_begin(struct bytes in, size_t from)
{
    size_t length;
    return find_words(in, from, first_words, &length);
}

bool mail_text_target(struct bytes in, size_t begin, struct bytes *out)
{
    size_t from = begin + words_at(in, begin, first_words);
    while (from < in.n && is_white(in.p[from]))
        from++;
    size_t end = from;
    while (end < in.n && !is_white(in.p[end]))
        end++;
    *out = bytes_slice(in, from, end > from ? end - 1 : from);
    return out->n > 0 && in.p[end - 1] == '.';
}

bool mail_text_read(struct bytes in, size_t begin, struct mail_text *out)
{
    size_t length;
    size_t form = find_words(in, begin, form_words, &length);
    if (form == BYTES_NOT_FOUND)
        return false;
    form += length;
    size_t mark = find_words(in, form, mark_words, &length);
    if (mark == BYTES_NOT_FOUND)
        return false;
    out->form = bytes_trim(bytes_slice(in, form, mark));
    out->mark = bytes_slice(in, mark + length, in.n);
    return true;
}

bool mail_message_put(struct buf *out, const struct mail_facts *facts)
{
    size_t before = out->n;
    if (!are_facts(facts) || out->overflow)
        return false;
    put_identity(out, facts);
    put_test_fields(out, facts);
    size_t body = out->n;
    put_body(out, facts);
    if (!out->overflow && out->n - body <= BODY_LIMIT)
        return true;
    out->n = before;
    return false;
}
