/*
 * held_pack: a pack whose probes or letters are to be used: read once, and asked for whose it is.
 */
#pragma once

#include "cli/scripts.h"
#include "pack/pack_store.h"
#include "pack/signers.h"

/* That of a file: whoever signed it, or nobody, but not beside a signature of a trusted key that is not its own. On failure
 * there is nothing to free. */
bool held_pack_read(struct scripts_pack *held, const char *path, struct fail *fail);
/* An installed one, whose key is trusted now, or which was taken without any. As above. */
bool held_pack_take(struct scripts_pack *held, const struct pack_store *store,
                    const struct lock_entry *e, const struct signers *signers, struct fail *fail);
void held_pack_free(struct scripts_pack *held);
