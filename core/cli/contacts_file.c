#include "cli/contacts_file.h"

#include "base/hash_file.h"
#include "base/json.h"
#include "cli/contacts_exchanges.h"
#include "contact/choice.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { CONTACTS_MOST = 1000000, SAID_MOST = 32 * 1024, SERVICE_MOST = 512, TAPED_MOST = 16 };

struct contacts_file {
    struct known_contact *all; /* ascending, once it is ready */
    size_t count;
    size_t room;
    char digest[SHA256_HEX]; /* of the file */
    struct contacts_exchanges *exchanges;
};

struct contacts_file *contacts_file_new(void)
{
    struct contacts_file *c = calloc(1, sizeof *c);
    if (c && (c->exchanges = contacts_exchanges_new()))
        return c;
    free(c);
    return NULL;
}

void contacts_file_free(struct contacts_file *c)
{
    for (size_t i = 0; c && i < c->count; i++) {
        free(c->all[i].said);
        free(c->all[i].all);
    }
    if (c) {
        free(c->all);
        contacts_exchanges_free(c->exchanges);
    }
    free(c);
}

static int compare(const struct addr *a, const struct addr *b)
{
    return a->family != b->family ? a->family - b->family : memcmp(a->ip, b->ip, sizeof a->ip);
}

/* Where the address stands, or would stand. */
static size_t place_of(const struct contacts_file *c, const struct addr *address)
{
    size_t from = 0, to = c->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare(&c->all[middle].address, address) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static int compare_lines(const void *a, const void *b)
{
    const struct known_contact *one = a, *other = b;
    int order = compare(&one->address, &other->address);
    return order ? order : (one->number > other->number) - (one->number < other->number);
}

void contacts_file_ready(struct contacts_file *c)
{
    size_t n = 0;
    if (c->count > 0)
        qsort(c->all, c->count, sizeof *c->all, compare_lines);
    for (size_t i = 0; i < c->count; i++) {
        if (i + 1 < c->count && compare(&c->all[i].address, &c->all[i + 1].address) == 0) {
            free(c->all[i].said);
            free(c->all[i].all);
        } else {
            c->all[n++] = c->all[i];
        }
    }
    c->count = n;
}

const struct known_contact *contacts_file_find(const struct contacts_file *c,
                                               const struct addr *address)
{
    struct addr wanted = *address;
    wanted.port = 0;
    size_t i = place_of(c, &wanted);
    return i < c->count && compare(&c->all[i].address, &wanted) == 0 ? &c->all[i] : NULL;
}

static bool keep(struct contacts_file *c, const struct known_contact *k, struct fail *fail)
{
    if (c->count == c->room) {
        size_t room = c->room ? 2 * c->room : 16;
        struct known_contact *all =
            room <= 2 * (size_t)CONTACTS_MOST ? realloc(c->all, room * sizeof *all) : NULL;
        if (!all)
            return fail_set(fail, "ELIMIT", "no memory, or over %d addresses", CONTACTS_MOST);
        c->all = all;
        c->room = room;
    }
    c->all[c->count] = *k;
    c->all[c->count].number = c->count;
    c->count++;
    return true;
}

static struct bytes text_of(const json_t *value)
{
    const char *text = json_string_value(value);
    return text ? bytes_at(text, json_string_length(value)) : bytes_at(NULL, 0);
}

/* Of several: those that are mailboxes, each once. NULL: no memory. */
static char *join_to(const json_t *to)
{
    struct contact_answer a = {0};
    struct buf all = buf_new(CONTACTS_TO * (MAILBOX_TEXT + 2));
    for (size_t i = 0; i < json_array_size(to); i++)
        answer_add(&a, text_of(json_array_get(to, i)), CONTACT_ABUSE);
    for (size_t i = 0; i < a.count && i < CONTACTS_TO; i++)
        buf_printf(&all, "%s%s", i ? ", " : "", a.contacts[i].address);
    const char *text = buf_text(&all);
    char *copy = text ? strdup(text) : NULL;
    buf_free(&all);
    return copy;
}

static bool take_to(struct known_contact *k, const json_t *to)
{
    if (!json_is_array(to))
        return false;
    if (json_array_size(to) == 0)
        return true;
    if (!mailbox_take(text_of(json_array_get(to, 0)), k->to))
        return false;
    return json_array_size(to) == 1 || (k->all = join_to(to)) != NULL;
}

static bool take_languages(struct known_contact *k, const json_t *list)
{
    struct contact_answer a = {0};
    size_t n = 0;
    if (!json_is_array(list) || json_array_size(list) > ANSWER_LANGUAGES)
        return false;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!answer_add_language(&a, text_of(json_array_get(list, i))))
            return false;
    for (size_t i = 0; i < a.language_count; i++)
        n += (size_t)snprintf(k->languages + n, sizeof k->languages - n, "%s%s", i ? ", " : "",
                              a.languages[i]);
    return true;
}

