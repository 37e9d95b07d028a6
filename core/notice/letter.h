/*
 * letter: the letter to the owner about one finding, worded and laid out, not yet a message.
 *
 * Its words may be a stranger's and come from a process that was taken over (run/composing.h): nothing of them is believed.
 * What the server said stands in it as the facts have it, who writes as the profile has it, whatever the words say.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

#include <jansson.h>

struct layout_kept;

enum {
    LETTER_LIMIT = 256 * 1024,
    LETTER_BLOCKS = 1000,
    LETTER_FIELD = 400, /* bytes of the subject, and of the writer's name */
};

/* Views lie in the letter itself, until letter_free. */
struct letter {
    struct bytes subject;
    struct bytes languages; /* "nb, en": what Content-Language takes */
    struct bytes from_name;
    struct bytes from_address;
    struct bytes reply_to;
    struct buf text; /* UTF-8, LF line ends, see layout.h */

    struct buf isolated; /* private: the subject of a language written from right to left */
    json_t *words;
    json_t *facts;
    json_t *profile;
};

/* Lays out the words (the head of scripts/notice/letter.lua says which) about these facts (notice/facts.h) with this profile
 * (script/compose.h). Fails: EWORDS: they are not what a letter may be: control characters, marks that turn the direction of
 * writing, blocks of no known kind; ELIMIT. On failure there is nothing to free. Fuzzed. */
bool letter_lay_out(json_t *words, json_t *facts, json_t *profile, struct letter *out,
                    struct fail *fail);
/* The same for one of many, with what was laid out before (notice/layout.h): a block that it holds was checked then. Blocks are not
 * changed, as they may be those of other letters too. */
bool letter_lay_out_kept(json_t *words, json_t *facts, json_t *profile, struct layout_kept *kept,
                         struct letter *out, struct fail *fail);
/* The blocks with their quotes filled in, for other layouts; to be json_decref'd. NULL: no memory. */
json_t *letter_blocks(const struct letter *letter);
void letter_free(struct letter *letter);
