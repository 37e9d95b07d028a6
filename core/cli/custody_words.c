#include "cli/custody_words.h"

#include "net/loop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *key_words(const struct custody_record *r, const struct trust *keys)
{
    const struct trusted_key *key = keys ? trust_find(keys, r->key.id) : NULL;
    if (!key)
        return "a key that you have not said to trust";
    return key->name[0] ? key->name : "a key that you gave";
}

static void print_record(const struct custody_entry *e, const struct trust *keys,
                         const unsigned char file[SHA256_SIZE])
{
    char text[TIME_TEXT];
    char id[KEY_ID_TEXT];
    char hex[SHA256_HEX];
    const struct custody_record *r = &e->record;
    printf("%4lu  %s  %s, by %s%s%s\n", r->number, time_reader_text(r->at, text), r->event, r->by,
           r->to[0] ? ", to " : "", r->to);
    if (r->note[0])
        printf("      note    %s\n", r->note);
    printf("      signed  by key %s, %s\n", key_id_text(&r->key, id), key_words(r, keys));
    hash_hex(r->file, sizeof r->file, hex);
    if (memcmp(r->file, file, sizeof r->file) == 0)
        printf("      file    as it is now\n");
    else
        printf("      file    had SHA-256 %s: signatures or time-stamps were added since, or it "
               "was packed again\n",
               hex);
}

void custody_words_print(const struct custody *c, const struct trust *keys,
                         const unsigned char file[SHA256_SIZE])
{
    char hex[SHA256_HEX];
    const struct custody_entry *last = &c->entries[c->count - 1];
    for (size_t i = 0; i < c->count; i++)
        print_record(&c->entries[i], keys, file);
    hash_hex(last->digest, sizeof last->digest, hex);
    printf(
        "last  record %lu has SHA-256 %s\n"
        "      Keep that elsewhere: that no record was taken away behind it the bag can't show.\n",
        last->record.number, hex);
}

enum { KEYS_SHOWN = 10 };

/* Has one of the first `n` records this key? */
static bool signs_before(const struct custody *c, size_t n, const struct public_key *key)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(c->entries[i].record.key.id, key->id, sizeof key->id) == 0)
            return true;
    return false;
}

/* Anybody can make a key and sign with it: without the reader's own keys that is all there is to say. */
static void print_keys(const struct custody *c)
{
    char id[KEY_ID_TEXT];
    unsigned shown = 0;
    for (size_t i = 0; i < c->count && shown <= KEYS_SHOWN; i++) {
        const struct public_key *key = &c->entries[i].record.key;
        if (signs_before(c, i, key))
            continue;
        if (shown++ < KEYS_SHOWN)
            printf("              signed by key %s: nobody vouches for it\n", key_id_text(key, id));
        else
            printf("              and by further keys\n");
    }
}

static void print_line(const struct custody *c, const struct trust *keys)
{
    char text[TIME_TEXT];
    const struct custody_record *last = &c->entries[c->count - 1].record;
    printf("  custody     %zu record%s beside it, each after the one before; the last: %s, by %s, "
           "%s\n",
           c->count, c->count == 1 ? "" : "s", last->event, last->by,
           time_reader_text(last->at, text));
    if (keys && keys->count > 0)
        printf("              signed by keys that you trust\n");
    else
        print_keys(c);
}

static bool is_of_trust(const struct fail *fail)
{
    return strcmp(fail->code, "EKEY") == 0 || strcmp(fail->code, "ETRUST") == 0;
}

static bool look(struct custody_beside *b, const char *path, const struct bundle_report *report,
                 const struct trust *keys)
{
    b->is_there = access(path, F_OK) == 0 || errno != ENOENT;
    return !b->is_there ||
           (custody_read(path, &b->records, &b->why) &&
            custody_check(&b->records, report, keys, loop_now(), &b->why)) ||
           fail_prefix(&b->why, "%s", path);
}

void custody_words_look(const char *bundle, const struct bundle_report *report,
                        const struct trust *keys, struct custody_beside *out)
{
    *out = (struct custody_beside){.holds = false};
    char *path = custody_path(bundle);
    if (path)
        out->holds = look(out, path, report, keys);
    else
        fail_set(&out->why, "ENOMEM", "no memory");
    free(path);
}

void custody_words_line(const struct custody_beside *b, const struct trust *keys)
{
    if (!b->holds)
        printf("  custody     %s\n",
               is_of_trust(&b->why) ? "NOT signed by keys that you trust" : "does NOT hold");
    else if (b->is_there)
        print_line(&b->records, keys);
}

void custody_words_free(struct custody_beside *b)
{
    custody_free(&b->records);
}
