#include "jobs.h"

#include "store/store_follow.h"

static void a_job_is_handed_out_once(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    int64_t b = machine(s, "b:1");
    assert_int_equal(leases(s, a, NOW, 4, jobs), 1);
    assert_string_equal(jobs[0].probe, "relay/envelope");
    assert_int_equal(jobs[0].addr.port, 25);
    assert_int_equal(jobs[0].attempts, 1);
    assert_string_equal(jobs[0].source, "list");
    assert_int_equal(leases(s, a, NOW, 4, jobs), 0);
    assert_int_equal(leases(s, b, NOW, 4, jobs), 0);
    assert_int_equal(totals(s).leased, 1);
}

static void a_job_is_not_handed_out_before_it_is_due(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    instant due = 0;
    put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    assert_int_equal(leases(s, a, NOW - 1, 4, jobs), 0);
    OK(store_next_due(s, &due, &fail));
    assert_true(due == NOW);
    assert_int_equal(leases(s, a, NOW, 4, jobs), 1);
    OK(store_next_due(s, &due, &fail));
    assert_true(due == 0);
}

static void the_highest_priority_goes_first_and_then_the_longest_due(void **state)
{
    static const char *const probes[] = {"proxy/http", NULL};
    struct store *s = place_store(state);
    struct store_job jobs[4];
    int64_t low = put_jobs(s, "192.0.2.1:25", 3, probes);
    int64_t first = put_jobs(s, "192.0.2.2:25", 0, probes);
    int64_t second = put_jobs(s, "192.0.2.3:25", 0, probes);
    int64_t a = machine(s, "a:1");
    assert_int_equal(leases(s, a, NOW, 2, jobs), 2);
    assert_int_equal(jobs[0].target, first);
    assert_int_equal(jobs[1].target, second);
    assert_int_equal(leases(s, a, NOW, 2, jobs), 1);
    assert_int_equal(jobs[0].target, low);
}

static void a_lease_is_for_so_many_jobs_at_most(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    put_job(s, "192.0.2.1:25");
    put_job(s, "192.0.2.2:25");
    put_job(s, "192.0.2.3:25");
    int64_t a = machine(s, "a:1");
    assert_int_equal(leases(s, a, NOW, 2, jobs), 2);
    assert_int_equal(leases(s, a, NOW, 2, jobs), 1);
}

static void the_same_probe_at_the_same_port_is_one_job(void **state)
{
    struct store *s = place_store(state);
    int64_t target = put_job(s, "192.0.2.1:25");
    const struct store_job_new again = {.target = target,
                                        .addr = place_addr("192.0.2.1:25"),
                                        .probe = "relay/envelope",
                                        .priority = 1,
                                        .due = NOW};
    OK(store_plan(s, 2, &target, 1, &again, 1, &fail));
    assert_int_equal(totals(s).jobs, 1);
}

static void a_planned_target_is_not_planned_again(void **state)
{
    struct store *s = place_store(state);
    struct new_targets n = {.count = 0};
    put_job(s, "192.0.2.1:25");
    OK(store_unplanned(s, 1, 64, note_target, &n, &fail));
    assert_int_equal(n.count, 0);
    OK(store_unplanned(s, 2, 64, note_target, &n, &fail));
    assert_int_equal(n.count, 1);
}

static void what_a_lost_machine_held_is_due_again(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    size_t count = 0;
    put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    int64_t b = machine(s, "b:1");
    assert_int_equal(leases(s, a, NOW, 4, jobs), 1);
    OK(store_beat(s, b, NOW + MINUTE / 2, MINUTE, &fail));
    assert_int_equal(leases(s, b, NOW + MINUTE, 4, jobs), 0);
    assert_int_equal(leases(s, b, NOW + MINUTE + 1, 4, jobs), 1);
    assert_int_equal(jobs[0].attempts, 2);
    FAILS(store_beat(s, a, NOW + MINUTE + 2, MINUTE, &fail), "ELOST", "");
    FAILS(store_lease(s, a, NOW + MINUTE + 2, 4, jobs, &count, &fail), "ELOST", "");
}

