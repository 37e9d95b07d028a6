/* ajar pack test: a pack's probes on its own simulated servers, and on tapes that were recorded before. */
#include "cli/complain.h"
#include "cli/coverage_words.h"
#include "cli/pack_commands.h"
#include "cli/pack_letters.h"
#include "cli/replay_words.h"
#include "cli/sim_check.h"
#include "cli/test_files.h"

#include "base/file.h"
#include "evidence/directory.h"
#include "evidence/key.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OPT_RECORD, OPT_NET };
enum { PATH_MOST = 4096, NET = 78 };

static const struct args_option options[] = {
    [OPT_RECORD] = {"record", 0, "BUNDLE",
                    "make a bundle of what was said, for tests/: a tape of each verdict"},
    [OPT_NET] = {"net", 0, "N", "serve on 127.0.N.x; default 78"},
    {0},
};

const struct args_command cmd_pack_test_args = {
    "pack test", "[OPTION]... [FOLDER | FILE.tar]",
    "Serves the scenarios of a pack (scenarios/*.lua) on loopback, runs its probes\n"
    "against each, and says which verdicts are not as expected, with the steps that\n"
    "led there. What tests/*.json say of these runs is held against them: verdict,\n"
    "reason, steps, what the probe sends and what never. Then the bundles in\n"
    "FOLDER/tests are replayed with the probes as they are now, without any network:\n"
    "each must say, byte for byte, what is on its tape, and come to the same verdict.\n"
    "Scenarios are served as by 'ajar sim': by a confined process, which reaches\n"
    "nothing but loopback.\n"
    "Each letter is written about an open and a suspect finding of each kind: those of\n"
    "the scenarios, and else of some of ajar's own.\n"
    "Last it says how many lines of each probe all that has run, and which it has not:\n"
    "the tapes of the scenarios are replayed for that too.",
    options,
    "A bundle is signed with a key that is thrown away. A FILE.tar holds no bundles.\n"
    "\n"
    "Exit status: 0 all is as expected, 1 something is not, 2 wrong usage.\n"};

struct pack_test {
    const char *place; /* the folder or file */
    bool is_file;
    long net;
    const char *record;
    struct pack *pack;
    char work[64]; /* a directory for the time of the test */
    char archive[PATH_MOST];
    char key[PATH_MOST];
    char bundle[PATH_MOST]; /* of the scenarios' run */
    struct coverage *coverage;
    char *scenarios[PACK_FILES + 1]; /* their paths, owned */
    size_t scenario_count;
    size_t tape_count;
    struct test_files *tests;
    struct scripts probes;
};

/* ---- what is tested ---- */

static bool open_pack(struct pack_test *t, struct fail *fail)
{
    t->is_file = bytes_ends(bytes_of(t->place), ".tar");
    if (t->is_file)
        return (t->pack = pack_read(t->place, fail)) != NULL;
    struct buf archive = buf_new(PACK_LIMIT);
    if (pack_build(t->place, &archive, fail))
        t->pack = pack_parse(buf_view(&archive), fail);
    buf_free(&archive);
    return t->pack != NULL;
}

static bool open_work(struct pack_test *t, struct fail *fail)
{
    char title[PACK_TITLE];
    snprintf(t->work, sizeof t->work, "/tmp/ajar-pack-XXXXXX");
    if (!mkdtemp(t->work)) {
        t->work[0] = '\0';
        return fail_errno(fail, errno, "/tmp");
    }
    snprintf(t->archive, sizeof t->archive, "%s/%s.tar", t->work,
             pack_title(&t->pack->manifest, title));
    return file_create(t->archive, t->pack->archive, fail);
}

static bool is_scenario(const char *name)
{
    static const char folder[] = "scenarios/";
    return strncmp(name, folder, strlen(folder)) == 0 && !strchr(name + strlen(folder), '/') &&
           bytes_ends(bytes_of(name), ".lua");
}

