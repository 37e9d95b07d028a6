/*
 * rules: how a campaign's targets go on, as an operator's script has it (data/campaign/rules.lua says what it is told and gives).
 *
 * The script has the sandbox that all have (sandbox.h), with a small memory and a budget for each target.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

#include <jansson.h>

struct rules;

/* `name` is what messages call it. ESCRIPT: it is no Lua, fails, or gives no table with a function `next`. */
struct rules *rules_new(struct bytes text, const char *name, struct fail *fail);
void rules_free(struct rules *r);
/* What next(target) gives, to be json_decref'd. NULL, ESCRIPT: it fails, or gives no table. */
json_t *rules_next(struct rules *r, json_t *target, struct fail *fail);