static void a_machine_that_beats_keeps_what_it_has(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    assert_int_equal(leases(s, a, NOW, 4, jobs), 1);
    OK(store_beat(s, a, NOW + MINUTE, MINUTE, &fail));
    OK(store_beat(s, a, NOW + 2 * MINUTE, MINUTE, &fail));
    int64_t b = machine(s, "b:1");
    assert_int_equal(leases(s, b, NOW + 3 * MINUTE, 4, jobs), 0);
}

static void what_a_lost_machine_says_later_is_not_taken(void **state)
{
    struct store *s = place_store(state);
    struct store_job mine[4];
    struct store_job theirs[4];
    put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    int64_t b = machine(s, "b:1");
    OK(store_beat(s, b, NOW, HOUR, &fail));
    leases(s, a, NOW, 4, mine);
    assert_int_equal(leases(s, b, NOW + 2 * MINUTE, 4, theirs), 1);
    assert_int_equal(finishes(s, a, NOW, a_case("c-1", mine[0].id, "open", 5)), 0);
    assert_int_equal(totals(s).cases, 0);
    assert_int_equal(finishes(s, b, NOW, a_case("c-2", theirs[0].id, "open", 5)), 1);
    assert_int_equal(totals(s).cases, 1);
}

static void what_a_machine_held_that_ends_is_due_at_once(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    leases(s, a, NOW, 4, jobs);
    OK(store_machine_end(s, a, NOW, &fail));
    assert_int_equal(totals(s).machines, 0);
    assert_int_equal(leases(s, machine(s, "b:1"), NOW, 4, jobs), 1);
    assert_int_equal(jobs[0].attempts, 1);
}

static void a_job_that_is_given_back_waits_until_it_is_due(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    leases(s, a, NOW, 4, jobs);
    const struct store_back back = {.job = jobs[0].id, .due = NOW + MINUTE};
    OK(store_give_back(s, a, &back, 1, &fail));
    assert_int_equal(leases(s, a, NOW + MINUTE - 1, 4, jobs), 0);
    assert_int_equal(leases(s, a, NOW + MINUTE, 4, jobs), 1);
    assert_int_equal(jobs[0].attempts, 2);
}

static void an_attempt_that_was_none_does_not_count(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    leases(s, a, NOW, 4, jobs);
    const struct store_back back = {.job = jobs[0].id, .due = NOW, .uncounted = true};
    OK(store_give_back(s, a, &back, 1, &fail));
    assert_int_equal(leases(s, a, NOW, 4, jobs), 1);
    assert_int_equal(jobs[0].attempts, 1);
}

static void a_job_is_finished_once(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    leases(s, a, NOW, 4, jobs);
    assert_int_equal(finishes(s, a, NOW, a_case("c-1", jobs[0].id, "open", 5)), 1);
    assert_int_equal(finishes(s, a, NOW, a_case("c-1", jobs[0].id, "open", 5)), 0);
    assert_int_equal(finishes(s, a, NOW, a_case("c-2", jobs[0].id, "closed", 1)), 0);
    assert_int_equal(totals(s).cases, 1);
    assert_int_equal(leases(s, a, NOW + HOUR, 4, jobs), 0);
}

static void a_target_is_tested_when_its_last_job_is(void **state)
{
    static const char *const probes[] = {"relay/envelope", "relay/percent", NULL};
    struct store *s = place_store(state);
    struct store_job jobs[4];
    int64_t target = put_jobs(s, "192.0.2.1:25", 1, probes);
    int64_t a = machine(s, "a:1");
    assert_int_equal(leases(s, a, NOW, 4, jobs), 2);
    finishes(s, a, NOW + 1, a_case("c-1", jobs[0].id, "open", 5));
    assert_int_equal(target_of(s, target).t.state, STORE_SUSPECTED);
    assert_true(target_of(s, target).t.next == 0);
    finishes(s, a, NOW + 2, a_case("c-2", jobs[1].id, "closed", 1));
    struct seen_target seen = target_of(s, target);
    assert_int_equal(seen.t.state, STORE_TESTED);
    assert_true(seen.t.since == NOW + 2 && seen.t.next == NOW + 2);
    assert_string_equal(seen.verdict, "open");
}

