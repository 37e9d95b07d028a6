/*
 * repl_script: a session as a script: what was typed, piece by piece, each with whatever becomes of it. Replayed on the
 * session's tape it says the same again.
 *
 * While the session goes on another script runs, which takes its pieces as they are typed; errors in them name the lines
 * that they have here.
 */
#pragma once

#include "base/buf.h"

struct repl_script {
    bool proxy;      /* else a relay's */
    struct buf text; /* up to the last piece */
    struct buf chunk;
    unsigned line; /* of its next piece's beginning */
};

struct repl_script repl_script_new(bool proxy);
void repl_script_free(struct repl_script *s);
/* Forgets all pieces. */
void repl_script_begin(struct repl_script *s);
/* Adds one, and gives the chunk that returns it as a function (lent until the next call); false: there is no room. */
bool repl_script_add(struct repl_script *s, struct bytes piece, struct bytes *chunk);
/* The whole script; nothing can be added any more. */
struct bytes repl_script_end(struct repl_script *s);
/* The script that takes them; the caller frees it. */
struct buf repl_script_live(const struct repl_script *s);
