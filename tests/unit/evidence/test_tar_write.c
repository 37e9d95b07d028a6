/* A tar as libarchive writes it, byte for byte, and what becomes of one whose writing fails. */
#include "temp.h"

#include "base/file.h"
#include "evidence/name.h"
#include "evidence/tar_write.h"

#include <archive.h>
#include <archive_entry.h>
#include <signal.h>
#include <sys/resource.h>

enum { MOST = 1024 * 1024 };

#define TEN       "123456789/"
#define FIFTY     TEN TEN TEN TEN TEN
#define WORD      "1234567890"
#define LONG_WORD WORD WORD WORD WORD WORD WORD WORD WORD WORD WORD /* 100 bytes */

struct file {
    const char *name;
    size_t size;
};

static const struct file files[] = {
    {"empty", 0},
    {"data/one", 1},
    {"data/almost-a-block", 511},
    {"data/a-block", 512},
    {"data/over-a-block", 513},
    {"data/larger-than-what-waits", 300 * 1024},
    /* with "top/" before it: 100 bytes, 101, and as many as there may be */
    {FIFTY TEN TEN TEN TEN "123456", 3},
    {FIFTY TEN TEN TEN TEN "1234567", 3},
    {FIFTY FIFTY FIFTY "1/" LONG_WORD, 0},
};

static struct bytes content(size_t n)
{
    static unsigned char all[MOST];
    for (size_t i = 0; i < n; i++)
        all[i] = (unsigned char)(i * 7 + 1);
    return bytes_at(all, n);
}

static struct buf whole(const char *path)
{
    struct fail fail;
    struct buf all = buf_new(MOST);
    assert_true(file_read(path, &all, &fail));
    return all;
}

static void assert_same(const char *one, const char *other)
{
    struct buf a = whole(one);
    struct buf b = whole(other);
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
    buf_free(&a);
    buf_free(&b);
}

static int new_file(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    assert_true(fd >= 0);
    return fd;
}

static struct tar_write *new_tar(int fd)
{
    struct fail fail;
    struct tar_write *t = tar_write_new(fd, "top", &fail);
    assert_non_null(t);
    return t;
}

static void close_tar(struct tar_write *t, int fd)
{
    struct fail fail;
    tar_write_end(t);
    assert_true(tar_write_flush(t, &fail));
    tar_write_free(t);
    close(fd);
}

static bool by_libarchive(struct archive *a, const struct file *f)
{
    char name[512];
    struct archive_entry *e = archive_entry_new();
    snprintf(name, sizeof name, "top/%s", f->name);
    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)f->size);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_mtime(e, 0, 0);
    bool ok = archive_write_header(a, e) == ARCHIVE_OK &&
              archive_write_data(a, content(f->size).p, f->size) == (la_ssize_t)f->size;
    archive_entry_free(e);
    return ok;
}

static void libarchive_writes(const char *path, const struct file *list, size_t n)
{
    struct archive *a = archive_write_new();
    archive_write_set_format_ustar(a);
    archive_write_set_bytes_per_block(a, 0);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++)
        assert_true(by_libarchive(a, &list[i]));
    archive_write_free(a);
}

static void a_tar_is_what_libarchive_writes(void **state)
{
    (void)state;
    struct fail fail;
    const size_t n = sizeof files / sizeof files[0];
    int fd = new_file("ours");
    struct tar_write *t = new_tar(fd);
    for (size_t i = 0; i < n; i++) {
        uint64_t before = tar_write_offset(t);
        assert_true(tar_write_file(t, files[i].name, content(files[i].size), &fail));
        assert_int_equal(tar_write_offset(t) - before, tar_file_room(files[i].size));
    }
    close_tar(t, fd);
    libarchive_writes("theirs", files, n);
    assert_same("ours", "theirs");
}

