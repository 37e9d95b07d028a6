#include "jobs.h"

#include "base/buf.h"
#include "base/text.h"

/* What is said of a target, a line each. */
static void note_said(void *arg, const struct store_said *said)
{
    buf_printf(arg, "%.*s|%.*s|%ld..%ld|%lu\n", (int)said->source.n, said->source.p,
               (int)said->said.n, said->said.p, (long)((said->first - NOW) / SPAN_SECOND),
               (long)((said->last - NOW) / SPAN_SECOND), said->times);
}

static void find_all(struct store *s, store_on_target *on_target, void *arg)
{
    const struct store_search all = {.most = 1000};
    OK(store_search(s, &all, on_target, arg, &fail));
}

static void note_address(void *arg, const struct store_target *t)
{
    char text[ADDR_TEXT];
    buf_printf(arg, "%s\n", addr_text(&t->addr, text));
}

static struct buf lines;

static const char *addresses(struct store *s)
{
    buf_free(&lines);
    lines = buf_new(65536);
    find_all(s, note_address, &lines);
    return buf_text(&lines);
}

static const char *said_of(struct store *s, int64_t target)
{
    buf_free(&lines);
    lines = buf_new(65536);
    OK(store_sightings(s, target, note_said, &lines, &fail));
    return buf_text(&lines);
}

static void put(struct store_import *i, const char *address, const char *source, const char *said,
                long seconds)
{
    const struct store_sighting sighting = {.addr = place_addr(address),
                                            .source = bytes_of(source),
                                            .said = bytes_of(said),
                                            .priority = STORE_PRIORITY,
                                            .when = NOW + seconds * SPAN_SECOND};
    OK(store_import_put(i, &sighting, &fail));
}

static struct store_import *begin(struct store *s)
{
    struct store_import *i = NULL;
    OK((i = store_import_new(s, NOW, &fail)) != NULL);
    return i;
}

static struct store_imported finish(struct store_import *i)
{
    OK(store_import_flush(i, &fail));
    struct store_imported counts = store_import_counts(i);
    store_import_free(i);
    return counts;
}

static int64_t only_target(struct store *s)
{
    struct seen_target seen = {0};
    find_all(s, see_target, &seen);
    return seen.t.id;
}

static void a_target_is_an_address_and_a_port(void **state)
{
    struct store *s = place_store(state);
    struct store_import *i = begin(s);
    put(i, "192.0.2.1:25", "a", "", 0);
    put(i, "192.0.2.1:3128", "a", "", 0);
    put(i, "192.0.2.1", "a", "", 0);
    put(i, "[2001:db8::1]:25", "a", "", 0);
    put(i, "[::ffff:192.0.2.1]:25", "a", "", 0);
    struct store_imported counts = finish(i);
    assert_int_equal(counts.sightings, 5);
    assert_int_equal(counts.added, 4);
    assert_int_equal(totals(s).targets, 4);
    assert_non_null(strstr(addresses(s), "[2001:db8::1]:25\n"));
    assert_non_null(strstr(addresses(s), "192.0.2.1\n"));
}

static void what_is_said_twice_is_kept_once_with_its_dates(void **state)
{
    struct store *s = place_store(state);
    struct store_import *i = begin(s);
    put(i, "192.0.2.1:25", "a", "open relay", 20);
    put(i, "192.0.2.1:25", "a", "open relay", 10);
    assert_int_equal(finish(i).added, 1);
    i = begin(s);
    put(i, "192.0.2.1:25", "a", "open relay", 30);
    assert_int_equal(finish(i).added, 0);
    assert_string_equal(said_of(s, only_target(s)), "a|open relay|10..30|3\n");
}

static void each_source_is_quoted(void **state)
{
    struct store *s = place_store(state);
    struct store_import *i = begin(s);
    put(i, "192.0.2.1:25", "a", "open relay", 1);
    put(i, "192.0.2.1:25", "b", "open relay", 2);
    put(i, "192.0.2.1:25", "b", "spam", 3);
    finish(i);
    assert_string_equal(said_of(s, only_target(s)),
                        "a|open relay|1..1|1\nb|open relay|2..2|1\nb|spam|3..3|1\n");
}

static void details_come_with_whoever_knows_them(void **state)
{
    struct store *s = place_store(state);
    struct store_import *i = begin(s);
    struct store_sighting sighting = {.addr = place_addr("192.0.2.1:25"),
                                      .source = bytes_of("a"),
                                      .name = bytes_of("mail.example.org"),
                                      .country = bytes_of("CH"),
                                      .priority = 3,
                                      .when = NOW};
    OK(store_import_put(i, &sighting, &fail));
    OK(store_import_flush(i, &fail));
    sighting.name = sighting.country = bytes_of("");
    sighting.network = bytes_of("AS64500");
    sighting.priority = 1;
    OK(store_import_put(i, &sighting, &fail));
    finish(i);
    struct seen_target seen = target_of(s, only_target(s));
    assert_string_equal(seen.details, "mail.example.org CH AS64500");
    assert_int_equal(seen.t.priority, 1);
    assert_int_equal(seen.t.state, STORE_SUSPECTED);
}

