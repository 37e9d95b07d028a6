/* A result as JSON: whatever came from the network or a script, one line that any reader can read. */
#include "given.h"

#include "run/evidence.h"
#include "run/jobs.h"
#include "tape/steps.h"

#include <jansson.h>

static const struct probe_info probe = {.id = "relay/x", .relay = true, .pack = "builtin@1"};

struct given {
    struct run_item item;
    struct run_receipt receipts[RUN_RECEIPTS];
    struct run_result result;
    struct buf steps;
    struct buf json;
};

static int set_up(void **state)
{
    struct given *g = calloc(1, sizeof *g);
    g->steps = buf_new(STEPS_LIMIT);
    g->json = buf_new(256 * 1024);
    g->item.target = addr_of("[2001:db8::1]:587");
    g->result = (struct run_result){.id = "c-0123456789abcdef",
                                    .item = &g->item,
                                    .probe = &probe,
                                    .verdict = VERDICT_CLOSED,
                                    .reason = "554 no",
                                    .started = 1764000000123456,
                                    .elapsed = 41999,
                                    .receipts = g->receipts};
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct given *g = *state;
    buf_free(&g->steps);
    buf_free(&g->json);
    free(g);
    return 0;
}

/* The line, read by a library that is not ours. */
static json_t *parsed(struct given *g)
{
    json_error_t error;
    g->result.steps = buf_view(&g->steps);
    assert_true(result_json(&g->json, &g->result));
    assert_null(memchr(g->json.p, '\n', g->json.n));
    json_t *json = json_loadb((const char *)g->json.p, g->json.n,
                              JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!json)
        fail_msg("%s: %.*s", error.text, (int)g->json.n, (const char *)g->json.p);
    return json;
}

static const char *text(const json_t *json, const char *name)
{
    return json_string_value(json_object_get(json, name));
}

static void a_result_that_is_closed(void **state)
{
    struct given *g = *state;
    steps_put(&g->steps, 7, bytes_of("recipient refused: 554 no"), (struct step_finding){0});
    steps_put(&g->steps, 9, bytes_of("S4 came back"),
              (struct step_finding){bytes_of("S4"), bytes_of("null-sender")});
    json_t *json = parsed(g);
    assert_string_equal(text(json, "target"), "2001:db8::1");
    assert_int_equal(json_integer_value(json_object_get(json, "port")), 587);
    assert_string_equal(text(json, "probe"), "relay/x");
    assert_string_equal(text(json, "pack"), "builtin@1");
    assert_string_equal(text(json, "verdict"), "closed");
    assert_string_equal(text(json, "reason"), "554 no");
    assert_string_equal(text(json, "started"), "2025-11-24T16:00:00.123456Z");
    assert_int_equal(json_integer_value(json_object_get(json, "elapsed_ms")), 41);
    assert_string_equal(text(json, "case"), "c-0123456789abcdef");
    json_t *step = json_array_get(json_object_get(json, "steps"), 0);
    assert_int_equal(json_integer_value(json_object_get(step, "line")), 7);
    assert_string_equal(text(step, "say"), "recipient refused: 554 no");
    assert_null(json_object_get(step, "form"));
    step = json_array_get(json_object_get(json, "steps"), 1);
    assert_string_equal(text(step, "form"), "S4");
    assert_string_equal(text(step, "cause"), "null-sender");
    assert_null(json_object_get(json, "proof"));
    assert_null(json_object_get(json, "name"));
    assert_null(json_object_get(json, "source"));
    json_decref(json);
}

static void a_result_that_is_open(void **state)
{
    struct given *g = *state;
    static const char token[] = "mfrggzdfmztwq2lknnwg23tpobyxe43u";
    g->result.verdict = VERDICT_OPEN;
    g->result.has_proof = true;
    assert_true(token_parse(bytes_of(token), &g->result.proof));
    g->result.receipt_count = 2;
    g->receipts[0].receipt =
        (struct receipt){.token = g->result.proof, .kind = RECEIPT_MAIL, .at = 1764000001000000};
    g->receipts[0].receipt.peer = addr_of("192.0.2.7:9");
    g->receipts[1].receipt = g->receipts[0].receipt;
    g->receipts[1].receipt.kind = RECEIPT_HTTP;
    memset(g->receipts[0].receipt.digest, 'a', SHA256_HEX - 1);
    json_t *json = parsed(g);
    assert_string_equal(text(json, "verdict"), "open");
    assert_string_equal(text(json, "proof"), token);
    json_t *exits = json_object_get(json, "exits");
    assert_int_equal(json_array_size(exits), 1);
    assert_string_equal(json_string_value(json_array_get(exits, 0)), "192.0.2.7");
    json_t *receipts = json_object_get(json, "receipts");
    assert_int_equal(json_array_size(receipts), 2);
    json_t *first = json_array_get(receipts, 0);
    assert_string_equal(text(first, "file"), "receipts/r-0.eml");
    assert_string_equal(text(first, "kind"), "mail");
    assert_string_equal(text(first, "peer"), "192.0.2.7:9");
    assert_string_equal(text(first, "at"), "2025-11-24T16:00:01.000000Z");
    assert_int_equal(strlen(text(first, "sha256")), 64);
    assert_string_equal(text(json_array_get(receipts, 1), "file"), "receipts/r-1.txt");
    json_decref(json);
}

static void a_target_that_came_with_a_name_and_from_a_list(void **state)
{
    struct given *g = *state;
    g->item.name = strdup("mx.\"example\"\\\x01\xff");
    g->item.source = strdup("list \xe2\x82\xac.csv");
    json_t *json = parsed(g);
    assert_non_null(text(json, "name"));
    assert_string_equal(text(json, "source"), "list \xe2\x82\xac.csv");
    json_decref(json);
    run_item_free(&g->item);
}

static void a_refusal_has_no_case(void **state)
{
    struct given *g = *state;
    g->result.id[0] = '\0';
    json_t *json = parsed(g);
    assert_null(json_object_get(json, "case"));
    json_decref(json);
}

/* A broken worker's word: times at the ends of the scale, steps that are no steps. */
static void a_broken_worker_s_result_is_still_one_line(void **state)
{
    struct given *g = *state;
    static const instant times[] = {INT64_MIN, INT64_MIN + 1, -1, 0, INT64_MAX};
    for (unsigned i = 0; i < 5; i++) {
        g->result.started = times[i];
        g->result.elapsed = times[4 - i];
        buf_clear(&g->steps);
        buf_clear(&g->json);
        buf_put(&g->steps, bytes_at("\xff\xff\xff\xff\xff\xff half a step\xff\x00\n", 20));
        json_t *json = parsed(g);
        assert_int_equal(strlen(text(json, "started")) > 0, 1);
        json_decref(json);
    }
}

static void no_room_is_told(void **state)
{
    struct given *g = *state;
    g->json.limit = 100;
    assert_false(result_json(&g->json, &g->result));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_result_that_is_closed),
        TEST(a_result_that_is_open),
        TEST(a_target_that_came_with_a_name_and_from_a_list),
        TEST(a_refusal_has_no_case),
        TEST(a_broken_worker_s_result_is_still_one_line),
        TEST(no_room_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
