/*
 * early_stop: Ctrl-C and SIGTERM while a run is only prepared, when no loop hears them yet.
 *
 * The run's loop takes the signals over while it lives. One that came before is passed on to it.
 */
#pragma once

#include <stdbool.h>

void early_stop_begin(void);
/* Has one come? To be asked wherever preparation may take long. */
bool early_stop_asked(void);
/* The loop hears signals now: what came before comes again. */
void early_stop_pass_on(void);
/* From here on they end the process again. */
void early_stop_end(void);
