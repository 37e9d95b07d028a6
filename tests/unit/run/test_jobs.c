#include "given.h"

#include "run/jobs.h"

static struct run_item item_of(const char *name)
{
    return (struct run_item){.target = addr_of("192.0.2.1:25"), .name = strdup(name)};
}

static struct sup_job *add(struct jobs *jobs, const char *name)
{
    struct run_item item = item_of(name);
    struct sup_job *job = jobs_add(jobs, &item);
    if (!job)
        run_item_free(&item);
    return job;
}

static void a_job_is_found_by_id_and_by_number(void **state)
{
    (void)state;
    struct jobs *jobs = jobs_new(10);
    struct sup_job *one = add(jobs, "one");
    struct sup_job *two = add(jobs, "two");
    assert_ptr_equal(jobs_find(jobs, one->id), one);
    assert_ptr_equal(jobs_find(jobs, two->id), two);
    assert_ptr_equal(jobs_find_number(jobs, one->number), one);
    assert_ptr_equal(jobs_find_number(jobs, two->number), two);
    assert_int_equal(jobs_count(jobs), 2);
    jobs_free(jobs);
}

static void ids_and_numbers_that_are_nobodys(void **state)
{
    (void)state;
    struct jobs *jobs = jobs_new(10);
    struct sup_job *one = add(jobs, "one");
    unsigned char number[TOKEN_JOB] = "nobody's";
    assert_null(jobs_find(jobs, 0));
    assert_null(jobs_find(jobs, one->id + 1));
    assert_null(jobs_find(jobs, one->id + ((uint64_t)1 << 32)));
    assert_null(jobs_find(jobs, UINT64_MAX));
    assert_null(jobs_find(jobs, 9));
    assert_null(jobs_find_number(jobs, number));
    jobs_free(jobs);
}

/* A message about a job that is over must not reach the one that came into its slot. */
static void an_old_id_does_not_name_the_new_job_in_its_slot(void **state)
{
    (void)state;
    struct jobs *jobs = jobs_new(1);
    struct sup_job *job = add(jobs, "one");
    uint64_t id = job->id;
    unsigned char number[TOKEN_JOB];
    memcpy(number, job->number, sizeof number);
    jobs_remove(jobs, job);
    assert_null(jobs_find(jobs, id));
    job = add(jobs, "two");
    assert_non_null(job);
    assert_true(job->id != id);
    assert_null(jobs_find(jobs, id));
    assert_null(jobs_find_number(jobs, number));
    assert_string_equal(job->item.name, "two");
    jobs_free(jobs);
}

static void there_are_only_so_many(void **state)
{
    (void)state;
    struct jobs *jobs = jobs_new(3);
    struct sup_job *second = NULL;
    for (int i = 0; i < 3; i++) {
        assert_false(jobs_full(jobs));
        struct sup_job *job = add(jobs, "x");
        second = i == 1 ? job : second;
    }
    assert_true(jobs_full(jobs));
    assert_null(add(jobs, "x"));
    jobs_remove(jobs, second);
    assert_false(jobs_full(jobs));
    assert_non_null(add(jobs, "x"));
    assert_true(jobs_full(jobs));
    jobs_free(jobs);
}

static void many_come_and_go(void **state)
{
    (void)state;
    enum { MOST = 500 };
    struct jobs *jobs = jobs_new(MOST);
    uint64_t ids[MOST] = {0};
    for (unsigned i = 0; i < 20000; i++) {
        unsigned at = (i * 7919) % MOST;
        struct sup_job *job = jobs_find(jobs, ids[at]);
        if (job) {
            assert_ptr_equal(jobs_find_number(jobs, job->number), job);
            jobs_remove(jobs, job);
            ids[at] = 0;
        } else if ((job = add(jobs, "x"))) {
            ids[at] = job->id;
        }
    }
    unsigned count = 0;
    for (unsigned i = 0; i < MOST; i++)
        count += jobs_find(jobs, ids[i]) != NULL;
    assert_int_equal(jobs_count(jobs), count);
    jobs_free(jobs);
}

