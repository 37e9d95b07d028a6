/* One pass over a bundle: digests of all files, and the few texts that verification needs. */
#include "evidence/verify.h"

#include "base/hash.h"
#include "evidence/case_tree.h"
#include "evidence/name.h"
#include "evidence/recovery.h"

#include <stdio.h>
#include <string.h>

/* "DIGEST  NAME", LF. */
static struct bytes finish_line(struct sha256 *h, const char *name,
                                char line[SHA256_HEX + NAME_LIMIT + 3])
{
    unsigned char digest[SHA256_SIZE];
    size_t n = strlen(name);
    char *p = line + SHA256_HEX - 1;
    sha256_finish(h, digest);
    hash_hex(digest, SHA256_SIZE, line);
    *p++ = ' ';
    *p++ = ' ';
    memcpy(p, name, n);
    p[n] = '\n';
    return bytes_at(line, SHA256_HEX - 1 + 2 + n + 1);
}

static bool collect_directory(struct verify *v, const char *name, struct fail *fail)
{
    char line[NAME_LIMIT + 2];
    bool data = strcmp(name, "data") == 0 || strncmp(name, "data/", 5) == 0;
    snprintf(line, sizeof line, "%s\n", name);
    return name[0] == '\0' ||
           spool_put(data ? v->data_directories : v->tag_directories, bytes_of(line), fail);
}

typedef bool (*take_piece)(struct verify *v, struct bytes piece, struct fail *fail);

/* Takes the digest of the entry's content, and hands each piece on. */
static bool digest_pieces(struct verify *v, take_piece each, struct fail *fail)
{
    struct bytes piece = {NULL, 1};
    sha256_start(v->of_file);
    while (piece.n > 0) {
        if (!tar_read_piece(v->tar, &piece, fail))
            return false;
        sha256_add(v->of_file, piece);
        if (each && !each(v, piece, fail))
            return false;
    }
    return true;
}

static bool keep_tree(struct verify *v, struct bytes piece, struct fail *fail)
{
    return buf_put(&v->tree_text, piece) || fail_set(fail, "ENOMEM", "no memory for a case's tree");
}

/* Too much of it is for whoever reads it to complain of. */
static bool keep_recovery(struct verify *v, struct bytes piece, struct fail *fail)
{
    (void)fail;
    buf_put(&v->recovery, piece);
    return true;
}

/* So is it here. */
static bool keep_run(struct verify *v, struct bytes piece, struct fail *fail)
{
    (void)fail;
    buf_put(&v->run_json, piece);
    return true;
}

/* Which files are kept whole: the tree.txt at hand, and two of the run's. */
static take_piece keeper_of(const char *name, bool is_tree)
{
    if (is_tree)
        return keep_tree;
    if (strcmp(name, RECOVERY_FILE) == 0)
        return keep_recovery;
    return strcmp(name, "data/run.json") == 0 ? keep_run : NULL;
}

/* What the tree is made of: the tree.txt of each case, the lines of all that belongs to none. */
static bool collect_tree(struct verify *v, struct bytes line, struct bytes id, bool is_tree,
                         struct fail *fail)
{
    if (id.n == 0)
        buf_put(&v->run_lines, line); /* too many of them: verify_head */
    if (!is_tree)
        return true;
    bool ok = verify_tree_take(v, id, fail);
    buf_clear(&v->tree_text);
    return ok;
}

static bool collect_payload(struct verify *v, const struct tar_entry *entry, struct fail *fail)
{
    char line[SHA256_HEX + NAME_LIMIT + 3];
    const char *rest;
    if (entry->size > BUNDLE_FILE_LIMIT)
        return fail_set(fail, "ELIMIT", "%s: a file of more than %d MiB", entry->name,
                        BUNDLE_FILE_LIMIT >> 20);
    struct bytes id = name_case(entry->name, &rest);
    bool is_tree = id.n > 0 && strcmp(rest, CASE_TREE_FILE) == 0;
    if (!digest_pieces(v, keeper_of(entry->name, is_tree), fail))
        return false;
    once_add(v->once, entry->name);
    if (v->tag_count > 0 && !v->early)
        v->early = &v->tags[v->tag_count - 1];
    v->files++;
    v->octets += entry->size;
    v->cases += id.n > 0 && strcmp(rest, PARTS_CASE) == 0;
    struct bytes made = finish_line(v->of_file, entry->name, line);
    return collect_tree(v, made, id, is_tree, fail) && spool_put(v->found, made, fail);
}

static bool keep_listed(struct verify *v, struct bytes piece, struct fail *fail)
{
    return listed_add(&v->listed, piece, fail);
}

static bool keep_tag(struct verify *v, struct bytes piece, struct fail *fail)
{
    return buf_put(&v->tags[v->tag_count].content, piece) ||
           fail_set(fail, "ENOMEM", "no memory for a bundle's files");
}

static bool check_tag(const struct verify *v, const struct tar_entry *entry, bool is_manifest,
                      struct fail *fail)
{
    if (v->tag_count == VERIFY_TAGS)
        return fail_set(fail, "ELIMIT", "%s: too many files beside data/", entry->name);
    if (!is_manifest && entry->size > VERIFY_TAG_LIMIT)
        return fail_set(fail, "ELIMIT", "%s: too long for a file beside data/", entry->name);
    if (strcmp(entry->name, "data") == 0)
        return fail_set(fail, "EDUPLICATE", "data is a file and a directory at once");
    for (unsigned i = 0; i < v->tag_count; i++) {
        if (strcmp(v->tags[i].name, entry->name) == 0)
            return fail_set(fail, "EDUPLICATE", "%s is in the bundle twice", entry->name);
    }
    return true;
}

static bool collect_tag(struct verify *v, const struct tar_entry *entry, struct fail *fail)
{
    char line[SHA256_HEX + NAME_LIMIT + 3];
    bool is_manifest = strcmp(entry->name, "manifest-sha256.txt") == 0;
    if (!check_tag(v, entry, is_manifest, fail))
        return false;
    struct verify_tag *tag = &v->tags[v->tag_count];
    tag->content = buf_new(VERIFY_TAG_LIMIT);
    snprintf(tag->name, sizeof tag->name, "%s", entry->name);
    bool ok = digest_pieces(v, is_manifest ? keep_listed : keep_tag, fail);
    v->tag_count++;
    v->has_manifest |= is_manifest;
    if (!ok)
        return false;
    return beside_kind(tag->name) != BESIDE_NOT ||
           buf_put(&v->tag_lines, finish_line(v->of_file, tag->name, line)) ||
           fail_set(fail, "ENOMEM", "no memory for a bundle's files");
}

static bool collect_entry(struct verify *v, const struct tar_entry *entry, struct fail *fail)
{
    if (entry->directory)
        return collect_directory(v, entry->name, fail);
    if (strncmp(entry->name, "data/", 5) == 0)
        return collect_payload(v, entry, fail);
    return collect_tag(v, entry, fail);
}

bool verify_collect(struct verify *v, struct fail *fail)
{
    struct tar_entry entry;
    for (;;) {
        enum tar_step step = tar_read_next(v->tar, &entry, fail);
        if (step == TAR_ENTRY && collect_entry(v, &entry, fail))
            continue;
        return step == TAR_END && spool_write(v->found, fail) && spool_write(v->leaves, fail) &&
               spool_write(v->data_directories, fail) && spool_write(v->tag_directories, fail);
    }
}
