#include "contact/answer.h"

#include "base/json.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

static const char *const roles[CONTACT_ROLES] = {[CONTACT_ABUSE] = "abuse",
                                                 [CONTACT_SECURITY] = "security",
                                                 [CONTACT_NOC] = "noc",
                                                 [CONTACT_TECHNICAL] = "technical",
                                                 [CONTACT_CERT] = "cert"};

const char *contact_role_name(enum contact_role role)
{
    return roles[role];
}

bool contact_role_parse(struct bytes name, enum contact_role *out)
{
    for (unsigned i = 0; i < CONTACT_ROLES; i++)
        if (bytes_equal_nocase(name, roles[i])) {
            *out = (enum contact_role)i;
            return true;
        }
    return false;
}

bool answer_add(struct contact_answer *a, struct bytes address, enum contact_role role)
{
    char taken[MAILBOX_TEXT];
    if (!mailbox_take(address, taken))
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcasecmp(a->contacts[i].address, taken) == 0) {
            if (role < a->contacts[i].role)
                a->contacts[i].role = role;
            return true;
        }
    if (a->count == ANSWER_CONTACTS)
        return false;
    snprintf(a->contacts[a->count].address, MAILBOX_TEXT, "%s", taken);
    a->contacts[a->count++].role = role;
    return true;
}

/* RFC 5646 in its outline: subtags of 1 to 8 letters and digits, the first of 2 or 3 letters. */
static bool is_language(struct bytes tag)
{
    size_t subtag = 0;
    size_t first = bytes_index(tag, '-', 0);
    first = first == BYTES_NOT_FOUND ? tag.n : first;
    if (tag.n >= ANSWER_LANGUAGE || first < 2 || first > 3)
        return false;
    for (size_t i = 0; i < tag.n; i++) {
        if (tag.p[i] == '-' ? subtag == 0 : !isalnum(tag.p[i]) || (i < first && isdigit(tag.p[i])))
            return false;
        subtag = tag.p[i] == '-' ? 0 : subtag + 1;
        if (subtag > 8)
            return false;
    }
    return subtag > 0;
}

bool answer_add_language(struct contact_answer *a, struct bytes tag)
{
    if (!is_language(tag))
        return false;
    for (size_t i = 0; i < a->language_count; i++)
        if (bytes_equal_nocase(tag, a->languages[i]))
            return true;
    if (a->language_count == ANSWER_LANGUAGES)
        return false;
    snprintf(a->languages[a->language_count++], ANSWER_LANGUAGE, "%.*s", (int)tag.n,
             (const char *)tag.p);
    return true;
}

bool answer_set_country(struct contact_answer *a, struct bytes code)
{
    if (code.n != 2 || !isalpha(code.p[0]) || !isalpha(code.p[1]))
        return false;
    a->country[0] = (char)toupper(code.p[0]);
    a->country[1] = (char)toupper(code.p[1]);
    return true;
}

int answer_compare(const struct addr *a, const struct addr *b)
{
    int order = a->family == b->family ? memcmp(a->ip, b->ip, addr_ip_length(a)) : 0;
    return (order > 0) - (order < 0) + 1;
}

bool answer_set_range(struct contact_answer *a, struct bytes first, struct bytes last,
                      const struct addr *about)
{
    struct addr from, to;
    if (!addr_parse_ip(first, &from) || !addr_parse_ip(last, &to) || from.family != about->family ||
        to.family != about->family || answer_compare(&from, about) > 1 ||
        answer_compare(about, &to) > 1)
        return false;
    a->first = from;
    a->last = to;
    return true;
}

void answer_sort(struct contact_answer *a)
{
    for (size_t i = 1; i < a->count; i++)
        for (size_t k = i; k > 0 && a->contacts[k].role < a->contacts[k - 1].role; k--) {
            struct contact moved = a->contacts[k];
            a->contacts[k] = a->contacts[k - 1];
            a->contacts[k - 1] = moved;
        }
}

static void put_contacts(struct buf *out, const struct contact_answer *a)
{
    json_put_name(out, "contacts");
    buf_put_byte(out, '[');
    for (size_t i = 0; i < a->count; i++) {
        buf_put_text(out, i ? ",{" : "{");
        json_put_member_text(out, "address", a->contacts[i].address);
        json_put_member_text(out, "role", contact_role_name(a->contacts[i].role));
        buf_put_byte(out, '}');
    }
    buf_put_byte(out, ']');
}

static void put_range(struct buf *out, const struct contact_answer *a)
{
    char text[ADDR_IP_TEXT];
    if (a->first.family == ADDR_NONE)
        return;
    json_put_member_text(out, "first", addr_ip_text(&a->first, text));
    json_put_member_text(out, "last", addr_ip_text(&a->last, text));
}

void answer_put(struct buf *out, const struct contact_answer *a)
{
    put_contacts(out, a);
    put_range(out, a);
    if (a->country[0])
        json_put_member_text(out, "country", a->country);
    if (a->language_count > 0) {
        json_put_name(out, "languages");
        for (size_t i = 0; i < a->language_count; i++) {
            buf_put_byte(out, i ? ',' : '[');
            json_put_string(out, bytes_of(a->languages[i]));
        }
        buf_put_byte(out, ']');
    }
    if (a->referral[0])
        json_put_member_text(out, "referral", a->referral);
    if (a->opted_out) {
        json_put_name(out, "opted_out");
        buf_put_text(out, "true");
    }
}
