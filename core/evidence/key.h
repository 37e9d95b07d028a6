/*
 * key: minisign's keys (format: doc/evidence.md), made here or by `minisign -G`.
 *
 * Secret keys and passwords live in locked memory and are wiped when freed. They belong to the
 * command's own process: no worker, sink or child for replays ever holds one, as a forked process
 * finds zeros in their place.
 */
#pragma once

#include "base/buf.h"
#include "base/fail.h"

#include <stdint.h>

struct secret_key;

struct public_key {
    unsigned char id[8];
    unsigned char ed25519[32];
};

enum { KEY_ID_TEXT = 17, PUBLIC_KEY_TEXT = 57, KEY_PASSWORD_LIMIT = 1024 };
enum { KEY_PASSWORD_SIZE = KEY_PASSWORD_LIMIT + 1 };

/* A new pair. */
struct secret_key *secret_key_new(struct fail *fail);
void secret_key_free(struct secret_key *key);
struct public_key secret_key_public(const struct secret_key *key);

/* What one guess at a password costs (scrypt's limits); it stands in the key file. */
struct key_cost {
    uint64_t operations;
    uint64_t memory; /* bytes */
};
/* minisign's own, 2^25 operations and 1 GiB: what secret_key_save takes, and the most that
 * secret_key_load accepts, since a hostile file can ask for anything. */
struct key_cost key_cost_default(void);

/* Room for a password: KEY_PASSWORD_SIZE bytes, for password and NUL, as safe as a key's. */
char *key_password_new(struct fail *fail);
void key_password_free(char *password);

/* Writes both files; the secret one with mode 0600, encrypted by the password (scrypt) or, with
 * password NULL, in the clear (minisign -W). Never overwrites: EEXIST. */
bool secret_key_save(const struct secret_key *key, const char *password, const char *secret_path,
                     const char *public_path, struct fail *fail);
/* The same at another cost. For tests: keys that matter take the default. */
bool secret_key_save_at(const struct secret_key *key, const char *password, struct key_cost cost,
                        const char *secret_path, const char *public_path, struct fail *fail);
/* Reads a secret key file. Refused with a sentence: a file that others can read (mode & 077), one
 * that is no key, memory limits over 1 GiB. *needs_password is set when the file is encrypted and
 * password is NULL: the caller asks and calls again. A wrong password says so ("EPASSWORD"). */
struct secret_key *secret_key_load(const char *path, const char *password, bool *needs_password,
                                   struct fail *fail);

/* A public key as a file's path or as the base64 line itself. */
bool public_key_load(const char *path_or_line, struct public_key *out, struct fail *fail);
/* From the text of a public key file (two lines) or the base64 line alone. Fuzzed. */
bool public_key_parse(struct bytes text, struct public_key *out, struct fail *fail);
/* Appends the text of a public key file. */
bool public_key_put(struct buf *out, const struct public_key *key);
const char *public_key_text(const struct public_key *key, char out[PUBLIC_KEY_TEXT]);
/* Whether both are one key, whatever their numbers: a number is chosen freely. */
bool public_key_is_same(const struct public_key *a, const struct public_key *b);
/* As minisign prints it: 16 hexadecimal digits, upper case. */
const char *key_id_text(const struct public_key *key, char out[KEY_ID_TEXT]);
/* The same for an id that has no key yet (a signature's). */
const char *key_number_text(const unsigned char id[8], char out[KEY_ID_TEXT]);
