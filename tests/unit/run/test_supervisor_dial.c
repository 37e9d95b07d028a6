/* What a worker may have a connection to. The worker here lies: it asks as no script can. */
#include "given.h"

#include "guard/budget.h"
#include "guard/pace.h"
#include "guard/scope.h"
#include "net/dial.h"
#include "run/supervisor.h"

#include <unistd.h>

enum { PAUSE = 20000, MESSAGES = 5 };

/* The other end of a channel, and what came there last. */
struct end {
    struct channel *channel;
    unsigned frames;
    enum ipc_type type;
    char code[16];
    struct addr to;
    struct world_messages messages;
    int fd; /* -1: none */
};

static struct supervisor s;
static struct run_options options;
static struct scope *scope;
static struct run_counts counts;
static struct member worker;
static struct end at_worker, at_sink;
static struct sup_job *job;
static struct probe_info probe;
static const struct probe_info *const probes[] = {&probe};
static unsigned char cells[1];
static struct addr server; /* the target's; nobody accepts there */
static int listening;

static void hear(void *arg, struct bytes payload, int fd)
{
    struct end *e = arg;
    struct ipc_reader r = ipc_read(payload, &e->type);
    if (e->fd >= 0)
        close(e->fd);
    e->fd = fd;
    e->frames++;
    if (e->type == IPC_VISIT) {
        e->to = ipc_addr(&r);
        return;
    }
    ipc_u64(&r);
    ipc_u32(&r);
    if (e->type == IPC_DIALLED)
        e->messages = ipc_messages(&r);
    struct fail why = e->type == IPC_DIALLED && fd < 0 ? ipc_fail(&r) : (struct fail){.code = ""};
    snprintf(e->code, sizeof e->code, "%s", why.code);
    assert_true(ipc_end(&r));
}

static void ended(void *arg, const char *why)
{
    (void)arg;
    fail_msg("a channel has ended: %s", why ? why : "");
}

static void stop(void *arg)
{
    (void)arg;
    loop_stop(s.loop);
}

static void settle(void)
{
    struct timer *t = timer_new(s.loop, stop, NULL);
    timer_start(t, PAUSE);
    channel_flush(worker.channel);
    channel_flush(s.sink.channel);
    loop_run(s.loop);
    timer_free(t);
}

static void nothing_is_said(void *arg, const char *line)
{
    (void)arg, (void)line;
}

static void not_heard(void *arg, struct bytes payload, int fd)
{
    (void)arg, (void)payload, (void)fd;
}

static void join(struct member *m, struct end *e)
{
    int ends[2];
    struct fail fail;
    *e = (struct end){.fd = -1};
    assert_true(channel_pair(ends, &fail));
    m->supervisor = &s;
    m->channel = channel_new(s.loop, ends[0], false, not_heard, ended, m);
    e->channel = channel_new(s.loop, ends[1], true, hear, ended, e);
}

static int set_up(void **state)
{
    struct fail fail;
    (void)state;
    scope = scope_loopback();
    probe = (struct probe_info){.relay = true};
    cells[0] = 0;
    options = (struct run_options){.scope = scope, .probes = probes, .on_say = nothing_is_said};
    worker = (struct member){0};
    s = (struct supervisor){.options = &options, .counts = &counts, .out = buf_new(CHANNEL_FRAME)};
    s.loop = loop_new(&fail);
    s.jobs = jobs_new(2);
    s.hosts = hosts_new(4);
    s.pace = pace_new(&(struct pace_limits){0});
    s.budget = budget_new(MESSAGES);
    s.cell_of = cells;
    s.workers = &worker;
    s.worker_count = 1;
    join(&worker, &at_worker);
    join(&s.sink, &at_sink);
    assert_true(addr_parse(bytes_of("127.0.0.1"), &server));
    listening = listen_open(&server, &fail);
    assert_true(listening >= 0);
    options.sink = addr_of("127.0.0.1:2525");
    job = jobs_add(s.jobs, &(struct run_item){.target = server});
    job->started = true;
    return 0;
}

static void end_free(struct end *e)
{
    channel_free(e->channel);
    if (e->fd >= 0)
        close(e->fd);
}

static int tear_down(void **state)
{
    (void)state;
    dial_over(&s, job);
    jobs_remove(s.jobs, job);
    channel_free(worker.channel);
    channel_free(s.sink.channel);
    end_free(&at_worker);
    end_free(&at_sink);
    pace_free(s.pace);
    budget_free(s.budget);
    hosts_free(s.hosts);
    jobs_free(s.jobs);
    loop_free(s.loop);
    buf_free(&s.out);
    scope_free(scope);
    close(listening);
    return 0;
}

