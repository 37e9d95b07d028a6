#include "notice/tongue_words.h"

#include <stdio.h>
#include <string.h>

enum { WORD = 80 };

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Of a word, a name, an address: all of ASCII that is no blank and no bracket. */
static bool is_inside(unsigned char c)
{
    return c > ' ' && c < 0x7f && !strchr("(){}[]<>,;\"/", c);
}

/* Of the two bytes of a letter such as "á" (U+00C0 to U+02BF), which is part of a word as "a" is. */
static size_t letter_beyond_ascii(struct bytes text, size_t i)
{
    return i + 1 < text.n && text.p[i] >= 0xc3 && text.p[i] <= 0xca ? 2 : 0;
}

static size_t inside(struct bytes text, size_t i)
{
    return is_inside(text.p[i]) ? 1 : letter_beyond_ascii(text, i);
}

/* The next run of such characters, without the marks at its end; empty: there is none. {placeholders} are passed over. */
static struct bytes next_word(struct bytes text, size_t *at)
{
    size_t i = *at;
    while (i < text.n && !is_letter(text.p[i]) && !letter_beyond_ascii(text, i)) {
        if (text.p[i] == '{')
            while (i < text.n && text.p[i] != '}')
                i++;
        i += i < text.n;
    }
    size_t from = i;
    for (size_t step; i < text.n && (step = inside(text, i)) > 0; i += step)
        continue;
    *at = i;
    while (i > from && strchr(".:!?'-", text.p[i - 1]))
        i--;
    return bytes_slice(text, from, i);
}

static void copy_word(struct bytes word, char out[WORD])
{
    snprintf(out, WORD, "%.*s", (int)(word.n < WORD ? word.n : WORD - 1), (const char *)word.p);
}

/* "SMTP", "sha256sum", "VERIFY.txt", "user@elsewhere.example" */
static bool is_no_plain_word(struct bytes word)
{
    for (size_t i = 1; i < word.n; i++) {
        unsigned char c = word.p[i];
        if (c < 'a' || c > 'z')
            return true;
    }
    return word.n == 1;
}

static bool is_name(const struct tongue_words *w, struct bytes word)
{
    char text[WORD];
    size_t i;
    const json_t *name;
    copy_word(word, text);
    json_array_foreach(w->names, i, name)
    {
        if (strcasecmp(text, json_string_value(name)) == 0)
            return true;
    }
    if (memchr(word.p, '@', word.n) || memchr(word.p, '!', word.n)) /* an address */
        return true;
    return is_no_plain_word(word) &&
           (word.n <= 5 || bytes_find(w->english->text, word) != BYTES_NOT_FOUND);
}

static void look_at_foreign_words(const struct tongue_words *w, tongue_tell tell, void *arg)
{
    struct bytes word;
    for (size_t at = 0; (word = next_word(w->text, &at)).n > 0;) {
        char words[WORD + 80], shown[WORD];
        if (is_name(w, word))
            continue;
        copy_word(word, shown);
        snprintf(words, sizeof words, "'%s' is left in Latin letters", shown);
        tell(arg, words);
        return;
    }
}

/* None of these is a word of another of our languages. */
static const char *const english_words[] = {"the",  "which", "with",  "your",  "you",   "from",
                                            "that", "this",  "there", "their", "these", "when"};

static void look_at_english_words(const struct tongue_words *w, tongue_tell tell, void *arg)
{
    struct bytes word;
    for (size_t at = 0; (word = next_word(w->text, &at)).n > 0;) {
        for (size_t i = 0; i < sizeof english_words / sizeof english_words[0]; i++) {
            char words[WORD + 80];
            if (!bytes_equal_nocase(word, english_words[i]))
                continue;
            snprintf(words, sizeof words, "the English word '%s' was left in it", english_words[i]);
            tell(arg, words);
            return;
        }
    }
}

/* A word in small letters; false for one that says nothing of its language: a letter, a name, a setting, an address. */
static bool small_word(struct bytes word, char out[WORD])
{
    copy_word(word, out);
    for (size_t i = 0; out[i]; i++)
        out[i] = (char)(out[i] >= 'A' && out[i] <= 'Z' ? out[i] + 'a' - 'A' : out[i]);
    return word.n > 1 && (word.p[0] >= 0x80 || !is_no_plain_word(word));
}

void tongue_learn(json_t *words, struct bytes text)
{
    struct bytes word;
    char small[WORD];
    for (size_t at = 0; (word = next_word(text, &at)).n > 0;)
        if (small_word(word, small))
            json_object_set_new(words, small, json_true());
}

/* Too few words can be the same in two languages by chance. */
enum { WORDS_LEAST = 4, SHARE_LEAST = 75 };

/* Next to a text of another script a few words in Latin letters are no more than terms. */
static bool is_mostly_ascii(struct bytes text)
{
    size_t letters = 0, others = 0;
    for (size_t i = 0; i < text.n; i++) {
        letters += is_letter(text.p[i]);
        others += text.p[i] >= 0x80;
    }
    return letters > others;
}

/* Are most of its words words of the English messages? */
static bool is_mostly_english(const struct tongue_words *w)
{
    unsigned all = 0, known = 0;
    struct bytes word;
    char small[WORD];
    for (size_t at = 0; (word = next_word(w->text, &at)).n > 0;) {
        if (!small_word(word, small))
            continue;
        all++;
        known += json_object_get(w->english->words, small) != NULL;
    }
    return w->english->words && is_mostly_ascii(w->text) && all >= WORDS_LEAST &&
           100 * known >= SHARE_LEAST * all;
}

void tongue_words_look(const struct tongue_words *w, tongue_tell tell, void *arg)
{
    if (w->is_english)
        return;
    if (is_mostly_english(w))
        tell(arg,
             bytes_equal(w->text, w->english->text) ? "it is the English text" : "it is English");
    else if (w->is_latin)
        look_at_english_words(w, tell, arg);
    else
        look_at_foreign_words(w, tell, arg);
}
