/*
 * builtin: whether a bundle's scripts of the pack "builtin" are those that were built into this program.
 *
 * Who seals a bundle can put any script under that name; then a replay shows what those come to. So a reader is told. Bundles of
 * another version of ajar have others too, and are no worse for it.
 */
#pragma once

#include "base/bytes.h"

#define BUILTIN_FOLDER "data/packs/builtin/"

enum builtin_origin {
    BUILTIN_NONE, /* there is none in the bundle */
    BUILTIN_OWN,  /* each file is, byte for byte, this program's */
    BUILTIN_OTHER
};

/* What is known of all files when one more of the bundle, of any name, has been looked at: its content, or the SHA-256 of it in
 * hexadecimal. */
enum builtin_origin builtin_with(enum builtin_origin before, struct bytes name,
                                 struct bytes content);
enum builtin_origin builtin_with_digest(enum builtin_origin before, struct bytes name,
                                        struct bytes digest);
/* "own", "other"; "none" for BUILTIN_NONE. */
const char *builtin_word(enum builtin_origin origin);
/* One sentence, without its end; "" for BUILTIN_NONE. */
const char *builtin_words(enum builtin_origin origin);
