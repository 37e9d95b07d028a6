#include "script/own_form.h"

#include "script/own_message.h"

#include <string.h>

static bool is_letter_or_digit(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_one_of(unsigned char c, const char *others)
{
    return c != '\0' && strchr(others, c) != NULL;
}

bool own_form_path_is(struct bytes path)
{
    for (size_t i = 0; i < path.n; i++)
        if (!is_letter_or_digit(path.p[i]) && !is_one_of(path.p[i], "._-/"))
            return false;
    return path.n > 1 && path.n <= OWN_FORM_PATH && path.p[0] == '/' && path.p[1] != '/' &&
           bytes_find(path, bytes_of("..")) == BYTES_NOT_FOUND;
}

void own_form_put_encoded(struct buf *out, struct bytes value)
{
    for (size_t i = 0; i < value.n; i++)
        if (is_letter_or_digit(value.p[i]) || is_one_of(value.p[i], "._-"))
            buf_put_byte(out, value.p[i]);
        else
            buf_printf(out, "%%%02X", value.p[i]);
}

static void put_field(struct buf *out, const char *name, struct bytes value)
{
    if (out->n > 0)
        buf_put_byte(out, '&');
    buf_put_text(out, name);
    buf_put_byte(out, '=');
    own_form_put_encoded(out, value);
}

/* The test message without its header: what it says to whoever reads it. */
static bool put_text(struct task *t, const struct token *token, bool again, struct buf *out,
                     struct fail *fail)
{
    struct buf message = buf_new(OWN_FORM_LIMIT);
    struct own_message m = {.token = *token, .form = bytes_of("T10"), .again = again};
    bool ok = own_message_put(t, &m, &message, fail);
    struct bytes all = buf_view(&message);
    size_t end = ok ? bytes_find(all, bytes_of("\r\n\r\n")) : BYTES_NOT_FOUND;
    if (end != BYTES_NOT_FOUND)
        put_field(out, "message", bytes_slice(all, end + 4, all.n));
    buf_free(&message);
    return ok;
}

bool own_form_put(struct task *t, const struct token *token, bool again, struct buf *out,
                  struct fail *fail)
{
    static const char *const recipients[] = {"recipient", "to", "mailto", "sendto", "send_to"};
    struct own_mailboxes own = own_mailboxes_of(t, token);
    for (size_t i = 0; i < sizeof recipients / sizeof recipients[0]; i++)
        put_field(out, recipients[i], bytes_of(own.to));
    put_field(out, "email", bytes_of(own.from));
    put_field(out, "realname", bytes_of("ajar"));
    put_field(out, "subject", bytes_of(again ? "once more: relay check" : "open relay test"));
    return put_text(t, token, again, out, fail) &&
           (!out->overflow || fail_set(fail, "ENOMEM", "no memory for a form"));
}
