#include "pack/lock.h"

#include "base/json.h"
#include "base/text.h"
#include "pack/member.h"
#include "tape/object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOCK_FORMAT = 1 };

static bool read_version(const json_t *object, struct lock_version *out, struct fail *fail)
{
    struct public_key key;
    struct bytes digest = object_text(object, "sha256");
    struct bytes signer = object_text(object, "signer");
    if (!version_parse(object_text(object, "version"), &out->version, fail))
        return false;
    if (!member_digest(digest, out->sha256))
        return member_refuse(fail, "sha256");
    return (signer.n == 0 || public_key_parse(signer, &key, fail)) &&
           (member_copy(signer, out->signer, sizeof out->signer) || member_refuse(fail, "signer"));
}

static bool read_before(const json_t *object, struct lock_entry *e, struct fail *fail)
{
    size_t i;
    const json_t *one;
    const json_t *list = json_object_get(object, "before");
    if (!json_is_array(list) || json_array_size(list) > LOCK_BEFORE)
        return member_refuse(fail, "before");
    json_array_foreach(list, i, one)
    {
        if (!read_version(one, &e->before[e->before_count++], fail))
            return false;
    }
    return true;
}

static bool read_entry(const json_t *object, struct lock_entry *e, struct fail *fail)
{
    struct bytes name = object_text(object, "name");
    if (!manifest_is_name(name) || !member_copy(name, e->name, sizeof e->name))
        return member_refuse(fail, "name");
    e->pinned = json_is_true(json_object_get(object, "pinned"));
    return (member_copy(object_text(object, "from"), e->from, sizeof e->from) ||
            member_refuse(fail, "from")) &&
           (time_parse(object_text(object, "installed"), &e->installed) ||
            member_refuse(fail, "installed")) &&
           read_version(object, &e->now, fail) && read_before(object, e, fail);
}

static bool read_all(const json_t *object, struct lock *out, struct fail *fail)
{
    size_t i;
    const json_t *one;
    const json_t *list = json_object_get(object, "packs");
    if (json_integer_value(json_object_get(object, "lock")) != LOCK_FORMAT)
        return fail_set(fail, "EVERSION", "it is of another version of ajar");
    if (!json_is_array(list) || json_array_size(list) > LOCK_PACKS)
        return member_refuse(fail, "packs");
    json_array_foreach(list, i, one)
    {
        struct lock_entry *e = &out->entries[out->count];
        if (!read_entry(one, e, fail))
            return false;
        if (out->count > 0 && strcmp(out->entries[out->count - 1].name, e->name) >= 0)
            return member_refuse(fail, "the order of the names");
        out->count++;
    }
    return true;
}

static bool read_seen(const json_t *list, struct lock *out, struct fail *fail)
{
    size_t i;
    const json_t *one;
    if (!list)
        return true;
    if (!json_is_array(list) || json_array_size(list) > LOCK_SOURCES)
        return member_refuse(fail, "seen");
    json_array_foreach(list, i, one)
    {
        struct lock_seen *seen = &out->seen[out->seen_count++];
        struct bytes digest = object_text(one, "sha256");
        json_int_t serial = json_integer_value(json_object_get(one, "serial"));
        seen->serial = serial > 0 ? (unsigned long)serial : 0;
        if (!member_copy(object_text(one, "name"), seen->name, sizeof seen->name) || serial <= 0 ||
            !member_digest(digest, seen->sha256))
            return member_refuse(fail, "what was seen of a source");
    }
    return true;
}

bool lock_parse(struct bytes text, struct lock *out, struct fail *fail)
{
    memset(out, 0, sizeof *out);
    json_t *object = object_load_or(text, fail);
    bool ok = object && read_all(object, out, fail) &&
              read_seen(json_object_get(object, "seen"), out, fail);
    json_decref(object);
    return ok;
}

static void put_version(struct buf *out, const struct lock_version *v)
{
    char text[VERSION_TEXT];
    json_put_member_text(out, "version", version_text(&v->version, text));
    json_put_member_text(out, "sha256", v->sha256);
    json_put_member_text(out, "signer", v->signer);
}

static void put_entry(struct buf *out, const struct lock_entry *e)
{
    char time[TIME_TEXT];
    buf_put_byte(out, '{');
    json_put_member_text(out, "name", e->name);
    put_version(out, &e->now);
    json_put_member_text(out, "from", e->from);
    json_put_member_text(out, "installed", time_text(e->installed, time));
    json_put_name(out, "pinned");
    buf_put_text(out, e->pinned ? "true" : "false");
    json_put_name(out, "before");
    buf_put_byte(out, '[');
    for (unsigned i = 0; i < e->before_count; i++) {
        buf_put_text(out, i ? ",{" : "{");
        put_version(out, &e->before[i]);
        buf_put_byte(out, '}');
    }
    buf_put_text(out, "]}");
}

