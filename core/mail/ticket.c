#include "mail/ticket.h"

#include "base/file.h"
#include "base/random.h"
#include "evidence/secret.h"
#include "mail/entry.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_TEXT = 2 * KEYED_KEY + 1, MAC = 16 };

static int nibble(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool parse_key(struct bytes text, struct ticket_key *out)
{
    text = bytes_trim(text);
    for (size_t i = 0; text.n == KEY_TEXT - 1 && i < KEYED_KEY; i++) {
        int high = nibble((char)text.p[2 * i]);
        int low = nibble((char)text.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out->bytes[i] = (unsigned char)(high << 4 | low);
    }
    return text.n == KEY_TEXT - 1;
}

static bool make_key(const char *path, struct fail *fail)
{
    unsigned char bytes[KEYED_KEY];
    char text[KEY_TEXT + 1];
    random_bytes(bytes, sizeof bytes);
    hash_hex(bytes, sizeof bytes, text);
    text[KEY_TEXT - 1] = '\n';
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(fail, errno, path);
    bool ok = write(fd, text, KEY_TEXT) == KEY_TEXT && fsync(fd) == 0;
    int error = errno;
    explicit_bzero(bytes, sizeof bytes);
    explicit_bzero(text, sizeof text);
    close(fd);
    if (ok)
        return true;
    unlink(path);
    return fail_errno(fail, error, path);
}

static bool read_key(const char *path, struct ticket_key *out, struct fail *fail)
{
    struct stat st;
    struct buf text = buf_new(4096);
    bool ok = file_read_regular(path, &text, fail);
    if (ok && stat(path, &st) == 0 && (st.st_mode & 077) != 0)
        ok = fail_set(fail, "EACCES",
                      "%s: others may read it; a key is its owner's alone (chmod 600)", path);
    if (ok && !parse_key(buf_view(&text), out))
        ok = fail_set(fail, "EFORMAT", "%s: it holds no key for tickets, 64 hexadecimal digits",
                      path);
    if (text.p)
        explicit_bzero(text.p, text.n);
    buf_free(&text);
    return ok;
}

struct ticket_key *ticket_key_load(const char *path, bool make, bool *made, struct fail *fail)
{
    bool is_new = make && access(path, F_OK) != 0 && errno == ENOENT;
    struct ticket_key *key =
        !is_new || make_key(path, fail) ? secret_locked(sizeof *key, fail) : NULL;
    bool ok = key && read_key(path, key, fail);
    if (made)
        *made = ok && is_new;
    if (ok)
        return key;
    ticket_key_free(key);
    return NULL;
}

void ticket_key_free(struct ticket_key *key)
{
    sodium_free(key);
}

/* Sixteen letters and digits, of which none is taken for another (RFC 4648's alphabet, lower case). */
static bool put_mark(const struct ticket_key *key, const char *purpose, struct bytes name,
                     char out[TICKET_MARK + 1])
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned char mac[MAC];
    struct buf text = buf_new(256);
    buf_printf(&text, "ajar ticket 1\n%s\n", purpose);
    for (size_t i = 0; i < name.n; i++)
        buf_put_byte(&text, (unsigned char)tolower(name.p[i]));
    bool ok = !text.overflow;
    if (ok)
        keyed_hash(key->bytes, buf_view(&text), mac, sizeof mac);
    buf_free(&text);
    for (unsigned i = 0; ok && i < TICKET_MARK; i++) {
        unsigned bit = 5 * i;
        unsigned two = (unsigned)mac[bit / 8] << 8 | mac[bit / 8 + 1];
        out[i] = alphabet[two >> (11 - bit % 8) & 31];
    }
    out[ok ? TICKET_MARK : 0] = '\0';
    return ok;
}

bool ticket_address(const struct ticket_key *key, const char *purpose, const char *base,
                    const char *name, char out[TICKET_ADDRESS], struct fail *fail)
{
    char mark[TICKET_MARK + 1];
    const char *at = strrchr(base, '@');
    if (!at || at == base || at[1] == '\0' || strpbrk(base, " <>\"+"))
        return fail_set(fail, "EUSAGE", "'%s' is no plain address, such as bounces@example.org",
                        base);
    if (!entry_is_name(bytes_of(name)) || !put_mark(key, purpose, bytes_of(name), mark))
        return fail_set(fail, "EFORMAT", "'%s' is no name of a letter", name);
    size_t local = (size_t)(at - base);
    if (local + 1 + strlen(name) + 1 + TICKET_MARK > TICKET_LOCAL)
        return fail_set(fail, "ELIMIT",
                        "%.*s+%s...@: it would be longer than the %d characters that mail allows "
                        "before the @",
                        (int)local, base, name, TICKET_LOCAL);
    int n = snprintf(out, TICKET_ADDRESS, "%.*s+%s.%s%s", (int)local, base, name, mark, at);
    return n < TICKET_ADDRESS || fail_set(fail, "ELIMIT", "%s: the address is too long", base);
}

static bool equal_nocase(struct bytes a, struct bytes b)
{
    bool same = a.n == b.n;
    for (size_t i = 0; same && i < a.n; i++)
        same = tolower(a.p[i]) == tolower(b.p[i]);
    return same;
}

enum ticket_state ticket_in(const struct ticket_key *key, const char *purpose, const char *base,
                            struct bytes address, struct bytes *name)
{
    char mark[TICKET_MARK + 1];
    struct bytes whole = bytes_of(base);
    size_t local = bytes_index(whole, '@', 0);
    if (local == BYTES_NOT_FOUND || address.n < whole.n + TICKET_MARK + 3)
        return TICKET_NONE;
    struct bytes domain = bytes_slice(whole, local, whole.n);
    struct bytes middle = bytes_slice(address, local, address.n - domain.n);
    if (!equal_nocase(bytes_slice(address, 0, local), bytes_slice(whole, 0, local)) ||
        !equal_nocase(bytes_slice(address, address.n - domain.n, address.n), domain) ||
        middle.p[0] != '+' || middle.p[middle.n - TICKET_MARK - 1] != '.')
        return TICKET_NONE;
    *name = bytes_slice(middle, 1, middle.n - TICKET_MARK - 1);
    struct bytes given = bytes_slice(middle, middle.n - TICKET_MARK, middle.n);
    if (!entry_is_name(*name) || !put_mark(key, purpose, *name, mark))
        return TICKET_NONE;
    char lower[TICKET_MARK];
    for (size_t i = 0; i < TICKET_MARK; i++)
        lower[i] = (char)tolower(given.p[i]);
    return hash_equal(lower, mark, TICKET_MARK) ? TICKET_TRUE : TICKET_FORGED;
}
