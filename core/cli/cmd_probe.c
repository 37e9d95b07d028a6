/* ajar probe: are these servers open? And ajar run, the same with one script; ajar repl, with one that is typed. */
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/probe_run.h"
#include "cli/repl.h"
#include "cli/repl_kept.h"
#include "net/loop.h"

typedef int (*options_reader)(struct probe_options *o, int argc, char **argv);

static int run_command(options_reader read, int argc, char **argv)
{
    struct probe_options options;
    int status = read(&options, argc, argv);
    return status == ARGS_GO_ON ? probe_run(&options, NULL, NULL) : status;
}

int cmd_probe(int argc, char **argv)
{
    return run_command(probe_options_read, argc, argv);
}

/* One script, for who is writing it. */
int cmd_run(int argc, char **argv)
{
    return run_command(probe_options_read_run, argc, argv);
}

/* Before any key is read. `kept` is for the bundle's path, where none was named. */
static struct repl *open_repl(struct probe_options *o, char kept[REPL_KEPT_PATH], struct fail *fail)
{
    o->kept = !o->bundle;
    if (o->kept && !repl_kept_place(kept, o->operands[0], loop_now(), fail)) {
        fail_prefix(fail, "the session can't be kept (--evidence BUNDLE names a place)");
        return NULL;
    }
    o->bundle = o->kept ? kept : o->bundle;
    struct repl *repl = repl_new(o->proxy, o->timeout + o->wait, fail);
    if (repl)
        o->choices[0] = repl_path(repl);
    return repl;
}

int cmd_repl(int argc, char **argv)
{
    struct probe_options options;
    struct fail fail;
    char kept[REPL_KEPT_PATH];
    int status = probe_options_read_repl(&options, argc, argv);
    if (status != ARGS_GO_ON)
        return status;
    struct repl *repl = open_repl(&options, kept, &fail);
    if (!repl)
        return complain("repl", &fail);
    status = probe_run(&options, NULL, repl);
    repl_free(repl);
    return status;
}
