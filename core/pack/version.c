#include "pack/version.h"

#include <stdio.h>
#include <string.h>

enum { NUMBER_MOST = 999999, SHOWN = 60 };

static bool refuse(struct bytes text, const char *why, struct fail *fail)
{
    return fail_set(fail, "EFORMAT", "\"%.*s\" is no version: %s",
                    (int)(text.n < SHOWN ? text.n : SHOWN), text.n ? (const char *)text.p : "",
                    why);
}

/* A number without a zero in front of it. */
static bool is_plain_number(struct bytes part, unsigned long *out)
{
    return (part.n == 1 || (part.n > 1 && part.p[0] != '0')) &&
           bytes_number(part, NUMBER_MOST, out);
}

static bool is_digits(struct bytes part)
{
    for (size_t i = 0; i < part.n; i++)
        if (part.p[i] < '0' || part.p[i] > '9')
            return false;
    return part.n > 0;
}

/* Takes what is before the next `separator` off *rest, and the separator. */
static struct bytes take(struct bytes *rest, unsigned char separator)
{
    size_t at = bytes_index(*rest, separator, 0);
    struct bytes part = bytes_slice(*rest, 0, at);
    *rest = bytes_slice(*rest, at == BYTES_NOT_FOUND ? rest->n : at + 1, rest->n);
    return part;
}

static bool is_identifier(struct bytes part)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    unsigned long number;
    for (size_t i = 0; i < part.n; i++)
        if (!memchr(letters, part.p[i], sizeof letters - 1))
            return false;
    return part.n > 0 && (!is_digits(part) || is_plain_number(part, &number));
}

static bool read_pre(struct bytes pre, struct version *out)
{
    struct bytes rest = pre;
    if (pre.n >= sizeof out->pre || pre.p[pre.n - 1] == '.')
        return false;
    while (rest.n > 0)
        if (!is_identifier(take(&rest, '.')))
            return false;
    memcpy(out->pre, pre.p, pre.n);
    return true;
}

bool version_parse(struct bytes text, struct version *out, struct fail *fail)
{
    static const char form[] = "it has three numbers (1.0.0), and maybe a pre-release (-rc.1)";
    struct bytes numbers = text;
    struct bytes pre = bytes_at(NULL, 0);
    size_t dash = bytes_index(text, '-', 0);
    *out = (struct version){0};
    if (bytes_index(text, '+', 0) != BYTES_NOT_FOUND)
        return refuse(text, "build metadata (+) gives two files one version", fail);
    if (dash != BYTES_NOT_FOUND) {
        numbers = bytes_slice(text, 0, dash);
        pre = bytes_slice(text, dash + 1, text.n);
        if (pre.n == 0 || !read_pre(pre, out))
            return refuse(text, form, fail);
    }
    struct bytes major = take(&numbers, '.');
    struct bytes minor = take(&numbers, '.');
    if (!is_plain_number(major, &out->major) || !is_plain_number(minor, &out->minor) ||
        !is_plain_number(numbers, &out->patch))
        return refuse(text, form, fail);
    return true;
}

static int sign_of(unsigned long a, unsigned long b)
{
    return (a > b) - (a < b);
}

/* Numbers by their value and before all else, the rest as bytes. */
static int compare_identifiers(struct bytes a, struct bytes b)
{
    if (is_digits(a) != is_digits(b))
        return is_digits(a) ? -1 : 1;
    if (is_digits(a) && a.n != b.n)
        return sign_of(a.n, b.n);
    int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return order ? order : sign_of(a.n, b.n);
}

static int compare_pre(struct bytes a, struct bytes b)
{
    if (a.n == 0 || b.n == 0)
        return (a.n == 0) - (b.n == 0);
    while (a.n > 0 && b.n > 0) {
        int order = compare_identifiers(take(&a, '.'), take(&b, '.'));
        if (order)
            return order;
    }
    return (a.n > 0) - (b.n > 0);
}

int version_compare(const struct version *a, const struct version *b)
{
    int order = sign_of(a->major, b->major);
    order = order ? order : sign_of(a->minor, b->minor);
    order = order ? order : sign_of(a->patch, b->patch);
    return order ? order : compare_pre(bytes_of(a->pre), bytes_of(b->pre));
}

const char *version_text(const struct version *v, char out[VERSION_TEXT])
{
    snprintf(out, VERSION_TEXT, "%lu.%lu.%lu%s%s", v->major, v->minor, v->patch,
             v->pre[0] ? "-" : "", v->pre);
    return out;
}

static enum version_bound read_bound(struct bytes *text)
{
    static const struct {
        const char *sign;
        enum version_bound bound;
    } signs[] = {{"<=", VERSION_AT_MOST},
                 {">=", VERSION_AT_LEAST},
                 {"<", VERSION_LESS},
                 {">", VERSION_MORE},
                 {"=", VERSION_EQUAL}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t n = strlen(signs[i].sign);
        if (bytes_equal_text(bytes_slice(*text, 0, n), signs[i].sign)) {
            *text = bytes_slice(*text, n, text->n);
            return signs[i].bound;
        }
    }
    return VERSION_EQUAL;
}

bool version_range_parse(struct bytes text, struct version_range *out, struct fail *fail)
{
    struct bytes rest = text;
    *out = (struct version_range){0};
    do {
        struct bytes part = take(&rest, ' ');
        if (out->count == VERSION_BOUNDS)
            return fail_set(fail, "EFORMAT", "a range of versions has at most %d bounds",
                            VERSION_BOUNDS);
        out->bounds[out->count] = read_bound(&part);
        if (!version_parse(part, &out->versions[out->count++], fail))
            return false;
    } while (rest.n > 0);
    return true;
}

static bool holds(int order, enum version_bound bound)
{
    switch (bound) {
    case VERSION_LESS:
        return order < 0;
    case VERSION_AT_MOST:
        return order <= 0;
    case VERSION_MORE:
        return order > 0;
    case VERSION_AT_LEAST:
        return order >= 0;
    case VERSION_EQUAL:
        break;
    }
    return order == 0;
}

static bool has_its_numbers(const struct version *bound, const struct version *v)
{
    return bound->pre[0] && bound->major == v->major && bound->minor == v->minor &&
           bound->patch == v->patch;
}

bool version_is_within(const struct version *v, const struct version_range *range)
{
    bool asked = !v->pre[0];
    for (unsigned i = 0; i < range->count; i++) {
        if (!holds(version_compare(v, &range->versions[i]), range->bounds[i]))
            return false;
        asked |= has_its_numbers(&range->versions[i], v);
    }
    return asked;
}