static void a_file_in_pieces_is_that_of_the_whole(void **state)
{
    (void)state;
    struct fail fail;
    const struct file f = {"data/pieces", 70000};
    struct bytes all = content(f.size);
    int fd = new_file("ours");
    struct tar_write *t = new_tar(fd);
    assert_true(tar_write_begin(t, f.name, f.size, &fail));
    for (size_t at = 0; at < f.size; at += 7000)
        assert_true(tar_write_more(t, bytes_slice(all, at, at + 7000), &fail));
    close_tar(t, fd);
    libarchive_writes("theirs", &f, 1);
    assert_same("ours", "theirs");
}

static void a_file_left_in_the_middle_is_filled_up(void **state)
{
    (void)state;
    struct fail fail;
    int fd = new_file("ours");
    struct tar_write *t = new_tar(fd);
    assert_true(tar_write_begin(t, "data/half", 1000, &fail));
    assert_true(tar_write_more(t, content(400), &fail));
    close_tar(t, fd);
    struct buf all = whole("ours");
    assert_int_equal(all.n, tar_file_room(1000) + 1024);
    for (size_t i = 512 + 400; i < all.n; i++)
        assert_int_equal(all.p[i], 0);
    buf_free(&all);
}

static void no_more_goes_into_a_file_than_was_said(void **state)
{
    (void)state;
    struct fail fail;
    int fd = new_file("ours");
    struct tar_write *t = new_tar(fd);
    assert_true(tar_write_begin(t, "data/short", 3, &fail));
    assert_false(tar_write_more(t, content(4), &fail));
    assert_string_equal(fail.text, "top/data/short: it is longer than was said");
    close_tar(t, fd);
}

static void what_ustar_has_no_room_for_is_refused(void **state)
{
    (void)state;
    struct fail fail;
    int fd = new_file("ours");
    struct tar_write *t = new_tar(fd);
    const char *too_long = "1" LONG_WORD;                     /* behind the last slash */
    const char *too_deep = FIFTY FIFTY FIFTY "12/" LONG_WORD; /* before it: 156 bytes */
    assert_false(name_fits_ustar("top", too_long) || tar_write_begin(t, too_long, 0, &fail));
    assert_false(name_fits_ustar("top", too_deep) || tar_write_begin(t, too_deep, 0, &fail));
    assert_false(tar_write_begin(t, "data/huge", (uint64_t)8 << 30, &fail));
    assert_true(tar_write_begin(t, "data/large", ((uint64_t)8 << 30) - 1, &fail));
    tar_write_free(t);
    close(fd);
}

/* What was written before a failure stands, and goes on where it ended. */
static void after_a_failure_it_goes_back_to_what_is_whole(void **state)
{
    (void)state;
    struct fail fail;
    const struct file two[] = {{"data/first", 5000}, {"data/third", 10}};
    int fd = new_file("ours");
    struct tar_write *t = new_tar(fd);
    assert_true(tar_write_file(t, two[0].name, content(two[0].size), &fail));
    assert_true(tar_write_flush(t, &fail));
    uint64_t end = tar_write_offset(t);
    struct rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    struct rlimit low = {.rlim_cur = 8192, .rlim_max = before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &low);
    assert_true(tar_write_file(t, "data/second", content(5000), &fail));
    bool flushed = tar_write_flush(t, &fail);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_false(flushed);
    assert_string_equal(fail.code, "EFBIG");
    tar_write_back(t, end);
    assert_true(tar_write_file(t, two[1].name, content(two[1].size), &fail));
    uint64_t whole_size = tar_write_offset(t) + 1024;
    close_tar(t, fd);
    assert_int_equal(truncate("ours", (off_t)whole_size), 0);
    libarchive_writes("theirs", two, 2);
    assert_same("ours", "theirs");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tar_is_what_libarchive_writes),
        cmocka_unit_test(a_file_in_pieces_is_that_of_the_whole),
        cmocka_unit_test(a_file_left_in_the_middle_is_filled_up),
        cmocka_unit_test(no_more_goes_into_a_file_than_was_said),
        cmocka_unit_test(what_ustar_has_no_room_for_is_refused),
        cmocka_unit_test(after_a_failure_it_goes_back_to_what_is_whole),
    };
    return cmocka_run_group_tests(tests, temp_enter, temp_leave);
}
