/*
 * tar_gate: refuses every tar file that two programs could read differently.
 *
 * Tar programs skip, repair and extend: GNU's long names and sparse files, pax headers that replace
 * names and sizes, archives behind archives, checksums with blanks for digits. What was verified must
 * be what anybody's tar unpacks, so only the plain form passes: regular files and directories, ustar
 * headers (POSIX's or GNU's magic), zeros where nothing stands, the end marks and no byte behind. The
 * gate sees each byte of the file, in order. It knows no input or output.
 */
#pragma once

#include "base/fail.h"
#include "evidence/tar_header.h"

enum { TAR_NAME = 257 };

struct tar_gate {
    /* of the last header that passed: */
    char name[TAR_NAME]; /* prefix and name joined; a directory's without its last "/" */
    bool directory;
    uint64_t size;

    /* private */
    uint64_t blocks; /* seen so far */
    uint64_t left;   /* bytes still to come of this file, padding included */
    uint64_t pad;    /* how many of them are padding */
    uint64_t zeros;  /* blocks since the end began */
};

/* How many bytes belong together next: one block (a header, an end mark) or what is left of a file.
 */
uint64_t tar_gate_want(const struct tar_gate *g);
/* True once a block of the end has passed. */
static inline bool tar_gate_at_end(const struct tar_gate *g)
{
    return g->zeros > 0;
}
/* Lets `piece` through: a whole number of blocks, at most tar_gate_want bytes. */
bool tar_gate_pass(struct tar_gate *g, struct bytes piece, struct fail *fail);
/* The file ends here. `odd`: so many bytes stand behind the last whole block. */
bool tar_gate_end(const struct tar_gate *g, size_t odd, struct fail *fail);
