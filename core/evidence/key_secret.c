/* Secret keys: made, and kept in a file. The layout is in doc/evidence.md. */
#include "evidence/secret.h"

#include "evidence/minisign.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define SECRET_COMMENT MINISIGN_UNTRUSTED "minisign encrypted secret key\n"

struct secret_key *secret_key_new(struct fail *fail)
{
    struct secret_key *key = secret_locked(sizeof *key, fail);
    unsigned char public[32];
    if (!key)
        return NULL;
    randombytes_buf(key->id, sizeof key->id);
    crypto_sign_keypair(public, key->ed25519);
    return key;
}

void secret_key_free(struct secret_key *key)
{
    sodium_free(key);
}

struct public_key secret_key_public(const struct secret_key *key)
{
    struct public_key out;
    memcpy(out.id, key->id, sizeof out.id);
    memcpy(out.ed25519, key->ed25519 + 32, sizeof out.ed25519);
    return out;
}

struct key_cost key_cost_default(void)
{
    return (struct key_cost){crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE,
                             crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE};
}

static bool fill_layout(struct secret_desk *d, const struct secret_key *key, const char *password,
                        struct key_cost cost, struct fail *fail)
{
    struct secret_layout *l = &d->layout;
    memcpy(l->algorithm, "Ed", 2);
    memcpy(l->checksum_algorithm, "B2", 2);
    memcpy(l->box.id, key->id, sizeof l->box.id);
    memcpy(l->box.ed25519, key->ed25519, sizeof l->box.ed25519);
    if (!password)
        return true; /* as minisign -W writes it: kdf, salt, limits and checksum are zeros */
    memcpy(l->kdf, "Sc", 2);
    randombytes_buf(l->salt, sizeof l->salt);
    secret_put_little(l->operations, cost.operations);
    secret_put_little(l->memory, cost.memory);
    secret_checksum(&l->box, l->box.checksum);
    return secret_cipher(d, password, fail);
}

/* The file's text in d->text. */
static void fill_text(struct secret_desk *d)
{
    size_t used = strlen(SECRET_COMMENT);
    memcpy(d->text, SECRET_COMMENT, used);
    sodium_bin2base64(d->text + used, sizeof d->text - used - 1, (const unsigned char *)&d->layout,
                      sizeof d->layout, sodium_base64_VARIANT_ORIGINAL);
    d->text[strlen(d->text)] = '\n'; /* the memory behind is zero */
}

static bool write_all(int fd, struct bytes what)
{
    while (what.n > 0) {
        ssize_t n = write(fd, what.p, what.n);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            what = bytes_slice(what, (size_t)n, what.n);
    }
    return fsync(fd) == 0;
}

/* Writes a file that must not be there; what could not be written whole is removed again. */
static bool create_file(const char *path, mode_t mode, struct bytes content, struct fail *fail)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0 && errno == EEXIST)
        return fail_set(fail, "EEXIST", "%s is there already; a key is never overwritten", path);
    if (fd < 0)
        return fail_errno(fail, errno, path);
    bool ok = write_all(fd, content) || fail_errno(fail, errno, path);
    if (close(fd) != 0 && ok)
        ok = fail_errno(fail, errno, path);
    if (!ok)
        unlink(path);
    return ok;
}

static bool save_public(const struct secret_key *key, const char *path, struct fail *fail)
{
    struct public_key public = secret_key_public(key);
    struct buf text = buf_new(512);
    bool ok = public_key_put(&text, &public) || fail_set(fail, "ENOMEM", "%s: no memory", path);
    ok = ok && create_file(path, 0644, buf_view(&text), fail);
    buf_free(&text);
    return ok;
}

bool secret_key_save_at(const struct secret_key *key, const char *password, struct key_cost cost,
                        const char *secret_path, const char *public_path, struct fail *fail)
{
    struct secret_desk *d = secret_locked(sizeof *d, fail);
    if (!d)
        return false;
    bool ok = fill_layout(d, key, password, cost, fail);
    if (ok)
        fill_text(d);
    ok = ok && save_public(key, public_path, fail);
    if (ok && !create_file(secret_path, 0600, bytes_of(d->text), fail))
        ok = unlink(public_path) != 0 && false; /* half a pair is of no use */
    sodium_free(d);
    return ok;
}

bool secret_key_save(const struct secret_key *key, const char *password, const char *secret_path,
                     const char *public_path, struct fail *fail)
{
    return secret_key_save_at(key, password, key_cost_default(), secret_path, public_path, fail);
}
