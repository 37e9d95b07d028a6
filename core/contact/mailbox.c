#include "contact/mailbox.h"

#include <ctype.h>

enum { DOMAIN_MOST = 253, LABEL_MOST = 63 };

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_plain(unsigned char c)
{
    return is_letter(c) || is_digit(c) || (c != '\0' && strchr("+-_=&'~", c));
}

static bool is_local(struct bytes local)
{
    bool dot = true; /* none may stand here: at the beginning, behind another */
    for (size_t i = 0; i < local.n; i++) {
        if (local.p[i] == '.' ? dot : !is_plain(local.p[i]))
            return false;
        dot = local.p[i] == '.';
    }
    return !dot && local.n <= MAILBOX_LOCAL_MOST && local.p[0] != '-';
}

static bool is_label(struct bytes label)
{
    if (label.n == 0 || label.n > LABEL_MOST || label.p[0] == '-' || label.p[label.n - 1] == '-')
        return false;
    for (size_t i = 0; i < label.n; i++)
        if (!is_letter(label.p[i]) && !is_digit(label.p[i]) && label.p[i] != '-')
            return false;
    return true;
}

/* So that no address literal passes for a name. */
static bool is_last_label(struct bytes label)
{
    if (bytes_starts_nocase(label, "xn--"))
        return true;
    for (size_t i = 0; i < label.n; i++)
        if (!is_letter(label.p[i]))
            return false;
    return label.n >= 2;
}

bool mailbox_is_domain(struct bytes name)
{
    size_t labels = 0;
    if (name.n > DOMAIN_MOST)
        return false;
    for (size_t from = 0;; labels++) {
        size_t dot = bytes_index(name, '.', from);
        struct bytes label = bytes_slice(name, from, dot == BYTES_NOT_FOUND ? name.n : dot);
        if (!is_label(label))
            return false;
        if (dot == BYTES_NOT_FOUND)
            return labels > 0 && is_last_label(label);
        from = dot + 1;
    }
}

bool mailbox_take(struct bytes text, char out[MAILBOX_TEXT])
{
    size_t at = bytes_index(text, '@', 0);
    out[0] = '\0';
    if (at == BYTES_NOT_FOUND || text.n > MAILBOX_MOST || !is_local(bytes_slice(text, 0, at)) ||
        !mailbox_is_domain(bytes_slice(text, at + 1, text.n)))
        return false;
    memcpy(out, text.p, text.n);
    out[text.n] = '\0';
    for (char *c = out + at; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return true;
}

bool mailbox_take_uri(struct bytes uri, char out[MAILBOX_TEXT])
{
    bool is_uri = bytes_starts_nocase(uri, "mailto:");
    if (is_uri)
        uri = bytes_slice(uri, strlen("mailto:"), uri.n);
    size_t query = is_uri ? bytes_index(uri, '?', 0) : BYTES_NOT_FOUND;
    if (query != BYTES_NOT_FOUND)
        uri = bytes_slice(uri, 0, query);
    out[0] = '\0';
    return !(is_uri && bytes_index(uri, '%', 0) != BYTES_NOT_FOUND) && mailbox_take(uri, out);
}