/* Those of a folder are served from there, so that errors name the files that a person edits. */
static bool find_scenarios(struct pack_test *t, struct fail *fail)
{
    char path[PATH_MOST];
    for (size_t i = 0; i < t->pack->count; i++) {
        const struct pack_file *file = &t->pack->files[i];
        if (!is_scenario(file->name))
            continue;
        snprintf(path, sizeof path, "%s/%s", t->is_file ? t->work : t->place,
                 t->is_file ? strrchr(file->name, '/') + 1 : file->name);
        if (t->is_file && !file_create(path, file->content, fail))
            return false;
        const char *shown = strncmp(path, "./", 2) == 0 ? path + 2 : path;
        if (!(t->scenarios[t->scenario_count++] = strdup(shown)))
            return fail_set(fail, "ENOMEM", "out of memory for the scenarios");
    }
    return true;
}

static void close_work(struct pack_test *t)
{
    char path[PATH_MOST];
    DIR *dir = t->work[0] ? opendir(t->work) : NULL;
    for (const struct dirent *e; dir && (e = readdir(dir));) {
        snprintf(path, sizeof path, "%s/%s", t->work, e->d_name);
        unlink(path); /* "." and ".." are refused */
    }
    if (dir) {
        closedir(dir);
        rmdir(t->work);
    }
    for (size_t i = 0; i < t->scenario_count; i++)
        free(t->scenarios[i]);
}

/* ---- its scenarios ---- */

static bool read_tests(struct pack_test *t, struct fail *fail)
{
    t->tests = test_files_new(t->pack, t->place);
    return t->tests || fail_set(fail, "ENOMEM", "out of memory for the tests");
}

/* What could run of the probes. */
static bool begin_coverage(struct pack_test *t, struct fail *fail)
{
    const struct manifest *m = &t->pack->manifest;
    t->coverage = coverage_new();
    bool ok = t->coverage != NULL;
    for (unsigned i = 0; ok && i < m->probe_count; i++)
        ok = coverage_add(t->coverage, m->probes[i], pack_find(t->pack, m->probes[i])->content);
    return ok || fail_set(fail, "ENOMEM", "out of memory for the lines of the probes");
}

/* A bundle has a signer. This one's says nothing, and is gone with its key. */
static bool make_key(struct pack_test *t, struct fail *fail)
{
    char public[PATH_MOST];
    if (t->record)
        snprintf(t->bundle, sizeof t->bundle, "%s", t->record);
    else
        snprintf(t->bundle, sizeof t->bundle, "%s/scenarios.tar", t->work);
    char *directory = directory_of(t->bundle);
    struct secret_key *key = secret_key_new(fail);
    snprintf(t->key, sizeof t->key, "%s/test.key", t->work);
    snprintf(public, sizeof public, "%s/test.pub", t->work);
    bool ok = key && directory && secret_key_save(key, NULL, t->key, public, fail) &&
              file_directory(directory, fail);
    secret_key_free(key);
    free(directory);
    return ok;
}

/* The exit status. */
static int test_scenarios(struct pack_test *t)
{
    struct fail fail;
    const char *const choices[] = {t->archive, NULL};
    if (!scripts_load(&t->probes, choices, &fail))
        return complain("pack test", &fail);
    return sim_check(&(struct sim_check){.command = "pack test",
                                         .probes = &t->probes,
                                         .operands = t->scenarios,
                                         .choices = choices,
                                         .net = (unsigned)t->net,
                                         .every = true,
                                         .evidence = t->bundle,
                                         .key = t->key,
                                         .quiet = !t->record,
                                         .on_result = test_files_result,
                                         .arg = t->tests});
}

/* ---- its tapes ---- */

static void on_case(void *arg, const char *id, const struct rederived *what)
{
    unsigned long *of = arg;
    of[what->outcome]++;
    if (what->outcome != REDERIVED_SAME)
        replay_words_case(id, what);
}

/* False: it could not be replayed, which has been said. */
static bool replay(const struct pack_test *t, const char *path, const char *shown,
                   unsigned long of[REDERIVED_OUTCOMES])
{
    struct fail fail;
    enum builtin_origin origin;
    if (rederive_bundle(path, NULL, t->pack, t->coverage, on_case, of, &origin, &fail))
        return true;
    if (!strstr(fail.text, shown))
        fail_prefix(&fail, "%s", shown);
    complain("pack test", &fail);
    return false;
}

