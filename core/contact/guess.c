#include "contact/guess.h"

#include <stdio.h>

bool txt_read(struct bytes text, struct contact_answer *out)
{
    *out = (struct contact_answer){0};
    for (size_t from = 0; text.n <= TXT_LIMIT && from <= text.n;) {
        size_t comma = bytes_index(text, ',', from);
        comma = comma == BYTES_NOT_FOUND ? text.n : comma;
        answer_add(out, bytes_trim(bytes_slice(text, from, comma)), CONTACT_ABUSE);
        from = comma + 1;
    }
    return out->count > 0;
}

bool guess_mailboxes(struct bytes host, struct contact_answer *out)
{
    static const struct {
        const char *local;
        enum contact_role role;
    } names[] = {{"abuse", CONTACT_ABUSE},
                 {"security", CONTACT_SECURITY},
                 {"noc", CONTACT_NOC},
                 {"postmaster", CONTACT_TECHNICAL}};
    *out = (struct contact_answer){0};
    if (!mailbox_is_domain(host))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char address[MAILBOX_TEXT + 16];
        int n = snprintf(address, sizeof address, "%s@%.*s", names[i].local, (int)host.n,
                         (const char *)host.p);
        answer_add(out, bytes_at(address, (size_t)n), names[i].role);
    }
    return out->count > 0;
}
