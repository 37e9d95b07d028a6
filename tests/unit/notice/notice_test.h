/* What the tests of this house share: a finding, the built-in wording, lines of a text. */
#pragma once

#include "base/embedded.h"
#include "base/text.h"
#include "notice/facts.h"
#include "notice/letter.h"
#include "script/compose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define EXAMPLE "lang/profiles/secure-your-server.lua"
#define DIGEST  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define TOKEN   "abcdefghijklmnopqrstuvwxyz234567"

static inline struct bytes lit(const char *text)
{
    return bytes_of(text);
}

/* The built-in wordings with the example's profile, one that puts each language first. */
struct wordings {
    struct compose_ground ground[2];
    struct compose *in[2];
};

static inline struct wordings *new_wordings(void)
{
    static struct wordings w;
    static const char *const languages[] = {"en", "nb"};
    struct fail fail = {0};
    const struct embedded *profile = embedded_find(EXAMPLE);
    assert_non_null(profile);
    json_t *said = compose_profile(profile->content, EXAMPLE, &fail);
    for (unsigned i = 0; said && i < 2; i++) {
        w.ground[i] = (struct compose_ground){.profile = said, .language = languages[i]};
        w.in[i] = compose_new(&w.ground[i], &fail);
    }
    if (!said || !w.in[0] || !w.in[1])
        fail_msg("%s", fail.text);
    return &w;
}

static inline void free_wordings(struct wordings *w)
{
    json_decref(w->ground[0].profile);
    for (unsigned i = 0; i < 2; i++)
        compose_free(w->in[i]);
}

/* An open relay at 192.0.2.1:25 that calls itself Postfix, found on 24 November 2026. */
static inline struct finding relay(void)
{
    struct finding f = {.case_id = lit("c-5f0e4c9a"),
                        .open = true,
                        .kind = FINDING_RELAY,
                        .said = lit("220 mail.example.org ESMTP Postfix\r\n"),
                        .token = lit(TOKEN),
                        .bundle = lit("evidence.tar"),
                        .digest = lit(DIGEST),
                        .key_id = lit("8A3F5D0C12B4E677"),
                        .public_key =
                            lit("RWR35rQSDF0/irCXB0aPzI5Yl9l2aVh2k4y1b0ZkqkX8uK7y5o3eJfGh")};
    assert_true(addr_parse(lit("192.0.2.1:25"), &f.target));
    assert_true(addr_parse(lit("203.0.113.7"), &f.from));
    assert_true(addr_parse(lit("192.0.2.1:40112"), &f.peer));
    assert_true(time_parse(lit("2026-11-24T02:10:16.123456Z"), &f.started));
    assert_true(time_parse(lit("2026-11-24T02:10:17.654321Z"), &f.returned));
    return f;
}

static inline bool try_letter(struct wordings *w, const struct finding *f, const char *language,
                              struct letter *out, struct fail *fail)
{
    unsigned i = strcmp(language, "nb") == 0;
    json_t *facts = facts_of(f, fail);
    json_t *words = facts ? compose_letter(w->in[i], facts, fail) : NULL;
    bool ok = words && letter_lay_out(words, facts, w->ground[i].profile, out, fail);
    json_decref(words);
    json_decref(facts);
    return ok;
}

static inline struct letter write_letter(struct wordings *w, const struct finding *f,
                                         const char *language)
{
    struct letter letter;
    struct fail fail = {0};
    if (!try_letter(w, f, language, &letter, &fail))
        fail_msg("%s", fail.text);
    return letter;
}

/* A letter in another tone. */
static inline struct letter write_toned(const struct wordings *w, const struct finding *f,
                                        const char *language, const char *tone)
{
    struct compose_ground ground = {
        .profile = w->ground[0].profile, .language = language, .tone = tone};
    struct wordings toned = {.ground = {ground, ground}};
    struct fail fail = {0};
    toned.in[0] = toned.in[1] = compose_new(&ground, &fail);
    if (!toned.in[0])
        fail_msg("%s", fail.text);
    struct letter letter = write_letter(&toned, f, language);
    compose_free(toned.in[0]);
    return letter;
}

/* Is the sentence in the text, however the text is wrapped? */
static inline bool says(const struct letter *letter, const char *sentence)
{
    struct buf flat = buf_new(LETTER_LIMIT);
    bool gap = true;
    for (size_t i = 0; i < letter->text.n; i++) {
        unsigned char c = letter->text.p[i];
        bool blank = c == ' ' || c == '\n';
        if (!blank || !gap)
            buf_put_byte(&flat, blank ? ' ' : c);
        gap = blank;
    }
    bool found = bytes_find(buf_view(&flat), bytes_of(sentence)) != BYTES_NOT_FOUND;
    buf_free(&flat);
    return found;
}

#define assert_says(letter, sentence)                                                              \
    do {                                                                                           \
        if (!says(letter, sentence))                                                               \
            fail_msg("not said: %s", sentence);                                                    \
    } while (0)

/* Takes the next line, without its LF, off the head of *rest; false at the end. */
static inline bool next_line(struct bytes *rest, struct bytes *line)
{
    if (rest->n == 0)
        return false;
    size_t end = bytes_index(*rest, '\n', 0);
    *line = bytes_slice(*rest, 0, end);
    *rest = bytes_slice(*rest, end == BYTES_NOT_FOUND ? rest->n : end + 1, rest->n);
    return true;
}
