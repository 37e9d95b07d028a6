#include "proto/receipt.h"

static const char *const names[] = {"mail",  "bounce", "delay", "answer",  "report",
                                    "other", "line",   "http",  "datagram"};

size_t receipt_beginning(struct bytes raw)
{
    size_t end = 0;
    for (unsigned lines = 0; lines < RECEIPT_LINES; lines++) {
        size_t at = bytes_index(raw, '\n', end);
        if (at == BYTES_NOT_FOUND)
            return raw.n;
        end = at + 1;
    }
    return bytes_index(raw, '\n', end) == BYTES_NOT_FOUND ? raw.n : end;
}

bool receipt_fits(struct bytes raw)
{
    return receipt_beginning(raw) == raw.n;
}

bool receipt_was_refused(struct bytes raw)
{
    return bytes_starts_nocase(raw, RECEIPT_REFUSED);
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
