#include "script/compose.h"

#include "base/embedded.h"
#include "script/lua_json.h"
#include "script/vm.h"
#include "script/words.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEMORY = 32 * 1024 * 1024, SOURCE = 256 * 1024, LETTER_MOST = 1024 * 1024 };

/* A script of ours, and what it returned. */
enum part {
    ORDER,
    PROFILES,
    WORDING,
    CHOICE,
    LETTER_PARTS,
    ADVICE,
    ONESELF,
    REMEDIES,
    CAUSES,
    GROUP,
    PARTS
};

static const struct {
    const char *path;
    const char *name; /* under which the order's functions find it */
} parts[PARTS] = {
    [ORDER] = {"scripts/notice/letter.lua", NULL},
    [PROFILES] = {"scripts/notice/profile.lua", "profiles"},
    [WORDING] = {"scripts/notice/wording.lua", "wording"},
    [CHOICE] = {"scripts/notice/choice.lua", "choice"},
    [LETTER_PARTS] = {"scripts/notice/part.lua", "parts"},
    [ADVICE] = {"scripts/notice/advice.lua", "advice"},
    [ONESELF] = {"scripts/notice/oneself.lua", "oneself"},
    [REMEDIES] = {"scripts/notice/remedy.lua", "remedies"},
    [CAUSES] = {"scripts/notice/cause.lua", "causes"},
    [GROUP] = {"scripts/notice/group.lua", "group"},
};

struct compose {
    struct vm *vm;
    const struct compose_ground *ground;
    int parts[PARTS];
    int languages; /* code = what lang/CODE.lua returned, or, until it is needed, what data/languages.json has of it */
    int letters;     /* a list of { name, letter = what it returned } */
    int profile;     /* what the ground has of it, once that was asked for */
    struct buf text; /* a value's JSON */
    char fell_back[COMPOSE_TAG];
};

/* --- Calling ----------------------------------------------------------------------------------- */

struct call {
    struct compose *c;
    const char *function; /* "check", "usable", "speaks", "faults", "texts" or "write" */
    const char *name;     /* the profile's, for "check" */
    int profile;          /* what it returned, for "check" */
    json_t *facts;        /* for "write" */
    json_t *result;       /* array; what is given is its only element; NULL: nothing is */
    struct buf *row;      /* for "write": what is given goes here (script/words.h) */
    char missing[16];     /* for "write": the language that must be loaded first */
};

/* The table on top gets a member. */
static void set_ref(lua_State *L, const char *name, int ref)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, ref);
    lua_setfield(L, -2, name);
}

static void set_text(lua_State *L, const char *name, const char *text)
{
    lua_pushstring(L, text);
    lua_setfield(L, -2, name);
}

static void set_json(lua_State *L, const char *name, json_t *value)
{
    lua_json_push(L, value);
    lua_setfield(L, -2, name);
}

