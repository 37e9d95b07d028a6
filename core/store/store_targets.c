#include "store/store_targets.h"

#include "store/store_inside.h"

static const char *const state_names[STORE_STATES] = {"suspected", "tested", "notified", "reminded",
                                                      "escalated", "closed", "objected", "stopped"};

const char *store_state_name(enum store_state state)
{
    return state_names[state];
}

bool store_state_parse(struct bytes name, enum store_state *out)
{
    for (unsigned i = 0; i < STORE_STATES; i++)
        if (bytes_equal_text(name, state_names[i])) {
            *out = (enum store_state)i;
            return true;
        }
    return false;
}

/* ---- one, and many ---- */

#define COLUMNS                                                                                    \
    "SELECT id, ip, port, name, country, network, holdout, priority, state, since, added, said,"   \
    " next, verdict, round FROM targets "
/* Conditions that have no index of their own; what is not asked for is empty. */
#define AND_THE_REST                                                                               \
    " AND ($3 = '' OR verdict = $3) AND ($4 < 0 OR state = $4) AND ($5 = '' OR country = $5)"      \
    " AND ($6 = '' OR EXISTS (SELECT 1 FROM sightings g JOIN claims c ON c.id = g.claim"           \
    " JOIN sources o ON o.id = c.source WHERE g.target = targets.id AND o.name = $6))"             \
    " ORDER BY id LIMIT $2"

struct finding {
    store_on_target *on_target;
    void *arg;
    size_t count;
};

static bool take_target(void *arg, const struct sql_value *c, struct fail *fail)
{
    struct finding *f = arg;
    struct store_target t = {.id = c[0].number,
                             .addr = store_addr(c[1].bytes, c[2].number),
                             .name = c[3].bytes,
                             .country = c[4].bytes,
                             .network = c[5].bytes,
                             .holdout = c[6].number != 0,
                             .priority = (unsigned)c[7].number,
                             .state = (enum store_state)c[8].number,
                             .since = c[9].number,
                             .added = c[10].number,
                             .said = c[11].number,
                             .next = c[12].number,
                             .verdict = c[13].bytes,
                             .round = (unsigned)c[14].number};
    if (c[8].number < 0 || c[8].number >= STORE_STATES)
        return fail_set(fail, "EFORMAT", "target %lld is in a state that does not exist",
                        (long long)t.id);
    f->count++;
    f->on_target(f->arg, &t);
    return true;
}

bool store_target(struct store *s, int64_t id, store_on_target *on_target, void *arg,
                  struct fail *fail)
{
    struct finding f = {.on_target = on_target, .arg = arg};
    const struct sql_value values[] = {sql_number(id)};
    return sql_run(s->sql, COLUMNS "WHERE id = $1", values, take_target, &f, fail) &&
           (f.count > 0 || fail_set(fail, "ENOENT", "there is no target %lld", (long long)id));
}

/* The first and the last address of a network. */
static void range_of(const struct prefix *p, unsigned char low[STORE_IP],
                     unsigned char high[STORE_IP])
{
    store_ip(&p->base, low);
    memcpy(high, low, STORE_IP);
    unsigned bits = p->bits + (unsigned)(STORE_IP - addr_ip_length(&p->base)) * 8;
    for (unsigned i = bits; i < STORE_IP * 8; i++)
        high[i / 8] |= (unsigned char)(0x80U >> i % 8);
}

/* The text whose first condition is the one that finds the fewest. */
static const char *text_of(const struct store_search *q)
{
    if (q->in_network)
        return COLUMNS "WHERE ip BETWEEN $7 AND $8 AND id > $1" AND_THE_REST;
    if (q->in_state)
        return COLUMNS "WHERE state = $4 AND id > $1" AND_THE_REST;
    if (q->verdict.n > 0)
        return COLUMNS "WHERE verdict = $3 AND id > $1" AND_THE_REST;
    return COLUMNS "WHERE id > $1" AND_THE_REST;
}

bool store_search(struct store *s, const struct store_search *q, store_on_target *on_target,
                  void *arg, struct fail *fail)
{
    struct finding f = {.on_target = on_target, .arg = arg};
    unsigned char low[STORE_IP];
    unsigned char high[STORE_IP];
    range_of(&q->network, low, high);
    const struct sql_value values[] = {sql_number(q->after),
                                       sql_number(q->most),
                                       sql_text(q->verdict),
                                       sql_number(q->in_state ? (int64_t)q->state : -1),
                                       sql_text(q->country),
                                       sql_text(q->source),
                                       sql_blob(bytes_at(low, STORE_IP)),
                                       sql_blob(bytes_at(high, STORE_IP))};
    return sql_run(s->sql, text_of(q), values, take_target, &f, fail);
}

/* ---- what belongs to one ---- */

struct sayings {
    void (*on_said)(void *arg, const struct store_said *said);
    void *arg;
};

static bool take_said(void *arg, const struct sql_value *c, struct fail *fail)
{
    const struct sayings *l = arg;
    struct store_said said = {c[0].bytes, c[1].bytes, c[2].number, c[3].number,
                              (unsigned long)c[4].number};
    (void)fail;
    l->on_said(l->arg, &said);
    return true;
}

bool store_sightings(struct store *s, int64_t target,
                     void (*on_said)(void *, const struct store_said *), void *arg,
                     struct fail *fail)
{
    struct sayings l = {.on_said = on_said, .arg = arg};
    const struct sql_value values[] = {sql_number(target)};
    return sql_run(s->sql,
                   "SELECT o.name, c.said, g.first, g.last, g.times FROM sightings g"
                   " JOIN claims c ON c.id = g.claim JOIN sources o ON o.id = c.source"
                   " WHERE g.target = $1 ORDER BY g.first, c.id",
                   values, take_said, &l, fail);
}

struct case_list {
    void (*on_case)(void *arg, const struct store_case_row *c);
    void *arg;
};

static bool take_case(void *arg, const struct sql_value *c, struct fail *fail)
{
    const struct case_list *l = arg;
    struct store_case_row row = {.id = c[0].bytes,
                                 .probe = c[1].bytes,
                                 .addr = store_addr(c[2].bytes, c[3].number),
                                 .round = (unsigned)c[4].number,
                                 .verdict = c[5].bytes,
                                 .reason = c[6].bytes,
                                 .cause = c[7].bytes,
                                 .software = c[8].bytes,
                                 .started = c[9].number,
                                 .elapsed = c[10].number,
                                 .finished = c[11].number,
                                 .bundle = c[12].bytes,
                                 .line = c[13].bytes};
    (void)fail;
    l->on_case(l->arg, &row);
    return true;
}

bool store_cases(struct store *s, int64_t target,
                 void (*on_case)(void *, const struct store_case_row *), void *arg,
                 struct fail *fail)
{
    struct case_list l = {.on_case = on_case, .arg = arg};
    const struct sql_value values[] = {sql_number(target)};
    return sql_run(s->sql,
                   "SELECT c.id, p.name, j.ip, j.port, c.round, c.verdict, c.reason, c.cause,"
                   " c.software, c.started, c.elapsed, c.finished, c.bundle, c.line FROM cases c"
                   " JOIN jobs j ON j.id = c.job JOIN probes p ON p.id = j.probe"
                   " WHERE c.target = $1 ORDER BY c.finished DESC, c.id",
                   values, take_case, &l, fail);
}
