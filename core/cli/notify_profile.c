#include "cli/notify_profile.h"

#include "base/hash.h"

#include <stdio.h>
#include <string.h>

static struct bytes text_of(const json_t *object, const char *name)
{
    const json_t *text = json_object_get(object, name);
    return bytes_at(json_string_value(text), json_string_length(text));
}

/* An address as letters have them: one that can't mean anything else in a URL or a header. */
static bool is_address(struct bytes text)
{
    static const char plain[] = "-._+=";
    size_t at = bytes_index(text, '@', 0);
    if (at == BYTES_NOT_FOUND || at == 0 || at + 1 == text.n || text.n > 254)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = text.p[i];
        bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (i != at && !letter && (c == '\0' || !strchr(plain, c)))
            return false;
    }
    return true;
}

static bool wrong(struct fail *fail, const char *key, const char *what)
{
    return fail_set(fail, "EFORMAT", "the profile's %s is not %s", key, what);
}

bool notify_profile_read(const json_t *profile, struct notify_profile *out, struct fail *fail)
{
    const json_t *unsubscribe = json_object_get(profile, "unsubscribe");
    *out = (struct notify_profile){.bounces = text_of(profile, "bounces"),
                                   .unsubscribe_url = text_of(unsubscribe, "url"),
                                   .unsubscribe_mail = text_of(unsubscribe, "mail")};
    if (out->bounces.n > 0 && !is_address(out->bounces))
        return wrong(fail, "bounces", "a mail address");
    if (out->unsubscribe_mail.n > 0 && !is_address(out->unsubscribe_mail))
        return wrong(fail, "unsubscribe.mail", "a mail address");
    return out->unsubscribe_url.n == 0 || message_is_url(out->unsubscribe_url) ||
           wrong(fail, "unsubscribe.url", "an https URL");
}

/* "c-1.0123456789abcdef" */
static void name_letter(char out[NOTIFY_NAME], const char *id, const char *digest, const char *tone)
{
    char all[512];
    char hex[SHA256_HEX];
    unsigned char raw[SHA256_SIZE];
    snprintf(all, sizeof all, "ajar letter\n%s\n%s\n%s", digest, id, tone);
    sha256_of(bytes_of(all), raw);
    hash_hex(raw, sizeof raw, hex);
    snprintf(out, NOTIFY_NAME, "%s.%.16s", id, hex);
}

/* The URL with the case in its place; one that has none says nothing of whom it is about, and stays as it is. */
static struct bytes fill_url(struct bytes url, const char *id, char out[NOTIFY_URL])
{
    static const char mark[] = "{case}";
    size_t n = 0;
    while (url.n > 0 && n + 1 < NOTIFY_URL) {
        size_t at = bytes_find(url, bytes_of(mark));
        struct bytes before = bytes_slice(url, 0, at);
        n += (size_t)snprintf(out + n, NOTIFY_URL - n, "%.*s%s", (int)before.n,
                              (const char *)before.p, at == BYTES_NOT_FOUND ? "" : id);
        url = bytes_slice(url, at == BYTES_NOT_FOUND ? url.n : at + strlen(mark), url.n);
    }
    return bytes_at(out, n < NOTIFY_URL ? n : 0);
}

/* The profile's addresses are plain ones (is_address). */
static bool take_marked(const struct notify_profile *p, const char *id,
                        const struct ticket_key *tickets, struct notify_names *names,
                        struct message_envelope *envelope, struct fail *fail)
{
    char base[TICKET_ADDRESS];
    if (p->bounces.n > 0) {
        snprintf(base, sizeof base, "%.*s", (int)p->bounces.n, (const char *)p->bounces.p);
        if (!ticket_address(tickets, TICKET_BOUNCE, base, id, names->return_path, fail))
            return false;
        envelope->return_path = bytes_of(names->return_path);
    }
    if (p->unsubscribe_mail.n == 0)
        return true;
    snprintf(base, sizeof base, "%.*s", (int)p->unsubscribe_mail.n,
             (const char *)p->unsubscribe_mail.p);
    if (!ticket_address(tickets, TICKET_OBJECT, base, id, names->unsubscribe, fail))
        return false;
    envelope->unsubscribe_mail = bytes_of(names->unsubscribe);
    return true;
}

static void take_plain(const struct notify_profile *p, const char *id, struct notify_names *names,
                       struct message_envelope *envelope)
{
    size_t at = bytes_index(p->bounces, '@', 0);
    envelope->unsubscribe_mail = p->unsubscribe_mail;
    if (p->bounces.n == 0)
        return;
    struct bytes domain = bytes_slice(p->bounces, at, p->bounces.n);
    snprintf(names->return_path, sizeof names->return_path, "%.*s+%s%.*s", (int)at,
             (const char *)p->bounces.p, id, (int)domain.n, (const char *)domain.p);
    envelope->return_path = bytes_of(names->return_path);
}

bool notify_names_take(const struct notify_profile *p, const char *id, const char *digest,
                       const char *tone, const struct notify_before *follows,
                       const struct ticket_key *tickets, struct notify_names *names,
                       struct message_envelope *envelope, struct fail *fail)
{
    name_letter(names->id, id, digest, tone ? tone : "first");
    envelope->id = bytes_of(names->id);
    envelope->ticket = bytes_of(id);
    if (follows) {
        name_letter(names->follows, follows->id, follows->digest, follows->tone);
        envelope->follows = bytes_of(names->follows);
    }
    if (!tickets)
        take_plain(p, id, names, envelope);
    else if (!take_marked(p, id, tickets, names, envelope, fail))
        return false;
    if (p->unsubscribe_url.n == 0)
        return true;
    envelope->unsubscribe_url = fill_url(p->unsubscribe_url, id, names->url);
    return message_is_url(envelope->unsubscribe_url) ||
           fail_set(fail, "EFORMAT", "the profile's unsubscribe.url is none with %s in it", id);
}

bool notify_marks_put(const json_t *profile, const struct ticket_key *tickets, const char *id,
                      json_t *facts, struct fail *fail)
{
    static const struct {
        const char *name;
        const char *purpose;
    } all[] = {{"retest", TICKET_RETEST},
               {"objection", TICKET_OBJECT},
               {"stop_tests", TICKET_OBJECT},
               {"stop_letters", TICKET_OBJECT}};
    json_t *marked = json_object();
    bool ok = marked != NULL;
    for (size_t i = 0; ok && i < sizeof all / sizeof all[0]; i++) {
        char address[TICKET_ADDRESS];
        struct bytes own = text_of(profile, all[i].name);
        if (!is_address(own) || bytes_index(own, '+', 0) != BYTES_NOT_FOUND)
            continue;
        ok = ticket_address(tickets, all[i].purpose, (const char *)own.p, id, address, fail) &&
             (json_object_set_new(marked, all[i].name, json_string(address)) == 0 ||
              fail_set(fail, "ENOMEM", "no memory for a letter's addresses"));
    }
    if (ok)
        ok = json_object_set(facts, "marked", marked) == 0;
    json_decref(marked);
    return ok;
}
