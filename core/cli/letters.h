/*
 * letters: the letters that `--letter` means: those of packs, installed or by their file, and files of Lua.
 *
 * ORG/PACK: all letters of an installed pack; ORG/PACK/NAME: its letters/NAME.lua; FILE.tar: those of a pack's file; FILE.lua:
 * that one. A pack's letters are of the bytes that were checked, as its probes are.
 */
#pragma once

#include "cli/held_pack.h"
#include "script/compose.h"

enum { LETTERS_CHOICES = 32 };

/* All that stands in it is lent until letters_free. */
struct letters {
    struct wording list[COMPOSE_LETTERS];
    size_t count;
    struct scripts_pack packs[LETTERS_CHOICES];
    size_t pack_count;
    struct buf texts[LETTERS_CHOICES]; /* of files */
    size_t text_count;
};

/* Of choices, LETTERS_CHOICES at most. What there is none of is EUSAGE. To be freed, whatever it gives. */
bool letters_load(struct letters *out, const char *const *choices, size_t n, struct fail *fail);
void letters_free(struct letters *l);