/* What the source has said by which the addresses were chosen: who, when, and where that is on the tape. */
static void put_source(struct buf *out, const json_t *object, const char *name)
{
    const json_t *all = json_object_get(object, "sources");
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *one = json_array_get(all, i);
        const json_t *taped = json_object_get(one, "exchanges");
        struct bytes asked = text_of(json_object_get(one, "asked"));
        struct bytes service = text_of(json_object_get(one, "service"));
        instant when;
        if (!bytes_equal_text(text_of(json_object_get(one, "source")), name))
            continue;
        if (service.n > 0)
            json_put_member(out, "service", bytes_slice(service, 0, SERVICE_MOST));
        if (time_parse(asked, &when))
            json_put_member(out, "asked", asked);
        json_put_name(out, "exchanges");
        for (size_t k = 0; k < json_array_size(taped) && k < TAPED_MOST; k++) {
            json_int_t n = json_integer_value(json_array_get(taped, k));
            buf_put_byte(out, k ? ',' : '[');
            buf_put_number(out, n > 0 ? (uint64_t)n : 0);
        }
        buf_put_text(out, json_array_size(taped) > 0 ? "]" : "[]");
        return;
    }
}

/* Of addresses and languages: those that are. */
static void put_texts(struct buf *out, const char *name, const json_t *list, bool mailboxes)
{
    struct contact_answer a = {0};
    bool first = true;
    json_put_name(out, name);
    buf_put_byte(out, '[');
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct bytes text = text_of(json_array_get(list, i));
        if (mailboxes ? !answer_add(&a, text, CONTACT_ABUSE) : !answer_add_language(&a, text))
            continue;
        if (!first)
            buf_put_byte(out, ',');
        json_put_string(out, text);
        first = false;
    }
    buf_put_byte(out, ']');
}

/* Without its end: see contacts_file_said. */
static char *say(const json_t *object)
{
    struct buf out = buf_new(SAID_MOST);
    enum contact_source from;
    buf_put_byte(&out, '{');
    put_texts(&out, "to", json_object_get(object, "to"), true);
    if (contact_source_parse(text_of(json_object_get(object, "to_from")), &from)) {
        json_put_member_text(&out, "to_from", contact_source_name(from));
        put_source(&out, object, contact_source_name(from));
    }
    put_texts(&out, "languages", json_object_get(object, "languages"), false);
    if (json_is_true(json_object_get(object, "opted_out"))) {
        json_put_name(&out, "opted_out");
        buf_put_text(&out, "true");
    }
    const char *text = out.overflow ? NULL : buf_text(&out);
    char *copy = text ? strdup(text) : NULL;
    buf_free(&out);
    return copy;
}

size_t contacts_file_to(const struct known_contact *k, char out[ANSWER_CONTACTS][MAILBOX_TEXT])
{
    struct contact_answer a = {0};
    char *whole = NULL;
    if (!k->said || asprintf(&whole, "%s}", k->said) < 0)
        return 0;
    json_t *object = json_loads(whole, 0, NULL);
    const json_t *list = json_object_get(object, "to");
    for (size_t i = 0; i < json_array_size(list); i++)
        answer_add(&a, text_of(json_array_get(list, i)), CONTACT_ABUSE);
    for (size_t i = 0; i < a.count; i++)
        memcpy(out[i], a.contacts[i].address, MAILBOX_TEXT);
    json_decref(object);
    free(whole);
    return a.count;
}

