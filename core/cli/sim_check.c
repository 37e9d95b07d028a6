#include "cli/sim_check.h"

#include "base/json.h"
#include "base/text.h"
#include "cli/again.h"
#include "cli/choice.h"
#include "cli/complain.h"
#include "cli/script_error.h"
#include "cli/served.h"
#include "cli/wrap.h"
#include "net/dial.h"
#include "run/reason.h"
#include "sim/sim.h"
#include "tape/object.h"
#include "tape/record.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WAIT       "5"
#define TIMEOUT    "20"
#define BRIEF_WAIT "1"
#define MESSAGES   "1000" /* each probe's verdict is asked for, and the servers are our own */

enum { SINK_PORTS = 3, SINK_TEXT = 64, LINE_LIMIT = 64 * 1024, REASON_MOST = 1000 };
enum { ID_WIDTH = 26, PROBE_WIDTH = 24, VERDICT_WIDTH = 12, INDENT = 4 };

struct checking {
    const struct sim_check *check;
    const struct served_list *served;
    unsigned long verdicts;
    unsigned long wrong;
    unsigned long alone; /* by probes of one's own, of which the scenario says nothing */
};

/* As many ports that are free now: of each, `ajar probe` will say so if it is not any more. */
static bool find_sink(char text[SINK_TEXT], size_t ports, struct fail *fail)
{
    int held[SINK_PORTS];
    size_t n = 0;
    size_t at = (size_t)snprintf(text, SINK_TEXT, "127.0.0.1");
    for (; n < ports; n++) {
        struct addr a = {.family = ADDR_IPV4, .ip = {127, 0, 0, 1}};
        held[n] = listen_closed(&a, fail);
        if (held[n] < 0)
            break;
        at += (size_t)snprintf(text + at, SINK_TEXT - at, "%c%u", n == 0 ? ':' : ',', a.port);
    }
    bool ok = n == ports;
    while (n > 0)
        close(held[--n]);
    return ok;
}

static const struct scenario_expect *expected(const struct served *info, const char *name)
{
    for (unsigned i = 0; i < info->expect_count; i++)
        if (strcmp(info->expects[i].probe, name) == 0)
            return &info->expects[i];
    return NULL;
}

static bool is_relay(const struct sim_check *c, const char *id)
{
    for (size_t i = 0; i < c->probes->count; i++)
        if (strcmp(c->probes->infos[i].id, id) == 0)
            return c->probes->infos[i].relay;
    return false;
}

/* Is it built in? Then what a scenario does not name must find nothing open there. */
static bool is_builtin(const struct sim_check *c, const char *id)
{
    for (size_t i = 0; i < c->probes->count; i++)
        if (strcmp(c->probes->infos[i].id, id) == 0)
            return strncmp(c->probes->infos[i].pack, "builtin", strlen("builtin")) == 0;
    return false;
}

/* What the scenario expects of the probe: by its id, its kind, or of all; NULL: nothing is said. */
static const struct scenario_expect *expectation(const struct sim_check *c,
                                                 const struct served *info, const char *id)
{
    const struct scenario_expect *e = expected(info, id);
    if (!e && !(e = expected(info, is_relay(c, id) ? "relay" : "proxy")))
        e = expected(info, "*");
    return e;
}

/* Is a choice made among the probes, beside those of one's own and those that are left out? */
static bool any_chosen(const struct sim_check *c)
{
    for (const char *const *choice = c->choices; *choice; choice++)
        if (!choice_is_path(*choice) && (*choice)[0] != '!')
            return true;
    return false;
}

/* Does a scenario expect something of it? */
static bool is_wanted(const struct sim_check *c, const struct served_list *served, size_t i)
{
    for (size_t k = 0; k < served->count; k++)
        if (expectation(c, &served->all[k], c->probes->infos[i].id))
            return true;
    return false;
}

/* Without a choice: those of which something is expected, and those of one's own that are given. */
static bool is_tried(const struct sim_check *c, const struct served_list *served, size_t i)
{
    if (any_chosen(c))
        return scripts_meant(c->probes, i);
    return c->probes->chosen[i] || (is_wanted(c, served, i) && !c->probes->left_out[i]);
}

