/* What a command's option table promises, seen from the command. Messages go to stderr: the tests
 * catch it in a temporary file. */
#include "cli/args.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { OPTION_INPUT, OPTION_INFLIGHT, OPTION_WAIT, OPTION_JSON };
static const struct args_option options[] = {
    [OPTION_INPUT] = {"input", 'i', "FILE", "read targets from FILE"},
    [OPTION_INFLIGHT] = {"inflight", 0, "N", "how many at once"},
    [OPTION_WAIT] = {"wait", 'w', "SECONDS", "how long to wait"},
    [OPTION_JSON] = {"json", 0, NULL, "one object a line"},
    {0},
};
static const struct args_command command = {"probe", "[OPTION]... TARGET...", "Tests.", options,
                                            NULL};

/* One command line, parsed to its end; the last option and its value are kept. */
struct parsed {
    struct args args;
    int last;
    const char *value;
    int count;
    char message[1024];
};

static FILE *divert(int fd, int *saved)
{
    FILE *file = tmpfile();
    fflush(NULL);
    *saved = dup(fd);
    dup2(fileno(file), fd);
    return file;
}

static void restore(int fd, int saved, FILE *file, char *out, size_t n)
{
    fflush(NULL);
    dup2(saved, fd);
    close(saved);
    rewind(file);
    out[fread(out, 1, n - 1, file)] = '\0';
    fclose(file);
}

/* main's argv is not const, though nobody writes to its words. */
static char **as_argv(const char **words)
{
    char **argv;
    memcpy(&argv, &words, sizeof argv);
    return argv;
}

static struct parsed parse_on(int fd, const char **words)
{
    struct parsed p = {.last = ARGS_END};
    char **argv = as_argv(words);
    int argc = 0;
    int saved;
    while (argv[argc])
        argc++;
    FILE *file = divert(fd, &saved);
    args_begin(&p.args, &command, argc, argv);
    for (int which; (which = args_next(&p.args)) != ARGS_END; p.count++) {
        p.last = which;
        p.value = p.args.value;
    }
    restore(fd, saved, file, p.message, sizeof p.message);
    return p;
}

#define PARSE(...) parse_on(STDERR_FILENO, (const char *[]){"probe", __VA_ARGS__, NULL})

static void assert_refused(const struct parsed *p, const char *sentence)
{
    char expected[1024];
    snprintf(expected, sizeof expected, "ajar probe: %s; see 'ajar probe --help'\n", sentence);
    assert_int_equal(p->args.status, 2);
    assert_string_equal(p->message, expected);
}

static void options_and_operands_may_be_mixed(void **state)
{
    (void)state;
    struct parsed p = PARSE("a", "--json", "b", "-i", "list", "c");
    assert_int_equal(p.args.status, ARGS_GO_ON);
    assert_int_equal(p.count, 2);
    assert_int_equal(p.last, OPTION_INPUT);
    assert_string_equal(p.value, "list");
    assert_int_equal(p.args.operand_count, 3);
    assert_string_equal(p.args.operands[0], "a");
    assert_string_equal(p.args.operands[2], "c");
    assert_null(p.args.operands[3]);
}

static void a_value_may_be_glued(void **state)
{
    (void)state;
    assert_string_equal(PARSE("--input=x=y").value, "x=y");
    assert_string_equal(PARSE("-ilist").value, "list");
    assert_string_equal(PARSE("--input=").value, "");
}

static void two_dashes_end_the_options(void **state)
{
    (void)state;
    struct parsed p = PARSE("--", "--json");
    assert_int_equal(p.count, 0);
    assert_string_equal(p.args.operands[0], "--json");
}

static void a_name_may_be_shortened_while_it_is_clear(void **state)
{
    (void)state;
    assert_int_equal(PARSE("--inp=x").last, OPTION_INPUT);
    struct parsed p = PARSE("--in", "x");
    assert_refused(&p, "'--in' could be any of --input, --inflight");
}

static void what_is_unknown_is_named(void **state)
{
    (void)state;
    struct parsed p = PARSE("--fo=bar");
    assert_refused(&p, "unknown option '--fo'");
    p = PARSE("-x");
    assert_refused(&p, "unknown option '-x'");
}

static void the_nearest_option_is_proposed(void **state)
{
    (void)state;
    struct parsed p = PARSE("--imput=x");
    assert_int_equal(p.args.status, 2);
    assert_string_equal(p.message, "ajar probe: unknown option '--imput'; did you mean '--input'? "
                                   "see 'ajar probe --help'\n");
    p = PARSE("--hlep");
    assert_non_null(strstr(p.message, "did you mean '--help'?"));
}

