/* A confined child: it answers, and whatever else it does ends it and costs its parent an error and no more. */
#include "given.h"

#include "run/child.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
