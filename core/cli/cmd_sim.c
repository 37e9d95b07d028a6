/* ajar sim: simulated servers on loopback. */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/file.h"
#include "cli/near.h"
#include "cli/sink_place.h"

#include "base/embedded.h"
#include "base/hash.h"
#include "base/json.h"
#include "sim/sim.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_SINK, OPTION_NET, OPTION_FOR, OPTION_JSON, SCRIPTS = 100, CHOSEN = 1000 };

static const struct args_option options[] = {
    [OPTION_SINK] = {"sink", 0, "ADDR:PORT[,PORT...]",
                     "where open relays deliver mail: the sink of ajar probe, as there"},
    [OPTION_NET] = {"net", 0, "N", "listen on 127.0.N.x; default 77"},
    [OPTION_FOR] = {"for", 0, "SECONDS", "end by itself after this time"},
    [OPTION_JSON] = {"json", 0, NULL, "list: one JSON object a line"},
    {0},
};

const struct args_command cmd_sim_args = {
    "sim", "[OPTION]... [list | SCENARIO...] [FILE.lua...]",
    "Serves simulated mail servers and proxies on loopback: open, closed and devious,\n"
    "each on an address of its own. Without a name it serves all. `ajar sim list`\n"
    "names them, with the verdict that is right. FILE.lua is a script of your own:\n"
    "its scenarios are served too.",
    options, NULL};

struct sim_command {
    struct scenarios *scenarios;
    struct loop *loop;
    size_t chosen[CHOSEN];
    size_t count;
    size_t own_from; /* the first scenario that came from a file and is not chosen yet */
    long net;
    bool json;
    span limit;
};

static bool is_file(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && strcmp(name + n - 4, ".lua") == 0;
}

/* The built-in scenarios, and behind them those of the files among the operands. */
static struct scenarios *load(char *const *operands, struct fail *fail)
{
    struct script_source sources[SCRIPTS];
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    size_t count = 0;
    for (size_t i = 0; i < n && count < SCRIPTS; i++)
        if (strncmp(list[i].path, "scripts/sim/", 12) == 0)
            sources[count++] = (struct script_source){list[i].path, "builtin", list[i].content};
    struct buf texts[SCRIPTS];
    size_t first = count;
    bool ok = true;
    for (; ok && *operands; operands++) {
        if (!is_file(*operands) || count == SCRIPTS)
            continue;
        texts[count] = buf_new(vm_limits_default().source);
        ok = file_read(*operands, &texts[count], fail);
        sources[count] = (struct script_source){*operands, "own", buf_view(&texts[count])};
        count++;
    }
    struct scenarios *s = ok ? scenarios_new(sources, count, sim_hooks(), fail) : NULL;
    for (size_t i = first; i < count; i++)
        buf_free(&texts[i]);
    return s;
}

static void print_expects(const struct scenario_info *info, const char *separator)
{
    for (unsigned i = 0; i < info->expect_count; i++)
        printf("%s%s %s", i == 0 ? "" : separator, info->expects[i].probe,
               verdict_name(info->expects[i].verdict));
}

static void print_json(const struct scenario_info *info, const struct addr *at)
{
    char text[ADDR_TEXT];
    struct buf line = buf_new(8192);
    buf_put_byte(&line, '{');
    json_put_member_text(&line, "id", info->id);
    json_put_member_text(&line, "target", addr_text(at, text));
    json_put_member_text(&line, "summary", info->summary);
    json_put_name(&line, "expects");
    buf_put_byte(&line, '{');
    for (unsigned i = 0; i < info->expect_count; i++)
        json_put_member_text(&line, info->expects[i].probe, verdict_name(info->expects[i].verdict));
    buf_put_text(&line, "}}\n");
    fwrite(line.p, 1, line.n, stdout);
    buf_free(&line);
}

static int list(const struct sim_command *c)
{
    char text[ADDR_TEXT];
    for (size_t i = 0; i < scenarios_count(c->scenarios); i++) {
        const struct scenario_info *info = scenarios_at(c->scenarios, i);
        struct addr at = sim_address_of(c->scenarios, i, (unsigned)c->net);
        if (c->json) {
            print_json(info, &at);
            continue;
        }
        printf("%-18s %-18s %s\n%38s", info->id, addr_text(&at, text), info->summary, "");
        print_expects(info, "\n                                      ");
        putchar('\n');
    }
    return 0;
}

static void on_error(void *arg, const char *scenario, const char *text)
{
    (void)arg;
    const char *calls = strstr(text, "stack traceback:");
    fprintf(stderr, "ajar sim: %s: %.*s\n", scenario, calls ? (int)(calls - text) : -1, text);
}

