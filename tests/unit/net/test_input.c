#include "net_test.h"

#include "net/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A file with this content; its path. */
static const char *file_of(const char *content, size_t n)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/test_input.%d", (int)getpid());
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, n, file), n);
    fclose(file);
    return path;
}

static struct input *open_input(const char *path, struct loop *loop)
{
    struct fail fail;
    struct input *in = input_open(path, loop, &fail);
    assert_non_null(in);
    return in;
}

static void assert_line(struct input *in, const char *expected)
{
    struct bytes line;
    struct fail fail = {0};
    assert_int_equal(input_next(in, &line, &fail), INPUT_LINE);
    assert_bytes(line, expected);
}

static void assert_end(struct input *in)
{
    struct bytes line;
    struct fail fail = {0};
    assert_int_equal(input_next(in, &line, &fail), INPUT_END);
    assert_null(fail.code);
}

static void a_file_gives_its_lines(void **state)
{
    (void)state;
    struct input *in = open_input(file_of("one\n\ntwo\r\nlast", 14), NULL);
    assert_line(in, "one");
    assert_line(in, "");
    assert_line(in, "two\r");
    assert_line(in, "last");
    assert_end(in);
    input_close(in);
}

static void an_empty_file_has_no_line(void **state)
{
    (void)state;
    struct input *in = open_input(file_of("", 0), NULL);
    assert_end(in);
    input_close(in);
}

static void a_line_that_is_too_long_is_cut_and_the_next_is_whole(void **state)
{
    (void)state;
    size_t n = 5 * INPUT_LINE_MOST;
    char *content = malloc(n + 5);
    struct bytes line;
    struct fail fail = {0};
    assert_non_null(content);
    memset(content, 'x', n);
    memcpy(content + n, "\nnext", 5);
    struct input *in = open_input(file_of(content, n + 5), NULL);
    assert_int_equal(input_next(in, &line, &fail), INPUT_LINE);
    assert_int_equal(line.n, INPUT_LINE_MOST + 1);
    assert_line(in, "next");
    assert_end(in);
    input_close(in);
    free(content);
}

static void a_folder_or_nothing_is_named(void **state)
{
    (void)state;
    struct fail fail;
    assert_null(input_open("/tmp", NULL, &fail));
    assert_string_equal(fail.text, "/tmp: Is a directory");
    assert_null(input_open("/nowhere/at/all", NULL, &fail));
    assert_string_equal(fail.code, "ENOENT");
}

static void a_pipe_is_not_waited_for(void **state)
{
    (void)state;
    struct loop *loop = new_loop();
    char path[64];
    struct bytes line;
    struct fail fail = {0};
    snprintf(path, sizeof path, "/tmp/test_input.%d.fifo", (int)getpid());
    assert_int_equal(mkfifo(path, 0600), 0);
    struct input *in = open_input(path, loop);
    int writer = open(path, O_WRONLY | O_CLOEXEC);
    assert_int_equal(input_next(in, &line, &fail), INPUT_LATER);
    assert_int_equal(write(writer, "one\ntw", 6), 6);
    run_for(loop, SPAN_SECOND / 50);
    assert_line(in, "one");
    assert_int_equal(input_next(in, &line, &fail), INPUT_LATER);
    assert_int_equal(write(writer, "o", 1), 1);
    close(writer);
    for (int i = 0; i < 10 && input_next(in, &line, &fail) == INPUT_LATER; i++)
        run_for(loop, SPAN_SECOND / 50);
    assert_bytes(line, "two");
    assert_end(in);
    input_close(in);
    unlink(path);
    loop_free(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_gives_its_lines),
        cmocka_unit_test(an_empty_file_has_no_line),
        cmocka_unit_test(a_line_that_is_too_long_is_cut_and_the_next_is_whole),
        cmocka_unit_test(a_folder_or_nothing_is_named),
        cmocka_unit_test(a_pipe_is_not_waited_for),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(file_of("", 0));
    return failed;
}
