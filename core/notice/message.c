#include "notice/message.h"

#include "base/hash.h"
#include "base/text.h"
#include "notice/mime.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

enum { FIELD = 512, BOUNDARY = 64 };

void message_begin(void)
{
    g_mime_init();
}

void message_end(void)
{
    g_mime_shutdown();
}

bool message_is_mailbox(const char *text)
{
    if (strlen(text) >= FIELD || !text_is_printable(bytes_of(text)) || !strchr(text, '@'))
        return false;
    InternetAddressList *list = internet_address_list_parse(NULL, text);
    if (!list)
        return false;
    InternetAddress *first = internet_address_list_get_address(list, 0);
    bool is = internet_address_list_length(list) == 1 && INTERNET_ADDRESS_IS_MAILBOX(first);
    const char *spec = is ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first)) : "";
    const char *at = strchr(spec, '@');
    is = is && at && at != spec && at[1] != '\0';
    g_object_unref(list);
    return is;
}

static bool put_mailbox(struct buf *out, InternetAddress *at)
{
    const char *name = internet_address_get_name(at);
    const char *spec = INTERNET_ADDRESS_IS_MAILBOX(at)
                           ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(at))
                           : NULL;
    if (!spec || !strchr(spec, '@'))
        return false;
    return name && *name ? mime_put_mailbox(out, "To", bytes_of(name), bytes_of(spec))
                         : mime_put_plain_field(out, "To", bytes_of(spec));
}

/* In no need of quotation marks. */
static bool stands_in_list(const char *spec)
{
    for (; *spec; spec++)
        if (*spec <= ' ' || *spec >= 0x7f || strchr(",;:<>()[]\"\\", *spec))
            return false;
    return true;
}

/* Several, each on a line of its own: they are known by their addresses alone. */
static bool put_mailboxes(struct buf *out, InternetAddressList *list)
{
    int n = internet_address_list_length(list);
    bool ok = n <= MESSAGE_RECIPIENTS;
    for (int i = 0; ok && i < n; i++) {
        InternetAddress *at = internet_address_list_get_address(list, i);
        const char *spec = INTERNET_ADDRESS_IS_MAILBOX(at)
                               ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(at))
                               : "";
        ok = strchr(spec, '@') && strlen(spec) < FIELD && stands_in_list(spec) &&
             buf_printf(out, "%s%s%s", i ? " " : "To: ", spec, i + 1 < n ? ",\r\n" : "\r\n");
    }
    return ok;
}

/* The mailboxes that it names, or what is there instead of any. */
static bool put_to(struct buf *out, const char *to)
{
    if (!to)
        return buf_put_text(out, "To: undisclosed-recipients: ;\r\n");
    InternetAddressList *list =
        text_is_printable(bytes_of(to)) ? internet_address_list_parse(NULL, to) : NULL;
    if (!list)
        return false;
    bool one = internet_address_list_length(list) == 1;
    bool ok =
        one ? message_is_mailbox(to) && put_mailbox(out, internet_address_list_get_address(list, 0))
            : put_mailboxes(out, list);
    g_object_unref(list);
    return ok;
}

bool message_is_url(struct bytes text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] <= ' ' || text.p[i] > '~' || strchr("<>\"\\,", text.p[i]))
            return false;
    return bytes_starts_nocase(text, "https://") && text.n > strlen("https://") && text.n < FIELD;
}

/* Header fields ------------------------------------------------------------------------------------ */

/* "<NAME@DOMAIN>", with the domain of the sender. */
static void put_id(struct buf *out, const struct letter *letter, struct bytes name)
{
    struct bytes from = letter->from_address;
    size_t at = bytes_index(from, '@', 0);
    buf_put_byte(out, '<');
    buf_put(out, name);
    buf_put(out, at == BYTES_NOT_FOUND ? bytes_of("@localhost") : bytes_slice(from, at, from.n));
    buf_put_byte(out, '>');
}

