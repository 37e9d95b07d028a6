#include "jobs.h"

#include "base/buf.h"
#include "store/store_follow.h"
#include "store/store_policy.h"

static void note_event(void *arg, const struct store_event_row *e)
{
    buf_printf(arg, "%ld %.*s %.*s\n", (long)((e->at - NOW) / SPAN_SECOND), (int)e->kind.n,
               e->kind.p, (int)e->detail.n, e->detail.p);
}

static int64_t tested(struct store *s)
{
    struct store_job jobs[4];
    int64_t target = put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    leases(s, a, NOW, 4, jobs);
    finishes(s, a, NOW + SPAN_SECOND, a_case("c-1", jobs[0].id, "open", 5));
    return target;
}

static void a_tested_target_is_due_for_the_rules(void **state)
{
    struct store *s = place_store(state);
    struct seen_target seen = {0};
    int64_t target = tested(s);
    OK(store_for_rules(s, NOW, NULL, 10, see_target, &seen, &fail));
    assert_int_equal(seen.t.id, 0);
    OK(store_for_rules(s, NOW + SPAN_SECOND, NULL, 10, see_target, &seen, &fail));
    assert_int_equal(seen.t.id, target);
    assert_string_equal(seen.verdict, "open");
}

static void a_move_is_dated_and_sets_the_next_look(void **state)
{
    struct store *s = place_store(state);
    struct buf out = buf_new(4096);
    struct seen_target seen = {0};
    const struct store_move move = {.target = tested(s),
                                    .from = STORE_TESTED,
                                    .to = STORE_NOTIFIED,
                                    .now = NOW + MINUTE,
                                    .next = NOW + HOUR,
                                    .detail = bytes_of("abuse@example.org")};
    OK(store_move(s, &move, &fail));
    struct seen_target now = target_of(s, move.target);
    assert_int_equal(now.t.state, STORE_NOTIFIED);
    assert_true(now.t.since == NOW + MINUTE && now.t.next == NOW + HOUR);
    OK(store_for_rules(s, NOW + HOUR - 1, NULL, 10, see_target, &seen, &fail));
    assert_int_equal(seen.t.id, 0);
    OK(store_events(s, move.target, note_event, &out, &fail));
    assert_string_equal(buf_text(&out), "1 tested open\n60 notified abuse@example.org\n");
    buf_free(&out);
}

static void a_move_from_where_it_is_no_longer_is_refused(void **state)
{
    struct store *s = place_store(state);
    const struct store_move move = {
        .target = tested(s), .from = STORE_NOTIFIED, .to = STORE_REMINDED, .now = NOW};
    FAILS(store_move(s, &move, &fail), "ECONFLICT", "");
    assert_int_equal(target_of(s, move.target).t.state, STORE_TESTED);
}

static void what_happens_may_bring_the_next_look_forward(void **state)
{
    struct store *s = place_store(state);
    const struct store_move move = {.target = tested(s),
                                    .from = STORE_TESTED,
                                    .to = STORE_TESTED,
                                    .now = NOW,
                                    .next = NOW + HOUR};
    OK(store_move(s, &move, &fail));
    OK(store_look_at(s, move.target, NOW + 2 * HOUR, &fail));
    assert_true(target_of(s, move.target).t.next == NOW + HOUR);
    OK(store_look_at(s, move.target, NOW + MINUTE, &fail));
    assert_true(target_of(s, move.target).t.next == NOW + MINUTE);
}

/* ---- letters ---- */

static void note_letter(void *arg, const struct store_letter *l)
{
    buf_printf(arg, "%.*s %.*s %.*s\n", (int)l->id.n, l->id.p, (int)l->kind.n, l->kind.p,
               (int)l->state.n, l->state.p);
}

