/* Whole files, read and written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[] = "/tmp/ajar-file-XXXXXX";
static char path[64];

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(dir))
        return -1;
    snprintf(path, sizeof path, "%s/file", dir);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(dir);
}

static void what_was_written_is_read(void **state)
{
    struct fail fail;
    struct buf got = buf_new(9);
    (void)state;
    unlink(path);
    assert_true(file_create(path, bytes_at("nine\0byte", 9), &fail));
    assert_true(file_read(path, &got, &fail));
    assert_true(bytes_equal(buf_view(&got), bytes_at("nine\0byte", 9)));
    buf_free(&got);
}

static void a_file_over_the_limit_is_refused(void **state)
{
    char sentence[128];
    struct fail fail;
    struct buf got = buf_new(8);
    (void)state;
    unlink(path);
    assert_true(file_create(path, bytes_of("nine byte"), &fail));
    assert_false(file_read(path, &got, &fail));
    snprintf(sentence, sizeof sentence, "%s: it may have 8 bytes, and has more", path);
    assert_string_equal(fail.text, sentence);
    assert_string_equal(fail.code, "ELIMIT");
    buf_free(&got);
}

static void nothing_is_overwritten(void **state)
{
    struct fail fail;
    struct buf got = buf_new(100);
    (void)state;
    unlink(path);
    assert_true(file_create(path, bytes_of("first"), &fail));
    assert_false(file_create(path, bytes_of("second"), &fail));
    assert_string_equal(fail.code, "EEXIST");
    assert_true(file_read(path, &got, &fail));
    assert_true(bytes_equal_text(buf_view(&got), "first"));
    buf_free(&got);
}

/* A process of its own has the limit. The folder's removal at the end shows that nothing is left. */
static void half_a_file_is_never_there(void **state)
{
    struct rlimit four = {.rlim_cur = 4, .rlim_max = 4};
    struct fail fail;
    int status = 0;
    (void)state;
    unlink(path);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &four);
        bool made = file_create(path, bytes_of("more than four"), &fail);
        _exit(made || strcmp(fail.code, "EFBIG") != 0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(access(path, F_OK), -1);
}

static void what_can_not_be_created_is_told(void **state)
{
    struct fail fail;
    (void)state;
    assert_false(file_create("/dev/null/x", bytes_of("x"), &fail));
    assert_string_equal(fail.code, "ENOTDIR");
}

static void a_directory_may_be_there_and_a_file_may_not(void **state)
{
    char made[80];
    struct fail fail;
    struct buf got = buf_new(100);
    (void)state;
    snprintf(made, sizeof made, "%s/made", dir);
    assert_true(file_directory(made, &fail));
    assert_true(file_directory(made, &fail));
    assert_false(file_read(made, &got, &fail));
    assert_string_equal(fail.code, "EISDIR");
    rmdir(made);
    unlink(path);
    assert_true(file_create(path, bytes_of(""), &fail));
    assert_false(file_directory(path, &fail));
    assert_string_equal(fail.code, "ENOTDIR");
    assert_false(file_directory("/nowhere/at/all", &fail));
    assert_string_equal(fail.code, "ENOENT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(a_file_over_the_limit_is_refused),
        cmocka_unit_test(nothing_is_overwritten),
        cmocka_unit_test(half_a_file_is_never_there),
        cmocka_unit_test(what_can_not_be_created_is_told),
        cmocka_unit_test(a_directory_may_be_there_and_a_file_may_not),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
