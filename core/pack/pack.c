#include "pack/pack.h"

#include "base/file.h"
#include "evidence/name.h"
#include "evidence/tar_gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *pack_title(const struct manifest *m, char out[PACK_TITLE])
{
    char version[VERSION_TEXT];
    snprintf(out, PACK_TITLE, "%s-%s", manifest_short_name(m), version_text(&m->version, version));
    return out;
}

const char *pack_label(const struct manifest *m, char out[PACK_TITLE])
{
    char version[VERSION_TEXT];
    snprintf(out, PACK_TITLE, "%s@%s", m->name, version_text(&m->version, version));
    return out;
}

unsigned pack_withheld(const struct manifest *m)
{
    return ((1U << CAPABILITIES) - 1) & ~m->capabilities;
}

/* Above so many files there are no more. */
enum { FOLDERS_MOST = PACK_FILES * PACK_DEPTH + 1 };

/* The archive being gone through. */
struct reading {
    struct pack *pack;
    struct tar_gate gate;
    struct bytes rest;
    char top[PACK_TITLE];
    char (*folders)[MANIFEST_PATH]; /* FOLDERS_MOST of them, below the directory, which is "" */
    size_t folder_count;
};

static bool pass(struct reading *r, struct bytes *out, struct fail *fail)
{
    uint64_t want = tar_gate_want(&r->gate);
    size_t have = r->rest.n / TAR_BLOCK * TAR_BLOCK;
    *out = bytes_slice(r->rest, 0, want < have ? (size_t)want : have);
    if (out->n == 0)
        return tar_gate_end(&r->gate, r->rest.n, fail);
    r->rest = bytes_slice(r->rest, out->n, r->rest.n);
    return tar_gate_pass(&r->gate, *out, fail);
}

/* What stands below the one directory; its name is held against the manifest later. */
static bool name_below(struct reading *r, const char **below, struct fail *fail)
{
    const char *name = r->gate.name;
    size_t top = strcspn(name, "/");
    if (!name_check(name, fail))
        return false;
    if (r->top[0] == '\0' && top < sizeof r->top)
        memcpy(r->top, name, top);
    if (r->top[top < sizeof r->top ? top : 0] != '\0' || strncmp(name, r->top, top) != 0)
        return fail_set(fail, "ENAME", "%s: not in the archive's one directory", name);
    if (name[top] == '\0' && !r->gate.directory)
        return fail_set(fail, "ENAME", "%s: a file beside the directory", name);
    *below = name + top + (name[top] == '/');
    return strlen(*below) < MANIFEST_PATH || fail_set(fail, "ENAME", "%s: too long a name", name);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct pack_file *)a)->name, ((const struct pack_file *)b)->name);
}

static bool add(struct reading *r, const char *name, struct bytes content, struct fail *fail)
{
    struct pack *p = r->pack;
    if (p->count == PACK_FILES)
        return fail_set(fail, "ELIMIT", "a pack may have %d files", PACK_FILES);
    if (content.n > PACK_FILE_LIMIT)
        return fail_set(fail, "ELIMIT", "%s: a pack's file may have %d bytes, this one has %zu",
                        name, PACK_FILE_LIMIT, content.n);
    struct pack_file *file = &p->files[p->count++];
    snprintf(file->name, sizeof file->name, "%s", name);
    file->content = content;
    return true;
}

/* The pieces of a file lie one behind the other: its content is a view of the archive. */
static bool take_file(struct reading *r, const char *name, struct fail *fail)
{
    struct bytes piece;
    struct bytes content = bytes_slice(r->rest, 0, 0);
    uint64_t size = r->gate.size;
    content.p = r->rest.p;
    for (uint64_t left = size; left > 0; left -= piece.n < left ? piece.n : left)
        if (!pass(r, &piece, fail))
            return false;
    content.n = (size_t)size;
    return add(r, name, content, fail);
}

static bool add_folder(struct reading *r, const char *name, struct fail *fail)
{
    for (size_t i = 0; i < r->folder_count; i++)
        if (strcmp(r->folders[i], name) == 0)
            return fail_set(fail, "EDUPLICATE", "%s: a folder that is there twice", r->gate.name);
    if (r->folder_count == FOLDERS_MOST)
        return fail_set(fail, "ELIMIT", "over %d folders, which is more than hold its files",
                        FOLDERS_MOST);
    snprintf(r->folders[r->folder_count++], MANIFEST_PATH, "%s", name);
    return true;
}

static bool take_entry(struct reading *r, struct fail *fail)
{
    const char *below = "";
    char name[MANIFEST_PATH];
    if (!name_below(r, &below, fail))
        return false;
    if (r->gate.directory)
        return add_folder(r, below, fail);
    snprintf(name, sizeof name, "%s", below); /* the gate's own changes with the next block */
    return take_file(r, name, fail);
}

static bool take_all(struct reading *r, struct fail *fail)
{
    struct bytes block;
    while (pass(r, &block, fail)) {
        if (block.n == 0)
            return true;
        if (!tar_gate_at_end(&r->gate) && !take_entry(r, fail))
            return false;
    }
    return false;
}

/* Names in letters of either case are one, as in the file systems that a pack may be unpacked into. */
static bool is_below(const char *name, const char *file)
{
    size_t n = strlen(file);
    return strncasecmp(name, file, n) == 0 && name[n] == '/';
}

