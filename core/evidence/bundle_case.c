/* A bundle's files, put together into cases as they stream by. */
#include "evidence/bundle.h"

#include "evidence/name.h"

#include <stdio.h>
#include <string.h>

#define CASE_FILE "case.json"
#define TAPE_FILE "tape.jsonl"
#define RECEIPTS  "receipts/"

enum { FILES = 2 + BUNDLE_RECEIPTS };

/* The case at hand. Contents lie one behind the other in one buffer, which moves while it grows: so
 * they are kept as lengths until the case is complete. */
struct gather {
    const char *only;
    bundle_case_fn fn;
    void *arg;
    bool found;
    char id[NAME_LIMIT]; /* "" when there is none */
    char names[FILES][NAME_LIMIT];
    size_t sizes[FILES];
    unsigned count;
    struct buf content;
};

static void place(struct gather *g, struct bundle_case *c, unsigned i, struct bytes content)
{
    if (strcmp(g->names[i], CASE_FILE) == 0) {
        c->case_json = content;
    } else if (strcmp(g->names[i], TAPE_FILE) == 0) {
        c->tape = content;
    } else {
        c->receipts[c->receipt_count].name = g->names[i] + strlen(RECEIPTS);
        c->receipts[c->receipt_count].content = content;
        c->receipt_count++;
    }
}

static bool has(const struct gather *g, const char *name)
{
    for (unsigned i = 0; i < g->count; i++) {
        if (strcmp(g->names[i], name) == 0)
            return true;
    }
    return false;
}

static bool check_whole(const struct gather *g, struct fail *fail)
{
    const char *lacks = !has(g, CASE_FILE) ? CASE_FILE : !has(g, TAPE_FILE) ? TAPE_FILE : NULL;
    return !lacks || fail_set(fail, "EMISSING",
                              "data/cases/%s/ has no "
                              "%s, or the case's files don't stand together",
                              g->id, lacks);
}

/* Hands the case at hand on, if there is one. */
static bool flush(struct gather *g, struct fail *fail)
{
    struct bundle_case c = {.id = g->id};
    if (g->id[0] == '\0')
        return true;
    if (!check_whole(g, fail))
        return false;
    size_t at = 0;
    for (unsigned i = 0; i < g->count; i++) {
        place(g, &c, i, bytes_slice(buf_view(&g->content), at, at + g->sizes[i]));
        at += g->sizes[i];
    }
    g->found = true;
    return g->fn(g->arg, &c, fail);
}

static void begin(struct gather *g, struct bytes id)
{
    if (id.n > 0)
        memcpy(g->id, id.p, id.n); /* a part of a name: shorter than NAME_LIMIT */
    g->id[id.n] = '\0';
    g->count = 0;
    buf_clear(&g->content);
}

static bool check_name(const struct gather *g, const char *name, struct fail *fail)
{
    bool known =
        strcmp(name, CASE_FILE) == 0 || strcmp(name, TAPE_FILE) == 0 ||
        (strncmp(name, RECEIPTS, strlen(RECEIPTS)) == 0 && !strchr(name + strlen(RECEIPTS), '/'));
    if (!known)
        return fail_set(fail, "EFORMAT", "data/cases/%s/%s: not a file of a case", g->id, name);
    if (has(g, name))
        return fail_set(fail, "EDUPLICATE", "data/cases/%s/%s is in the bundle twice", g->id, name);
    return true;
}

static unsigned receipts(const struct gather *g)
{
    return g->count - has(g, CASE_FILE) - has(g, TAPE_FILE);
}

static bool add(struct gather *g, const char *name, struct bytes content, struct fail *fail)
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

static bool take(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct gather *g = arg;
    const char *rest;
    struct bytes id = name_case(name, &rest);
    if (!bytes_equal_text(id, g->id)) {
        if (!flush(g, fail))
            return false;
        begin(g, id);
    }
    if (id.n > 0 && g->only && !bytes_equal_text(id, g->only))
        g->id[0] = '\0';
    return g->id[0] == '\0' || add(g, rest, content, fail);
}

bool bundle_cases(const char *path, const char *only, bundle_case_fn fn, void *arg,
                  struct fail *fail)
{
    struct gather g = {.only = only, .fn = fn, .arg = arg, .content = buf_new(BUNDLE_FILE_LIMIT)};
    bool ok = bundle_each(path, take, &g, fail);
    if (ok)
        ok = flush(&g, fail) || fail_prefix(fail, "%s", path);
    if (ok && only && !g.found)
        ok = fail_set(fail, "ENOENT", "%s: there is no case %s in the bundle", path, only);
    buf_free(&g.content);
    return ok;
}
