#include "cli/zones.h"

#include "base/embedded.h"
#include "base/file.h"
#include "base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { ZONES_MOST = 1000, TABLE_LIMIT = 4 * 1024 * 1024 };

static const char *const kinds[] = {
    [ZONE_RELAY] = "relay", [ZONE_PROXY] = "proxy", [ZONE_OTHER] = "other"};

const char *zone_kind_name(enum zone_kind kind)
{
    return kinds[kind];
}

static bool parse_kind(const char *text, enum zone_kind *out)
{
    for (unsigned i = 0; text && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(text, kinds[i]) == 0) {
            *out = (enum zone_kind)i;
            return true;
        }
    return false;
}

/* A text of the entry, cut to size and made printable; false when it is missing, or no text. */
static bool take_text(const json_t *value, char *out, size_t size)
{
    const char *text = json_string_value(value);
    snprintf(out, size, "%s", text ? text : "");
    text_make_printable(out);
    return text != NULL;
}

static bool wrong(const struct zone *z, const char *what, struct fail *fail)
{
    return fail_set(fail, "EFORMAT", "%s: %s", z->zone[0] ? z->zone : "a list without a \"zone\"",
                    what);
}

static bool wrong_code(const struct zone *z, const char *key, const char *what, struct fail *fail)
{
    char code[64];
    char text[200];
    snprintf(code, sizeof code, "%s", key);
    text_make_printable(code);
    snprintf(text, sizeof text, "the code \"%s\": %s", code, what);
    return wrong(z, text, fail);
}

static struct zone_meaning *add_meaning(struct zone *z)
{
    return z->count < ZONE_MEANINGS ? &z->meanings[z->count++] : NULL;
}

/* "127.0.0.2" or, in a mask, "1". */
static bool take_code(const struct zone *z, const char *text, struct zone_meaning *m)
{
    unsigned long bit = 0;
    if (!z->is_mask)
        return addr_parse_ip(bytes_of(text), &m->code) && m->code.family == ADDR_IPV4 &&
               m->code.ip[0] == 127;
    if (!bytes_number(bytes_of(text), 128, &bit) || bit == 0 || (bit & (bit - 1)) != 0)
        return false;
    m->mask = (unsigned char)bit;
    return true;
}

/* `key`: the code that is being read, for who says where it stands; so in take_errors. */
static bool take_codes(struct zone *z, json_t *codes, const char **key_out, struct fail *fail)
{
    const char *key;
    json_t *value;
    if (codes && !json_is_object(codes))
        return wrong(z,
                     z->is_mask ? "\"mask\" is an object: {\"1\": [KIND, TEXT], ...}"
                                : "\"codes\" is an object: {\"127.0.0.2\": [KIND, TEXT], ...}",
                     fail);
    json_object_foreach(codes, key, value)
    {
        struct zone_meaning *m = add_meaning(z);
        *key_out = key;
        if (!m)
            return wrong_code(z, key, "a list has at most 48 codes and errors", fail);
        if (!take_code(z, key, m))
            return wrong_code(z, key,
                              z->is_mask ? "in a mask a code is a power of two, 1 to 128"
                                         : "a code is an address in 127.0.0.0/8",
                              fail);
        if (!parse_kind(json_string_value(json_array_get(value, 0)), &m->kind) ||
            !take_text(json_array_get(value, 1), m->text, sizeof m->text))
            return wrong_code(
                z, key, "a code's meaning is [\"relay\", \"proxy\" or \"other\", TEXT]", fail);
    }
    return true;
}

static bool take_errors(struct zone *z, json_t *errors, const char **key_out, struct fail *fail)
{
    const char *key;
    json_t *value;
    if (errors && !json_is_object(errors))
        return wrong(z, "\"errors\" is an object: {ADDRESS: TEXT, ...}", fail);
    json_object_foreach(errors, key, value)
    {
        struct zone_meaning *m = add_meaning(z);
        *key_out = key;
        if (!m)
            return wrong_code(z, key, "a list has at most 48 codes and errors", fail);
        if (!addr_parse_ip(bytes_of(key), &m->code) || !take_text(value, m->text, sizeof m->text))
            return wrong_code(z, key, "\"errors\" are addresses, each with a text", fail);
        m->is_error = true;
    }
    return true;
}

