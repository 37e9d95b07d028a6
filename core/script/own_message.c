#include "script/own_message.h"

#include "proto/mail.h"

#include <stdio.h>

struct own_mailboxes own_mailboxes_of(struct task *t, const struct token *token)
{
    const struct run_facts *run = task_facts(t)->run;
    struct bytes senders = run_sender_domain(run);
    struct own_mailboxes own;
    char text[TOKEN_TEXT];
    token_text(token, text);
    snprintf(own.to, sizeof own.to, "%s@%.*s", text, (int)run->mail_domain.n,
             (const char *)run->mail_domain.p);
    snprintf(own.from, sizeof own.from, "bounce-%s@%.*s", text, (int)senders.n,
             (const char *)senders.p);
    return own;
}

bool own_message_put(struct task *t, const struct own_message *m, struct buf *out,
                     struct fail *fail)
{
    const struct run_facts *run = task_facts(t)->run;
    char text[TOKEN_TEXT];
    char target[ADDR_TEXT];
    char form[100];
    struct own_mailboxes own = own_mailboxes_of(t, &m->token);
    struct mail_facts facts = {
        .token = bytes_of(token_text(&m->token, text)),
        .domain = run->mail_domain,
        .target = bytes_of(addr_text(&task_facts(t)->target, target)),
        .probe = run->probe,
        .authority = run->authority,
        .contact = run->contact,
        .info = run->info,
        .again = m->again,
    };
    facts.to = bytes_of(own.to);
    facts.from = bytes_of(own.from);
    if (m->form.n > 0) {
        snprintf(form, sizeof form, "%.*s %.*s", (int)run->probe.n, (const char *)run->probe.p,
                 (int)m->form.n, (const char *)m->form.p);
        facts.probe = bytes_of(form);
    }
    if (!world_now(task_world(t), &facts.when, fail))
        return false;
    return mail_message_put(out, &facts) ||
           fail_set(fail, "EARGUMENT",
                    "the scope's authority, contact or info can't stand in a "
                    "message header");
}
