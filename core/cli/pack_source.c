#include "cli/pack_source.h"

#include "cli/near.h"
#include "cli/operator_file.h"
#include "cli/pack_place.h"
#include "net/fetch.h"
#include "net/loop.h"
#include "pack/seal.h"

#include "base/file.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 64 * 1024, WHERE = SOURCE_PLACE + INDEX_FILE_NAME + 16 };

#define FETCH_TIME (60 * SPAN_SECOND)

/* ---- the file ---- */

static struct bytes take_word(struct bytes *line)
{
    size_t end = bytes_index(*line, ' ', 0);
    struct bytes word = bytes_slice(*line, 0, end);
    *line = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0)
                                   : bytes_trim(bytes_slice(*line, end + 1, line->n));
    return word;
}

static bool copy(struct bytes text, char *out, size_t size)
{
    if (text.n == 0 || text.n >= size || !text_is_printable(text))
        return false;
    memcpy(out, text.p, text.n);
    out[text.n] = '\0';
    return true;
}

static bool parse_line(struct pack_sources *s, struct bytes line, struct fail *fail)
{
    struct pack_source *one = &s->list[s->count];
    if (s->count == SOURCES_MOST)
        return fail_set(fail, "ELIMIT", "at most %d sources", SOURCES_MOST);
    *one = (struct pack_source){.name = ""};
    if (!copy(take_word(&line), one->name, sizeof one->name) ||
        !copy(take_word(&line), one->place, sizeof one->place))
        return fail_set(fail, "EFORMAT", "NAME PLACE KEY is wanted");
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->list[i].name, one->name) == 0)
            return fail_set(fail, "EFORMAT", "%s stands there twice", one->name);
    s->count++;
    return public_key_parse(line, &one->key, fail);
}

bool pack_sources_parse(struct pack_sources *s, struct bytes text, struct fail *fail)
{
    s->count = 0;
    for (unsigned number = 1; text.n > 0; number++) {
        size_t end = bytes_index(text, '\n', 0);
        struct bytes line = bytes_trim(bytes_slice(text, 0, end));
        text = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(text, end + 1, text.n);
        if (line.n > 0 && line.p[0] != '#' && !parse_line(s, line, fail))
            return fail_prefix(fail, "line %u", number);
    }
    return true;
}

struct pack_sources *pack_sources_load(struct fail *fail)
{
    char path[PACK_PLACE];
    struct buf text = buf_new(FILE_LIMIT);
    struct pack_sources *s = calloc(1, sizeof *s);
    bool ok = s ? operator_file_read(pack_place_sources(path), &text, fail)
                : fail_set(fail, "ENOMEM", "out of memory");
    if (ok && !pack_sources_parse(s, buf_view(&text), fail))
        ok = fail_prefix(fail, "%s", path);
    buf_free(&text);
    if (ok)
        return s;
    free(s);
    return NULL;
}

void pack_sources_free(struct pack_sources *s)
{
    for (size_t i = 0; s && i < s->count; i++)
        index_free(&s->list[i].index);
    free(s);
}

static bool is_same(const struct pack_source *a, const struct pack_source *b)
{
    return strcmp(a->name, b->name) == 0 && strcmp(a->place, b->place) == 0 &&
           public_key_is_same(&a->key, &b->key);
}

/* Only a text that is read as these again takes the old one's place. */
static bool reads_as(const struct pack_sources *s, struct bytes text, struct fail *fail)
{
    struct fail ignored;
    struct pack_sources *again = calloc(1, sizeof *again);
    if (!again)
        return fail_set(fail, "ENOMEM", "out of memory");
    bool same = pack_sources_parse(again, text, &ignored) && again->count == s->count;
    for (size_t i = 0; same && i < s->count; i++)
        same = is_same(&again->list[i], &s->list[i]);
    pack_sources_free(again);
    return same || fail_set(fail, "EUSAGE", "no line NAME PLACE KEY can be made of this");
}

bool pack_sources_save(const struct pack_sources *s, struct fail *fail)
{
    char path[PACK_PLACE];
    char key[PUBLIC_KEY_TEXT];
    struct buf text = buf_new(FILE_LIMIT);
    for (size_t i = 0; i < s->count; i++)
        buf_printf(&text, "%s %s %s\n", s->list[i].name, s->list[i].place,
                   public_key_text(&s->list[i].key, key));
    bool ok = reads_as(s, buf_view(&text), fail) &&
              operator_file_write(pack_place_sources(path), buf_view(&text), fail);
    buf_free(&text);
    return ok;
}

/* ---- what lies there ---- */

static void on_slow(const char *url)
{
    fprintf(stderr, "ajar pack: fetching %s: it is slow, and has %d seconds\n", url,
            (int)(FETCH_TIME / SPAN_SECOND));
}

static bool read_there(const struct pack_source *s, const char *name, const char *ending,
                       struct buf *out, struct fail *fail)
{
    char where[WHERE];
    snprintf(where, sizeof where, "%s/%s%s", s->place, name, ending);
    struct fetch f = {.url = where, .limit = FETCH_TIME, .on_slow = on_slow};
    return fetch_is_url(where) ? fetch_get(&f, out, fail) : file_read_regular(where, out, fail);
}

static bool note_seen(struct pack_source *s, struct bytes text, const struct lock *lock,
                      struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    sha256_of(text, digest);
    hash_hex(digest, sizeof digest, s->seen.sha256);
    snprintf(s->seen.name, sizeof s->seen.name, "%s", s->name);
    s->seen.serial = s->index.serial;
    return lock_may_see(lock, &s->seen, fail);
}