/* What the scenarios were just answered, once more: so it is known which lines have run. The exit status. */
static int replay_scenarios(const struct pack_test *t)
{
    unsigned long of[REDERIVED_OUTCOMES] = {0};
    if (access(t->bundle, F_OK) != 0)
        return 1; /* the run has said why */
    return !replay(t, t->bundle, "the scenarios", of) || of[REDERIVED_DIFFERS] > 0;
}

/* The exit status. */
static int test_tape(const struct pack_test *t, const char *path)
{
    char shown[PATH_MOST];
    unsigned long of[REDERIVED_OUTCOMES] = {0};
    if (!replay(t, path, path, of))
        return 1;
    snprintf(shown, sizeof shown, "%s", path);
    text_make_printable(shown);
    printf("%s: ", shown);
    replay_words_sum(of);
    return of[REDERIVED_DIFFERS] + of[REDERIVED_UNABLE] > 0;
}

static int is_tape(const struct dirent *e)
{
    return bytes_ends(bytes_of(e->d_name), ".tar");
}

static int test_tapes(struct pack_test *t)
{
    char path[PATH_MOST];
    struct dirent **found = NULL;
    int status = 0;
    const char *place = strcmp(t->place, ".") == 0 ? "" : t->place;
    const char *slash = place[0] ? "/" : "";
    snprintf(path, sizeof path, "%s%stests", place, slash);
    int n = t->is_file ? 0 : scandir(path, &found, is_tape, alphasort);
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s%stests/%s", place, slash, found[i]->d_name);
        status |= test_tape(t, path);
        t->tape_count++;
        free(found[i]);
    }
    free(found);
    return status;
}

/* The exit status. */
static int test_letters(const struct pack_test *t)
{
    if (t->pack->manifest.letter_count == 0)
        return 0;
    fflush(stdout);
    return pack_letters_test(&(struct pack_letters){.pack = t->pack,
                                                    .work = t->work,
                                                    .key = t->key,
                                                    .bundle = t->bundle,
                                                    .net = (unsigned)t->net});
}

static int test(struct pack_test *t)
{
    struct fail fail;
    int status = 0;
    if (!open_pack(t, &fail) || !open_work(t, &fail) || !find_scenarios(t, &fail) ||
        !read_tests(t, &fail) || !begin_coverage(t, &fail) || !make_key(t, &fail))
        return complain("pack test", &fail);
    if (t->scenario_count > 0 && t->pack->manifest.probe_count > 0)
        status = test_scenarios(t) | replay_scenarios(t);
    else if (t->record)
        return complain_words("pack test", 1, "there are no scenarios to record");
    status |= test_files_check(t->tests, t->bundle);
    fflush(stdout);
    status |= test_tapes(t);
    status |= test_letters(t);
    const struct manifest *m = &t->pack->manifest;
    if (t->scenario_count + t->tape_count == 0 && (m->probe_count > 0 || m->letter_count == 0))
        return complain_words("pack test", 1,
                              "there is nothing to test by: no scenarios/*.lua, no tests/*.tar");
    coverage_words(t->coverage);
    return status;
}

int cmd_pack_test(int argc, char **argv)
{
    struct args args;
    struct pack_test *t = calloc(1, sizeof *t);
    if (!t)
        return complain_words("pack test", 1, "out of memory");
    t->net = NET;
    args_begin(&args, &cmd_pack_test_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;) {
        if (which == OPT_RECORD)
            t->record = args.value;
        else
            args_number(&args, 1, 254, &t->net);
    }
    int status = args.status;
    if (status == ARGS_GO_ON && args.operand_count > 1)
        status = args_wrong(&args, "'%s' is one too many", args.operands[1]);
    if (status == ARGS_GO_ON) {
        t->place = args.operand_count ? args.operands[0] : ".";
        status = test(t);
    }
    close_work(t);
    scripts_free(&t->probes);
    coverage_free(t->coverage);
    test_files_free(t->tests);
    pack_free(t->pack);
    free(t);
    return status;
}
