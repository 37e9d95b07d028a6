#include "base/fail.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool fail_set(struct fail *f, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    f->code = code;
    vsnprintf(f->text, sizeof f->text, format, args);
    va_end(args);
    text_make_printable(f->text);
    return false;
}

bool fail_errno(struct fail *f, int error, const char *what)
{
    return fail_set(f, fail_errno_name(error), "%s: %s", what, strerror(error));
}

bool fail_prefix(struct fail *f, const char *format, ...)
{
    char prefix[sizeof f->text];
    char rest[sizeof f->text];
    va_list args;
    va_start(args, format);
    vsnprintf(prefix, sizeof prefix, format, args);
    va_end(args);
    memcpy(rest, f->text, sizeof rest);
    return fail_set(f, f->code, "%s: %s", prefix, rest);
}

const char *fail_errno_name(int error)
{
    const char *name = strerrorname_np(error);
    return name ? name : "EUNKNOWN";
}

const char *fail_code(struct bytes text)
{
    static const char *const codes[] = {
        "EAGAIN",    "EAUTH",       "EBARRED",   "EACCES",       "EADDRINUSE", "EADDRNOTAVAIL",
        "EARGUMENT", "EBADF",       "ECONDUCT",  "ECONNREFUSED", "ECONNRESET", "EDENIED",
        "EDIVERGED", "EFORMAT",     "EHOSTDOWN", "EHOSTUNREACH", "ELIMIT",     "EMFILE",
        "ENETDOWN",  "ENETUNREACH", "ENFILE",    "ENOBUFS",      "ENODATA",    "ENODIAL",
        "ENONAME",   "EREFUSED",    "ESERVFAIL", "ENOMEM",       "ENOTSUP",    "EOF",
        "EOPTOUT",   "EPERM",       "EPIPE",     "EPROTO",       "ESCOPE",     "ESTOPPED",
        "ESYNTAX",   "ETIME",       "ETIMEDOUT", "ETLS"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (bytes_equal_text(text, codes[i]))
            return codes[i];
    return "EOTHER";
}