static bool check_index(struct pack_source *s, struct bytes text, struct bytes signature,
                        const struct lock *lock, struct fail *fail)
{
    if (!index_parse(text, &s->index, fail) ||
        !index_check(&s->index, text, signature, &s->key, loop_now(), fail))
        return false;
    if (strcmp(s->index.name, s->name) != 0)
        return fail_set(fail, "ESIGNATURE", "it is the list of %s", s->index.name);
    return note_seen(s, text, lock, fail);
}

static bool ask(struct pack_source *s, const struct lock *lock, struct fail *fail)
{
    struct buf text = buf_new(INDEX_LIMIT);
    struct buf signature = buf_new(SEAL_LIMIT);
    bool ok = read_there(s, INDEX_FILE, "", &text, fail) &&
              read_there(s, INDEX_FILE, SEAL_SUFFIX, &signature, fail);
    if (ok && !check_index(s, buf_view(&text), buf_view(&signature), lock, fail))
        ok = fail_prefix(fail, "%s/" INDEX_FILE, s->place);
    buf_free(&text);
    buf_free(&signature);
    return ok;
}

static bool ask_all(struct pack_sources *s, const struct lock *lock, struct fail *fail)
{
    if (s->count == 0)
        return fail_set(fail, "ENOENT",
                        "there are no sources: `ajar pack source add` names where packs come from");
    for (size_t i = 0; i < s->count; i++)
        if (!ask(&s->list[i], lock, fail))
            return false;
    return true;
}

static bool keep_seen(const struct pack_sources *s, struct fail *fail)
{
    struct pack_store *store = pack_place_open(true, fail);
    bool ok = store != NULL;
    for (size_t i = 0; ok && i < s->count; i++)
        ok = lock_may_see(&store->lock, &s->list[i].seen, fail) &&
             lock_see(&store->lock, &s->list[i].seen, fail);
    ok = ok && pack_store_commit(store, fail);
    pack_place_close(store);
    return ok;
}

struct pack_sources *pack_sources_now(struct fail *fail)
{
    struct pack_store *store = pack_place_open(false, fail);
    struct pack_sources *s = store ? pack_sources_load(fail) : NULL;
    bool ok = s && ask_all(s, &store->lock, fail) && keep_seen(s, fail);
    pack_place_close(store);
    if (ok)
        return s;
    pack_sources_free(s);
    return NULL;
}

/* A name that differs in a letter may be another's trap: it is said, never taken. */
static bool no_such(const struct pack_sources *s, const char *name, struct fail *fail)
{
    struct near near = near_to(name);
    for (size_t i = 0; i < s->count; i++)
        for (size_t p = 0; p < s->list[i].index.count; p++)
            near_try(&near, s->list[i].index.packs[p].name);
    if (near.best && strcmp(near.best, name) == 0)
        return fail_set(fail, "ENOENT", "%s: no source has a version of it that fits", name);
    return near.best
               ? fail_set(fail, "ENOENT", "%s: no source has it; is %s meant?", name, near.best)
               : fail_set(fail, "ENOENT", "%s: no source has it", name);
}

const struct index_pack *pack_sources_best(struct pack_sources *s, const char *name,
                                           const struct version_range *range,
                                           const struct pack_source **from, struct fail *fail)
{
    const struct index_pack *found = NULL;
    for (size_t i = 0; i < s->count; i++) {
        const struct index_pack *best = index_best(&s->list[i].index, name, range);
        if (best && found) {
            fail_set(fail, "EAMBIGUOUS", "%s: both %s and %s have it: install its file", name,
                     (*from)->name, s->list[i].name);
            return NULL;
        }
        if (best) {
            found = best;
            *from = &s->list[i];
        }
    }
    if (!found)
        no_such(s, name, fail);
    return found;
}

static bool is_what_it_should_be(const struct pack *p, const struct index_pack *what,
                                 struct fail *fail)
{
    return (strcmp(p->digest, what->sha256) == 0 && strcmp(p->manifest.name, what->name) == 0 &&
            version_compare(&p->manifest.version, &what->version) == 0) ||
           fail_set(fail, "ECHANGED", "it is not the file that the index names");
}

const char *pack_sources_revoked(const struct pack_sources *s, const struct public_key *key,
                                 const struct pack_source **by)
{
    const char *why = NULL;
    for (size_t i = 0; i < s->count && !why; i++) {
        *by = &s->list[i];
        why = index_revoked(&s->list[i].index, key);
    }
    return why;
}

const char *pack_sources_revoked_seal(const struct pack_sources *s, const struct pack *p,
                                      struct bytes signature, const struct pack_source **by)
{
    struct seal seal;
    struct fail ignored;
    for (size_t i = 0; i < s->count; i++) {
        const struct pack_index *index = &s->list[i].index;
        *by = &s->list[i];
        for (size_t r = 0; r < index->revoked_count; r++)
            if (seal_check(signature, p, &index->revoked[r].key, &seal, &ignored))
                return index->revoked[r].reason;
    }
    return NULL;
}

struct pack *pack_source_fetch(const struct pack_source *s, const struct index_pack *what,
                               struct buf *signature, struct fail *fail)
{
    struct buf bytes = buf_new(PACK_LIMIT);
    struct pack *p = NULL;
    if (read_there(s, what->file, "", &bytes, fail) &&
        read_there(s, what->file, SEAL_SUFFIX, signature, fail)) {
        p = pack_parse(buf_view(&bytes), fail);
        if (!p || !is_what_it_should_be(p, what, fail)) {
            fail_prefix(fail, "%s/%s", s->place, what->file);
            pack_free(p);
            p = NULL;
        }
    }
    buf_free(&bytes);
    return p;
}
