/*
 * place: where a test of the store has its campaign: each test is run on SQLite and on PostgreSQL.
 *
 * The cluster is tests/postgres.sh's: AJAR_POSTGRES names the folder of its socket. Where there is none, the tests on
 * PostgreSQL are skipped.
 */
#pragma once

#include "base/random.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW    ((instant)1800000000 * SPAN_SECOND)
#define MINUTE (60 * SPAN_SECOND)
#define HOUR   (60 * MINUTE)

enum place_kind { PLACE_SQLITE, PLACE_POSTGRES, PLACE_KINDS };

struct place {
    enum place_kind kind;
    char text[400];
    char folder[64]; /* of SQLite's */
    struct store *store;
};

struct place_test {
    const char *name;
    CMUnitTestFunction run;
    bool of_files; /* of SQLite alone */
};

#define PLACE_TEST(function)                                                                       \
    {                                                                                              \
#function, function, false                                                                 \
    }

static inline bool place_make(struct place *p)
{
    unsigned char random[8];
    char hex[17];
    const char *socket = getenv("AJAR_POSTGRES");
    random_bytes(random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(hex + 2 * i, 3, "%02x", random[i]);
    if (p->kind == PLACE_SQLITE) {
        strcpy(p->folder, "/tmp/ajar-store-XXXXXX");
        snprintf(p->text, sizeof p->text, "%s", mkdtemp(p->folder));
        return true;
    }
    if (!socket || !socket[0])
        return false;
    /* A schema of its own in one database is quicker than a database. */
    char command[600];
    snprintf(command, sizeof command,
             "psql -q -X -h '%s' -U ajar ajar -c 'CREATE SCHEMA t%s' >/dev/null", socket, hex);
    snprintf(p->text, sizeof p->text,
             "postgresql://ajar@/ajar?host=%s&options=-csearch_path%%3Dt%s", socket, hex);
    return system(command) == 0;
}

static inline int place_begin(void **state)
{
    struct fail fail = {0};
    struct place *p = *state;
    const struct store_new about = {.name = "test", .now = NOW};
    if (!place_make(p))
        return 0;
    p->store = store_create(p->text, &about, &fail);
    if (!p->store)
        fprintf(stderr, "%s: %s\n", p->text, fail.text);
    return p->store ? 0 : 1;
}

static inline int place_end(void **state)
{
    struct place *p = *state;
    char command[128];
    store_close(p->store);
    p->store = NULL;
    if (p->kind == PLACE_SQLITE) {
        snprintf(command, sizeof command, "rm -r '%s'", p->folder);
        return system(command);
    }
    return 0;
}

/* The store of the test that runs, which is skipped where it has none. */
static inline struct store *place_store(void **state)
{
    struct place *p = *state;
    if (!p->store)
        skip();
    return p->store;
}

/* Another process's view of the same campaign. */
static inline struct store *place_open(void **state)
{
    struct fail fail = {0};
    struct place *p = *state;
    struct store *s = store_open(p->text, &fail);
    if (!s)
        fail_msg("%s", fail.text);
    return s;
}

enum { PLACE_TESTS = 60 };

static inline int place_run(const struct place_test *tests, size_t count)
{
    static const char *const names[] = {"SQLite", "PostgreSQL"};
    static struct place places[PLACE_KINDS] = {{.kind = PLACE_SQLITE}, {.kind = PLACE_POSTGRES}};
    static char titles[PLACE_KINDS * PLACE_TESTS][120];
    struct CMUnitTest all[PLACE_KINDS * PLACE_TESTS];
    size_t n = 0;
    for (int kind = 0; kind < PLACE_KINDS; kind++)
        for (size_t i = 0; i < count; i++) {
            if (tests[i].of_files && kind != PLACE_SQLITE)
                continue;
            snprintf(titles[n], sizeof titles[n], "%s: %s", names[kind], tests[i].name);
            all[n] =
                (struct CMUnitTest){titles[n], tests[i].run, place_begin, place_end, &places[kind]};
            n++;
        }
    return _cmocka_run_group_tests("store", all, n, NULL, NULL);
}

#define OK(call)                                                                                   \
    do {                                                                                           \
        struct fail fail = {0};                                                                    \
        if (!(call))                                                                               \
            fail_msg("%s: %s: %s", #call, fail.code, fail.text);                                   \
    } while (0)

/* The call fails with this code, and says these words. */
#define FAILS(call, expected, words)                                                               \
    do {                                                                                           \
        struct fail fail = {0};                                                                    \
        assert_false(call);                                                                        \
        assert_string_equal(fail.code, expected);                                                  \
        assert_non_null(strstr(fail.text, words));                                                 \
    } while (0)

static inline struct addr place_addr(const char *text)
{
    struct addr a;
    assert_true(addr_parse(bytes_of(text), &a));
    return a;
}
