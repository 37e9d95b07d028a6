/* Faults in one script of a pack. */
#include "cli/pack_check.h"

#include "base/file.h"
#include "cli/script_fault.h"
#include "run/composing.h"
#include "run/inspect.h"
#include "script/annotations.h"
#include "script/lua_place.h"
#include "script/lua_token.h"
#include "script/powers.h"
#include "sim/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_MOST = 4096, NAME_SHOWN = 60 };

struct script_check {
    struct pack_check *of;
    const char *file;
    struct bytes text;
    const struct known_names *names;
};

/* ---- names ---- */

static void put_path(char out[], size_t size, const struct free_name *n, unsigned parts)
{
    size_t at = 0;
    for (unsigned i = 0; i < parts && at < size; i++)
        at += (size_t)snprintf(out + at, size - at, "%s%.*s", i ? "." : "",
                               n->parts[i].n < NAME_SHOWN ? (int)n->parts[i].n : NAME_SHOWN,
                               (const char *)n->parts[i].p);
}

/* A member of ajar that stands for a capability is there for packs that declare it. */
static void check_member(struct script_check *s, const struct free_name *n)
{
    enum capability c;
    if (n->count < 2) {
        s->of->used_else = true;
        return;
    }
    if (!powers_capability(n->parts[1], &c))
        return;
    s->of->used |= 1U << c;
    if (!(s->of->manifest.capabilities & 1U << c))
        pack_check_fault(s->of, s->file, n->line, n->column,
                         "ajar.%.*s takes the capability \"%s\", which pack.json does not declare",
                         (int)n->parts[1].n, (const char *)n->parts[1].p, capability_name(c));
}

static void check_annotation(struct script_check *s, const struct free_name *n)
{
    char shown[FREE_NAME_PARTS * (NAME_SHOWN + 1) + 1];
    if (n->written || n->count < 2)
        return;
    struct annotation a = annotations_of(s->of->annotations, n);
    if (a.since > s->of->manifest.api) {
        put_path(shown, sizeof shown, n, n->count);
        pack_check_fault(s->of, s->file, n->line, n->column,
                         "%s is there since API %u, and pack.json says \"api\": %u", shown, a.since,
                         s->of->manifest.api);
    }
    if (a.parts > 0) {
        put_path(shown, sizeof shown, n, a.parts);
        pack_check_warning(s->of, s->file, n->line, n->column, "%s is deprecated: %.*s", shown,
                           (int)a.deprecated.n, (const char *)a.deprecated.p);
    }
}

static void on_free_name(void *arg, const struct free_name *n)
{
    struct script_check *s = arg;
    char shown[FREE_NAME_PARTS * (NAME_SHOWN + 1) + 1];
    unsigned parts = known_names_parts(s->names, n);
    put_path(shown, sizeof shown, n, parts + (parts < n->count));
    if (n->written)
        pack_check_fault(s->of, s->file, n->line, n->column,
                         "'%s' is written as a global: make it local", shown);
    else if (parts == 0)
        pack_check_fault(s->of, s->file, n->line, n->column, "there is no global '%s'", shown);
    else if (parts < n->count)
        pack_check_fault(s->of, s->file, n->line, n->column, "there is no '%s'", shown);
    if (bytes_equal_text(n->parts[0], "ajar"))
        check_member(s, n);
    check_annotation(s, n);
}

static void look_at_names(struct script_check *s)
{
    if (!free_names_each(s->text, on_free_name, s))
        pack_check_fault(s->of, s->file, 1, 1,
                         "it has more blocks in each other, or more local "
                         "variables, than can be followed");
}

void pack_check_names(struct pack_check *c, const char *file, struct bytes text,
                      const struct known_names *names)
{
    struct script_check s = {c, file, text, names};
    look_at_names(&s);
}

/* ---- what the script says of itself ---- */

