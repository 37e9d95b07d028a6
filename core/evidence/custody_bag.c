#include "evidence/custody_bag.h"

#include "base/hash.h"
#include "evidence/closing.h"
#include "evidence/listing.h"
#include "evidence/manifest.h"
#include "evidence/replace.h"
#include "evidence/tar_read.h"
#include "evidence/tar_write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MANIFEST "manifest-sha256.txt"
#define DECLARED "bagit.txt"

enum { MANIFEST_LIMIT = 4 * 1024 * 1024 };

void custody_bag_free(struct custody_bag *bag)
{
    for (size_t i = 0; i < bag->count; i++)
        buf_free(&bag->files[i].content);
    free(bag->files);
    *bag = (struct custody_bag){0};
}

/* Room for one more, which counts once it is whole. */
static struct custody_file *next_file(struct custody_bag *bag, const char *name, struct fail *fail)
{
    if (bag->count == 2 * CUSTODY_RECORDS) {
        fail_set(fail, "ELIMIT", "more than %d records", CUSTODY_RECORDS);
        return NULL;
    }
    struct custody_file *more = realloc(bag->files, (bag->count + 1) * sizeof *more);
    if (!more) {
        fail_set(fail, "ENOMEM", "no memory for the records");
        return NULL;
    }
    bag->files = more;
    struct custody_file *file = &bag->files[bag->count++];
    snprintf(file->name, sizeof file->name, "%s", name);
    file->content = buf_new(CUSTODY_FILE_LIMIT);
    return file;
}

/* So much more is to be in it. */
static bool count_size(struct custody_bag *bag, uint64_t size, struct fail *fail)
{
    if (size > CUSTODY_BAG_LIMIT - bag->size)
        return fail_set(fail, "ELIMIT", "more than %d MiB of records", CUSTODY_BAG_LIMIT >> 20);
    bag->size += (size_t)size;
    return true;
}

bool custody_bag_add(struct custody_bag *bag, const char *name, struct bytes content,
                     struct fail *fail)
{
    if (!count_size(bag, content.n, fail))
        return false;
    struct custody_file *file = next_file(bag, name, fail);
    return file && (buf_put(&file->content, content) ||
                    fail_set(fail, "ENOMEM", "no memory for the records"));
}

/* ---- reading ---- */

struct reading {
    struct tar_read *tar;
    struct custody_bag *bag;
    struct buf declaration;
    struct buf listed;
    struct buf directories;
    unsigned tags; /* files beside data/ */
};

static bool take_directory(struct reading *r, const char *name, struct fail *fail)
{
    return name[0] == '\0' || buf_printf(&r->directories, "%s\n", name) ||
           fail_set(fail, "ELIMIT", "too many directories");
}

/* "data/record-0001.txt", "data/record-0001.txt.minisig" */
static bool is_record(const char *name)
{
    static const char before[] = "data/record-";
    const char *number = name + sizeof before - 1;
    return strncmp(name, before, sizeof before - 1) == 0 && strspn(number, "0123456789") == 4 &&
           (strcmp(number + 4, ".txt") == 0 || strcmp(number + 4, ".txt.minisig") == 0);
}

static bool take_file(struct reading *r, const struct tar_entry *entry, struct fail *fail)
{
    bool declares = strcmp(entry->name, DECLARED) == 0;
    if (declares || strcmp(entry->name, MANIFEST) == 0) {
        r->tags++;
        return tar_read_all(r->tar, entry, declares ? &r->declaration : &r->listed, fail);
    }
    if (strncmp(entry->name, "data/", 5) != 0)
        return fail_set(fail, "EEXTRA", "%s: nothing that belongs into a bag of custody",
                        entry->name);
    if (!is_record(entry->name))
        return fail_set(fail, "EEXTRA", "%s: not a record of custody", entry->name);
    if (entry->size > CUSTODY_FILE_LIMIT)
        return fail_set(fail, "ELIMIT", "%s: more than %d KiB", entry->name,
                        CUSTODY_FILE_LIMIT >> 10);
    if (!count_size(r->bag, entry->size, fail))
        return false;
    struct custody_file *file = next_file(r->bag, entry->name, fail);
    return file && tar_read_all(r->tar, entry, &file->content, fail);
}

