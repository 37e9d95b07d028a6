/*
 * pack: a pack's file: an archive of its manifest, probes, letters and tests, as bytes in memory.
 *
 * It is read once. What is checked, shown and run are these bytes, never a second reading of the file.
 */
#pragma once

#include "base/buf.h"
#include "base/hash.h"
#include "pack/manifest.h"

enum {
    PACK_LIMIT = 4 * 1024 * 1024, /* of the whole file */
    PACK_FILES = 500,
    PACK_FILE_LIMIT = 256 * 1024,
    PACK_DEPTH = 4,
};

struct pack_file {
    char name[MANIFEST_PATH]; /* "probes/x.lua", below the archive's directory */
    struct bytes content;
};

struct pack {
    struct bytes archive; /* all of the file */
    char digest[SHA256_HEX];
    struct manifest manifest;
    struct pack_file *files; /* sorted by name */
    size_t count;
};

/* Reads a pack's file. Fails: EFORMAT, ELIMIT, ENAME, EMISSING (what the manifest names), and what the file system says;
 * errors name the file. */
struct pack *pack_read(const char *path, struct fail *fail);
/* The same from bytes, which are copied. Fuzzed. */
struct pack *pack_parse(struct bytes archive, struct fail *fail);
void pack_free(struct pack *p);
/* The file of this name; NULL: there is none. */
const struct pack_file *pack_find(const struct pack *p, const char *name);
/* "envelopes-1.0.0": the archive's directory, and its file's name before ".tar". */
enum { PACK_TITLE = MANIFEST_NAME + VERSION_TEXT };
const char *pack_title(const struct manifest *m, char out[PACK_TITLE]);
/* "acme/envelopes@1.0.0": what results and tapes name. */
const char *pack_label(const struct manifest *m, char out[PACK_TITLE]);

/* The capabilities that it has not declared: bits, as a script_source has them. */
unsigned pack_withheld(const struct manifest *m);

/* Appends the archive made of a folder with a pack.json in it: its regular files, sorted, without times, owners or modes,
 * so that the same files give the same bytes on every machine. Left out are names that begin with a dot, archives,
 * signatures and keys. A link is refused, as is whatever pack_parse would refuse. */
bool pack_build(const char *folder, struct buf *out, struct fail *fail);
