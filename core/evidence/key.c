#include "evidence/key.h"

#include "evidence/minisign.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PUBLIC_KEY_SIZE = 42, SECRET_KEY_LINE = 212, FILE_LIMIT = 4096 };

/* How the 42 bytes lie in the file: algorithm, key number, key. */
static void pack(const struct public_key *key, unsigned char out[PUBLIC_KEY_SIZE])
{
    memcpy(out, "Ed", 2);
    memcpy(out + 2, key->id, sizeof key->id);
    memcpy(out + 10, key->ed25519, sizeof key->ed25519);
}

/* Is it a secret key's line? By its length and beginning: "Ed", whether it is encrypted, "B2". The key itself is not
 * decoded. */
static bool is_secret(struct bytes line)
{
    struct bytes begin = bytes_slice(line, 0, 8);
    return line.n == SECRET_KEY_LINE &&
           (bytes_equal_text(begin, "RWRTY0Iy") || bytes_equal_text(begin, "RWQAAEIy"));
}

bool public_key_parse(struct bytes text, struct public_key *out, struct fail *fail)
{
    unsigned char raw[PUBLIC_KEY_SIZE];
    struct bytes rest = text;
    struct bytes comment;
    struct bytes line = minisign_line(&rest);
    if (minisign_comment(line, MINISIGN_UNTRUSTED, &comment))
        line = minisign_line(&rest);
    if (is_secret(bytes_trim(line)))
        return fail_set(fail, "EFORMAT",
                        "this is a SECRET key: a public one is wanted here (of ajar.key that is "
                        "ajar.pub); give the secret one to nobody");
    if (bytes_trim(rest).n > 0 || !minisign_decode(bytes_trim(line), raw, sizeof raw))
        return fail_set(fail, "EFORMAT", "not a public key of minisign's form");
    if (memcmp(raw, "Ed", 2) != 0)
        return fail_set(fail, "EFORMAT", "a public key of an unknown kind (not Ed25519)");
    memcpy(out->id, raw + 2, sizeof out->id);
    memcpy(out->ed25519, raw + 10, sizeof out->ed25519);
    return true;
}

static bool load_file(int fd, struct public_key *out, struct fail *fail)
{
    unsigned char text[FILE_LIMIT];
    ssize_t n = read(fd, text, sizeof text);
    if (n < 0)
        return fail_errno(fail, errno, "cannot be read");
    bool ok = public_key_parse(bytes_at(text, (size_t)n), out, fail);
    sodium_memzero(text, sizeof text); /* who mistakes a secret key for it must not leave it here */
    return ok;
}

bool public_key_load(const char *path_or_line, struct public_key *out, struct fail *fail)
{
    struct fail no_line;
    if (public_key_parse(bytes_of(path_or_line), out, &no_line))
        return true;
    if (is_secret(bytes_of(path_or_line))) {
        *fail = no_line; /* and the key is not said again, as a path would be */
        return false;
    }
    int fd = open(path_or_line, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail_errno(fail, errno, path_or_line);
    bool ok = load_file(fd, out, fail);
    close(fd);
    return ok || fail_prefix(fail, "%s", path_or_line);
}

const char *public_key_text(const struct public_key *key, char out[PUBLIC_KEY_TEXT])
{
    unsigned char raw[PUBLIC_KEY_SIZE];
    pack(key, raw);
    return sodium_bin2base64(out, PUBLIC_KEY_TEXT, raw, sizeof raw, sodium_base64_VARIANT_ORIGINAL);
}

bool public_key_put(struct buf *out, const struct public_key *key)
{
    char id[KEY_ID_TEXT];
    char line[PUBLIC_KEY_TEXT];
    return buf_printf(out, MINISIGN_UNTRUSTED "minisign public key %s\n%s\n", key_id_text(key, id),
                      public_key_text(key, line));
}

bool public_key_is_same(const struct public_key *a, const struct public_key *b)
{
    return memcmp(a->ed25519, b->ed25519, sizeof a->ed25519) == 0;
}

const char *key_number_text(const unsigned char id[8], char out[KEY_ID_TEXT])
{
    uint64_t number = 0;
    for (int i = 7; i >= 0; i--)
        number = number << 8 | id[i];
    snprintf(out, KEY_ID_TEXT, "%016" PRIX64, number);
    return out;
}

const char *key_id_text(const struct public_key *key, char out[KEY_ID_TEXT])
{
    return key_number_text(key->id, out);
}
