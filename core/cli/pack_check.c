#include "cli/pack_check.h"

#include "base/file.h"
#include "base/json_place.h"
#include "base/text.h"
#include "pack/license.h"
#include "run/inspect.h"
#include "tape/object.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MOST = 4096, WORDS_MOST = 1024, FILES_MOST = PACK_FILES };

struct listing {
    char (*names)[MANIFEST_PATH];
    size_t count;
};

/* One line: FILE:LINE:COLUMN: BEFORE WORDS. */
static void say(const struct pack_check *c, const char *file, unsigned line, unsigned column,
                const char *before, char words[WORDS_MOST])
{
    char shown[PATH_MOST];
    text_make_printable(words); /* a script's own, some of them */
    snprintf(shown, sizeof shown, "%s", file);
    text_make_printable(shown);
    if (strcmp(c->folder, ".") != 0)
        printf("%s/", c->folder);
    printf("%s:%u:%u: %s%s\n", shown, line, column, before, words);
}

void pack_check_fault(struct pack_check *c, const char *file, unsigned line, unsigned column,
                      const char *format, ...)
{
    char words[WORDS_MOST];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    say(c, file, line, column, "", words);
    c->faults++;
}

void pack_check_warning(const struct pack_check *c, const char *file, unsigned line,
                        unsigned column, const char *format, ...)
{
    char words[WORDS_MOST];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    say(c, file, line, column, "warning: ", words);
}

/* At the place in pack.json that this path leads to (base/json_place.h). */
static void fault_in_manifest(struct pack_check *c, struct bytes text, const char *path,
                              const char *why)
{
    unsigned line;
    unsigned column;
    json_place_find(text, path, &line, &column);
    pack_check_fault(c, MANIFEST_FILE, line, column, "%s", why);
}

/* `ajar pack build` takes no links: what they lead to is not looked at either. */
static bool is_link(struct pack_check *c, const char *file)
{
    char path[PATH_MOST];
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", c->folder, file);
    if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode))
        return false;
    pack_check_fault(c, file, 1, 1, "it is a link: a pack holds none");
    return true;
}

static bool is_there(const struct pack_check *c, const char *file)
{
    char path[PATH_MOST];
    snprintf(path, sizeof path, "%s/%s", c->folder, file);
    return access(path, F_OK) == 0;
}

