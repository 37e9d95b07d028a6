/*
 * closing: the files that end a bundle: what BagIt asks for, the manifests, the signature.
 */
#pragma once

#include "evidence/chain_file.h"
#include "evidence/key.h"
#include "evidence/spool.h"
#include "evidence/tar_write.h"
#include "evidence/tree_head.h"

/* What a bundle holds when it is closed. */
struct closing {
    const char *top;     /* its name */
    struct bytes info;   /* further lines of bag-info.txt */
    struct spool *lines; /* manifest-sha256.txt, written out */
    unsigned long long files;
    unsigned long long octets;
    unsigned long long cases;
    struct tree_head head;
    struct chain_file *chain; /* in which the head has its place; or NULL */
    const char *path;         /* of the bundle */
};

/* bagit.txt (RFC 8493). */
#define CLOSING_BAGIT "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

/* The head of the trusted comment: what kind of thing was signed. doc/evidence.md */
#define CLOSING_KIND "ajar-evidence/2"
/* Of bundles without a tree, which older versions wrote. */
#define CLOSING_KIND_1 "ajar-evidence/1"

enum { CLOSING_INFO_LIMIT = 16 * 1024, CLOSING_LIMIT = 64 * 1024 };

/* Bytes that closing_write takes at most in the archive, the manifest being `manifest` bytes long. */
uint64_t closing_room(uint64_t manifest);
bool closing_write(const struct closing *c, const struct secret_key *key, struct tar_write *tar,
                   struct fail *fail);
/* Whether this can be a line of bag-info.txt that does not come by itself. */
bool closing_check_info(const char *label, const char *value, struct fail *fail);
/* The text of VERIFY.txt. */
bool closing_put_guide(struct buf *out, const struct closing *c);
