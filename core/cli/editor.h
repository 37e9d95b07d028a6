/*
 * editor: lines from a person at a terminal, with history and completion; from anything else, as they come.
 */
#pragma once

#include "base/buf.h"

struct editor;

/* What a name that begins so could be: appends names, a line each. */
typedef void (*editor_complete)(void *arg, struct bytes begun, struct buf *names);

/* `over`: a descriptor at which something is to be read when no more lines are wanted. NULL: no memory. Says on stderr
 * when the terminal has to go without history and completion. */
struct editor *editor_new(int over, editor_complete complete, void *arg);
void editor_free(struct editor *e);

enum editor_got { EDITOR_LINE, EDITOR_INTERRUPTED, EDITOR_END };
/* The next line, without its end; lent until the next call. */
enum editor_got editor_read(struct editor *e, const char *prompt, struct bytes *line);
/* Puts it into the history. */
void editor_remember(struct editor *e, const char *text);
