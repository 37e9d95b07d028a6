#include "mail/phrase.h"

#include <string.h>

enum { WORDS_BEFORE = 2 };

/* The character that ends before `at`, or begins there; 0 at the text's edges. The text is UTF-8. */
static unsigned character_at(struct bytes t, size_t at, bool before)
{
    size_t from = at;
    if (before)
        for (unsigned back = 0; back < 4 && from > 0; back++)
            if ((t.p[--from] & 0xc0) != 0x80)
                break;
    if (from >= t.n || (before && at == 0))
        return 0;
    unsigned c = t.p[from];
    unsigned more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    unsigned value = more == 3 ? c & 7 : more == 2 ? c & 15 : more == 1 ? c & 31 : c;
    for (unsigned i = 1; i <= more && from + i < t.n; i++)
        value = value << 6 | (t.p[from + i] & 0x3f);
    return value;
}

/* Of a script in which words have gaps between them: Latin, Greek, Cyrillic, Hebrew, Arabic. */
static bool is_letter(unsigned c)
{
    bool is_ascii = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_ascii || (c >= 0xc0 && c <= 0x60b) || (c >= 0x610 && c <= 0x61a) ||
           (c >= 0x620 && c <= 0x6ff) || (c >= 0x1e00 && c <= 0x1fff);
}

static bool is_gap(struct bytes t, size_t at)
{
    return !is_letter(character_at(t, at, true)) || !is_letter(character_at(t, at, false));
}

/* Where the word before `at` begins. */
static size_t word_before(struct bytes t, size_t at)
{
    while (at > 0 && !is_letter(character_at(t, at, true)))
        at--;
    while (at > 0 && (is_letter(character_at(t, at, true)) || (t.p[at] & 0xc0) == 0x80))
        at--;
    return at;
}

static bool is_denied(struct bytes t, size_t at, const json_t *denied)
{
    size_t from = at;
    for (unsigned i = 0; i < WORDS_BEFORE; i++)
        from = word_before(t, from);
    struct bytes before = bytes_slice(t, from, at);
    return denied && phrase_is_in(before, denied, NULL, false);
}

static bool is_in(struct bytes t, struct bytes phrase, const json_t *denied, bool first)
{
    bool is_stem = phrase.n > 1 && phrase.p[phrase.n - 1] == '*';
    phrase.n -= is_stem;
    for (size_t from = 0, at; from < t.n; from = at + 1) {
        at = bytes_find(bytes_slice(t, from, t.n), phrase);
        if (at == BYTES_NOT_FOUND || (first && from + at > 0))
            return false;
        at += from;
        if (is_gap(t, at) && (is_stem || is_gap(t, at + phrase.n)) && !is_denied(t, at, denied))
            return true;
    }
    return false;
}

bool phrase_is_in(struct bytes text, const json_t *phrases, const json_t *denied, bool first)
{
    for (size_t i = 0; i < json_array_size(phrases); i++) {
        const char *phrase = json_string_value(json_array_get(phrases, i));
        if (phrase && phrase[0] && is_in(text, bytes_of(phrase), denied, first))
            return true;
    }
    return false;
}
