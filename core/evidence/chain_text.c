#include "evidence/chain_text.h"

#include "evidence/fields.h"

#include <limits.h>

#define KIND "ajar-chain/2"

bool chain_text_put_head(struct buf *out, const struct public_key *key)
{
    char id[KEY_ID_TEXT];
    return buf_printf(out, KIND " %s\n", key_id_text(key, id));
}

bool chain_text_put_sealing(struct buf *out, const struct chain_entry *entry)
{
    char hex[SHA256_HEX];
    hash_hex(entry->head, SHA256_SIZE, hex);
    return buf_printf(out, "sealing %lu %s %lu %s\n", entry->number, hex, entry->cases,
                      entry->path);
}

static bool parse_number(struct bytes text, unsigned long *out)
{
    return bytes_number(text, ULONG_MAX - 1, out);
}

static bool parse_sealing(struct bytes value, struct chain_state *s)
{
    struct chain_entry *e = &s->pending;
    struct bytes number = fields_word(&value);
    struct bytes head = fields_word(&value);
    struct bytes cases = fields_word(&value);
    if (e->number != 0 || value.n == 0 || value.n >= sizeof e->path ||
        memchr(value.p, '\0', value.n) || !parse_number(number, &e->number) ||
        !fields_hex(head, e->head, SHA256_SIZE) || !parse_number(cases, &e->cases))
        return false;
    memcpy(e->path, value.p, value.n);
    e->path[value.n] = '\0';
    bool first = s->last.number == 0 && !s->begun;
    s->begun = true;
    return first ? e->number > 0 : e->number == s->last.number + 1;
}

/* What came of the one that was being sealed. */
static bool parse_end(struct bytes value, bool sealed, struct chain_state *s)
{
    unsigned long number;
    if (!parse_number(value, &number) || number == 0 || number != s->pending.number)
        return false;
    if (sealed)
        s->last = s->pending;
    bool goes_on = sealed || s->last.number + 1 == number;
    s->pending.number = 0;
    return goes_on;
}

static bool parse_line(struct bytes *rest, struct chain_state *s)
{
    struct bytes value;
    if (fields_take(rest, "sealing", &value))
        return parse_sealing(value, s);
    if (fields_take(rest, "sealed", &value))
        return parse_end(value, true, s);
    return fields_take(rest, "abandoned", &value) && parse_end(value, false, s);
}

static bool parse_head(struct bytes *rest, const struct public_key *key, struct fail *fail)
{
    char id[KEY_ID_TEXT];
    struct bytes value;
    if (!fields_take(rest, KIND, &value))
        return fail_set(fail, "EFORMAT", "not a chain of runs of this version");
    return bytes_equal_text(value, key_id_text(key, id)) ||
           fail_set(fail, "EKEY", "it is the chain of another key, not of %s", id);
}

bool chain_text_parse(struct bytes text, const struct public_key *key, struct chain_state *out,
                      struct fail *fail)
{
    out->last.number = 0;
    out->pending.number = 0;
    out->begun = false;
    if (!parse_head(&text, key, fail))
        return false;
    for (unsigned long line = 2; text.n > 0; line++) {
        if (!parse_line(&text, out))
            return fail_set(fail, "EFORMAT", "line %lu does not follow from those above", line);
    }
    return true;
}
