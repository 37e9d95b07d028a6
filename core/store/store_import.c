#include "store/store_import.h"

#include "base/buf.h"
#include "base/random.h"
#include "base/text.h"
#include "store/staging.h"
#include "store/store_inside.h"

#include <stdlib.h>

enum {
    TEXT_LIMIT = 16 * 1024 * 1024, /* of a batch: its longest texts would take 11 MB */
    CLAIM_PLACES = 4096,           /* remembered claims: a power of two */
    ID_BYTES = 16
};

/* Where a text stands in the batch's buffer, which may move while it grows. */
struct piece {
    size_t at;
    size_t n;
};

struct row {
    unsigned char ip[STORE_IP];
    uint16_t port;
    bool holdout;
    unsigned char priority;
    instant when;
    struct piece name, country, network, source, said;
    int64_t claim; /* while it is written */
};

/* Which claim a source and its words are. */
struct known_claim {
    uint64_t hash; /* 0: free */
    int64_t id;
};

struct store_import {
    struct store *store;
    instant now;
    size_t count;
    struct row *rows;
    struct buf texts;
    struct store_imported counts;
    char id[2 * ID_BYTES + 1]; /* of this import */
    unsigned long batch;       /* that comes next, from 1 on */
    struct known_claim claims[CLAIM_PLACES];
};

struct store_import *store_import_new(struct store *s, instant now, struct fail *fail)
{
    struct store_import *i = calloc(1, sizeof *i);
    if (i) {
        *i = (struct store_import){.store = s, .now = now, .texts = buf_new(TEXT_LIMIT)};
        unsigned char id[ID_BYTES];
        random_bytes(id, sizeof id);
        hash_hex(id, sizeof id, i->id);
        i->batch = 1;
        i->rows = calloc(STORE_BATCH, sizeof *i->rows);
    }
    if (i && i->rows)
        return i;
    store_import_free(i);
    fail_set(fail, "ENOMEM", "no memory for a batch");
    return NULL;
}

void store_import_free(struct store_import *i)
{
    if (!i)
        return;
    buf_free(&i->texts);
    free(i->rows);
    free(i);
}

struct store_imported store_import_counts(const struct store_import *i)
{
    return i->counts;
}

/* ---- taking one ---- */

/* Cut before a character that would pass `most` bytes; what is no text is one '?' for each byte. */
static struct piece keep(struct store_import *i, struct bytes text, size_t most)
{
    struct piece piece = {.at = i->texts.n};
    if (text.n <= most && text_is_printable(text)) { /* nearly all are */
        buf_put(&i->texts, text);
        piece.n = text.n;
        return piece;
    }
    while (text.n > 0) {
        size_t n = text_printable_length(text);
        if (piece.n + (n ? n : 1) > most)
            break;
        buf_put(&i->texts, n ? bytes_slice(text, 0, n) : bytes_of("?"));
        piece.n += n ? n : 1;
        text = bytes_slice(text, n ? n : 1, text.n);
    }
    return piece;
}

/* By the address alone: all its ports are in the group, or none. */
static bool is_held_out(const struct store *s, const unsigned char ip[STORE_IP])
{
    unsigned char hash[16];
    uint32_t n = 0;
    keyed_hash(s->key, bytes_at(ip, STORE_IP), hash, sizeof hash);
    memcpy(&n, hash, sizeof n);
    return n % 10000 < s->holdout;
}

bool store_import_put(struct store_import *i, const struct store_sighting *sighting,
                      struct fail *fail)
{
    if (i->count == STORE_BATCH && !store_import_flush(i, fail))
        return false;
    struct row *r = &i->rows[i->count];
    store_ip(&sighting->addr, r->ip);
    r->port = sighting->addr.port;
    r->holdout = i->store->holdout > 0 && is_held_out(i->store, r->ip);
    r->priority = (unsigned char)sighting->priority;
    r->when = sighting->when;
    r->name = keep(i, sighting->name, STORE_NAME);
    r->country = keep(i, sighting->country, 2);
    r->network = keep(i, sighting->network, STORE_NETWORK);
    r->source = keep(i, sighting->source, STORE_SOURCE);
    r->said = keep(i, sighting->said, STORE_SAID);
    if (i->texts.overflow)
        return fail_set(fail, "ENOMEM", "no memory for a batch");
    i->count++;
    return true;
}

/* ---- writing a batch ---- */

static struct bytes text_of(const struct store_import *i, struct piece p)
{
    return bytes_at(i->texts.p + p.at, p.n);
}

/* Of both texts together: they stand one behind the other. */
static uint64_t claim_hash(const struct store_import *i, const struct row *r)
{
    unsigned char hash[16];
    uint64_t n = 0;
    struct bytes both = bytes_at(i->texts.p + r->source.at, r->source.n + r->said.n);
    unsigned char key[KEYED_KEY];
    memcpy(key, i->store->key, sizeof key);
    key[0] ^= (unsigned char)r->source.n; /* where the one ends and the other begins */
    keyed_hash(key, both, hash, sizeof hash);
    memcpy(&n, hash, sizeof n);
    return n ? n : 1;
}

static bool find_claim(struct sql *db, struct bytes source, struct bytes said, int64_t *id,
                       struct fail *fail)
{
    const struct sql_value name[] = {sql_text(source)};
    int64_t source_id = 0;
    if (!sql_get(db,
                 "INSERT INTO sources (name) VALUES ($1)"
                 " ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id",
                 name, &source_id, fail))
        return false;
    const struct sql_value claim[] = {sql_number(source_id), sql_text(said)};
    return sql_get(db,
                   "INSERT INTO claims (source, said) VALUES ($1, $2)"
                   " ON CONFLICT (source, said) DO UPDATE SET said = excluded.said RETURNING id",
                   claim, id, fail);
}

