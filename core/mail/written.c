#include "mail/written.h"

#include "proto/mail.h"

#include <ctype.h>
#include <gmime/gmime.h>
#include <stdio.h>

enum { FIELD = 4000 };

/* The field, its folds undone; false when it is not there, too long or holds a NUL. */
static bool field(struct bytes message, const char *name, char out[FIELD])
{
    struct bytes value;
    size_t n = 0;
    if (!mail_header(message, name, 0, &value) || value.n == 0 || value.n >= FIELD ||
        memchr(value.p, 0, value.n))
        return false;
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] != '\r' && value.p[i] != '\n')
            out[n++] = (char)value.p[i];
    out[n] = '\0';
    return true;
}

static void add(struct written *out, const char *mailbox)
{
    if (out->count == WRITTEN_MOST || strlen(mailbox) >= ENVELOPE_MAILBOX)
        return;
    char *to = out->to[out->count];
    snprintf(to, ENVELOPE_MAILBOX, "%s", mailbox);
    for (; *to; to++)
        *to = (char)tolower((unsigned char)*to);
    out->count++;
}

void written_to(const char *list, struct written *out)
{
    InternetAddressList *all = internet_address_list_parse(NULL, list);
    out->count = 0;
    for (int i = 0; all && i < internet_address_list_length(all); i++) {
        InternetAddress *at = internet_address_list_get_address(all, i);
        const char *spec = INTERNET_ADDRESS_IS_MAILBOX(at)
                               ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(at))
                               : NULL;
        if (spec)
            add(out, spec);
    }
    if (all)
        g_object_unref(all);
}

static bool read_date(const char *text, instant *out)
{
    GDateTime *date = g_mime_utils_header_decode_date(text);
    if (!date)
        return false;
    *out = g_date_time_to_unix(date) * SPAN_SECOND;
    g_date_time_unref(date);
    return *out > 0;
}

bool written_read(struct bytes message, struct written *out)
{
    char text[FIELD];
    *out = (struct written){.count = 0};
    if (!field(message, "X-Ajar-Case", text) || !field(message, "Date", text) ||
        !read_date(text, &out->when))
        return false;
    if (field(message, "To", text))
        written_to(text, out);
    return true;
}
