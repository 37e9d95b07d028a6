#include "cli/form_list.h"

#include "base/json.h"
#include "base/text.h"
#include "cli/wrap.h"

#include <jansson.h>
#include <stdio.h>

enum { ID_WIDTH = 8, INDENT = 2 + ID_WIDTH, REMEDY_INDENT = 4, TEXT_LIMIT = 16 * 1024 };

static const char *const members[] = {"id",    "name",   "envelope", "shows",
                                      "cause", "remedy", "category"};

static json_t *parse(struct bytes forms)
{
    json_t *list =
        json_loadb(forms.p ? (const char *)forms.p : "", forms.n, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_array(list))
        return list;
    json_decref(list);
    return json_array();
}

static struct bytes text_of(const json_t *value)
{
    return bytes_at(json_string_value(value), json_string_length(value));
}

static struct bytes member(const json_t *form, const char *name)
{
    return text_of(json_object_get(form, name));
}

static void put_value(struct buf *out, const json_t *value)
{
    size_t n = json_array_size(value);
    if (!json_is_array(value)) {
        json_put_string(out, text_of(value));
        return;
    }
    buf_put_byte(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_put_byte(out, ',');
        json_put_string(out, text_of(json_array_get(value, i)));
    }
    buf_put_byte(out, ']');
}

static void put_form(struct buf *out, const json_t *form)
{
    buf_put_byte(out, '{');
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        const json_t *value = json_object_get(form, members[i]);
        if (!value)
            continue;
        json_put_name(out, members[i]);
        put_value(out, value);
    }
    buf_put_byte(out, '}');
}

void form_list_put_json(struct buf *out, struct bytes forms)
{
    json_t *list = parse(forms);
    buf_put_byte(out, '[');
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (i > 0)
            buf_put_byte(out, ',');
        put_form(out, json_array_get(list, i));
    }
    buf_put_byte(out, ']');
    json_decref(list);
}

/* Words wrapped, from the column that has been reached on; `before` stands ahead of them. */
static void print_text(const char *before, struct bytes words, int column)
{
    struct buf text = buf_new(TEXT_LIMIT);
    buf_put_text(&text, before);
    text_escape(&text, words, words.n);
    wrap_print(buf_text(&text), column);
    buf_free(&text);
}

static void print_further(const char *before, struct bytes words)
{
    printf("%*s", INDENT, "");
    print_text(before, words, INDENT);
}

static void print_form(const json_t *form)
{
    struct buf text = buf_new(TEXT_LIMIT);
    const json_t *envelope = json_object_get(form, "envelope");
    text_escape(&text, member(form, "id"), ID_WIDTH);
    printf("  %-*s", ID_WIDTH, buf_text(&text));
    buf_clear(&text);
    text_escape(&text, member(form, "name"), TEXT_LIMIT);
    buf_put_text(&text, " (");
    text_escape(&text, member(form, "category"), TEXT_LIMIT);
    buf_put_byte(&text, ')');
    wrap_print(buf_text(&text), INDENT);
    for (size_t i = 0; i < json_array_size(envelope); i++)
        print_further("", text_of(json_array_get(envelope, i)));
    print_further("shows: ", member(form, "shows"));
    if (member(form, "cause").n > 0)
        print_further("cause: ", member(form, "cause"));
    buf_free(&text);
}

/* What names the remedy of a form: its cause, or its id where it has none. */
static struct bytes key_of(const json_t *form)
{
    struct bytes cause = member(form, "cause");
    return cause.n > 0 ? cause : member(form, "id");
}

static bool was_told(const json_t *list, size_t i)
{
    struct bytes key = key_of(json_array_get(list, i));
    for (size_t before = 0; before < i; before++)
        if (bytes_equal(key, key_of(json_array_get(list, before))))
            return true;
    return false;
}

static void print_remedy(const json_t *form)
{
    printf("  ");
    print_text("", key_of(form), INDENT);
    printf("%*s", REMEDY_INDENT, "");
    print_text("", member(form, "remedy"), REMEDY_INDENT);
}

void form_list_print(struct bytes forms)
{
    json_t *list = parse(forms);
    size_t n = json_array_size(list);
    if (n > 0)
        puts("forms");
    for (size_t i = 0; i < n; i++)
        print_form(json_array_get(list, i));
    if (n > 0)
        puts("what closes them, by their cause");
    for (size_t i = 0; i < n; i++)
        if (!was_told(list, i))
            print_remedy(json_array_get(list, i));
    json_decref(list);
}
