#include "evidence/gather.h"

#include "evidence/case_tree.h"

#include <stdio.h>

#define CASE_FILE "case.json"
#define TAPE_FILE "tape.jsonl"
#define RECEIPTS  "receipts/"

void gather_init(struct gather *g)
{
    memset(g, 0, sizeof *g);
    g->content = buf_new(BUNDLE_FILE_LIMIT);
}

void gather_begin(struct gather *g, struct bytes id)
{
    if (id.n > 0)
        memcpy(g->id, id.p, id.n); /* a part of a name: shorter than NAME_LIMIT */
    g->id[id.n] = '\0';
    g->count = 0;
    buf_clear(&g->content);
}

bool gather_has(const struct gather *g, const char *name)
{
    for (unsigned i = 0; i < g->count; i++) {
        if (strcmp(g->names[i], name) == 0)
            return true;
    }
    return false;
}

static bool check_name(const struct gather *g, const char *name, struct fail *fail)
{
    bool known =
        strcmp(name, CASE_FILE) == 0 || strcmp(name, TAPE_FILE) == 0 ||
        strcmp(name, CASE_TREE_FILE) == 0 || strcmp(name, PARTS_CONTACTS) == 0 ||
        (strncmp(name, RECEIPTS, strlen(RECEIPTS)) == 0 && !strchr(name + strlen(RECEIPTS), '/'));
    if (!known)
        return fail_set(fail, "EFORMAT", "data/cases/%s/%s: not a file of a case", g->id, name);
    if (gather_has(g, name))
        return fail_set(fail, "EDUPLICATE", "data/cases/%s/%s is in the bundle twice", g->id, name);
    return true;
}

static unsigned receipts(const struct gather *g)
{
    return g->count - gather_has(g, CASE_FILE) - gather_has(g, TAPE_FILE) -
           gather_has(g, CASE_TREE_FILE) - gather_has(g, PARTS_CONTACTS);
}

bool gather_add(struct gather *g, const char *name, struct bytes content, struct fail *fail)
{
    if (!check_name(g, name, fail))
        return false;
    if (name[0] == 'r' && receipts(g) == BUNDLE_RECEIPTS)
        return fail_set(fail, "ELIMIT", "data/cases/%s/: more than %d receipts", g->id,
                        BUNDLE_RECEIPTS);
    if (!buf_put(&g->content, content))
        return fail_set(fail, "ELIMIT", "data/cases/%s/: more than %d MiB", g->id,
                        BUNDLE_FILE_LIMIT >> 20);
    snprintf(g->names[g->count], NAME_LIMIT, "%s", name);
    g->sizes[g->count++] = content.n;
    return true;
}

static void place(const struct gather *g, struct bundle_case *c, unsigned i, struct bytes content)
{
    if (strcmp(g->names[i], CASE_FILE) == 0) {
        c->case_json = content;
    } else if (strcmp(g->names[i], TAPE_FILE) == 0) {
        c->tape = content;
    } else if (strcmp(g->names[i], CASE_TREE_FILE) == 0) {
        c->tree = content;
    } else if (strcmp(g->names[i], PARTS_CONTACTS) == 0) {
        c->contacts = content;
        c->has_contacts = true;
    } else {
        c->receipts[c->receipt_count].file = g->names[i];
        c->receipts[c->receipt_count].name = g->names[i] + strlen(RECEIPTS);
        c->receipts[c->receipt_count].content = content;
        c->receipt_count++;
    }
}

static unsigned long *place_of(struct bundle_case *c, const char *name)
{
    if (strcmp(name, CASE_FILE) == 0)
        return &c->hidden_members;
    if (strcmp(name, PARTS_CONTACTS) == 0)
        return &c->hidden_contacts;
    unsigned i = 0;
    while (i < c->receipt_count && strcmp(c->receipts[i].file, name) != 0)
        i++;
    return i < c->receipt_count ? &c->receipts[i].hidden : &c->hidden_records;
}

static bool count_hidden(struct bundle_case *c, struct fail *fail)
{
    struct case_tree tree = {0};
    struct part_file files[PARTS_FILES];
    unsigned long hidden[PARTS_FILES];
    size_t n = bundle_case_parts(c, files);
    if (c->tree.n > 0 && (!case_tree_parse(c->tree, &tree, fail) ||
                          !case_tree_hidden(&tree, files, n, hidden, fail)))
        return fail_prefix(fail, "data/cases/%s", c->id);
    c->hidden = tree.hidden;
    for (size_t i = 0; c->hidden > 0 && i < n; i++)
        *place_of(c, files[i].name) = hidden[i];
    return true;
}

bool gather_case(const struct gather *g, struct bundle_case *out, struct fail *fail)
{
    const char *lacks = !gather_has(g, CASE_FILE)   ? CASE_FILE
                        : !gather_has(g, TAPE_FILE) ? TAPE_FILE
                                                    : NULL;
    if (lacks)
        return fail_set(fail, "EMISSING",
                        "data/cases/%s/ has no "
                        "%s, or the case's files don't stand together",
                        g->id, lacks);
    *out = (struct bundle_case){.id = g->id};
    size_t at = 0;
    for (unsigned i = 0; i < g->count; i++) {
        place(g, out, i, bytes_slice(buf_view(&g->content), at, at + g->sizes[i]));
        at += g->sizes[i];
    }
    return count_hidden(out, fail);
}

struct walk {
    const char *only;
    gather_fn fn;
    void *arg;
    struct gather gather;
};

/* Hands the group at hand on, if there is one. */
static bool flush(struct walk *w, struct fail *fail)
{
    return w->gather.id[0] == '\0' || w->fn(w->arg, &w->gather, fail);
}

static bool take(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct walk *w = arg;
    const char *rest;
    struct bytes id = name_case(name, &rest);
    if (id.n > 0 && w->only && !bytes_equal_text(id, w->only))
        id.n = 0;
    if (!bytes_equal_text(id, w->gather.id)) {
        if (!flush(w, fail))
            return false;
        gather_begin(&w->gather, id);
    }
    return id.n == 0 || gather_add(&w->gather, rest, content, fail);
}

bool gather_each(const char *path, const char *only, gather_fn fn, void *arg, struct fail *fail)
{
    struct walk w = {.only = only, .fn = fn, .arg = arg};
    gather_init(&w.gather);
    bool ok = bundle_each(path, take, &w, fail);
    if (ok)
        ok = flush(&w, fail) || fail_prefix(fail, "%s", path);
    buf_free(&w.gather.content);
    return ok;
}
