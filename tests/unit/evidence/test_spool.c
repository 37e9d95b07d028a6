/* Lines that wait in a temporary file, some of them not yet. */
#include "evidence/spool.h"
#include "temp.h"

enum { BIG = 70 * 1024, SMALL = 3 };

static struct spool *begun(void)
{
    struct fail fail;
    struct spool *s = spool_new(".", &fail);
    assert_non_null(s);
    return s;
}

static void put(struct spool *s, char letter, size_t n)
{
    static unsigned char text[BIG];
    struct fail fail;
    memset(text, letter, n);
    assert_true(spool_put(s, bytes_at(text, n), &fail));
}

static void keep(struct spool *s)
{
    struct fail fail;
    assert_true(spool_keep(s, &fail));
}

/* What can be read, as letters and how often each comes in a row: "a3b70". */
static void holds(const struct spool *s, const char *expected)
{
    struct fail fail;
    unsigned char piece[1000];
    char seen[64] = "";
    unsigned char last = 0;
    unsigned run = 0;
    size_t got = 0;
    for (uint64_t at = 0; spool_read(s, at, piece, sizeof piece, &got, &fail) && got > 0; at += got)
        for (size_t i = 0; i < got; i++, run++) {
            if (run > 0 && piece[i] != last) {
                snprintf(seen + strlen(seen), 16, "%c%u", last, run);
                run = 0;
            }
            last = piece[i];
        }
    if (run > 0)
        snprintf(seen + strlen(seen), 16, "%c%u", last, run);
    assert_string_equal(seen, expected);
}

static void what_is_kept_can_be_read_in_its_order(void **state)
{
    (void)state;
    struct spool *s = begun();
    put(s, 'a', SMALL);
    keep(s);
    put(s, 'b', BIG);
    keep(s); /* now it is in the file */
    put(s, 'c', SMALL);
    keep(s);
    holds(s, "a3b71680c3");
    assert_int_equal(spool_size(s), BIG + 2 * SMALL);
    spool_free(s);
}

static void what_is_dropped_is_gone_and_no_more(void **state)
{
    (void)state;
    struct spool *s = begun();
    put(s, 'a', SMALL);
    keep(s);
    put(s, 'b', SMALL);
    spool_drop(s);
    holds(s, "a3");
    put(s, 'c', SMALL);
    keep(s);
    holds(s, "a3c3");
    spool_free(s);
}

static void it_is_cut_in_memory_and_in_the_file(void **state)
{
    (void)state;
    struct fail fail;
    struct spool *s = begun();
    put(s, 'a', BIG);
    keep(s);
    put(s, 'b', SMALL);
    keep(s);
    assert_true(spool_cut(s, BIG + 1, &fail));
    holds(s, "a71680b1");
    assert_true(spool_cut(s, 2, &fail));
    holds(s, "a2");
    put(s, 'c', SMALL);
    keep(s);
    holds(s, "a2c3");
    spool_free(s);
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(what_is_kept_can_be_read_in_its_order),
        IN_TEMP(what_is_dropped_is_gone_and_no_more),
        IN_TEMP(it_is_cut_in_memory_and_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
