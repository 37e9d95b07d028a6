/*
 * pack_claims: is each pack of a bundle signed by whom data/run.json says?
 *
 * The signature lies beside the pack's file there. Whose key it is, that says nobody here: a reader who knows the key sees
 * that the pack was not made by who sealed the bundle.
 */
#pragma once

#include "tape/object.h"

/* `run` is data/run.json. False: the fail says which pack is not what it is said to be (EFORMAT, ESIGNATURE, EMISSING), with
 * the file's name in the bundle. Reads the whole bundle, where a pack is there at all. */
bool pack_claims_hold(const char *bundle, const json_t *run, struct fail *fail);
