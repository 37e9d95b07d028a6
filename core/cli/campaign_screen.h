/*
 * campaign_screen: `ajar campaign status` on a terminal: the table, painted anew every second or two until q is pressed.
 *
 * It is painted on the terminal's other screen, so that what stood there is there again afterwards, with the last table below it. A
 * database that is away for a while is said to be, and waited for.
 */
#pragma once

#include "store/store.h"

/* Are stdin and stdout terminals? */
bool campaign_screen_is_there(void);
/* Shows it until q, Ctrl-C or a signal that ends. */
bool campaign_screen_run(struct store *s, struct fail *fail);
