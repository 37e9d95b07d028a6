#include "evidence/fields.h"

static bool take_text(struct bytes *rest, struct bytes *line)
{
    size_t end = bytes_index(*rest, '\n', 0);
    if (end == BYTES_NOT_FOUND)
        return false;
    *line = bytes_slice(*rest, 0, end);
    *rest = bytes_slice(*rest, end + 1, rest->n);
    return true;
}

bool fields_take(struct bytes *rest, const char *label, struct bytes *value)
{
    struct bytes line;
    struct bytes after = *rest;
    size_t n = strlen(label);
    if (!take_text(&after, &line) || line.n <= n || line.p[n] != ' ' ||
        !bytes_equal_text(bytes_slice(line, 0, n), label))
        return false;
    *value = bytes_slice(line, n + 1, line.n);
    *rest = after;
    return true;
}

bool fields_take_line(struct bytes *rest, const char *line)
{
    struct bytes found;
    struct bytes after = *rest;
    if (!take_text(&after, &found) || !bytes_equal_text(found, line))
        return false;
    *rest = after;
    return true;
}

struct bytes fields_word(struct bytes *value)
{
    size_t end = bytes_index(*value, ' ', 0);
    struct bytes word = bytes_slice(*value, 0, end);
    *value = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(*value, end + 1, value->n);
    return word;
}

/* The value of a lower case hexadecimal digit, one more, so that what is none has 0. */
static const unsigned char digits[256] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

bool fields_hex(struct bytes value, unsigned char *out, size_t size)
{
    unsigned all = 0;
    if (value.n != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        unsigned high = digits[value.p[2 * i]] - 1U;
        unsigned low = digits[value.p[2 * i + 1]] - 1U;
        out[i] = (unsigned char)(16 * high + low);
        all |= high | low;
    }
    return all < 16;
}