static void put_probes(struct again_words *w, const struct sim_check *c,
                       const struct served_list *served)
{
    for (size_t i = 0; !any_chosen(c) && i < c->probes->count; i++)
        if (is_tried(c, served, i) && !c->probes->chosen[i])
            again_say(w, "--probe"), again_say(w, c->probes->infos[i].id);
    for (const char *const *choice = c->choices; *choice; choice++)
        again_say(w, "--probe"), again_say(w, *choice);
}

static bool serve(struct again *sim, const struct sim_check *c, const struct served_list *served,
                  const char *sink, struct fail *fail)
{
    char net[16];
    char line[200];
    struct again_words w = {.list = {"ajar", "sim", "--sink", sink}, .count = 4};
    snprintf(net, sizeof net, "%u", c->net ? c->net : SIM_NET);
    again_say(&w, "--net"), again_say(&w, net);
    for (const char *const *choice = c->choices; *choice; choice++)
        if (choice_is_path(*choice))
            again_say(&w, "--probe"), again_say(&w, *choice);
    again_say(&w, "--");
    for (char *const *operand = c->operands; *operand; operand++)
        again_say(&w, *operand);
    bool ok = again_start(sim, &w, NULL, fail);
    /* It listens when it has named them all; else it has said why not. */
    for (size_t i = 0; ok && i < served->count; i++)
        ok = fgets(line, sizeof line, sim->out) ||
             fail_set(fail, "ESIM", "the scenarios can't be served");
    return ok;
}

/* The targets as a list of suspects has them. */
static FILE *list_targets(const struct served_list *served, struct fail *fail)
{
    FILE *list = tmpfile();
    if (!list) {
        fail_errno(fail, errno, "a temporary file");
        return NULL;
    }
    fputs("ip,port,hostname\n", list);
    for (size_t i = 0; i < served->count; i++) {
        char text[ADDR_TEXT];
        const struct served *info = &served->all[i];
        fprintf(list, "%s,%u,%s\n", addr_ip_text(&info->at, text), info->at.port, info->name);
    }
    if (fflush(list) == 0 && fseek(list, 0, SEEK_SET) == 0)
        return list;
    fail_errno(fail, errno, "a temporary file");
    fclose(list);
    return NULL;
}

/* It stands alone, and not in a chain of an operator's runs. */
static void put_evidence(struct again_words *w, const struct sim_check *c)
{
    if (!c->evidence)
        return;
    again_say(w, "--evidence"), again_say(w, c->evidence);
    again_say(w, "--key"), again_say(w, c->key);
    again_say(w, "--chain"), again_say(w, "none");
    if (c->quiet)
        again_say(w, "--quiet");
}

static bool probe(struct again *run, const struct sim_check *c, const struct served_list *served,
                  const char *sink, struct fail *fail)
{
    struct again_words w = {.list = {"ajar", "probe", "--json", "--sink", sink, "--wait",
                                     c->brief ? BRIEF_WAIT : WAIT, "--timeout", TIMEOUT,
                                     "--messages", MESSAGES, "-i", "-"},
                            .count = 13};
    FILE *list = list_targets(served, fail);
    put_evidence(&w, c);
    put_probes(&w, c, served);
    bool ok = list && again_start(run, &w, list, fail);
    if (list)
        fclose(list);
    return ok;
}

/* The scenario at a result's target, or NULL. */
static const struct served *scenario_of(const struct served_list *served, const json_t *result)
{
    struct addr at;
    const char *target = json_string_value(json_object_get(result, "target"));
    if (!target || !addr_parse_ip(bytes_of(target), &at))
        return NULL;
    at.port = (uint16_t)json_integer_value(json_object_get(result, "port"));
    for (size_t i = 0; i < served->count; i++)
        if (addr_equal(&served->all[i].at, &at))
            return &served->all[i];
    return NULL;
}

static struct bytes text_of(const json_t *result, const char *name)
{
    const json_t *text = json_object_get(result, name);
    return bytes_at(json_string_value(text), json_string_length(text));
}

