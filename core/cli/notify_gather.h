/*
 * notify_gather: the cases of a bundle that belong together, each time read for one letter.
 *
 * The bundle is gone through once for the recipients and the places of its cases (notify_groups.h), and then read by place, letter
 * by letter: memory does not grow with the findings.
 */
#pragma once

#include "cli/notify_desk.h"
#include "cli/notify_selection.h"

/* Hands all letters of the bundle, which was verified, to the desk. */
bool notify_gather(const char *bundle, struct notify_selection *s, struct notify_desk *d,
                   struct fail *fail);