/* Where it declares its probe: "ajar.probe", "ajar.relay.probe"; the script's beginning where that is not to be found. */
static void find_declaration(struct bytes text, unsigned *line, unsigned *column)
{
    struct lua_tokens tokens = lua_tokens_of(text);
    struct lua_token t;
    bool point = false;
    *line = *column = 1;
    while (lua_tokens_next(&tokens, &t)) {
        if (point && t.kind == LUA_TOKEN_NAME && bytes_equal_text(t.text, "probe")) {
            *line = t.line;
            *column = t.column;
            return;
        }
        point = lua_token_is(&t, ".");
    }
}

static bool is_taken(const struct pack_check *c, const char *id, const char **by)
{
    for (size_t i = 0; i < c->builtin->count; i++)
        if (strcmp(c->builtin->infos[i].id, id) == 0) {
            *by = "a probe that is built in";
            return true;
        }
    *by = "another probe of this pack";
    for (unsigned i = 0; i < c->id_count; i++)
        if (strcmp(c->ids[i], id) == 0)
            return true;
    return false;
}

static void check_info(struct script_check *s, const struct probe_info *info)
{
    unsigned line = 1;
    unsigned column = 1;
    const char *by;
    struct pack_check *c = s->of;
    find_declaration(s->text, &line, &column);
    if (is_taken(c, info->id, &by))
        pack_check_fault(c, s->file, line, column, "the id \"%s\" is that of %s", info->id, by);
    if (info->summary[0] == '\0')
        pack_check_fault(c, s->file, line, column,
                         "%s has no summary: one line that says what is misconfigured", info->id);
    if (info->port_count == 0)
        pack_check_fault(c, s->file, line, column,
                         "%s names no ports: it would never be tried by itself", info->id);
    for (unsigned i = 0; i < info->arguments.count; i++)
        if (info->arguments.list[i].help[0] == '\0')
            pack_check_fault(c, s->file, line, column, "args.%s has no help",
                             info->arguments.list[i].name);
    snprintf(c->ids[c->id_count++], PROBE_ID, "%s", info->id);
}

/* "target.args.NAME", where `target` is what a probe is given: what is not declared is nil. */
static void check_arguments(struct script_check *s, const struct probe_info *info)
{
    static const char *const path[] = {"target", ".", "args", "."};
    enum { PATH = sizeof path / sizeof path[0] };
    struct lua_tokens tokens = lua_tokens_of(s->text);
    struct lua_token t;
    unsigned met = 0; /* of the path */
    bool field = false;
    while (lua_tokens_next(&tokens, &t)) {
        if (met == PATH && t.kind == LUA_TOKEN_NAME && !arguments_find(&info->arguments, t.text))
            pack_check_fault(s->of, s->file, t.line, t.column,
                             "there is no argument '%.*s': %s declares none of this name",
                             t.text.n < NAME_SHOWN ? (int)t.text.n : NAME_SHOWN,
                             (const char *)t.text.p, info->id);
        bool next = met < PATH && bytes_equal_text(t.text, path[met]);
        met = next ? met + 1 : bytes_equal_text(t.text, path[0]);
        if (met == 1 && field)
            met = 0;
        field = lua_token_is(&t, ".") || lua_token_is(&t, ":");
    }
}

/* ---- loading ---- */

/* A fault at the line that it names, or where the probe is declared. */
static void tell_error(struct script_check *s, const char *text)
{
    unsigned named = 0;
    unsigned line = 1;
    unsigned column = 1;
    const char *words = script_fault_words(text, s->file, &named);
    if (named == 0)
        find_declaration(s->text, &line, &column);
    pack_check_fault(s->of, s->file, named ? named : line, column, "%s", words);
}

/* What did not compile has no names. */
static void look_through(struct script_check *s, bool loaded, const struct fail *fail)
{
    if (!loaded)
        tell_error(s, fail->text);
    if (!loaded && strcmp(fail->code, "ESYNTAX") == 0) {
        s->of->used_else = true;
        return;
    }
    look_at_names(s);
}

