/*
 * gather: the files of one case, put together as they stream by.
 */
#pragma once

#include "evidence/bundle.h"
#include "evidence/name.h"

enum { GATHER_FILES = 4 + BUNDLE_RECEIPTS };

/* Contents lie one behind the other in one buffer, which moves while it grows: so they are kept as
 * lengths until the case is complete. */
struct gather {
    char id[NAME_LIMIT];                  /* "" when there is none */
    char names[GATHER_FILES][NAME_LIMIT]; /* below the case's directory */
    size_t sizes[GATHER_FILES];
    unsigned count;
    struct buf content;
};

/* Free with buf_free(&g->content). */
void gather_init(struct gather *g);
/* Forgets what there is and begins with the case `id`; nothing: with none. */
void gather_begin(struct gather *g, struct bytes id);
/* Adds a file of the case, its name below the case's directory. Fails for a name that no file of a
 * case has, for one that is there already, and for too much. */
bool gather_add(struct gather *g, const char *name, struct bytes content, struct fail *fail);
bool gather_has(const struct gather *g, const char *name);
/* The case, if it has the two files that each must have. Views are valid until the next add or begin. */
bool gather_case(const struct gather *g, struct bundle_case *out, struct fail *fail);

/* Calls fn for each group of files of one case that stand together in the bundle, or only for those of the case
 * `only`; return false to stop, with the fail set. A case whose files stand apart comes several times. */
typedef bool (*gather_fn)(void *arg, const struct gather *g, struct fail *fail);
bool gather_each(const char *path, const char *only, gather_fn fn, void *arg, struct fail *fail);