static void hostile_texts_are_kept_printable_and_short(void **state)
{
    struct store *s = place_store(state);
    static char long_text[2000];
    memset(long_text, 'x', sizeof long_text - 1);
    struct store_import *i = begin(s);
    put(i, "192.0.2.1:25", "a\x1b[31m", long_text, 0);
    struct store_sighting sighting = {.addr = place_addr("192.0.2.1:25"),
                                      .source = bytes_at("nul\0byte", 8),
                                      .said = bytes_of("\xff'; DROP TABLE targets; --"),
                                      .when = NOW};
    OK(store_import_put(i, &sighting, &fail));
    finish(i);
    const char *said = said_of(s, only_target(s));
    assert_non_null(strstr(said, "a?[31m|xxx"));
    assert_non_null(strstr(said, "nul?byte|?'; DROP TABLE targets; --|"));
    assert_true(strlen(said) < 700);
}

static void more_than_a_batch_comes_in(void **state)
{
    struct store *s = place_store(state);
    struct store_import *i = begin(s);
    char text[ADDR_TEXT];
    for (unsigned n = 0; n < 2 * STORE_BATCH + 5; n++) {
        snprintf(text, sizeof text, "10.%u.%u.%u:25", n >> 16, n >> 8 & 255, n & 255);
        put(i, text, "a", n % 2 ? "odd" : "even", 0);
    }
    struct store_imported counts = finish(i);
    assert_int_equal(counts.sightings, 2 * STORE_BATCH + 5);
    assert_int_equal(counts.added, 2 * STORE_BATCH + 5);
    assert_int_equal(totals(s).targets, 2 * STORE_BATCH + 5);
    assert_int_equal(totals(s).sightings, 2 * STORE_BATCH + 5);
}

static void nothing_is_held_out_where_nobody_asked_for_it(void **state)
{
    struct store *s = place_store(state);
    put_target(s, "192.0.2.1:25", "a", "");
    assert_int_equal(totals(s).holdout, 0);
}

/* ---- searching ---- */

static unsigned count_of(struct store *s, const struct store_search *q)
{
    buf_free(&lines);
    lines = buf_new(65536);
    OK(store_search(s, q, note_address, &lines, &fail));
    unsigned count = 0;
    for (size_t i = 0; i < lines.n; i++)
        count += lines.p[i] == '\n';
    return count;
}

static void a_search_finds_by_network_state_and_source(void **state)
{
    struct store *s = place_store(state);
    struct store_search q = {.most = 100};
    put_target(s, "192.0.2.1:25", "a", "");
    put_target(s, "192.0.2.200:25", "b", "");
    put_target(s, "198.51.100.1:25", "b", "");
    assert_int_equal(count_of(s, &q), 3);
    q.source = bytes_of("b");
    assert_int_equal(count_of(s, &q), 2);
    q.in_network = true;
    assert_true(prefix_parse(bytes_of("192.0.2.0/24"), &q.network));
    assert_int_equal(count_of(s, &q), 1);
    assert_true(prefix_parse(bytes_of("192.0.2.0/25"), &q.network));
    q.source = bytes_of("");
    assert_int_equal(count_of(s, &q), 1);
    q.in_state = true;
    q.state = STORE_SUSPECTED;
    assert_int_equal(count_of(s, &q), 1);
    q.state = STORE_CLOSED;
    assert_int_equal(count_of(s, &q), 0);
}

static void a_search_goes_on_behind_the_page_before(void **state)
{
    struct store *s = place_store(state);
    struct seen_target seen = {0};
    put_target(s, "192.0.2.1:25", "a", "");
    put_target(s, "192.0.2.2:25", "a", "");
    struct store_search q = {.most = 1};
    OK(store_search(s, &q, see_target, &seen, &fail));
    q.after = seen.t.id;
    assert_int_equal(count_of(s, &q), 1);
    assert_string_equal(buf_text(&lines), "192.0.2.2:25\n");
}

static void note_count(void *arg, struct bytes name, unsigned long count)
{
    buf_printf(arg, "%.*s %lu\n", (int)name.n, name.p, count);
}

static void targets_are_counted_by_source_and_state(void **state)
{
    struct store *s = place_store(state);
    struct buf out = buf_new(4096);
    put_target(s, "192.0.2.1:25", "a", "x");
    put_target(s, "192.0.2.1:25", "a", "y");
    put_target(s, "192.0.2.2:25", "a", "x");
    put_target(s, "192.0.2.1:25", "b", "x");
    OK(store_count(s, STORE_BY_SOURCE, note_count, &out, &fail));
    OK(store_count(s, STORE_BY_STATE, note_count, &out, &fail));
    OK(store_count(s, STORE_BY_VERDICT, note_count, &out, &fail));
    assert_string_equal(buf_text(&out), "a 2\nb 1\nsuspected 2\n");
    buf_free(&out);
}

int main(void)
{
    const struct place_test tests[] = {
        PLACE_TEST(a_target_is_an_address_and_a_port),
        PLACE_TEST(what_is_said_twice_is_kept_once_with_its_dates),
        PLACE_TEST(each_source_is_quoted),
        PLACE_TEST(details_come_with_whoever_knows_them),
        PLACE_TEST(hostile_texts_are_kept_printable_and_short),
        PLACE_TEST(more_than_a_batch_comes_in),
        PLACE_TEST(nothing_is_held_out_where_nobody_asked_for_it),
        PLACE_TEST(a_search_finds_by_network_state_and_source),
        PLACE_TEST(a_search_goes_on_behind_the_page_before),
        PLACE_TEST(targets_are_counted_by_source_and_state),
    };
    int failed = place_run(tests, sizeof tests / sizeof tests[0]);
    buf_free(&lines);
    return failed;
}