bool lock_put(struct buf *out, const struct lock *lock)
{
    buf_printf(out, "{\"lock\":%d,\"packs\":[", LOCK_FORMAT);
    for (unsigned i = 0; i < lock->count; i++) {
        buf_put_text(out, i ? ",\n" : "\n");
        put_entry(out, &lock->entries[i]);
    }
    buf_put_text(out, "],\"seen\":[");
    for (unsigned i = 0; i < lock->seen_count; i++) {
        buf_put_text(out, i ? ",\n{" : "\n{");
        json_put_member_text(out, "name", lock->seen[i].name);
        json_put_member_number(out, "serial", lock->seen[i].serial);
        json_put_member_text(out, "sha256", lock->seen[i].sha256);
        buf_put_byte(out, '}');
    }
    return buf_put_text(out, "]}\n") && !out->overflow;
}

static const struct lock_seen *seen_of(const struct lock *lock, const char *name)
{
    for (unsigned i = 0; i < lock->seen_count; i++)
        if (strcmp(lock->seen[i].name, name) == 0)
            return &lock->seen[i];
    return NULL;
}

bool lock_may_see(const struct lock *lock, const struct lock_seen *list, struct fail *fail)
{
    const struct lock_seen *last = seen_of(lock, list->name);
    if (!last || list->serial > last->serial)
        return true;
    if (list->serial < last->serial)
        return fail_set(fail, "EROLLBACK",
                        "it is number %lu, and number %lu was seen before: somebody shows you an "
                        "old list",
                        list->serial, last->serial);
    return strcmp(list->sha256, last->sha256) == 0 ||
           fail_set(fail, "EROLLBACK",
                    "it is number %lu, and another number %lu was seen before: there are two lists",
                    list->serial, last->serial);
}

bool lock_see(struct lock *lock, const struct lock_seen *list, struct fail *fail)
{
    for (unsigned i = 0; i < lock->seen_count; i++)
        if (strcmp(lock->seen[i].name, list->name) == 0) {
            lock->seen[i] = *list;
            return true;
        }
    if (lock->seen_count == LOCK_SOURCES)
        return fail_set(fail, "ELIMIT", "at most %d sources", LOCK_SOURCES);
    lock->seen[lock->seen_count++] = *list;
    return true;
}

bool lock_forget(struct lock *lock, const char *name)
{
    unsigned i = 0;
    while (i < lock->seen_count && strcmp(lock->seen[i].name, name) != 0)
        i++;
    if (i == lock->seen_count)
        return false;
    lock->seen_count--;
    memmove(&lock->seen[i], &lock->seen[i + 1], (lock->seen_count - i) * sizeof lock->seen[0]);
    return true;
}

struct lock_entry *lock_find(struct lock *lock, const char *name)
{
    for (unsigned i = 0; i < lock->count; i++)
        if (strcmp(lock->entries[i].name, name) == 0)
            return &lock->entries[i];
    return NULL;
}

bool lock_meets(struct lock *lock, const struct manifest *m, struct fail *fail)
{
    char version[VERSION_TEXT];
    for (unsigned n = 0; n < m->need_count; n++) {
        const struct manifest_need *need = &m->needs[n];
        const struct lock_entry *e = lock_find(lock, need->name);
        if (!e)
            return fail_set(fail, "EMISSING", "%s requires %s %s, which is not installed", m->name,
                            need->name, need->range_text);
        if (!version_is_within(&e->now.version, &need->range))
            return fail_set(fail, "EMISSING", "%s requires %s %s, and %s is installed", m->name,
                            need->name, need->range_text, version_text(&e->now.version, version));
    }
    return true;
}

/* In its place, by its name. */
static struct lock_entry *insert(struct lock *lock, const char *name)
{
    unsigned i = 0;
    if (lock->count == LOCK_PACKS)
        return NULL;
    while (i < lock->count && strcmp(lock->entries[i].name, name) < 0)
        i++;
    memmove(&lock->entries[i + 1], &lock->entries[i], (lock->count - i) * sizeof lock->entries[0]);
    lock->count++;
    lock->entries[i] = (struct lock_entry){.pinned = false};
    snprintf(lock->entries[i].name, MANIFEST_NAME, "%s", name);
    return &lock->entries[i];
}

static void remember(struct lock_entry *e)
{
    if (e->before_count == LOCK_BEFORE)
        e->before_count--;
    memmove(&e->before[1], &e->before[0], e->before_count * sizeof e->before[0]);
    e->before[0] = e->now;
    e->before_count++;
}

bool lock_set(struct lock *lock, const char *name, const struct lock_version *version,
              const char *from, instant now, struct fail *fail)
{
    struct lock_entry *e = lock_find(lock, name);
    if (e && strcmp(e->now.sha256, version->sha256) != 0)
        remember(e);
    if (!e && !(e = insert(lock, name)))
        return fail_set(fail, "ELIMIT", "at most %d packs can be installed", LOCK_PACKS);
    e->now = *version;
    e->installed = now;
    snprintf(e->from, sizeof e->from, "%s", from);
    text_make_printable(e->from);
    return true;
}

void lock_remove(struct lock *lock, struct lock_entry *entry)
{
    size_t i = (size_t)(entry - lock->entries);
    lock->count--;
    memmove(entry, entry + 1, (lock->count - i) * sizeof *entry);
}

bool lock_rollback(struct lock_entry *e)
{
    if (e->before_count == 0)
        return false;
    e->now = e->before[0];
    e->before_count--;
    memmove(&e->before[0], &e->before[1], e->before_count * sizeof e->before[0]);
    return true;
}
