/*
 * pack_place: where this operator's packs are, and whose he takes.
 */
#pragma once

#include "pack/pack_store.h"
#include "pack/signers.h"

enum { PACK_PLACE = 4096 };

/* ~/.local/share/ajar/packs. Writes into out and returns it. */
const char *pack_place_folder(char out[PACK_PLACE]);
/* ~/.config/ajar/packs.trust */
const char *pack_place_signers(char out[PACK_PLACE]);
/* ~/.config/ajar/packs.sources */
const char *pack_place_sources(char out[PACK_PLACE]);
/* Reads those files. To be freed by free; NULL with a fail. */
struct signers *pack_place_load_signers(struct fail *fail);
/* To be closed by pack_place_close, whatever it gives; NULL with a fail. */
struct pack_store *pack_place_open(bool to_change, struct fail *fail);
void pack_place_close(struct pack_store *s);
