#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/zones.h"

static const char *const no_files[] = {NULL};

static struct zones built_in(void)
{
    struct zones zones;
    struct fail fail = {0};
    if (!zones_load(&zones, no_files, &fail))
        fail_msg("%s", fail.text);
    return zones;
}

static struct addr address(const char *text)
{
    struct addr a;
    assert_true(addr_parse_ip(bytes_of(text), &a));
    return a;
}

/* What a list of the built-in table says of an answer: the n-th meaning, or NULL. */
static const char *says(const struct zones *zones, const char *list, const char *answer, size_t n)
{
    const struct zone_meaning *out[ZONE_SAYS_MOST];
    struct addr a = address(answer);
    const struct zone *z = zones_find(zones, list);
    assert_non_null(z);
    return n < zone_says(z, &a, out) ? out[n]->text : NULL;
}

static void the_living_lists_are_known(void **state)
{
    (void)state;
    struct zones zones = built_in();
    assert_string_equal(says(&zones, "dnsbl.dronebl.org", "127.0.0.8", 0), "SOCKS proxy");
    assert_string_equal(says(&zones, "RBL.efnetrbl.org", "127.0.0.1", 0), "open proxy");
    assert_null(says(&zones, "rbl.efnetrbl.org", "127.0.0.99", 0));
    assert_false(zones_find(&zones, "zen.spamhaus.org")->closed);
    zones_free(&zones);
}

static void a_closed_list_says_why(void **state)
{
    (void)state;
    struct zones zones = built_in();
    for (size_t i = 0; i < zones.count; i++)
        assert_true(!zones.all[i].closed || zones.all[i].note[0]);
    assert_true(zones_find(&zones, "relays.ordb.org")->closed);
    zones_free(&zones);
}

static void a_mask_is_taken_apart(void **state)
{
    (void)state;
    struct zones zones = built_in();
    assert_string_equal(says(&zones, "opm.blitzed.org", "127.1.0.6", 0), "open SOCKS proxy");
    assert_string_equal(says(&zones, "opm.blitzed.org", "127.1.0.6", 1), "open HTTP CONNECT proxy");
    assert_null(says(&zones, "opm.blitzed.org", "127.1.0.6", 2));
    zones_free(&zones);
}

static void only_loopback_answers_are_listings(void **state)
{
    (void)state;
    struct addr listed = address("127.0.0.2");
    struct addr error = address("127.255.255.254");
    struct addr alien = address("192.0.2.1");
    struct addr six = address("::1");
    assert_int_equal(zone_classify(&listed), ZONE_LISTED);
    assert_int_equal(zone_classify(&error), ZONE_ERROR);
    assert_int_equal(zone_classify(&alien), ZONE_NONSENSE);
    assert_int_equal(zone_classify(&six), ZONE_NONSENSE);
}

static void families_are_kept_apart(void **state)
{
    (void)state;
    struct zones zones = built_in();
    struct addr six = address("2001:db8::1");
    assert_true(zone_takes(zones_find(&zones, "dnsbl.dronebl.org"), &six));
    assert_false(zone_takes(zones_find(&zones, "rbl.efnetrbl.org"), &six));
    zones_free(&zones);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_living_lists_are_known),
        cmocka_unit_test(a_closed_list_says_why),
        cmocka_unit_test(a_mask_is_taken_apart),
        cmocka_unit_test(only_loopback_answers_are_listings),
        cmocka_unit_test(families_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
