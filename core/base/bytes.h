/*
 * bytes: a borrowed view of memory.
 *
 * A view never owns what it points to and is valid only as long as its lender says. All functions
 * take any bytes, NULs included; n == 0 allows p == NULL.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct bytes {
    const unsigned char *p;
    size_t n;
};

#define BYTES_NOT_FOUND ((size_t)-1)

/* The view of a C string, without its NUL. */
static inline struct bytes bytes_of(const char *text)
{
    return (struct bytes){(const unsigned char *)text, strlen(text)};
}
/* The view of n bytes at p. */
static inline struct bytes bytes_at(const void *p, size_t n)
{
    return (struct bytes){(const unsigned char *)p, n};
}
/* `from` to `to` (exclusive) of b, both cut to b's length. */
struct bytes bytes_slice(struct bytes b, size_t from, size_t to);

bool bytes_equal(struct bytes a, struct bytes b);
bool bytes_equal_text(struct bytes a, const char *text);
/* The same, ASCII letters compared without case. */
bool bytes_equal_nocase(struct bytes a, const char *text);
bool bytes_starts_nocase(struct bytes b, const char *prefix);
/* Is the text longer than this ending, and does it end in that? */
bool bytes_ends(struct bytes b, const char *ending);

/* Index of the first `byte` at or after `from`, or BYTES_NOT_FOUND. */
size_t bytes_index(struct bytes b, unsigned char byte, size_t from);
/* Index of the first occurrence of `needle` in b, or BYTES_NOT_FOUND. */
size_t bytes_find(struct bytes b, struct bytes needle);
/* b without leading and trailing spaces, TABs, CRs and LFs. */
struct bytes bytes_trim(struct bytes b);
/* An unsigned decimal number that fills b entirely and is at most max: false if it is not. */
bool bytes_number(struct bytes b, unsigned long max, unsigned long *out);
