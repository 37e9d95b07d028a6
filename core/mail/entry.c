#include "mail/entry.h"

#include "base/json.h"
#include "base/text.h"

#include <jansson.h>
#include <stdio.h>

#define LONGEST (4 * 3600 * SPAN_SECOND)

static const char *const names[] = {[ENTRY_WAITING] = "waiting",
                                    [ENTRY_SENDING] = "sending",
                                    [ENTRY_SENT] = "sent",
                                    [ENTRY_FAILED] = "failed",
                                    [ENTRY_UNCERTAIN] = "uncertain"};

const char *entry_state_name(enum entry_state state)
{
    return names[state];
}

bool entry_is_name(struct bytes name)
{
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = name.p[i];
        bool is = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is && !(c == '-' || c == '_' || (c == '.' && i > 0)))
            return false;
    }
    return name.n > 0 && name.n < ENTRY_NAME;
}

static void put_time(struct buf *out, const char *name, instant when)
{
    char text[TIME_TEXT];
    if (when)
        json_put_member_text(out, name, time_text(when, text));
}

bool entry_put(struct buf *out, const struct entry *e)
{
    buf_put_byte(out, '{');
    json_put_member_text(out, "letter", e->name);
    json_put_member_text(out, "state", names[e->state]);
    json_put_member_text(out, "to", e->to);
    json_put_member_text(out, "sender", e->from);
    json_put_member_text(out, "message_id", e->id);
    if (e->digest[0])
        json_put_member_text(out, "sha256", e->digest);
    json_put_member_number(out, "tries", e->tries);
    put_time(out, "first", e->first);
    put_time(out, "last", e->last);
    put_time(out, "next", e->next);
    if (e->host[0])
        json_put_member_text(out, "smarthost", e->host);
    json_put_member_number(out, "code", e->code);
    json_put_member_text(out, "said", e->said);
    return buf_put_text(out, "}\n") && !out->overflow;
}

/* A member that may be missing; one that is no text, or too long, is wrong. */
static bool take_text(const json_t *o, const char *name, char *to, size_t size)
{
    const json_t *value = json_object_get(o, name);
    const char *text = json_string_value(value);
    to[0] = '\0';
    if (!value)
        return true;
    if (!text || json_string_length(value) >= size || strlen(text) != json_string_length(value))
        return false;
    memcpy(to, text, strlen(text) + 1);
    return text_is_printable(bytes_of(to));
}

static bool take_time(const json_t *o, const char *name, instant *to)
{
    const json_t *value = json_object_get(o, name);
    *to = 0;
    return !value || (json_is_string(value) && time_parse(bytes_of(json_string_value(value)), to));
}

static bool take_number(const json_t *o, const char *name, unsigned most, unsigned *to)
{
    const json_t *value = json_object_get(o, name);
    json_int_t number = json_integer_value(value);
    *to = (unsigned)number;
    return !value || (json_is_integer(value) && number >= 0 && number <= (json_int_t)most);
}

static bool take_state(const json_t *o, enum entry_state *to)
{
    const char *text = json_string_value(json_object_get(o, "state"));
    for (unsigned i = 0; text && i < sizeof names / sizeof names[0]; i++)
        if (strcmp(text, names[i]) == 0) {
            *to = (enum entry_state)i;
            return true;
        }
    return false;
}

static bool take(const json_t *o, struct entry *e)
{
    size_t hex = 0;
    bool ok = json_is_object(o) && take_state(o, &e->state) &&
              take_text(o, "letter", e->name, sizeof e->name) &&
              take_text(o, "to", e->to, sizeof e->to) &&
              take_text(o, "sender", e->from, sizeof e->from) &&
              take_text(o, "message_id", e->id, sizeof e->id) &&
              take_text(o, "sha256", e->digest, sizeof e->digest) &&
              take_number(o, "tries", 1000000, &e->tries) && take_time(o, "first", &e->first) &&
              take_time(o, "last", &e->last) && take_time(o, "next", &e->next) &&
              take_text(o, "smarthost", e->host, sizeof e->host) &&
              take_number(o, "code", 599, &e->code) &&
              take_text(o, "said", e->said, sizeof e->said);
    hex = ok ? strspn(e->digest, "0123456789abcdef") : 0;
    return ok && entry_is_name(bytes_of(e->name)) && (hex == 0 || hex == SHA256_HEX - 1) &&
           e->digest[hex] == '\0';
}

bool entry_get(struct bytes text, struct entry *out, struct fail *fail)
{
    *out = (struct entry){.name = ""};
    json_t *o = text.n <= ENTRY_LIMIT
                    ? json_loadb((const char *)text.p, text.n, JSON_REJECT_DUPLICATES, NULL)
                    : NULL;
    bool ok = o && take(o, out);
    json_decref(o);
    return ok || fail_set(fail, "EFORMAT", "it does not say what has become of a letter");
}

static span delay_of(const struct entry *e, const struct entry_patience *patience)
{
    span delay = patience->first;
    for (unsigned i = 1; i < e->tries && delay < LONGEST; i++)
        delay *= 2;
    return delay < LONGEST ? delay : LONGEST;
}

static void put_off(struct entry *e, instant now, const struct entry_patience *patience)
{
    e->next = now + delay_of(e, patience);
    if (now - e->first < patience->give_up)
        return;
    char said[SUBMIT_SAID];
    memcpy(said, e->said, sizeof said);
    snprintf(e->said, sizeof e->said, "given up after %u tries: %.400s", e->tries, said);
    e->state = ENTRY_FAILED;
    e->next = 0;
}

void entry_conclude(struct entry *e, const struct submit_outcome *outcome, instant now,
                    const struct entry_patience *patience)
{
    static const enum entry_state after[] = {
        [SUBMIT_NONE] = ENTRY_WAITING,   [SUBMIT_ACCEPTED] = ENTRY_SENT,
        [SUBMIT_REFUSED] = ENTRY_FAILED, [SUBMIT_LATER] = ENTRY_WAITING,
        [SUBMIT_BARRED] = ENTRY_WAITING, [SUBMIT_UNKNOWN] = ENTRY_UNCERTAIN};
    e->tries++;
    e->first = e->first ? e->first : now;
    e->last = now;
    e->next = 0;
    e->code = outcome->code;
    e->state = after[outcome->result];
    snprintf(e->said, sizeof e->said, "%s", outcome->said);
    if (e->state == ENTRY_WAITING)
        put_off(e, now, patience);
}
