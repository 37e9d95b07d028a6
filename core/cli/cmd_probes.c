/* ajar probes: which probes there are, and what one can be told. */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/form_list.h"
#include "cli/scripts.h"
#include "cli/wrap.h"

#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_JSON, LINE_MOST = 1024 * 1024 };
enum { ID_WIDTH = 24, KIND_WIDTH = 6, CATEGORY_WIDTH = 10, INDENT = 4, LABEL_WIDTH = 12 };

static const struct args_option options[] = {
    [OPTION_JSON] = {"json", 'j', NULL, "print one JSON object a line"},
    {0},
};

const struct args_command cmd_probes_args = {
    "probes", "[OPTION]... [PROBE]...",
    "Lists the probes, or those that a PROBE means: relay, proxy, safe, thorough,\n"
    "intrusive, an id, a glob, the path of a script (FILE.lua) or of a pack\n"
    "(FILE.tar). Of a single one it says all: what it can be told by `ajar probe\n"
    "--arg`, and each form that it tries, with the misconfiguration that this shows\n"
    "and what closes it. So does --json of each.",
    options,
    "In a form stands in braces what a test fills in: {victim} our own mailbox,\n"
    "{vu}@{vd} its parts ({VU}, {VD} in capitals, {wide}, {stop} in other letters\n"
    "and dots), {sender}, {su} our sender, {host}, {rdns}, {ldom} the target's names,\n"
    "{ip} its address in brackets. A form is tried when its probe is; one that is\n"
    "called thorough, where the probe is not, with --thorough.\n"};

static void put_categories(struct buf *out, const struct probe_info *info, const char *separator)
{
    const char *before = "";
    for (unsigned i = 0; i < PROBE_CATEGORIES; i++)
        if (info->categories & 1U << i) {
            buf_printf(out, "%s%s", before, probe_category_name((enum probe_category)i));
            before = separator;
        }
}

static void put_ports(struct buf *out, const struct probe_info *info, const char *separator)
{
    for (unsigned i = 0; i < info->port_count; i++)
        buf_printf(out, "%s%u", i ? separator : "", info->ports[i]);
}

static void put_json_argument(struct buf *out, const struct argument *a)
{
    json_put_name(out, a->name);
    buf_put_byte(out, '{');
    json_put_member_text(out, "type", argument_type_name(a->type));
    json_put_name(out, "default");
    argument_put_value(out, a->type, &a->preset);
    if (a->type != ARGUMENT_BOOLEAN) {
        json_put_name(out, "min");
        argument_put_value(out, ARGUMENT_NUMBER, &(struct argument_value){.number = a->least});
        json_put_name(out, "max");
        argument_put_value(out, ARGUMENT_NUMBER, &(struct argument_value){.number = a->most});
    }
    json_put_member_text(out, "help", a->help);
    buf_put_byte(out, '}');
}

static void put_json(struct buf *out, const struct probe_info *info, struct bytes forms)
{
    buf_put_byte(out, '{');
    json_put_member_text(out, "id", info->id);
    json_put_member_text(out, "kind", info->relay ? "relay" : "proxy");
    json_put_name(out, "ports");
    buf_put_byte(out, '[');
    put_ports(out, info, ",");
    buf_put_byte(out, ']');
    json_put_name(out, "categories");
    buf_put_text(out, "[\"");
    put_categories(out, info, "\",\"");
    buf_put_text(out, "\"]");
    json_put_name(out, "args");
    buf_put_byte(out, '{');
    for (unsigned i = 0; i < info->arguments.count; i++)
        put_json_argument(out, &info->arguments.list[i]);
    buf_put_byte(out, '}');
    json_put_name(out, "forms");
    form_list_put_json(out, forms);
    json_put_member_text(out, "pack", info->pack);
    json_put_member_text(out, "summary", info->summary);
    buf_put_text(out, "}\n");
}

static void print_json(const struct probe_info *info, struct bytes forms)
{
    struct buf line = buf_new(LINE_MOST);
    put_json(&line, info, forms);
    fwrite(line.p, 1, line.n, stdout);
    buf_free(&line);
}