static void a_long_name_behind_one_dash_is_told(void **state)
{
    (void)state;
    struct parsed p = PARSE("-input", "list");
    assert_refused(&p, "'-input' begins with two dashes: '--input'");
    p = PARSE("-wait=3");
    assert_refused(&p, "'-wait=3' begins with two dashes: '--wait'");
    p = PARSE("--", "-input");
    assert_int_equal(p.args.status, ARGS_GO_ON);
}

static void a_missing_value_is_named_as_it_was_typed(void **state)
{
    (void)state;
    struct parsed p = PARSE("--wait");
    assert_refused(&p, "option '--wait' needs a value: SECONDS");
    p = PARSE("-w");
    assert_refused(&p, "option '-w' needs a value: SECONDS");
}

static void a_value_too_many_is_refused(void **state)
{
    (void)state;
    struct parsed p = PARSE("--json=yes");
    assert_refused(&p, "option '--json' takes no value");
    p = PARSE("--help=yes");
    assert_refused(&p, "option '--help' takes no value");
}

static void nothing_is_read_after_a_mistake(void **state)
{
    (void)state;
    assert_int_equal(PARSE("--bad", "--json", "--worse").count, 0);
}

static void help_is_wrapped_to_80_columns_and_ends_well(void **state)
{
    (void)state;
    struct parsed p = parse_on(STDOUT_FILENO, (const char *[]){"probe", "--help", NULL});
    assert_int_equal(p.args.status, 0);
    assert_string_equal(p.message, "Usage: ajar probe [OPTION]... TARGET...\n\nTests.\n\nOptions:\n"
                                   "  -i, --input FILE    read targets from FILE\n"
                                   "      --inflight N    how many at once\n"
                                   "  -w, --wait SECONDS  how long to wait\n"
                                   "      --json          one object a line\n"
                                   "  -h, --help          show this help\n");
}

static bool seconds(const char *text, span *out)
{
    char message[256];
    int saved;
    struct args args;
    args_begin(&args, &command, 3, as_argv((const char *[]){"probe", "-w", text, NULL}));
    assert_int_equal(args_next(&args), OPTION_WAIT);
    FILE *file = divert(STDERR_FILENO, &saved);
    bool ok = args_seconds(&args, 0, 60 * SPAN_SECOND, out);
    restore(STDERR_FILENO, saved, file, message, sizeof message);
    assert_int_equal(args.status, ok ? ARGS_GO_ON : 2);
    return ok;
}

static void seconds_are_exact_to_the_microsecond(void **state)
{
    (void)state;
    span out = 0;
    assert_true(seconds("0.25", &out));
    assert_int_equal(out, 250000);
    assert_true(seconds("60", &out));
    assert_int_equal(out, 60000000);
    assert_true(seconds(".000001", &out));
    assert_int_equal(out, 1);
}

static void what_is_no_number_of_seconds_in_range_is_refused(void **state)
{
    (void)state;
    const char *bad[] = {"", ".", "-1", "1s", "60.000001", "0.0000001", "1e3", " 1", "99999999999"};
    span out = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(seconds(bad[i], &out));
    assert_int_equal(out, 7);
}

static bool number(const char *text, long *out)
{
    char message[256];
    int saved;
    struct args args;
    args_begin(&args, &command, 3, as_argv((const char *[]){"probe", "--inflight", text, NULL}));
    assert_int_equal(args_next(&args), OPTION_INFLIGHT);
    FILE *file = divert(STDERR_FILENO, &saved);
    bool ok = args_number(&args, 1, 1000, out);
    restore(STDERR_FILENO, saved, file, message, sizeof message);
    return ok;
}

static void numbers_are_whole_and_in_range(void **state)
{
    (void)state;
    const char *bad[] = {"", "0", "1001", "1.5", "-3", " 5", "5 ", "0x10", "99999999999999999999"};
    long out = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(number(bad[i], &out));
    assert_int_equal(out, 7);
    assert_true(number("1000", &out));
    assert_int_equal(out, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_operands_may_be_mixed),
        cmocka_unit_test(a_value_may_be_glued),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(a_name_may_be_shortened_while_it_is_clear),
        cmocka_unit_test(what_is_unknown_is_named),
        cmocka_unit_test(the_nearest_option_is_proposed),
        cmocka_unit_test(a_long_name_behind_one_dash_is_told),
        cmocka_unit_test(a_missing_value_is_named_as_it_was_typed),
        cmocka_unit_test(a_value_too_many_is_refused),
        cmocka_unit_test(nothing_is_read_after_a_mistake),
        cmocka_unit_test(help_is_wrapped_to_80_columns_and_ends_well),
        cmocka_unit_test(seconds_are_exact_to_the_microsecond),
        cmocka_unit_test(what_is_no_number_of_seconds_in_range_is_refused),
        cmocka_unit_test(numbers_are_whole_and_in_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
