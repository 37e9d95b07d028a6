#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sink/counts.h"

#include <string.h>

/* The places in the table collide on purpose: only the first bytes differ. */
static struct token numbered(unsigned i)
{
    struct token t = {{0}};
    memcpy(t.b, &i, sizeof i);
    t.b[TOKEN_SIZE - 1] = (unsigned char)(i % 3);
    return t;
}

static void each_token_is_counted_on_its_own(void **state)
{
    (void)state;
    enum { TOKENS = 500, MOST = 3 };
    struct counts c = {0};
    for (unsigned times = 0; times < MOST; times++)
        for (unsigned i = 0; i < TOKENS; i++) {
            struct token t = numbered(i);
            assert_true(counts_add(&c, &t, MOST));
        }
    for (unsigned i = 0; i < TOKENS; i++) {
        struct token t = numbered(i);
        assert_false(counts_add(&c, &t, MOST));
    }
    assert_int_equal(c.n, TOKENS);
    counts_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_token_is_counted_on_its_own)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
