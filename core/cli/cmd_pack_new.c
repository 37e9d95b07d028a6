/* ajar pack new: a folder with a pack in it that works: one probe, simulated servers to try it on, one test, one
 * letter. */
#include "cli/complain.h"
#include "cli/pack_commands.h"

#include "base/embedded.h"
#include "base/file.h"
#include "pack/manifest.h"
#include "script/probes.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_MOST = 4096, TEXT_MOST = 1024 * 1024 };

#define EXAMPLE "doc/examples/greetings"

enum { OPT_EXAMPLE };
static const struct args_option options[] = {
    [OPT_EXAMPLE] = {"example", 0, NULL,
                     "make the larger pack that is the documents' example;\n"
                     "default FOLDER: greetings"},
    {0},
};

const struct args_command cmd_pack_new_args = {
    "pack new", "ORG/NAME [FOLDER] | --example [FOLDER]",
    "Makes a folder (default: NAME) with a pack in it that works: its manifest, a\n"
    "relay probe, a simulated server that is open and one that is closed, a test of\n"
    "what the probe says to both, a letter in a tone of its own, README, licence, and\n"
    "for editors .luarc.json with the API's types in .ajar. ORG and NAME are of a-z,\n"
    "0-9 and '-', at most 32. Nothing is overwritten.",
    options,
    "'ajar pack check' and 'ajar pack test' say what is not right yet.\n"
    "\n"
    "Exit status: 0 it is made, 1 it is not, 2 wrong usage.\n"};

/* What is made of what: files of data/pack/, in which {{org}}, {{name}} and {{id}} are filled in; so are they in names. */
static const struct {
    const char *template;
    const char *path;
} files[] = {
    {"pack.json", MANIFEST_FILE},
    {"probe.lua", "probes/{{name}}.lua"},
    {"open.lua", "scenarios/open.lua"},
    {"closed.lua", "scenarios/closed.lua"},
    {"test.json", "tests/{{name}}.json"},
    {"README.md", "README.md"},
    {"LICENSE", "LICENSE"},
    {"gitignore", ".gitignore"},
    {"luarc.json", ".luarc.json"},
    {"letter.lua", "letters/friendly.lua"},
};
enum { FILES = sizeof files / sizeof files[0] };

static const char *const folders[] = {"", "probes", "scenarios", "tests", "letters", ".ajar"};

struct making {
    const char *folder;
    char org[MANIFEST_NAME];
    const char *name;
    char id[PROBE_ID];
};

static void fill_in(struct buf *out, const struct making *m, struct bytes template)
{
    const char *const names[] = {"{{org}}", "{{name}}", "{{id}}"};
    const char *const values[] = {m->org, m->name, m->id};
    for (size_t at = 0, used = 1; at < template.n; at += used) {
        used = 1;
        for (size_t i = 0; i < 3 && used == 1; i++)
            if (bytes_equal_text(bytes_slice(template, at, at + strlen(names[i])), names[i])) {
                buf_put_text(out, values[i]);
                used = strlen(names[i]);
            }
        if (used == 1)
            buf_put_byte(out, template.p[at]);
    }
}

static void path_in(char out[PATH_MOST], const struct making *m, const char *path)
{
    struct buf filled = buf_new(PATH_MOST);
    fill_in(&filled, m, bytes_of(path));
    snprintf(out, PATH_MOST, "%s/%s", m->folder, buf_text(&filled));
    buf_free(&filled);
}

/* Before the first is written: a folder that is half old and half new is of no use to anybody. */
static bool is_free(const struct making *m, const char *path, struct fail *fail)
{
    char whole[PATH_MOST];
    path_in(whole, m, path);
    return access(whole, F_OK) != 0 || fail_errno(fail, EEXIST, whole);
}

static bool none_is_there(const struct making *m, struct fail *fail)
{
    bool ok = true;
    for (size_t i = 0; ok && i < FILES; i++)
        ok = is_free(m, files[i].path, fail);
    return ok;
}

static bool make_folders(const struct making *m, struct fail *fail)
{
    char path[PATH_MOST];
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof folders / sizeof folders[0]; i++) {
        snprintf(path, sizeof path, "%s%s%s", m->folder, folders[i][0] ? "/" : "", folders[i]);
        ok = file_directory(path, fail);
    }
    return ok;
}

static bool make_file(const struct making *m, size_t i, struct fail *fail)
{
    char source[64];
    char path[PATH_MOST];
    struct buf text = buf_new(TEXT_MOST);
    snprintf(source, sizeof source, "data/pack/%s", files[i].template);
    const struct embedded *template = embedded_find(source);
    if (!template)
        return fail_set(fail, "EBUILD", "%s is not built into this program", source);
    fill_in(&text, m, template->content);
    path_in(path, m, files[i].path);
    bool ok = file_create(path, buf_view(&text), fail);
    buf_free(&text);
    return ok;
}

