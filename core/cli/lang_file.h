/*
 * lang_file: a language of the letters as `ajar lang` looks at it: one that is built in, or a file.
 *
 * Its script runs in a confined process (run/composing.h), whoever wrote it.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

#include <jansson.h>

struct lang_file {
    const char *path; /* "lang/nb.lua", or the file's as it was given; lent */
    bool is_built_in;
    struct bytes source;
    json_t *said; /* see compose_texts */
    struct buf hold;
};

/* `name` is a code of a language that is built in, or ends in .lua: then it is a file's. Fails: EUSAGE with the languages there
 * are; what reading and running it gives. On failure there is nothing to free. */
bool lang_file_load(struct lang_file *out, const char *name, struct fail *fail);
void lang_file_free(struct lang_file *f);

/* A text of it: "code", "name", "english", "tone", "direction"; "" where it has none. */
const char *lang_file_field(const struct lang_file *f, const char *field);
/* The message of this path; empty: it has none. */
struct bytes lang_file_text(const struct lang_file *f, const char *path);

enum { LANG_FILES_MOST = 128 };

/* The codes of those that are built in, sorted, English first; their number. Lent for good. */
unsigned lang_codes(const char *out[LANG_FILES_MOST]);
