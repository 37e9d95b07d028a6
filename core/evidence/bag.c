#include "evidence/bag.h"

#include "base/check.h"
#include "base/hash.h"
#include "evidence/bag_tree.h"
#include "evidence/bundle.h"
#include "evidence/closing.h"
#include "evidence/directory.h"
#include "evidence/hold.h"
#include "evidence/room.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SINGLES_LIMIT = 4 * 1024 * 1024 };

struct bag {
    char *path;
    char *directory;
    char top[NAME_LIMIT];
    int fd;
    bool sealed;
    uint64_t end; /* behind the last complete group */
    struct room room;
    struct tar_write *tar;
    struct spool *lines; /* of manifest-sha256.txt */
    struct sha256 *hash;
    struct buf info;
    struct buf singles; /* lines of the manifest for files that belong to no case */
    struct bag_tree tree;
    struct chain_file *chain; /* or NULL */
    bag_check check;          /* or NULL */
    const void *check_arg;
    unsigned long long files;
    unsigned long long octets;
    unsigned long long cases;
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool set_names(struct bag *bag, const char *path, struct fail *fail)
{
    const char *base = base_name(path);
    size_t n = strlen(base);
    if (n > 4 && strcmp(base + n - 4, ".tar") == 0)
        n -= 4;
    snprintf(bag->top, sizeof bag->top, "%.*s", (int)n, base);
    bag->path = strdup(path);
    bag->directory = directory_of(path);
    if (!bag->path || !bag->directory)
        return fail_set(fail, "ENOMEM", "no memory for a bundle");
    return name_check_top(bag->top, fail) ||
           fail_prefix(fail, "the bundle's file name gives the name of the directory in it");
}

static bool open_file(struct bag *bag, struct fail *fail)
{
    bag->fd = open(bag->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (bag->fd < 0 && errno == EEXIST)
        return fail_set(fail, "EEXIST", "%s is there already; evidence is never overwritten",
                        bag->path);
    if (bag->fd < 0)
        return fail_errno(fail, errno, bag->path);
    hold_file(bag->fd);
    bag->room = room_new(bag->fd);
    return true;
}

/* Room for the end is kept from the start, so that even an empty bundle can be sealed. */
static bool start(struct bag *bag, struct fail *fail)
{
    bag->tar = tar_write_new(bag->fd, bag->top, fail);
    bag->lines = bag->tar ? spool_new(bag->directory, fail) : NULL;
    bag->hash = sha256_new();
    if (!bag->hash)
        fail_set(fail, "ENOMEM", "no memory for a bundle");
    return bag->lines && bag->hash && bag_tree_begin(&bag->tree, bag->directory, fail) &&
           room_reserve(&bag->room, closing_room(0), fail);
}

struct bag *bag_new(const char *path, struct fail *fail)
{
    struct bag *bag = calloc(1, sizeof *bag);
    if (!bag) {
        fail_set(fail, "ENOMEM", "no memory for a bundle");
        return NULL;
    }
    bag->fd = -1;
    bag->info = buf_new(CLOSING_INFO_LIMIT);
    bag->singles = buf_new(SINGLES_LIMIT);
    bool ok = set_names(bag, path, fail) && open_file(bag, fail);
    if (ok && start(bag, fail))
        return bag;
    if (ok) {
        fail_prefix(fail, "%s", path);
        unlink(path); /* made by us a moment ago, and empty */
    }
    bag_free(bag);
    return NULL;
}

void bag_free(struct bag *bag)
{
    struct fail ignored;
    if (!bag)
        return;
    tar_write_free(bag->tar);
    spool_free(bag->lines);
    sha256_free(bag->hash);
    buf_free(&bag->info);
    buf_free(&bag->singles);
    bag_tree_free(&bag->tree);
    if (bag->fd >= 0) {
        if (!bag->sealed)
            room_cut(&bag->room, bag->end, &ignored);
        close(bag->fd);
    }
    free(bag->path);
    free(bag->directory);
    free(bag);
}

static bool is_single(const char *name)
{
    const char *rest;
    return name_case(name, &rest).n == 0;
}

static bool is_known(const struct bag *bag, const char *name)
{
    char line[NAME_LIMIT + 4];
    int n = snprintf(line, sizeof line, "  %s\n", name);
    return bytes_find(buf_view(&bag->singles), bytes_at(line, (size_t)n)) != BYTES_NOT_FOUND;
}

/* Cases are many, and their names are random; of other files there are few. */
static bool keep_single(struct bag *bag, const char *line, struct fail *fail)
{
    if (buf_put_text(&bag->singles, line))
        return true;
    bag->singles.overflow = false;
    return fail_set(fail, "ELIMIT", "too many files that belong to no case");
}

static bool check_file(const struct bag *bag, const struct bag_file *files, size_t i,
                       struct fail *fail)
{
    const char *name = files[i].name;
    if (!name_check(name, fail))
        return false;
    if (strncmp(name, "data/", 5) != 0)
        return fail_set(fail, "ENAME", "%s: only files below data/ can be added", name);
    if (!name_fits_ustar(bag->top, name))
        return fail_set(fail, "ENAME", "%s: a name that is too long for ustar", name);
    if (files[i].content.n > BUNDLE_FILE_LIMIT)
        return fail_set(fail, "ELIMIT", "%s: a file of more than %d MiB", name,
                        BUNDLE_FILE_LIMIT >> 20);
    if (is_single(name) != is_single(files[0].name))
        return fail_set(fail, "ENAME", "%s: a case's files are added all at once, and alone", name);
    bool twice = is_single(name) && is_known(bag, name);
    for (size_t j = 0; j < i; j++)
        twice |= strcmp(files[j].name, name) == 0;
    return !twice || fail_set(fail, "ENAME", "%s: added twice", name);
}

static bool check_files(const struct bag *bag, const struct bag_file *files, size_t n,
                        struct fail *fail)
{
    for (size_t i = 0; i < n; i++) {
        if (!check_file(bag, files, i, fail))
            return false;
    }
    return true;
}

static void digest_of(struct bag *bag, const struct bag_file *file, unsigned char out[SHA256_SIZE])
{
    if (file->digest) {
        memcpy(out, file->digest, SHA256_SIZE);
        return;
    }
    sha256_start(bag->hash);
    sha256_add(bag->hash, file->content);
    sha256_finish(bag->hash, out);
}

static bool list_file(struct bag *bag, const struct bag_file *file, struct fail *fail)
{
    unsigned char digest[SHA256_SIZE];
    char line[SHA256_HEX + 2 + NAME_LIMIT];
    digest_of(bag, file, digest);
    hash_hex(digest, SHA256_SIZE, line);
    size_t n = strlen(file->name);
    char *to = line + SHA256_HEX - 1;
    memcpy(to, "  ", 2);
    memcpy(to + 2, file->name, n);
    memcpy(to + 2 + n, "\n", 2);
    return (!is_single(file->name) || keep_single(bag, line, fail)) &&
           spool_put(bag->lines, bytes_of(line), fail);
}

static bool reserve_group(struct bag *bag, const struct bag_file *files, size_t n,
                          struct fail *fail)
{
    uint64_t need = 0;
    for (size_t i = 0; i < n; i++)
        need += tar_file_room(files[i].content.n);
    return room_reserve(&bag->room, bag->end + need + closing_room(spool_size(bag->lines)), fail);
}

static bool write_group(struct bag *bag, const struct bag_file *files, size_t n, struct fail *fail)
{
    for (size_t i = 0; i < n; i++) {
        if (!tar_write_file(bag->tar, files[i].name, files[i].content, fail))
            return false;
    }
    return tar_write_flush(bag->tar, fail);
}

static bool add_group(struct bag *bag, const struct bag_file *files, size_t n, struct fail *fail)
{
    for (size_t i = 0; i < n; i++) {
        if (!list_file(bag, &files[i], fail))
            return false;
    }
    return reserve_group(bag, files, n, fail) && write_group(bag, files, n, fail) &&
           bag_tree_write(&bag->tree, fail) && spool_keep(bag->lines, fail);
}

static void count_group(struct bag *bag, const struct bag_file *files, size_t n)
{
    const char *rest;
    for (size_t i = 0; i < n; i++) {
        bag->octets += files[i].content.n;
        bag->cases += name_case(files[i].name, &rest).n > 0 && strcmp(rest, "case.json") == 0;
    }
    bag->files += n;
    bag_tree_keep(&bag->tree);
    bag->end = tar_write_offset(bag->tar);
}

/* Takes back what of the group is in the file already; the room for the end stays kept. */
static void drop_group(struct bag *bag)
{
    struct fail ignored;
    bool touched = tar_write_offset(bag->tar) != bag->end;
    spool_drop(bag->lines);
    bag_tree_drop(&bag->tree);
    tar_write_back(bag->tar, bag->end);
    if (touched && room_cut(&bag->room, bag->end, &ignored))
        room_reserve(&bag->room, bag->end + closing_room(spool_size(bag->lines)), &ignored);
}

static bool add(struct bag *bag, const struct bag_file *files, size_t n, struct fail *fail)
{
    size_t before = bag->singles.n;
    if (!check_files(bag, files, n, fail))
        return false;
    if (!add_group(bag, files, n, fail)) {
        bag->singles.n = before;
        return false;
    }
    count_group(bag, files, n);
    return true;
}

/* The case's tree.txt comes with it. */
static bool add_case(struct bag *bag, const struct bag_file *files, size_t n, struct fail *fail)
{
    struct bag_group group;
    return bag_tree_case(&bag->tree, files, n, &group, fail) &&
           add(bag, group.files, group.n, fail);
}

bool bag_add(struct bag *bag, const struct bag_file *files, size_t n, struct fail *fail)
{
    require(!bag->sealed && n > 0);
    bool ok = is_single(files[0].name) ? add(bag, files, n, fail) : add_case(bag, files, n, fail);
    if (!ok) {
        drop_group(bag);
        fail_prefix(fail, "%s", bag->path);
    }
    return ok;
}

bool bag_info(struct bag *bag, const char *label, const char *value, struct fail *fail)
{
    if (!closing_check_info(label, value, fail))
        return false;
    size_t before = bag->info.n;
    if (buf_printf(&bag->info, "%s: %s\n", label, value))
        return true;
    bag->info.n = before;
    bag->info.overflow = false;
    return fail_set(fail, "ELIMIT", "%s: too much for bag-info.txt", label);
}

static bool write_end(struct bag *bag, const struct secret_key *key, struct fail *fail)
{
    struct closing c = {.top = bag->top,
                        .info = buf_view(&bag->info),
                        .lines = bag->lines,
                        .files = bag->files,
                        .octets = bag->octets,
                        .cases = bag->cases,
                        .chain = bag->chain,
                        .path = bag->path};
    if (!bag_tree_head(&bag->tree, buf_view(&bag->singles), &c.head, fail))
        return false;
    if (bag->chain && !chain_file_next(bag->chain, &c.head.chain, fail))
        return false;
    if (!closing_write(&c, key, bag->tar, fail) || !tar_write_flush(bag->tar, fail) ||
        !room_cut(&bag->room, tar_write_offset(bag->tar), fail))
        return false;
    return (fsync(bag->fd) == 0 || fail_errno(fail, errno, "fsync")) &&
           directory_sync(bag->directory, fail) &&
           (!bag->check || bag->check(bag->check_arg, bag->path, fail));
}

void bag_chain(struct bag *bag, struct chain_file *chain)
{
    bag->chain = chain;
}

void bag_check_by(struct bag *bag, bag_check check, const void *arg)
{
    bag->check = check;
    bag->check_arg = arg;
}

/* Its place goes to another run, so no signature may stay on the disk. */
static void give_place_back(struct bag *bag)
{
    struct fail ignored;
    if (room_cut(&bag->room, bag->end, &ignored) && fsync(bag->fd) == 0)
        chain_file_end(bag->chain, false, &ignored);
    else
        chain_file_leave(bag->chain);
}

/* The end, and that it is there in the chain. */
static bool write_chained(struct bag *bag, const struct secret_key *key, struct fail *fail)
{
    bool ok = write_end(bag, key, fail);
    if (bag->chain && ok)
        return chain_file_end(bag->chain, true, fail);
    if (bag->chain)
        give_place_back(bag);
    return ok;
}

bool bag_seal(struct bag *bag, const struct secret_key *key, struct fail *fail)
{
    require(!bag->sealed);
    if (!write_chained(bag, key, fail))
        return fail_prefix(fail, "%s", bag->path);
    bag->sealed = true;
    int fd = bag->fd;
    bag->fd = -1;
    return close(fd) == 0 || fail_errno(fail, errno, bag->path);
}
