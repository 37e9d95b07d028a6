#include "tape/hidden.h"

#define BEFORE "{\"hidden\":\""
#define BEHIND "\"}"

enum { DIGITS = 64 };

bool tape_is_hidden(struct bytes line)
{
    size_t before = sizeof BEFORE - 1;
    if (line.n != before + DIGITS + sizeof BEHIND - 1 ||
        !bytes_equal_text(bytes_slice(line, 0, before), BEFORE) ||
        !bytes_equal_text(bytes_slice(line, before + DIGITS, line.n), BEHIND))
        return false;
    for (size_t i = before; i < before + DIGITS; i++) {
        unsigned char c = line.p[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return true;
}
