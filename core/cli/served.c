#include "cli/served.h"

#include "cli/again.h"
#include "cli/choice.h"
#include "cli/complain.h"
#include "sim/sim.h"
#include "tape/object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool copy(char *out, size_t room, struct bytes from)
{
    if (from.n >= room || (from.n > 0 && memchr(from.p, '\0', from.n)))
        return false;
    if (from.n > 0)
        memcpy(out, from.p, from.n);
    out[from.n] = '\0';
    return true;
}

static bool read_expects(json_t *expects, struct served *out)
{
    const char *probe;
    json_t *verdict;
    json_object_foreach(expects, probe, verdict)
    {
        struct scenario_expect *e = &out->expects[out->expect_count];
        if (out->expect_count == SCENARIO_EXPECTS ||
            !copy(e->probe, sizeof e->probe, bytes_of(probe)) ||
            !verdict_parse(bytes_at(json_string_value(verdict), json_string_length(verdict)),
                           &e->verdict))
            return false;
        out->expect_count++;
    }
    return true;
}

bool served_read(struct bytes line, struct served *out)
{
    json_t *object = object_load(line);
    *out = (struct served){.expect_count = 0};
    bool ok = object && copy(out->id, sizeof out->id, object_text(object, "id")) && out->id[0] &&
              copy(out->name, sizeof out->name, object_text(object, "name")) &&
              addr_parse(object_text(object, "target"), &out->at) && out->at.port > 0 &&
              addr_is_loopback(&out->at) && read_expects(json_object_get(object, "expects"), out);
    json_decref(object);
    return ok;
}

static bool keep(struct served_list *list, const struct served *one)
{
    struct served *more =
        list->count < SIMULATED_MOST ? realloc(list->all, (list->count + 1) * sizeof *more) : NULL;
    if (!more)
        return false;
    list->all = more;
    more[list->count++] = *one;
    return true;
}

static bool read_lines(struct served_list *list, FILE *in, struct fail *fail)
{
    char *line = NULL;
    size_t size = 0;
    bool ok = true;
    ssize_t n;
    while (ok && (n = getline(&line, &size, in)) >= 0) {
        struct served one;
        ok = served_read(bytes_at(line, (size_t)n), &one) && keep(list, &one);
    }
    free(line);
    return ok || fail_set(fail, "EPROTO", "the scenarios can't be listed: a broken line");
}

int served_list(struct served_list *out, const char *command, char *const *operands,
                const char *const *choices, unsigned net)
{
    char number[16];
    struct fail fail;
    struct again again = {0};
    struct again_words w = {.list = {"ajar", "sim", "--json", "--net"}, .count = 4};
    snprintf(number, sizeof number, "%u", net ? net : SIM_NET);
    again_say(&w, number);
    for (; *choices; choices++)
        if (choice_is_path(*choices))
            again_say(&w, "--probe"), again_say(&w, *choices);
    again_say(&w, "--"), again_say(&w, "list");
    for (; *operands; operands++)
        again_say(&w, *operands);
    if (!again_start(&again, &w, NULL, &fail))
        return complain(command, &fail);
    bool ok = read_lines(out, again.out, &fail);
    int status = again_end(&again);
    return ok ? status : complain(command, &fail);
}

void served_free(struct served_list *list)
{
    free(list->all);
}
