/* Tickets in addresses. */
#include "mail_test.h"

#include "mail/ticket.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct ticket_key key = {.bytes = {1, 2, 3}};
static const struct ticket_key other = {.bytes = {1, 2, 4}};

static const char *address(const char *purpose, const char *base, const char *name)
{
    static char out[TICKET_ADDRESS];
    struct fail fail;
    if (!ticket_address(&key, purpose, base, name, out, &fail))
        fail_msg("%s", fail.text);
    return out;
}

static enum ticket_state look(const struct ticket_key *k, const char *purpose, const char *text,
                              const char *name)
{
    struct bytes found = {0};
    enum ticket_state state = ticket_in(k, purpose, "bounces@example.org", bytes_of(text), &found);
    if (state != TICKET_NONE)
        assert_true(bytes_equal_nocase(found, name));
    return state;
}

static void a_ticket_is_found_again(void **state)
{
    (void)state;
    const char *text = address(TICKET_BOUNCE, "bounces@example.org", "c-1b2c.x");
    assert_int_equal(strlen(text), strlen("bounces+c-1b2c.x.@example.org") + TICKET_MARK);
    assert_int_equal(look(&key, TICKET_BOUNCE, text, "c-1b2c.x"), TICKET_TRUE);
}

static void mail_servers_may_change_the_case(void **state)
{
    char text[TICKET_ADDRESS];
    (void)state;
    snprintf(text, sizeof text, "%s", address(TICKET_BOUNCE, "bounces@example.org", "c-1B"));
    for (char *c = text; *c; c++)
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    assert_int_equal(look(&key, TICKET_BOUNCE, text, "c-1b"), TICKET_TRUE);
}

static void nobody_makes_one_without_the_key(void **state)
{
    (void)state;
    const char *text = address(TICKET_BOUNCE, "bounces@example.org", "c-1");
    assert_int_equal(look(&other, TICKET_BOUNCE, text, "c-1"), TICKET_FORGED);
}

static void one_for_bounces_objects_to_nothing(void **state)
{
    (void)state;
    const char *text = address(TICKET_BOUNCE, "bounces@example.org", "c-1");
    assert_int_equal(look(&key, TICKET_OBJECT, text, "c-1"), TICKET_FORGED);
}

static void one_letters_mark_is_not_anothers(void **state)
{
    char text[TICKET_ADDRESS];
    (void)state;
    snprintf(text, sizeof text, "%s", address(TICKET_BOUNCE, "bounces@example.org", "c-1"));
    text[strlen("bounces+c-")] = '2';
    assert_int_equal(look(&key, TICKET_BOUNCE, text, "c-2"), TICKET_FORGED);
}

static void other_addresses_have_none(void **state)
{
    static const char *const texts[] = {
        "",
        "bounces@example.org",
        "bounces+@example.org",
        "bounces+c-1@example.org",
        "bounces+.aaaaaaaaaaaaaaaa@example.org",
        "bounces+c-1.aaaaaaaaaaaaaaa@example.org",
        "bounces+c-1.aaaaaaaaaaaaaaaa@example.com",
        "bounces-c-1.aaaaaaaaaaaaaaaa@example.org",
        "somebody+c-1.aaaaaaaaaaaaaaaa@example.org",
        "bounces+c 1.aaaaaaaaaaaaaaaa@example.org",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(look(&key, TICKET_BOUNCE, texts[i], ""), TICKET_NONE);
}

static void what_makes_no_address_is_refused(void **state)
{
    static const struct {
        const char *base, *name, *code;
    } bad[] = {
        {"bounces", "c-1", "EUSAGE"},
        {"@example.org", "c-1", "EUSAGE"},
        {"a b@example.org", "c-1", "EUSAGE"},
        {"a+b@example.org", "c-1", "EUSAGE"},
        {"bounces@example.org", "", "EFORMAT"},
        {"bounces@example.org", "../x", "EFORMAT"},
        {"bounces@example.org", "c-0123456789012345678901234567890123456789", "ELIMIT"},
    };
    char out[TICKET_ADDRESS];
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct fail fail = {0};
        assert_false(ticket_address(&key, TICKET_BOUNCE, bad[i].base, bad[i].name, out, &fail));
        assert_string_equal(fail.code, bad[i].code);
    }
}

static void a_key_is_made_once_and_for_its_owner_alone(void **state)
{
    char path[] = "/tmp/ajar-ticket-XXXXXX";
    struct fail fail = {0};
    struct stat st;
    bool made = false;
    (void)state;
    close(mkstemp(path));
    unlink(path);
    assert_null(ticket_key_load(path, false, &made, &fail));
    assert_string_equal(fail.code, "ENOENT");
    struct ticket_key *first = ticket_key_load(path, true, &made, &fail);
    assert_non_null(first);
    assert_true(made);
    struct ticket_key *second = ticket_key_load(path, true, &made, &fail);
    assert_non_null(second);
    assert_false(made);
    assert_memory_equal(first->bytes, second->bytes, sizeof first->bytes);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    chmod(path, 0644);
    assert_null(ticket_key_load(path, false, NULL, &fail));
    assert_string_equal(fail.code, "EACCES");
    ticket_key_free(first);
    ticket_key_free(second);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ticket_is_found_again),
        cmocka_unit_test(mail_servers_may_change_the_case),
        cmocka_unit_test(nobody_makes_one_without_the_key),
        cmocka_unit_test(one_for_bounces_objects_to_nothing),
        cmocka_unit_test(one_letters_mark_is_not_anothers),
        cmocka_unit_test(other_addresses_have_none),
        cmocka_unit_test(what_makes_no_address_is_refused),
        cmocka_unit_test(a_key_is_made_once_and_for_its_owner_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
