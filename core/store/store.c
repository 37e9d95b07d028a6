#include "store/store_inside.h"

#include "base/random.h"
#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { ID_BYTES = 16, PLACE_MOST = 4096, HEX_KEY = 2 * KEYED_KEY + 1 };

bool store_is_shared(const char *place)
{
    struct bytes p = bytes_of(place);
    return bytes_starts_nocase(p, "postgresql://") || bytes_starts_nocase(p, "postgres://");
}

/* A password may hold one itself. */
static size_t last_at(struct bytes b, size_t from)
{
    size_t found = BYTES_NOT_FOUND;
    for (size_t i = bytes_index(b, '@', from); i != BYTES_NOT_FOUND; i = bytes_index(b, '@', i + 1))
        found = i;
    return found;
}

const char *store_place_text(const char *place, char out[STORE_PLACE_SHOWN])
{
    struct bytes p = bytes_of(place);
    size_t user = store_is_shared(place) ? bytes_find(p, bytes_of("://")) + 3 : BYTES_NOT_FOUND;
    size_t query = user == BYTES_NOT_FOUND ? user : bytes_index(p, '?', user);
    /* What stands behind a question mark may hold one, too. */
    size_t end = query == BYTES_NOT_FOUND ? p.n : query;
    size_t at = user == BYTES_NOT_FOUND ? user : last_at(bytes_slice(p, 0, end), user);
    size_t colon = at == BYTES_NOT_FOUND ? at : bytes_index(bytes_slice(p, 0, at), ':', user);
    if (colon != BYTES_NOT_FOUND)
        snprintf(out, STORE_PLACE_SHOWN, "%.*s%.*s", (int)colon, place, (int)(end - at),
                 place + at);
    else
        snprintf(out, STORE_PLACE_SHOWN, "%.*s", (int)end, place);
    return out;
}

bool store_may_return(const struct fail *fail)
{
    static const char *const codes[] = {"EGONE", "ELOCKED", "ENOSPC"};
    for (size_t i = 0; fail->code && i < sizeof codes / sizeof codes[0]; i++)
        if (strcmp(fail->code, codes[i]) == 0)
            return true;
    return false;
}

void store_ip(const struct addr *a, unsigned char out[STORE_IP])
{
    struct addr plain = addr_unmapped(*a);
    memset(out, 0, STORE_IP);
    if (plain.family == ADDR_IPV4) {
        memset(out + 10, 0xff, 2);
        memcpy(out + 12, plain.ip, 4);
    } else {
        memcpy(out, plain.ip, STORE_IP);
    }
}

struct addr store_addr(struct bytes ip, int64_t port)
{
    struct addr a = {.family = ADDR_IPV6, .port = (uint16_t)port};
    memcpy(a.ip, ip.p, ip.n < STORE_IP ? ip.n : STORE_IP);
    return addr_unmapped(a);
}

void store_copy(char *out, size_t size, struct sql_value column)
{
    size_t n = column.bytes.n < size ? column.bytes.n : size - 1;
    if (n > 0)
        memcpy(out, column.bytes.p, n);
    out[n] = '\0';
}

bool store_now(struct store *s, instant *now, struct fail *fail)
{
    return sql_get(s->sql, "SELECT {now}", NULL, now, fail);
}

/* ---- what is known of the campaign ---- */

struct meta {
    struct store_about about;
    char key[HEX_KEY];
};

static bool take_meta(void *arg, const struct sql_value *columns, struct fail *fail)
{
    struct meta *m = arg;
    char number[24];
    (void)fail;
    store_copy(number, sizeof number, columns[1]);
    if (bytes_equal_text(columns[0].bytes, "name"))
        store_copy(m->about.name, sizeof m->about.name, columns[1]);
    else if (bytes_equal_text(columns[0].bytes, "id"))
        store_copy(m->about.id, sizeof m->about.id, columns[1]);
    else if (bytes_equal_text(columns[0].bytes, "key"))
        store_copy(m->key, sizeof m->key, columns[1]);
    else if (bytes_equal_text(columns[0].bytes, "holdout"))
        m->about.holdout = (unsigned)strtoul(number, NULL, 10);
    else if (bytes_equal_text(columns[0].bytes, "schema"))
        m->about.version = (unsigned)strtoul(number, NULL, 10);
    else if (bytes_equal_text(columns[0].bytes, "created"))
        m->about.created = strtoll(number, NULL, 10);
    return true;
}

static bool read_meta(struct sql *db, struct meta *m, struct fail *fail)
{
    *m = (struct meta){0};
    return sql_run(db, "SELECT name, value FROM meta", NULL, take_meta, m, fail);
}