/* What the operator chose. */
static void set_ground(lua_State *L, struct compose *c)
{
    const struct compose_ground *ground = c->ground;
    if (ground->language)
        set_text(L, "language", ground->language);
    if (ground->tone)
        set_text(L, "tone", ground->tone);
    if (ground->profile && !c->profile) {
        lua_json_push(L, ground->profile);
        c->profile = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    if (c->profile)
        set_ref(L, "profile", c->profile);
}

#define TOO_LONG "the wording gives over %d bytes for one letter"

/* What argument i is a string of, or nothing. */
static void put_argument(lua_State *L, int i, struct buf *out)
{
    size_t n = 0;
    const char *text = lua_tolstring(L, i, &n);
    if (text)
        buf_put(out, bytes_at(text, n));
}

/* json(value, before, behind): its text, between these where they are given. For the order alone: no letter sees it. */
static int give_json(lua_State *L)
{
    struct buf *text = lua_touserdata(L, lua_upvalueindex(1));
    buf_clear(text);
    lua_settop(L, 3);
    put_argument(L, 2, text);
    lua_pushvalue(L, 1);
    lua_json_put(L, text);
    put_argument(L, 3, text);
    if (text->overflow) {
        lua_pushfstring(L, TOO_LONG, LETTER_MOST);
        return lua_error(L);
    }
    lua_pushlstring(L, (const char *)text->p, text->n);
    return 1;
}

/* What is on top of the stack as a JSON text behind its length: a string is one. [-0, +0, em] */
static void put_text(lua_State *L, struct buf *out)
{
    size_t n = 0;
    size_t at = out->n;
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
    buf_put_u32(out, (uint32_t)n);
    if (text) {
        buf_put(out, bytes_at(text, n));
        return;
    }
    lua_json_put(L, out);
    if (out->overflow)
        return;
    n = out->n - at - 4;
    for (unsigned i = 0; i < 4; i++)
        out->p[at + i] = (unsigned char)(n >> (24 - 8 * i));
}

/* The words on top of the stack, without their blocks, and then each of these; or what is missing. [-0, +0, em] */
static void put_words(lua_State *L, struct call *call)
{
    struct buf *out = call->row;
    lua_getfield(L, -1, "missing");
    snprintf(call->missing, sizeof call->missing, "%s",
             lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "");
    lua_pop(L, 1);
    if (call->missing[0])
        return;
    lua_getfield(L, -1, "blocks");
    lua_pushnil(L);
    lua_setfield(L, -3, "blocks");
    lua_pushvalue(L, -2);
    put_text(L, out);
    lua_pop(L, 1);
    for (int i = 1; i <= (int)lua_objlen(L, -1) && !out->overflow; i++) {
        lua_rawgeti(L, -1, i);
        put_text(L, out);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* Calls a function of letter.lua with one table of all it needs. */
static int call_order(lua_State *L)
{
    struct call *call = lua_touserdata(L, 1);
    struct compose *c = call->c;
    lua_rawgeti(L, LUA_REGISTRYINDEX, c->parts[ORDER]);
    lua_getfield(L, -1, call->function);
    lua_newtable(L);
    for (int i = ORDER + 1; i < PARTS; i++)
        set_ref(L, parts[i].name, c->parts[i]);
    set_ref(L, "languages", c->languages);
    set_ref(L, "letters", c->letters);
    set_ground(L, c);
    lua_pushlightuserdata(L, &c->text);
    lua_pushcclosure(L, give_json, 1);
    lua_setfield(L, -2, "json");
    if (call->profile)
        set_ref(L, "profile", call->profile);
    if (call->name)
        set_text(L, "name", call->name);
    if (call->facts)
        set_json(L, "facts", call->facts);
    lua_call(L, 1, 1);
    if (call->result)
        lua_json_keep(L, call->result);
    if (call->row)
        put_words(L, call);
    return 0;
}

static json_t *ask_once(struct call *call, struct fail *fail)
{
    json_t *given = NULL;
    call->result = json_array();
    if (!call->result)
        fail_set(fail, "ENOMEM", "no memory for a letter");
    else if (vm_protected(call->c->vm, call_order, call, fail))
        given = json_incref(json_array_get(call->result, 0));
    json_decref(call->result);
    return given;
}

/* --- Loading ----------------------------------------------------------------------------------- */

static int new_table(lua_State *L)
{
    int *ref = lua_touserdata(L, 1);
    lua_newtable(L);
    *ref = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

/* A member of a table that is held by its reference. */
struct member {
    int table;
    const char *name;
    int index; /* 0: it is by its name; else { name, letter } by this */
    int ref;
};

static int add_member(lua_State *L)
{
    struct member *m = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, m->table);
    if (!m->index) {
        set_ref(L, m->name, m->ref);
        return 0;
    }
    lua_newtable(L);
    set_text(L, "name", m->name);
    set_ref(L, "letter", m->ref);
    lua_rawseti(L, -2, m->index);
    return 0;
}

static bool load_member(struct vm *vm, struct bytes text, const char *name, struct member *m,
                        struct fail *fail)
{
    if (!vm_load(vm, text, name, &m->ref, fail))
        return false;
    bool ok = vm_protected(vm, add_member, m, fail);
    vm_release(vm, m->ref);
    return ok;
}

/* "nb" of "lang/nb.lua"; false for what is no language. */
static bool language_code(const char *path, char out[16])
{
    size_t n = strlen(path);
    if (strncmp(path, "lang/", 5) != 0 || n < 5 + 2 + 4 || strchr(path + 5, '/'))
        return false;
    n -= 5 + 4;
    if (n >= 16)
        return false;
    memcpy(out, path + 5, n);
    out[n] = '\0';
    return true;
}

static bool load_language(struct compose *c, const struct embedded *file, const char *code,
                          struct fail *fail)
{
    struct member m = {.table = c->languages, .name = code};
    return load_member(c->vm, file->content, file->path, &m, fail);
}

/* What is known of a language before it is loaded. */
struct unloaded {
    int table;
    const char *code;
    json_t *row;
};

static int add_unloaded(lua_State *L)
{
    struct unloaded *u = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, u->table);
    lua_json_push(L, u->row);
    lua_pushboolean(L, true);
    lua_setfield(L, -2, "unloaded");
    lua_setfield(L, -2, u->code);
    return 0;
}

static json_t *row_of(const json_t *table, const char *code)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(table, "languages"), i, row)
    {
        const char *text = json_string_value(json_object_get(row, "code"));
        if (text && strcmp(text, code) == 0)
            return row;
    }
    return NULL;
}

