/*
 * annotations: what those of the API (doc/api/) say of a member: since when it is there, and whether it is to go.
 */
#pragma once

#include "script/free_names.h"

/* Of a name and what it is a member of. */
struct annotation {
    unsigned
        since; /* the newest version of the API that one of them needs; 1 where none says anything */
    struct bytes deprecated; /* what is said of the first that is; lent by the annotations */
    unsigned parts;          /* of the name that are the name of that; 0: none is deprecated */
};

struct annotation annotations_of(struct bytes annotations, const struct free_name *name);
