#include "pack/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A manifest in which one member is another; NULL: it is left out. */
static const char *with(const char *member, const char *value)
{
    static char text[8192];
    static const struct {
        const char *member;
        const char *value;
    } plain[] = {{"pack", "1"},
                 {"name", "\"acme/envelopes\""},
                 {"version", "\"1.2.0\""},
                 {"api", "1"},
                 {"summary", "\"More envelopes\""},
                 {"license", "\"Apache-2.0 OR MIT\""},
                 {"maintainers", "[\"A <a@example.org>\"]"},
                 {"capabilities", "[\"smtp\", \"dns\"]"},
                 {"probes", "[\"probes/one.lua\"]"}};
    size_t n = (size_t)snprintf(text, sizeof text, "{");
    bool known = false;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        bool here = strcmp(plain[i].member, member) == 0;
        known |= here;
        if (!here || value)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s\n  \"%s\": %s", n > 1 ? "," : "",
                                  plain[i].member, here ? value : plain[i].value);
    }
    if (!known)
        n += (size_t)snprintf(text + n, sizeof text - n, ",\n  \"%s\": %s", member, value);
    snprintf(text + n, sizeof text - n, "\n}\n");
    return text;
}

static struct manifest read(const char *text)
{
    static struct manifest m;
    struct fail fail = {0};
    if (!manifest_parse(bytes_of(text), &m, &fail))
        fail_msg("%s", fail.text);
    return m;
}

static void assert_refused(const char *text, const char *because)
{
    static struct manifest m;
    struct fail fail = {0};
    assert_false(manifest_parse(bytes_of(text), &m, &fail));
    assert_string_equal(fail.text, because);
}

static void it_says_what_a_pack_is_and_may(void **state)
{
    struct manifest m = read(with("requires", "{\"acme/base\": \">=1.0.0 <2.0.0\"}"));
    (void)state;
    assert_string_equal(m.name, "acme/envelopes");
    assert_int_equal(m.api, 1);
    assert_string_equal(manifest_short_name(&m), "envelopes");
    assert_int_equal(m.version.minor, 2);
    assert_int_equal(m.capabilities, 1U << CAPABILITY_SMTP | 1U << CAPABILITY_DNS);
    assert_string_equal(m.probes[0], "probes/one.lua");
    assert_int_equal(m.probe_count, 1);
    assert_string_equal(m.needs[0].name, "acme/base");
    assert_string_equal(m.needs[0].range_text, ">=1.0.0 <2.0.0");
}

static void what_is_not_known_is_refused(void **state)
{
    (void)state;
    assert_refused(with("run_as_root", "true"), "run_as_root: there is no such member");
    assert_refused(with("capabilities", "[\"smtp\", \"files\"]"),
                   "capabilities: each is smtp, http, socks, tcp, udp or dns");
}

static void what_stands_twice_is_refused(void **state)
{
    struct fail fail = {0};
    static struct manifest m;
    (void)state;
    assert_false(manifest_parse(bytes_of("{\"name\": \"a/b\", \"name\": \"c/d\"}"), &m, &fail));
    assert_non_null(strstr(fail.text, "duplicate object key"));
    assert_refused(with("capabilities", "[\"dns\", \"dns\"]"),
                   "capabilities: \"dns\" stands there twice");
    assert_refused(with("probes", "[\"probes/a.lua\", \"probes/a.lua\"]"),
                   "probes: \"probes/a.lua\" stands there twice");
}

static void each_member_that_must_be_there_is_named_when_it_is_not(void **state)
{
    static const char *const members[] = {"pack",    "name",    "version",     "api",
                                          "summary", "license", "maintainers", "probes"};
    (void)state;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        static struct manifest m;
        struct fail fail = {0};
        char begin[64];
        assert_false(manifest_parse(bytes_of(with(members[i], NULL)), &m, &fail));
        snprintf(begin, sizeof begin, "%s: ", members[i]);
        assert_memory_equal(fail.text, begin, strlen(begin));
    }
}

static void limits_are_what_its_probes_take_at_most(void **state)
{
    (void)state;
    struct manifest m = read(with("limits", "{\"seconds\": 60, \"memory\": 16}"));
    assert_int_equal(m.limits.seconds, 60);
    assert_int_equal(m.limits.memory, 16);
    assert_int_equal(m.limits.connections, 0);
    assert_refused(with("limits", "{\"seconds\": 0}"),
                   "limits: seconds is a whole number from 1 to 3600");
    assert_refused(with("limits", "{\"connections\": 2.5}"),
                   "limits: connections is a whole number from 1 to 200");
    assert_refused(with("limits", "{\"memory\": 1}"),
                   "limits: memory is a whole number from 16 to 256");
    assert_refused(with("limits", "{\"files\": 1}"),
                   "limits: there are seconds, connections and memory (MiB)");
    assert_refused(with("limits", "[]"), "limits: an object is wanted: {\"seconds\": 60}");
}

static void a_newer_format_or_api_asks_for_another_ajar(void **state)
{
    (void)state;
    assert_refused(with("pack", "2"), "pack: it is 2; this ajar knows 1: another ajar is needed");
    assert_refused(with("api", "2"), "api: it is 2; this ajar knows 1: another ajar is needed");
    assert_refused(with("api", "0"), "api: it is 0; this ajar knows 1: another ajar is needed");
}

