/*
 * scripts: which probes a command works with: the built-in ones, those of packs, installed or given by path, and scripts given by
 * path.
 */
#pragma once

#include "pack/lock.h"
#include "run/pack_files.h"

enum { SCRIPTS_MOST = 500, SCRIPTS_PACKS = LOCK_PACKS + 16 };

/* A pack that some of the scripts are of; owned. */
struct scripts_pack {
    struct pack *pack;
    char label[PACK_TITLE];
    struct buf signature;         /* empty, where it is not one of a key that is trusted for it */
    char signer[PUBLIC_KEY_TEXT]; /* whose that is, or "" */
    bool in_worker;               /* who signed it is trusted for that (pack/signers.h) */
    const char *path;             /* that chose it; lent; NULL: it is installed */
    bool idle;                    /* none of its probes is here any more */
};

/* The scripts and, of each, what it says of itself. */
struct scripts {
    struct scripts_pack packs[SCRIPTS_PACKS];
    size_t pack_count;
    struct run_pack run_packs[SCRIPTS_PACKS]; /* those that are not idle, as a run takes them */
    size_t run_pack_count;
    struct script_source sources[SCRIPTS_MOST];
    size_t count;
    struct probe_info infos[SCRIPTS_MOST];
    struct buf forms[SCRIPTS_MOST]; /* what each says that it tries, as JSON (script/forms.h) */
    const struct scripts_pack *of[SCRIPTS_MOST]; /* the pack that each is of, or NULL */
    char unusable_name[MANIFEST_NAME];           /* an installed pack that can't be used, or "" */
    struct fail unusable;                        /* why */
    bool chosen[SCRIPTS_MOST];
    bool left_out[SCRIPTS_MOST];
    bool any_chosen;
    struct bytes args[SCRIPTS_MOST]; /* what each is told, as JSON, or empty; owned */
    void *files[SCRIPTS_MOST];       /* texts read from files; owned */
    char run_names[SCRIPTS_MOST]
                  [PACK_LOCAL_NAME]; /* of those, once scripts_to_run has given them */
};

/* Into scripts that are all zeros, as calloc gives them: they are so large, and so little of them is used, that they are
 * not made so once more. The built-in probes, those of installed packs, and those among `choices` (NULL-ended; see choice.h) that are paths of
 * scripts or packs. An installed pack that can't be used (its key is trusted no longer, its file was changed) is an
 * error where its probes may be meant: not where all choices are ids of other probes, or paths. A choice
 * that means no probe is an error, and so is when all are left out. */
bool scripts_load(struct scripts *s, const char *const *choices, struct fail *fail);
/* Leaves out installed packs of which no probe is meant: no process is started for them, and no bundle holds them. Before
 * `args` is filled. */
void scripts_drop_idle(struct scripts *s);
/* The built-in probes alone; likewise. */
bool scripts_load_builtin(struct scripts *s, struct fail *fail);
/* What scripts_load loads where nothing is chosen, but without installed packs that can't be used; likewise. */
bool scripts_load_usable(struct scripts *s, struct fail *fail);
/* The sources as they run: those of the operator's own by the names that they have in a bundle (run/pack_files.h), without
 * their directories, which tracebacks, and so the evidence, would tell. SCRIPTS_MOST of them at most; lent. */
void scripts_to_run(struct scripts *s, struct script_source *out);
/* Is the probe at this index one to work with? When nothing was chosen, the safe ones are. */
bool scripts_meant(const struct scripts *s, size_t i);
void scripts_free(struct scripts *s);
