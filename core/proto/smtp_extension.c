#include "proto/smtp_extension.h"

enum { NAME_LIMIT = 255 };

/* The first word of text; *rest is what follows it, without the blanks around. */
static struct bytes first_word(struct bytes text, struct bytes *rest)
{
    text = bytes_trim(text);
    size_t n = 0;
    while (n < text.n && text.p[n] != ' ' && text.p[n] != '\t')
        n++;
    *rest = bytes_trim(bytes_slice(text, n, text.n));
    return bytes_slice(text, 0, n);
}

/* "AUTH PLAIN LOGIN"; "AUTH=" is how servers older than RFC 2554 spelt it: the first then stands behind the sign. */
static void note_auth(struct smtp_extensions *x, struct bytes word, struct bytes rest)
{
    struct bytes first = bytes_slice(word, strlen("AUTH="), word.n);
    x->auth = true;
    for (; first.n > 0 || rest.n > 0; first = first_word(rest, &rest)) {
        x->auth_plain = x->auth_plain || bytes_equal_nocase(first, "PLAIN");
        x->auth_scram = x->auth_scram || bytes_equal_nocase(first, "SCRAM-SHA-256");
        x->auth_login = x->auth_login || bytes_equal_nocase(first, "LOGIN");
    }
}

static void note(struct smtp_extensions *x, struct bytes word, struct bytes rest)
{
    if (bytes_equal_nocase(word, "PIPELINING"))
        x->pipelining = true;
    else if (bytes_equal_nocase(word, "STARTTLS"))
        x->starttls = true;
    else if (bytes_equal_nocase(word, "ENHANCEDSTATUSCODES"))
        x->enhanced_codes = true;
    else if (bytes_equal_nocase(word, "SMTPUTF8"))
        x->smtputf8 = true;
    else if (bytes_equal_nocase(word, "XCLIENT"))
        x->xclient = true;
    else if (bytes_equal_nocase(word, "AUTH") || bytes_starts_nocase(word, "AUTH="))
        note_auth(x, word, rest);
    else if (bytes_equal_nocase(word, "8BITMIME"))
        x->eight_bit = true;
    else if (bytes_equal_nocase(word, "DSN"))
        x->dsn = true;
    else if (bytes_equal_nocase(word, "SIZE")) {
        x->has_size = true;
        if (!bytes_number(rest, ~0ul, &x->size_limit))
            x->size_limit = 0;
    }
}

struct smtp_extensions smtp_extensions_of(const struct smtp_reply *ehlo)
{
    struct smtp_extensions x = {0};
    struct bytes line;
    if (ehlo->code != 250)
        return x;
    for (unsigned i = 1; i < ehlo->lines && smtp_reply_line(ehlo, i, &line); i++) {
        struct bytes rest;
        struct bytes word = first_word(line, &rest);
        note(&x, word, rest);
    }
    return x;
}

static bool is_letter_or_digit(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_byte(unsigned char c)
{
    return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_' || c == '[' || c == ']' ||
           c == ':';
}

struct bytes smtp_server_name(const struct smtp_reply *reply)
{
    struct bytes line = {0};
    struct bytes rest;
    bool named = false;
    if (!smtp_reply_line(reply, 0, &line))
        return line;
    struct bytes word = first_word(line, &rest);
    for (size_t i = 0; i < word.n; i++) {
        if (!is_name_byte(word.p[i]))
            return bytes_slice(word, 0, 0);
        named = named || is_letter_or_digit(word.p[i]);
    }
    return bytes_slice(word, 0, named && word.n <= NAME_LIMIT ? word.n : 0);
}