/* The API's annotations: what an editor shows and completes. What is there already is of an earlier time. */
static bool make_types(const struct making *m, struct fail *fail)
{
    static const char annotations[] = "doc/api/";
    char path[PATH_MOST];
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        if (strncmp(list[i].path, annotations, strlen(annotations)) != 0)
            continue;
        snprintf(path, sizeof path, "%s/.ajar/%s", m->folder, list[i].path + strlen(annotations));
        ok = access(path, F_OK) == 0 || file_create(path, list[i].content, fail);
    }
    return ok;
}

static bool make(const struct making *m, struct fail *fail)
{
    bool ok = none_is_there(m, fail) && make_folders(m, fail);
    for (size_t i = 0; ok && i < FILES; i++)
        ok = make_file(m, i, fail);
    return ok && make_types(m, fail);
}

/* ---- the example ---- */

/* Calls take for each of its files, by their names below the folder. */
static bool each_of_example(const struct making *m,
                            bool (*take)(const struct making *m, const char *name,
                                         struct bytes content, struct fail *fail),
                            struct fail *fail)
{
    static const char folder[] = EXAMPLE "/";
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        if (strncmp(list[i].path, folder, strlen(folder)) == 0)
            ok = take(m, list[i].path + strlen(folder), list[i].content, fail);
    return ok;
}

static bool is_free_of(const struct making *m, const char *name, struct bytes content,
                       struct fail *fail)
{
    (void)content;
    return is_free(m, name, fail);
}

static bool copy(const struct making *m, const char *name, struct bytes content, struct fail *fail)
{
    char path[PATH_MOST];
    path_in(path, m, name);
    return file_create(path, content, fail);
}

/* As it is; with what a folder has beside it that is worked in. */
static bool make_example(const struct making *m, struct fail *fail)
{
    bool ok = each_of_example(m, is_free_of, fail) && make_folders(m, fail) &&
              each_of_example(m, copy, fail);
    for (size_t i = 0; ok && i < FILES; i++)
        ok = files[i].path[0] != '.' || make_file(m, i, fail);
    return ok && make_types(m, fail);
}

/* ---- the command ---- */

/* "relay/acme-envelopes": by its pack no other probe's, cut where an id ends. */
static void name_all(struct making *m, const char *pack)
{
    char whole[2 * MANIFEST_NAME];
    const char *slash = strchr(pack, '/');
    snprintf(m->org, sizeof m->org, "%.*s", (int)(slash - pack), pack);
    m->name = slash + 1;
    snprintf(whole, sizeof whole, "relay/%s-%s", m->org, m->name);
    snprintf(m->id, sizeof m->id, "%.*s", PROBE_ID - 1, whole);
}

static bool is_too_long(const char *folder)
{
    return strlen(folder) > PATH_MOST / 2;
}

static int example(struct args *args)
{
    struct fail fail;
    struct making m = {
        .folder = args->operand_count ? args->operands[0] : strrchr(EXAMPLE, '/') + 1, .name = ""};
    if (args->operand_count > 1)
        return args_wrong(args, "'%s' is one folder too many", args->operands[1]);
    if (is_too_long(m.folder))
        return args_wrong(args, "the folder's name is too long");
    if (!make_example(&m, &fail))
        return complain("pack new", &fail);
    printf("%s: the example of the documents\n", m.folder);
    return 0;
}

static int new_pack(struct args *args)
{
    struct fail fail;
    struct making m;
    if (args->operand_count < 1 || args->operand_count > 2)
        return args_wrong(args, "a pack's name is expected, ORG/NAME, and at most one folder");
    if (!manifest_is_name(bytes_of(args->operands[0])))
        return args_wrong(args, "'%s' is no name of a pack: ORG/NAME, each of a-z, 0-9 and '-'",
                          args->operands[0]);
    if (strncmp(args->operands[0], "ajar/", 5) == 0)
        return args_wrong(args, "packs of 'ajar/' are built into the program");
    name_all(&m, args->operands[0]);
    m.folder = args->operand_count == 2 ? args->operands[1] : m.name;
    if (is_too_long(m.folder))
        return args_wrong(args, "the folder's name is too long");
    if (!make(&m, &fail))
        return complain("pack new", &fail);
    printf("%s: the pack %s, with the probe %s\n", m.folder, args->operands[0], m.id);
    return 0;
}

int cmd_pack_new(int argc, char **argv)
{
    struct args args;
    bool is_example = false;
    args_begin(&args, &cmd_pack_new_args, argc, argv);
    while (args_next(&args) != ARGS_END)
        is_example = true;
    if (args.status != ARGS_GO_ON)
        return args.status;
    return is_example ? example(&args) : new_pack(&args);
}
