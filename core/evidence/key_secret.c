/* Secret keys: made, kept in a file, read back. The layout is in doc/evidence.md. */
#include "evidence/secret.h"

#include "evidence/minisign.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET_COMMENT MINISIGN_UNTRUSTED "minisign encrypted secret key\n"

enum { CHECKSUM = 32, SECRET_FILE_LIMIT = 2048 };

/* What the password protects. All of single bytes: no padding. */
struct box {
    unsigned char id[8];
    unsigned char ed25519[64];
    unsigned char checksum[CHECKSUM];
};

/* The 158 bytes of the file. */
struct layout {
    unsigned char algorithm[2];
    unsigned char kdf[2];
    unsigned char checksum_algorithm[2];
    unsigned char salt[32];
    unsigned char operations[8]; /* little-endian, as memory is */
    unsigned char memory[8];
    struct box box;
};

/* All that is secret while a file is read or written, in locked memory. */
struct desk {
    struct layout layout;
    struct box stream;
    char text[SECRET_FILE_LIMIT];
};

_Static_assert(sizeof(struct layout) == 158, "the layout has no padding");

static void *locked(size_t size, struct fail *fail)
{
    if (sodium_init() < 0) {
        fail_set(fail, "ENOSYS", "libsodium can't be initialised");
        return NULL;
    }
    void *p = sodium_malloc(size);
    if (p)
        sodium_memzero(p, size);
    else
        fail_set(fail, "ENOMEM", "no memory for a secret key");
    return p;
}

struct secret_key *secret_key_new(struct fail *fail)
{
    struct secret_key *key = locked(sizeof *key, fail);
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

static void put_little(unsigned char out[8], uint64_t value)
{
    for (int i = 0; i < 8; i++)
        out[i] = (unsigned char)(value >> 8 * i);
}

static uint64_t get_little(const unsigned char in[8])
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--)
        value = value << 8 | in[i];
    return value;
}

/* BLAKE2b over algorithm, key number and key: how a wrong password is told. */
static void checksum(const struct box *box, unsigned char out[CHECKSUM])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, CHECKSUM);
    crypto_generichash_update(&state, (const unsigned char *)"Ed", 2);
    crypto_generichash_update(&state, box->id, sizeof box->id);
    crypto_generichash_update(&state, box->ed25519, sizeof box->ed25519);
    crypto_generichash_final(&state, out, CHECKSUM);
}

/* XORs the box with scrypt's stream: the same step both ways. */
static bool cipher(struct desk *d, const char *password, struct fail *fail)
{
    unsigned char *stream = (unsigned char *)&d->stream;
    unsigned char *box = (unsigned char *)&d->layout.box;
    uint64_t memory = get_little(d->layout.memory);
    if (crypto_pwhash_scryptsalsa208sha256(stream, sizeof d->stream, password, strlen(password),
                                           d->layout.salt, get_little(d->layout.operations),
                                           (size_t)memory) != 0)
        return fail_set(fail, "ENOMEM",
                        "no memory for scrypt: the password needs %llu MiB for a moment",
                        (unsigned long long)(memory >> 20));
    for (size_t i = 0; i < sizeof d->stream; i++)
        box[i] ^= stream[i];
    return true;
}

static bool fill_layout(struct desk *d, const struct secret_key *key, const char *password,
                        struct key_cost cost, struct fail *fail)
{
    struct layout *l = &d->layout;
    memcpy(l->algorithm, "Ed", 2);
    memcpy(l->checksum_algorithm, "B2", 2);
    memcpy(l->box.id, key->id, sizeof l->box.id);
    memcpy(l->box.ed25519, key->ed25519, sizeof l->box.ed25519);
    if (!password)
        return true; /* as minisign -W writes it: kdf, salt, limits and checksum are zeros */
    memcpy(l->kdf, "Sc", 2);
    randombytes_buf(l->salt, sizeof l->salt);
    put_little(l->operations, cost.operations);
    put_little(l->memory, cost.memory);
    checksum(&l->box, l->box.checksum);
    return cipher(d, password, fail);
}

