/*
 * sent_letters: the letters in folders of `ajar deliver`, found by their Message-ID and by their name.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

struct sent_letters;

/* NULL: no memory. */
struct sent_letters *sent_letters_new(void);
void sent_letters_free(struct sent_letters *s);
/* Those of a folder. Lookups come after the last. */
bool sent_letters_add(struct sent_letters *s, const char *folder, struct fail *fail);

/* As sorting_ground has them; arg is a struct sent_letters. */
const char *sent_letters_of(void *arg, const char *id);
bool sent_letters_has(void *arg, struct bytes name);
/* Appends the letter of this name as it lies in its folder. False: there is none, or it can't be read. */
bool sent_letters_read(struct sent_letters *s, const char *name, struct buf *out,
                       struct fail *fail);
/* Notes that one which is uncertain was sent: something came back. False where it is not uncertain, or with a fail. */
bool sent_letters_settle(struct sent_letters *s, const char *name, const char *why,
                         struct fail *fail);
