/*
 * pack_install: a pack made one of those that `ajar probe` has: checked, shown to a person, put into the store.
 */
#pragma once

#include "cli/pack_source.h"

struct pack_install {
    bool yes;       /* nobody is asked */
    bool untrusted; /* what nobody signed, or an unknown key, is taken too */
    bool older;     /* so is what is older than the one installed */
};

/* The pack in a file; signature_path NULL: beside it. */
bool pack_install_file(const struct pack_install *how, const char *path, const char *signature_path,
                       struct fail *fail);
/* The best that the sources have of a name, "acme/envelopes" or with a range behind it, "acme/envelopes@>=1.0.0 <2.0.0",
 * and before it whatever it requires. */
bool pack_install_named(const struct pack_install *how, const char *wanted, struct fail *fail);
/* The newest of each pack that is installed and not pinned, or of this one alone. Says of those that were withdrawn, or
 * whose key was revoked, and fails (EREVOKED) when such a one is still in use at the end. */
bool pack_install_update(const struct pack_install *how, const char *name, struct fail *fail);
