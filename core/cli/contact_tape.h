/*
 * contact_tape: every question about contacts and its answer, byte for byte, one JSON object a line in a new file; and what was
 * concluded from them. doc/contacts.md describes it.
 */
#pragma once

#include "base/addr.h"
#include "base/buf.h"
#include "base/time.h"
#include "contact/choice.h"

struct contact_exchange {
    enum contact_source source;
    struct addr about;
    const char *service; /* an URL, "whois://HOST:PORT", "dns:NAME TYPE" */
    struct addr peer;    /* ADDR_NONE: there was none, or it is not known */
    instant asked;
    span took;
    struct bytes sent;
    struct bytes head;      /* HTTP: the answer's head */
    struct bytes received;  /* the answer, or its body; as far as it came */
    const struct fail *why; /* NULL: the exchange came to its end */
};

struct contact_tape;

/* EEXIST: the file is there already, and stays as it is. */
struct contact_tape *contact_tape_new(const char *path, struct fail *fail);
/* One that is there, to go on with: a line that was cut off at its end is taken away, and `concluded` is called for each address
 * of which it holds a conclusion. EFORMAT: it is no tape of this program. */
struct contact_tape *contact_tape_again(const char *path,
                                        void (*concluded)(void *arg, const struct addr *a),
                                        void *arg, struct fail *fail);
/* The number of the exchange, from 1; 0: it could not be written (contact_tape_end says so). */
unsigned long contact_tape_put(struct contact_tape *t, const struct contact_exchange *e);
/* A conclusion: a JSON object, without its line end. */
void contact_tape_conclude(struct contact_tape *t, struct bytes object);
/* Closes and frees it. False: not all of it could be written. NULL is allowed. */
bool contact_tape_end(struct contact_tape *t, struct fail *fail);
