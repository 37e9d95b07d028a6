/*
 * held_scripts: the scripts of a bundle, copied out of it, as its probes need them.
 */
#pragma once

#include "evidence/builtin.h"
#include "pack/pack.h"
#include "script/probes.h"
#include "tape/object.h"

struct held_scripts;

/* Reads the bundle's scripts and what they need. With `instead` (may be NULL) those of the pack of this name are not the
 * bundle's own but these. Fails: EFORMAT, ELIMIT, EVERSION where this program can't serve them, EMISSING where the pack does
 * not have one of them, or the bundle none. */
struct held_scripts *held_scripts_read(const char *path, const struct pack *instead,
                                       struct fail *fail);
void held_scripts_free(struct held_scripts *held);
/* The interface that they need; 0: the bundle does not say, as those of the first builds do not. */
unsigned held_scripts_interface(const struct held_scripts *held);
/* data/run.json, as long as they are held; NULL: it is no object. */
const json_t *held_scripts_run(const struct held_scripts *held);
/* When the bundle was sealed, as its signer says; 0: it is not to be found. */
instant held_scripts_sealed(const struct held_scripts *held);
/* Whose the scripts of the pack builtin are. */
enum builtin_origin held_scripts_origin(const struct held_scripts *held);
/* Are the files of each pack those that data/run.json says (evidence/packs_told.h)? Where there is no case yet, not all need be
 * there, and nothing is asked. */
bool held_scripts_are_told(const struct held_scripts *held, struct fail *fail);
/* Do the names of this pack's scripts say which they are? Not where another pack has one of the same name. */
bool held_scripts_tell_apart(const struct held_scripts *held, const char *pack);
/* A VM with them. */
struct probes *held_scripts_load(const struct held_scripts *held, const struct vm_limits *limits,
                                 struct fail *fail);
