#include "evidence/tree_head.h"

#include "evidence/fields.h"
#include "evidence/listing.h"

#include <limits.h>

#define KIND "ajar-tree/2"

enum { HEAD_LIMIT = 1024 };

static void put_hash(struct buf *out, const char *label, const unsigned char hash[SHA256_SIZE])
{
    char hex[SHA256_HEX];
    hash_hex(hash, SHA256_SIZE, hex);
    buf_printf(out, "%s %s", label, hex);
}

static void put_link(struct buf *out, const struct chain_link *link)
{
    if (link->number == 0)
        buf_put_text(out, "chain none\n");
    else
        buf_printf(out, "chain %lu\n", link->number);
    if (link->number > 1) {
        put_hash(out, "previous", link->previous);
        buf_printf(out, " %lu\n", link->previous_cases);
    } else {
        buf_put_text(out, "previous none\n");
    }
}

bool tree_head_put(struct buf *out, const struct tree_head *head)
{
    buf_printf(out, KIND "\ncases %lu\n", head->cases);
    put_hash(out, "root", head->root);
    put_hash(out, "\nrun", head->run);
    buf_put_byte(out, '\n');
    put_link(out, &head->chain);
    return !out->overflow;
}

static bool parse_link(struct bytes *rest, struct chain_link *link)
{
    struct bytes number;
    struct bytes previous;
    *link = (struct chain_link){0};
    if (!fields_take(rest, "chain", &number) || !fields_take(rest, "previous", &previous))
        return false;
    if (!bytes_equal_text(number, "none") && !bytes_number(number, ULONG_MAX - 1, &link->number))
        return false;
    if (bytes_equal_text(previous, "none"))
        return true;
    return fields_hex(fields_word(&previous), link->previous, SHA256_SIZE) &&
           bytes_number(previous, ULONG_MAX, &link->previous_cases);
}

static bool parse(struct bytes text, struct tree_head *head)
{
    struct bytes cases;
    struct bytes root;
    struct bytes run;
    return fields_take_line(&text, KIND) && fields_take(&text, "cases", &cases) &&
           fields_take(&text, "root", &root) && fields_take(&text, "run", &run) &&
           parse_link(&text, &head->chain) && bytes_number(cases, ULONG_MAX, &head->cases) &&
           fields_hex(root, head->root, SHA256_SIZE) && fields_hex(run, head->run, SHA256_SIZE);
}

bool tree_head_parse(struct bytes text, struct tree_head *out, struct fail *fail)
{
    struct tree_head head;
    struct buf again = buf_new(HEAD_LIMIT);
    bool ok =
        parse(text, &head) && tree_head_put(&again, &head) && bytes_equal(buf_view(&again), text);
    buf_free(&again);
    if (!ok)
        return fail_set(fail, "EFORMAT", TREE_HEAD_FILE ": not a tree head of this version");
    *out = head;
    return true;
}

bool tree_head_run(struct bytes lines, unsigned char out[SHA256_SIZE], struct fail *fail)
{
    struct listing l;
    struct sha256 *h = sha256_new();
    if (!h)
        return fail_set(fail, "ENOMEM", "no memory for a digest");
    bool ok = listing_new(&l, lines, fail);
    for (uint64_t i = 0; ok && i < l.count; i++) {
        size_t n = LISTING_DIGEST + 2 + listing_name(&l, i).n + 1;
        sha256_add(h, bytes_slice(lines, l.starts[i], l.starts[i] + n));
    }
    if (ok)
        listing_free(&l);
    sha256_finish(h, out);
    sha256_free(h);
    return ok;
}