static bool check_depth(const struct pack_file *file, struct fail *fail)
{
    unsigned depth = 0;
    for (const char *c = file->name; *c; c++)
        depth += *c == '/';
    return depth <= PACK_DEPTH || fail_set(fail, "ENAME", "%s: too deep for a pack", file->name);
}

static bool sort(struct pack *p, struct fail *fail)
{
    qsort(p->files, p->count, sizeof *p->files, by_name);
    for (size_t i = 0; i < p->count; i++) {
        if (!check_depth(&p->files[i], fail))
            return false;
        for (size_t j = 0; j < p->count; j++)
            if (is_below(p->files[j].name, p->files[i].name))
                return fail_set(fail, "EDUPLICATE", "%s: a file, and a folder too",
                                p->files[i].name);
    }
    for (size_t i = 0; i < p->count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcasecmp(p->files[i].name, p->files[j].name) == 0)
                return fail_set(fail, "EDUPLICATE", "%s: a name that is there twice",
                                p->files[i].name);
    return true;
}

/* What holds no file would be another thing to another tar: a file's name, an empty folder. */
static bool check_folders(const struct reading *r, struct fail *fail)
{
    const struct pack *p = r->pack;
    for (size_t i = 0; i < r->folder_count; i++) {
        const char *folder = r->folders[i];
        size_t n = strlen(folder);
        bool used = n == 0;
        for (size_t j = 0; !used && j < p->count; j++)
            used = strncmp(p->files[j].name, folder, n) == 0 && p->files[j].name[n] == '/';
        if (!used)
            return fail_set(fail, "EEXTRA", "%s: a folder without a file in it", folder);
    }
    return true;
}

static bool has_all(const struct pack *p, char list[][MANIFEST_PATH], unsigned n, struct fail *fail)
{
    for (unsigned i = 0; i < n; i++)
        if (!pack_find(p, list[i]))
            return fail_set(fail, "EMISSING", "%s names %s, and there is no such file",
                            MANIFEST_FILE, list[i]);
    return true;
}

static bool take_manifest(struct reading *r, struct fail *fail)
{
    char title[PACK_TITLE];
    struct pack *p = r->pack;
    const struct pack_file *file = pack_find(p, MANIFEST_FILE);
    if (!file)
        return fail_set(fail, "EMISSING", "there is no %s in it: no pack", MANIFEST_FILE);
    if (!manifest_parse(file->content, &p->manifest, fail))
        return fail_prefix(fail, "%s", MANIFEST_FILE);
    if (strcmp(pack_title(&p->manifest, title), r->top) != 0)
        return fail_set(fail, "ENAME", "its directory is %s, and %s says %s", r->top, MANIFEST_FILE,
                        title);
    return has_all(p, p->manifest.probes, p->manifest.probe_count, fail) &&
           has_all(p, p->manifest.letters, p->manifest.letter_count, fail);
}

static bool hold(struct pack *p, struct bytes archive, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    unsigned char *copy = malloc(archive.n ? archive.n : 1);
    p->files = calloc(PACK_FILES, sizeof *p->files);
    p->archive = bytes_at(copy, archive.n);
    if (!copy || !p->files)
        return fail_set(fail, "ENOMEM", "no memory for a pack");
    memcpy(copy, archive.n ? archive.p : copy, archive.n);
    sha256_of(p->archive, digest);
    hash_hex(digest, sizeof digest, p->digest);
    return true;
}

struct pack *pack_parse(struct bytes archive, struct fail *fail)
{
    struct pack *p = calloc(1, sizeof *p);
    struct reading r = {.pack = p, .folders = calloc(FOLDERS_MOST, sizeof *r.folders)};
    bool ok = false;
    if (!p || !r.folders) {
        fail_set(fail, "ENOMEM", "no memory for a pack");
        free(r.folders);
        pack_free(p);
        return NULL;
    }
    if (archive.n > PACK_LIMIT)
        fail_set(fail, "ELIMIT", "a pack may have %d bytes", PACK_LIMIT);
    else if (hold(p, archive, fail)) {
        r.rest = p->archive;
        ok = take_all(&r, fail) && sort(p, fail) && check_folders(&r, fail) &&
             take_manifest(&r, fail);
    }
    free(r.folders);
    if (ok)
        return p;
    pack_free(p);
    return NULL;
}

struct pack *pack_read(const char *path, struct fail *fail)
{
    struct buf bytes = buf_new(PACK_LIMIT);
    struct pack *p = NULL;
    if (file_read_regular(path, &bytes, fail) && !(p = pack_parse(buf_view(&bytes), fail)))
        fail_prefix(fail, "%s", path);
    buf_free(&bytes);
    return p;
}

void pack_free(struct pack *p)
{
    if (!p)
        return;
    void *archive;
    memcpy(&archive, &p->archive.p, sizeof archive);
    free(archive);
    free(p->files);
    free(p);
}

const struct pack_file *pack_find(const struct pack *p, const char *name)
{
    struct pack_file wanted = {.name = ""};
    snprintf(wanted.name, sizeof wanted.name, "%s", name);
    return bsearch(&wanted, p->files, p->count, sizeof *p->files, by_name);
}
