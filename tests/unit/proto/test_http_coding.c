/* Bodies that a proxy has compressed, as gzip and zlib make them of "hello hello hello\n". */
#include "proto/http_coding.h"

#include "exact.h"

static const char GZIP[] =
    "\037\213\010\000\000\000\000\000\002\003\313\110\315\311\311\127\310\100"
    "\220\134\000\073\174\212\337\022\000\000\000";
static const char ZLIB[] = "\170\234\313\110\315\311\311\127\310\100\220\134\000\100\265\006\207";
static const char BARE[] = "\313\110\315\311\311\127\310\100\220\134\000";

static void gives(const char *in, size_t n, size_t limit, const char *text)
{
    struct exact e = exact_of(bytes_at(in, n));
    struct buf out = buf_new(limit);
    assert_int_equal(http_coding_undo(e.view, &out), *text != '\0');
    assert_bytes(buf_view(&out), text);
    buf_free(&out);
    free(e.block);
}

static void each_wrapping_is_known_by_its_bytes(void **state)
{
    (void)state;
    gives(GZIP, sizeof GZIP - 1, 100, "hello hello hello\n");
    gives(ZLIB, sizeof ZLIB - 1, 100, "hello hello hello\n");
    gives(BARE, sizeof BARE - 1, 100, "hello hello hello\n");
}

static void what_is_cut_short_counts_as_far_as_it_goes(void **state)
{
    (void)state;
    gives(GZIP, sizeof GZIP - 9, 100, "hello hello hello\n");
}

static void no_more_is_decoded_than_there_is_room_for(void **state)
{
    (void)state;
    gives(GZIP, sizeof GZIP - 1, 7, "hello h");
}

static void a_page_as_it_is_has_no_coding(void **state)
{
    (void)state;
    gives("", 0, 100, "");
    gives("<html>", 6, 100, "");
    gives("\037\213", 2, 100, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wrapping_is_known_by_its_bytes),
        cmocka_unit_test(what_is_cut_short_counts_as_far_as_it_goes),
        cmocka_unit_test(no_more_is_decoded_than_there_is_room_for),
        cmocka_unit_test(a_page_as_it_is_has_no_coding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
