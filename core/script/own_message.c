#include "script/own_message.h"

#include "proto/mail.h"

#include <stdio.h>

bool own_message_put(struct task *t, const struct own_message *m, struct buf *out,
                     struct fail *fail)
{
    const struct run_facts *run = task_facts(t)->run;
    char text[TOKEN_TEXT];
    char target[ADDR_TEXT];
    char to[400];
    char from[sizeof to + 8];
    char form[100];
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
    snprintf(to, sizeof to, "%s@%.*s", text, (int)run->mail_domain.n,
             (const char *)run->mail_domain.p);
    snprintf(from, sizeof from, "bounce-%s", to);
    facts.to = bytes_of(to);
    facts.from = bytes_of(from);
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
