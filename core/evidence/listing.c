#include "evidence/listing.h"

#include "evidence/name.h"
#include "evidence/spool.h"

#include <string.h>
#include <sys/mman.h>

int listing_compare(struct bytes a, struct bytes b)
{
    size_t least = a.n < b.n ? a.n : b.n;
    int order = least ? memcmp(a.p, b.p, least) : 0;
    if (order != 0)
        return order;
    return a.n < b.n ? -1 : a.n > b.n;
}

static bool fail_line(struct fail *fail, unsigned long number)
{
    return fail_set(fail, "EFORMAT", "line %lu is not \"SHA-256, two spaces, name\"", number);
}

static bool is_digest(struct bytes text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (!strchr("0123456789abcdef", text.p[i]) || text.p[i] == '\0')
            return false;
    }
    return text.n == LISTING_DIGEST;
}

static bool check_name(struct bytes name, unsigned long number, struct fail *fail)
{
    char text[NAME_LIMIT];
    if (name.n >= sizeof text || memchr(name.p, '\0', name.n))
        return fail_line(fail, number);
    memcpy(text, name.p, name.n);
    text[name.n] = '\0';
    return name_check(text, fail) || fail_prefix(fail, "line %lu", number);
}

bool listing_line(struct bytes *rest, unsigned long number, struct bytes *digest,
                  struct bytes *name, struct fail *fail)
{
    size_t end = bytes_index(*rest, '\n', 0);
    if (end == BYTES_NOT_FOUND || end < LISTING_DIGEST + 3)
        return fail_line(fail, number);
    *digest = bytes_slice(*rest, 0, LISTING_DIGEST);
    *name = bytes_slice(*rest, LISTING_DIGEST + 2, end);
    if (!is_digest(*digest) || memcmp(rest->p + LISTING_DIGEST, "  ", 2) != 0)
        return fail_line(fail, number);
    *rest = bytes_slice(*rest, end + 1, rest->n);
    return check_name(*name, number, fail);
}

bool listing_check(struct bytes text, struct fail *fail)
{
    struct bytes rest = text;
    struct bytes digest;
    struct bytes name;
    for (unsigned long number = 1; rest.n > 0; number++) {
        if (!listing_line(&rest, number, &digest, &name, fail))
            return false;
    }
    return true;
}

struct bytes listing_digest(const struct listing *l, uint64_t i)
{
    return bytes_slice(l->text, l->starts[i], l->starts[i] + LISTING_DIGEST);
}

static struct bytes name_at(const struct listing *l, uint64_t start)
{
    size_t from = start + l->before_name;
    return bytes_slice(l->text, from, bytes_index(l->text, '\n', from));
}

struct bytes listing_name(const struct listing *l, uint64_t i)
{
    return name_at(l, l->starts[i]);
}

static bool before(const struct listing *l, uint64_t a, uint64_t b)
{
    return listing_compare(name_at(l, a), name_at(l, b)) < 0;
}

/* Lets the i-th start sink to its place in the heap of the first n. */
static void sink(struct listing *l, uint64_t i, uint64_t n)
{
    uint64_t start = l->starts[i];
    for (uint64_t child = 2 * i + 1; child < n; child = 2 * i + 1) {
        if (child + 1 < n && before(l, l->starts[child], l->starts[child + 1]))
            child++;
        if (!before(l, start, l->starts[child]))
            break;
        l->starts[i] = l->starts[child];
        i = child;
    }
    l->starts[i] = start;
}

/* Heapsort: in place, and no input makes it slow. */
static void sort(struct listing *l)
{
    for (uint64_t i = l->count / 2; i > 0; i--)
        sink(l, i - 1, l->count);
    for (uint64_t n = l->count; n > 1; n--) {
        uint64_t last = l->starts[n - 1];
        l->starts[n - 1] = l->starts[0];
        l->starts[0] = last;
        sink(l, 0, n - 1);
    }
}

static uint64_t count_lines(struct bytes text)
{
    uint64_t count = 0;
    for (size_t at = 0; at < text.n; count++)
        at = bytes_index(text, '\n', at) + 1;
    return count;
}

static void find_starts(struct listing *l)
{
    size_t at = 0;
    for (uint64_t i = 0; i < l->count; i++) {
        l->starts[i] = at;
        at = bytes_index(l->text, '\n', at) + 1;
    }
}

static bool make(struct listing *l, struct fail *fail)
{
    l->count = count_lines(l->text);
    if (l->count == 0)
        return true;
    l->starts = spool_memory(l->count * sizeof *l->starts, fail);
    if (!l->starts)
        return false;
    find_starts(l);
    sort(l);
    return true;
}

bool listing_new(struct listing *l, struct bytes text, struct fail *fail)
{
    *l = (struct listing){.text = text, .before_name = LISTING_DIGEST + 2};
    return make(l, fail);
}

bool listing_new_names(struct listing *l, struct bytes text, struct fail *fail)
{
    *l = (struct listing){.text = text};
    return make(l, fail);
}

void listing_free(struct listing *l)
{
    if (l->starts)
        munmap(l->starts, l->count * sizeof *l->starts);
    l->starts = NULL;
}

/* The first name that is not before `wanted`. */
static uint64_t lower_bound(const struct listing *l, struct bytes wanted)
{
    uint64_t from = 0;
    uint64_t to = l->count;
    while (from < to) {
        uint64_t middle = from + (to - from) / 2;
        if (listing_compare(listing_name(l, middle), wanted) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool listing_has_directory(const struct listing *l, struct bytes directory)
{
    char prefix[NAME_LIMIT + 1];
    if (directory.n >= NAME_LIMIT)
        return false;
    memcpy(prefix, directory.p, directory.n);
    prefix[directory.n] = '/';
    struct bytes wanted = bytes_at(prefix, directory.n + 1);
    uint64_t i = lower_bound(l, wanted);
    return i < l->count && bytes_equal(bytes_slice(listing_name(l, i), 0, wanted.n), wanted);
}
