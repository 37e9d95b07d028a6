/*
 * case_hidden: may what a case.json lacks be what is hidden of it?
 *
 * A hidden member stands for one: so there are as many stand-ins as tree.txt says, and no more members are missing, of those
 * that must be there by what is shown, than are hidden. Which of them a stand-in is of, nobody can tell.
 */
#pragma once

#include "run/case_frame.h"

/* False: *out says how many of which. */
bool case_hidden_agrees(const struct frame_claim *claim, struct difference *out);
