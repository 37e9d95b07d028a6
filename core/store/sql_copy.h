/*
 * sql_copy: rows in the binary form of PostgreSQL's COPY. For sql_postgres.c.
 */
#pragma once

#include "base/buf.h"
#include "store/sql.h"

enum { SQL_COPY_MOST = 64 * 1024 * 1024 };

/* Appends header, `count` rows of `width` values, and trailer. Numbers are BIGINT. False: no memory, or out's limit. */
bool sql_copy_put(struct buf *out, const struct sql_value *values, unsigned width, size_t count);
