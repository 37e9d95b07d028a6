/* A confined child: it answers, and whatever else it does ends it and costs its parent an error and no more. */
#include "given.h"

#include "run/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = true };
#elif defined(__has_feature)
enum { SANITIZED = __has_feature(address_sanitizer) };
#else
enum { SANITIZED = false };
#endif

static struct child child;
static bool running;
static struct buf answer;
static struct fail fail;

static int set_up(void **state)
{
    (void)state;
    answer = buf_new(CHILD_FRAME);
    return 0;
}

static void end(void)
{
    if (running)
        child_end(&child);
    running = false;
}

static int tear_down(void **state)
{
    (void)state;
    end();
    buf_free(&answer);
    return 0;
}

static void begin(child_work work)
{
    if (!child_start(&child, work, NULL, &fail))
        fail_msg("%s", fail.text);
    running = true;
}

/* It ends without an answer. */
static void dies(child_work work)
{
    begin(work);
    assert_false(child_ask(&child, bytes_of("go"), &answer, 20, &fail));
    assert_string_equal(fail.code, "EWORKER");
}

static void says_back(const void *arg, int in, int out)
{
    (void)arg;
    struct buf question = buf_new(CHILD_FRAME);
    while (child_receive(in, &question))
        child_send(out, buf_view(&question));
}

static void it_answers_as_often_as_it_is_asked(void **state)
{
    (void)state;
    begin(says_back);
    for (int i = 0; i < 3; i++) {
        assert_true(child_ask(&child, bytes_of("hello"), &answer, 20, &fail));
        assert_true(bytes_equal_text(buf_view(&answer), "hello"));
    }
    assert_true(child_ask(&child, bytes_of(""), &answer, 20, &fail));
    assert_int_equal(answer.n, 0);
}

static void a_long_question_is_answered(void **state)
{
    (void)state;
    struct buf question = buf_new(CHILD_FRAME);
    memset(buf_reserve(&question, CHILD_FRAME), 'x', CHILD_FRAME);
    buf_commit(&question, CHILD_FRAME);
    begin(says_back);
    assert_true(child_ask(&child, buf_view(&question), &answer, 20, &fail));
    assert_int_equal(answer.n, CHILD_FRAME);
    buf_free(&question);
}

static void hangs(const void *arg, int in, int out)
{
    (void)arg;
    (void)in;
    (void)out;
    for (volatile bool on = true; on;)
        ;
}

static void one_that_hangs_is_left(void **state)
{
    (void)state;
    begin(hangs);
    assert_false(child_ask(&child, bytes_of("go"), &answer, 1, &fail));
    assert_string_equal(fail.code, "ETIMEDOUT");
    assert_string_equal(fail.text, "the script ran over 1 seconds");
    pid_t pid = child.pid;
    end();
    assert_int_equal(kill(pid, 0), -1);
}

static void one_that_takes_too_much_of_the_processor_is_left_before(void **state)
{
    (void)state;
    begin(hangs);
    child.processor = SPAN_SECOND / 5;
    assert_false(child_ask(&child, bytes_of("go"), &answer, 60, &fail));
    assert_string_equal(fail.code, "ETIMEDOUT");
    assert_string_equal(fail.text, "the script ran over 0.2 seconds of processor time");
    end();
}

static void claims_much(const void *arg, int in, int out)
{
    (void)arg;
    (void)in;
    static const uint32_t size = CHILD_FRAME + 1;
    assert_int_equal(write(out, &size, sizeof size), sizeof size);
    pause();
}

static void an_answer_that_is_too_long_is_refused(void **state)
{
    (void)state;
    dies(claims_much);
}

static void opens_a_file(const void *arg, int in, int out)
{
    (void)arg;
    (void)in;
    if (open("/etc/passwd", O_RDONLY) >= 0)
        child_send(out, bytes_of("a file"));
}

static void makes_a_socket(const void *arg, int in, int out)
{
    (void)arg;
    (void)in;
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0)
        child_send(out, bytes_of("a socket"));
}

static void starts_a_process(const void *arg, int in, int out)
{
    (void)arg;
    (void)in;
    if (fork() >= 0)
        child_send(out, bytes_of("a process"));
}

static void no_file_no_socket_no_process(void **state)
{
    (void)state;
    static const child_work tries[] = {opens_a_file, makes_a_socket, starts_a_process};
    if (SANITIZED)
        skip(); /* no filter there */
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        dies(tries[i]);
        end();
    }
}

static void eats_memory(const void *arg, int in, int out)
{
    enum { MIB = 1024 * 1024 };
    (void)arg;
    (void)in;
    for (int i = 0; i < 2048; i++) {
        void *volatile taken = malloc(MIB);
        if (!taken) {
            child_send(out, bytes_of(i < 1024 ? "an end" : "too late an end"));
            return;
        }
    }
}

static void memory_has_an_end(void **state)
{
    (void)state;
    if (SANITIZED)
        skip(); /* no limit there */
    begin(eats_memory);
    assert_true(child_ask(&child, bytes_of("go"), &answer, 20, &fail));
    assert_string_equal(buf_text(&answer), "an end");
}

static void counts_descriptors(const void *arg, int in, int out)
{
    char seen[3] = "no";
    (void)arg;
    (void)in;
    for (int fd = out + 1; fd < 100; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            strcpy(seen, "fd");
    child_send(out, bytes_of(seen));
}

static void it_has_no_descriptor_of_its_parents(void **state)
{
    (void)state;
    int secret = open("/etc/passwd", O_RDONLY);
    begin(counts_descriptors);
    assert_true(child_ask(&child, bytes_of("go"), &answer, 20, &fail));
    assert_string_equal(buf_text(&answer), "no");
    close(secret);
}

static void looks_at_its_streams(const void *arg, int in, int out)
{
    int nothing = 0;
    (void)arg;
    (void)in;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        struct stat at = {0};
        nothing += fstat(fd, &at) == 0 && S_ISCHR(at.st_mode) && at.st_rdev == makedev(1, 3);
    }
    child_send(out, bytes_of(nothing == 3 ? "/dev/null" : "its parent's"));
}

