#include "evidence/trust.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { DAY_TEXT = 11 };

#define A_DAY (24 * 3600 * SPAN_SECOND)

const struct trusted_key *trust_find(const struct trust *t, const unsigned char key_id[8])
{
    for (unsigned i = 0; i < t->count; i++)
        if (memcmp(t->keys[i].key.id, key_id, sizeof t->keys[i].key.id) == 0)
            return &t->keys[i];
    return NULL;
}

static const struct trusted_key *find_same(const struct trust *t, const struct public_key *key)
{
    for (unsigned i = 0; i < t->count; i++)
        if (public_key_is_same(&t->keys[i].key, key))
            return &t->keys[i];
    return NULL;
}

/* Of two keys with one number no signature could tell which is meant; and who holds one key under two numbers would count as
 * two people. */
static bool add(struct trust *t, const struct trusted_key *key, struct fail *fail)
{
    char id[KEY_ID_TEXT];
    char other[KEY_ID_TEXT];
    const struct trusted_key *same = find_same(t, &key->key);
    if (trust_find(t, key->key.id))
        return fail_set(fail, "ETRUST", "the key %s is named twice", key_id_text(&key->key, id));
    if (same)
        return fail_set(fail, "ETRUST",
                        "the key %s is the key %s with another number: name it once",
                        key_id_text(&key->key, id), key_id_text(&same->key, other));
    if (t->count == TRUST_KEYS)
        return fail_set(fail, "ELIMIT", "more than %d keys", TRUST_KEYS);
    t->keys[t->count++] = *key;
    return true;
}

bool trust_add(struct trust *t, const char *path_or_line, struct fail *fail)
{
    struct trusted_key key = {.from = INT64_MIN, .until = INT64_MAX};
    return public_key_load(path_or_line, &key.key, fail) && add(t, &key, fail);
}

/* "2026-12-31": its first instant. */
static bool parse_day(struct bytes word, instant *out)
{
    char text[TIME_TEXT];
    if (word.n != DAY_TEXT - 1)
        return false;
    snprintf(text, sizeof text, "%.10sT00:00:00.000000Z", (const char *)word.p);
    return time_parse(bytes_of(text), out);
}

static bool is_open_end(struct bytes word)
{
    return bytes_equal_text(word, "-");
}

/* The next word of the line, which it is taken off. */
static struct bytes take_word(struct bytes *line)
{
    size_t n = 0;
    *line = bytes_trim(*line);
    while (n < line->n && line->p[n] != ' ' && line->p[n] != '\t')
        n++;
    struct bytes word = bytes_slice(*line, 0, n);
    *line = bytes_trim(bytes_slice(*line, n, line->n));
    return word;
}

static bool parse_days(struct bytes *line, struct trusted_key *key, struct fail *fail)
{
    struct bytes from = take_word(line);
    struct bytes until = take_word(line);
    if ((!is_open_end(from) && !parse_day(from, &key->from)) ||
        (!is_open_end(until) && !parse_day(until, &key->until)))
        return fail_set(fail, "EFORMAT",
                        "behind the key must stand from when and until when it is trusted: two "
                        "days like 2026-12-31, or - for no limit");
    if (!is_open_end(until))
        key->until += A_DAY;
    return key->from < key->until ||
           fail_set(fail, "EFORMAT", "trusted until a day before the one from which it is");
}

static bool parse_line(struct trust *t, struct bytes line, struct fail *fail)
{
    struct trusted_key key = {.from = INT64_MIN, .until = INT64_MAX};
    if (!public_key_parse(take_word(&line), &key.key, fail) || !parse_days(&line, &key, fail))
        return false;
    if (line.n >= sizeof key.name || !text_is_printable(line))
        return fail_set(fail, "EFORMAT", "the name must be printable, and shorter than %zu bytes",
                        sizeof key.name);
    if (line.n > 0)
        memcpy(key.name, line.p, line.n);
    return add(t, &key, fail);
}

bool trust_parse(struct trust *t, struct bytes text, struct fail *fail)
{
    for (unsigned number = 1; text.n > 0; number++) {
        size_t end = bytes_index(text, '\n', 0);
        struct bytes line = bytes_trim(bytes_slice(text, 0, end));
        text = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(text, end + 1, text.n);
        if (line.n > 0 && line.p[0] != '#' && !parse_line(t, line, fail))
            return fail_prefix(fail, "line %u", number);
    }
    return true;
}

static const char *day_text(instant when, char out[TIME_TEXT])
{
    time_text(when, out);
    out[DAY_TEXT - 1] = '\0';
    return out;
}

bool trust_holds(const struct trusted_key *key, instant signed_at, instant shown_at,
                 struct fail *fail)
{
    char id[KEY_ID_TEXT];
    char day[TIME_TEXT];
    char then[TIME_TEXT];
    key_id_text(&key->key, id);
    if (signed_at < key->from)
        return fail_set(fail, "ETRUST", "the key %s is trusted from %s on, and signed on %s", id,
                        day_text(key->from, day), day_text(signed_at, then));
    if (signed_at >= key->until)
        return fail_set(fail, "ETRUST", "the key %s was trusted until %s, and signed on %s", id,
                        day_text(key->until - 1, day), day_text(signed_at, then));
    return shown_at < key->until ||
           fail_set(fail, "ETRUST",
                    "the key %s was trusted until %s, and the time-stamp shows its signature only "
                    "on %s",
                    id, day_text(key->until - 1, day), day_text(shown_at, then));
}
