#include "cli/pack_letters.h"

#include "cli/complain.h"
#include "cli/notify_case.h"
#include "cli/notify_word.h"
#include "cli/sim_check.h"

#include "base/file.h"
#include "evidence/bundle.h"
#include "notice/message.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH_MOST = 4096, KINDS = 3, MESSAGE_LIMIT = 1024 * 1024, LOG_LIMIT = 64 * 1024 };

/* Of ajar's own servers, one that is open and one that says yes and leads nowhere, for each kind of finding. */
static const struct {
    const char *scenarios[2];
    const char *probes[2];
} examples[KINDS] = {
    [FINDING_RELAY] = {{"relay-open", "relay-swallowing"}, {"relay/third-party"}},
    [FINDING_HTTP] = {{"h2-open", "h2-black-hole"}, {"proxy/h2-connect"}},
    [FINDING_SOCKS] = {{"socks-open", "socks-black-hole"}, {"proxy/socks4"}},
};

static const char *const kind_names[KINDS] = {
    [FINDING_RELAY] = "relay", [FINDING_HTTP] = "HTTP proxy", [FINDING_SOCKS] = "SOCKS proxy"};

/* One letter, tried on the cases of one bundle after the other. */
struct trying {
    const char *name;
    struct composing *composing;
    struct notify_where where;
    bool all_clear; /* the letter is about what is closed: then every finding is said to be */
    bool tried[KINDS][2];
    unsigned written;
    unsigned failed;
};

/* ---- findings ---- */

static void example_path(const struct pack_letters *t, unsigned kind, char out[PATH_MOST])
{
    snprintf(out, PATH_MOST, "%s/example-%u.tar", t->work, kind);
}

/* Real cases: ajar's servers are probed as any others. */
static bool make_examples(const struct pack_letters *t, unsigned kind, struct fail *fail)
{
    char path[PATH_MOST];
    char names[2][32];
    char *const operands[] = {names[0], names[1], NULL};
    struct scripts *probes = calloc(1, sizeof *probes);
    for (unsigned i = 0; i < 2; i++)
        snprintf(names[i], sizeof names[i], "%s", examples[kind].scenarios[i]);
    example_path(t, kind, path);
    if (!probes)
        return fail_set(fail, "ENOMEM", "out of memory for the probes");
    bool ok = scripts_load(probes, examples[kind].probes, fail);
    if (ok && sim_check(&(struct sim_check){.command = "pack test",
                                            .probes = probes,
                                            .operands = operands,
                                            .choices = examples[kind].probes,
                                            .net = t->net,
                                            .evidence = path,
                                            .key = t->key,
                                            .quiet = true,
                                            .silent = true,
                                            .brief = true}) != 0)
        ok = fail_set(fail, "ESIM", "ajar's own servers for the letters could not be tested");
    scripts_free(probes);
    free(probes);
    return ok;
}

/* What a maker says is of no interest unless it fails. */
static const char *log_path(const struct pack_letters *t, unsigned kind, char out[PATH_MOST])
{
    snprintf(out, PATH_MOST, "%s/example-%u.log", t->work, kind);
    return out;
}

