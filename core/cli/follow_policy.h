/*
 * follow_policy: what an operator has laid down on how a campaign's targets go on: its rules, and who has objected.
 *
 * A campaign of one machine has both as files in its folder, rules.lua and optout; one that machines share has them in the database.
 * A campaign without rules of its own has those that are built in.
 */
#pragma once

#include "base/buf.h"
#include "guard/scope.h"
#include "run/ruling.h"
#include "store/store.h"

struct follow_policy {
    struct rulings *rulings;
    struct scope *optouts;
    struct buf rules; /* private: the text */
};

/* `place` is the campaign's; rules_path names other rules, or is NULL. To be freed, whatever it gives. */
bool follow_policy_load(struct follow_policy *out, const char *place, const char *rules_path,
                        struct store *s, struct fail *fail);
void follow_policy_free(struct follow_policy *p);
