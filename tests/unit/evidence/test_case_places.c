#include "made.h"

#include "evidence/case_places.h"

enum { MOST = 8 };

struct seen {
    uint64_t places[MOST];
    char ids[MOST][NAME_LIMIT];
    size_t tapes[MOST]; /* bytes */
    size_t count;
};

static bool note(void *arg, uint64_t place, const struct bundle_case *c, struct fail *fail)
{
    struct seen *s = arg;
    (void)fail;
    s->places[s->count] = place;
    s->tapes[s->count] = c->tape.n;
    snprintf(s->ids[s->count++], NAME_LIMIT, "%s", c->id);
    return true;
}

static bool count(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct seen *s = arg;
    (void)fail;
    assert_string_equal(s->ids[s->count], c->id);
    s->count++;
    return true;
}

static struct case_places *open_made(struct seen *seen)
{
    struct fail fail = {0};
    make_bundle();
    struct case_places *p = case_places_open("b.tar", &fail);
    assert_non_null(p);
    must(case_places_each(p, note, seen, &fail), &fail);
    return p;
}

static void all_cases_come_in_the_order_of_the_bundle(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct seen seen = {0};
    struct case_places *p = open_made(&seen);
    assert_int_equal(seen.count, MADE_CASES);
    seen.count = 0;
    must(bundle_cases("b.tar", NULL, count, &seen, &fail), &fail);
    assert_int_equal(seen.count, MADE_CASES);
    case_places_close(p);
}

static void a_case_is_read_again_by_its_place_in_any_order(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct seen seen = {0};
    struct bundle_case c;
    struct case_places *p = open_made(&seen);
    static const size_t order[] = {1, 0, 0, 1};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        must(case_places_read(p, seen.places[order[i]], &c, &fail), &fail);
        assert_string_equal(c.id, seen.ids[order[i]]);
        assert_int_equal(c.tape.n, seen.tapes[order[i]]);
    }
    case_places_close(p);
}

static void where_no_case_begins_there_is_none(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct seen seen = {0};
    struct bundle_case c;
    struct case_places *p = open_made(&seen);
    assert_false(case_places_read(p, 0, &c, &fail));
    assert_false(case_places_read(p, seen.places[0] + 512, &c, &fail));
    assert_false(case_places_read(p, (uint64_t)1 << 40, &c, &fail));
    assert_non_null(strstr(fail.text, "b.tar: "));
    must(case_places_read(p, seen.places[1], &c, &fail), &fail);
    case_places_close(p);
}

#define IN_TEMP(test) cmocka_unit_test_setup_teardown(test, temp_enter, temp_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TEMP(all_cases_come_in_the_order_of_the_bundle),
        IN_TEMP(a_case_is_read_again_by_its_place_in_any_order),
        IN_TEMP(where_no_case_begins_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
