#include "notice/tongue.h"

#include "base/embedded.h"
#include "base/text.h"
#include "notice/tongue_words.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

struct tongue {
    json_t *table;
    const json_t *row;
};

struct look {
    const struct tongue *tongue;
    struct bytes text;
    tongue_tell tell;
    void *arg;
};

struct tongue *tongue_new(const char *code)
{
    const struct embedded *file = embedded_find("data/languages.json");
    struct tongue *t = calloc(1, sizeof *t);
    size_t i;
    const json_t *row;
    if (!t || !file) {
        tongue_free(t);
        return NULL;
    }
    t->table = json_loadb((const char *)file->content.p, file->content.n, 0, NULL);
    json_array_foreach(json_object_get(t->table, "languages"), i, row)
    {
        const char *name = json_string_value(json_object_get(row, "code"));
        if (name && strcmp(name, code) == 0)
            t->row = row;
    }
    if (t->row)
        return t;
    tongue_free(t);
    return NULL;
}

void tongue_free(struct tongue *t)
{
    if (!t)
        return;
    json_decref(t->table);
    free(t);
}

const char *tongue_name(const struct tongue *t)
{
    return json_string_value(json_object_get(t->row, "name"));
}

const char *tongue_english(const struct tongue *t)
{
    return json_string_value(json_object_get(t->row, "english"));
}

void tongue_aliases(const struct tongue *t, char out[200])
{
    size_t i, n = 0;
    const json_t *alias;
    out[0] = '\0';
    json_array_foreach(json_object_get(t->row, "aliases"), i, alias)
    {
        if (n < 200)
            n += (size_t)snprintf(out + n, 200 - n, "%s%s", n ? " " : "", json_string_value(alias));
    }
}

/* ---- letters ---- */

static void tell_character(const struct look *l, struct bytes character, const char *rest)
{
    char words[160];
    char shown[8];
    snprintf(shown, sizeof shown, "%.*s", (int)character.n, (const char *)character.p);
    snprintf(words, sizeof words, "'%s' %s", shown, rest);
    l->tell(l->arg, words);
}

static bool list_has(const json_t *list, const char *name)
{
    size_t i;
    const json_t *entry;
    json_array_foreach(list, i, entry)
    {
        const char *text = json_string_value(entry);
        if (text && strcmp(text, name) == 0)
            return true;
    }
    return false;
}

static bool is_of_script(const struct tongue *t, uint32_t c)
{
    const uc_script_t *script = uc_script(c);
    return script && list_has(json_object_get(t->row, "scripts"), script->name);
}

static bool is_of_alphabet(const struct tongue *t, uint32_t c)
{
    const char *letters = json_string_value(json_object_get(t->row, "letters"));
    struct bytes rest = bytes_of(letters ? letters : "");
    uint32_t small = uc_tolower(c), letter = 0;
    if (!letters || (small >= 'a' && small <= 'z'))
        return true;
    for (size_t step; (step = text_decode(rest, &letter)) > 0;) {
        if (letter == small)
            return true;
        rest = bytes_slice(rest, step, rest.n);
    }
    return false;
}

/* A letter that is not of ASCII, and is not part of a Latin word (tongue_words.h). */
static bool look_at_letter(const struct look *l, uint32_t c, struct bytes character)
{
    const uc_script_t *script = uc_script(c);
    if (!uc_is_general_category(c, UC_LETTER) || !script || strcmp(script->name, "Common") == 0 ||
        strcmp(script->name, "Inherited") == 0)
        return true;
    if (!is_of_script(l->tongue, c)) {
        tell_character(l, character, "is no letter of this language's script");
        return false;
    }
    if (!is_of_alphabet(l->tongue, c)) {
        tell_character(l, character, "is no letter of this language");
        return false;
    }
    return true;
}

/* The first of a kind is enough. */
static void look_at_letters(const struct look *l)
{
    uint32_t c = 0;
    for (size_t i = 0; i < l->text.n;) {
        struct bytes rest = bytes_slice(l->text, i, l->text.n);
        size_t step = text_decode(rest, &c);
        if (step == 0)
            return;
        if (c >= 0x80 && !look_at_letter(l, c, bytes_slice(rest, 0, step)))
            return;
        i += step;
    }
}

