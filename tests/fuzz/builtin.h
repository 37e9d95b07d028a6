/*
 * builtin: the built-in probes, loaded once for all inputs of a fuzz target.
 */
#pragma once

#include "base/check.h"
#include "base/embedded.h"
#include "script/probes.h"

enum { BUILTIN_MOST = 64 };

static inline bool builtin_is_probe(struct bytes path)
{
    return bytes_starts_nocase(path, "scripts/relay/") ||
           bytes_starts_nocase(path, "scripts/proxy/");
}

static inline struct probes *builtin_probes(void)
{
    static struct probes *probes;
    struct script_source sources[BUILTIN_MOST];
    const struct embedded *files;
    struct vm_limits limits = vm_limits_default();
    struct fail fail;
    size_t n = 0;
    if (probes)
        return probes;
    size_t all = embedded_list(&files);
    for (size_t i = 0; i < all && n < BUILTIN_MOST; i++)
        if (builtin_is_probe(bytes_of(files[i].path)))
            sources[n++] =
                (struct script_source){files[i].path, "builtin", files[i].content, 0, {0}};
    limits.memory = (size_t)64 * 1024 * 1024;
    limits.instructions = 2 * 1000 * 1000;
    probes = probes_new(sources, n, &limits, &fail);
    require(probes && n > 0);
    return probes;
}