static void what_it_prints_reaches_nobody(void **state)
{
    (void)state;
    if (SANITIZED)
        skip(); /* a sanitizer has to be able to report */
    begin(looks_at_its_streams);
    assert_true(child_ask(&child, bytes_of("go"), &answer, 20, &fail));
    assert_string_equal(buf_text(&answer), "/dev/null");
}

/* With gifts ------------------------------------------------------------------------------------------- */

struct given {
    char text[64];
};

static void reads_before(void *arg)
{
    struct given *g = arg;
    int fd = open("/proc/self/comm", O_RDONLY);
    ssize_t n = read(fd, g->text, sizeof g->text - 1);
    g->text[n > 0 ? n : 0] = '\0';
    close(fd);
}

static void tells(void *arg, int in, int out)
{
    struct given *g = arg;
    struct buf question = buf_new(CHILD_FRAME);
    while (child_receive(in, &question))
        child_send(out, bytes_of(g->text));
}

static void begin_with(void (*task)(void *, int, int), void *arg, const struct child_gift *gift)
{
    if (!child_start_with(&child, task, arg, gift, &fail))
        fail_msg("%s", fail.text);
    running = true;
}

static void what_it_prepares_it_has_and_its_parent_has_not(void **state)
{
    struct given given = {.text = "nothing"};
    const struct child_gift gift = {.prepare = reads_before, .socket = -1};
    (void)state;
    begin_with(tells, &given, &gift);
    assert_true(child_ask(&child, bytes_of("?"), &answer, 20, &fail));
    assert_true(answer.n > 0 && !bytes_equal_text(buf_view(&answer), "nothing"));
    assert_string_equal(given.text, "nothing");
}

/* Passes on what comes over its socket, and then tries to open another one. */
static void has_one_socket(void *arg, int in, int out)
{
    char text[16];
    struct buf question = buf_new(CHILD_FRAME);
    (void)arg;
    while (child_receive(in, &question)) {
        ssize_t n = recv(CHILD_SOCKET, text, sizeof text, 0);
        child_send(out, bytes_at(text, n > 0 ? (size_t)n : 0));
        if (bytes_equal_text(buf_view(&question), "more"))
            socket(AF_INET, SOCK_STREAM, 0);
    }
}

static void one_with_a_socket_has_that_and_can_make_no_other(void **state)
{
    int pair[2];
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    const struct child_gift gift = {.socket = pair[1]};
    begin_with(has_one_socket, NULL, &gift);
    close(pair[1]);
    assert_int_equal(send(pair[0], "hello", 5, 0), 5);
    assert_true(child_ask(&child, bytes_of("?"), &answer, 20, &fail));
    assert_true(bytes_equal_text(buf_view(&answer), "hello"));
    if (!SANITIZED) {
        assert_int_equal(send(pair[0], "x", 1, 0), 1);
        child_ask(&child, bytes_of("more"), &answer, 20, &fail);
        assert_false(child_ask(&child, bytes_of("?"), &answer, 20, &fail));
        assert_string_equal(fail.code, "EWORKER");
    }
    close(pair[0]);
}

static void asks_for_a_file(void *arg, int in, int out)
{
    struct buf question = buf_new(CHILD_FRAME);
    (void)arg;
    while (child_receive(in, &question))
        child_send(out, bytes_of(open("/proc/self/comm", O_RDONLY) < 0 ? fail_errno_name(errno)
                                                                       : "opened"));
}

static void a_reader_finds_no_file_and_lives(void **state)
{
    const struct child_gift gift = {.socket = -1, .reads = true};
    (void)state;
    begin_with(asks_for_a_file, NULL, &gift);
    assert_true(child_ask(&child, bytes_of("?"), &answer, 20, &fail));
    if (!SANITIZED)
        assert_true(bytes_equal_text(buf_view(&answer), "EACCES"));
}

static void wants_a_socket(void *arg, int in, int out)
{
    (void)arg, (void)in, (void)out;
    socket(AF_INET, SOCK_STREAM, 0);
    child_send(out, bytes_of("alive"));
}

static void a_reader_that_wants_a_socket_dies(void **state)
{
    const struct child_gift gift = {.socket = -1, .reads = true};
    (void)state;
    if (SANITIZED)
        return;
    begin_with(wants_a_socket, NULL, &gift);
    assert_false(child_ask(&child, bytes_of("?"), &answer, 20, &fail));
    assert_string_equal(fail.code, "EWORKER");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(it_answers_as_often_as_it_is_asked),
        TEST(a_long_question_is_answered),
        TEST(one_that_hangs_is_left),
        TEST(one_that_takes_too_much_of_the_processor_is_left_before),
        TEST(an_answer_that_is_too_long_is_refused),
        TEST(no_file_no_socket_no_process),
        TEST(memory_has_an_end),
        TEST(it_has_no_descriptor_of_its_parents),
        TEST(what_it_prints_reaches_nobody),
        TEST(what_it_prepares_it_has_and_its_parent_has_not),
        TEST(one_with_a_socket_has_that_and_can_make_no_other),
        TEST(a_reader_finds_no_file_and_lives),
        TEST(a_reader_that_wants_a_socket_dies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
