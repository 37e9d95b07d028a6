#include "notice/mbox.h"

#include "notice_test.h"

#include "base/file.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define WHEN ((instant)1795486216 * SPAN_SECOND) /* Tue Nov 24 02:10:16 2026 */
#define FROM "From bounces@example.org Tue Nov 24 02:10:16 2026\n"

static char path[64];
static char lock[80];

static const char *content(void)
{
    static char text[65536];
    struct fail fail;
    struct buf all = buf_new(sizeof text - 1);
    assert_true(file_read(path, &all, &fail));
    memcpy(text, all.p ? (const char *)all.p : "", all.n);
    text[all.n] = '\0';
    buf_free(&all);
    return text;
}

static void begin_with(const char *text)
{
    struct fail fail;
    unlink(path);
    unlink(lock);
    assert_true(file_create(path, lit(text), &fail));
}

static struct mbox *opened(void)
{
    struct fail fail = {0};
    struct mbox *m = mbox_open(path, &fail);
    if (!m)
        fail_msg("%s", fail.text);
    return m;
}

static void add(struct mbox *m, const char *message)
{
    struct fail fail;
    assert_true(mbox_put(m, lit("bounces@example.org"), WHEN, lit(message), &fail));
}

static void close_all(struct mbox *m)
{
    struct fail fail;
    if (!mbox_close(m, &fail))
        fail_msg("%s", fail.text);
    assert_int_equal(access(lock, F_OK), -1);
}

static void a_letter_has_lf_line_ends_and_an_empty_line_behind_it(void **state)
{
    (void)state;
    unlink(path);
    struct mbox *m = opened();
    add(m, "Subject: a\r\n\r\nb\r\n");
    add(m, "Subject: c\r\n\r\nd\r\n");
    close_all(m);
    assert_string_equal(content(), FROM "Subject: a\n\nb\n\n" FROM "Subject: c\n\nd\n\n");
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void lines_that_look_like_a_beginning_are_quoted(void **state)
{
    (void)state;
    begin_with("");
    struct mbox *m = opened();
    add(m, "a: b\r\n\r\nFrom x\r\n>From y\r\n>>From z\r\nfrom\r\nFrom: me\r\n> From\r\n");
    close_all(m);
    assert_string_equal(content(),
                        FROM "a: b\n\n>From x\n>>From y\n>>>From z\nfrom\nFrom: me\n> From\n\n");
}

static void what_was_there_stays_and_ends_with_an_empty_line(void **state)
{
    (void)state;
    static const char *const before[] = {"From a b\n\nx\n\n", "From a b\n\nx\n", "From a b\n\nx"};
    for (unsigned i = 0; i < 3; i++) {
        begin_with(before[i]);
        struct mbox *m = opened();
        add(m, "a: b\r\n\r\n");
        close_all(m);
        assert_string_equal(content(), "From a b\n\nx\n\n" FROM "a: b\n\n\n");
    }
}

static void what_is_taken_back_leaves_the_file_as_it_was(void **state)
{
    (void)state;
    begin_with("From a b\n\nx\n");
    struct mbox *m = opened();
    for (unsigned i = 0; i < 100; i++) /* more than is gathered */
        add(m, "a: b\r\n\r\nsome text that makes it longer than it would be without this text, by "
               "far\r\n");
    mbox_drop(m);
    assert_string_equal(content(), "From a b\n\nx\n");
    assert_int_equal(access(lock, F_OK), -1);
}

/* A process that adds letters, and is killed when it has written some of them. */
static void be_killed(void)
{
    pid_t child = fork();
    if (child == 0) {
        struct fail fail;
        struct mbox *m = mbox_open(path, &fail);
        for (unsigned i = 0; m && i < 10000; i++)
            if (!mbox_put(m, lit("b@example.org"), WHEN, lit("a: b\r\n\r\nsome text to be cut\r\n"),
                          &fail))
                break;
        raise(SIGKILL);
    }
    waitpid(child, NULL, 0);
}

static void half_of_a_run_that_was_killed_is_cut_off(void **state)
{
    (void)state;
    struct stat st;
    begin_with("From a b\n\nx\n\n");
    be_killed();
    assert_int_equal(stat(path, &st), 0);
    assert_true(st.st_size > 100000);
    assert_int_equal(access(lock, F_OK), 0);
    struct mbox *m = opened();
    add(m, "a: b\r\n\r\n");
    close_all(m);
    assert_string_equal(content(), "From a b\n\nx\n\n" FROM "a: b\n\n\n");
}

static void a_lock_of_another_program_is_respected(void **state)
{
    (void)state;
    struct fail fail = {0};
    begin_with("From a b\n\nx\n\n");
    assert_true(file_create(lock, lit("12345\n"), &fail));
    assert_null(mbox_open(path, &fail));
    assert_string_equal(fail.code, "EBUSY");
    assert_int_equal(access(lock, F_OK), 0);
    assert_string_equal(content(), "From a b\n\nx\n\n");
    unlink(lock);
}

static void what_is_no_file_is_written_to(void **state)
{
    (void)state;
    struct fail fail;
    struct mbox *m = mbox_open("/dev/null", &fail);
    assert_non_null(m);
    add(m, "a: b\r\n\r\n");
    assert_true(mbox_close(m, &fail));
}

static int set_up(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "/tmp/test_mbox.%ld", (long)getpid());
    snprintf(lock, sizeof lock, "%s.lock", path);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    unlink(lock);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_has_lf_line_ends_and_an_empty_line_behind_it),
        cmocka_unit_test(lines_that_look_like_a_beginning_are_quoted),
        cmocka_unit_test(what_was_there_stays_and_ends_with_an_empty_line),
        cmocka_unit_test(what_is_taken_back_leaves_the_file_as_it_was),
        cmocka_unit_test(half_of_a_run_that_was_killed_is_cut_off),
        cmocka_unit_test(a_lock_of_another_program_is_respected),
        cmocka_unit_test(what_is_no_file_is_written_to),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