static void a_new_round_has_its_own_verdict(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    int64_t target = put_job(s, "192.0.2.1:25");
    int64_t a = machine(s, "a:1");
    leases(s, a, NOW, 4, jobs);
    finishes(s, a, NOW, a_case("c-1", jobs[0].id, "open", 5));
    OK(store_again(s, target, NOW + HOUR, 0, &fail));
    OK(store_beat(s, a, NOW, 2 * HOUR, &fail));
    assert_int_equal(leases(s, a, NOW + MINUTE, 4, jobs), 0);
    assert_int_equal(leases(s, a, NOW + HOUR, 4, jobs), 1);
    assert_int_equal(jobs[0].round, 1);
    assert_int_equal(jobs[0].attempts, 1);
    assert_int_equal(finishes(s, a, NOW + HOUR, a_case("c-2", jobs[0].id, "closed", 1)), 1);
    assert_string_equal(target_of(s, target).verdict, "closed");
    assert_int_equal(totals(s).cases, 2);
}

static void two_processes_share_the_work(void **state)
{
    struct store *s = place_store(state);
    struct store *other = place_open(state);
    struct store_job jobs[4];
    struct store_job others[4];
    put_job(s, "192.0.2.1:25");
    put_job(s, "192.0.2.2:25");
    int64_t a = machine(s, "a:1");
    int64_t b = machine(other, "b:1");
    assert_int_equal(leases(s, a, NOW, 1, jobs), 1);
    assert_int_equal(leases(other, b, NOW, 4, others), 1);
    assert_int_not_equal(jobs[0].id, others[0].id);
    store_close(other);
}

struct machine_names {
    char text[200];
    unsigned long held;
};

static void note_machine(void *arg, const struct store_machine *m)
{
    struct machine_names *n = arg;
    strncat(n->text, (const char *)m->name.p, m->name.n);
    strcat(n->text, " ");
    n->held += m->holds;
}

static void machines_are_listed_with_what_they_hold(void **state)
{
    struct store *s = place_store(state);
    struct store_job jobs[4];
    struct machine_names names = {.text = ""};
    put_job(s, "192.0.2.1:25");
    leases(s, machine(s, "a:1"), NOW, 4, jobs);
    machine(s, "b:2");
    OK(store_machines(s, note_machine, &names, &fail));
    assert_string_equal(names.text, "a:1 b:2 ");
    assert_int_equal(names.held, 1);
}

int main(void)
{
    const struct place_test tests[] = {
        PLACE_TEST(a_job_is_handed_out_once),
        PLACE_TEST(a_job_is_not_handed_out_before_it_is_due),
        PLACE_TEST(the_highest_priority_goes_first_and_then_the_longest_due),
        PLACE_TEST(a_lease_is_for_so_many_jobs_at_most),
        PLACE_TEST(the_same_probe_at_the_same_port_is_one_job),
        PLACE_TEST(a_planned_target_is_not_planned_again),
        PLACE_TEST(what_a_lost_machine_held_is_due_again),
        PLACE_TEST(a_machine_that_beats_keeps_what_it_has),
        PLACE_TEST(what_a_lost_machine_says_later_is_not_taken),
        PLACE_TEST(what_a_machine_held_that_ends_is_due_at_once),
        PLACE_TEST(a_job_that_is_given_back_waits_until_it_is_due),
        PLACE_TEST(an_attempt_that_was_none_does_not_count),
        PLACE_TEST(a_job_is_finished_once),
        PLACE_TEST(a_target_is_tested_when_its_last_job_is),
        PLACE_TEST(a_new_round_has_its_own_verdict),
        PLACE_TEST(two_processes_share_the_work),
        PLACE_TEST(machines_are_listed_with_what_they_hold),
    };
    return place_run(tests, sizeof tests / sizeof tests[0]);
}
