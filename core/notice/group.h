/*
 * group: the findings that one letter is about, as they come, one after the other: what such a letter tells of them, and the table
 * of all of them that goes with it (notice/findings_csv.h).
 *
 * However many there are, a row is kept of the first GROUP_ROWS of them, one finding of each kind as an example, and one of each
 * sort that is closed in its own way, of GROUP_SORTS at most; and of each its line in the table.
 */
#pragma once

#include "base/fail.h"
#include "notice/finding.h"

#include <jansson.h>

enum { GROUP_ROWS = 30, GROUP_SORTS = 24, GROUP_MOST = 10000 };

/* How the table of all findings is called. */
#define GROUP_FILE "findings.csv"

struct group;

/* NULL: no memory. */
struct group *group_new(void);
void group_free(struct group *g);
/* Takes a finding, which is lent for the call; where its evidence is must be told in it. ELIMIT: it would be over GROUP_MOST. */
bool group_add(struct group *g, const struct finding *f, struct fail *fail);
size_t group_findings(const struct group *g);
/* At how many addresses they are. */
size_t group_addresses(struct group *g);
/* The table, lent until the next call. */
struct bytes group_table(const struct group *g);
/* `facts` are those of the first finding (notice/facts.h): they become those of the letter about all of them, whose number is
 * `ticket`; scripts/notice/group.lua says what is in them. */
bool group_tell(struct group *g, json_t *facts, const char *ticket, struct fail *fail);
