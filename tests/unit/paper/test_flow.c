/* Which lines stand on which page. */
#include "paper/flow.h"
#include "paper/typeset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static json_t *letter(void)
{
    return json_pack("{s:s, s:s, s:[]}", "title", "A letter", "language", "en", "blocks");
}

static void add(json_t *to, const char *kind, const char *text)
{
    json_array_append_new(json_object_get(to, "blocks"), json_pack("{s:s, s:s, s:s}", "kind", kind,
                                                                   "language", "en", "text", text));
}

static void add_lines(json_t *to, int n)
{
    for (int i = 0; i < n; i++)
        add(to, "line", "one line");
}

static struct flow placed(void **state, json_t *l)
{
    struct flow flow;
    struct fail fail;
    assert_true(typeset_letter(*state, l, &flow));
    flow.top = LOOK_BODY;
    assert_true(flow_place(&flow, 100, &fail));
    json_decref(l);
    return flow;
}

/* The page of the piece's first line; the letter's title is piece 0. */
static unsigned page_of(const struct flow *flow, size_t piece)
{
    for (size_t i = 0; i < flow->strip_count; i++)
        if (flow->strips[i].piece == piece)
            return flow->strips[i].page;
    return UINT32_MAX;
}

static void a_short_letter_has_one_page(void **state)
{
    json_t *l = letter();
    add(l, "text", "Short.");
    struct flow flow = placed(state, l);
    assert_int_equal(flow.pages, 1);
    flow_free(&flow);
}

static void a_title_stands_with_what_follows_it_wherever_the_page_ends(void **state)
{
    for (int before = 20; before < 60; before++) {
        json_t *l = letter();
        add_lines(l, before);
        add(l, "title", "A title");
        add(l, "text", "And its text.");
        struct flow flow = placed(state, l);
        assert_int_equal(page_of(&flow, (size_t)before + 1), page_of(&flow, (size_t)before + 2));
        flow_free(&flow);
    }
}

static void no_line_of_a_text_stands_alone(void **state)
{
    char text[2000] = "";
    for (int i = 0; i < 60; i++)
        strcat(text, "words that make lines ");
    for (int before = 20; before < 50; before++) {
        json_t *l = letter();
        add_lines(l, before);
        add(l, "text", text);
        struct flow flow = placed(state, l);
        for (size_t i = 0; i < flow.strip_count; i++)
            if (flow.strips[i].piece == (size_t)before + 1)
                assert_true(flow.strips[i].count >= 2);
        flow_free(&flow);
    }
}

static void the_lines_of_a_command_stand_on_one_page(void **state)
{
    for (int before = 20; before < 60; before++) {
        json_t *l = letter();
        add_lines(l, before);
        add(l, "lead", "Then run:");
        for (int i = 0; i < 5; i++)
            add(l, "code", "swaks \\");
        struct flow flow = placed(state, l);
        for (size_t i = 2; i <= 6; i++)
            assert_int_equal(page_of(&flow, (size_t)before + 1),
                             page_of(&flow, (size_t)before + i));
        flow_free(&flow);
    }
}

static void another_language_begins_on_a_page_of_its_own(void **state)
{
    json_t *l = letter();
    add(l, "text", "Kort.");
    add(l, "rule", "English");
    add(l, "text", "Short.");
    struct flow flow = placed(state, l);
    assert_int_equal(page_of(&flow, 1), 0);
    assert_int_equal(page_of(&flow, 2), 1);
    assert_int_equal(page_of(&flow, 3), 1);
    flow_free(&flow);
}

static void nothing_stands_below_the_foot(void **state)
{
    json_t *l = letter();
    add_lines(l, 300);
    struct flow flow = placed(state, l);
    for (size_t i = 0; i < flow.strip_count; i++) {
        const struct strip *strip = &flow.strips[i];
        double bottom = strip->top;
        for (int line = strip->first; line < strip->first + strip->count; line++)
            bottom += flow_line_height(flow.pieces[strip->piece].layout, line);
        assert_true(bottom <= LOOK_BOTTOM + 0.01);
    }
    flow_free(&flow);
}

static int begin(void **state)
{
    *state = typeset_new();
    return *state ? 0 : 1;
}

static int end(void **state)
{
    typeset_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_letter_has_one_page),
        cmocka_unit_test(a_title_stands_with_what_follows_it_wherever_the_page_ends),
        cmocka_unit_test(no_line_of_a_text_stands_alone),
        cmocka_unit_test(the_lines_of_a_command_stand_on_one_page),
        cmocka_unit_test(another_language_begins_on_a_page_of_its_own),
        cmocka_unit_test(nothing_stands_below_the_foot),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