static void on_signal(void *arg)
{
    loop_stop(arg);
}

static size_t count_builtin(const struct scenarios *scenarios)
{
    size_t n = 0;
    while (n < scenarios_count(scenarios) && !scenarios_at(scenarios, n)->own)
        n++;
    return n;
}

/* All scenarios that came with files, once. */
static void choose_own(struct sim_command *c)
{
    for (size_t i = c->own_from; i < scenarios_count(c->scenarios) && c->count < CHOSEN; i++)
        c->chosen[c->count++] = i;
    c->own_from = scenarios_count(c->scenarios);
}

static bool refuse(const struct sim_command *c, const char *name, struct fail *fail)
{
    struct near near = near_to(name);
    for (size_t i = 0; i < scenarios_count(c->scenarios); i++)
        near_try(&near, scenarios_at(c->scenarios, i)->id);
    if (near.best)
        return fail_set(fail, "EUSAGE", "there is no scenario \"%s\"; did you mean \"%s\"?", name,
                        near.best);
    return fail_set(fail, "EUSAGE", "there is no scenario \"%s\"; `ajar sim list` names them",
                    name);
}

/* `list`, and perhaps files whose scenarios are listed too. */
static bool wants_list(char *const *operands)
{
    bool wants = *operands && strcmp(*operands, "list") == 0;
    for (operands += wants; wants && *operands; operands++)
        wants = is_file(*operands);
    return wants;
}

static bool choose(struct sim_command *c, char *const *names, struct fail *fail)
{
    if (!*names)
        for (size_t i = 0; i < scenarios_count(c->scenarios) && c->count < CHOSEN; i++)
            c->chosen[c->count++] = i;
    for (; *names; names++) {
        if (is_file(*names)) {
            choose_own(c);
            continue;
        }
        int index = scenarios_find(c->scenarios, bytes_of(*names));
        if (index < 0 || c->count == CHOSEN)
            return refuse(c, *names, fail);
        c->chosen[c->count++] = (size_t)index;
    }
    return true;
}

static bool serve(struct sim_command *c, const struct addr *sink, const struct ways *ways,
                  struct fail *fail)
{
    char text[ADDR_TEXT];
    struct sim_options o = {.sink = *sink,
                            .ways = *ways,
                            .net = (unsigned)c->net,
                            .chosen = c->chosen,
                            .chosen_count = c->count,
                            .on_error = on_error};
    struct sim *sim = (c->loop = loop_new(fail)) ? sim_new(c->loop, c->scenarios, &o, fail) : NULL;
    if (!sim)
        return false;
    for (size_t i = 0; i < c->count; i++) {
        struct addr at = sim_address(sim, i);
        printf("%s %s\n", addr_text(&at, text), scenarios_at(c->scenarios, c->chosen[i])->id);
    }
    fflush(stdout);
    struct timer *end = timer_new(c->loop, on_signal, c->loop);
    if (end && c->limit > 0)
        timer_start(end, c->limit);
    loop_on_signal(c->loop, SIGINT, on_signal, c->loop);
    loop_on_signal(c->loop, SIGTERM, on_signal, c->loop);
    loop_run(c->loop);
    timer_free(end);
    sim_free(sim);
    return true;
}

static int run(struct sim_command *c, struct args *args, const char *sink_text)
{
    struct fail fail;
    struct addr sink = {0};
    struct ways ways = {0};
    if (sink_text && !sink_place_parse(sink_text, &sink, &ways))
        return args_wrong(args, "--sink: \"%s\" is no ADDR:PORT[,PORT...]", sink_text);
    if (!(c->scenarios = load(args->operands, &fail)))
        return complain("sim", &fail);
    if (wants_list(args->operands))
        return list(c);
    c->own_from = count_builtin(c->scenarios);
    if (!choose(c, args->operands, &fail))
        return complain("sim", &fail);
    return serve(c, &sink, &ways, &fail) ? 0 : complain("sim", &fail);
}

int cmd_sim(int argc, char **argv)
{
    struct args args;
    struct sim_command *c = calloc(1, sizeof *c);
    const char *sink = NULL;
    if (!c)
        return complain_words("sim", 1, "out of memory");
    args_begin(&args, &cmd_sim_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;) {
        if (which == OPTION_SINK)
            sink = args.value;
        else if (which == OPTION_NET)
            args_number(&args, 1, 254, &c->net);
        else if (which == OPTION_FOR)
            args_seconds(&args, 0, 86400 * SPAN_SECOND, &c->limit);
        else
            c->json = true;
    }
    int status = args.status == ARGS_GO_ON ? run(c, &args, sink) : args.status;
    scenarios_free(c->scenarios);
    loop_free(c->loop);
    free(c);
    return status;
}
