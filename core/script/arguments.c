#include "script/arguments.h"

#include "base/json.h"
#include "base/text.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_MOST = 4096, NUMBER_MOST = 40 };

#define WHOLE_MOST 9007199254740992.0 /* 2^53: up to there a double keeps every whole number */
#define NUMBER_FAR 1e300

static const char *const type_names[] = {"boolean", "integer", "number", "string"};

const char *argument_type_name(enum argument_type type)
{
    return type_names[type];
}

bool argument_type_parse(struct bytes name, enum argument_type *out)
{
    for (unsigned i = 0; i < sizeof type_names / sizeof type_names[0]; i++)
        if (bytes_equal_text(name, type_names[i])) {
            *out = (enum argument_type)i;
            return true;
        }
    return false;
}

void argument_bounds(enum argument_type type, double *least, double *most)
{
    static const double far[] = {0, WHOLE_MOST, NUMBER_FAR, ARGUMENT_TEXT - 1};
    *most = far[type];
    *least = type == ARGUMENT_STRING ? 0 : -far[type];
}

bool argument_accepts(const struct argument *a, const struct argument_value *value)
{
    struct bytes text = bytes_of(value->text);
    double size = a->type == ARGUMENT_STRING ? (double)text.n : value->number;
    if (a->type == ARGUMENT_BOOLEAN)
        return true;
    if (a->type == ARGUMENT_INTEGER && floor(size) != size)
        return false;
    return size >= a->least && size <= a->most &&
           (a->type != ARGUMENT_STRING || text_is_printable(text));
}

const struct argument *arguments_find(const struct arguments *all, struct bytes name)
{
    for (unsigned i = 0; i < all->count; i++)
        if (bytes_equal_text(name, all->list[i].name))
            return &all->list[i];
    return NULL;
}

/* Decimal digits, with a sign, a point and an exponent where they are wanted; nothing around them. */
static bool parse_number(struct bytes text, double *out)
{
    char copy[NUMBER_MOST];
    char *end = NULL;
    if (text.n == 0 || text.n >= sizeof copy)
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    *out = strtod(copy, &end);
    return strspn(copy, "0123456789.eE+-") == text.n && *end == '\0' && isfinite(*out);
}

static bool parse_value(const struct argument *a, struct bytes text, struct argument_value *out)
{
    *out = (struct argument_value){0};
    if (a->type == ARGUMENT_BOOLEAN) {
        out->truth = bytes_equal_text(text, "true");
        return out->truth || bytes_equal_text(text, "false");
    }
    if (a->type != ARGUMENT_STRING)
        return parse_number(text, &out->number);
    if (text.n >= sizeof out->text || (text.n > 0 && memchr(text.p, 0, text.n)))
        return false;
    memcpy(out->text, text.n ? (const char *)text.p : "", text.n);
    return true;
}

bool argument_parse(const struct argument *a, struct bytes text, struct argument_value *out,
                    struct fail *fail)
{
    if (parse_value(a, text, out) && argument_accepts(a, out))
        return true;
    struct buf range = buf_new(200);
    argument_put_range(&range, a);
    const char *words = buf_text(&range);
    fail_set(fail, "EARGUMENT", "%s is %s, and \"%.*s\" is not", a->name, words ? words : "",
             (int)(text.n > 80 ? 80 : text.n), text.n ? (const char *)text.p : "");
    buf_free(&range);
    return false;
}

void argument_put_range(struct buf *out, const struct argument *a)
{
    static const char *const kinds[] = {"true or false", "a whole number", "a number", "text"};
    double least = 0;
    double most = 0;
    argument_bounds(a->type, &least, &most);
    buf_put_text(out, kinds[a->type]);
    if (a->type == ARGUMENT_STRING)
        buf_printf(out, " of %.0f to %.0f bytes", a->least, a->most);
    else if (a->least > least && a->most < most)
        buf_printf(out, " from %g to %g", a->least, a->most);
    else if (a->least > least)
        buf_printf(out, " of at least %g", a->least);
    else if (a->most < most)
        buf_printf(out, " of at most %g", a->most);
}

bool argument_put_value(struct buf *out, enum argument_type type, const struct argument_value *v)
{
    if (type == ARGUMENT_BOOLEAN)
        return buf_put_text(out, v->truth ? "true" : "false");
    if (type == ARGUMENT_STRING)
        return json_put_string(out, bytes_of(v->text));
    if (type == ARGUMENT_INTEGER)
        return buf_printf(out, "%.0f", v->number);
    char shortest[NUMBER_MOST];
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(shortest, sizeof shortest, "%.*g", digits, v->number);
        if (strtod(shortest, NULL) == v->number)
            break;
    }
    return buf_put_text(out, shortest);
}

/* The JSON value as one of this argument; false when it has another type. */
static bool take_json(const struct argument *a, const json_t *json, struct argument_value *out)
{
    *out = (struct argument_value){0};
    if (a->type == ARGUMENT_BOOLEAN) {
        out->truth = json_is_true(json);
        return json_is_boolean(json);
    }
    if (a->type != ARGUMENT_STRING) {
        out->number = json_number_value(json);
        return json_is_number(json);
    }
    return json_is_string(json) &&
           parse_value(a, bytes_at(json_string_value(json), json_string_length(json)), out);
}

static bool take_members(const struct arguments *declared, json_t *object,
                         struct argument_value *out, struct fail *fail)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        const struct argument *a = arguments_find(declared, bytes_of(name));
        if (!a)
            return fail_set(fail, "EARGUMENT", "the probe declares no argument \"%s\"", name);
        struct argument_value *to = &out[a - declared->list];
        if (!take_json(a, value, to) || !argument_accepts(a, to))
            return fail_set(fail, "EARGUMENT",
                            "the argument \"%s\" has a value that is not allowed", name);
    }
    return true;
}

bool arguments_values(const struct arguments *declared, struct bytes json,
                      struct argument_value out[ARGUMENTS_MOST], struct fail *fail)
{
    for (unsigned i = 0; i < declared->count; i++)
        out[i] = declared->list[i].preset;
    if (json.n == 0 || bytes_equal_text(json, "{}"))
        return true;
    json_t *object = json.n <= JSON_MOST
                         ? json_loadb((const char *)json.p, json.n, JSON_REJECT_DUPLICATES, NULL)
                         : NULL;
    bool ok = json_is_object(object)
                  ? take_members(declared, object, out, fail)
                  : fail_set(fail, "EARGUMENT", "the arguments are no JSON object");
    json_decref(object);
    return ok;
}
