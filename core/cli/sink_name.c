#include "cli/sink_name.h"

#include "proto/dns.h"

#include <string.h>

/* The two questions under way. */
struct asking {
    struct loop *loop;
    const char *name;
    const struct addr *sink;
    unsigned open;  /* not answered yet */
    unsigned found; /* addresses of the sink's */
};

/* One of them; both point to the asking. What is wrong is kept for each, so that what is told does not hang on which
 * answer comes first. */
struct question {
    struct asking *asking;
    enum dns_type type;
    struct fail why; /* code NULL: nothing is wrong so far */
};

bool sink_name_valid(const char *name)
{
    struct bytes text = bytes_of(name);
    const char *dot = strrchr(name, '.');
    struct addr address;
    return dot && dot[1] != '\0' && dns_is_name(text) && !strpbrk(name, "_/") &&
           !addr_parse_ip(text, &address);
}

static void take_address(struct question *q, struct bytes text)
{
    struct asking *a = q->asking;
    struct addr found;
    char sink[ADDR_IP_TEXT];
    if (addr_parse_ip(text, &found) && addr_equal_ip(&found, a->sink))
        a->found++;
    else if (!q->why.code)
        fail_set(
            &q->why, "ENAME",
            "--sink-name: %s leads to %.*s, which is not the sink (%s): proxies would be sent to "
            "somebody else",
            a->name, (int)text.n, (const char *)text.p, addr_ip_text(a->sink, sink));
}

/* That there are no addresses of one kind is no trouble. */
static void take_message(struct question *q, struct bytes message)
{
    struct dns_answer answer;
    struct fail why;
    if (!dns_answer_get(message, q->type, &answer, &why)) {
        bool none = strcmp(why.code, "ENONAME") == 0 || strcmp(why.code, "ENODATA") == 0;
        if (!none)
            fail_set(&q->why, why.code, "--sink-name: %s: %s", q->asking->name, why.text);
        return;
    }
    for (size_t i = 0; i < answer.count; i++)
        take_address(q, answer.records[i].text);
    dns_answer_free(&answer);
}

static void on_message(void *arg, struct bytes message, const struct fail *why)
{
    struct question *q = arg;
    if (!why)
        take_message(q, message);
    else
        fail_set(&q->why, why->code, "--sink-name: %s: %s", q->asking->name, why->text);
    if (--q->asking->open == 0)
        loop_stop(q->asking->loop);
}

static bool ask_both(struct asking *a, struct dns *dns, struct fail *fail)
{
    struct question questions[] = {{.asking = a, .type = DNS_A}, {.asking = a, .type = DNS_AAAA}};
    char sink[ADDR_IP_TEXT];
    for (size_t i = 0; i < 2; i++)
        if (!dns_ask(dns, a->name, questions[i].type, on_message, &questions[i], fail))
            return false;
    loop_run(a->loop);
    for (size_t i = 0; i < 2; i++)
        if (questions[i].why.code) {
            *fail = questions[i].why;
            return false;
        }
    return a->found > 0 ||
           fail_set(fail, "ENAME", "--sink-name: %s has no address; it must lead to the sink (%s)",
                    a->name, addr_ip_text(a->sink, sink));
}

bool sink_name_check(const char *name, const struct addr *sink, const struct resolvers *resolvers,
                     struct fail *fail)
{
    struct asking a = {.loop = loop_new(fail), .name = name, .sink = sink, .open = 2};
    struct dns *dns = a.loop ? resolvers_open(resolvers, a.loop, fail) : NULL;
    bool ok = dns && ask_both(&a, dns, fail);
    dns_free(dns);
    loop_free(a.loop);
    return ok;
}