static bool take_families(struct zone *z, const json_t *families, struct fail *fail)
{
    for (size_t i = 0; i < json_array_size(families); i++) {
        const char *name = json_string_value(json_array_get(families, i));
        z->families[0] |= name && strcmp(name, "IPv4") == 0;
        z->families[1] |= name && strcmp(name, "IPv6") == 0;
    }
    return z->families[0] || z->families[1] ||
           wrong(z, "\"families\" is [\"IPv4\"], [\"IPv6\"] or both", fail);
}

static bool is_zone_name(const char *name)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
    size_t n = strlen(name);
    return n > 0 && strspn(name, allowed) == n && name[0] != '.' && name[n - 1] != '.' &&
           !strstr(name, "..");
}

static bool take_state(struct zone *z, const json_t *entry, struct fail *fail)
{
    const char *state = json_string_value(json_object_get(entry, "state"));
    bool alive = state && strcmp(state, "alive") == 0;
    z->closed = state && strcmp(state, "closed") == 0;
    take_text(json_object_get(entry, "note"), z->note, sizeof z->note);
    if (!alive && !z->closed)
        return wrong(z, "\"state\" is \"alive\" or \"closed\"", fail);
    return !z->closed || z->note[0] || wrong(z, "a closed list wants a \"note\"", fail);
}

static bool take_rate(struct zone *z, const json_t *rate, struct fail *fail)
{
    json_int_t value = rate ? json_integer_value(rate) : ZONE_RATE;
    if (value < 1 || value > 1000)
        return wrong(z, "\"rate\" is 1 to 1000 queries a second", fail);
    z->rate = (unsigned)value;
    return true;
}

/* `key`: see take_codes; NULL when something else of the entry is wrong. */
static bool take_entry(const json_t *entry, struct zone *z, const char **key, struct fail *fail)
{
    json_t *mask = json_object_get(entry, "mask");
    *z = (struct zone){.is_mask = mask != NULL};
    bool named = take_text(json_object_get(entry, "zone"), z->zone, sizeof z->zone);
    if (!named || !is_zone_name(z->zone))
        return wrong(z, "a \"zone\" is a domain name in small letters", fail);
    if (!take_text(json_object_get(entry, "name"), z->name, sizeof z->name))
        return wrong(z, "it has no \"name\"", fail);
    return take_state(z, entry, fail) &&
           take_families(z, json_object_get(entry, "families"), fail) &&
           take_rate(z, json_object_get(entry, "rate"), fail) &&
           take_codes(z, mask ? mask : json_object_get(entry, "codes"), key, fail) &&
           take_errors(z, json_object_get(entry, "errors"), key, fail);
}

/* zones->count when it is not there. */
static size_t index_of(const struct zones *zones, const char *zone)
{
    size_t i = 0;
    while (i < zones->count && strcasecmp(zones->all[i].zone, zone) != 0)
        i++;
    return i;
}

/* Its place: that of an earlier entry for the same zone, or a new one. */
static struct zone *place(struct zones *zones, const char *zone)
{
    size_t old = index_of(zones, zone);
    if (old < zones->count)
        return &zones->all[old];
    if (zones->count == ZONES_MOST)
        return NULL;
    struct zone *all = realloc(zones->all, (zones->count + 1) * sizeof *all);
    if (!all)
        return NULL;
    zones->all = all;
    return &all[zones->count++];
}

/* Where `"word"` stands in the text, from `at` on; BYTES_NOT_FOUND: nowhere, or in another spelling. */
static size_t find_word(struct bytes text, size_t at, const char *word)
{
    char quoted[ZONE_NAME + 2];
    int n = snprintf(quoted, sizeof quoted, "\"%s\"", word);
    size_t found = n > 0 && (size_t)n < sizeof quoted
                       ? bytes_find(bytes_slice(text, at, text.n), bytes_of(quoted))
                       : BYTES_NOT_FOUND;
    return found == BYTES_NOT_FOUND ? found : at + found;
}

