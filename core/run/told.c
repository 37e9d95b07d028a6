#include "run/told.h"

#include <stdlib.h>

struct run_facts told_script(const struct settings *s, size_t i, struct bytes id)
{
    return (struct run_facts){
        .probe = id,
        .args = s->args[i],
        .mail_domain = s->mail_domain,
        .sender_domain = s->sender_domain,
        .helo = s->helo,
        .authority = s->authority,
        .contact = s->contact,
        .info = s->info,
        .sink = s->sink,
        .ways = s->ways,
        .wait = s->wait,
    };
}

struct run_facts *told_probes(const struct settings *s, const struct probes *probes)
{
    size_t n = probes_count(probes);
    struct run_facts *facts = calloc(n + 1, sizeof *facts);
    for (size_t i = 0; facts && i < n; i++)
        facts[i] = told_script(s, i, bytes_of(probes_at(probes, i)->id));
    return facts;
}
