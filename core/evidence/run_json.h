/*
 * run_json: what is read of a bundle's data/run.json.
 */
#pragma once

#include "base/fail.h"

struct run_json {
    char authority[512]; /* "" where it is not said, or not as text */
    char contact[512];
};

/* Fails when it is no JSON object. Longer texts are cut. */
bool run_json_read(struct bytes content, struct run_json *out, struct fail *fail);