/* The line of the table at which an entry's fault is to be looked for is put before it: that of the key, or of the zone's
 * name. JSON once read has no lines; so the words are searched. */
static bool blame_line(struct bytes text, const struct zone *z, const char *key, struct fail *fail)
{
    size_t at = find_word(text, 0, z->zone);
    if (at != BYTES_NOT_FOUND && key)
        at = find_word(text, at, key);
    if (at == BYTES_NOT_FOUND)
        return false;
    unsigned long line = 1;
    for (size_t i = 0; i < at; i++)
        line += text.p[i] == '\n';
    return fail_prefix(fail, "line %lu", line);
}

static bool take_table(struct zones *zones, const json_t *table, struct bytes text,
                       struct fail *fail)
{
    if (!json_is_array(table))
        return fail_set(fail, "EFORMAT", "a JSON array of lists is expected");
    for (size_t i = 0; i < json_array_size(table); i++) {
        struct zone z;
        const char *key = NULL;
        if (!take_entry(json_array_get(table, i), &z, &key, fail))
            return blame_line(text, &z, key, fail);
        struct zone *to = place(zones, z.zone);
        if (!to)
            return fail_set(fail, "ENOMEM", "at most %d lists", ZONES_MOST);
        *to = z;
    }
    return true;
}

static bool take_json(struct zones *zones, struct bytes text, const char *path, struct fail *fail)
{
    json_error_t error = {0};
    json_t *table =
        json_loadb(text.p ? (const char *)text.p : "", text.n, JSON_REJECT_DUPLICATES, &error);
    bool ok = table ? take_table(zones, table, text, fail)
                    : fail_set(fail, "EFORMAT", "line %d: %s", error.line, error.text);
    json_decref(table);
    return ok || fail_prefix(fail, "%s", path);
}

static bool take_file(struct zones *zones, const char *path, struct fail *fail)
{
    struct buf text = buf_new(TABLE_LIMIT);
    bool ok = file_read(path, &text, fail) && take_json(zones, buf_view(&text), path, fail);
    buf_free(&text);
    return ok;
}

bool zones_load(struct zones *zones, const char *const *paths, struct fail *fail)
{
    static const char own_path[] = "data/lists.json";
    const struct embedded *own = embedded_find(own_path);
    *zones = (struct zones){0};
    bool ok = take_json(zones, own ? own->content : bytes_of(""), own_path, fail);
    for (; ok && *paths; paths++)
        ok = take_file(zones, *paths, fail);
    if (!ok)
        zones_free(zones);
    return ok;
}

void zones_free(struct zones *zones)
{
    free(zones->all);
    *zones = (struct zones){0};
}

const struct zone *zones_find(const struct zones *zones, const char *zone)
{
    size_t i = index_of(zones, zone);
    return i < zones->count ? &zones->all[i] : NULL;
}

bool zone_takes(const struct zone *z, const struct addr *a)
{
    return z->families[a->family == ADDR_IPV6];
}

enum zone_answer zone_classify(const struct addr *answer)
{
    if (answer->family != ADDR_IPV4 || answer->ip[0] != 127)
        return ZONE_NONSENSE;
    return answer->ip[1] == 255 && answer->ip[2] == 255 ? ZONE_ERROR : ZONE_LISTED;
}

size_t zone_says(const struct zone *z, const struct addr *answer,
                 const struct zone_meaning *out[ZONE_SAYS_MOST])
{
    size_t n = 0;
    for (size_t i = 0; i < z->count && n < ZONE_SAYS_MOST; i++) {
        const struct zone_meaning *m = &z->meanings[i];
        if (m->mask ? (answer->ip[3] & m->mask) != 0 : addr_equal_ip(&m->code, answer))
            out[n++] = m;
    }
    return n;
}