static void a_letter_is_found_by_its_code(void **state)
{
    struct store *s = place_store(state);
    struct buf out = buf_new(4096);
    bool found = true;
    const struct store_letter letter = {.id = bytes_of("k7m2"),
                                        .target = tested(s),
                                        .case_id = bytes_of("c-1"),
                                        .kind = bytes_of("notice"),
                                        .recipient = bytes_of("abuse@example.org"),
                                        .language = bytes_of("de"),
                                        .state = bytes_of("written"),
                                        .made = NOW};
    OK(store_letter_put(s, &letter, &fail));
    OK(store_letter_put(s, &letter, &fail));
    OK(store_letter_state(s, letter.id, bytes_of("sent"), NOW + MINUTE, &fail));
    OK(store_letters(s, letter.target, note_letter, &out, &fail));
    assert_string_equal(buf_text(&out), "k7m2 notice sent\n");
    OK(store_letter(s, bytes_of("other"), note_letter, &out, &found, &fail));
    assert_false(found);
    FAILS(store_letter_state(s, bytes_of("other"), bytes_of("sent"), NOW, &fail), "ENOENT", "");
    buf_free(&out);
}

static void a_letter_that_was_never_written_is_put_anew(void **state)
{
    struct store *s = place_store(state);
    struct buf out = buf_new(4096);
    struct store_letter letter = {.id = bytes_of("c-1"),
                                  .target = tested(s),
                                  .case_id = bytes_of("c-1"),
                                  .kind = bytes_of("first"),
                                  .recipient = bytes_of("abuse@example.org"),
                                  .language = bytes_of("nb"),
                                  .state = bytes_of("planned"),
                                  .made = NOW};
    OK(store_letter_put(s, &letter, &fail));
    assert_int_equal(totals(s).letters, 0);
    letter.state = bytes_of("written");
    OK(store_letter_put(s, &letter, &fail));
    letter.state = bytes_of("planned");
    OK(store_letter_put(s, &letter, &fail));
    OK(store_letters(s, letter.target, note_letter, &out, &fail));
    assert_string_equal(buf_text(&out), "c-1 first written\n");
    assert_int_equal(totals(s).letters, 1);
    buf_free(&out);
}

static void who_goes_through_those_that_are_due_meets_each_once(void **state)
{
    struct store *s = place_store(state);
    struct store_due from = {0};
    struct seen_target seen = {0};
    int64_t first = tested(s);
    OK(store_for_rules(s, NOW + HOUR, &from, 1, see_target, &seen, &fail));
    assert_int_equal(seen.t.id, first);
    seen.t.id = 0;
    OK(store_for_rules(s, NOW + HOUR, &from, 1, see_target, &seen, &fail));
    assert_int_equal(seen.t.id, 0);
}

/* ---- what holds for all ---- */

static void a_text_has_a_version_that_grows_when_it_changes(void **state)
{
    struct store *s = place_store(state);
    struct buf out = buf_new(4096);
    int64_t version = -1;
    OK(store_text_version(s, "scope", &version, &fail));
    assert_int_equal(version, 0);
    OK(store_text_put(s, "scope", bytes_of("allow 192.0.2.0/24"), NOW, &fail));
    OK(store_text_put(s, "scope", bytes_of("allow 192.0.2.0/24"), NOW, &fail));
    OK(store_text_version(s, "scope", &version, &fail));
    assert_int_equal(version, 1);
    OK(store_text_put(s, "scope", bytes_of("deny 192.0.2.1"), NOW, &fail));
    OK(store_text_get(s, "scope", &out, &version, &fail));
    assert_int_equal(version, 2);
    assert_string_equal(buf_text(&out), "deny 192.0.2.1");
    buf_free(&out);
}

static void note_optout(void *arg, const struct store_optout *o)
{
    char text[PREFIX_TEXT];
    int64_t *last = arg;
    *last = o->number;
    assert_string_equal(prefix_text(&o->network, text), "192.0.2.0/24");
}

static void opt_outs_are_told_from_a_number_on(void **state)
{
    struct store *s = place_store(state);
    struct prefix p;
    int64_t last = 0;
    int64_t none = 0;
    assert_true(prefix_parse(bytes_of("192.0.2.0/24"), &p));
    OK(store_optout_add(s, &p, NOW, bytes_of("by mail"), &fail));
    OK(store_optout_add(s, &p, NOW, bytes_of("by mail"), &fail));
    OK(store_optouts(s, 0, note_optout, &last, &fail));
    assert_true(last > 0);
    OK(store_optouts(s, last, note_optout, &none, &fail));
    assert_true(none == 0);
}

