/*
 * ask: a yes from the person at the terminal.
 */
#pragma once

#include "base/fail.h"

/* Puts the question on the terminal; true: "y" or "yes". Fails (EREFUSED) where the answer is another one, and (ENOTTY)
 * where there is no terminal: `instead` is the option that stands for a yes. */
bool ask_person(const char *question, const char *instead, struct fail *fail);
