/* contact_claim: what holds of each answer about contacts, whatever it was made of. */
#pragma once

#include "base/check.h"
#include "base/text.h"
#include "contact/answer.h"

/* Nothing that a header, a terminal or a shell could take for more than an address. */
static inline void claim_contacts(const struct contact_answer *a)
{
    require(a->count <= ANSWER_CONTACTS && a->language_count <= ANSWER_LANGUAGES);
    for (size_t i = 0; i < a->count; i++) {
        struct bytes address = bytes_of(a->contacts[i].address);
        require(address.n > 2 && address.n <= MAILBOX_MOST && a->contacts[i].role < CONTACT_ROLES);
        require(address.p[0] != '-' && bytes_index(address, '@', 0) != BYTES_NOT_FOUND);
        size_t at = bytes_index(address, '@', 0);
        require(bytes_index(address, '@', at + 1) == BYTES_NOT_FOUND);
        require(mailbox_is_domain(bytes_slice(address, at + 1, address.n)));
        for (size_t k = 0; k < address.n; k++)
            require(address.p[k] > ' ' && address.p[k] < 0x7f &&
                    !strchr("\"\\()<>[]:;,%!`|$*/?#", address.p[k]));
    }
    for (size_t i = 0; i < a->language_count; i++)
        require(text_is_printable(bytes_of(a->languages[i])) && a->languages[i][0]);
    require(strlen(a->country) == 0 || strlen(a->country) == 2);
}

/* It reads back as what it was. */
static inline void claim_answer(const struct contact_answer *a)
{
    struct buf json = buf_new(64 * 1024);
    struct contact_answer back;
    struct fail fail;
    claim_contacts(a);
    buf_put_byte(&json, '{');
    answer_put(&json, a);
    buf_put_byte(&json, '}');
    require(!json.overflow && answer_get(buf_view(&json), &back, &fail));
    require(back.count == a->count && back.language_count == a->language_count &&
            strcmp(back.country, a->country) == 0 && strcmp(back.referral, a->referral) == 0 &&
            back.opted_out == a->opted_out && addr_equal_ip(&back.first, &a->first));
    buf_free(&json);
}