static bool put_ids(struct buf *out, const struct letter *letter, const struct message_envelope *e)
{
    struct buf id = buf_new(FIELD);
    put_id(&id, letter, e->id);
    bool ok = !id.overflow && mime_put_plain_field(out, "Message-ID", buf_view(&id));
    if (ok && e->follows.n > 0) {
        buf_clear(&id);
        put_id(&id, letter, e->follows);
        ok = !id.overflow && mime_put_plain_field(out, "In-Reply-To", buf_view(&id)) &&
             mime_put_plain_field(out, "References", buf_view(&id));
    }
    buf_free(&id);
    return ok;
}

/* What an address of a profile and a case's name are made of: nothing that ends a URL, or means something in one. */
static bool is_plain(struct bytes text)
{
    static const char plain[] = "-._+=@";
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = text.p[i];
        bool alphanumeric =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!alphanumeric && (c == '\0' || !strchr(plain, c)))
            return false;
    }
    return text.n < FIELD;
}

/* RFC 8058: a click needs the URL, and that both fields are signed. */
static bool put_unsubscribe(struct buf *out, const struct message_envelope *e)
{
    bool url = e->unsubscribe_url.n > 0;
    bool mail = e->unsubscribe_mail.n > 0;
    if (!url && !mail)
        return true;
    if ((url && !message_is_url(e->unsubscribe_url)) || !is_plain(e->unsubscribe_mail) ||
        !is_plain(e->ticket))
        return false;
    buf_put_text(out, "List-Unsubscribe: ");
    if (url)
        buf_printf(out, "<%.*s>", (int)e->unsubscribe_url.n, (const char *)e->unsubscribe_url.p);
    if (mail) /* the ticket is in its subject, so that whoever reads it knows whom to leave alone */
        buf_printf(out, "%s<mailto:%.*s?subject=stop%%20%.*s>", url ? ",\r\n " : "",
                   (int)e->unsubscribe_mail.n, (const char *)e->unsubscribe_mail.p,
                   (int)e->ticket.n, (const char *)e->ticket.p);
    buf_put_text(out, "\r\n");
    return !url || buf_put_text(out, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
}

static bool put_return_path(struct buf *out, struct bytes address)
{
    return address.n == 0 ||
           (is_plain(address) &&
            buf_printf(out, "Return-Path: <%.*s>\r\n", (int)address.n, (const char *)address.p));
}

static bool put_header(struct buf *out, const struct letter *letter,
                       const struct message_envelope *e)
{
    char date[TIME_TEXT];
    return mime_put_mailbox(out, "From", letter->from_name, letter->from_address) &&
           mime_put_mailbox(out, "Reply-To", letter->from_name, letter->reply_to) &&
           put_to(out, e->to) && mime_put_field(out, "Subject", letter->subject) &&
           put_ids(out, letter, e) &&
           mime_put_plain_field(out, "Date", bytes_of(time_mail_text(e->when, date))) &&
           buf_put_text(out, "Auto-Submitted: auto-generated\r\n") && put_unsubscribe(out, e) &&
           (e->ticket.n == 0 || mime_put_plain_field(out, "X-Ajar-Case", e->ticket)) &&
           buf_put_text(out, "MIME-Version: 1.0\r\n") &&
           mime_put_plain_field(out, "Content-Language", letter->languages);
}

/* Parts -------------------------------------------------------------------------------------------- */

/* The rest of a part's header, and the text. */
static bool put_text(struct buf *out, struct bytes text)
{
    bool quoted = mime_is_better_quoted(text);
    buf_printf(out, "Content-Transfer-Encoding: %s\r\n\r\n",
               quoted ? "quoted-printable" : "base64");
    if (quoted)
        return mime_put_quoted(out, text);
    struct buf canonical = buf_new(2 * text.n + 1);
    while (text.n > 0) { /* base64 hides the line ends: the canonical ones */
        size_t end = bytes_index(text, '\n', 0);
        buf_put(&canonical, bytes_slice(text, 0, end));
        if (end != BYTES_NOT_FOUND)
            buf_put_text(&canonical, "\r\n");
        text = bytes_slice(text, end == BYTES_NOT_FOUND ? text.n : end + 1, text.n);
    }
    bool ok = !canonical.overflow && mime_put_base64(out, buf_view(&canonical));
    buf_free(&canonical);
    return ok;
}

static bool put_letter(struct buf *out, const struct letter *letter)
{
    return buf_put_text(out, "Content-Type: text/plain; charset=utf-8\r\n") &&
           put_text(out, buf_view(&letter->text));
}

static bool put_part(struct buf *out, const struct message_part *part)
{
    buf_printf(out, "Content-Type: %s\r\n", part->type);
    if (part->name)
        buf_printf(out, "Content-Disposition: attachment; filename=\"%s\"\r\n", part->name);
    if (!part->as_it_is)
        return put_text(out, part->content);
    return mime_is_seven_bit(part->content) && buf_put_text(out, "\r\n") &&
           buf_put(out, part->content);
}

/* What stands in no part: "=_" is in no text that is encoded, and whoever wrote one that is not does not know the
 * message's id; and where it is there all the same it is changed until it is not. */
static void choose_boundary(const struct message_envelope *e, char out[BOUNDARY])
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(e->id, digest);
    hash_hex(digest, sizeof digest, hex);
    for (unsigned turn = 0;; turn++) {
        bool found = false;
        snprintf(out, BOUNDARY, "=_%.24s.%u", hex, turn);
        for (size_t i = 0; i < e->part_count; i++)
            found |= e->parts[i].as_it_is &&
                     bytes_find(e->parts[i].content, bytes_of(out)) != BYTES_NOT_FOUND;
        if (!found)
            return;
    }
}