static bool is_one_of(const char *name, const char *ending)
{
    return name[0] != '.' && bytes_ends(bytes_of(name), ending);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The files of this ending in a folder of the pack, sorted; none where there is no such folder. */
static bool list_files(const struct pack_check *c, const char *below, const char *ending,
                       struct listing *out, struct fail *fail)
{
    char path[PATH_MOST];
    out->names = calloc(FILES_MOST, MANIFEST_PATH);
    out->count = 0;
    if (!out->names)
        return fail_set(fail, "ENOMEM", "out of memory for the pack's files");
    snprintf(path, sizeof path, "%s/%s", c->folder, below);
    DIR *dir = opendir(path);
    if (!dir)
        return errno == ENOENT || fail_errno(fail, errno, path);
    for (const struct dirent *e; out->count < FILES_MOST && (e = readdir(dir));)
        if (is_one_of(e->d_name, ending) && strlen(below) + strlen(e->d_name) + 1 < MANIFEST_PATH)
            snprintf(out->names[out->count++], MANIFEST_PATH, "%s/%s", below, e->d_name);
    closedir(dir);
    qsort(out->names, out->count, MANIFEST_PATH, by_bytes);
    return true;
}

static bool names(const char list[][MANIFEST_PATH], unsigned n, const char *file)
{
    for (unsigned i = 0; i < n; i++)
        if (strcmp(list[i], file) == 0)
            return true;
    return false;
}

/* At the member of the manifest's list that is this text. */
static void fault_in_list(struct pack_check *c, struct bytes manifest, const char *list,
                          const char *member, const char *why)
{
    char path[PATH_MOST];
    size_t i;
    const json_t *one;
    json_t *object = object_load(manifest);
    snprintf(path, sizeof path, "%s", list);
    json_array_foreach(json_object_get(object, list), i, one)
    {
        if (json_is_string(one) && strcmp(json_string_value(one), member) == 0)
            snprintf(path, sizeof path, "%s[%zu]", list, i);
    }
    json_decref(object);
    fault_in_manifest(c, manifest, path, why);
}

/* Files that the manifest names and are not there, and the other way round. */
static bool check_files(struct pack_check *c, struct bytes manifest, const char *below,
                        const char list[][MANIFEST_PATH], unsigned n, struct fail *fail)
{
    struct listing found;
    char words[WORDS_MOST];
    bool ok = list_files(c, below, ".lua", &found, fail);
    for (unsigned i = 0; i < n; i++)
        if (!is_there(c, list[i])) {
            snprintf(words, sizeof words, "%s is not there", list[i]);
            fault_in_list(c, manifest, below, list[i], words);
        }
    for (size_t i = 0; ok && i < found.count; i++)
        if (!names(list, n, found.names[i]))
            pack_check_fault(c, found.names[i], 1, 1, "pack.json does not name it");
    free(found.names);
    return ok;
}

static bool check_probes(struct pack_check *c, struct fail *fail)
{
    bool ok = true;
    for (unsigned i = 0; ok && i < c->manifest.probe_count; i++)
        if (is_link(c, c->manifest.probes[i]))
            c->used_else = c->probes_hidden = true;
        else if (is_there(c, c->manifest.probes[i]))
            ok = pack_check_probe(c, c->manifest.probes[i], fail);
        else
            c->probes_hidden = true;
    return ok;
}

static bool check_scenarios(struct pack_check *c, struct fail *fail)
{
    struct listing found;
    bool ok = list_files(c, "scenarios", ".lua", &found, fail);
    for (size_t i = 0; ok && i < found.count; i++)
        ok = is_link(c, found.names[i]) || pack_check_scenarios(c, found.names[i], fail);
    free(found.names);
    return ok;
}

static bool check_tests(struct pack_check *c, struct fail *fail)
{
    struct listing found;
    bool ok = list_files(c, "tests", ".json", &found, fail);
    for (size_t i = 0; ok && i < found.count; i++)
        ok = is_link(c, found.names[i]) || pack_check_test(c, found.names[i], fail);
    free(found.names);
    return ok;
}

static bool check_letters(struct pack_check *c, struct fail *fail)
{
    bool ok = true;
    for (unsigned i = 0; ok && i < c->manifest.letter_count; i++)
        if (!is_link(c, c->manifest.letters[i]) && is_there(c, c->manifest.letters[i]))
            ok = pack_check_letter(c, c->manifest.letters[i], fail);
    return ok;
}

/* Whoever installs it is shown each: what it does not need it should not ask for. */
static void check_unused(struct pack_check *c, struct bytes manifest)
{
    char words[WORDS_MOST];
    for (unsigned i = 0; i < CAPABILITIES && !c->used_else; i++) {
        const char *name = capability_name((enum capability)i);
        if (!(c->manifest.capabilities & ~c->used & 1U << i))
            continue;
        snprintf(words, sizeof words, "the capability \"%s\" is declared, and no probe uses it",
                 name);
        fault_in_list(c, manifest, "capabilities", name, words);
    }
}

static void check_license(struct pack_check *c, struct bytes manifest)
{
    struct fail fail;
    unsigned line;
    unsigned column;
    if (!c->manifest.license[0] || license_check(bytes_of(c->manifest.license), &fail))
        return;
    json_place_find(manifest, "license", &line, &column);
    if (strcmp(fail.code, "EDEPRECATED") == 0)
        pack_check_warning(c, MANIFEST_FILE, line, column, "%s", fail.text);
    else
        pack_check_fault(c, MANIFEST_FILE, line, column, "%s", fail.text);
}

/* A person who is to install it should find what it is for, and whom to ask. */
static void check_words(struct pack_check *c, struct bytes manifest)
{
    char words[WORDS_MOST];
    if (!is_there(c, "README.md"))
        pack_check_fault(c, MANIFEST_FILE, 1, 1,
                         "there is no README.md: what the pack is for, and how to use it");
    for (unsigned i = 0; i < c->manifest.maintainer_count; i++) {
        const char *who = c->manifest.maintainers[i];
        const char *at = strstr(who, " <");
        if (at && strchr(at, '@') && who[strlen(who) - 1] == '>')
            continue;
        snprintf(words, sizeof words,
                 "maintainers: \"%s\" is not of the form Name <name@example.org>", who);
        fault_in_list(c, manifest, "maintainers", who, words);
    }
    check_license(c, manifest);
}

/* What else `ajar pack build` would refuse: links, names, sizes. */
static void check_built(struct pack_check *c)
{
    struct fail fail;
    struct buf archive = buf_new(PACK_LIMIT);
    if (!pack_build(c->folder, &archive, &fail))
        pack_check_fault(c, MANIFEST_FILE, 1, 1, "it can't be built: %s", fail.text);
    buf_free(&archive);
}

static bool any_folder_is_link(struct pack_check *c)
{
    static const char *const folders[] = {"probes", "letters", "scenarios", "tests"};
    bool any = false;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        any |= is_link(c, folders[i]);
    return any;
}

static bool check_all(struct pack_check *c, struct bytes manifest, struct fail *fail)
{
    const struct manifest *m = &c->manifest;
    if (any_folder_is_link(c))
        return true;
    c->ids = calloc(MANIFEST_PROBES, PROBE_ID);
    c->scenarios = buf_new((size_t)PACK_FILES * INSPECT_IDS);
    c->letter_marks = calloc(MANIFEST_LETTERS, LETTER_MARK);
    bool ok = c->ids && c->letter_marks
                  ? check_files(c, manifest, "probes", m->probes, m->probe_count, fail) &&
                        check_files(c, manifest, "letters", m->letters, m->letter_count, fail) &&
                        check_probes(c, fail) && check_scenarios(c, fail) && check_tests(c, fail) &&
                        check_letters(c, fail)
                  : fail_set(fail, "ENOMEM", "out of memory for the probes' ids");
    if (ok) {
        check_unused(c, manifest);
        check_words(c, manifest);
    }
    if (ok && c->faults == 0)
        check_built(c);
    free(c->ids);
    free(c->letter_marks);
    buf_free(&c->scenarios);
    return ok;
}

struct manifest_check {
    struct pack_check *of;
    struct bytes text;
    bool unknown; /* it is no JSON, or of another format: nothing of it is known */
    bool open;    /* something is wrong with its capabilities */
};

static void on_manifest_fault(void *arg, const char *path, const struct fail *why)
{
    struct manifest_check *m = arg;
    unsigned line;
    unsigned column;
    manifest_where(m->text, path, why, &line, &column);
    pack_check_fault(m->of, MANIFEST_FILE, line, column, "%s", why->text);
    m->unknown |= path[0] == '\0' || strcmp(path, "pack") == 0;
    m->open |= bytes_starts_nocase(bytes_of(path), "capabilities");
    if (strcmp(path, "license") == 0)
        m->of->manifest.license[0] = '\0'; /* that is said of it */
}

/* Which capabilities are meant is not known: all are taken for declared, and for used. */
static void allow_all(struct pack_check *c)
{
    c->manifest.capabilities = ~0U;
    c->used_else = true;
}

bool pack_check_folder(struct pack_check *c, struct fail *fail)
{
    char path[PATH_MOST];
    if (is_link(c, MANIFEST_FILE))
        return true;
    struct buf text = buf_new(MANIFEST_LIMIT + 1);
    snprintf(path, sizeof path, "%s/" MANIFEST_FILE, c->folder);
    bool ok = file_read_regular(path, &text, fail);
    struct manifest_check m = {.of = c, .text = buf_view(&text)};
    if (ok)
        manifest_read(m.text, &c->manifest, on_manifest_fault, &m);
    if (m.open)
        allow_all(c);
    if (ok && !m.unknown)
        ok = check_all(c, m.text, fail);
    buf_free(&text);
    return ok;
}
