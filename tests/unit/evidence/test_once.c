#include "evidence/once.h"

#include "temp.h"

/* Names, each ended by a blank. */
static bool sure(const char *names)
{
    char name[300];
    struct once *o = once_new();
    assert_non_null(o);
    for (size_t n = strcspn(names, " "); n > 0; n = strcspn(names, " ")) {
        snprintf(name, sizeof name, "%.*s", (int)n, names);
        once_add(o, name);
        names += n + (names[n] == ' ');
    }
    bool is = once_sure(o);
    once_free(o);
    return is;
}

#define A "data/cases/c-a/"
#define B "data/cases/c-b/"

static void names_as_ajar_writes_them_come_once(void **state)
{
    (void)state;
    assert_true(sure(""));
    assert_true(sure("data/run.json data/packs/a/x.lua data/packs/a/y.lua data/packs/ab"));
    assert_true(sure("data/run.json " A "case.json " A "tape.jsonl " A "receipts/r-0.eml " B
                     "case.json " B "tape.jsonl data/recovery.json"));
}

static void whatever_might_clash_is_not_sure(void **state)
{
    (void)state;
    static const char *const lists[] = {
        "data/run.json data/x data/run.json",
        "data/a/b data/a",
        "data/a data/a/b",
        "data/a/b/c data/x data/a",
        A "case.json " A "case.json",
        A "receipts " A "receipts/r-0.eml",
        A "receipts/r-0.eml " A "receipts",
        A "case.json " B "case.json " A "tape.jsonl", /* the case comes twice */
        A "case.json data/run.json " A "tape.jsonl " B "case.json " A "case.json",
        "data/cases/c-a " A "case.json",
        A "case.json data/cases/c-a",
        "data/cases",
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (sure(lists[i]))
            fail_msg("sure of %s", lists[i]);
}

static void add_many(struct once *o, unsigned long from, unsigned long n)
{
    char name[64];
    for (unsigned long i = from; i < from + n; i++) {
        snprintf(name, sizeof name, "data/cases/c-%lu/case.json", i);
        once_add(o, name);
    }
}

static void a_million_cases_are_told_apart(void **state)
{
    (void)state;
    struct once *o = once_new();
    add_many(o, 0, 1000000);
    assert_true(once_sure(o));
    add_many(o, 500000, 1);
    assert_false(once_sure(o));
    once_free(o);
}

static void what_is_too_much_for_its_memory_is_not_sure(void **state)
{
    (void)state;
    struct once *o = once_new();
    add_many(o, 0, 2000000);
    assert_false(once_sure(o));
    once_free(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_as_ajar_writes_them_come_once),
        cmocka_unit_test(whatever_might_clash_is_not_sure),
        cmocka_unit_test(a_million_cases_are_told_apart),
        cmocka_unit_test(what_is_too_much_for_its_memory_is_not_sure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
