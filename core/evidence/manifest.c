#include "evidence/manifest.h"

#include "evidence/listing.h"

#include <stdio.h>
#include <string.h>

enum { SHOWN = 255 };

/* For "%.*s". */
static int shown(struct bytes name)
{
    return name.n < SHOWN ? (int)name.n : SHOWN;
}

static bool fail_name(struct fail *fail, const char *code, struct bytes name, const char *what)
{
    return fail_set(fail, code, "%.*s %s", shown(name), (const char *)name.p, what);
}

static bool check_twice(const struct listing *l, const char *what, struct fail *fail)
{
    for (uint64_t i = 1; i < l->count; i++) {
        struct bytes name = listing_name(l, i);
        if (bytes_equal(listing_name(l, i - 1), name))
            return fail_name(fail, "EDUPLICATE", name, what);
    }
    return true;
}

static bool check_below(const struct listing *l, struct fail *fail)
{
    for (uint64_t i = 0; i < l->count; i++) {
        struct bytes name = listing_name(l, i);
        if (listing_has_directory(l, name))
            return fail_name(fail, "EDUPLICATE", name, "is a file and a directory at once");
    }
    return true;
}

/* Directories stand on no list; one that no file explains was added. */
static bool check_explained(const struct listing *l, const struct listing *directories,
                            struct fail *fail)
{
    for (uint64_t i = 0; i < directories->count; i++) {
        struct bytes name = listing_name(directories, i);
        if (!bytes_equal_text(name, "data") && !listing_has_directory(l, name))
            return fail_name(fail, "EEXTRA", name,
                             "is a directory with no file of the bundle in it");
    }
    return true;
}

static bool check_directories(const struct listing *l, struct bytes names, struct fail *fail)
{
    struct listing directories = {.count = 0};
    bool ok = listing_new_names(&directories, names, fail) &&
              check_twice(&directories, "is a directory that is in the bundle twice", fail) &&
              check_explained(l, &directories, fail);
    listing_free(&directories);
    return ok;
}

/* The first of each kind of difference; UINT64_MAX where there is none. */
struct differences {
    uint64_t changed; /* index into found */
    uint64_t extra;   /* into found */
    uint64_t missing; /* into listed */
};

static void note(uint64_t *first, uint64_t i)
{
    if (*first == UINT64_MAX)
        *first = i;
}

static struct differences find_differences(const struct listing *listed,
                                           const struct listing *found)
{
    struct differences d = {UINT64_MAX, UINT64_MAX, UINT64_MAX};
    uint64_t i = 0;
    uint64_t j = 0;
    while (i < listed->count || j < found->count) {
        int order = i == listed->count ? 1
                    : j == found->count
                        ? -1
                        : listing_compare(listing_name(listed, i), listing_name(found, j));
        if (order < 0)
            note(&d.missing, i);
        else if (order > 0)
            note(&d.extra, j);
        else if (!bytes_equal(listing_digest(listed, i), listing_digest(found, j)))
            note(&d.changed, j);
        i += order <= 0;
        j += order >= 0;
    }
    return d;
}

static bool fail_renamed(struct bytes from, struct bytes to, struct fail *fail)
{
    return fail_set(fail, "ERENAMED", "%.*s was renamed: here it is called %.*s", shown(from),
                    (const char *)from.p, shown(to), (const char *)to.p);
}

static bool report(const struct manifest *m, const struct listing *listed,
                   const struct listing *found, struct differences d, struct fail *fail)
{
    char what[128];
    bool missing = d.missing != UINT64_MAX;
    bool extra = d.extra != UINT64_MAX;
    if (missing && extra &&
        bytes_equal(listing_digest(listed, d.missing), listing_digest(found, d.extra)))
        return fail_renamed(listing_name(listed, d.missing), listing_name(found, d.extra), fail);
    if (d.changed != UINT64_MAX) {
        snprintf(what, sizeof what, "was changed: its SHA-256 is not the one in %s", m->name);
        return fail_name(fail, "ECHANGED", listing_name(found, d.changed), what);
    }
    if (missing) {
        snprintf(what, sizeof what, "is missing: %s lists it", m->name);
        return fail_name(fail, "EMISSING", listing_name(listed, d.missing), what);
    }
    if (extra) {
        snprintf(what, sizeof what, "was added: %s does not list it", m->name);
        return fail_name(fail, "EEXTRA", listing_name(found, d.extra), what);
    }
    return true;
}

static bool compare_sorted(const struct manifest *m, const struct listing *listed,
                           const struct listing *found, struct fail *fail)
{
    return check_twice(found, "is in the bundle twice", fail) &&
           check_twice(listed, "is listed twice", fail) &&
           report(m, listed, found, find_differences(listed, found), fail) &&
           check_below(found, fail) && check_directories(found, m->directories, fail);
}

bool manifest_compare(const struct manifest *m, struct fail *fail)
{
    struct listing listed = {.count = 0};
    struct listing found = {.count = 0};
    if (!listing_check(m->listed, fail))
        return fail_prefix(fail, "%s", m->name);
    bool ok = listing_new(&listed, m->listed, fail) && listing_new(&found, m->found, fail) &&
              compare_sorted(m, &listed, &found, fail);
    listing_free(&listed);
    listing_free(&found);
    return ok;
}