_Noreturn static void become_maker(const struct pack_letters *t, unsigned kind)
{
    char path[PATH_MOST];
    struct fail fail;
    int said = open(log_path(t, kind, path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (said < 0 || dup2(said, STDERR_FILENO) < 0)
        _exit(1);
    _exit(make_examples(t, kind, &fail) ? 0 : complain("pack test", &fail));
}

static void show_log(const struct pack_letters *t, unsigned kind)
{
    char path[PATH_MOST];
    struct fail ignored;
    struct buf said = buf_new(LOG_LIMIT);
    if (file_read(log_path(t, kind, path), &said, &ignored))
        fwrite(said.p, 1, said.n, stderr);
    buf_free(&said);
}

/* All kinds at once, each by a process of its own, as most of their time is waiting. */
static bool make_all_examples(const struct pack_letters *t, struct fail *fail)
{
    pid_t makers[KINDS];
    bool ok = true;
    fflush(NULL);
    for (unsigned i = 0; i < KINDS; i++) {
        makers[i] = fork();
        if (makers[i] == 0)
            become_maker(t, i);
    }
    for (unsigned i = 0; i < KINDS; i++) {
        int status = 1;
        if (makers[i] > 0 && waitpid(makers[i], &status, 0) > 0 && status == 0)
            continue;
        show_log(t, i);
        ok = fail_set(fail, "ESIM", "there are no findings to write all letters about");
    }
    return ok;
}

/* ---- letters ---- */

static bool write_message(struct composing *composing, const struct notify_where *where,
                          struct finding *f, struct fail *fail)
{
    struct letter letter;
    if (!notify_word(composing, where, f, &letter, fail))
        return false;
    struct buf message = buf_new(MESSAGE_LIMIT);
    struct message_envelope envelope = {.id = bytes_of("test")};
    bool ok = message_put(&message, &letter, &envelope, fail);
    buf_free(&message);
    letter_free(&letter);
    return ok;
}

static void try_finding(struct trying *t, struct finding *f)
{
    struct fail fail;
    if (t->tried[f->kind][f->open])
        return;
    t->tried[f->kind][f->open] = true;
    const char *verdict = f->open ? "open" : "suspect";
    if (t->all_clear) {
        f->open = false;
        f->closed = true;
        f->token = bytes_at(NULL, 0);
    }
    if (write_message(t->composing, &t->where, f, &fail)) {
        t->written++;
        return;
    }
    printf("%s: %s, %s: no letter: %s\n", t->name, kind_names[f->kind], verdict, fail.text);
    t->failed++;
}

static bool on_case(void *arg, const struct bundle_case *c, struct fail *fail)
{
    struct notify_case read;
    if (!notify_case_read(&read, c, false, fail))
        return false;
    if (read.proven || read.suspect)
        try_finding(arg, &read.finding);
    notify_case_free(&read);
    return true;
}

static bool try_bundle(struct trying *t, const char *path, struct fail *fail)
{
    struct bundle_report report;
    if (!path || access(path, F_OK) != 0)
        return true;
    return bundle_verify(path, NULL, &report, fail) &&
           notify_where_take(&t->where, path, &report, fail) &&
           bundle_cases(path, NULL, on_case, t, fail);
}

static bool try_all(const struct pack_letters *t, struct trying *trying, struct fail *fail)
{
    char path[PATH_MOST];
    bool ok = try_bundle(trying, t->bundle, fail);
    for (unsigned i = 0; ok && i < KINDS; i++) {
        example_path(t, i, path);
        ok = try_bundle(trying, path, fail);
    }
    return ok;
}

static bool is_all_clear(const struct wording *letter)
{
    struct fail ignored;
    json_t *texts = composing_texts(letter, 1, &ignored);
    const json_t *tone = json_object_get(json_array_get(texts, 0), "tone");
    bool clear = json_is_string(tone) && strcmp(json_string_value(tone), "all-clear") == 0;
    json_decref(texts);
    return clear;
}

/* The exit status. */
static int test_letter(const struct pack_letters *t, const char *name)
{
    struct fail fail = {0};
    const struct wording letter = {name, pack_find(t->pack, name)->content};
    struct composing_order order = {.letters = &letter, .letter_count = 1};
    struct trying trying = {.name = name, .all_clear = is_all_clear(&letter)};
    if (!notify_example_profile(&order, &fail))
        return complain("pack test", &fail);
    trying.composing = composing_new(&order, &fail);
    if (!trying.composing) {
        printf("%s\n", fail.text);
        return 1;
    }
    bool ok = try_all(t, &trying, &fail);
    composing_free(trying.composing);
    if (!ok)
        return complain("pack test", &fail);
    printf("%s: %u letter%s written, %u could not be\n", name, trying.written,
           trying.written == 1 ? "" : "s", trying.failed);
    return trying.failed > 0;
}

int pack_letters_test(const struct pack_letters *t)
{
    struct fail fail;
    int status = 0;
    if (!make_all_examples(t, &fail))
        return complain("pack test", &fail);
    message_begin();
    for (unsigned i = 0; i < t->pack->manifest.letter_count; i++)
        status |= test_letter(t, t->pack->manifest.letters[i]);
    message_end();
    return status;
}