static void a_dead_workers_jobs_are_found(void **state)
{
    (void)state;
    struct jobs *jobs = jobs_new(10);
    struct sup_job *waiting = add(jobs, "waits for its host");
    struct sup_job *running = add(jobs, "runs");
    struct sup_job *other = add(jobs, "runs elsewhere");
    running->started = other->started = true;
    other->worker = 1;
    assert_ptr_equal(jobs_of_worker(jobs, 0, NULL), running);
    jobs_remove(jobs, running);
    assert_null(jobs_of_worker(jobs, 0, running));
    assert_null(jobs_of_worker(jobs, 0, NULL));
    assert_ptr_equal(jobs_of_worker(jobs, 1, NULL), other);
    assert_null(jobs_of_worker(jobs, 1, other));
    assert_false(waiting->started);
    jobs_free(jobs);
}

static void overdue_jobs_name_their_worker(void **state)
{
    (void)state;
    struct jobs *jobs = jobs_new(10);
    struct sup_job *waiting = add(jobs, "waits");
    struct sup_job *job = add(jobs, "runs");
    assert_int_equal(jobs_overdue(jobs, INT64_MAX), -1);
    job->started = true;
    job->worker = 3;
    job->began = 1000;
    assert_int_equal(jobs_overdue(jobs, 1000), -1);
    assert_int_equal(jobs_overdue(jobs, 1001), 3);
    job->conns[1] = (struct job_conn){.number = 7, .asked = 1};
    assert_int_equal(jobs_overdue(jobs, 1001), -1);
    job->conns[1].asked = 0;
    assert_int_equal(jobs_overdue(jobs, 1001), 3);
    jobs_remove(jobs, job);
    assert_int_equal(jobs_overdue(jobs, INT64_MAX), -1);
    assert_false(waiting->started);
    jobs_free(jobs);
}

static void a_stop_removes_what_has_not_been_started(void **state)
{
    (void)state;
    struct jobs *jobs = jobs_new(10);
    for (int i = 0; i < 6; i++)
        add(jobs, "x")->started = i % 2;
    jobs_remove_waiting(jobs);
    assert_int_equal(jobs_count(jobs), 3);
    assert_non_null(jobs_of_worker(jobs, 0, NULL));
    jobs_free(jobs);
}

/* Under the leak checker: names, lists and receipts go with their job. */
static void what_a_job_holds_goes_with_it(void **state)
{
    (void)state;
    struct jobs *jobs = jobs_new(2);
    for (int i = 0; i < 2; i++) {
        struct sup_job *job = add(jobs, "name");
        job->item.source = strdup("list.csv");
        job->receipts = calloc(RUN_RECEIPTS, sizeof *job->receipts);
        job->receipts[0].raw = malloc(10);
        job->receipt_count = 1;
        if (i == 0)
            jobs_remove(jobs, job);
    }
    jobs_free(jobs);
    jobs_free(NULL);
}

static bool add_lines(struct sup_job *job, size_t n)
{
    static const struct receipt receipt;
    static unsigned char text[2 * RECEIPT_LINES];
    memset(text, '\n', sizeof text);
    return run_receipts_add(&job->receipts, &job->receipt_count, &receipt, bytes_at(text, n));
}

static void receipts_are_kept_up_to_a_number_and_a_length_in_lines(void **state)
{
    (void)state;
    struct jobs *jobs = jobs_new(1);
    struct sup_job *job = add(jobs, "one");
    assert_false(add_lines(job, RECEIPT_LINES + 1));
    assert_int_equal(job->receipt_count, 0);
    for (int i = 0; i < RUN_RECEIPTS; i++)
        assert_true(add_lines(job, RECEIPT_LINES));
    assert_false(add_lines(job, 1));
    assert_int_equal(job->receipt_count, RUN_RECEIPTS);
    jobs_free(jobs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_is_found_by_id_and_by_number),
        cmocka_unit_test(ids_and_numbers_that_are_nobodys),
        cmocka_unit_test(an_old_id_does_not_name_the_new_job_in_its_slot),
        cmocka_unit_test(there_are_only_so_many),
        cmocka_unit_test(many_come_and_go),
        cmocka_unit_test(a_dead_workers_jobs_are_found),
        cmocka_unit_test(overdue_jobs_name_their_worker),
        cmocka_unit_test(a_stop_removes_what_has_not_been_started),
        cmocka_unit_test(what_a_job_holds_goes_with_it),
        cmocka_unit_test(receipts_are_kept_up_to_a_number_and_a_length_in_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