/* The worker's wish, and the code of what it is answered; "": it has its connection. */
static const char *ask(enum world_way way, const struct addr *to, unsigned conn)
{
    unsigned before = at_worker.frames;
    struct dial_wish wish = {.conn = conn, .to = *to, .way = way};
    dial_asked(&s, job, &wish);
    settle();
    assert_int_equal(at_worker.frames, before + 1);
    return at_worker.code;
}

static void nobody_but_the_target_is_reached_in_any_way(void **state)
{
    (void)state;
    static const char *const others[] = {"127.0.0.2", "192.0.2.1", "[::1]", "[::ffff:127.0.0.2]"};
    static const enum world_way all[] = {WORLD_TCP, WORLD_UDP, WORLD_VISIT};
    for (unsigned i = 0; i < sizeof others / sizeof others[0]; i++)
        for (unsigned way = 0; way < sizeof all / sizeof all[0]; way++) {
            struct addr to;
            assert_true(addr_parse(bytes_of(others[i]), &to));
            to.port = server.port;
            assert_string_equal(ask(all[way], &to, 1), "ECONDUCT");
            assert_int_equal(at_worker.fd, -1);
        }
    assert_int_equal(at_sink.frames, 0);
    assert_int_equal(job->dials, 0);
}

static void the_sink_is_sent_once_and_the_worker_has_no_part_in_it(void **state)
{
    (void)state;
    assert_string_equal(ask(WORLD_VISIT, &server, 1), "");
    assert_int_equal(at_worker.type, IPC_VISITING);
    assert_int_equal(at_worker.fd, -1);
    assert_int_equal(at_sink.frames, 1);
    assert_int_equal(at_sink.type, IPC_VISIT);
    assert_true(at_sink.fd >= 0);
    assert_true(addr_equal(&at_sink.to, &server));
    assert_string_equal(ask(WORLD_VISIT, &server, 2), "ECONDUCT");
    dial_closed(&s, job, 1, true);
    assert_string_equal(ask(WORLD_VISIT, &server, 3), "ECONDUCT");
    assert_int_equal(at_sink.frames, 1);
}

static void the_sink_is_not_sent_to_what_the_target_has_for_everybody(void **state)
{
    (void)state;
    static const uint16_t ports[] = {0, 22, 25, 80, 443, 1023};
    for (unsigned i = 0; i < sizeof ports / sizeof ports[0]; i++) {
        struct addr to = server;
        to.port = ports[i];
        assert_string_equal(ask(WORLD_VISIT, &to, 1), "ECONDUCT");
    }
    assert_int_equal(at_sink.frames, 0);
}

static void where_the_scope_says_no_the_sink_does_not_go_either(void **state)
{
    (void)state;
    job->item.target = addr_of("192.0.2.1:2525");
    assert_string_equal(ask(WORLD_VISIT, &job->item.target, 1), "ESCOPE");
    assert_int_equal(at_sink.frames, 0);
    dial_closed(&s, job, 1, true);
    job->item.target = server;
}

static void a_connection_has_a_number_of_its_own(void **state)
{
    (void)state;
    static const unsigned wrong[] = {0, WORLD_DIALS + 1, 256, 257, UINT32_MAX};
    for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_string_equal(ask(WORLD_TCP, &server, wrong[i]), "ECONDUCT");
    assert_string_equal(ask(WORLD_TCP, &server, 7), "");
    assert_true(at_worker.fd >= 0);
    assert_string_equal(ask(WORLD_TCP, &server, 7), "ECONDUCT");
}

static void a_visit_counts_among_the_four_at_once(void **state)
{
    (void)state;
    assert_string_equal(ask(WORLD_VISIT, &server, 1), "");
    for (unsigned conn = 2; conn <= WORLD_CONNECTIONS; conn++)
        assert_string_equal(ask(WORLD_UDP, &server, conn), "");
    assert_string_equal(ask(WORLD_UDP, &server, WORLD_CONNECTIONS + 1), "ECONDUCT");
    dial_closed(&s, job, 1, true);
    assert_string_equal(ask(WORLD_UDP, &server, WORLD_CONNECTIONS + 1), "");
}

static void two_hundred_are_the_most_whatever_numbers_they_bear(void **state)
{
    (void)state;
    job->dials = WORLD_DIALS - 1;
    assert_string_equal(ask(WORLD_UDP, &server, 1), "");
    dial_closed(&s, job, 1, true);
    assert_string_equal(ask(WORLD_UDP, &server, 2), "ECONDUCT");
    assert_string_equal(ask(WORLD_VISIT, &server, 2), "ECONDUCT");
}

