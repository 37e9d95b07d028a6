#include "view/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_html(struct bytes in, size_t most, const char *wanted)
{
    struct buf out = buf_new(1024);
    assert_true(html_text(&out, in, most));
    assert_string_equal(buf_text(&out), wanted);
    buf_free(&out);
}

static void markup_is_text(void **state)
{
    (void)state;
    assert_html(bytes_of("</script><b a=\"1\" c='2'>&amp;"), 100,
                "&lt;/script&gt;&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
}

static void what_is_not_printable_is_marked(void **state)
{
    (void)state;
    assert_html(bytes_at("a\0\x1b[2Jb", 7), 100, "a<b class=\"x\">\\x00\\x1b</b>[2Jb");
    assert_html(bytes_of("\xe2\x80\xae"
                         "evil\xc2\x9b"),
                100, "<b class=\"x\">\\xe2\\x80\\xae</b>evil<b class=\"x\">\\xc2\\x9b</b>");
    assert_html(bytes_of("a\r\n\t\\x41"), 100, "a<b class=\"x\">\\r\\n\\t\\\\</b>x41");
    assert_html(bytes_of("\xc3\xa6\xc3\xb8 \xff"), 100,
                "\xc3\xa6\xc3\xb8 <b class=\"x\">\\xff</b>");
}

static void what_is_too_long_is_cut(void **state)
{
    (void)state;
    assert_html(bytes_of("abcdef"), 3, "abc…");
    assert_html(bytes_of(""), 3, "");
}

static void an_attribute_has_no_marks(void **state)
{
    (void)state;
    struct buf out = buf_new(1024);
    assert_true(html_attribute(&out, bytes_of("\"><\x01"), 100));
    assert_string_equal(buf_text(&out), "&quot;&gt;&lt;\\x01");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_is_text),
        cmocka_unit_test(what_is_not_printable_is_marked),
        cmocka_unit_test(what_is_too_long_is_cut),
        cmocka_unit_test(an_attribute_has_no_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
