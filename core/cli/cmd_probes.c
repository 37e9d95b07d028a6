/* ajar probes: which probes there are. */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/scripts.h"

#include "base/json.h"

#include <stdio.h>

enum { OPTION_JSON };

static const struct args_option options[] = {
    [OPTION_JSON] = {"json", 0, NULL, "print one JSON object a line"},
    {0},
};

static const struct args_command command = {
    "probes", "[OPTION]...", "Lists the probes: id, kind, ports and what each detects.", options,
    NULL};

static void print_json(const struct probe_info *info)
{
    struct buf line = buf_new(4096);
    buf_put_byte(&line, '{');
    json_put_member_text(&line, "id", info->id);
    json_put_member_text(&line, "kind", info->relay ? "relay" : "proxy");
    json_put_member_text(&line, "pack", info->pack);
    json_put_member_text(&line, "summary", info->summary);
    json_put_name(&line, "ports");
    for (unsigned i = 0; i < info->port_count; i++)
        buf_printf(&line, "%s%u", i == 0 ? "[" : ",", info->ports[i]);
    buf_put_text(&line, info->port_count ? "]}\n" : "[]}\n");
    fwrite(line.p, 1, line.n, stdout);
    buf_free(&line);
}

static void print_row(const struct probe_info *info)
{
    printf("%-20s %-8s %s\n%20s ports", info->id, info->relay ? "relay" : "proxy", info->summary,
           "");
    for (unsigned i = 0; i < info->port_count; i++)
        printf(" %u%s", info->ports[i],
               i % 8 == 7 && i + 1 < info->port_count ? "\n                          " : "");
    putchar('\n');
}

int cmd_probes(int argc, char **argv)
{
    static const char *const none[] = {NULL};
    struct args args;
    struct fail fail;
    static struct scripts scripts;
    bool json = false;
    args_begin(&args, &command, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        json |= which == OPTION_JSON;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (!scripts_load(&scripts, none, &fail)) {
        fprintf(stderr, "ajar probes: %s\n", fail.text);
        return 1;
    }
    for (size_t i = 0; i < scripts.count; i++)
        json ? print_json(&scripts.infos[i]) : print_row(&scripts.infos[i]);
    scripts_free(&scripts);
    return 0;
}