/* As many ports as the line has room for. */
static void put_few_ports(struct buf *out, const struct probe_info *info, size_t width)
{
    char more[24] = "";
    for (unsigned i = 0; i < info->port_count; i++) {
        unsigned left = info->port_count - i - 1;
        char port[16];
        snprintf(port, sizeof port, "%s%u", i ? " " : "", info->ports[i]);
        snprintf(more, sizeof more, " and %u more", left);
        if (out->n + strlen(port) + (left ? strlen(more) : 0) > width) {
            buf_printf(out, " and %u more", left + 1);
            return;
        }
        buf_put_text(out, port);
    }
    if (info->port_count == 0)
        buf_put_text(out, "only where it is told");
}

static void print_row(const struct probe_info *info)
{
    struct buf categories = buf_new(LINE_MOST);
    struct buf ports = buf_new(LINE_MOST);
    put_categories(&categories, info, ",");
    size_t before = ID_WIDTH + KIND_WIDTH + CATEGORY_WIDTH + 3;
    size_t more = categories.n > CATEGORY_WIDTH ? categories.n - CATEGORY_WIDTH : 0;
    put_few_ports(&ports, info, WRAP_WIDTH - before - more);
    printf("%-*s %-*s %-*s %s\n%*s", ID_WIDTH, info->id, KIND_WIDTH,
           info->relay ? "relay" : "proxy", CATEGORY_WIDTH, buf_text(&categories), buf_text(&ports),
           INDENT, "");
    wrap_print(info->summary, INDENT);
    buf_free(&categories);
    buf_free(&ports);
}

static void print_label(const char *label, const char *text)
{
    printf("%-*s", LABEL_WIDTH, label);
    wrap_print(text, LABEL_WIDTH);
}

static void print_argument(const struct argument *a)
{
    struct buf text = buf_new(LINE_MOST);
    buf_printf(&text, "%s: ", a->help);
    argument_put_range(&text, a);
    buf_put_text(&text, "; default ");
    argument_put_value(&text, a->type, &a->preset);
    printf("  --arg %s=%s\n%*s", a->name, argument_type_name(a->type), LABEL_WIDTH, "");
    wrap_print(buf_text(&text), LABEL_WIDTH);
    buf_free(&text);
}

static void print_one(const struct probe_info *info, struct bytes forms)
{
    struct buf text = buf_new(LINE_MOST);
    print_label("id", info->id);
    print_label("summary", info->summary);
    print_label("kind", info->relay ? "relay" : "proxy");
    put_categories(&text, info, ", ");
    print_label("categories", buf_text(&text));
    buf_clear(&text);
    put_ports(&text, info, " ");
    print_label("ports", info->port_count ? buf_text(&text) : "none: it is tried where it is told");
    print_label("pack", info->pack);
    print_label("script", info->source_name);
    if (info->arguments.count > 0)
        puts("arguments");
    for (unsigned i = 0; i < info->arguments.count; i++)
        print_argument(&info->arguments.list[i]);
    form_list_print(forms);
    buf_free(&text);
}

static void print_all(const struct scripts *s, bool any, bool json)
{
    size_t count = 0;
    size_t last = 0;
    for (size_t i = 0; i < s->count; i++)
        if (!any || scripts_meant(s, i)) {
            count++;
            last = i;
        }
    if (!json && count == 1) {
        print_one(&s->infos[last], buf_view(&s->forms[last]));
        return;
    }
    if (!json)
        printf("%-*s %-*s %-*s PORTS\n", ID_WIDTH, "PROBE", KIND_WIDTH, "KIND", CATEGORY_WIDTH,
               "CATEGORIES");
    for (size_t i = 0; i < s->count; i++)
        if (!any || scripts_meant(s, i))
            json ? print_json(&s->infos[i], buf_view(&s->forms[i])) : print_row(&s->infos[i]);
}

int cmd_probes(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    bool json = false;
    args_begin(&args, &cmd_probes_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        json |= which == OPTION_JSON;
    if (args.status != ARGS_GO_ON)
        return args.status;
    struct scripts *scripts = calloc(1, sizeof *scripts);
    if (!scripts)
        return complain_words("probes", 1, "out of memory");
    int status = 0;
    if (scripts_load(scripts, (const char *const *)args.operands, &fail))
        print_all(scripts, args.operand_count > 0, json);
    else
        status = complain("probes", &fail);
    scripts_free(scripts);
    free(scripts);
    return status;
}
