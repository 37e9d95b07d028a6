#include "proto/receipt.h"

static const char *const names[] = {"mail",  "bounce", "delay", "answer",  "report",
                                    "other", "line",   "http",  "datagram"};

bool receipt_fits(struct bytes raw)
{
    unsigned lines = 0;
    size_t at = 0;
    while (lines <= RECEIPT_LINES && (at = bytes_index(raw, '\n', at)) != BYTES_NOT_FOUND) {
        lines++;
        at++;
    }
    return lines <= RECEIPT_LINES;
}

const char *receipt_kind_name(enum receipt_kind kind)
{
    return names[kind];
}

bool receipt_kind_is_mail(enum receipt_kind kind)
{
    return kind <= RECEIPT_OTHER;
}

bool receipt_kind_is_return(enum receipt_kind kind)
{
    return kind == RECEIPT_MAIL || !receipt_kind_is_mail(kind);
}

bool receipt_kind_parse(struct bytes text, enum receipt_kind *out)
{
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
        if (bytes_equal_text(text, names[i])) {
            *out = (enum receipt_kind)i;
            return true;
        }
    return false;
}