bool pack_check_read(const struct pack_check *c, const char *file, struct buf *text,
                     struct fail *fail)
{
    char path[PATH_MOST];
    snprintf(path, sizeof path, "%s/%s", c->folder, file);
    return file_read_regular(path, text, fail);
}

bool pack_check_probe(struct pack_check *c, const char *file, struct fail *fail)
{
    static struct probe_info info;
    struct buf text = buf_new(PACK_FILE_LIMIT);
    bool ok = pack_check_read(c, file, &text, fail);
    if (ok) {
        struct script_check s = {c, file, buf_view(&text), c->probe_names};
        struct script_source source = {.name = file, .pack = "", .text = s.text};
        bool loaded = inspect_scripts(&source, 1, &info, NULL, fail);
        if (loaded) {
            check_info(&s, &info);
            check_arguments(&s, &info);
        }
        c->probes_hidden |= !loaded;
        look_through(&s, loaded, fail);
    }
    buf_free(&text);
    return ok;
}

bool pack_check_scenarios(struct pack_check *c, const char *file, struct fail *fail)
{
    struct buf text = buf_new(PACK_FILE_LIMIT);
    bool ok = pack_check_read(c, file, &text, fail);
    if (ok) {
        struct script_check s = {c, file, buf_view(&text), c->scenario_names};
        struct script_source source = {.name = file, .pack = "", .text = s.text};
        bool loaded = inspect_scenarios(&source, sim_hooks(), &c->scenarios, fail);
        c->scenarios_hidden |= !loaded;
        look_through(&s, loaded, fail);
    }
    buf_free(&text);
    return ok;
}

/* ---- letters ---- */

/* One of what the confined process has found, at its place in the file. */
static void tell_letter_fault(struct script_check *s, const json_t *fault)
{
    unsigned line;
    unsigned column;
    const char *path = json_string_value(json_object_get(fault, "path"));
    const char *words = json_string_value(json_object_get(fault, "words"));
    if (!path || !words)
        return;
    lua_place_find(s->text, path, &line, &column);
    pack_check_fault(s->of, s->file, line, column, "%s%s%s", path, path[0] ? ": " : "", words);
}

/* No two letters of a pack are of the same language and tone: which would be used? */
static void check_mark(struct script_check *s, const char *mark)
{
    unsigned line;
    unsigned column;
    struct pack_check *c = s->of;
    lua_place_find(s->text, "code", &line, &column);
    for (unsigned i = 0; i < c->letter_count; i++)
        if (mark[0] && strcmp(c->letter_marks[i], mark) == 0)
            pack_check_fault(c, s->file, line, column,
                             "another letter of this pack is in this language and tone");
    snprintf(c->letter_marks[c->letter_count++], LETTER_MARK, "%s", mark);
}

static void tell_letter(struct script_check *s, const json_t *answer)
{
    size_t i;
    const json_t *fault;
    const json_t *found = json_array_get(answer, 0);
    const char *mark = json_string_value(json_object_get(found, "is"));
    const json_t *faults = json_object_get(found, "faults");
    json_array_foreach(faults, i, fault)
    {
        tell_letter_fault(s, fault);
    }
    check_mark(s, mark ? mark : "");
}

bool pack_check_letter(struct pack_check *c, const char *file, struct fail *fail)
{
    struct buf text = buf_new(PACK_FILE_LIMIT);
    bool ok = pack_check_read(c, file, &text, fail);
    if (ok) {
        struct script_check s = {c, file, buf_view(&text), c->letter_names};
        const struct wording letter = {file, s.text};
        json_t *answer = composing_faults(&letter, 1, fail);
        if (answer)
            tell_letter(&s, answer);
        look_through(&s, answer != NULL, fail);
        json_decref(answer);
    }
    buf_free(&text);
    return ok;
}
