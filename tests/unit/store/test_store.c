#include "jobs.h"

#include "store/schema.h"
#include "store/store_inside.h"

#include <time.h>

static void a_campaign_knows_what_it_is(void **state)
{
    struct store *s = place_store(state);
    struct store_about about;
    OK(store_about(s, &about, &fail));
    assert_string_equal(about.name, "test");
    assert_int_equal(strlen(about.id), 32);
    assert_true(about.created == NOW);
    assert_true(about.version >= 1);
}

static void a_campaign_is_made_once(void **state)
{
    const struct store_new about = {.name = "again", .now = NOW};
    struct store *s = place_store(state);
    struct place *p = *state;
    struct store_about was;
    FAILS(store_create(p->text, &about, &fail), "EEXIST", "");
    OK(store_about(s, &was, &fail));
    assert_string_equal(was.name, "test");
}

static void what_was_written_is_there_when_it_is_opened_again(void **state)
{
    struct store *s = place_store(state);
    put_target(s, "192.0.2.1:25", "a", "open relay");
    struct store *other = place_open(state);
    assert_int_equal(totals(other).targets, 1);
    store_close(other);
}

/* The database itself. */
static struct sql *open_sql(struct place *p, bool create)
{
    char file[500];
    struct fail fail = {0};
    snprintf(file, sizeof file, "%s%s", p->text, p->kind == PLACE_SQLITE ? "/campaign.db" : "");
    struct sql *db = sql_open(file, create, &fail);
    if (!db)
        fail_msg("%s", fail.text);
    return db;
}

/* What another version wrote. */
static void write_version(struct place *p, const char *version)
{
    char text[100];
    struct fail fail = {0};
    struct sql *db = open_sql(p, false);
    snprintf(text, sizeof text, "UPDATE meta SET value = '%s' WHERE name = 'schema'", version);
    assert_true(sql_script(db, text, &fail));
    sql_close(db);
}

static void a_newer_campaign_is_refused(void **state)
{
    struct place *p = *state;
    place_store(state);
    write_version(p, "9999");
    FAILS(store_open(p->text, &fail), "EVERSION", "a newer ajar is needed");
}

/* Its tables, and what it knew of itself and of one target. */
static void write_first_version(struct place *p)
{
    struct sql *db = open_sql(p, p->kind == PLACE_SQLITE);
    OK(schema_upgrade(db, 1, &fail));
    OK(sql_script(
        db,
        "INSERT INTO meta (name, value) VALUES ('name', 'old'), ('id', 'x'), ('key', '00'),"
        " ('holdout', '0'), ('created', '5');"
        "INSERT INTO targets (ip, port, name, country, network, holdout, priority, state,"
        " since, added, said, plan, verdict, weight, round) VALUES"
        " (CAST('0123456789abcdef' AS {blob}), 25, '', '', '', 0, 2, 0, 1, 1, 1, 0, '',"
        " -1, 0)",
        &fail));
    sql_close(db);
}

static void a_campaign_of_the_first_version_comes_up_to_this_one(void **state)
{
    struct place *p = *state;
    struct store_about about;
    place_store(state);
    assert_int_equal(place_end(state), 0);
    assert_true(place_make(p));
    write_first_version(p);
    p->store = place_open(state);
    OK(store_about(p->store, &about, &fail));
    assert_int_equal(about.version, schema_newest());
    assert_string_equal(about.name, "old");
    assert_int_equal(totals(p->store).targets, 1);
}

/* As a server does that is restarted: ends this store's connection. False: it has none. */
static bool cut(struct place *p, struct store *s)
{
    char text[80];
    int64_t backend = 0;
    if (p->kind == PLACE_SQLITE)
        return false;
    OK(sql_get(s->sql, "SELECT pg_backend_pid()", NULL, &backend, &fail));
    snprintf(text, sizeof text, "SELECT pg_terminate_backend(%d, 5000)", (int)backend);
    struct sql *other = open_sql(p, false);
    OK(sql_script(other, text, &fail));
    sql_close(other);
    return true;
}

static void a_connection_that_was_cut_is_told_of_and_made_again(void **state)
{
    struct store *s = place_store(state);
    struct store_totals t;
    struct fail why = {0};
    if (!cut(*state, s))
        return;
    assert_false(store_totals(s, &t, &why));
    assert_string_equal(why.code, "EGONE");
    assert_true(store_may_return(&why));
    OK(store_totals(s, &t, &fail));
}

static void a_step_is_begun_anew_when_the_connection_was_cut_before(void **state)
{
    struct store *s = place_store(state);
    put_target(s, "192.0.2.1:25", "a", "open relay");
    if (!cut(*state, s))
        return;
    put_target(s, "192.0.2.2:25", "a", "open relay");
    assert_int_equal(totals(s).targets, 2);
    assert_int_equal(totals(s).sightings, 2);
}

static void the_databases_clock_is_this_time(void **state)
{
    struct store *s = place_store(state);
    instant now = 0;
    OK(store_now(s, &now, &fail));
    assert_true(llabs(now - (instant)time(NULL) * SPAN_SECOND) < 10 * SPAN_SECOND);
}

/* ---- of a place alone ---- */

static void where_there_is_no_campaign_it_says_so(void **state)
{
    (void)state;
    FAILS(store_open("/tmp/ajar-there-is-no-such-folder", &fail), "ENOENT",
          "'ajar campaign new' makes one");
}

static void a_file_that_is_no_database_is_no_campaign(void **state)
{
    struct place *p = *state;
    char file[500];
    place_store(state);
    store_close(p->store);
    p->store = NULL;
    snprintf(file, sizeof file, "%s/campaign.db", p->text);
    FILE *f = fopen(file, "w");
    assert_non_null(f);
    for (int i = 0; i < 1000; i++)
        fputs("this is no database\n", f);
    fclose(f);
    FAILS(store_open(p->text, &fail), "EFORMAT", "");
}

static void a_place_is_shown_without_its_password(void **state)
{
    char shown[STORE_PLACE_SHOWN];
    (void)state;
    assert_string_equal(store_place_text("postgresql://ajar:secret@db/c", shown),
                        "postgresql://ajar@db/c");
    assert_string_equal(store_place_text("postgresql://ajar:se@cret@db/c", shown),
                        "postgresql://ajar@db/c");
    assert_string_equal(store_place_text("postgres://db/c?password=secret", shown),
                        "postgres://db/c");
    assert_string_equal(store_place_text("postgresql://db:5432/c", shown),
                        "postgresql://db:5432/c");
    assert_string_equal(store_place_text("some/folder:x@y", shown), "some/folder:x@y");
}

int main(void)
{
    const struct place_test tests[] = {
        PLACE_TEST(a_campaign_knows_what_it_is),
        PLACE_TEST(a_campaign_is_made_once),
        PLACE_TEST(what_was_written_is_there_when_it_is_opened_again),
        PLACE_TEST(a_newer_campaign_is_refused),
        PLACE_TEST(a_campaign_of_the_first_version_comes_up_to_this_one),
        PLACE_TEST(a_connection_that_was_cut_is_told_of_and_made_again),
        PLACE_TEST(a_step_is_begun_anew_when_the_connection_was_cut_before),
        PLACE_TEST(the_databases_clock_is_this_time),
        PLACE_TEST(where_there_is_no_campaign_it_says_so),
        {"a_file_that_is_no_database_is_no_campaign", a_file_that_is_no_database_is_no_campaign,
         true},
        PLACE_TEST(a_place_is_shown_without_its_password),
    };
    return place_run(tests, sizeof tests / sizeof tests[0]);
}
