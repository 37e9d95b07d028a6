/*
 * A tar file that may be anything. Input: a byte of which bit 0 asks for the headers' checksums to be
 * mended (else few changed headers are looked at), then the file. What is read can be written again
 * and is then read as the same, and by libarchive too; verification ends, and holds for nothing that was not signed; so does reading a part.
 */
#include "claim.h"
#include "evidence/bundle.h"
#include "evidence/partial.h"
#include "evidence/tar_write.h"
#include "tar_input.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WRITTEN_MOST = 4 * 1024 * 1024 };

struct copy {
    struct tar_write *tar;
    struct buf seen; /* names and sizes */
};

static bool add(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct copy *c = arg;
    buf_printf(&c->seen, "%s %zu\n", name, content.n);
    return !c->tar || tar_write_file(c->tar, name, content, fail);
}

/* What libarchive sees of the file: "NAME SIZE" for each regular one but manifest-sha256.txt, below the top directory. */
static void put_seen_by_libarchive(int fd, struct buf *seen)
{
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    require(archive && archive_read_support_format_tar(archive) == ARCHIVE_OK);
    require(lseek(fd, 0, SEEK_SET) == 0 &&
            archive_read_open_fd(archive, fd, TAR_INPUT_BLOCK) == ARCHIVE_OK);
    int step;
    while ((step = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
        const char *slash = strchr(archive_entry_pathname(entry), '/');
        bool file = archive_entry_filetype(entry) == AE_IFREG;
        require(file || archive_entry_filetype(entry) == AE_IFDIR);
        require(!archive_entry_hardlink(entry) && !archive_entry_symlink(entry));
        if (file && strcmp(slash + 1, "manifest-sha256.txt") != 0)
            buf_printf(seen, "%s %lld\n", slash + 1, (long long)archive_entry_size(entry));
    }
    require(step == ARCHIVE_EOF);
    archive_read_free(archive);
}

/* What passes the gate is read by others in the same way. */
static void claim_libarchive_agrees(int fd, const struct copy *first)
{
    struct buf seen = buf_new(WRITTEN_MOST);
    put_seen_by_libarchive(fd, &seen);
    require(bytes_equal(buf_view(&seen), buf_view(&first->seen)));
    buf_free(&seen);
}

static bool ignore(void *arg, const struct bundle_case *c, struct fail *fail)
{
    (void)fail;
    ++*(unsigned *)arg;
    require(c->id[0] && c->receipt_count <= BUNDLE_RECEIPTS);
    return true;
}

static void claim_written_again(struct copy *first, int fd)
{
    struct fail fail = {0};
    char path[64];
    struct copy again = {NULL, buf_new(WRITTEN_MOST)};
    tar_write_end(first->tar);
    require(tar_write_flush(first->tar, &fail));
    if (first->seen.n > 0) {
        require(bundle_each(tar_input_path(fd, path), add, &again, &fail));
        require(bytes_equal(buf_view(&again.seen), buf_view(&first->seen)));
    }
    buf_free(&again.seen);
}

static bool count_files(void *arg, const struct bag_file *files, size_t n, struct fail *fail)
{
    (void)fail;
    require(n > 0 && strncmp(files[0].name, "data/", 5) == 0);
    *(size_t *)arg += n;
    return true;
}

/* Of what is no whole tar file a part may be read, and nothing but files below data/. */
static void claim_partial(const char *path)
{
    struct fail fail = {0};
    struct partial found;
    size_t files = 0;
    require(partial_read(path, count_files, &files, &found, &fail));
    require(found.good <= found.size && files >= 2 * found.cases + found.has_run);
    require(found.sealed || found.end.text[0] || found.size > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail = {0};
    char path[64];
    unsigned cases = 0;
    struct bundle_report report;
    if (size == 0)
        return 0;
    int fd = tar_input(data, size);
    int out = memfd_create("again", MFD_CLOEXEC);
    struct copy first = {tar_write_new(out, "top", &fail), buf_new(WRITTEN_MOST)};
    bool whole = bundle_each(tar_input_path(fd, path), add, &first, &fail);
    require(whole || (fail.code && fail.text[0]));
    if (whole)
        claim_libarchive_agrees(fd, &first);
    if (whole)
        claim_written_again(&first, out);
    claim_partial(path);
    require(!bundle_cases(path, NULL, ignore, &cases, &fail) || whole);
    if (bundle_verify(path, NULL, &report, &fail))
        require(whole && report.files > 0);
    tar_write_free(first.tar);
    buf_free(&first.seen);
    close(out);
    close(fd);
    return 0;
}
