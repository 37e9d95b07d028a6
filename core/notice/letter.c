#include "notice/letter.h"

#include "notice/facts.h"
#include "notice/layout.h"

static bool take(const json_t *object, const char *name, struct bytes *out, struct fail *fail)
{
    const json_t *text = json_object_get(object, name);
    if (!json_is_string(text))
        return fail_set(fail, "ESCRIPT", "the wording script gave no '%s'", name);
    *out = bytes_at(json_string_value(text), json_string_length(text));
    return true;
}

static bool take_all(struct letter *letter, struct fail *fail)
{
    const json_t *from = json_object_get(letter->words, "from");
    return take(letter->words, "subject", &letter->subject, fail) &&
           take(letter->words, "languages", &letter->languages, fail) &&
           take(letter->words, "reply_to", &letter->reply_to, fail) &&
           take(from, "name", &letter->from_name, fail) &&
           take(from, "address", &letter->from_address, fail);
}

static bool lay_out(struct letter *letter, struct fail *fail)
{
    letter->text = buf_new(LETTER_LIMIT);
    if (layout_put(&letter->text, json_object_get(letter->words, "blocks")))
        return true;
    return fail_set(fail, "ELIMIT", "a letter has a block of no known kind, or over %d bytes",
                    LETTER_LIMIT);
}

bool letter_write(struct compose *compose, const struct finding *f, const char *language,
                  struct letter *out, struct fail *fail)
{
    *out = (struct letter){0};
    json_t *facts = facts_of(f, fail);
    if (!facts)
        return false;
    out->words = compose_letter(compose, facts, language, fail);
    json_decref(facts);
    if (out->words && take_all(out, fail) && lay_out(out, fail))
        return true;
    letter_free(out);
    return false;
}

void letter_free(struct letter *letter)
{
    buf_free(&letter->text);
    json_decref(letter->words);
    *letter = (struct letter){0};
}
