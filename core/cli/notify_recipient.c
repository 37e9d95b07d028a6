#include "cli/notify_recipient.h"

static const struct known_contact *known(const struct notify_recipients *r,
                                         const struct addr *target)
{
    return r->contacts ? contacts_file_find(r->contacts, target) : NULL;
}

const char *notify_recipient(const struct notify_recipients *r, const struct addr *target)
{
    const struct known_contact *k = known(r, target);
    return r->all || !k || !k->to[0] ? r->all : k->all ? k->all : k->to;
}

bool notify_recipient_opted_out(const struct notify_recipients *r, const struct addr *target)
{
    const struct known_contact *k = known(r, target);
    return k && k->opted_out;
}

struct bytes notify_recipient_languages(const struct notify_recipients *r,
                                        const struct addr *target)
{
    const struct known_contact *k = known(r, target);
    return bytes_of(k ? k->languages : "");
}
