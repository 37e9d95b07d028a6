/* ajar sim: simulated servers on loopback. */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/script_fault.h"
#include "cli/sim_check.h"
#include "cli/sim_process.h"
#include "cli/simulated.h"
#include "cli/sink_place.h"

#include "base/json.h"
#include "sim/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPTION_SINK,
    OPTION_NET,
    OPTION_FOR,
    OPTION_PROBE,
    OPTION_JSON,
    PROBES_MOST = 16,
    PATH_MOST = 4096
};

static const struct args_option options[] = {
    [OPTION_SINK] = {"sink", 0, "ADDR:PORT[,PORT...]",
                     "where open relays deliver mail: the sink of ajar probe, as there"},
    [OPTION_NET] = {"net", 0, "N", "listen on 127.0.N.x; default 77"},
    [OPTION_FOR] = {"for", 0, "SECONDS", "end by itself after this time"},
    [OPTION_PROBE] =
        {"probe", 'p', "PROBE",
         "check: try these, as ajar probe takes them; default: those of which something "
         "is expected; list, too: a script of your own (FILE.lua); repeatable"},
    [OPTION_JSON] = {"json", 0, NULL, "list, check: one JSON object a line"},
    {0},
};

const struct args_command cmd_sim_args = {
    "sim", "[OPTION]... [list | check] [SCENARIO]...",
    "Serves simulated mail servers and proxies on loopback: open, closed and devious,\n"
    "each on an address of its own: those that a SCENARIO means (an id, a glob, or\n"
    "FILE.lua, all of a script of your own), or all. `ajar sim list` names them, with\n"
    "the verdict that is right; `ajar sim check` probes them and says which verdicts\n"
    "are not as expected.",
    options,
    "Exit status: 0 it ran to the end (check: and every verdict is as expected), 1 it\n"
    "failed (check: or one is not), 2 wrong usage.\n"};

struct sim_command {
    struct simulated simulated;
    struct scripts probes;
    const char *choices[PROBES_MOST + 1];
    char *const *names; /* what the scenarios are chosen by */
    struct addr sink;
    struct ways ways;
    long net;
    bool wants_list;
    bool json;
    span limit;
};

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
    if (info->name[0])
        json_put_member_text(&line, "name", info->name);
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
    const struct simulated *s = &c->simulated;
    for (size_t i = 0; i < s->count; i++) {
        const struct scenario_info *info = scenarios_at(s->scenarios, s->chosen[i]);
        struct addr at = sim_address_of(s->scenarios, s->chosen[i], (unsigned)c->net);
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

/* While it serves: "FILE.lua:3:1: ID: WORDS", where editors lead to, without its calls. */
static void on_error(void *arg, const char *scenario, const char *text)
{
    (void)arg;
    unsigned line = 0;
    char path[PATH_MOST];
    const char *calls = strstr(text, "stack traceback:");
    const char *end = strstr(text, ".lua:");
    if (end && calls && end > calls)
        end = NULL;
    snprintf(path, sizeof path, "%.*s", end ? (int)(end - text) + 4 : 0, text);
    const char *words = end ? script_fault_words(text, path, &line) : text;
    int n = calls ? (int)(calls - words) : (int)strlen(words);
    while (n > 0 && (words[n - 1] == '\n' || words[n - 1] == ' '))
        n--;
    if (line > 0)
        fprintf(stderr, "%s:%u:1: %s: %.*s\n", path, line, scenario, n, words);
    else
        fprintf(stderr, "ajar sim: %s: %.*s\n", scenario, n, words);
}

static int serve(const struct sim_command *c, struct loop *loop, const struct sockets *sockets)
{
    char text[ADDR_TEXT];
    struct fail fail;
    struct scenarios *all = c->simulated.scenarios;
    struct sim_options o = {.sockets = sockets,
                            .sink = c->sink,
                            .ways = c->ways,
                            .net = (unsigned)c->net,
                            .chosen = c->simulated.chosen,
                            .chosen_count = c->simulated.count,
                            .on_error = on_error};
    struct sim *sim = sim_new(loop, all, &o, &fail);
    if (!sim)
        return complain("sim", &fail);
    for (size_t i = 0; i < o.chosen_count; i++) {
        struct addr at = sim_address(sim, i);
        printf("%s %s\n", addr_text(&at, text), scenarios_at(all, o.chosen[i])->id);
    }
    fflush(stdout);
    loop_run(loop);
    sim_free(sim);
    return 0;
}

/* In the confined process. */
static int list_or_serve(void *arg, struct loop *loop, const struct sockets *sockets)
{
    struct sim_command *c = arg;
    struct fail fail;
    if (!simulated_load(&c->simulated, &c->probes, &fail) ||
        !simulated_choose(&c->simulated, c->names, &fail))
        return complain("sim", &fail);
    return c->wants_list ? list(c) : serve(c, loop, sockets);
}

static void tell_prose(const char *path, const char *words)
{
    (void)path;
    complain_words("sim", 1, words);
}

/* As `ajar pack check` does: where editors lead to. */
static void tell_place(const char *path, const char *text)
{
    unsigned line = 1;
    const char *words = script_fault_words(text, path, &line);
    fprintf(stderr, "%s:%u:1: %s\n", path, line, words);
}

static int run(struct sim_command *c, struct args *args, const char *sink_text)
{
    struct fail fail;
    if (sink_text && !sink_place_parse(sink_text, &c->sink, &c->ways))
        return args_wrong(args, "--sink: \"%s\" is no ADDR:PORT[,PORT...]", sink_text);
    const char *first = args->operand_count > 0 ? args->operands[0] : "";
    bool wants_check = strcmp(first, "check") == 0;
    c->wants_list = strcmp(first, "list") == 0;
    c->names = args->operands + (c->wants_list || wants_check);
    if (!scripts_load(&c->probes, c->choices, &fail))
        return complain("sim", &fail);
    if (!simulated_read(&c->simulated, c->names, &fail))
        return complain("sim", &fail);
    if (!simulated_try(&c->simulated, wants_check ? tell_place : tell_prose))
        return 1;
    if (wants_check)
        return sim_check(&(struct sim_check){.command = "sim",
                                             .probes = &c->probes,
                                             .operands = c->names,
                                             .choices = c->choices,
                                             .sink = sink_text,
                                             .net = (unsigned)c->net,
                                             .json = c->json});
    return sim_process_run(list_or_serve, c, c->limit);
}

static void take_probe(struct args *a, struct sim_command *c)
{
    size_t n = 0;
    while (c->choices[n])
        n++;
    if (n == PROBES_MOST)
        args_wrong(a, "at most %d times --probe", PROBES_MOST);
    else
        c->choices[n] = a->value;
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
        else if (which == OPTION_PROBE)
            take_probe(&args, c);
        else
            c->json = true;
    }
    int status = args.status == ARGS_GO_ON ? run(c, &args, sink) : args.status;
    simulated_free(&c->simulated);
    scripts_free(&c->probes);
    free(c);
    return status;
}
