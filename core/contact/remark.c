#include "contact/remark.h"

#include <strings.h>

static bool is_blank(unsigned char c)
{
    return c <= ' ';
}

/* What may stand around an address in a sentence, and never in one. */
static bool is_around(unsigned char c)
{
    return c != '\0' && strchr("<>()[]{}\"'`,;:.!*", c);
}

static struct bytes without_around(struct bytes word)
{
    size_t from = 0, to = word.n;
    while (from < to && is_around(word.p[from]))
        from++;
    while (to > from && is_around(word.p[to - 1]))
        to--;
    return bytes_slice(word, from, to);
}

static void take_word(struct contact_answer *a, struct bytes word)
{
    char address[MAILBOX_TEXT];
    word = without_around(word);
    if (mailbox_take_uri(word, address) && bytes_starts_nocase(bytes_of(address), "abuse"))
        answer_add(a, bytes_of(address), CONTACT_ABUSE);
}

void remark_take(struct contact_answer *a, struct bytes text)
{
    size_t at = 0;
    for (unsigned words = 0; at < text.n && words < REMARK_WORDS; words++) {
        while (at < text.n && is_blank(text.p[at]))
            at++;
        size_t from = at;
        while (at < text.n && !is_blank(text.p[at]))
            at++;
        take_word(a, bytes_slice(text, from, at));
    }
}

/* The five, and the national ones below APNIC and LACNIC. */
static bool is_registry(const char *address)
{
    static const char *const domains[] = {
        "ripe.net",    "arin.net",  "apnic.net",    "lacnic.net", "nic.br",
        "afrinic.net", "nic.ad.jp", "registro.br",  "nic.or.kr",  "kisa.or.kr",
        "krnic.or.kr", "twnic.tw",  "twnic.net.tw", "cnnic.cn",   "vnnic.vn",
        "irinn.in",    "idnic.net", "apjii.or.id",  "nic.mx"};
    const char *domain = strchr(address, '@') + 1;
    for (size_t i = 0; i < sizeof domains / sizeof domains[0]; i++)
        if (strcasecmp(domain, domains[i]) == 0)
            return true;
    return false;
}

void remark_choose(struct contact_answer *a, const struct contact_answer *remarks)
{
    for (size_t i = 0; i < a->count; i++)
        if (!is_registry(a->contacts[i].address))
            return;
    if (remarks->count == 0)
        return;
    memcpy(a->contacts, remarks->contacts, sizeof a->contacts);
    a->count = remarks->count;
}
