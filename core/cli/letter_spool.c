#include "cli/letter_spool.h"

#include "base/file.h"
#include "base/file_batch.h"
#include "base/hash.h"
#include "cli/mail_source.h"
#include "mail/queue.h"
#include "proto/mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAITING_MOST = 512, SAME_NAME_MOST = 1000, FIRST_ROOM = 1024 };

#define NO_ID 0

/* Keys of Message-IDs and of names, in open addressing. */
struct keys {
    uint64_t *slots;
    size_t room, used;
};

struct spool {
    const char *source;
    bool is_file; /* a mailbox file: an empty line stands behind each mail */
    struct file_batch *files;
    struct keys keys;
    struct buf text;
    unsigned long taken;
    struct fail fail;
};

static uint64_t key_of(const char *kind, const char *text)
{
    unsigned char digest[SHA256_SIZE];
    uint64_t key;
    struct buf whole = buf_new(2 * ENVELOPE_ID);
    buf_printf(&whole, "%s %s", kind, text);
    sha256_of(buf_view(&whole), digest);
    buf_free(&whole);
    memcpy(&key, digest, sizeof key);
    return key == NO_ID ? 1 : key;
}

static bool grow(struct keys *k)
{
    size_t room = k->room ? 2 * k->room : FIRST_ROOM;
    uint64_t *slots = calloc(room, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < k->room; i++) {
        size_t at = k->slots[i] & (room - 1);
        while (k->slots[i] != NO_ID && slots[at] != NO_ID)
            at = (at + 1) & (room - 1);
        if (k->slots[i] != NO_ID)
            slots[at] = k->slots[i];
    }
    free(k->slots);
    k->slots = slots;
    k->room = room;
    return true;
}

/* False: it is there already, or no memory is left (*full). */
static bool add(struct keys *k, uint64_t key, bool *full)
{
    *full = 2 * (k->used + 1) > k->room && !grow(k);
    if (*full)
        return false;
    size_t at = key & (k->room - 1);
    for (; k->slots[at] != NO_ID; at = (at + 1) & (k->room - 1))
        if (k->slots[at] == key)
            return false;
    k->slots[at] = key;
    k->used++;
    return true;
}

bool letter_spool_of(const char *source, char folder[PATH_MAX])
{
    char part[PATH_MAX];
    struct stat st;
    size_t n = strlen(source);
    while (n > 1 && source[n - 1] == '/')
        n--;
    if (n + sizeof ".delivery" > PATH_MAX || stat(source, &st) != 0)
        return false;
    snprintf(folder, PATH_MAX, "%.*s.delivery", (int)n, source);
    if (!S_ISDIR(st.st_mode))
        return S_ISREG(st.st_mode);
    for (unsigned i = 0; i < 2; i++)
        if ((size_t)snprintf(part, sizeof part, "%.*s/%s", (int)n, source, i ? "new" : "cur") <
                sizeof part &&
            (stat(part, &st) != 0 || !S_ISDIR(st.st_mode)))
            return false;
    return true;
}

static bool know(void *arg, const struct queue_letter *l)
{
    struct spool *s = arg;
    bool full = false;
    add(&s->keys, key_of("name", l->e.name), &full);
    if (!full)
        add(&s->keys, key_of("id", l->e.id), &full);
    return !full || fail_set(&s->fail, "ENOMEM", "no memory for the letters' names");
}

/* With CRLF line ends. */
static bool take_text(struct spool *s, struct bytes mail)
{
    buf_clear(&s->text);
    if (s->is_file && bytes_ends(mail, "\n\n"))
        mail.n--;
    while (mail.n > 0) {
        size_t end = bytes_index(mail, '\n', 0);
        struct bytes line = bytes_slice(mail, 0, end);
        if (end != BYTES_NOT_FOUND && line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        buf_put(&s->text, line);
        if (end != BYTES_NOT_FOUND)
            buf_put_text(&s->text, "\r\n");
        mail = bytes_slice(mail, end == BYTES_NOT_FOUND ? mail.n : end + 1, mail.n);
    }
    return !s->text.overflow;
}

/* The first name of its case that no other letter has. */
static bool find_name(struct spool *s, const char *id, char out[ENTRY_NAME])
{
    struct bytes value;
    char base[ENTRY_NAME];
    bool full = false;
    bool has = mail_header(buf_view(&s->text), "X-Ajar-Case", 0, &value) &&
               entry_is_name(bytes_trim(value)) && bytes_trim(value).n < ENTRY_NAME - 6;
    value = has ? bytes_trim(value) : value;
    if (has)
        snprintf(base, sizeof base, "%.*s", (int)value.n, (const char *)value.p);
    else
        snprintf(base, sizeof base, "m-%016llx", (unsigned long long)key_of("id", id));
    for (unsigned i = 1; i < SAME_NAME_MOST && !full; i++) {
        if (i == 1)
            memcpy(out, base, sizeof base);
        else
            snprintf(out, ENTRY_NAME, "%.*s-%u", ENTRY_NAME - 6, base, i);
        if (add(&s->keys, key_of("name", out), &full))
            return true;
    }
    return false;
}

static bool refuse(const struct spool *s, const char *name, const char *why)
{
    fprintf(stderr, "ajar deliver: %s: %s: not sent: %s\n", s->source, name, why);
    return true;
}

static bool on_mail(void *arg, const char *name, struct bytes mail, bool cut, struct fail *fail)
{
    struct spool *s = arg;
    struct envelope envelope;
    struct fail ignored;
    char own[ENTRY_NAME];
    bool full = false;
    if (cut || !take_text(s, mail))
        return refuse(s, name, "it is too large");
    envelope_read(buf_view(&s->text), &envelope, &ignored);
    if (envelope.id[0] == '\0')
        return refuse(s, name, "it has no Message-ID: it is no letter of 'ajar notify'");
    if (!add(&s->keys, key_of("id", envelope.id), &full))
        return !full || fail_set(fail, "ENOMEM", "no memory for the letters' names");
    if (!find_name(s, envelope.id, own))
        return fail_set(fail, "ELIMIT", "%s: %s: too many letters have its name", s->source, name);
    s->taken++;
    return file_batch_put(s->files, own, buf_view(&s->text), fail);
}

static bool read_known(struct spool *s, const char *folder, struct fail *fail)
{
    struct queue *q = queue_open(folder, false, fail);
    bool ok = q && queue_each(q, know, s, fail);
    if (q && !ok && s->fail.code)
        *fail = s->fail;
    queue_close(q);
    return ok;
}

bool letter_spool_take(const char *source, const char *folder, unsigned long *taken,
                       struct fail *fail)
{
    struct stat st;
    struct spool s = {.source = source, .text = buf_new(SUBMIT_LETTER)};
    struct file_batch_order order = {
        .folder = folder, .ending = ".eml", .mode = 0600, .most = WAITING_MOST};
    s.is_file = stat(source, &st) == 0 && S_ISREG(st.st_mode);
    bool ok = file_directory(folder, fail) && read_known(&s, folder, fail);
    s.files = ok ? file_batch_new(&order, fail) : NULL;
    ok = s.files && mail_source_each(source, SUBMIT_LETTER, on_mail, &s, fail) &&
         file_batch_flush(s.files, fail);
    file_batch_free(s.files);
    free(s.keys.slots);
    buf_free(&s.text);
    *taken = s.taken;
    return ok;
}