static void print_json(const struct served *info, const struct scenario_expect *e,
                       const json_t *result, bool right, bool compared)
{
    struct buf line = buf_new(LINE_LIMIT);
    buf_put_byte(&line, '{');
    json_put_member_text(&line, "scenario", info->id);
    json_put_member(&line, "probe", text_of(result, "probe"));
    json_put_name(&line, "expected");
    if (e)
        json_put_string(&line, bytes_of(verdict_name(e->verdict)));
    else
        buf_put_text(&line, "null");
    json_put_member(&line, "verdict", text_of(result, "verdict"));
    json_put_member(&line, "reason", text_of(result, "reason"));
    json_put_name(&line, "right");
    buf_put_text(&line, !compared ? "null}\n" : right ? "true}\n" : "false}\n");
    fwrite(line.p, 1, line.n, stdout);
    buf_free(&line);
}

/* Did the script fail, so that the tape says how? Appends it. */
static bool read_error(const struct sim_check *c, const json_t *result, struct buf *tape)
{
    const char *id = json_string_value(json_object_get(result, "case"));
    return c->every && c->evidence && id && bytes_equal_text(text_of(result, "verdict"), "error") &&
           script_error_read(c->evidence, id, tape);
}

static void print_wrong(const struct sim_check *c, const struct served *info,
                        const struct scenario_expect *e, const json_t *result)
{
    struct buf tape = buf_new(TAPE_LIMIT);
    bool failed = read_error(c, result, &tape);
    struct buf text = buf_new(LINE_LIMIT);
    text_escape(&text, text_of(result, "probe"), PROBE_ID);
    printf("%-*s %-*s expected %s\n%*s", ID_WIDTH, info->id, PROBE_WIDTH, buf_text(&text),
           e ? verdict_name(e->verdict) : "nothing open", INDENT, "");
    buf_clear(&text);
    buf_put_text(&text, "got ");
    text_escape(&text, text_of(result, "verdict"), REASON_MOST);
    buf_put_text(&text, ": ");
    text_escape(&text, failed ? bytes_of("the script failed:") : text_of(result, "reason"),
                REASON_MOST);
    wrap_print(buf_text(&text), INDENT);
    script_error_print(buf_view(&tape), INDENT, true);
    if (reason_is_lost(text_of(result, "reason")))
        script_error_dialogue(buf_view(&tape), INDENT);
    buf_free(&text);
    buf_free(&tape);
}

static void print_right(const struct served *info, const json_t *result, bool compared)
{
    struct buf text = buf_new(LINE_LIMIT);
    text_escape(&text, text_of(result, "probe"), PROBE_ID);
    printf("%-*s %-*s ", ID_WIDTH, info->id, PROBE_WIDTH, buf_text(&text));
    buf_clear(&text);
    text_escape(&text, text_of(result, "verdict"), REASON_MOST);
    printf("%-*s %s\n", VERDICT_WIDTH, buf_text(&text),
           compared ? "as expected" : "nothing is expected of it");
    buf_free(&text);
}

/* How it came to a verdict that is wrong: each step with its line of the tape. */
static void print_steps(const json_t *result)
{
    size_t i;
    const json_t *step;
    json_array_foreach(json_object_get(result, "steps"), i, step)
    {
        struct buf text = buf_new(LINE_LIMIT);
        text_escape(&text, text_of(step, "say"), REASON_MOST);
        printf("%*s%4" JSON_INTEGER_FORMAT "  ", INDENT, "",
               json_integer_value(json_object_get(step, "line")));
        wrap_print(buf_text(&text), INDENT + 6);
        buf_free(&text);
    }
}

static void compare(struct checking *k, json_t *result)
{
    const char *id = json_string_value(json_object_get(result, "probe"));
    const struct served *info = scenario_of(k->served, result);
    enum verdict verdict = VERDICT_ERROR;
    if (!id || !info)
        return;
    const struct scenario_expect *e = expectation(k->check, info, id);
    bool right = verdict_parse(text_of(result, "verdict"), &verdict) &&
                 (e ? verdict == e->verdict : verdict != VERDICT_OPEN && verdict != VERDICT_ERROR);
    bool compared = e || verdict == VERDICT_ERROR || is_builtin(k->check, id);
    if (k->check->on_result)
        k->check->on_result(k->check->arg, info->id, result);
    k->verdicts++;
    k->alone += !compared;
    k->wrong += compared && !right;
    if (k->check->silent)
        return;
    if (k->check->json)
        print_json(info, e, result, right, compared);
    else if (compared && !right)
        print_wrong(k->check, info, e, result);
    else if (k->check->every)
        print_right(info, result, compared);
    if (k->check->every && compared && !right)
        print_steps(result);
}

struct result {
    json_t *object;
};