/* The file's text in d->text. */
static void fill_text(struct desk *d)
{
    size_t used = strlen(SECRET_COMMENT);
    memcpy(d->text, SECRET_COMMENT, used);
    sodium_bin2base64(d->text + used, sizeof d->text - used, (const unsigned char *)&d->layout,
                      sizeof d->layout, sodium_base64_VARIANT_ORIGINAL);
    strcat(d->text, "\n");
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
    struct desk *d = locked(sizeof *d, fail);
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

static bool check_file(int fd, struct fail *fail)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return fail_errno(fail, errno, "cannot be read");
    if (!S_ISREG(st.st_mode))
        return fail_set(fail, "EFORMAT", "not a regular file");
    if (st.st_mode & 077)
        return fail_set(fail, "EMODE",
                        "others can read or change this secret key (mode %04o); "
                        "do: chmod 600 on it, and think of making a new one",
                        (unsigned)st.st_mode & 07777);
    return true;
}

static bool read_text(int fd, struct desk *d, struct bytes *text, struct fail *fail)
{
    ssize_t n = check_file(fd, fail) ? read(fd, d->text, sizeof d->text) : -2;
    *text = bytes_at(d->text, n > 0 ? (size_t)n : 0);
    if (n == -1)
        return fail_errno(fail, errno, "cannot be read");
    return n >= 0;
}

static bool parse_text(struct desk *d, struct bytes text, struct fail *fail)
{
    struct bytes rest = text;
    struct bytes comment;
    struct bytes first = minisign_line(&rest);
    struct bytes second = bytes_trim(minisign_line(&rest));
    struct layout *l = &d->layout;
    if (!minisign_comment(first, MINISIGN_UNTRUSTED, &comment) ||
        !minisign_decode(second, l, sizeof *l) || bytes_trim(rest).n > 0)
        return fail_set(fail, "EFORMAT", "not a secret key of minisign's form");
    if (memcmp(l->algorithm, "Ed", 2) != 0 || memcmp(l->checksum_algorithm, "B2", 2) != 0)
        return fail_set(fail, "EFORMAT", "a secret key of an unknown kind");
    return true;
}

static bool check_cost(const struct layout *l, struct fail *fail)
{
    struct key_cost most = key_cost_default();
    if (get_little(l->memory) > most.memory || get_little(l->operations) > most.operations)
        return fail_set(fail, "ELIMIT",
                        "asks for more memory or time than minisign's keys do (1 GiB)");
    return true;
}

static bool decrypt(struct desk *d, const char *password, struct fail *fail)
{
    unsigned char sum[CHECKSUM];
    if (!check_cost(&d->layout, fail) || !cipher(d, password, fail))
        return false;
    checksum(&d->layout.box, sum);
    if (sodium_memcmp(sum, d->layout.box.checksum, sizeof sum) != 0)
        return fail_set(fail, "EPASSWORD", "the password is wrong");
    return true;
}

static bool open_box(struct desk *d, const char *password, bool *needs_password, struct fail *fail)
{
    const unsigned char *kdf = d->layout.kdf;
    if (kdf[0] == 0 && kdf[1] == 0)
        return true;
    if (memcmp(kdf, "Sc", 2) != 0)
        return fail_set(fail, "EFORMAT", "a secret key that is encrypted in an unknown way");
    *needs_password = !password;
    if (!password)
        return fail_set(fail, "EPASSWORD", "the key is encrypted: a password is needed");
    return decrypt(d, password, fail);
}

/* A key whose public half is not that of its seed would give the secret away when signing. */
static struct secret_key *take_key(struct desk *d, struct fail *fail)
{
    struct secret_key *key = locked(sizeof *key, fail);
    unsigned char public[32];
    if (!key)
        return NULL;
    memcpy(key->id, d->layout.box.id, sizeof key->id);
    crypto_sign_seed_keypair(public, key->ed25519, d->layout.box.ed25519);
    if (sodium_memcmp(key->ed25519, d->layout.box.ed25519, sizeof key->ed25519) == 0)
        return key;
    fail_set(fail, "EFORMAT", "the secret key is damaged: its two halves don't belong together");
    secret_key_free(key);
    return NULL;
}

struct secret_key *secret_key_load(const char *path, const char *password, bool *needs_password,
                                   struct fail *fail)
{
    *needs_password = false;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        fail_errno(fail, errno, path);
        return NULL;
    }
    struct secret_key *key = NULL;
    struct bytes text;
    struct desk *d = locked(sizeof *d, fail);
    if (d && read_text(fd, d, &text, fail) && parse_text(d, text, fail) &&
        open_box(d, password, needs_password, fail))
        key = take_key(d, fail);
    if (!key)
        fail_prefix(fail, "%s", path);
    sodium_free(d);
    close(fd);
    return key;
}