/* The lines of the tape by which it was found out; their digest, or that they are not there, stands in `said`. */
static char *put_exchanges(const struct contacts_file *c, const struct known_contact *k,
                           struct buf *said)
{
    unsigned char raw[SHA256_SIZE];
    char hex[SHA256_HEX];
    struct buf lines = buf_new(RUN_EXCHANGES);
    const char *text = NULL;
    if (contacts_exchanges_put(c->exchanges, k->said, &lines) && lines.n > 0)
        text = buf_text(&lines);
    char *copy = text && strlen(text) == lines.n ? strdup(text) : NULL;
    if (copy) {
        sha256_of(buf_view(&lines), raw);
        hash_hex(raw, sizeof raw, hex);
        json_put_member_text(said, "exchanges_sha256", hex);
    } else if (lines.n > 0 || lines.overflow) {
        json_put_name(said, "exchanges_left_out");
        buf_put_text(said, "true");
    }
    buf_free(&lines);
    return copy;
}

char *contacts_file_said(const struct contacts_file *c, const struct addr *address,
                         char **exchanges)
{
    const struct known_contact *k = contacts_file_find(c, address);
    struct buf said = buf_new(SAID_MOST + 256);
    *exchanges = NULL;
    if (!k)
        return NULL;
    buf_put_text(&said, k->said);
    *exchanges = put_exchanges(c, k, &said);
    json_put_member_text(&said, "file_sha256", c->digest);
    buf_put_byte(&said, '}');
    const char *text = said.overflow ? NULL : buf_text(&said);
    char *copy = text ? strdup(text) : NULL;
    buf_free(&said);
    return copy;
}

static bool take_object(struct contacts_file *c, const json_t *object, uint64_t at,
                        struct fail *fail)
{
    struct known_contact k = {.opted_out = json_is_true(json_object_get(object, "opted_out"))};
    const json_t *exchange = json_object_get(object, "exchange");
    if (json_is_integer(exchange))
        return contacts_exchanges_note(c->exchanges, json_integer_value(exchange), at, fail);
    if (json_is_integer(json_object_get(object, "contacts")))
        return true; /* the head of a tape */
    if (!addr_parse_ip(text_of(json_object_get(object, "address")), &k.address) ||
        !take_to(&k, json_object_get(object, "to")) ||
        !take_languages(&k, json_object_get(object, "languages"))) {
        free(k.all);
        return fail_set(fail, "EFORMAT", "this is no line of 'ajar contact --json'");
    }
    k.said = say(object);
    if (k.said && keep(c, &k, fail))
        return true;
    if (!k.said)
        fail_set(fail, "ENOMEM", "out of memory for contacts");
    free(k.said);
    free(k.all);
    return false;
}

bool contacts_file_line(struct contacts_file *c, struct bytes line, uint64_t at, struct fail *fail)
{
    json_t *object = json_loadb(line.n ? (const char *)line.p : "", line.n,
                                JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    bool ok = json_is_object(object)
                  ? take_object(c, object, at, fail)
                  : fail_set(fail, "EFORMAT", "this is no line of 'ajar contact --json'");
    json_decref(object);
    return ok;
}

static bool read_all(struct contacts_file *c, FILE *file, const char *path, struct fail *fail)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    uint64_t at = 0;
    bool ok = true;
    for (unsigned long number = 1; ok && (n = getline(&line, &room, file)) >= 0; number++) {
        struct bytes text = bytes_trim(bytes_at(line, (size_t)n));
        ok = text.n == 0 || contacts_file_line(c, text, at, fail) ||
             fail_prefix(fail, "%s:%lu", path, number);
        at += (uint64_t)n;
    }
    free(line);
    return ok && (!ferror(file) || fail_set(fail, "EIO", "%s can't be read", path));
}

struct contacts_file *contacts_file_load(const char *path, struct fail *fail)
{
    struct contacts_file *c = contacts_file_new();
    FILE *file = fopen(path, "re");
    if (!file)
        fail_errno(fail, errno, path);
    else if (!c)
        fail_set(fail, "ENOMEM", "out of memory for %s", path);
    bool ok = file && c && sha256_file(path, c->digest, fail) && read_all(c, file, path, fail);
    if (ok) {
        contacts_file_ready(c);
        contacts_exchanges_keep(c->exchanges, file);
        return c;
    }
    if (file)
        fclose(file);
    contacts_file_free(c);
    return NULL;
}
