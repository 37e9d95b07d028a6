/*
 * json: writing JSON (RFC 8259) straight into a buffer. Reading is jansson's.
 */
#pragma once

#include "base/buf.h"

/* A JSON string of text that should be UTF-8: quotes, backslashes and all that is not printable (see
 * text.h) are escaped, so that a terminal can show it; a byte that is not part of valid UTF-8 comes
 * out as U+FFFD. For words. */
bool json_put_string(struct buf *out, struct bytes text);
/* A JSON string that keeps bytes exactly: byte NN stands as the character U+00NN (all but printable
 * ASCII escaped as \u00NN, CR, LF and TAB as \r, \n and \t). Reading it back gives the bytes. For evidence. */
bool json_put_bytes(struct buf *out, struct bytes data);
/* The same at `to`, which has room for json_bytes_most(data.n) bytes; gives where it ends. */
unsigned char *json_write_bytes(unsigned char *to, struct bytes data);
enum { JSON_ESCAPE = 6 /* bytes that one byte becomes at most */ };
static inline size_t json_bytes_most(size_t n)
{
    return 2 + JSON_ESCAPE * n;
}
/* A text that is JSON, on one line, as it stands; what is not printable in it is escaped (it can only stand in strings), or a
 * blank where it is a blank of JSON's. It means what it meant. */
bool json_put_json(struct buf *out, struct bytes json);
/* `,"name":` or, when the buffer ends in `{`, `"name":`. The name is our own: it is not escaped. */
bool json_put_name(struct buf *out, const char *name);
/* Name and string in one. */
bool json_put_member(struct buf *out, const char *name, struct bytes text);
bool json_put_member_text(struct buf *out, const char *name, const char *text);
bool json_put_member_number(struct buf *out, const char *name, uint64_t value);
/* How many characters at the head of b stand for themselves in a string: printable ASCII but quotes and backslashes. */
size_t json_plain_run(struct bytes b);