/* ---- pace ---- */

static instant turn(struct store *s, const struct store_turn *turns, size_t count, instant from)
{
    instant when = 0;
    OK(store_take_turns(s, turns, count, from, &when, &fail));
    return when;
}

static void turns_come_one_after_the_other_for_the_whole_fleet(void **state)
{
    struct store *s = place_store(state);
    struct store *other = place_open(state);
    const struct store_turn all = {bytes_of("all"), SPAN_SECOND};
    assert_true(turn(s, &all, 1, NOW) == NOW);
    assert_true(turn(other, &all, 1, NOW) == NOW + SPAN_SECOND);
    assert_true(turn(s, &all, 1, NOW) == NOW + 2 * SPAN_SECOND);
    assert_true(turn(s, &all, 1, NOW + HOUR) == NOW + HOUR);
    OK(store_turns_tidy(s, NOW + 2 * HOUR, &fail));
    assert_true(turn(s, &all, 1, NOW + 2 * HOUR) == NOW + 2 * HOUR);
    store_close(other);
}

static void a_turn_waits_for_all_that_it_needs(void **state)
{
    struct store *s = place_store(state);
    const struct store_turn both[] = {{bytes_of("all"), SPAN_SECOND},
                                      {bytes_of("192.0.2"), MINUTE}};
    assert_true(turn(s, both, 2, NOW) == NOW);
    assert_true(turn(s, both, 2, NOW) == NOW + MINUTE);
}

static unsigned granted(struct store *s, const char *host, unsigned wanted, instant now)
{
    struct addr a = place_addr(host);
    unsigned n = 0;
    OK(store_take_messages(s, &a, wanted, 5, now, &n, &fail));
    return n;
}

static void a_host_gets_so_many_messages_a_day_from_all_of_us(void **state)
{
    struct store *s = place_store(state);
    struct addr host = place_addr("192.0.2.1");
    assert_int_equal(granted(s, "192.0.2.1:25", 3, NOW), 3);
    assert_int_equal(granted(s, "192.0.2.1:587", 3, NOW), 0);
    assert_int_equal(granted(s, "192.0.2.2", 3, NOW), 3);
    assert_int_equal(granted(s, "192.0.2.1", 2, NOW + 23 * HOUR), 2);
    assert_int_equal(granted(s, "192.0.2.1", 1, NOW + 24 * HOUR), 0);
    OK(store_return_messages(s, &host, 1, &fail));
    assert_int_equal(granted(s, "192.0.2.1", 1, NOW + 24 * HOUR), 1);
    assert_int_equal(granted(s, "192.0.2.1", 5, NOW + 48 * HOUR), 5);
    assert_int_equal(granted(s, "192.0.2.3", 6, NOW), 0);
}

int main(void)
{
    const struct place_test tests[] = {
        PLACE_TEST(a_tested_target_is_due_for_the_rules),
        PLACE_TEST(a_move_is_dated_and_sets_the_next_look),
        PLACE_TEST(a_move_from_where_it_is_no_longer_is_refused),
        PLACE_TEST(what_happens_may_bring_the_next_look_forward),
        PLACE_TEST(a_letter_is_found_by_its_code),
        PLACE_TEST(a_letter_that_was_never_written_is_put_anew),
        PLACE_TEST(who_goes_through_those_that_are_due_meets_each_once),
        PLACE_TEST(a_text_has_a_version_that_grows_when_it_changes),
        PLACE_TEST(opt_outs_are_told_from_a_number_on),
        PLACE_TEST(turns_come_one_after_the_other_for_the_whole_fleet),
        PLACE_TEST(a_turn_waits_for_all_that_it_needs),
        PLACE_TEST(a_host_gets_so_many_messages_a_day_from_all_of_us),
    };
    return place_run(tests, sizeof tests / sizeof tests[0]);
}
