/*
 * settings: what worker and sink are told when they start, as one message.
 */
#pragma once

#include "base/buf.h"
#include "proto/token.h"
#include "run/ipc.h"
#include "script/probes.h"

enum { SETTINGS_SCRIPTS = 1000 };

struct settings {
    struct bytes mail_domain;
    struct bytes helo;
    struct bytes authority;
    struct bytes contact;
    struct bytes info;
    struct addr sink;
    struct ways ways;                    /* to it, and the control */
    span wait;                           /* how long a token may take to come back */
    span limit;                          /* a whole probe's time */
    unsigned in_flight;                  /* probes at once, in all */
    unsigned char run_key[TOKEN_KEY];    /* the sink's alone; zero for workers */
    const struct script_source *scripts; /* the workers' alone */
    const struct bytes *args; /* for each script: values for its arguments, as JSON; NULL: none */
    size_t script_count;
};

/* Writes the message; for a worker without the key, for the sink without the scripts. */
void settings_put(struct buf *out, const struct settings *s, bool for_sink);
/* Reads it. Everything is copied into one block that settings_free gives back. NULL when broken. */
struct settings *settings_get(struct bytes frame);
void settings_free(struct settings *s);