/* By scenario, and then by probe. */
static int in_order(const void *a, const void *b, void *arg)
{
    const struct result *one = a;
    const struct result *other = b;
    const struct checking *k = arg;
    const struct served *x = scenario_of(k->served, one->object);
    const struct served *y = scenario_of(k->served, other->object);
    if (x != y)
        return x < y ? -1 : 1;
    struct bytes id = text_of(one->object, "probe");
    struct bytes second = text_of(other->object, "probe");
    size_t n = id.n < second.n ? id.n : second.n;
    return n > 0 ? memcmp(id.p, second.p, n) : 0;
}

/* As they come; where every one is shown, when all have come. */
static void read_results(struct checking *k, FILE *in)
{
    char *line = NULL;
    size_t size = 0;
    size_t count = 0;
    struct result *results = NULL;
    while (getline(&line, &size, in) >= 0) {
        json_t *result = object_load(bytes_of(line));
        struct result *more = realloc(results, (count + 1) * sizeof *more);
        if (!result || !more) { /* it will be missing */
            json_decref(result);
            results = more ? more : results;
            continue;
        }
        results = more;
        results[count++].object = result;
        if (!k->check->every)
            compare(k, result);
    }
    if (k->check->every && count > 0)
        qsort_r(results, count, sizeof *results, in_order, k);
    for (size_t i = 0; i < count; i++) {
        if (k->check->every)
            compare(k, results[i].object);
        json_decref(results[i].object);
    }
    free(results);
    free(line);
}

static size_t count_tried(const struct sim_check *c, const struct served_list *served)
{
    size_t n = 0;
    for (size_t i = 0; i < c->probes->count; i++)
        n += is_tried(c, served, i);
    return n;
}

/* The last words; gives the exit status. */
static int conclude(const struct checking *k, int probe_status)
{
    const struct sim_check *c = k->check;
    size_t scenarios = k->served->count;
    size_t probes = count_tried(c, k->served);
    unsigned long missing = probes * scenarios - k->verdicts;
    if (!c->json && !c->silent)
        printf("%zu scenario%s, %zu probe%s: %lu verdict%s, %lu not as expected", scenarios,
               scenarios == 1 ? "" : "s", probes, probes == 1 ? "" : "s", k->verdicts,
               k->verdicts == 1 ? "" : "s", k->wrong);
    if (!c->json && !c->silent && k->alone > 0)
        printf(", %lu of which nothing is expected", k->alone);
    if (!c->json && !c->silent)
        putchar('\n');
    if (missing > 0)
        fprintf(stderr, "ajar %s: %lu results are missing\n", c->command, missing);
    return probe_status != 0 || k->wrong > 0 || missing > 0;
}

/* Ctrl-C goes to the commands too: `ajar probe` ends with what it has, and that is compared. */
static void on_interrupt(int number)
{
    (void)number;
}

static void outlive_interrupt(void)
{
    struct sigaction act = {.sa_handler = on_interrupt, .sa_flags = SA_RESTART};
    sigaction(SIGINT, &act, NULL);
}

/* The exit status. */
static int check_served(struct checking *k)
{
    const struct sim_check *check = k->check;
    struct again sim = {0};
    struct again run = {0};
    struct fail fail;
    char sink[SINK_TEXT];
    const char *at = check->sink ? check->sink : sink;
    if (count_tried(check, k->served) == 0)
        return complain_words(check->command, 2,
                              "no scenario expects anything of a probe: choose some with "
                              "--probe");
    size_t ports = check->brief ? 1 : SINK_PORTS;
    bool ok = (check->sink || find_sink(sink, ports, &fail)) &&
              serve(&sim, check, k->served, at, &fail) && probe(&run, check, k->served, at, &fail);
    outlive_interrupt();
    if (ok)
        read_results(k, run.out);
    int status = ok ? conclude(k, again_end(&run)) : complain(check->command, &fail);
    if (sim.pid > 0)
        kill(sim.pid, SIGTERM);
    again_end(&sim);
    return status;
}

int sim_check(const struct sim_check *check)
{
    struct served_list served = {0};
    struct checking k = {.check = check, .served = &served};
    int status = served_list(&served, check->command, check->operands, check->choices, check->net);
    if (status == 0)
        status = check_served(&k);
    served_free(&served);
    return status;
}