/* English, of which all others take something, and any that is in no table; the others are loaded when they are needed. */
static bool load_languages(struct compose *c, struct fail *fail)
{
    const struct embedded *list = NULL;
    const struct embedded *file = embedded_find("data/languages.json");
    json_t *table =
        file ? json_loadb((const char *)file->content.p, file->content.n, 0, NULL) : NULL;
    size_t n = embedded_list(&list);
    bool ok = vm_protected(c->vm, new_table, &c->languages, fail);
    for (size_t i = 0; ok && i < n; i++) {
        char code[16];
        if (!language_code(list[i].path, code))
            continue;
        struct unloaded unloaded = {c->languages, code, row_of(table, code)};
        ok = unloaded.row && strcmp(code, "en") != 0
                 ? vm_protected(c->vm, add_unloaded, &unloaded, fail)
                 : load_language(c, &list[i], code, fail);
    }
    json_decref(table);
    return ok;
}

/* By its code, in place of what was known of it. */
static bool load_missing(struct compose *c, const char *missing, struct fail *fail)
{
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    for (size_t i = 0; i < n; i++) {
        char code[16];
        if (language_code(list[i].path, code) && strcmp(code, missing) == 0)
            return load_language(c, &list[i], code, fail);
    }
    return fail_set(fail, "ENOENT", "no language '%s' is built into this program", missing);
}

/* What the function gives, once all is loaded that it takes; NULL: see fail. */
static json_t *ask(struct call *call, struct fail *fail)
{
    enum { LANGUAGES_MOST = 64 };
    for (unsigned i = 0; i < LANGUAGES_MOST; i++) {
        json_t *given = ask_once(call, fail);
        const json_t *missing = json_object_get(given, "missing");
        if (!json_is_string(missing))
            return given;
        bool loaded = load_missing(call->c, json_string_value(missing), fail);
        json_decref(given);
        if (!loaded)
            return NULL;
    }
    fail_set(fail, "ESCRIPT", "the letters' order asks for ever more languages");
    return NULL;
}

/* Anew, whatever they did before. */
static bool load_letters(struct compose *c, struct fail *fail)
{
    const struct compose_ground *g = c->ground;
    if (c->letters)
        vm_release(c->vm, c->letters);
    c->letters = 0;
    bool ok = vm_protected(c->vm, new_table, &c->letters, fail);
    for (size_t i = 0; ok && i < g->letter_count && i < COMPOSE_LETTERS; i++) {
        struct member m = {.table = c->letters, .name = g->letters[i].name, .index = (int)i + 1};
        ok = load_member(c->vm, g->letters[i].text, g->letters[i].name, &m, fail);
        if (!ok && !vm_compiles(c->vm, g->letters[i].text))
            fail->code = "ESYNTAX";
    }
    return ok;
}

static bool load_parts(struct compose *c, struct fail *fail)
{
    for (int i = 0; i < PARTS; i++) {
        const struct embedded *e = embedded_find(parts[i].path);
        if (!e)
            return fail_set(fail, "ENOENT", "%s is not built into this program", parts[i].path);
        if (!vm_load(c->vm, e->content, parts[i].path, &c->parts[i], fail))
            return false;
    }
    return true;
}

