#include "notice/letter.h"

#include "base/text.h"
#include "notice/cells.h"
#include "notice/isolates.h"
#include "notice/layout.h"

#include <stdint.h>
#include <string.h>

enum { LETTER_USUAL = 16 * 1024 }; /* bytes; more is no error */

static struct bytes text_of(const json_t *object, const char *name)
{
    const json_t *text = json_object_get(object, name);
    return bytes_at(json_string_value(text), json_string_length(text));
}

static bool refuse(struct fail *fail, const char *what)
{
    return fail_set(fail, "EWORDS", "the wording gives %s", what);
}

/* One line of a header. */
static bool take(const json_t *object, const char *name, struct bytes *out, struct fail *fail)
{
    *out = text_of(object, name);
    if (out->n > 0 && out->n <= LETTER_FIELD && text_is_printable(*out))
        return true;
    return fail_set(fail, "EWORDS",
                    "the wording's %s is no text, is over %d bytes, or holds a line end or another "
                    "character that can't be printed",
                    name, LETTER_FIELD);
}

static bool is_made_of(struct bytes text, const char *more)
{
    static const char alphanumeric[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\0' || (!strchr(alphanumeric, text.p[i]) && !strchr(more, text.p[i])))
            return false;
    return true;
}

static bool is_address(struct bytes text)
{
    size_t at = bytes_index(text, '@', 0);
    return at != BYTES_NOT_FOUND && at > 0 && at + 1 < text.n &&
           is_made_of(bytes_slice(text, 0, at), "-._+=") &&
           is_made_of(bytes_slice(text, at + 1, text.n), "-.");
}

/* As the lines of the text, where the language wants it. */
static bool isolate_subject(struct letter *letter, struct fail *fail)
{
    if (!json_is_true(json_object_get(letter->words, "rtl")))
        return true;
    letter->isolated = buf_new(4 * LETTER_FIELD);
    if (!isolates_put(&letter->isolated, letter->subject))
        return fail_set(fail, "ENOMEM", "no memory for a letter");
    letter->subject = buf_view(&letter->isolated);
    return true;
}

static bool take_fields(struct letter *letter, struct fail *fail)
{
    letter->from_address = text_of(letter->profile, "from");
    letter->reply_to = text_of(letter->profile, "reply_to");
    return take(letter->words, "subject", &letter->subject, fail) &&
           isolate_subject(letter, fail) &&
           take(letter->words, "languages", &letter->languages, fail) &&
           take(letter->words, "writer", &letter->from_name, fail) &&
           (is_made_of(letter->languages, "-, ") || refuse(fail, "languages that are no tags")) &&
           ((is_address(letter->from_address) && is_address(letter->reply_to)) ||
            fail_set(fail, "EFORMAT", "the profile's mail addresses are none"));
}

static bool is_left_out(const json_t *block)
{
    return bytes_equal_text(text_of(block, "kind"), "left_out");
}

static bool is_quote(const json_t *block)
{
    return is_left_out(block) || bytes_equal_text(text_of(block, "kind"), "quote");
}

/* The line of the dialogue that a quote means: what was said stands in the facts alone. */
static const json_t *line_of(const json_t *block, const json_t *dialogue)
{
    double number = json_number_value(json_object_get(block, "line"));
    return number >= 1 && number <= (double)json_array_size(dialogue)
               ? json_array_get(dialogue, (size_t)number - 1)
               : NULL;
}

static bool check_quote(const json_t *block, const json_t *dialogue, struct fail *fail)
{
    static const char ellipsis[] = "…";
    if (!line_of(block, dialogue))
        return refuse(fail, "a line of the dialogue that there is not");
    return !is_left_out(block) || bytes_starts_nocase(text_of(block, "text"), ellipsis) ||
           refuse(fail, "words for lines that are left out, which don't begin with \"…\"");
}

static bool check_block(const json_t *block, const json_t *dialogue, struct fail *fail)
{
    if (!json_is_object(block) || !layout_knows(block))
        return refuse(fail, "a block of no known kind");
    bool quote = is_quote(block);
    if (quote && !check_quote(block, dialogue, fail))
        return false;
    const json_t *cells = json_object_get(block, "cells");
    bool table = bytes_equal_text(text_of(block, "kind"), "table");
    if (table ? !cells_are_well(cells) : cells != NULL)
        return refuse(fail,
                      "a table that is none, or too large, or has texts that can't be printed");
    if (quote && !is_left_out(block))
        return true; /* whatever text it has, the dialogue's is quoted */
    if (!json_is_string(json_object_get(block, "text")))
        return refuse(fail, "a block without a text");
    return text_is_printable(text_of(block, "text")) ||
           refuse(fail, "a text with a line end, or another character that can't be printed");
}

/* A copy with the line in it. */
static json_t *filled(const json_t *block, const json_t *dialogue)
{
    const json_t *line = line_of(block, dialogue);
    json_t *copy = json_deep_copy(block);
    bool decisive = json_is_true(json_object_get(line, "decisive"));
    bool ok = copy && json_object_set(copy, "who", json_object_get(line, "who")) == 0 &&
              json_object_set(copy, "text", json_object_get(line, "text")) == 0 &&
              json_object_set_new(copy, "decisive", json_boolean(decisive)) == 0;
    if (ok)
        return copy;
    json_decref(copy);
    return NULL;
}

/* A block whose text is its own is no line of the dialogue, whatever members it has. */
static json_t *own_text(json_t *block)
{
    if (!json_object_get(block, "who") && !json_object_get(block, "decisive"))
        return json_incref(block);
    json_t *copy = json_deep_copy(block);
    json_object_del(copy, "who");
    json_object_del(copy, "decisive");
    return copy;
}

json_t *letter_blocks(const struct letter *letter)
{
    size_t i = 0;
    json_t *block = NULL;
    json_t *blocks = json_array();
    const json_t *dialogue = json_object_get(letter->facts, "dialogue");
    bool ok = blocks != NULL;
    json_array_foreach(json_object_get(letter->words, "blocks"), i, block)
    {
        json_t *own =
            is_quote(block) && !is_left_out(block) ? filled(block, dialogue) : own_text(block);
        ok = ok && json_array_append_new(blocks, own) == 0;
    }
    if (ok)
        return blocks;
    json_decref(blocks);
    return NULL;
}

static bool lay_out(struct letter *letter, struct layout_kept *kept, struct fail *fail)
{
    json_t *blocks = json_object_get(letter->words, "blocks");
    const json_t *dialogue = json_object_get(letter->facts, "dialogue");
    size_t n = json_array_size(blocks);
    letter->text = buf_new(LETTER_LIMIT);
    buf_reserve(&letter->text, LETTER_USUAL);
    if (n == 0 || n > LETTER_BLOCKS)
        return fail_set(fail, "ELIMIT", "a letter has between 1 and %d blocks, not %zu",
                        LETTER_BLOCKS, n);
    for (size_t i = 0; i < n; i++)
        if (!layout_has(kept, json_array_get(blocks, i)) &&
            !check_block(json_array_get(blocks, i), dialogue, fail))
            return false;
    return layout_put(&letter->text, blocks, dialogue, kept) ||
           fail_set(fail, "ELIMIT", "a letter would have over %d bytes", LETTER_LIMIT);
}

bool letter_lay_out_kept(json_t *words, json_t *facts, json_t *profile, struct layout_kept *kept,
                         struct letter *out, struct fail *fail)
{
    *out = (struct letter){
        .words = json_incref(words), .facts = json_incref(facts), .profile = json_incref(profile)};
    if (take_fields(out, fail) && lay_out(out, kept, fail))
        return true;
    letter_free(out);
    return false;
}

bool letter_lay_out(json_t *words, json_t *facts, json_t *profile, struct letter *out,
                    struct fail *fail)
{
    return letter_lay_out_kept(words, facts, profile, NULL, out, fail);
}

void letter_free(struct letter *letter)
{
    buf_free(&letter->text);
    buf_free(&letter->isolated);
    json_decref(letter->words);
    json_decref(letter->facts);
    json_decref(letter->profile);
    *letter = (struct letter){0};
}
