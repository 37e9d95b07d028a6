#include "store/schema.h"

#include "base/check.h"

#include <stdio.h>

/* The states of jobs and targets are those of store_jobs.h and store_targets.h. */
static const char first[] =
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);"

    /* Who said something, and what: each text once. */
    "CREATE TABLE sources (id {id}, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE claims (id {id}, source BIGINT NOT NULL REFERENCES sources, said TEXT NOT NULL,"
    " UNIQUE (source, said));"

    "CREATE TABLE targets (id {id}, ip {blob} NOT NULL, port BIGINT NOT NULL,"
    " name TEXT NOT NULL, country TEXT NOT NULL, network TEXT NOT NULL,"
    " holdout BIGINT NOT NULL, priority BIGINT NOT NULL, state BIGINT NOT NULL,"
    " since BIGINT NOT NULL, added BIGINT NOT NULL, said BIGINT NOT NULL,"
    " next BIGINT, plan BIGINT NOT NULL,"
    " verdict TEXT NOT NULL, weight BIGINT NOT NULL, round BIGINT NOT NULL,"
    " UNIQUE (ip, port));"
    "CREATE INDEX targets_state ON targets (state, id);"
    "CREATE INDEX targets_verdict ON targets (verdict, id);"
    "CREATE INDEX targets_next ON targets (next) WHERE next IS NOT NULL;"
    "CREATE INDEX targets_plan ON targets (plan, id);"

    /* No references: they are checked one by one, and there are millions. store_import.c writes both sides. */
    "CREATE TABLE sightings (target BIGINT NOT NULL,"
    " claim BIGINT NOT NULL, first BIGINT NOT NULL, last BIGINT NOT NULL,"
    " times BIGINT NOT NULL, PRIMARY KEY (target, claim));"

    /* How far each import has come, so that no batch is counted twice. */
    "CREATE TABLE imports (id TEXT PRIMARY KEY, begun BIGINT NOT NULL, batch BIGINT NOT NULL,"
    " sightings BIGINT NOT NULL, added BIGINT NOT NULL);"

    "CREATE TABLE machines (id {id}, name TEXT NOT NULL, started BIGINT NOT NULL,"
    " until BIGINT NOT NULL, ended BIGINT NOT NULL, leases BIGINT NOT NULL);"

    "CREATE TABLE probes (id {id}, name TEXT NOT NULL UNIQUE);"
    "CREATE TABLE jobs (id {id}, target BIGINT NOT NULL REFERENCES targets,"
    " ip {blob} NOT NULL, port BIGINT NOT NULL, probe BIGINT NOT NULL REFERENCES probes,"
    " priority BIGINT NOT NULL, state BIGINT NOT NULL, round BIGINT NOT NULL,"
    " due BIGINT NOT NULL, machine BIGINT, lease BIGINT NOT NULL,"
    " attempts BIGINT NOT NULL,"
    " UNIQUE (ip, port, probe));"
    "CREATE INDEX jobs_target ON jobs (target);"
    "CREATE INDEX jobs_due ON jobs (priority, due) WHERE state = 0;"
    "CREATE INDEX jobs_leased ON jobs (machine, lease) WHERE state = 1;"

    /* A job has one case in each round: the index sees to it. */
    "CREATE TABLE cases (id TEXT PRIMARY KEY, job BIGINT NOT NULL REFERENCES jobs,"
    " round BIGINT NOT NULL, target BIGINT NOT NULL REFERENCES targets,"
    " verdict TEXT NOT NULL, weight BIGINT NOT NULL, reason TEXT NOT NULL, cause TEXT NOT NULL,"
    " software TEXT NOT NULL, started BIGINT NOT NULL, elapsed BIGINT NOT NULL,"
    " finished BIGINT NOT NULL, bundle TEXT NOT NULL, line TEXT NOT NULL,"
    " UNIQUE (job, round));"
    "CREATE INDEX cases_target ON cases (target, finished);"
    "CREATE INDEX cases_bundle ON cases (bundle);"

    "CREATE TABLE letters (id TEXT PRIMARY KEY, target BIGINT NOT NULL REFERENCES targets,"
    " case_id TEXT NOT NULL, kind TEXT NOT NULL, recipient TEXT NOT NULL, language TEXT NOT NULL,"
    " state TEXT NOT NULL, made BIGINT NOT NULL, changed BIGINT NOT NULL);"
    "CREATE INDEX letters_target ON letters (target, made);"
    "CREATE INDEX letters_state ON letters (state, made);"

    "CREATE TABLE events (id {id}, target BIGINT NOT NULL REFERENCES targets,"
    " at BIGINT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL);"
    "CREATE INDEX events_target ON events (target, id);"

    /* What holds for the whole fleet. */
    "CREATE TABLE texts (name TEXT PRIMARY KEY, version BIGINT NOT NULL, changed BIGINT NOT NULL,"
    " content TEXT NOT NULL);"
    "CREATE TABLE optouts (id {id}, network TEXT NOT NULL, at BIGINT NOT NULL,"
    " reason TEXT NOT NULL, UNIQUE (network));"
    "CREATE TABLE pace (key {blob} PRIMARY KEY, next BIGINT NOT NULL);"
    "CREATE TABLE messages (ip {blob} PRIMARY KEY, had BIGINT NOT NULL, last BIGINT NOT NULL);";

/* A bundle is written under a name of its own, and gets that of its digest once it is sealed. */
static const char second[] =
    "CREATE TABLE bundles (name TEXT PRIMARY KEY, file TEXT NOT NULL, sealed BIGINT NOT NULL);";

static const char *const scripts[] = {first, second};

unsigned schema_newest(void)
{
    return sizeof scripts / sizeof scripts[0];
}

const char *schema_script(unsigned version)
{
    require(version >= 1 && version <= schema_newest());
    return scripts[version - 1];
}

bool schema_version(struct sql *db, unsigned *out, struct fail *fail)
{
    int64_t tables = 0;
    int64_t version = 0;
    *out = 0;
    if (!sql_get(db, "SELECT {meta_tables}", NULL, &tables, fail))
        return false;
    if (tables > 0 && !sql_get(db, "SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'schema'",
                               NULL, &version, fail))
        return false;
    *out = (unsigned)version;
    return true;
}

static bool write_version(struct sql *db, unsigned version, struct fail *fail)
{
    char text[16];
    snprintf(text, sizeof text, "%u", version);
    const struct sql_value values[] = {sql_text(bytes_of(text))};
    return sql_run(db,
                   "INSERT INTO meta (name, value) VALUES ('schema', $1)"
                   " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                   values, NULL, NULL, fail);
}

static bool upgrade(struct sql *db, void *arg, struct fail *fail)
{
    const unsigned *to = arg;
    unsigned from;
    /* Asked within the step, where no other process can be doing the same. */
    if (!sql_run(db, "SELECT {alone}", NULL, NULL, NULL, fail) || !schema_version(db, &from, fail))
        return false;
    if (from > schema_newest())
        return fail_set(fail, "EVERSION",
                        "the campaign is of version %u, and this ajar knows %u at most: a newer "
                        "ajar is needed",
                        from, schema_newest());
    for (unsigned v = from + 1; v <= *to; v++)
        if (!sql_script(db, schema_script(v), fail))
            return false;
    return from >= *to || write_version(db, *to, fail);
}

bool schema_upgrade(struct sql *db, unsigned to, struct fail *fail)
{
    return sql_step(db, upgrade, &to, fail);
}
