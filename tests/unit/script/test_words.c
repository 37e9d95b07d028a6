#include "script/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void put(struct buf *row, const char *text)
{
    buf_put_u32(row, (uint32_t)strlen(text));
    buf_put_text(row, text);
}

static struct buf row_of(const char *words, const char *first, const char *second)
{
    struct buf row = buf_new(65536);
    put(&row, words);
    put(&row, first);
    put(&row, second);
    return row;
}

static void the_blocks_are_put_into_the_words(void **state)
{
    (void)state;
    struct buf row = row_of("{\"subject\":\"a\"}", "{\"kind\":\"text\",\"text\":\"b\"}", "{}");
    json_t *words = words_read(buf_view(&row), NULL);
    assert_non_null(words);
    json_t *blocks = json_object_get(words, "blocks");
    assert_int_equal(json_array_size(blocks), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(blocks, 0), "text")), "b");
    assert_string_equal(json_string_value(json_object_get(words, "subject")), "a");
    json_decref(words);
    buf_free(&row);
}

/* From its second time on: what comes once is not kept. */
static void a_block_that_is_the_same_is_the_same(void **state)
{
    (void)state;
    static const char *const second[] = {"{\"text\":\"one\"}", "{\"text\":\"two\"}",
                                         "{\"text\":\"three\"}"};
    struct words_kept *kept = words_kept_new();
    json_t *words[3];
    json_t *blocks[3];
    for (unsigned i = 0; i < 3; i++) {
        struct buf row = row_of("{\"a\":1}", "{\"text\":\"same\"}", second[i]);
        words[i] = words_read(buf_view(&row), kept);
        blocks[i] = json_object_get(words[i], "blocks");
        buf_free(&row);
    }
    assert_ptr_equal(json_array_get(blocks[1], 0), json_array_get(blocks[2], 0));
    assert_ptr_not_equal(json_array_get(blocks[1], 1), json_array_get(blocks[2], 1));
    for (unsigned i = 0; i < 3; i++)
        json_decref(words[i]);
    words_kept_free(kept);
}

static void assert_broken(struct bytes row)
{
    json_t *words = words_read(row, NULL);
    assert_null(words);
}

static void what_is_no_such_row_is_none(void **state)
{
    (void)state;
    struct buf row = row_of("{\"a\":1}", "{}", "{\"b\":2}");
    for (size_t n = 0; n < row.n; n++)
        if (n != 4 + 7 && n != 4 + 7 + 4 + 2) /* whole, with fewer blocks */
            assert_broken(bytes_slice(buf_view(&row), 0, n));
    buf_clear(&row);
    put(&row, "[1]");
    assert_broken(buf_view(&row));
    buf_clear(&row);
    put(&row, "{}");
    put(&row, "{\"a\":1,\"a\":2}");
    assert_broken(buf_view(&row));
    buf_free(&row);
}

static void too_many_blocks_are_refused(void **state)
{
    (void)state;
    struct buf row = buf_new(65536);
    put(&row, "{}");
    for (unsigned i = 0; i < WORDS_BLOCKS; i++)
        put(&row, "1");
    json_t *words = words_read(buf_view(&row), NULL);
    assert_non_null(words);
    json_decref(words);
    put(&row, "1");
    assert_broken(buf_view(&row));
    buf_free(&row);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_blocks_are_put_into_the_words),
        cmocka_unit_test(a_block_that_is_the_same_is_the_same),
        cmocka_unit_test(what_is_no_such_row_is_none),
        cmocka_unit_test(too_many_blocks_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
