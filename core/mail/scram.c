#include "mail/scram.h"

#include "base/base64.h"

#include <sodium.h>
#include <stdio.h>

/* RFC 7677, section 4: at least 4,096 turns; the most is what takes a second or two. */
enum { TURNS_LEAST = 4096, TURNS_MOST = 1000000, SALT_MOST = 256, MESSAGE_MOST = 2048 };

static bool is_plain(const char *text)
{
    for (size_t i = 0; text[i]; i++)
        if (text[i] < ' ' || text[i] > '~')
            return false;
    return text[0] != '\0';
}

bool scram_takes(const char *user, const char *password)
{
    return is_plain(user) && is_plain(password) && strlen(user) <= 300;
}

bool scram_first(struct scram *s, const char *user, const char *nonce, struct buf *out)
{
    struct buf bare = buf_new(sizeof s->bare);
    *s = (struct scram){.proven = false};
    snprintf(s->nonce, sizeof s->nonce, "%s", nonce);
    buf_put_text(&bare, "n=");
    for (const char *c = user; *c; c++)
        buf_put_text(&bare, *c == '=' ? "=3D" : *c == ',' ? "=2C" : (char[]){*c, '\0'});
    buf_printf(&bare, ",r=%s", s->nonce);
    bool ok = !bare.overflow && bare.n < sizeof s->bare;
    snprintf(s->bare, sizeof s->bare, "%s", buf_text(&bare));
    buf_free(&bare);
    return ok && buf_printf(out, "n,,%s", s->bare);
}

static void hmac(struct bytes key, struct bytes what, unsigned char out[SHA256_SIZE])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.p, key.n);
    crypto_auth_hmacsha256_update(&state, what.p, what.n);
    crypto_auth_hmacsha256_final(&state, out);
    explicit_bzero(&state, sizeof state);
}

/* RFC 5802, section 2.2: Hi(), which is PBKDF2 with one block. */
static void salted(struct bytes password, struct bytes salt, unsigned long turns,
                   unsigned char out[SHA256_SIZE])
{
    unsigned char block[SALT_MOST + 4];
    unsigned char u[SHA256_SIZE];
    memcpy(block, salt.p, salt.n);
    memcpy(block + salt.n, "\0\0\0\1", 4);
    hmac(password, bytes_at(block, salt.n + 4), u);
    memcpy(out, u, SHA256_SIZE);
    for (unsigned long i = 1; i < turns; i++) {
        hmac(password, bytes_at(u, sizeof u), u);
        for (size_t k = 0; k < SHA256_SIZE; k++)
            out[k] ^= u[k];
    }
    explicit_bzero(u, sizeof u);
}

/* "r=VALUE,", taken off the front; false: there is none, or it is empty. */
static bool take(struct bytes *rest, char name, struct bytes *value)
{
    size_t end = bytes_index(*rest, ',', 0);
    if (rest->n < 3 || rest->p[0] != (unsigned char)name || rest->p[1] != '=')
        return false;
    *value = bytes_slice(*rest, 2, end);
    *rest = bytes_slice(*rest, end == BYTES_NOT_FOUND ? rest->n : end + 1, rest->n);
    return value->n > 0;
}

struct asked {
    struct bytes nonce; /* ours, with the server's behind it */
    struct buf salt;
    unsigned long turns;
};

static bool read_first(const struct scram *s, struct bytes message, struct asked *a,
                       struct fail *fail)
{
    struct bytes salt;
    struct bytes turns;
    struct bytes rest = message;
    if (!take(&rest, 'r', &a->nonce) || !take(&rest, 's', &salt) || !take(&rest, 'i', &turns) ||
        !base64_take(&a->salt, salt) || a->salt.n == 0 ||
        !bytes_number(turns, TURNS_MOST, &a->turns))
        return fail_set(fail, "EPROTO", "the smarthost's part of SCRAM is none");
    if (a->nonce.n <= strlen(s->nonce) || memcmp(a->nonce.p, s->nonce, strlen(s->nonce)) != 0)
        return fail_set(fail, "EPROTO", "the smarthost's part of SCRAM answers somebody else");
    return a->turns >= TURNS_LEAST ||
           fail_set(fail, "EPROTO",
                    "the smarthost keeps the password too weakly for SCRAM: %lu turns, at least "
                    "%d there must be",
                    a->turns, TURNS_LEAST);
}

/* What both sides sign. */
static bool put_signed(const struct scram *s, struct bytes server_first, struct bytes final,
                       struct buf *out)
{
    return buf_printf(out, "%s,", s->bare) && buf_put(out, server_first) &&
           buf_put_byte(out, ',') && buf_put(out, final);
}

/* RFC 5802, section 3. */
static void prove(struct scram *s, const struct asked *a, const char *password, struct bytes signs,
                  unsigned char proof[SHA256_SIZE])
{
    unsigned char key[SHA256_SIZE], client[SHA256_SIZE], stored[SHA256_SIZE], sign[SHA256_SIZE];
    salted(bytes_of(password), buf_view(&a->salt), a->turns, key);
    hmac(bytes_at(key, sizeof key), bytes_of("Client Key"), client);
    crypto_hash_sha256(stored, client, sizeof client);
    hmac(bytes_at(stored, sizeof stored), signs, sign);
    for (size_t i = 0; i < SHA256_SIZE; i++)
        proof[i] = client[i] ^ sign[i];
    hmac(bytes_at(key, sizeof key), bytes_of("Server Key"), stored);
    hmac(bytes_at(stored, sizeof stored), signs, s->server);
    explicit_bzero(key, sizeof key);
    explicit_bzero(client, sizeof client);
    explicit_bzero(stored, sizeof stored);
}

bool scram_final(struct scram *s, const char *password, struct bytes server_first, struct buf *out,
                 struct fail *fail)
{
    unsigned char proof[SHA256_SIZE];
    struct asked a = {.salt = buf_new(SALT_MOST)};
    struct buf final = buf_new(MESSAGE_MOST);
    struct buf signs = buf_new(3 * MESSAGE_MOST);
    bool ok = server_first.n <= MESSAGE_MOST / 2
                  ? read_first(s, server_first, &a, fail)
                  : fail_set(fail, "EPROTO", "the smarthost's part of SCRAM is too long");
    if (ok) {
        buf_put_text(&final, "c=biws,r=");
        buf_put(&final, a.nonce);
        ok = put_signed(s, server_first, buf_view(&final), &signs);
        prove(s, &a, password, buf_view(&signs), proof);
        buf_put_text(&final, ",p=");
        ok = ok && base64_put(&final, bytes_at(proof, sizeof proof)) && !final.overflow &&
             buf_put(out, buf_view(&final));
        if (!ok)
            fail_set(fail, "EPROTO", "SCRAM can't be answered: it is too long");
    }
    buf_free(&a.salt);
    buf_free(&final);
    buf_free(&signs);
    return ok;
}

bool scram_verify(struct scram *s, struct bytes server_final, struct fail *fail)
{
    struct bytes value;
    struct bytes rest = server_final;
    struct buf given = buf_new(2 * SHA256_SIZE);
    s->proven = take(&rest, 'v', &value) && base64_take(&given, value) && given.n == SHA256_SIZE &&
                hash_equal(given.p, s->server, SHA256_SIZE);
    buf_free(&given);
    return s->proven ||
           fail_set(fail, "EAUTH", "the smarthost can't prove that it knows the password (SCRAM)");
}
