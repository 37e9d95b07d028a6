/*
 * schema: the tables, and how those of an older ajar become these. For store.c.
 *
 * Each version is a script that is run once, upon those before it. A script that was released is never changed: what is
 * new is one more.
 */
#pragma once

#include "store/sql.h"

/* The newest version that this program knows. */
unsigned schema_newest(void);
/* The script that leads to a version, from 1 on. */
const char *schema_script(unsigned version);
/* 0: there are no tables of ours. */
bool schema_version(struct sql *db, unsigned *out, struct fail *fail);
/* Brings the tables up to `to`, in one step. EVERSION: they are of a newer version than schema_newest. */
bool schema_upgrade(struct sql *db, unsigned to, struct fail *fail);
