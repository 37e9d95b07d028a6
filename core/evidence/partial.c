#include "evidence/partial.h"

#include "evidence/bundle.h"
#include "evidence/case_tree.h"
#include "evidence/case_whole.h"
#include "evidence/gather.h"
#include "evidence/hold.h"
#include "evidence/tar_read.h"
#include "evidence/tar_write.h"

#include <stdio.h>
#include <stdlib.h>

struct reading {
    struct tar_read *tar;
    partial_fn fn;
    void *arg;
    struct partial *out;
    uint64_t at; /* behind the entry that was read last */
    bool spoilt; /* the case at hand: see `why` */
    struct fail why;
    struct fail stopped; /* fn said so */
    struct buf content;
    struct gather gather; /* the case at hand */
};

static bool hand_on(struct reading *r, const struct bag_file *files, size_t n)
{
    if (r->fn && !r->fn(r->arg, files, n, &r->stopped))
        return false;
    r->out->good = r->at;
    return true;
}

static bool hand_on_case(struct reading *r)
{
    static const char cases[] = "data/cases/";
    struct gather *g = &r->gather;
    char names[GATHER_FILES][sizeof cases + 2 * NAME_LIMIT];
    struct bag_file files[GATHER_FILES];
    size_t at = 0;
    for (unsigned i = 0; i < g->count; i++) {
        snprintf(names[i], sizeof names[i], "%s%s/%s", cases, g->id, g->names[i]);
        files[i] = (struct bag_file){
            .name = names[i], .content = bytes_slice(buf_view(&g->content), at, at + g->sizes[i])};
        at += g->sizes[i];
    }
    r->out->cases++;
    return hand_on(r, files, g->count);
}

static bool has_its_tree(const struct gather *g, const struct bundle_case *c, struct fail *fail)
{
    struct case_tree tree;
    struct part_file files[PARTS_FILES];
    if (!gather_has(g, CASE_TREE_FILE)) /* it gets a new one */
        return true;
    if (!case_tree_parse(c->tree, &tree, fail))
        return false;
    if (tree.redacted)
        return fail_set(fail, "EFORMAT", CASE_TREE_FILE ": it hides parts, as in no run's bundle");
    return case_tree_check(&tree, files, bundle_case_parts(c, files), fail);
}

/* tree.txt is the last file of a case that is written. */
static void note_broken(struct reading *r, bool last)
{
    r->out->damaged += !last || gather_has(&r->gather, CASE_TREE_FILE);
    if (r->out->broken++ > 0)
        return;
    snprintf(r->out->first_broken, sizeof r->out->first_broken, "%s", r->gather.id);
    r->out->why = r->why;
}

/* The case at hand has no more files; `last`: nor has the bundle. False: fn wants no more. */
static bool end_case(struct reading *r, bool last)
{
    struct bundle_case c;
    bool go_on = true;
    if (r->gather.id[0] == '\0')
        return true;
    if (!r->spoilt && gather_case(&r->gather, &c, &r->why) && case_whole(&c, &r->why) &&
        has_its_tree(&r->gather, &c, &r->why))
        go_on = hand_on_case(r);
    else
        note_broken(r, last);
    r->spoilt = false;
    gather_begin(&r->gather, bytes_at(NULL, 0));
    return go_on;
}

static bool take_single(struct reading *r, const char *name, struct bytes content)
{
    struct bag_file file = {.name = name, .content = content};
    r->out->has_run |= strcmp(name, "data/run.json") == 0;
    return hand_on(r, &file, 1);
}

/* What ends a bundle is made anew when it is sealed. */
static bool is_payload(const struct tar_entry *entry)
{
    return !entry->directory && strncmp(entry->name, "data/", 5) == 0;
}

/* The next file, whole; false at the end of what can be read, which out->end tells. */
static bool next_file(struct reading *r, struct tar_entry *entry)
{
    for (;;) {
        enum tar_step step = tar_read_next(r->tar, entry, &r->out->end);
        r->out->sealed = step == TAR_END && r->out->signature;
        if (step != TAR_ENTRY)
            return false;
        snprintf(r->out->top, sizeof r->out->top, "%s", tar_read_top(r->tar));
        buf_clear(&r->content);
        bool wanted = is_payload(entry);
        bool signature = strcmp(entry->name, "tagmanifest-sha256.txt.minisig") == 0;
        if ((wanted || signature) && !tar_read_all(r->tar, entry, &r->content, &r->out->end))
            return false;
        r->out->signature |= signature;
        r->at += tar_file_room(entry->size);
        if (wanted)
            return true;
    }
}

static bool begin_case(struct reading *r, struct bytes id, uint64_t before)
{
    r->at = before;
    bool go_on = end_case(r, false);
    gather_begin(&r->gather, id);
    return go_on;
}

static bool take_file(struct reading *r, const struct tar_entry *entry, uint64_t before)
{
    const char *rest;
    uint64_t behind = r->at;
    struct bytes id = name_case(entry->name, &rest);
    if (!bytes_equal_text(id, r->gather.id) && !begin_case(r, id, before))
        return false;
    r->at = behind;
    if (id.n == 0)
        return take_single(r, entry->name, buf_view(&r->content));
    r->spoilt = r->spoilt || !gather_add(&r->gather, rest, buf_view(&r->content), &r->why);
    return true;
}

/* False: fn wants no more. */
static bool read_files(struct reading *r)
{
    struct tar_entry entry;
    uint64_t before = 0;
    for (; next_file(r, &entry); before = r->at)
        if (!take_file(r, &entry, before))
            return false;
    r->at = before;
    return end_case(r, true);
}

bool partial_read(const char *path, partial_fn fn, void *arg, struct partial *out,
                  struct fail *fail)
{
    struct reading *r = calloc(1, sizeof *r);
    memset(out, 0, sizeof *out);
    if (!r)
        return fail_set(fail, "ENOMEM", "%s: no memory for reading it", path);
    *r = (struct reading){.fn = fn, .arg = arg, .out = out, .content = buf_new(BUNDLE_FILE_LIMIT)};
    gather_init(&r->gather);
    bool ok = hold_look(path, &out->size, &out->at_work, fail) || fail_prefix(fail, "%s", path);
    if (ok && (r->tar = tar_read_open(path, &out->end)) && !read_files(r)) {
        *fail = r->stopped;
        ok = false;
    }
    tar_read_close(r->tar);
    buf_free(&r->gather.content);
    buf_free(&r->content);
    free(r);
    return ok;
}
