/*
 * pack_file: a pack's file and its signature, as commands read them and show them.
 */
#pragma once

#include "cli/trust_options.h"
#include "pack/seal.h"

/* The pack, and the text of the signature at `signature_path` (NULL: beside the pack, where it may be missing:
 * empty). The buffer is begun and freed by who asks. NULL: the fail says why. */
struct pack *pack_file_read(const char *path, const char *signature_path, struct buf *signature,
                            struct fail *fail);
/* Checks the signature by that one of the keys that bears its number; *name is whose it is, by the reader's own file. */
bool pack_file_check(const struct pack *p, struct bytes signature, const struct trust *trust,
                     struct seal *out, const char **name, struct fail *fail);
/* What it is and what it may do, in words, on standard output. */
void pack_file_print(const struct pack *p);
/* The same as one line of JSON; signer: NULL, it is not known to be signed by anybody. */
void pack_file_print_json(const struct pack *p, const struct seal *signer);
