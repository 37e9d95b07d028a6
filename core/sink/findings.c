#include "sink/findings.h"

#include "sink/mail_sort.h"

#include <string.h>
#include <strings.h>

bool recipient_is_bounce(struct bytes path, const struct token *token)
{
    static const char prefix[] = "bounce-";
    size_t n = strlen(prefix);
    char text[TOKEN_TEXT];
    token_text(token, text);
    for (size_t i = 0; i + n + strlen(text) <= path.n; i++)
        if (strncasecmp((const char *)path.p + i, prefix, n) == 0 &&
            strncasecmp((const char *)path.p + i + n, text, strlen(text)) == 0)
            return true;
    return false;
}

/* What a mail of some sort is, at the mailbox of the test message and at the one for bounces. To that the message itself
 * comes when it is returned as it is. */
static enum receipt_kind kind_of(enum mail_sort sort, bool bounce)
{
    switch (sort) {
    case MAIL_TEST:
        return bounce ? RECEIPT_BOUNCE : RECEIPT_MAIL;
    case MAIL_FAILURE:
        return bounce ? RECEIPT_BOUNCE : RECEIPT_REPORT;
    case MAIL_DELAY:
        return RECEIPT_DELAY;
    case MAIL_OTHER:
        break;
    }
    return bounce ? RECEIPT_ANSWER : RECEIPT_OTHER;
}

/* Of a token that came to several mailboxes the kind counts that says most: the first in the list. */
static void add(struct findings *f, const struct token *token, enum receipt_kind kind)
{
    for (unsigned i = 0; i < f->n; i++)
        if (memcmp(f->token[i].b, token->b, TOKEN_SIZE) == 0) {
            f->kind[i] = kind < f->kind[i] ? kind : f->kind[i];
            return;
        }
    f->token[f->n] = *token;
    f->kind[f->n++] = kind;
}

struct findings findings_of(const struct token_family *ours, const char *domain,
                            const struct recipient *to, unsigned n, struct bytes sender,
                            struct bytes message)
{
    struct findings f = {.n = 0};
    struct token own;
    bool all_bounces = true;
    for (unsigned i = 0; i < n; i++) {
        enum mail_sort sort = mail_sort_of(ours, domain, sender, message, &to[i].token);
        add(&f, &to[i].token, kind_of(sort, to[i].bounce));
        all_bounces = all_bounces && to[i].bounce;
    }
    if (mail_own_token(ours, message, &own))
        add(&f, &own, kind_of(mail_sort_of(ours, domain, sender, message, &own), all_bounces));
    return f;
}