/* What this language's own character set can't hold is of another one that shares its script. */
static void look_at_charset(const struct look *l)
{
    const char *charset = json_string_value(json_object_get(l->tongue->row, "charset"));
    iconv_t none = (iconv_t)-1; // NOLINT(performance-no-int-to-ptr): so POSIX has it
    iconv_t to = charset ? iconv_open(charset, "UTF-8") : none;
    if (to == none)
        return;
    uint32_t c = 0;
    for (size_t i = 0, step; (step = text_decode(bytes_slice(l->text, i, l->text.n), &c)) > 0;
         i += step) {
        char in[8], out[8];
        char *from = in, *into = out;
        size_t left = step, room = sizeof out;
        memcpy(in, l->text.p + i, step);
        if (uc_is_general_category(c, UC_LETTER) && c >= 0x80 &&
            iconv(to, &from, &left, &into, &room) == (size_t)-1) {
            tell_character(l, bytes_slice(l->text, i, i + step),
                           "is no character of this language's own set");
            break;
        }
    }
    iconv_close(to);
}

/* ---- the text as a whole ---- */

static void look_at_form(const struct look *l)
{
    size_t n = 0;
    uint8_t *composed = u8_normalize(UNINORM_NFC, l->text.p, l->text.n, NULL, &n);
    if (composed && !bytes_equal(bytes_at(composed, n), l->text))
        l->tell(l->arg, "it is not composed: each letter is to be one character (NFC)");
    free(composed);
}

static void look_at_marks(const struct look *l)
{
    static const struct {
        const char *mark;
        const char *words;
    } wrong[] = {{"\"", "a straight quotation mark: write those of the language"},
                 {"'", "a straight apostrophe: write ’"},
                 {"...", "three full stops: write …"},
                 {"  ", "two blanks"},
                 {"{}", "an empty placeholder"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (bytes_find(l->text, bytes_of(wrong[i].mark)) != BYTES_NOT_FOUND)
            l->tell(l->arg, wrong[i].words);
    if (l->text.n > 0 && (l->text.p[0] == ' ' || l->text.p[l->text.n - 1] == ' '))
        l->tell(l->arg, "a blank at its beginning or end");
    if (!text_is_printable(l->text))
        l->tell(l->arg, "a character that can't be printed, or a mark that turns the direction of "
                        "writing");
}

/* Behind Han and kana stand the marks that are as wide as they. */
static void look_at_width(const struct look *l)
{
    uint32_t before = 0, c = 0;
    for (size_t i = 0, step; (step = text_decode(bytes_slice(l->text, i, l->text.n), &c)) > 0;
         i += step) {
        if (c < 0x80 && strchr(",.;!?", (int)c) && before >= 0x3040 && before < 0xa000) {
            tell_character(l, bytes_slice(l->text, i, i + step),
                           "behind a wide character: write the wide mark");
            return;
        }
        before = c;
    }
}

static bool is_no_break_space(uint32_t c)
{
    return c == 0xa0 || c == 0x202f;
}

/* Where a no-break space is missing beside a mark that has one in French. Within a word, as in an URL, the marks have none. */
static bool lacks_space(uint32_t before, uint32_t c, uint32_t after)
{
    bool ends = after == 0 || after == ' ' || is_no_break_space(after);
    if (c == 0xab)
        return !is_no_break_space(after);
    if (c == '!' && before == ' ') /* the character of that name */
        return false;
    if (c == ':' || c == ';' || c == '!' || c == '?')
        return ends && before != 0 && !is_no_break_space(before);
    return c == 0xbb && !is_no_break_space(before);
}

static void look_at_spaced(const struct look *l)
{
    uint32_t before = 0, c = 0;
    for (size_t i = 0, step; (step = text_decode(bytes_slice(l->text, i, l->text.n), &c)) > 0;
         i += step) {
        uint32_t after = 0;
        text_decode(bytes_slice(l->text, i + step, l->text.n), &after);
        if (lacks_space(before, c, after)) {
            tell_character(l, bytes_slice(l->text, i, i + step),
                           "stands without its no-break space (U+00A0)");
            return;
        }
        before = c;
    }
}

void tongue_look(const struct tongue *t, struct bytes text, const struct tongue_english *english,
                 tongue_tell tell, void *arg)
{
    const struct look l = {t, text, tell, arg};
    const struct tongue_words words = {
        .text = text,
        .english = english,
        .names = t ? json_object_get(t->table, "names") : NULL,
        .is_english = t && strcmp(json_string_value(json_object_get(t->row, "code")), "en") == 0,
        .is_latin = !t || list_has(json_object_get(t->row, "scripts"), "Latin"),
    };
    if (!text_is_utf8(text)) {
        tell(arg, "it is not UTF-8");
        return;
    }
    look_at_form(&l);
    look_at_marks(&l);
    look_at_width(&l);
    if (t) {
        look_at_letters(&l);
        look_at_charset(&l);
        if (json_is_true(json_object_get(t->row, "spaced")))
            look_at_spaced(&l);
    }
    tongue_words_look(&words, tell, arg);
}
