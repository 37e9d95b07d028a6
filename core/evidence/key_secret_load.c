/* Secret keys: read from a file that may be anything. */
#include "evidence/secret.h"

#include "evidence/minisign.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_text(int fd, struct secret_desk *d, struct bytes *text, mode_t *mode,
                      struct fail *fail)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
    if (!S_ISREG(st.st_mode))
        return fail_set(fail, "EFORMAT", "not a regular file");
    ssize_t n = read(fd, d->text, sizeof d->text);
    if (n < 0)
        return fail_set(fail, fail_errno_name(errno), "%s", strerror(errno));
    *text = bytes_at(d->text, (size_t)n);
    *mode = st.st_mode;
    return true;
}

static bool check_mode(mode_t mode, struct fail *fail)
{
    if ((mode & 077) == 0)
        return true;
    return fail_set(
        fail, "EMODE",
        "others can read or change this secret key (mode %04o); do: chmod 600 on it, and "
        "think of making a new one",
        (unsigned)mode & 07777);
}

static bool parse_text(struct secret_desk *d, struct bytes text, struct fail *fail)
{
    struct bytes rest = text;
    struct bytes comment;
    struct bytes first = minisign_line(&rest);
    struct bytes second = bytes_trim(minisign_line(&rest));
    struct secret_layout *l = &d->layout;
    if (!minisign_comment(first, MINISIGN_UNTRUSTED, &comment) ||
        !minisign_decode(second, l, sizeof *l) || bytes_trim(rest).n > 0)
        return fail_set(fail, "EFORMAT", "not a secret key of minisign's form");
    if (memcmp(l->algorithm, "Ed", 2) != 0 || memcmp(l->checksum_algorithm, "B2", 2) != 0)
        return fail_set(fail, "EFORMAT", "a secret key of an unknown kind");
    return true;
}

static bool check_cost(const struct secret_layout *l, struct fail *fail)
{
    struct key_cost most = key_cost_default();
    if (secret_get_little(l->memory) > most.memory ||
        secret_get_little(l->operations) > most.operations)
        return fail_set(fail, "ELIMIT",
                        "asks for more memory or time than minisign's keys do (1 GiB)");
    return true;
}

static bool decrypt(struct secret_desk *d, const char *password, struct fail *fail)
{
    unsigned char sum[SECRET_CHECKSUM];
    if (!check_cost(&d->layout, fail) || !secret_cipher(d, password, fail))
        return false;
    secret_checksum(&d->layout.box, sum);
    if (sodium_memcmp(sum, d->layout.box.checksum, sizeof sum) != 0)
        return fail_set(fail, "EPASSWORD", "the password is wrong");
    return true;
}

static bool open_box(struct secret_desk *d, const char *password, bool *needs_password,
                     struct fail *fail)
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
static struct secret_key *take_key(struct secret_desk *d, struct fail *fail)
{
    struct secret_key *key = secret_locked(sizeof *key, fail);
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
    struct bytes text = bytes_at(NULL, 0);
    mode_t mode = 0;
    struct secret_desk *d = secret_locked(sizeof *d, fail);
    if (d && read_text(fd, d, &text, &mode, fail) && parse_text(d, text, fail) &&
        check_mode(mode, fail) && open_box(d, password, needs_password, fail))
        key = take_key(d, fail);
    if (!key)
        fail_prefix(fail, "%s", path);
    sodium_free(d);
    close(fd);
    return key;
}