/* The job is about to hand a test message over, as its worker says. */
static bool hand_over(struct member *from, bool confirms)
{
    enum ipc_type type;
    struct buf out = buf_new(64);
    ipc_begin(&out, IPC_MESSAGE);
    ipc_put_u64(&out, job->id);
    ipc_put_u8(&out, confirms);
    struct ipc_reader r = ipc_read(buf_view(&out), &type);
    bool taken = dial_message(&s, &r, from);
    buf_free(&out);
    return taken;
}

static void a_relay_probe_is_told_how_many_messages_its_host_may_get(void **state)
{
    (void)state;
    struct member other = {.index = 1};
    assert_string_equal(ask(WORLD_TCP, &server, 1), "");
    assert_true(at_worker.messages.limited);
    assert_int_equal(at_worker.messages.left, MESSAGES);
    assert_true(hand_over(&worker, false));
    assert_false(hand_over(&other, false));
    dial_closed(&s, job, 1, true);
    assert_string_equal(ask(WORLD_TCP, &server, 2), "");
    assert_int_equal(at_worker.messages.left, MESSAGES - 1);
}

static void what_its_test_is_confirmed_with_is_kept_for_it(void **state)
{
    (void)state;
    assert_true(hand_over(&worker, false));
    assert_true(hand_over(&worker, false));
    assert_int_equal(budget_left(s.budget, &server, 0, loop_monotonic()), MESSAGES - 3);
    assert_string_equal(ask(WORLD_TCP, &server, 1), "");
    assert_int_equal(at_worker.messages.left, MESSAGES - 2);
    assert_true(hand_over(&worker, true));
    assert_int_equal(budget_left(s.budget, &server, 0, loop_monotonic()), MESSAGES - 3);
    assert_true(hand_over(&worker, false));
    assert_int_equal(budget_left(s.budget, &server, 0, loop_monotonic()), MESSAGES - 4);
    dial_over(&s, job);
    assert_int_equal(budget_left(s.budget, &server, 0, loop_monotonic()), MESSAGES - 4);
}

static void or_given_back_when_it_is_over(void **state)
{
    (void)state;
    assert_true(hand_over(&worker, false));
    assert_int_equal(budget_left(s.budget, &server, 0, loop_monotonic()), MESSAGES - 2);
    dial_over(&s, job);
    assert_int_equal(budget_left(s.budget, &server, 0, loop_monotonic()), MESSAGES - 1);
}

static void a_proxy_probe_of_ours_sends_none_and_a_strangers_is_told(void **state)
{
    (void)state;
    probe.relay = false;
    assert_string_equal(ask(WORLD_TCP, &server, 1), "");
    assert_false(at_worker.messages.limited);
    cells[0] = 1;
    assert_string_equal(ask(WORLD_TCP, &server, 2), "");
    assert_true(at_worker.messages.limited);
}

/* Asks for a connection; does it come at once? */
static bool comes_at_once(unsigned conn)
{
    unsigned before = at_worker.frames;
    dial_asked(&s, job, &(struct dial_wish){.conn = conn, .to = server});
    settle();
    return at_worker.frames == before + 1;
}

static void a_session_begins_a_while_after_the_one_before(void **state)
{
    (void)state;
    pace_free(s.pace);
    s.pace = pace_new(&(struct pace_limits){.session_gap = 3 * PAUSE});
    options.gap_on_loopback = true;
    assert_true(comes_at_once(1));
    dial_closed(&s, job, 1, false); /* it never stood */
    assert_true(comes_at_once(2));
    dial_closed(&s, job, 2, true);
    assert_false(comes_at_once(3));
    settle();
    settle();
    settle();
    assert_int_equal(at_worker.type, IPC_DIALLED);
    assert_true(at_worker.fd >= 0);
    dial_closed(&s, job, 3, true);
    options.gap_on_loopback = false;
    assert_true(comes_at_once(4));
    options.gap_on_loopback = true;
    probe.relay = false;
    dial_closed(&s, job, 4, true);
    assert_true(comes_at_once(5));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_but_the_target_is_reached_in_any_way),
        TEST(the_sink_is_sent_once_and_the_worker_has_no_part_in_it),
        TEST(the_sink_is_not_sent_to_what_the_target_has_for_everybody),
        TEST(where_the_scope_says_no_the_sink_does_not_go_either),
        TEST(a_connection_has_a_number_of_its_own),
        TEST(a_visit_counts_among_the_four_at_once),
        TEST(a_relay_probe_is_told_how_many_messages_its_host_may_get),
        TEST(what_its_test_is_confirmed_with_is_kept_for_it),
        TEST(or_given_back_when_it_is_over),
        TEST(a_proxy_probe_of_ours_sends_none_and_a_strangers_is_told),
        TEST(a_session_begins_a_while_after_the_one_before),
        TEST(two_hundred_are_the_most_whatever_numbers_they_bear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
