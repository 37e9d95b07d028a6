/*
 * smtp_extension: what an EHLO reply offers (RFC 5321, section 4.1.1.1).
 */
#pragma once

#include "proto/smtp_reply.h"

struct smtp_extensions {
    bool pipelining;          /* RFC 2920 */
    bool starttls;            /* RFC 3207 */
    bool enhanced_codes;      /* RFC 2034 */
    bool smtputf8;            /* RFC 6531 */
    bool auth;                /* RFC 4954 */
    bool auth_plain;          /* it takes PLAIN (RFC 4616) */
    bool auth_scram;          /* it takes SCRAM-SHA-256 (RFC 7677) */
    bool auth_login;          /* it takes LOGIN, which no RFC defines */
    bool eight_bit;           /* 8BITMIME, RFC 6152 */
    bool dsn;                 /* RFC 3461 */
    bool xclient;             /* Postfix's XCLIENT */
    bool has_size;            /* RFC 1870 */
    unsigned long size_limit; /* 0: no fixed limit */
};

struct smtp_extensions smtp_extensions_of(const struct smtp_reply *ehlo);
/* The name the server gives itself: first word of the first line of a banner, EHLO or HELO reply;
 * empty when it is no name or address literal: letters, digits, dots, hyphens, underscores, brackets
 * and colons, at least one of them a letter or digit, at most 255 bytes. */
struct bytes smtp_server_name(const struct smtp_reply *reply);