static void a_name_is_org_and_pack(void **state)
{
    static const char *const wrong[] = {"envelopes",
                                        "/x",
                                        "x/",
                                        "A/b",
                                        "a/b/c",
                                        "a b/c",
                                        "-a/b",
                                        "a/..",
                                        "a/-b",
                                        "a\\u0000/b",
                                        "abcdefghijklmnopqrstuvwxyz-abcdefg/x",
                                        ""};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char value[80];
        snprintf(value, sizeof value, "\"%s\"", wrong[i]);
        assert_refused(with("name", value),
                       "name: \"org/pack\" is wanted: each part of a-z, 0-9 and \"-\", at most 32");
    }
}

static void a_name_is_no_word_that_means_something_else(void **state)
{
    static const char *const wrong[] = {"ajar/x", "builtin/x", "local/x", "relay/third-party",
                                        "proxy/x"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char value[80];
        snprintf(value, sizeof value, "\"%s\"", wrong[i]);
        assert_refused(with("name", value),
                       "name: no pack bears the names ajar/, builtin/, local/, relay/ and proxy/: "
                       "they mean what is built in, scripts by path, and probes");
    }
}

static void a_probe_lies_in_its_folder(void **state)
{
    static const char *const wrong[] = {
        "one.lua",       "probes/../x.lua", "/probes/x.lua",  "probes/x.txt",  "probes/.lua",
        "probes/.x.lua", "letters/x.lua",   "probes/a/b.lua", "probes/-x.lua", "probes//x.lua"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char value[80];
        char because[160];
        snprintf(value, sizeof value, "[\"%s\"]", wrong[i]);
        snprintf(because, sizeof because, "probes: \"%s\" is no name of the form probes/FILE.lua",
                 wrong[i]);
        assert_refused(with("probes", value), because);
    }
}

static void what_would_deceive_a_reader_is_refused(void **state)
{
    (void)state;
    assert_refused(with("summary", "\"a\\u202eb\""), "summary: a line of 1 to 203 bytes is wanted");
    assert_refused(with("summary", "\"a\\nb\""), "summary: a line of 1 to 203 bytes is wanted");
    assert_refused(with("maintainers", "[\"\\u001b[2J\"]"),
                   "maintainers: a line of 1 to 203 bytes is wanted");
    assert_refused(with("license", "\"MIT; rm\""),
                   "license: an SPDX expression is wanted: \"Apache-2.0\"");
}

/* What is told of a text: "LINE:COLUMN: WORDS\n" each. */
struct told {
    struct bytes text;
    char said[2000];
    size_t n;
};

static void on_fault(void *arg, const char *path, const struct fail *why)
{
    struct told *t = arg;
    unsigned line;
    unsigned column;
    manifest_where(t->text, path, why, &line, &column);
    t->n += (size_t)snprintf(t->said + t->n, sizeof t->said - t->n, "%u:%u: %s\n", line, column,
                             why->text);
}

static void assert_told(const char *text, const char *expected)
{
    static struct manifest m;
    struct told t = {.text = bytes_of(text)};
    assert_false(manifest_read(t.text, &m, on_fault, &t));
    assert_string_equal(t.said, expected);
}

static void each_fault_is_told_with_its_place_in_the_text(void **state)
{
    (void)state;
    assert_told(
        "{\"pack\": 1, \"name\": \"a/b\", \"version\": \"1.0.0\", \"api\": 0,\n"
        " \"summary\": \"\", \"license\": \"MIT\", \"maintainers\": [],\n"
        " \"capabilities\": [\"smtp\", \"smtp\"], \"limits\": {\"seconds\": 1, \"memory\": 1},\n"
        " \"probes\": [\"probes/a.lua\", \"probes/b\"], \"requires\": {\"a/b\": \"=1.0.0\", "
        "\"a/c\": 1}}",
        "1:48: api: it is 0; this ajar knows 1: another ajar is needed\n"
        "2:2: summary: a line of 1 to 203 bytes is wanted\n"
        "3:27: capabilities: \"smtp\" stands there twice\n"
        "3:61: limits: memory is a whole number from 16 to 256\n"
        "4:29: probes: \"probes/b\" is no name of the form probes/FILE.lua\n"
        "4:55: requires: a pack can't require itself\n"
        "4:72: requires: a line of 1 to 255 bytes is wanted\n"
        "2:35: maintainers: at least one is wanted: \"Name <name@example.org>\"\n");
    assert_told("{\n\"pack\": }", "2:9: no JSON object: unexpected token near '}' (byte 11)\n");
    assert_told("{\"pack\": 2, \"name\": 7}",
                "1:2: pack: it is 2; this ajar knows 1: another ajar is needed\n");
}

/* What is told first is what a reader says that stops there. */
static void the_first_fault_is_that_of_reading(void **state)
{
    static struct manifest m;
    struct fail fail = {0};
    (void)state;
    assert_false(manifest_parse(bytes_of("{\"pack\": 1, \"x\": 1, \"name\": 7}"), &m, &fail));
    assert_string_equal(fail.text, "x: there is no such member");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_a_pack_is_and_may),
        cmocka_unit_test(what_is_not_known_is_refused),
        cmocka_unit_test(what_stands_twice_is_refused),
        cmocka_unit_test(each_member_that_must_be_there_is_named_when_it_is_not),
        cmocka_unit_test(limits_are_what_its_probes_take_at_most),
        cmocka_unit_test(a_newer_format_or_api_asks_for_another_ajar),
        cmocka_unit_test(a_name_is_org_and_pack),
        cmocka_unit_test(a_name_is_no_word_that_means_something_else),
        cmocka_unit_test(a_probe_lies_in_its_folder),
        cmocka_unit_test(what_would_deceive_a_reader_is_refused),
        cmocka_unit_test(each_fault_is_told_with_its_place_in_the_text),
        cmocka_unit_test(the_first_fault_is_that_of_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