static bool put_parts(struct buf *out, const struct letter *letter,
                      const struct message_envelope *e)
{
    char boundary[BOUNDARY];
    choose_boundary(e, boundary);
    if (e->report)
        buf_printf(out, "Content-Type: multipart/report; report-type=%s;\r\n", e->report);
    else
        buf_put_text(out, "Content-Type: multipart/mixed;\r\n");
    buf_printf(out, " boundary=\"%s\"\r\n\r\n--%s\r\n", boundary, boundary);
    bool ok =
        mime_put_plain_field(out, "Content-Language", letter->languages) && put_letter(out, letter);
    for (size_t i = 0; ok && i < e->part_count; i++)
        ok = buf_printf(out, "\r\n--%s\r\n", boundary) && put_part(out, &e->parts[i]);
    return ok && buf_printf(out, "\r\n--%s--\r\n", boundary);
}

/* Puts the signatures where the header begins. */
static bool sign(struct buf *out, size_t from, const struct message_envelope *e, struct fail *fail)
{
    struct buf signatures = buf_new(DKIM_SIGNERS * 2048);
    struct bytes message = bytes_slice(buf_view(out), from, out->n);
    size_t end = bytes_find(message, bytes_of("\r\n\r\n"));
    struct bytes header = bytes_slice(message, 0, end + 2);
    struct bytes body = bytes_slice(message, end + 4, message.n);
    bool ok = dkim_put(&signatures, header, body, e->signers, e->signer_count, e->when, fail);
    size_t n = signatures.n;
    unsigned char *at = ok ? buf_reserve(out, n) : NULL;
    if (at) {
        memmove(out->p + from + n, out->p + from, message.n);
        memcpy(out->p + from, signatures.p, n);
        buf_commit(out, n);
    } else if (ok) {
        ok = fail_set(fail, "ELIMIT", "a message is too large");
    }
    buf_free(&signatures);
    return ok;
}

bool message_put(struct buf *out, const struct letter *letter,
                 const struct message_envelope *envelope, struct fail *fail)
{
    bool ok = put_return_path(out, envelope->return_path);
    size_t from = out->n;
    ok = ok && put_header(out, letter, envelope) &&
         (envelope->part_count > 0 ? put_parts(out, letter, envelope) : put_letter(out, letter));
    if (out->overflow)
        return fail_set(fail, "ELIMIT", "a message would have over %zu bytes", out->limit);
    if (!ok)
        return fail_set(fail, "EFORMAT",
                        "a header field or a part of the message can't stand there: it is too "
                        "long, or not printable");
    return envelope->signer_count == 0 || sign(out, from, envelope, fail);
}
