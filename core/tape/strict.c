#include "tape/strict.h"

#include "tape/json_read.h"

json_t *strict_load(struct bytes line, size_t limit, struct fail *fail)
{
    if (line.n > limit) {
        fail_set(fail, "ELIMIT", "the line has %zu bytes, more than the %zu that a line may have",
                 line.n, limit);
        return NULL;
    }
    json_error_t error;
    json_t *object = json_read(line, &error);
    if (!object) {
        fail_set(fail, "EFORMAT", "the line is no JSON: %s (byte %d)", error.text, error.position);
        return NULL;
    }
    if (!json_is_object(object)) {
        json_decref(object);
        fail_set(fail, "EFORMAT", "the line is no JSON object");
        return NULL;
    }
    return object;
}

bool strict_count(const json_t *object, size_t count, struct fail *fail)
{
    size_t n = json_object_size(object);
    return n == count ||
           fail_set(fail, "EFORMAT", "there are %zu fields where %zu belong", n, count);
}

json_t *strict_member(const json_t *object, const char *name, struct fail *fail)
{
    json_t *member = json_object_get(object, name);
    if (!member)
        fail_set(fail, "EFORMAT", "the field \"%s\" is missing", name);
    return member;
}

bool strict_integer(const json_t *object, const char *name, json_int_t least, json_int_t most,
                    json_int_t *out, struct fail *fail)
{
    const json_t *member = strict_member(object, name, fail);
    if (!member)
        return false;
    if (!json_is_integer(member))
        return fail_set(fail, "EFORMAT", "the field \"%s\" is no whole number", name);
    json_int_t value = json_integer_value(member);
    if (value < least || value > most)
        return fail_set(fail, "EFORMAT",
                        "the field \"%s\" is %" JSON_INTEGER_FORMAT
                        ", not from %" JSON_INTEGER_FORMAT " to %" JSON_INTEGER_FORMAT,
                        name, value, least, most);
    *out = value;
    return true;
}

/* UTF-8 that jansson has checked, back into bytes. Only U+0080 to U+00FF begin with C2 or C3. */
static bool put_decoded(struct buf *hold, struct bytes text, const char *name, struct fail *fail)
{
    unsigned char *to = buf_reserve(hold, text.n ? text.n : 1);
    if (!to)
        return fail_set(fail, "ELIMIT", "the field \"%s\" is too long", name);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = text.p[i];
        if (c > 0xc3)
            return fail_set(fail, "EFORMAT",
                            "the field \"%s\" has a character above U+00FF, which is no byte",
                            name);
        if (c >= 0x80)
            c = (unsigned char)(c << 6 | (text.p[++i] & 0x3f));
        to[n++] = c;
    }
    buf_commit(hold, n);
    return true;
}

bool strict_bytes(const json_t *object, const char *name, struct buf *hold, struct bytes *out,
                  struct fail *fail)
{
    const json_t *member = strict_member(object, name, fail);
    if (!member)
        return false;
    if (!json_is_string(member))
        return fail_set(fail, "EFORMAT", "the field \"%s\" is no string", name);
    size_t before = hold->n;
    struct bytes text = bytes_at(json_string_value(member), json_string_length(member));
    if (!put_decoded(hold, text, name, fail))
        return false;
    *out = bytes_at(NULL, hold->n - before);
    return true;
}

size_t strict_place(struct bytes *field, const struct buf *hold, size_t at)
{
    field->p = hold->p + at;
    return at + field->n;
}
