#include "pack/member.h"

#include "base/text.h"

#include <string.h>

bool member_copy(struct bytes text, char *out, size_t size)
{
    if (text.n >= size || !text_is_printable(text))
        return false;
    memcpy(out, text.n ? (const char *)text.p : "", text.n);
    out[text.n] = '\0';
    return true;
}

bool member_consists_of(struct bytes text, const char *letters)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == 0 || !strchr(letters, text.p[i]))
            return false;
    return text.n > 0;
}

bool member_digest(struct bytes text, char out[SHA256_HEX])
{
    return text.n == SHA256_HEX - 1 && member_consists_of(text, "0123456789abcdef") &&
           member_copy(text, out, SHA256_HEX);
}

bool member_refuse(struct fail *fail, const char *what)
{
    return fail_set(fail, "EFORMAT", "%s is missing or wrong", what);
}
