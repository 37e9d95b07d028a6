/* ajar campaign new: an empty campaign, with the files that its operator fills in. */
#include "cli/campaign_commands.h"
#include "cli/complain.h"

#include "base/embedded.h"
#include "base/file.h"
#include "guard/scope.h"
#include "net/loop.h"
#include "store/store_policy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPT_NAME, OPT_HOLDOUT, OPT_SCOPE };
static const struct args_option options[] = {
    [OPT_NAME] = {"name", 'n', "NAME", "what it is called; default: the folder's or database's"},
    [OPT_HOLDOUT] = {"holdout", 0, "PERCENT",
                     "this part of all addresses gets no letters, so that it can be seen what "
                     "letters bring about; default: 0"},
    [OPT_SCOPE] = {"scope", 's', "FILE", "the scope; default: one that allows nothing yet"},
    {0},
};

const struct args_command cmd_campaign_new_args = {
    "campaign new", "[OPTION]... FOLDER|URL",
    "Makes an empty campaign. A FOLDER, which must not be there yet, gets a database,\n"
    "campaign.db, a folder for evidence, and two files for you to fill in: scope, who\n"
    "may be tested on whose authority, and optout, who wants no tests; and rules.lua,\n"
    "when who is written to and tested again. A URL,\n"
    "postgresql://USER@HOST/DATABASE, names a database that must be there; the\n"
    "password stands in ~/.pgpass, or in a file that PGPASSFILE names.",
    options,
    "Who is held out is decided by a keyed hash of the address, so that it is chance,\n"
    "stays so, and nobody can reckon it without the campaign's key.\n"
    "\n"
    "Exit status: 0 it is made, 1 it is not, 2 wrong usage.\n"};

enum { PATH_MOST = 4096, TEXT_MOST = 4 * 1024 * 1024, HUNDRED_PERCENT = 10000 };

struct making {
    const char *place;
    const char *scope; /* or NULL */
    struct store_new about;
    char name[STORE_CAMPAIGN_NAME + 1];
};

/* "10%", "2.5", "0.01%": in parts of 10,000. */
static bool parse_percent(const char *text, unsigned *out)
{
    char *end;
    double value = strtod(text, &end);
    if (end == text || (*end && strcmp(end, "%") != 0) || !(value >= 0 && value <= 100) ||
        strpbrk(text, "xXnN"))
        return false;
    *out = (unsigned)(value * HUNDRED_PERCENT / 100 + 0.5);
    return true;
}

/* What the place is called, without what leads there. */
static void name_of(struct making *m)
{
    char shown[STORE_PLACE_SHOWN];
    struct bytes p = bytes_of(store_place_text(m->place, shown));
    while (p.n > 1 && p.p[p.n - 1] == '/')
        p.n--;
    size_t from = p.n;
    while (from > 0 && p.p[from - 1] != '/')
        from--;
    snprintf(m->name, sizeof m->name, "%.*s", (int)(p.n - from), (const char *)p.p + from);
}

static bool path_in(char out[PATH_MOST], const struct making *m, const char *file)
{
    return snprintf(out, PATH_MOST, "%s/%s", m->place, file) < PATH_MOST;
}

/* One of the files that a new campaign has: the operator's own where he gave one, else ours. */
static bool read_file(const struct making *m, const char *name, struct buf *out, struct fail *fail)
{
    char path[64];
    if (m->scope && strcmp(name, "scope") == 0)
        return file_read_regular(m->scope, out, fail);
    snprintf(path, sizeof path, "data/campaign/%s", name);
    const struct embedded *file = embedded_find(path);
    return file && buf_put(out, file->content);
}

static const char *const files[] = {"scope", "optout", "rules.lua"};

static bool make_file(const struct making *m, const char *name, struct fail *fail)
{
    char path[PATH_MOST];
    struct buf text = buf_new(TEXT_MOST);
    bool ok = read_file(m, name, &text, fail) && path_in(path, m, name) &&
              file_create(path, buf_view(&text), fail);
    buf_free(&text);
    return ok;
}

static bool make_folder(const struct making *m, struct fail *fail)
{
    char path[PATH_MOST];
    if (!path_in(path, m, "evidence"))
        return fail_errno(fail, ENAMETOOLONG, m->place);
    if (mkdir(m->place, 0700) != 0)
        return fail_errno(fail, errno, m->place);
    return file_directory(path, fail);
}

static bool make_files(const struct making *m, struct fail *fail)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof files / sizeof files[0]; i++)
        ok = make_file(m, files[i], fail);
    return ok;
}

/* A fleet's texts are where all its machines find them. */
static bool put_texts(const struct making *m, struct store *s, struct fail *fail)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof files / sizeof files[0]; i++) {
        struct buf text = buf_new(TEXT_MOST);
        ok = read_file(m, files[i], &text, fail) &&
             store_text_put(s, files[i], buf_view(&text), m->about.now, fail);
        buf_free(&text);
    }
    return ok;
}

static bool check_scope(const char *path, struct fail *fail)
{
    struct scope *scope = scope_load(path, fail);
    scope_free(scope);
    return scope != NULL;
}

static bool make(const struct making *m, struct fail *fail)
{
    bool shared = store_is_shared(m->place);
    if (m->scope && !check_scope(m->scope, fail))
        return false;
    /* The database comes last: where it is, all is. */
    if (!shared && (!make_folder(m, fail) || !make_files(m, fail)))
        return false;
    struct store *s = store_create(m->place, &m->about, fail);
    bool ok = s && (!shared || put_texts(m, s, fail));
    store_close(s);
    return ok;
}

static void take_option(struct args *args, int which, struct making *m)
{
    if (which == OPT_NAME && (!args->value[0] || strlen(args->value) > STORE_CAMPAIGN_NAME))
        args_wrong(args, "a name has 1 to %d bytes", STORE_CAMPAIGN_NAME);
    else if (which == OPT_NAME)
        m->about.name = args->value;
    else if (which == OPT_SCOPE)
        m->scope = args->value;
    else if (which == OPT_HOLDOUT && !parse_percent(args->value, &m->about.holdout))
        args_wrong(args, "--holdout: '%s' is no percentage from 0 to 100", args->value);
}

int cmd_campaign_new(int argc, char **argv)
{
    struct args args;
    struct fail fail = {0};
    struct making m = {.about.now = loop_now()};
    args_begin(&args, &cmd_campaign_new_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        take_option(&args, which, &m);
    if (args.status != ARGS_GO_ON)
        return args.status;
    m.place = args_only_operand(&args, "FOLDER|URL");
    if (!m.place)
        return args.status;
    name_of(&m);
    if (!m.about.name)
        m.about.name = m.name;
    return make(&m, &fail) ? 0 : complain("campaign new", &fail);
}
