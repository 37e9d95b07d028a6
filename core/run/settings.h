/*
 * settings: what workers, their cells and the sink are told when they start, as one message.
 */
#pragma once

#include "base/buf.h"
#include "proto/token.h"
#include "run/ipc.h"
#include "script/probes.h"

enum { SETTINGS_SCRIPTS = 1000, CELLS_MOST = 16 };

struct settings {
    struct bytes mail_domain;
    struct bytes sender_domain;
    struct bytes helo;
    struct bytes authority;
    struct bytes contact;
    struct bytes info;
    struct addr sink;
    struct ways ways;                 /* to it, and the control */
    span wait;                        /* how long a token may take to come back */
    span limit;                       /* a whole probe's time */
    bool session;                     /* the script's lines are typed while it runs */
    bool watched;                     /* rows of the dialogues are wanted as they come to be */
    unsigned in_flight;               /* probes at once, in all */
    unsigned char run_key[TOKEN_KEY]; /* the sink's alone; zero for workers */
    /* The workers' and the cells'. A worker gets no text of what runs in a cell, a cell nothing but what runs there. */
    const struct script_source *scripts;
    const struct bytes *args; /* for each script: values for its arguments, as JSON; NULL: none */
    const char *const *ids;   /* for each: its probe's, as the worker has to know; NULL: none */
    const unsigned char
        *cells; /* for each: the cell that it runs in; 0, or NULL: in the worker itself */
    size_t script_count;
};

/* What the scripts of a foreign pack may hold in their VM, of which this is one: 256 MiB, or less where its manifest says so. */
size_t settings_memory(const struct script_source *script);

/* Whom the message is for: a worker, the sink, or the cell of this number (from 1 on). */
enum { SETTINGS_FOR_WORKER = 0, SETTINGS_FOR_SINK = -1 };

/* Writes the message. The sink alone gets the key. */
void settings_put(struct buf *out, const struct settings *s, int whom);
/* Reads it. Everything is copied into one block that settings_free gives back. NULL when broken. */
struct settings *settings_get(struct bytes frame);
void settings_free(struct settings *s);
