#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/contact_cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NOW     ((instant)1795000000 * SPAN_SECOND)
#define SERVICE "https://rdap.example/"

static char folder[] = "/tmp/ajar-cache-XXXXXX";

static int begin(void **state)
{
    (void)state;
    return !mkdtemp(folder) || setenv("XDG_CACHE_HOME", folder, 1) != 0;
}

static int end(void **state)
{
    char path[128];
    (void)state;
    snprintf(path, sizeof path, "%s/ajar/contacts.jsonl", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/ajar", folder);
    rmdir(path);
    return rmdir(folder);
}

static struct addr address(const char *text)
{
    struct addr a;
    assert_true(addr_parse_ip(bytes_of(text), &a));
    return a;
}

static struct contact_cache *load(instant now)
{
    struct fail fail = {0};
    struct contact_cache *c = contact_cache_load(0, now, &fail);
    if (!c)
        fail_msg("%s", fail.text);
    return c;
}

static void save(struct contact_cache *c)
{
    struct fail fail = {0};
    if (!contact_cache_save(c, &fail))
        fail_msg("%s", fail.text);
    contact_cache_free(c);
}

static void keep(struct contact_cache *c, const char *first, const char *last, const char *to,
                 instant asked)
{
    struct contact_kept k = {.asked = asked, .taped = {7}, .taped_count = 1};
    struct addr about = address(first);
    assert_true(answer_set_range(&k.answer, bytes_of(first), bytes_of(last), &about));
    assert_true(answer_add(&k.answer, bytes_of(to), CONTACT_ABUSE));
    contact_cache_add(c, SOURCE_RDAP, SERVICE, &k);
}

static void assert_found(const struct contact_cache *c, const char *about, const char *to)
{
    struct contact_kept k;
    struct addr at = address(about);
    bool found = contact_cache_find(c, SOURCE_RDAP, SERVICE, &at, &k);
    assert_string_equal(found ? k.answer.contacts[0].address : "none", to);
}

static void the_smallest_range_is_taken_and_lasts(void **state)
{
    (void)state;
    struct contact_cache *c = load(NOW);
    keep(c, "192.0.2.0", "192.0.2.127", "small@example.net", NOW);
    keep(c, "192.0.0.0", "192.0.255.255", "large@example.net", NOW);
    keep(c, "2001:db8::", "2001:db8::ffff", "six@example.net", NOW);
    save(c);
    c = load(NOW);
    assert_found(c, "192.0.2.1", "small@example.net");
    assert_found(c, "192.0.2.128", "large@example.net");
    assert_found(c, "2001:db8::1", "six@example.net");
    assert_found(c, "198.51.100.1", "none");
    contact_cache_free(c);
}

static void what_is_newer_takes_the_place_of_what_is_older(void **state)
{
    (void)state;
    struct contact_cache *c = load(NOW);
    keep(c, "198.51.100.0", "198.51.100.255", "old@example.net", NOW);
    keep(c, "198.51.100.0", "198.51.100.255", "new@example.net", NOW);
    assert_found(c, "198.51.100.7", "new@example.net");
    contact_cache_free(c);
}

static void what_is_over_a_day_old_or_from_the_future_is_forgotten(void **state)
{
    (void)state;
    struct contact_cache *c = load(NOW);
    keep(c, "203.0.113.0", "203.0.113.127", "old@example.net", NOW - CACHE_AGE - 1);
    keep(c, "203.0.113.128", "203.0.113.255", "future@example.net", NOW + SPAN_SECOND);
    save(c);
    c = load(NOW);
    assert_found(c, "203.0.113.1", "none");
    assert_found(c, "203.0.113.200", "none");
    contact_cache_free(c);
}

static void another_service_has_said_nothing(void **state)
{
    (void)state;
    struct contact_kept k;
    struct addr at = address("192.0.2.1");
    struct contact_cache *c = load(NOW);
    keep(c, "192.0.2.0", "192.0.2.127", "small@example.net", NOW);
    assert_false(contact_cache_find(c, SOURCE_RDAP, "https://other.example/", &at, &k));
    assert_false(contact_cache_find(c, SOURCE_WHOIS, SERVICE, &at, &k));
    contact_cache_free(c);
}

static void the_numbers_on_a_tape_are_of_one_run(void **state)
{
    (void)state;
    struct contact_kept k;
    struct addr at = address("192.0.2.1");
    struct contact_cache *c = load(NOW);
    keep(c, "192.0.2.0", "192.0.2.127", "small@example.net", NOW);
    assert_true(contact_cache_find(c, SOURCE_RDAP, SERVICE, &at, &k));
    assert_int_equal(k.taped_count, 1);
    assert_int_equal(k.taped[0], 7);
    save(c);
    c = load(NOW);
    assert_true(contact_cache_find(c, SOURCE_RDAP, SERVICE, &at, &k));
    assert_int_equal(k.taped_count, 0);
    contact_cache_free(c);
}

static void one_without_a_file_keeps_nothing(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct contact_cache *c = contact_cache_new(&fail);
    keep(c, "203.0.113.64", "203.0.113.95", "own@example.net", NOW);
    assert_found(c, "203.0.113.70", "own@example.net");
    save(c);
    c = load(NOW);
    assert_found(c, "203.0.113.70", "none");
    contact_cache_free(c);
}

static void there_are_no_more_than_there_is_room_for(void **state)
{
    (void)state;
    struct contact_cache *c = load(NOW);
    for (int i = 0; i < CACHE_MOST + 1; i++) {
        char at[32];
        snprintf(at, sizeof at, "10.%d.%d.1", i / 256, i % 256);
        keep(c, at, at, "a@example.net", NOW);
    }
    assert_found(c, "10.0.0.1", "none");
    assert_found(c, "10.0.1.1", "a@example.net");
    contact_cache_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_smallest_range_is_taken_and_lasts),
        cmocka_unit_test(what_is_newer_takes_the_place_of_what_is_older),
        cmocka_unit_test(what_is_over_a_day_old_or_from_the_future_is_forgotten),
        cmocka_unit_test(another_service_has_said_nothing),
        cmocka_unit_test(the_numbers_on_a_tape_are_of_one_run),
        cmocka_unit_test(one_without_a_file_keeps_nothing),
        cmocka_unit_test(there_are_no_more_than_there_is_room_for),
    };
    return cmocka_run_group_tests_name("cli/contact_cache", tests, begin, end);
}
