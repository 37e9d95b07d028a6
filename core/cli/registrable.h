/*
 * registrable: the domain that somebody has registered, of a name below it, by the Public Suffix List (libpsl, loaded when it is
 * wanted): "example.co.uk" of "mail.example.co.uk".
 */
#pragma once

/* A part of `host`, in small letters where it is. NULL: the list is not installed, or the name is a public suffix itself. */
const char *registrable_domain(const char *host);
