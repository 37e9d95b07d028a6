#include "notice/group.h"

#include "notice_test.h"

static struct finding finding_at(const char *target, enum finding_kind kind, bool open)
{
    struct finding f = {.case_id = bytes_of("c-1"),
                        .open = open,
                        .kind = kind,
                        .probe = bytes_of("relay/third-party"),
                        .said = bytes_of("220 mail7.example.org ESMTP Postfix"),
                        .digest = bytes_of(DIGEST)};
    addr_parse(bytes_of(target), &f.target);
    time_parse(bytes_of("2026-11-24T02:10:16.123456Z"), &f.started);
    return f;
}

static void add(struct group *g, const struct finding *f)
{
    struct fail fail = {0};
    if (!group_add(g, f, &fail))
        fail_msg("%s", fail.text);
}

/* What is told of the group; to be json_decref'd. */
static json_t *told(struct group *g, const struct finding *first)
{
    struct fail fail = {0};
    json_t *facts = facts_of(first, &fail);
    assert_true(group_tell(g, facts, "g-0123456789abcdef", &fail));
    assert_string_equal(json_string_value(json_object_get(facts, "case")), "g-0123456789abcdef");
    return facts;
}

static size_t length(const json_t *facts, const char *name)
{
    return json_array_size(json_object_get(json_object_get(facts, "group"), name));
}

static void addresses_are_counted_once(void **state)
{
    (void)state;
    struct group *g = group_new();
    static const char *const targets[] = {"192.0.2.1:25", "[2001:db8::1]:25", "192.0.2.1:587",
                                          "192.0.2.2:25"};
    for (size_t i = 0; i < 4; i++) {
        struct finding f = finding_at(targets[i], FINDING_RELAY, true);
        add(g, &f);
    }
    assert_int_equal(group_findings(g), 4);
    assert_int_equal(group_addresses(g), 3);
    group_free(g);
}

static void what_is_told_does_not_grow_with_the_findings(void **state)
{
    (void)state;
    struct group *g = group_new();
    struct finding f = finding_at("192.0.2.1:25", FINDING_RELAY, true);
    char said[64];
    for (size_t i = 0; i < 200; i++) {
        snprintf(said, sizeof said, "220 m%zu.example.org ESMTP Postfix %zu", i, i);
        f.said = bytes_of(said);
        add(g, &f);
    }
    json_t *facts = told(g, &f);
    assert_int_equal(length(facts, "rows"), GROUP_ROWS);
    assert_int_equal(length(facts, "examples"), 1);
    assert_int_equal(length(facts, "remedies"), 1); /* names and numbers make no other software */
    json_decref(facts);
    group_free(g);
}

static void sorts_are_told_apart_by_kind_cause_and_software(void **state)
{
    (void)state;
    struct group *g = group_new();
    const struct finding_cause cause = {bytes_of("R4"), bytes_of("percent-route")};
    struct finding f = finding_at("192.0.2.1:25", FINDING_RELAY, true);
    struct finding other = f, caused = f, proxy = f;
    other.said = bytes_of("220 mail7.example.org ESMTP Exim");
    caused.causes = &cause;
    caused.cause_count = 1;
    proxy.kind = FINDING_SOCKS;
    add(g, &f);
    add(g, &other);
    add(g, &caused);
    add(g, &proxy);
    json_t *facts = told(g, &f);
    assert_int_equal(length(facts, "remedies"), 4);
    assert_int_equal(length(facts, "examples"), 2);
    json_decref(facts);
    group_free(g);
}

static void examples_have_their_lines_in_one_dialogue(void **state)
{
    (void)state;
    struct group *g = group_new();
    const struct finding_line lines[] = {{true, bytes_of("a"), 0, false},
                                         {false, bytes_of("b"), 3, true}};
    struct finding suspect = finding_at("192.0.2.1:25", FINDING_RELAY, false);
    struct finding relay = finding_at("192.0.2.2:25", FINDING_RELAY, true);
    struct finding proxy = finding_at("192.0.2.3:1080", FINDING_SOCKS, true);
    relay.lines = proxy.lines = lines;
    relay.line_count = proxy.line_count = 2;
    add(g, &suspect);
    add(g, &relay);
    add(g, &proxy);
    json_t *facts = told(g, &suspect);
    const json_t *examples = json_object_get(json_object_get(facts, "group"), "examples");
    assert_int_equal(json_array_size(json_object_get(facts, "dialogue")), 4);
    const json_t *first = json_array_get(examples, 0);
    assert_string_equal(json_string_value(json_object_get(first, "address")), "192.0.2.2");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(examples, 1), "first_line")),
                     2);
    assert_null(json_object_get(first, "dialogue"));
    json_decref(facts);
    group_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_counted_once),
        cmocka_unit_test(what_is_told_does_not_grow_with_the_findings),
        cmocka_unit_test(sorts_are_told_apart_by_kind_cause_and_software),
        cmocka_unit_test(examples_have_their_lines_in_one_dialogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
