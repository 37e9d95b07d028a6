#include "cli/probe_args.h"

#include "base/json.h"
#include "cli/choice.h"

#include <stdlib.h>
#include <string.h>

enum { JSON_MOST = 4096 };

/* "relay/envelope.limit=3", in its parts; views into the text. */
struct given {
    const char *text;
    struct bytes probe; /* empty: all that know it */
    struct bytes name;
    struct bytes value;
};

/* What one probe is told. */
struct told {
    bool is[ARGUMENTS_MOST];
    struct argument_value values[ARGUMENTS_MOST];
};

static bool split(const char *text, struct given *out, struct fail *fail)
{
    struct bytes all = bytes_of(text);
    size_t equal = bytes_index(all, '=', 0);
    struct bytes left = bytes_slice(all, 0, equal);
    size_t dot =
        bytes_index(left, '/', 0) == BYTES_NOT_FOUND ? BYTES_NOT_FOUND : bytes_index(left, '.', 0);
    *out = (struct given){.text = text};
    if (equal == BYTES_NOT_FOUND || equal == 0)
        return fail_set(fail, "EARGUMENT", "--arg: \"%s\" is no NAME=VALUE or PROBE.NAME=VALUE",
                        text);
    out->name = dot == BYTES_NOT_FOUND ? left : bytes_slice(left, dot + 1, left.n);
    out->probe = dot == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(left, 0, dot);
    out->value = bytes_slice(all, equal + 1, all.n);
    return true;
}

static bool is_meant(const struct scripts *s, size_t i, const struct given *g)
{
    char pattern[PROBE_ID + 1];
    if (!scripts_meant(s, i))
        return false;
    if (g->probe.n == 0)
        return true;
    if (g->probe.n >= sizeof pattern)
        return false;
    memcpy(pattern, g->probe.p, g->probe.n);
    pattern[g->probe.n] = '\0';
    return choice_means(pattern, &s->infos[i]);
}

static bool take(const struct scripts *s, struct told *told, const struct given *g,
                 struct fail *fail)
{
    bool known = false;
    for (size_t i = 0; i < s->count; i++) {
        const struct arguments *declared = &s->infos[i].arguments;
        const struct argument *a = arguments_find(declared, g->name);
        if (!a || !is_meant(s, i, g))
            continue;
        size_t at = (size_t)(a - declared->list);
        known = told[i].is[at] = true;
        if (!argument_parse(a, g->value, &told[i].values[at], fail))
            return fail_prefix(fail, "--arg: %s", s->infos[i].id);
    }
    return known || fail_set(fail, "EARGUMENT",
                             "--arg %s: none of the chosen probes has this argument; "
                             "`ajar probes ID` shows what one has",
                             g->text);
}

static bool put(struct scripts *s, size_t i, const struct told *told)
{
    const struct arguments *declared = &s->infos[i].arguments;
    struct buf json = buf_new(JSON_MOST);
    buf_put_byte(&json, '{');
    for (unsigned k = 0; k < declared->count; k++) {
        if (!told->is[k])
            continue;
        json_put_name(&json, declared->list[k].name);
        argument_put_value(&json, declared->list[k].type, &told->values[k]);
    }
    buf_put_byte(&json, '}');
    bool any = json.n > 2;
    bool ok = !json.overflow;
    if (ok && any)
        s->args[i] = buf_view(&json); /* scripts_free gives it back */
    else
        buf_free(&json);
    return ok;
}

static bool take_all(const struct scripts *s, struct told *told, const char *const *texts,
                     bool of_one, struct fail *fail)
{
    bool ok = true;
    for (; ok && *texts; texts++) {
        struct given g;
        ok = split(*texts, &g, fail) && ((g.probe.n > 0) != of_one || take(s, told, &g, fail));
    }
    return ok;
}

bool probe_args_take(struct scripts *s, const char *const *texts, bool thorough, struct fail *fail)
{
    struct told *told = calloc(s->count + 1, sizeof *told);
    struct fail unknown;
    if (!told)
        return fail_set(fail, "ENOMEM", "out of memory");
    if (thorough)
        take(s, told,
             &(struct given){"", bytes_at(NULL, 0), bytes_of("thorough"), bytes_of("true")},
             &unknown);
    bool ok = take_all(s, told, texts, false, fail) && take_all(s, told, texts, true, fail);
    for (size_t i = 0; ok && i < s->count; i++)
        ok = put(s, i, &told[i]) || fail_set(fail, "ENOMEM", "out of memory");
    free(told);
    return ok;
}
