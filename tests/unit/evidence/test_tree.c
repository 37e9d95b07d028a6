#include "evidence/leaves.h"
#include "temp.h"

/* The entries of the vectors of RFC 9162's predecessor (RFC 6962), which all implementations test with. */
static const struct bytes entries[] = {
    {(const unsigned char *)"", 0},
    {(const unsigned char *)"\x00", 1},
    {(const unsigned char *)"\x10", 1},
    {(const unsigned char *)"\x20\x21", 2},
    {(const unsigned char *)"\x30\x31", 2},
    {(const unsigned char *)"\x40\x41\x42\x43", 4},
    {(const unsigned char *)"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
    {(const unsigned char *)"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16},
};

static const char *const roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static void the_roots_of_the_rfc_come_out(void **state)
{
    (void)state;
    struct sha256 *h = sha256_new();
    struct tree t = {0};
    for (size_t n = 0; n <= 8; n++) {
        unsigned char root[SHA256_SIZE];
        unsigned char leaf[SHA256_SIZE];
        char hex[SHA256_HEX];
        tree_root(&t, h, root);
        hash_hex(root, SHA256_SIZE, hex);
        assert_string_equal(hex, roots[n]);
        if (n == 8)
            break;
        tree_leaf(h, &entries[n], 1, leaf);
        tree_add(&t, h, leaf);
    }
    sha256_free(h);
}

/* ---- leaves in a spool ---- */

struct made {
    struct sha256 *h;
    struct spool *any;    /* as they came */
    struct spool *sorted; /* by their bytes */
};

static struct made make_leaves(unsigned n)
{
    struct fail fail;
    struct made m = {sha256_new(), spool_new(NULL, &fail), spool_new(NULL, &fail)};
    for (unsigned i = 0; i < n; i++) {
        unsigned char leaf[SHA256_SIZE];
        struct bytes entry = bytes_at(&i, sizeof i);
        tree_leaf(m.h, &entry, 1, leaf);
        assert_true(spool_put(m.any, bytes_at(leaf, sizeof leaf), &fail));
    }
    assert_true(spool_write(m.any, &fail) && leaves_sort(m.any, m.sorted, &fail));
    return m;
}

static void free_leaves(struct made *m)
{
    spool_free(m->any);
    spool_free(m->sorted);
    sha256_free(m->h);
}

static void leaf_at(const struct made *m, uint64_t i, unsigned char out[SHA256_SIZE])
{
    struct fail fail;
    size_t got;
    assert_true(spool_read(m->sorted, i * SHA256_SIZE, out, SHA256_SIZE, &got, &fail));
    assert_int_equal(got, SHA256_SIZE);
}

static void leaves_stand_in_the_order_of_their_hashes(void **state)
{
    (void)state;
    struct made m = make_leaves(300 * 1000); /* more than one share */
    unsigned char before[SHA256_SIZE] = {0};
    assert_int_equal(leaves_count(m.sorted), 300 * 1000);
    for (unsigned i = 0; i < 300 * 1000; i += 1) {
        unsigned char leaf[SHA256_SIZE];
        leaf_at(&m, i, leaf);
        assert_true(memcmp(before, leaf, SHA256_SIZE) < 0);
        memcpy(before, leaf, SHA256_SIZE);
    }
    free_leaves(&m);
}

static void claim_proof(const struct made *m, uint64_t n, uint64_t i,
                        const unsigned char root[SHA256_SIZE])
{
    struct fail fail;
    struct buf path = buf_new(4096);
    unsigned char leaf[SHA256_SIZE];
    uint64_t found;
    leaf_at(m, i, leaf);
    assert_true(leaves_find(m->sorted, leaf, &found, &fail));
    assert_int_equal(found, i);
    assert_true(leaves_path(m->sorted, m->h, i, &path, &fail));
    assert_true(tree_holds(m->h, leaf, i, n, buf_view(&path), root));
    assert_false(tree_holds(m->h, leaf, i + 1, n, buf_view(&path), root));
    assert_false(tree_holds(m->h, leaf, i, n + n, buf_view(&path), root));
    assert_false(tree_holds(m->h, root, i, n, buf_view(&path), root) && n > 1);
    buf_put(&path, bytes_at(root, SHA256_SIZE));
    assert_false(tree_holds(m->h, leaf, i, n, buf_view(&path), root));
    for (size_t bit = 0; bit < 8 * (path.n - SHA256_SIZE); bit += 7) {
        struct bytes whole = bytes_slice(buf_view(&path), 0, path.n - SHA256_SIZE);
        path.p[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_false(tree_holds(m->h, leaf, i, n, whole, root));
        path.p[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    buf_free(&path);
}

static void each_leaf_of_each_tree_is_proven_and_nothing_else(void **state)
{
    (void)state;
    for (unsigned n = 1; n <= 40; n++) {
        struct fail fail;
        unsigned char root[SHA256_SIZE];
        struct made m = make_leaves(n);
        assert_true(leaves_root(m.any, m.h, root, &fail));
        for (uint64_t i = 0; i < n; i++)
            claim_proof(&m, n, i, root);
        free_leaves(&m);
    }
}

static void a_leaf_that_is_not_there_is_not_found(void **state)
{
    (void)state;
    struct fail fail;
    uint64_t index;
    unsigned char other[SHA256_SIZE] = {1};
    struct made m = make_leaves(5);
    assert_false(leaves_find(m.sorted, other, &index, &fail));
    assert_string_equal(fail.code, "ENOENT");
    free_leaves(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_roots_of_the_rfc_come_out),
        cmocka_unit_test(leaves_stand_in_the_order_of_their_hashes),
        cmocka_unit_test(each_leaf_of_each_tree_is_proven_and_nothing_else),
        cmocka_unit_test(a_leaf_that_is_not_there_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