bool store_about(struct store *s, struct store_about *out, struct fail *fail)
{
    struct meta m;
    if (!read_meta(s->sql, &m, fail))
        return false;
    *out = m.about;
    return true;
}

/* What the store itself needs of it. */
static bool learn(struct store *s, struct fail *fail)
{
    struct meta m;
    if (!read_meta(s->sql, &m, fail))
        return false;
    for (size_t i = 0; i < KEYED_KEY; i++) {
        char pair[3] = {m.key[2 * i], m.key[2 * i + 1], '\0'};
        s->key[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
    s->holdout = m.about.holdout;
    return true;
}

/* ---- making one ---- */

static bool put_meta(struct sql *db, const char *name, const char *value, struct fail *fail)
{
    const struct sql_value values[] = {sql_text(bytes_of(name)), sql_text(bytes_of(value))};
    return sql_run(db, "INSERT INTO meta (name, value) VALUES ($1, $2)", values, NULL, NULL, fail);
}

static bool put_random(struct sql *db, const char *name, size_t n, struct fail *fail)
{
    unsigned char bytes[KEYED_KEY];
    char hex[HEX_KEY];
    random_bytes(bytes, n);
    hash_hex(bytes, n, hex);
    return put_meta(db, name, hex, fail);
}

static bool describe(struct sql *db, void *arg, struct fail *fail)
{
    const struct store_new *about = arg;
    char holdout[24];
    char created[24];
    int64_t named = 0;
    snprintf(holdout, sizeof holdout, "%u", about->holdout);
    snprintf(created, sizeof created, "%lld", (long long)about->now);
    if (!sql_run(db, "SELECT {alone}", NULL, NULL, NULL, fail) ||
        !sql_get(db, "SELECT count(*) FROM meta WHERE name = 'id'", NULL, &named, fail))
        return false;
    if (named)
        return fail_set(fail, "EEXIST", "there is a campaign already");
    return put_random(db, "id", ID_BYTES, fail) && put_random(db, "key", KEYED_KEY, fail) &&
           put_meta(db, "name", about->name, fail) && put_meta(db, "holdout", holdout, fail) &&
           put_meta(db, "created", created, fail);
}

/* The database's own name: a folder has a file. */
static struct sql *open_sql(const char *place, bool create, struct fail *fail)
{
    char file[PLACE_MOST];
    if (store_is_shared(place))
        return sql_open(place, create, fail);
    snprintf(file, sizeof file, "%s/campaign.db", place);
    struct sql *sql = sql_open(file, create, fail);
    if (!sql && !create && strcmp(fail->code, "ENOENT") == 0)
        fail_set(fail, "ENOENT", "no campaign is there: 'ajar campaign new' makes one");
    if (!sql && create && strcmp(fail->code, "EEXIST") == 0)
        fail_set(fail, "EEXIST", "there is a campaign already");
    return sql;
}

static struct store *fail_place(struct store *s, const char *place, struct fail *fail)
{
    char shown[STORE_PLACE_SHOWN];
    fail_prefix(fail, "%s", store_place_text(place, shown));
    store_close(s);
    return NULL;
}

static struct store *begin(const char *place, bool create, struct fail *fail)
{
    struct store *s = calloc(1, sizeof *s);
    if (!s) {
        fail_set(fail, "ENOMEM", "no memory for a campaign");
        return NULL;
    }
    s->sql = open_sql(place, create, fail);
    return s->sql ? s : fail_place(s, place, fail);
}

struct store *store_create(const char *place, const struct store_new *about, struct fail *fail)
{
    struct store_new told = *about;
    struct store *s = begin(place, true, fail);
    if (!s)
        return NULL;
    if (!schema_upgrade(s->sql, schema_newest(), fail) ||
        !sql_step(s->sql, describe, &told, fail) || !learn(s, fail))
        return fail_place(s, place, fail);
    return s;
}

struct store *store_open(const char *place, struct fail *fail)
{
    unsigned version = 0;
    struct store *s = begin(place, false, fail);
    if (!s)
        return NULL;
    bool ok = schema_version(s->sql, &version, fail);
    if (ok && version == 0)
        ok = fail_set(fail, "EFORMAT",
                      "no campaign is in this database: 'ajar campaign new' makes one");
    if (ok && version != schema_newest())
        ok = schema_upgrade(s->sql, schema_newest(), fail);
    return ok && learn(s, fail) ? s : fail_place(s, place, fail);
}

void store_close(struct store *s)
{
    if (!s)
        return;
    sql_close(s->sql);
    free(s);
}
