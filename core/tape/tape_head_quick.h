/*
 * tape_head_quick: a tape's head without the JSON library, for tape_head.c alone.
 */
#pragma once

#include "tape/tape_head.h"

/* Reads a head that stands as tape_head_put writes it, without arguments: members in their order, no blanks, no character
 * beyond ASCII. False for any other: the line may be good all the same. It gives what tape_head_get would give (the fuzz
 * target compares), in a tenth of the time. */
bool tape_head_quick(struct bytes line, struct tape_head *out, struct buf *hold);
/* The same for every line, by the JSON library. */
bool tape_head_get_any(struct bytes line, struct tape_head *out, struct buf *hold,
                       struct fail *fail);
