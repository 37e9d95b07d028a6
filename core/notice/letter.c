#include "notice/letter.h"

#include "base/text.h"
#include "notice/isolates.h"
#include "notice/layout.h"

#include <string.h>

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

/* The line of the dialogue that a quote means: what was said stands in the facts alone. */
static bool fill_quote(json_t *block, const json_t *dialogue, bool left_out, struct fail *fail)
{
    static const char ellipsis[] = "…";
    double number = json_number_value(json_object_get(block, "line"));
    if (!(number >= 1 && number <= (double)json_array_size(dialogue)))
        return refuse(fail, "a line of the dialogue that there is not");
    const json_t *line = json_array_get(dialogue, (size_t)number - 1);
    if (left_out && !bytes_starts_nocase(text_of(block, "text"), ellipsis))
        return refuse(fail, "words for lines that are left out, which don't begin with \"…\"");
    bool ok = json_object_set(block, "who", json_object_get(line, "who")) == 0 &&
              (left_out || json_object_set(block, "text", json_object_get(line, "text")) == 0);
    return ok || fail_set(fail, "ENOMEM", "no memory for a letter");
}

/* Blocks may be those of other letters too: a quote is put in another one. */
static json_t *own_block(json_t *blocks, size_t i)
{
    json_t *own = json_copy(json_array_get(blocks, i));
    return own && json_array_set_new(blocks, i, own) == 0 ? own : NULL;
}

static bool check_block(json_t *blocks, size_t i, const json_t *dialogue, struct fail *fail)
{
    json_t *block = json_array_get(blocks, i);
    struct bytes kind = text_of(block, "kind");
    bool left_out = bytes_equal_text(kind, "left_out");
    if (!json_is_object(block) || !layout_knows(block))
        return refuse(fail, "a block of no known kind");
    if (left_out || bytes_equal_text(kind, "quote")) {
        block = own_block(blocks, i);
        if (!block)
            return fail_set(fail, "ENOMEM", "no memory for a letter");
        if (!fill_quote(block, dialogue, left_out, fail))
            return false;
    }
    if (!json_is_string(json_object_get(block, "text")))
        return refuse(fail, "a block without a text");
    return text_is_printable(text_of(block, "text")) ||
           refuse(fail, "a text with a line end, or another character that can't be printed");
}

static bool lay_out(struct letter *letter, const json_t *facts, struct layout_kept *kept,
                    struct fail *fail)
{
    json_t *blocks = json_object_get(letter->words, "blocks");
    const json_t *dialogue = json_object_get(facts, "dialogue");
    size_t n = json_array_size(blocks);
    letter->text = buf_new(LETTER_LIMIT);
    if (n == 0 || n > LETTER_BLOCKS)
        return fail_set(fail, "ELIMIT", "a letter has between 1 and %d blocks, not %zu",
                        LETTER_BLOCKS, n);
    for (size_t i = 0; i < n; i++)
        if (!layout_has(kept, json_array_get(blocks, i)) && !check_block(blocks, i, dialogue, fail))
            return false;
    return layout_put(&letter->text, blocks, kept) ||
           fail_set(fail, "ELIMIT", "a letter would have over %d bytes", LETTER_LIMIT);
}

bool letter_lay_out_kept(json_t *words, const json_t *facts, json_t *profile,
                         struct layout_kept *kept, struct letter *out, struct fail *fail)
{
    *out = (struct letter){.words = json_incref(words), .profile = json_incref(profile)};
    if (take_fields(out, fail) && lay_out(out, facts, kept, fail))
        return true;
    letter_free(out);
    return false;
}

bool letter_lay_out(json_t *words, const json_t *facts, json_t *profile, struct letter *out,
                    struct fail *fail)
{
    return letter_lay_out_kept(words, facts, profile, NULL, out, fail);
}

void letter_free(struct letter *letter)
{
    buf_free(&letter->text);
    buf_free(&letter->isolated);
    json_decref(letter->words);
    json_decref(letter->profile);
    *letter = (struct letter){0};
}