static bool resolve_claims(struct store_import *i, struct sql *db, struct fail *fail)
{
    for (size_t k = 0; k < i->count; k++) {
        struct row *r = &i->rows[k];
        uint64_t hash = claim_hash(i, r);
        struct known_claim *known = &i->claims[hash & (CLAIM_PLACES - 1)];
        if (known->hash != hash) {
            known->hash = 0;
            if (!find_claim(db, text_of(i, r->source), text_of(i, r->said), &known->id, fail))
                return false;
            known->hash = hash;
        }
        r->claim = known->id;
    }
    return true;
}

static const struct staging staging = {
    .create = "CREATE TEMP TABLE IF NOT EXISTS staging (ip {blob} NOT NULL, port BIGINT NOT NULL,"
              " name TEXT NOT NULL, country TEXT NOT NULL, network TEXT NOT NULL,"
              " holdout BIGINT NOT NULL, priority BIGINT NOT NULL, said BIGINT NOT NULL,"
              " claim BIGINT NOT NULL); DELETE FROM staging",
    .columns = "staging (ip, port, name, country, network, holdout, priority, said, claim)",
    .width = 9,
};

static void put_row(const void *rows, size_t at, struct sql_value *v)
{
    const struct store_import *i = rows;
    const struct row *r = &i->rows[at];
    v[0] = sql_blob(bytes_at(r->ip, STORE_IP));
    v[1] = sql_number(r->port);
    v[2] = sql_text(text_of(i, r->name));
    v[3] = sql_text(text_of(i, r->country));
    v[4] = sql_text(text_of(i, r->network));
    v[5] = sql_number(r->holdout);
    v[6] = sql_number(r->priority);
    v[7] = sql_number(r->when);
    v[8] = sql_number(r->claim);
}

/* In the order of their keys: two who import at once don't wait for each other in a circle, and an index is walked
 * along. */
static const char merge_targets[] =
    "INSERT INTO targets (ip, port, name, country, network, holdout, priority, state, since,"
    " added, said, plan, verdict, weight, round)"
    " SELECT ip, port, max(name), max(country), max(network), max(holdout), min(priority), 0, $1,"
    " $1, max(said), 0, '', -1, 0 FROM staging WHERE true GROUP BY ip, port ORDER BY ip, port"
    " ON CONFLICT (ip, port) DO UPDATE SET said = {greatest}(targets.said, excluded.said),"
    " priority = {least}(targets.priority, excluded.priority),"
    " name = CASE WHEN excluded.name <> '' THEN excluded.name ELSE targets.name END,"
    " country = CASE WHEN excluded.country <> '' THEN excluded.country ELSE targets.country END,"
    " network = CASE WHEN excluded.network <> '' THEN excluded.network ELSE targets.network END";

static const char merge_sightings[] =
    "INSERT INTO sightings (target, claim, first, last, times)"
    " SELECT t.id, s.claim, min(s.said), max(s.said), count(*) FROM staging s"
    " JOIN targets t ON t.ip = s.ip AND t.port = s.port WHERE true"
    " GROUP BY t.id, s.claim ORDER BY t.id, s.claim"
    " ON CONFLICT (target, claim) DO UPDATE SET first = {least}(sightings.first, excluded.first),"
    " last = {greatest}(sightings.last, excluded.last), times = sightings.times + excluded.times";

struct batch {
    struct store_import *import;
    int64_t added;
    unsigned tries;
};

/* Notes that this batch is written; *before says that it was already, and its answer was lost. */
static bool note_batch(struct store_import *i, struct sql *db, int64_t added, bool *before,
                       struct fail *fail)
{
    const struct sql_value values[] = {sql_text(bytes_of(i->id)), sql_number(i->now),
                                       sql_number((int64_t)i->batch), sql_number((int64_t)i->count),
                                       sql_number(added)};
    if (!sql_run(db,
                 "INSERT INTO imports (id, begun, batch, sightings, added)"
                 " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET"
                 " batch = excluded.batch, sightings = imports.sightings + excluded.sightings,"
                 " added = imports.added + excluded.added WHERE imports.batch < excluded.batch",
                 values, NULL, NULL, fail))
        return false;
    *before = sql_changed(db) == 0;
    return true;
}

static bool write_batch(struct sql *db, void *arg, struct fail *fail)
{
    struct batch *b = arg;
    struct store_import *i = b->import;
    const struct sql_value now[] = {sql_number(i->now)};
    bool before = false;
    /* What was found when it was tried first has been undone with the rest. */
    if (b->tries++ > 0)
        memset(i->claims, 0, sizeof i->claims);
    return resolve_claims(i, db, fail) && staging_fill(db, &staging, i->count, put_row, i, fail) &&
           sql_get(db,
                   "SELECT count(*) FROM (SELECT DISTINCT ip, port FROM staging) s"
                   " LEFT JOIN targets t ON t.ip = s.ip AND t.port = s.port WHERE t.id IS NULL",
                   NULL, &b->added, fail) &&
           note_batch(i, db, b->added, &before, fail) &&
           (before || (sql_run(db, merge_targets, now, NULL, NULL, fail) &&
                       sql_run(db, merge_sightings, NULL, NULL, NULL, fail)));
}

bool store_import_flush(struct store_import *i, struct fail *fail)
{
    struct batch b = {.import = i};
    if (i->count == 0)
        return true;
    if (!sql_step(i->store->sql, write_batch, &b, fail)) {
        memset(i->claims, 0, sizeof i->claims);
        return false;
    }
    i->counts.sightings += i->count;
    i->counts.added += (unsigned long)b.added;
    i->count = 0;
    i->batch++;
    buf_clear(&i->texts);
    return true;
}
