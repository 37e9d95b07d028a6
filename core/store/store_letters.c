#include "store/store_follow.h"
#include "store/store_inside.h"

bool store_letter_put(struct store *s, const struct store_letter *l, struct fail *fail)
{
    const struct sql_value values[] = {
        sql_text(l->id),        sql_number(l->target), sql_text(l->case_id), sql_text(l->kind),
        sql_text(l->recipient), sql_text(l->language), sql_text(l->state),   sql_number(l->made)};
    return sql_run(s->sql,
                   "INSERT INTO letters (id, target, case_id, kind, recipient, language, state,"
                   " made, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)"
                   " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,"
                   " recipient = excluded.recipient, language = excluded.language,"
                   " state = excluded.state, made = excluded.made, changed = excluded.changed"
                   " WHERE letters.state IN ('planned', 'unwritten')",
                   values, NULL, NULL, fail);
}

bool store_letter_state(struct store *s, struct bytes id, struct bytes state, instant now,
                        struct fail *fail)
{
    const struct sql_value values[] = {sql_text(id), sql_text(state), sql_number(now)};
    return sql_run(s->sql, "UPDATE letters SET state = $2, changed = $3 WHERE id = $1", values,
                   NULL, NULL, fail) &&
           (sql_changed(s->sql) > 0 || fail_set(fail, "ENOENT", "there is no letter of this code"));
}

struct letter_list {
    store_on_letter *on_letter;
    void *arg;
    size_t count;
};

static bool take_letter(void *arg, const struct sql_value *c, struct fail *fail)
{
    struct letter_list *list = arg;
    struct store_letter l = {.id = c[0].bytes,
                             .target = c[1].number,
                             .case_id = c[2].bytes,
                             .kind = c[3].bytes,
                             .recipient = c[4].bytes,
                             .language = c[5].bytes,
                             .state = c[6].bytes,
                             .made = c[7].number,
                             .changed = c[8].number};
    (void)fail;
    list->count++;
    list->on_letter(list->arg, &l);
    return true;
}

#define COLUMNS                                                                                    \
    "SELECT id, target, case_id, kind, recipient, language, state, made, changed FROM letters "

bool store_letters(struct store *s, int64_t target, store_on_letter *on_letter, void *arg,
                   struct fail *fail)
{
    struct letter_list list = {.on_letter = on_letter, .arg = arg};
    const struct sql_value values[] = {sql_number(target)};
    return sql_run(s->sql, COLUMNS "WHERE target = $1 ORDER BY made, id", values, take_letter,
                   &list, fail);
}

bool store_letter(struct store *s, struct bytes id, store_on_letter *on_letter, void *arg,
                  bool *found, struct fail *fail)
{
    struct letter_list list = {.on_letter = on_letter, .arg = arg};
    const struct sql_value values[] = {sql_text(id)};
    bool ok = sql_run(s->sql, COLUMNS "WHERE id = $1", values, take_letter, &list, fail);
    *found = list.count > 0;
    return ok;
}
