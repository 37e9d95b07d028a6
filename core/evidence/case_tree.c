#include "evidence/case_tree.h"

#include "evidence/case_salts.h"
#include "evidence/fields.h"
#include "evidence/tree.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define KIND "ajar-case/2"

static void put_head(struct buf *out, const struct case_tree *tree)
{
    char hex[SHA256_HEX];
    hash_hex(tree->root, SHA256_SIZE, hex);
    buf_put_text(out, KIND "\nparts ");
    buf_put_number(out, tree->parts);
    buf_put_text(out, "\nroot ");
    buf_put_text(out, hex);
    buf_put_byte(out, '\n');
}

static void put_secret(struct buf *out, const struct case_tree *tree)
{
    char hex[2 * CASE_SECRET + 1];
    hash_hex(tree->secret, CASE_SECRET, hex);
    buf_put_text(out, "secret ");
    buf_put_text(out, hex);
    buf_put_byte(out, '\n');
}

/* The hash of the part at hand. */
static void leaf_of(const struct parts *p, const unsigned char salt[CASE_SALT], struct sha256 *h,
                    unsigned char out[SHA256_SIZE])
{
    const char *name = p->files[p->file].name;
    struct bytes pieces[] = {bytes_at(salt, CASE_SALT), bytes_at(name, strlen(name) + 1), p->part};
    tree_leaf(h, pieces, 3, out);
}

/* The hash of the part, shown or hidden. */
static bool any_leaf(const struct parts *p, const unsigned char *salt, struct sha256 *h,
                     unsigned char out[SHA256_SIZE])
{
    if (!salt)
        return parts_hidden(p, out);
    leaf_of(p, salt, h, out);
    return true;
}

static bool root_of(const struct case_tree *tree, struct part_file *files, size_t n,
                    unsigned char out[SHA256_SIZE], struct fail *fail)
{
    struct tree grown = {0};
    struct case_salts salts;
    struct sha256 *h = sha256_new();
    struct parts p = parts_begin(files, n);
    bool ok = h || fail_set(fail, "ENOMEM", "no memory for a tree");
    ok = ok && case_salts_begin(&salts, tree, fail);
    while (ok && parts_next(&p)) {
        unsigned char leaf[SHA256_SIZE];
        ok = any_leaf(&p, case_salts_next(&salts), h, leaf) ||
             fail_set(fail, "ECHANGED",
                      "%s: a part that " CASE_TREE_FILE
                      " calls hidden does not stand there as hidden",
                      p.files[p.file].name);
        tree_add(&grown, h, leaf);
    }
    if (ok)
        tree_root(&grown, h, out);
    if (h)
        case_salts_end(&salts);
    sha256_free(h);
    return ok;
}

bool case_tree_make(struct buf *out, struct case_tree *tree, struct part_file *files, size_t n,
                    struct random_lot *random, struct fail *fail)
{
    uint64_t parts = parts_count(files, n);
    if (parts > PARTS_MOST)
        return fail_set(fail, "ELIMIT", "a case of %llu parts, over %d", (unsigned long long)parts,
                        PARTS_MOST);
    *tree = (struct case_tree){.parts = (unsigned long)parts};
    random_take(random, tree->secret, sizeof tree->secret);
    if (!root_of(tree, files, n, tree->root, fail))
        return false;
    put_head(out, tree);
    put_secret(out, tree);
    return !out->overflow || fail_set(fail, "ENOMEM", "no memory for a tree");
}

/* Each line a salt or "hidden", and as many as there are parts. */
static bool parse_salts(struct bytes rest, struct case_tree *tree)
{
    unsigned long count = 0;
    unsigned char salt[CASE_SALT];
    struct bytes value;
    tree->redacted = true;
    tree->salts = rest;
    for (; rest.n > 0; count++) {
        bool hidden = fields_take_line(&rest, "hidden");
        if (!hidden && (!fields_take(&rest, "salt", &value) || !fields_hex(value, salt, CASE_SALT)))
            return false;
        tree->hidden += hidden;
    }
    return count == tree->parts && tree->hidden > 0;
}

static bool parse(struct bytes text, struct case_tree *tree)
{
    struct bytes parts;
    struct bytes root;
    struct bytes secret;
    struct bytes rest = text;
    struct buf again = buf_new(SHA256_HEX * 4);
    if (!fields_take_line(&rest, KIND) || !fields_take(&rest, "parts", &parts) ||
        !fields_take(&rest, "root", &root) || !bytes_number(parts, ULONG_MAX - 1, &tree->parts) ||
        !fields_hex(root, tree->root, SHA256_SIZE))
        return false;
    put_head(&again, tree);
    bool ok = bytes_equal(buf_view(&again), bytes_slice(text, 0, text.n - rest.n));
    buf_free(&again);
    if (!ok)
        return false;
    if (fields_take(&rest, "secret", &secret))
        return rest.n == 0 && fields_hex(secret, tree->secret, CASE_SECRET);
    return parse_salts(rest, tree);
}

