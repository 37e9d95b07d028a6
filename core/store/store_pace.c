#include "store/store_inside.h"
#include "store/store_policy.h"

#define DAY (24 * 3600 * SPAN_SECOND)

struct turns {
    const struct store_turn *turns;
    size_t count;
    instant from;
    instant when;
};

/* A row says when the next turn at its key comes. Each turn is taken for when the one before it in the list has come. */
static bool take_turns(struct sql *db, void *arg, struct fail *fail)
{
    struct turns *t = arg;
    bool ok = true;
    t->when = t->from;
    for (size_t i = 0; ok && i < t->count; i++) {
        const struct sql_value values[] = {sql_blob(t->turns[i].key), sql_number(t->when),
                                           sql_number(t->turns[i].gap)};
        instant next = 0;
        ok = sql_get(db,
                     "INSERT INTO pace (key, next) VALUES ($1, $2 + $3)"
                     " ON CONFLICT (key) DO UPDATE SET next = {greatest}(pace.next, $2) + $3"
                     " RETURNING next",
                     values, &next, fail);
        t->when = next - t->turns[i].gap;
    }
    return ok;
}

bool store_take_turns(struct store *s, const struct store_turn *turns, size_t count, instant from,
                      instant *when, struct fail *fail)
{
    struct turns t = {.turns = turns, .count = count, .from = from};
    bool ok = sql_step(s->sql, take_turns, &t, fail);
    *when = t.when;
    return ok;
}

bool store_turns_tidy(struct store *s, instant now, struct fail *fail)
{
    const struct sql_value values[] = {sql_number(now)};
    return sql_run(s->sql, "DELETE FROM pace WHERE next <= $1", values, NULL, NULL, fail);
}

/* A host that has had none for a day begins anew. */
bool store_take_messages(struct store *s, const struct addr *host, unsigned wanted, unsigned most,
                         instant now, unsigned *granted, struct fail *fail)
{
    unsigned char ip[STORE_IP];
    store_ip(host, ip);
    const struct sql_value values[] = {sql_blob(bytes_at(ip, sizeof ip)), sql_number(wanted),
                                       sql_number(now), sql_number(now - DAY), sql_number(most)};
    *granted = 0;
    if (wanted > most)
        return true;
    if (!sql_run(s->sql,
                 "INSERT INTO messages (ip, had, last) VALUES ($1, $2, $3)"
                 " ON CONFLICT (ip) DO UPDATE SET last = $3,"
                 " had = CASE WHEN messages.last <= $4 THEN $2 ELSE messages.had + $2 END"
                 " WHERE messages.last <= $4 OR messages.had + $2 <= $5",
                 values, NULL, NULL, fail))
        return false;
    *granted = sql_changed(s->sql) > 0 ? wanted : 0;
    return true;
}

bool store_return_messages(struct store *s, const struct addr *host, unsigned unsent,
                           struct fail *fail)
{
    unsigned char ip[STORE_IP];
    store_ip(host, ip);
    const struct sql_value values[] = {sql_blob(bytes_at(ip, sizeof ip)), sql_number(unsent)};
    return sql_run(s->sql, "UPDATE messages SET had = had - $2 WHERE ip = $1 AND had >= $2", values,
                   NULL, NULL, fail);
}