/* Without what was chosen being looked at. */
static struct compose *load(const struct compose_ground *ground, struct fail *fail)
{
    struct compose *c = calloc(1, sizeof *c);
    struct vm_limits limits = vm_limits_default();
    limits.memory = MEMORY;
    limits.source = SOURCE;
    if (!c) {
        fail_set(fail, "ENOMEM", "no memory for the letters' wording");
        return NULL;
    }
    c->ground = ground;
    c->text = buf_new(LETTER_MOST);
    c->vm = vm_new(&limits, fail);
    if (c->vm)
        vm_count_overtime(c->vm, NULL, NULL); /* a letter takes a few hundred microseconds */
    if (c->vm && load_parts(c, fail) && load_languages(c, fail) && load_letters(c, fail))
        return c;
    compose_free(c);
    return NULL;
}

/* --- For others -------------------------------------------------------------------------------- */

json_t *compose_profile(struct bytes text, const char *name, struct fail *fail)
{
    const struct compose_ground nothing = {.profile = NULL};
    json_t *given = NULL;
    struct compose *c = load(&nothing, fail);
    struct call call = {.c = c, .function = "check", .name = name};
    if (c && vm_load(c->vm, text, name, &call.profile, fail))
        given = ask(&call, fail);
    compose_free(c);
    return given;
}

struct compose *compose_new(const struct compose_ground *ground, struct fail *fail)
{
    struct compose *c = load(ground, fail);
    struct call usable = {.c = c, .function = "usable"};
    struct call speaks = {.c = c, .function = "speaks"};
    if (c && vm_protected(c->vm, call_order, &usable, fail)) {
        json_t *spoken = ask(&speaks, fail);
        const char *code = json_string_value(json_object_get(spoken, "fell_back"));
        snprintf(c->fell_back, sizeof c->fell_back, "%s", code ? code : "");
        json_decref(spoken);
        if (spoken)
            return c;
        if (strcmp(fail->code, "ESCRIPT") == 0)
            fail->code = "EUSAGE"; /* what there is depends on nothing but what was asked for */
    }
    compose_free(c);
    return NULL;
}

const char *compose_fell_back(const struct compose *c)
{
    return c->fell_back;
}

void compose_free(struct compose *c)
{
    if (!c)
        return;
    vm_free(c->vm);
    buf_free(&c->text);
    free(c);
}

bool compose_write(struct compose *c, json_t *facts, struct buf *row, struct fail *fail)
{
    struct call call = {.c = c, .function = "write", .facts = facts, .row = row};
    if (c->ground->letter_count > 0 && !load_letters(c, fail))
        return false;
    do {
        if ((call.missing[0] && !load_missing(c, call.missing, fail)) ||
            !vm_protected(c->vm, call_order, &call, fail))
            return false;
    } while (call.missing[0]);
    return !row->overflow || fail_set(fail, "ELIMIT", TOO_LONG, LETTER_MOST);
}

json_t *compose_letter(struct compose *c, json_t *facts, struct fail *fail)
{
    struct buf row = buf_new(LETTER_MOST);
    json_t *words = compose_write(c, facts, &row, fail) ? words_read(buf_view(&row), NULL) : NULL;
    if (!words && !fail->code)
        fail_set(fail, "ELIMIT", "the wording gives no letter, or one of over %d blocks",
                 WORDS_BLOCKS);
    buf_free(&row);
    return words;
}

/* What one of the order's functions says of the letters alone. */
static json_t *ask_of_letters(const struct compose_ground *ground, const char *function,
                              struct fail *fail)
{
    struct compose *c = load(ground, fail);
    struct call call = {.c = c, .function = function};
    json_t *given = c ? ask(&call, fail) : NULL;
    compose_free(c);
    return given;
}

json_t *compose_faults(const struct compose_ground *ground, struct fail *fail)
{
    return ask_of_letters(ground, "faults", fail);
}

json_t *compose_texts(const struct compose_ground *ground, struct fail *fail)
{
    return ask_of_letters(ground, "texts", fail);
}