bool case_tree_parse(struct bytes text, struct case_tree *out, struct fail *fail)
{
    *out = (struct case_tree){0};
    if (!parse(text, out))
        return fail_set(fail, "EFORMAT", CASE_TREE_FILE ": not the tree of a case of this version");
    return out->parts <= PARTS_MOST ||
           fail_set(fail, "ELIMIT",
                    CASE_TREE_FILE
                    ": it has %lu parts, more than the %d that bound a reader's memory; early "
                    "builds of ajar 0.1.0 sealed such cases: check all but the tree as the "
                    "bundle's VERIFY.txt says, or verify with the build that sealed it",
                    out->parts, PARTS_MOST);
}

static bool has_as_many(const struct case_tree *tree, struct part_file *files, size_t n,
                        struct fail *fail)
{
    uint64_t parts = parts_count(files, n);
    return parts == tree->parts ||
           fail_set(fail, "ECOUNT",
                    CASE_TREE_FILE ": it has %lu parts, and the case's files have %llu",
                    tree->parts, (unsigned long long)parts);
}

bool case_tree_check(const struct case_tree *tree, struct part_file *files, size_t n,
                     struct fail *fail)
{
    unsigned char root[SHA256_SIZE];
    return has_as_many(tree, files, n, fail) && root_of(tree, files, n, root, fail) &&
           (hash_equal(root, tree->root, SHA256_SIZE) ||
            fail_set(fail, "ECHANGED",
                     CASE_TREE_FILE ": its root is not that of the case's parts"));
}

bool case_tree_hidden(const struct case_tree *tree, struct part_file *files, size_t n,
                      unsigned long *hidden, struct fail *fail)
{
    struct case_salts salts;
    struct parts p = parts_begin(files, n);
    memset(hidden, 0, n * sizeof *hidden);
    if (!tree->redacted)
        return true;
    bool ok = has_as_many(tree, files, n, fail) && case_salts_begin(&salts, tree, fail);
    while (ok && parts_next(&p))
        hidden[p.file] += !case_salts_next(&salts);
    return ok;
}

void case_tree_leaf(const struct case_tree *tree, struct bytes id, struct sha256 *h,
                    unsigned char out[SHA256_SIZE])
{
    char hex[SHA256_HEX];
    struct buf rest = buf_new(2 * SHA256_HEX);
    hash_hex(tree->root, SHA256_SIZE, hex);
    buf_put(&rest, bytes_at(" ", 1));
    buf_put_number(&rest, tree->parts);
    buf_put(&rest, bytes_at(" ", 1));
    buf_put(&rest, bytes_at(hex, SHA256_HEX - 1));
    buf_put(&rest, bytes_at("\n", 1));
    struct bytes pieces[] = {id, buf_view(&rest)};
    tree_leaf(h, pieces, 2, out);
    buf_free(&rest);
}

struct redaction {
    struct sha256 *h;
    struct buf *contents;
    struct buf lines; /* with salts */
    unsigned long hidden;
};

static bool redact_part(struct redaction *r, const struct parts *p, const unsigned char *salt,
                        bool hide)
{
    char hex[2 * CASE_SALT + 1];
    unsigned char leaf[SHA256_SIZE];
    struct buf *out = &r->contents[p->file];
    if (salt && !hide) {
        hash_hex(salt, CASE_SALT, hex);
        return buf_printf(&r->lines, "salt %s\n", hex) && buf_put(out, p->part);
    }
    r->hidden++;
    return any_leaf(p, salt, r->h, leaf) && buf_put_text(&r->lines, "hidden\n") &&
           parts_put_hidden(out, p, leaf);
}

bool case_tree_redact(const struct case_tree *tree, struct part_file *files, size_t n,
                      case_tree_hide hide, void *arg, struct buf *contents, struct buf *out,
                      unsigned long *hidden, struct fail *fail)
{
    if (!case_tree_check(tree, files, n, fail))
        return false;
    struct case_salts salts;
    struct redaction r = {sha256_new(), contents, buf_new(out->limit), 0};
    struct parts p = parts_begin(files, n);
    bool ok = r.h && case_salts_begin(&salts, tree, fail);
    for (unsigned long i = 0; ok && parts_next(&p); i++) {
        const unsigned char *salt = case_salts_next(&salts);
        ok = redact_part(&r, &p, salt, salt && hide(arg, i)) ||
             fail_set(fail, "ENOMEM", "no memory for a redacted case");
    }
    put_head(out, tree);
    if (r.hidden > 0)
        buf_put(out, buf_view(&r.lines));
    else
        put_secret(out, tree);
    if (r.h)
        case_salts_end(&salts);
    sha256_free(r.h);
    buf_free(&r.lines);
    *hidden = r.hidden;
    return ok && (!out->overflow || fail_set(fail, "ENOMEM", "no memory for a redacted case"));
}
