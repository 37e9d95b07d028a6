#include "mail/envelope.h"

#include "base/text.h"
#include "proto/mail.h"

#include <gmime/gmime.h>
#include <stdio.h>

enum { FIELD = 2000 };

/* The field as a C string, its folds undone; false when it is not there or too long. */
static bool field(struct bytes message, const char *name, char out[FIELD])
{
    struct bytes value;
    size_t n = 0;
    if (!mail_header(message, name, 0, &value) || value.n >= FIELD ||
        (value.n > 0 && memchr(value.p, 0, value.n)))
        return false;
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] != '\r' && value.p[i] != '\n')
            out[n++] = (char)value.p[i];
    out[n] = '\0';
    return true;
}

/* The mailboxes in the field; the addresses of the first `most`, with ", " between them. Groups hold none that a letter could go to,
 * and what can't be shown as it is is none. */
static int mailboxes(const char *text, int most, char *out, size_t room)
{
    size_t n = 0;
    InternetAddressList *list = internet_address_list_parse(NULL, text);
    int found = 0;
    for (int i = 0; list && i < internet_address_list_length(list); i++) {
        InternetAddress *at = internet_address_list_get_address(list, i);
        bool is = INTERNET_ADDRESS_IS_MAILBOX(at);
        const char *spec =
            is ? internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(at)) : NULL;
        if (!spec || strlen(spec) >= ENVELOPE_MAILBOX || !text_is_printable(bytes_of(spec)))
            continue;
        if (found < most)
            n += (size_t)snprintf(out + n, room - n, "%s%s", found ? ", " : "", spec);
        found++;
    }
    if (list)
        g_object_unref(list);
    return found;
}

static bool is_there(struct bytes message, const char *name)
{
    struct bytes value;
    return mail_header(message, name, 0, &value) && bytes_trim(value).n > 0;
}

static bool read_id(struct bytes message, struct envelope *out)
{
    char text[FIELD];
    if (!field(message, "Message-ID", text))
        return false;
    struct bytes id = bytes_trim(bytes_of(text));
    if (id.n < 3 || id.n >= ENVELOPE_ID || id.p[0] != '<' || id.p[id.n - 1] != '>' ||
        !text_is_printable(id))
        return false;
    snprintf(out->id, sizeof out->id, "%.*s", (int)id.n, (const char *)id.p);
    return true;
}

bool envelope_read(struct bytes message, struct envelope *out, struct fail *fail)
{
    char text[FIELD];
    *out = (struct envelope){.from = ""};
    if (!read_id(message, out))
        return fail_set(fail, "EFORMAT", "it has no Message-ID: it is no letter of 'ajar notify'");
    if (!field(message, "From", text) || mailboxes(text, 1, out->from, sizeof out->from) != 1)
        return fail_set(fail, "EFORMAT", "From does not name one mailbox");
    if (is_there(message, "Cc") || is_there(message, "Bcc"))
        return fail_set(fail, "EFORMAT",
                        "it has Cc or Bcc, and a letter goes to the mailboxes of To alone");
    if (field(message, "Return-Path", text) &&
        mailboxes(text, 1, out->bounces, sizeof out->bounces) != 1)
        out->bounces[0] = '\0';
    int found = field(message, "To", text)
                    ? mailboxes(text, ENVELOPE_RECIPIENTS, out->to, sizeof out->to)
                    : 0;
    if (found == 0)
        return fail_set(fail, "ENODATA", "To names no mailbox yet");
    return found <= ENVELOPE_RECIPIENTS ||
           fail_set(fail, "EFORMAT", "To names %d mailboxes, and may name %d", found,
                    ENVELOPE_RECIPIENTS);
}

bool envelope_strip(struct bytes message, struct buf *out)
{
    struct bytes value;
    if (!mail_header(message, "Return-Path", 0, &value))
        return buf_put(out, message);
    size_t from = (size_t)(value.p - message.p);
    size_t to = bytes_index(message, '\n', from + value.n);
    while (from > 0 && message.p[from - 1] != '\n')
        from--;
    to = to == BYTES_NOT_FOUND ? message.n : to + 1;
    return buf_put(out, bytes_slice(message, 0, from)) &&
           buf_put(out, bytes_slice(message, to, message.n));
}
