/*
 * store_inside: what the files of store.h and its parts share; nobody else includes it.
 */
#pragma once

#include "base/hash.h"
#include "store/sql.h"
#include "store/store.h"

struct store {
    struct sql *sql;
    unsigned holdout; /* of 10,000 */
    unsigned char key[KEYED_KEY];
};

/* A column as a text of at most `size` bytes with its NUL; what does not fit is cut. */
void store_copy(char *out, size_t size, struct sql_value column);
