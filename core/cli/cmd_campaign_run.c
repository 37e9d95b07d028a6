/* ajar campaign run: what is due in a campaign is tested. The options and the help are in probe_options.c. */
#include "cli/campaign_commands.h"
#include "cli/complain.h"
#include "cli/ledger.h"
#include "cli/probe_args.h"
#include "store/store_policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SCOPE_MOST = 4 * 1024 * 1024 };

struct campaign_run {
    struct probe_options options;
    struct scripts scripts;
    struct ledger ledger;
};

static bool name_files(struct campaign_run *c, struct fail *fail)
{
    const struct probe_options *o = &c->options;
    struct ledger *l = &c->ledger;
    if (store_is_shared(o->campaign) && !o->folder)
        return fail_set(fail, "EUSAGE",
                        "--folder is missing: where this machine keeps the campaign's evidence");
    l->folder = o->folder ? o->folder : o->campaign;
    if (!campaign_path(l->scope_path, l->folder, "scope", fail) ||
        !campaign_path(l->optout_path, l->folder, "optout", fail))
        return false;
    if (o->scope_path)
        snprintf(l->scope_path, sizeof l->scope_path, "%s", o->scope_path);
    return true;
}

/* Of a fleet: the texts that all its machines have, as files of this one. */
static bool fetch_text(struct store *s, const char *name, const char *path, struct fail *fail)
{
    int64_t version = 0;
    struct buf text = buf_new(SCOPE_MOST);
    bool ok = store_text_get(s, name, &text, &version, fail);
    FILE *file = ok && version > 0 ? fopen(path, "w") : NULL;
    if (ok && version > 0)
        ok = (file && fwrite(text.p, 1, text.n, file) == text.n && fclose(file) == 0) ||
             fail_set(fail, "EFILE", "%s can't be written", path);
    buf_free(&text);
    return ok;
}

static bool fetch_texts(const struct campaign_run *c, struct fail *fail)
{
    const struct ledger *l = &c->ledger;
    if (!store_is_shared(c->options.campaign))
        return true;
    if (!campaign_folder_make(l->folder, fail))
        return false;
    struct store *s = store_open(c->options.campaign, fail);
    bool ok = s && (c->options.scope_path || fetch_text(s, "scope", l->scope_path, fail)) &&
              fetch_text(s, "optout", l->optout_path, fail);
    store_close(s);
    return ok;
}

/* Mistakes are told before anything is begun. */
static bool check_scope(const struct campaign_run *c, struct fail *fail)
{
    struct scope *scope = scope_load(c->ledger.scope_path, fail);
    bool ok = scope && (!scope_is_beyond_loopback(scope) || c->options.mail_domain ||
                        fail_set(fail, "EUSAGE",
                                 "--mail-domain is missing: the domain whose mail comes to the "
                                 "sink"));
    scope_free(scope);
    return ok;
}

static bool load_scripts(struct campaign_run *c, struct fail *fail)
{
    const struct probe_options *o = &c->options;
    if (!scripts_load(&c->scripts, o->choices, fail))
        return false;
    scripts_drop_idle(&c->scripts);
    return probe_args_take(&c->scripts, o->arguments, o->thorough, fail);
}

static bool run(struct campaign_run *c, struct fail *fail)
{
    const struct probe_options *o = &c->options;
    struct ledger *l = &c->ledger;
    l->command = o->command;
    l->place = o->campaign;
    l->options = o;
    l->scripts = &c->scripts;
    l->rules = (struct ledger_rules){.attempts = (unsigned)o->attempts,
                                     .retry_after = o->retry_after,
                                     .cases = (unsigned long)o->shift_cases,
                                     .shift = o->shift,
                                     .lease = 60 * SPAN_SECOND,
                                     .stay = o->stay};
    return name_files(c, fail) && fetch_texts(c, fail) && check_scope(c, fail) &&
           load_scripts(c, fail) && ledger_run(l, fail);
}

static void say_end(const struct campaign_run *c)
{
    const struct ledger *l = &c->ledger;
    if (!c->options.quiet)
        ledger_say(l, "%lu tests are finished%s; %lu are to be tried again later", l->finished,
                   l->stopping ? ", and the rest waits for the next run" : "", l->later);
}

int cmd_campaign_run(int argc, char **argv)
{
    struct fail fail = {0};
    struct campaign_run *c = calloc(1, sizeof *c);
    if (!c)
        return complain_words("campaign run", 1, "out of memory");
    int status = probe_options_read_campaign(&c->options, argc, argv);
    if (status == ARGS_GO_ON) {
        bool ok = run(c, &fail);
        say_end(c);
        status = ok ? 0 : complain(c->options.command, &fail);
    }
    scripts_free(&c->scripts);
    free(c);
    return status;
}