static bool take_all(struct reading *r, struct fail *fail)
{
    struct tar_entry entry;
    for (;;) {
        enum tar_step step = tar_read_next(r->tar, &entry, fail);
        if (step != TAR_ENTRY)
            return step == TAR_END;
        if (entry.directory ? !take_directory(r, entry.name, fail) : !take_file(r, &entry, fail))
            return false;
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct custody_file *)a)->name, ((const struct custody_file *)b)->name);
}

static bool put_lines(struct buf *out, const struct custody_bag *bag, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    char hex[SHA256_HEX];
    for (size_t i = 0; i < bag->count; i++) {
        sha256_of(buf_view(&bag->files[i].content), digest);
        hash_hex(digest, sizeof digest, hex);
        buf_printf(out, "%s  %s\n", hex, bag->files[i].name);
    }
    return !out->overflow || fail_set(fail, "ENOMEM", "no memory for a manifest");
}

/* Also finds a name that is there twice, and a directory without files. */
static bool check_files(const struct reading *r, struct fail *fail)
{
    struct buf found = buf_new(MANIFEST_LIMIT);
    struct manifest m = {
        .name = MANIFEST, .listed = buf_view(&r->listed), .directories = buf_view(&r->directories)};
    bool ok = put_lines(&found, r->bag, fail);
    m.found = buf_view(&found);
    ok = ok && manifest_compare(&m, fail);
    buf_free(&found);
    return ok;
}

static bool check(const struct reading *r, struct fail *fail)
{
    if (r->tags != 2 || !bytes_equal_text(buf_view(&r->declaration), CLOSING_BAGIT))
        return fail_set(fail, "EFORMAT",
                        "not a bag of custody: no " DECLARED " and " MANIFEST ", each once");
    return check_files(r, fail);
}

bool custody_bag_read(struct custody_bag *bag, const char *path, struct fail *fail)
{
    struct reading r = {.bag = bag,
                        .declaration = buf_new(CUSTODY_FILE_LIMIT),
                        .listed = buf_new(MANIFEST_LIMIT),
                        .directories = buf_new(CUSTODY_FILE_LIMIT)};
    r.tar = tar_read_open(path, fail);
    bool ok = r.tar && take_all(&r, fail) && check(&r, fail);
    if (ok && bag->count > 0)
        qsort(bag->files, bag->count, sizeof *bag->files, by_name);
    tar_read_close(r.tar);
    buf_free(&r.declaration);
    buf_free(&r.listed);
    buf_free(&r.directories);
    return ok;
}

/* ---- writing ---- */

static bool write_files(struct tar_write *tar, const struct custody_bag *bag, struct bytes lines,
                        struct fail *fail)
{
    bool ok = tar_write_file(tar, DECLARED, bytes_of(CLOSING_BAGIT), fail);
    for (size_t i = 0; ok && i < bag->count; i++)
        ok = tar_write_file(tar, bag->files[i].name, buf_view(&bag->files[i].content), fail);
    ok = ok && tar_write_file(tar, MANIFEST, lines, fail);
    if (ok)
        tar_write_end(tar);
    return ok && tar_write_flush(tar, fail);
}

static bool write_tar(int fd, const struct custody_bag *bag, const char *top, struct fail *fail)
{
    struct buf lines = buf_new(MANIFEST_LIMIT);
    struct tar_write *tar = tar_write_new(fd, top, fail);
    bool ok = tar && put_lines(&lines, bag, fail) && write_files(tar, bag, buf_view(&lines), fail);
    tar_write_free(tar);
    buf_free(&lines);
    return ok;
}

/* That of the bag whose place it takes: who had closed it to others finds it closed. Else as the umask says. */
static bool set_mode(int fd, const char *path, struct fail *fail)
{
    struct stat old;
    mode_t mask = umask(077);
    umask(mask);
    mode_t mode = stat(path, &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask;
    return fchmod(fd, mode) == 0 || fail_errno(fail, errno, "mode");
}

bool custody_bag_write(const struct custody_bag *bag, const char *path, const char *top,
                       struct fail *fail)
{
    struct replace new;
    if (!name_check_top(top, fail) || !replace_begin(&new, path, fail))
        return false;
    bool ok = write_tar(new.fd, bag, top, fail) && set_mode(new.fd, path, fail);
    return replace_end(&new, ok, fail) || fail_prefix(fail, "%s", path);
}
