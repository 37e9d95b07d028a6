#include "proto/token.h"

#include "base/hash.h"

#include <string.h>

enum { MAC_SIZE = TOKEN_SIZE - TOKEN_JOB - 1, LETTERS = TOKEN_TEXT - 1, WHOLE_MAC = 32 };

/* Eight letters of five bits each stand for five bytes. */
enum { GROUP_BYTES = 5, GROUP_LETTERS = 8, GROUPS = TOKEN_SIZE / GROUP_BYTES };

_Static_assert(GROUPS *GROUP_BYTES == TOKEN_SIZE && GROUPS * GROUP_LETTERS == LETTERS,
               "a token is of whole groups");

/* Each use of a key begins with a byte of its own, so that no value made for one purpose can stand
 * for another: a job's key is no token's MAC, and neither is the sink's answer. */
enum purpose { PURPOSE_JOB_KEY = 1, PURPOSE_MAC, PURPOSE_PART, PURPOSE_ANSWER };

static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";

struct token_seed token_seed_of(const unsigned char run_key[TOKEN_KEY],
                                const unsigned char job[TOKEN_JOB])
{
    struct token_seed seed;
    unsigned char what[1 + TOKEN_JOB] = {PURPOSE_JOB_KEY};
    memcpy(what + 1, job, TOKEN_JOB);
    memcpy(seed.job, job, TOKEN_JOB);
    keyed_hash(run_key, bytes_at(what, sizeof what), seed.key, TOKEN_KEY);
    return seed;
}

struct token token_make(const struct token_seed *seed, uint8_t attempt)
{
    struct token t;
    unsigned char mac[WHOLE_MAC];
    unsigned char what[1 + TOKEN_JOB + 1] = {PURPOSE_MAC};
    memcpy(t.b, seed->job, TOKEN_JOB);
    t.b[TOKEN_JOB] = attempt;
    memcpy(what + 1, t.b, TOKEN_JOB + 1);
    keyed_hash(seed->key, bytes_at(what, sizeof what), mac, sizeof mac);
    memcpy(t.b + TOKEN_JOB + 1, mac, MAC_SIZE);
    return t;
}

bool token_is_ours(const unsigned char run_key[TOKEN_KEY], const struct token *t)
{
    struct token_seed seed = token_seed_of(run_key, t->b);
    struct token again = token_make(&seed, t->b[TOKEN_JOB]);
    return hash_equal(again.b, t->b, TOKEN_SIZE);
}

const char *token_text(const struct token *t, char out[TOKEN_TEXT])
{
    for (size_t group = 0; group < GROUPS; group++) {
        uint64_t bits = 0;
        for (size_t i = 0; i < GROUP_BYTES; i++)
            bits = bits << 8 | t->b[GROUP_BYTES * group + i];
        for (size_t i = GROUP_LETTERS; i-- > 0; bits >>= 5)
            out[GROUP_LETTERS * group + i] = alphabet[bits & 31];
    }
    out[LETTERS] = '\0';
    return out;
}

/* The five bits that a letter stands for, in either case, counted from 1: 0 is no letter. */
static const unsigned char values[256] = {
    ['a'] = 1,  ['b'] = 2,  ['c'] = 3,  ['d'] = 4,  ['e'] = 5,  ['f'] = 6,  ['g'] = 7,  ['h'] = 8,
    ['i'] = 9,  ['j'] = 10, ['k'] = 11, ['l'] = 12, ['m'] = 13, ['n'] = 14, ['o'] = 15, ['p'] = 16,
    ['q'] = 17, ['r'] = 18, ['s'] = 19, ['t'] = 20, ['u'] = 21, ['v'] = 22, ['w'] = 23, ['x'] = 24,
    ['y'] = 25, ['z'] = 26, ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,
    ['G'] = 7,  ['H'] = 8,  ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14,
    ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22,
    ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['2'] = 27, ['3'] = 28, ['4'] = 29, ['5'] = 30,
    ['6'] = 31, ['7'] = 32,
};

bool token_parse(struct bytes text, struct token *out)
{
    struct token t;
    if (text.n != LETTERS)
        return false;
    for (size_t group = 0; group < GROUPS; group++) {
        uint64_t bits = 0;
        for (size_t i = 0; i < GROUP_LETTERS; i++) {
            unsigned value = values[text.p[GROUP_LETTERS * group + i]];
            if (value == 0)
                return false;
            bits = bits << 5 | (value - 1);
        }
        for (size_t i = GROUP_BYTES; i-- > 0; bits >>= 8)
            t.b[GROUP_BYTES * group + i] = (unsigned char)bits;
    }
    *out = t;
    return true;
}

bool token_is_of(const struct token_family *family, const struct token *t)
{
    return family->run_key ? token_is_ours(family->run_key, t)
                           : memcmp(t->b, family->kin->b, TOKEN_JOB) == 0;
}

bool token_find(const struct token_family *family, struct bytes in, struct token *out)
{
    struct token t;
    size_t from = 0;
    for (size_t i = 0; i <= in.n; i++) {
        if (i < in.n && values[in.p[i]] != 0)
            continue;
        if (i - from == LETTERS && token_parse(bytes_slice(in, from, i), &t) &&
            token_is_of(family, &t)) {
            *out = t;
            return true;
        }
        from = i + 1;
    }
    return false;
}

/* Peer and time are of any length: each goes in as a digest, so that none can run into the other.
 */
static void put_part(const unsigned char run_key[TOKEN_KEY], struct bytes part,
                     unsigned char out[SHA256_SIZE])
{
    unsigned char what[1 + SHA256_SIZE] = {PURPOSE_PART};
    sha256_of(part, what + 1);
    keyed_hash(run_key, bytes_at(what, sizeof what), out, SHA256_SIZE);
}

void token_answer(const unsigned char run_key[TOKEN_KEY], const struct token *t, struct bytes peer,
                  struct bytes when, char out[33])
{
    unsigned char what[1 + TOKEN_SIZE + 2 * SHA256_SIZE] = {PURPOSE_ANSWER};
    unsigned char answer[16];
    memcpy(what + 1, t->b, TOKEN_SIZE);
    put_part(run_key, peer, what + 1 + TOKEN_SIZE);
    put_part(run_key, when, what + 1 + TOKEN_SIZE + SHA256_SIZE);
    keyed_hash(run_key, bytes_at(what, sizeof what), answer, sizeof answer);
    hash_hex(answer, sizeof answer, out);
}
