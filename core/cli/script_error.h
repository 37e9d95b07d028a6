/*
 * script_error: how a script failed, on stdout: its error, its calls, and the last rows of its dialogue.
 */
#pragma once

#include "base/buf.h"

/* Does this tape end with an error that the script raised, with its calls? */
bool script_error_is(struct bytes tape);
/* Behind so many blanks; nothing where it ends otherwise. dialogue: with its last rows, as --trace has them. */
void script_error_print(struct bytes tape, int indent, bool dialogue);
/* The last rows of its dialogue alone: where its process was ended, so that the script raised nothing. */
void script_error_dialogue(struct bytes tape, int indent);
/* Appends the tape of a case in a bundle that was just made; nothing, where it can't be read. */
void script_error_tape(const char *bundle, const char *id, struct buf *tape);
/* Appends it: does it end with such an error? No, where it can't be read. */
bool script_error_read(const char *bundle, const char *id, struct buf *tape);
