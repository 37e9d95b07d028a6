/* A folder of letters, and what has become of them. */
#include "mail_test.h"

#include "base/file.h"
#include "mail/queue.h"
#include "notice/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/ajar-queue-XXXXXX";
static struct queue *queue;
static struct fail fail;

static const char *at(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return path;
}

static void put(const char *name, const char *text)
{
    unlink(at(name));
    if (!file_create(at(name), bytes_of(text), &fail))
        fail_msg("%s", fail.text);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/ajar-queue-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[100];
    (void)state;
    queue_close(queue);
    queue = NULL;
    snprintf(command, sizeof command, "rm -r %s", dir);
    return system(command);
}

#define LETTER(id)                                                                                 \
    "From: p@example.org\nTo: a@example.net\nMessage-ID: <" id ">\nSubject: x\n\nDear owner\n"

static void open_to_write(void)
{
    queue = queue_open(dir, true, &fail);
    if (!queue)
        fail_msg("%s", fail.text);
}

static struct queue_letter get(const char *name)
{
    static struct fail why;
    struct queue_letter l;
    if (!queue_get(queue, name, &l, &why, &fail))
        fail_msg("%s", fail.text);
    return l;
}

static bool note_name(void *arg, const struct queue_letter *l)
{
    size_t n = strlen(arg);
    snprintf((char *)arg + n, 200 - n, "%s:%s ", l->e.name, entry_state_name(l->e.state));
    return true;
}

static void letters_are_files_of_certain_names(void **state)
{
    char names[200] = "";
    (void)state;
    put("c-2.eml", LETTER("2@x"));
    put("c-1.eml", LETTER("1@x"));
    put("notes.txt", "");
    put(".hidden.eml", "");
    put("a b.eml", "");
    open_to_write();
    assert_true(queue_each(queue, note_name, names, &fail));
    assert_string_equal(names, "c-1:waiting c-2:waiting ");
    assert_int_equal(queue_strangers(queue), 2);
}

static void what_is_put_is_there_and_nothing_beside_it(void **state)
{
    (void)state;
    put("c-1.eml", LETTER("1@x"));
    open_to_write();
    struct entry e = get("c-1").e;
    e.state = ENTRY_SENT;
    e.tries = 7;
    assert_true(queue_put(queue, &e, &fail));
    assert_int_equal(get("c-1").e.tries, 7);
    assert_int_equal(access(at("delivery/c-1.json"), F_OK), 0);
}

static void one_that_was_being_sent_is_uncertain_when_nobody_sends(void **state)
{
    (void)state;
    put("c-1.eml", LETTER("1@x"));
    open_to_write();
    struct entry e = get("c-1").e;
    e.state = ENTRY_SENDING;
    assert_true(queue_put(queue, &e, &fail));
    queue_close(queue);
    queue = queue_open(dir, false, &fail); /* who only reads changes nothing */
    assert_int_equal(get("c-1").e.state, ENTRY_UNCERTAIN);
    assert_string_equal(get("c-1").e.said, "");
    queue_close(queue);
    open_to_write();
    assert_int_equal(get("c-1").e.state, ENTRY_UNCERTAIN);
    assert_string_equal(get("c-1").e.said, "ended while the smarthost's answer was awaited");
}

static void while_somebody_sends_it_is_being_sent(void **state)
{
    (void)state;
    put("c-1.eml", LETTER("1@x"));
    open_to_write();
    struct entry e = get("c-1").e;
    e.state = ENTRY_SENDING;
    assert_true(queue_put(queue, &e, &fail));
    struct queue *writer = queue;
    queue = queue_open(dir, false, &fail);
    assert_true(get("c-1").sends);
    assert_int_equal(get("c-1").e.state, ENTRY_SENDING);
    queue_close(writer);
}

static void only_one_can_send(void **state)
{
    (void)state;
    open_to_write();
    assert_null(queue_open(dir, true, &fail));
    assert_string_equal(fail.code, "EBUSY");
    queue_close(queue);
    open_to_write();
}

static void what_a_killed_one_had_begun_to_write_is_removed(void **state)
{
    (void)state;
    put("c-1.eml", LETTER("1@x"));
    mkdir(at("delivery"), 0755);
    put("delivery/c-1.json.new-aB3xYz", "{\"letter\":");
    open_to_write();
    assert_int_equal(access(at("delivery/c-1.json.new-aB3xYz"), F_OK), -1);
    assert_int_equal(get("c-1").e.state, ENTRY_WAITING);
}

static void another_letter_of_the_name_is_not_the_one_that_was_sent(void **state)
{
    (void)state;
    put("c-1.eml", LETTER("1@x"));
    open_to_write();
    struct entry e = get("c-1").e;
    e.state = ENTRY_SENT;
    assert_true(queue_put(queue, &e, &fail));
    assert_null(get("c-1").wrong);
    put("c-1.eml", LETTER("2@x"));
    assert_string_equal(get("c-1").wrong->code, "EDIVERGED");
}

static void one_that_waits_is_what_its_file_says(void **state)
{
    (void)state;
    put("c-1.eml", LETTER("1@x"));
    open_to_write();
    struct entry e = get("c-1").e;
    e.tries = 1;
    assert_true(queue_put(queue, &e, &fail));
    put("c-1.eml", "From: p@example.org\nTo: b@example.net\nMessage-ID: <1@x>\n\n");
    assert_string_equal(get("c-1").e.to, "b@example.net");
}

static void a_state_of_another_letter_is_refused(void **state)
{
    struct queue_letter l;
    struct fail why;
    (void)state;
    put("c-1.eml", LETTER("1@x"));
    mkdir(at("delivery"), 0755);
    put("delivery/c-1.json", "{\"letter\":\"c-2\",\"state\":\"waiting\"}");
    queue = queue_open(dir, false, &fail);
    assert_false(queue_get(queue, "c-1", &l, &why, &fail));
    assert_string_equal(fail.code, "EFORMAT");
    assert_false(queue_get(queue, "../c-1", &l, &why, &fail));
    assert_string_equal(fail.code, "EUSAGE");
    assert_null(queue_open(dir, true, &fail));
}

static int begin(void **state)
{
    (void)state;
    message_begin();
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(letters_are_files_of_certain_names),
        TEST(what_is_put_is_there_and_nothing_beside_it),
        TEST(one_that_was_being_sent_is_uncertain_when_nobody_sends),
        TEST(while_somebody_sends_it_is_being_sent),
        TEST(only_one_can_send),
        TEST(what_a_killed_one_had_begun_to_write_is_removed),
        TEST(another_letter_of_the_name_is_not_the_one_that_was_sent),
        TEST(one_that_waits_is_what_its_file_says),
        TEST(a_state_of_another_letter_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
