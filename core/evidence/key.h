/*
 * key: minisign's keys (format: doc/evidence.md), made here or by `minisign -G`.
 *
 * Secret keys live in locked memory and are wiped when freed. They belong to the supervisor; no
 * worker and no sink ever holds one.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

struct secret_key;

struct public_key {
    unsigned char id[8];
    unsigned char ed25519[32];
};

enum { KEY_ID_TEXT = 17, PUBLIC_KEY_TEXT = 57 };

/* A new pair. */
struct secret_key *secret_key_new(struct fail *fail);
void secret_key_free(struct secret_key *key);
struct public_key secret_key_public(const struct secret_key *key);

/* Writes both files; the secret one with mode 0600, encrypted by the password (scrypt) or, with
 * password NULL, in the clear (minisign -W). Never overwrites: EEXIST. */
bool secret_key_save(const struct secret_key *key, const char *password, const char *secret_path,
                     const char *public_path, struct fail *fail);
/* Reads a secret key file. Refused with a sentence: a file that others can read (mode & 077), one that
 * is no key, memory limits over 1 GiB. *needs_password is set when the file is encrypted and password
 * is NULL: the caller asks and calls again. A wrong password says so ("EPASSWORD"). */
struct secret_key *secret_key_load(const char *path, const char *password, bool *needs_password,
                                   struct fail *fail);

/* A public key as a file's path or as the base64 line itself. */
bool public_key_load(const char *path_or_line, struct public_key *out, struct fail *fail);
/* From the text of a public key file (two lines) or the base64 line alone. Fuzzed. */
bool public_key_parse(struct bytes text, struct public_key *out, struct fail *fail);
const char *public_key_text(const struct public_key *key, char out[PUBLIC_KEY_TEXT]);
/* As minisign prints it: 16 hexadecimal digits, upper case. */
const char *key_id_text(const struct public_key *key, char out[KEY_ID_TEXT]);
