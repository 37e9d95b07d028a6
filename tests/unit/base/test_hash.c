#include "base/hash.h"

#include "given.h"

static void assert_sha256(struct bytes in, const char *wanted)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    sha256_of(in, digest);
    hash_hex(digest, sizeof digest, hex);
    assert_string_equal(hex, wanted);
}

/* The first three are the examples of FIPS 180-2. */
static void sha_256_gives_the_known_digests(void **state)
{
    (void)state;
    assert_sha256(bytes_of("abc"),
                  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_sha256(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_sha256(bytes_at(NULL, 0),
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void a_digest_in_pieces_is_that_of_the_whole(void **state)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    struct sha256 *h = sha256_new();
    (void)state;
    assert_non_null(h);
    for (int round = 0; round < 2; round++) {
        sha256_start(h);
        sha256_add(h, bytes_of("a"));
        sha256_add(h, bytes_at(NULL, 0));
        sha256_add(h, bytes_of("bc"));
        sha256_finish(h, digest);
        hash_hex(digest, sizeof digest, hex);
        assert_string_equal(hex,
                            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
    sha256_free(h);
    sha256_free(NULL);
}

/* BLAKE2b's own known answers: key 00 01 … 1f, computed with another program. */
static void a_keyed_hash_is_blake2b(void **state)
{
    unsigned char key[KEYED_KEY];
    unsigned char out[64];
    char hex[129];
    (void)state;
    for (unsigned i = 0; i < sizeof key; i++)
        key[i] = (unsigned char)i;
    keyed_hash(key, bytes_of("abc"), out, 32);
    hash_hex(out, 32, hex);
    assert_string_equal(hex, "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
    keyed_hash(key, bytes_at(NULL, 0), out, 16);
    hash_hex(out, 16, hex);
    assert_string_equal(hex, "3daf97bce7888fd59773c66bf647459c");
    keyed_hash(key, bytes_of("abc"), out, 64);
    hash_hex(out, 64, hex);
    assert_string_equal(hex, "9af0244b7da7fe29d90a89727e06a0c93977ce1ad7edcb76ac0b24142194ea00"
                             "c77be4a1d3fededd31d5a593625a508e742fc90d708f8b48a5c246e4e8e42d94");
}

static void equality_counts_each_bit(void **state)
{
    unsigned char a[32] = {1, 2, 3};
    unsigned char b[32] = {1, 2, 3};
    (void)state;
    assert_true(hash_equal(a, b, sizeof a));
    for (unsigned bit = 0; bit < 256; bit++) {
        b[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_false(hash_equal(a, b, sizeof a));
        b[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    assert_true(hash_equal(a, b, 0));
}

static void hexadecimal_is_lower_case(void **state)
{
    char hex[9];
    (void)state;
    hash_hex((const unsigned char *)"\x00\x9a\xff\x10", 4, hex);
    assert_string_equal(hex, "009aff10");
    hash_hex(NULL, 0, hex);
    assert_string_equal(hex, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha_256_gives_the_known_digests),
        cmocka_unit_test(a_digest_in_pieces_is_that_of_the_whole),
        cmocka_unit_test(a_keyed_hash_is_blake2b),
        cmocka_unit_test(equality_counts_each_bit),
        cmocka_unit_test(hexadecimal_is_lower_case),
    };
    hash_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
