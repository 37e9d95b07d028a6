#include "script/declaration.h"

#include "base/text.h"
#include "script/bind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const category_names[] = {"safe", "thorough", "intrusive"};

const char *probe_category_name(enum probe_category category)
{
    return category_names[category];
}

bool probe_category_parse(struct bytes name, enum probe_category *out)
{
    for (unsigned i = 0; i < PROBE_CATEGORIES; i++)
        if (bytes_equal_text(name, category_names[i])) {
            *out = (enum probe_category)i;
            return true;
        }
    return false;
}

static void copy_text(char *to, struct bytes from)
{
    memcpy(to, from.p ? (const char *)from.p : "", from.n);
    to[from.n] = '\0';
}

/* A text of the table at `index`; a view into it. */
static struct bytes text_field(lua_State *L, int index, const char *name, size_t most)
{
    size_t n = 0;
    lua_getfield(L, index, name);
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
    lua_pop(L, 1); /* the table holds it */
    if (!text || n > most || !text_is_printable(bytes_at(text, n)))
        luaL_error(L, "the script must return ajar.probe { … }");
    return bytes_at(text, n);
}

/* "relay/third-party" */
static bool is_id(struct bytes id)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t slash = bytes_index(id, '/', 0);
    if (slash == BYTES_NOT_FOUND || slash == 0 || slash + 1 == id.n)
        return false;
    for (size_t i = 0; i < id.n; i++)
        if (i != slash && !memchr(letters, id.p[i], sizeof letters - 1))
            return false;
    return true;
}

static void read_ports(lua_State *L, int index, struct probe_info *info)
{
    lua_getfield(L, index, "ports");
    int n = lua_istable(L, -1) ? (int)lua_objlen(L, -1) : 0;
    if (n > PROBE_PORTS)
        luaL_error(L, "a probe may name %d ports", PROBE_PORTS);
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, i);
        lua_Number port = lua_tonumber(L, -1);
        if (!(port >= 1 && port <= UINT16_MAX))
            luaL_error(L, "a port is a number from 1 to 65535");
        info->ports[info->port_count++] = (uint16_t)port;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void read_categories(lua_State *L, int index, struct probe_info *info)
{
    lua_getfield(L, index, "categories");
    if (!lua_istable(L, -1) && !lua_isnil(L, -1))
        luaL_error(L, "categories must be a list: safe, thorough, intrusive");
    int n = lua_istable(L, -1) ? (int)lua_objlen(L, -1) : 0;
    for (int i = 1; i <= n; i++) {
        enum probe_category category = PROBE_SAFE;
        lua_rawgeti(L, -1, i);
        size_t size = 0;
        const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &size) : "";
        if (!probe_category_parse(bytes_at(name, size), &category))
            luaL_error(L, "a category is safe, thorough or intrusive");
        info->categories |= 1U << category;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    if (info->categories == 0)
        info->categories = 1U << PROBE_SAFE;
}

/* A bound of the argument on top of the stack. */
static void read_bound(lua_State *L, const struct argument *a, const char *name, double *bound)
{
    lua_getfield(L, -1, name);
    if (!lua_isnil(L, -1)) {
        double value = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
        if (!(value >= a->least && value <= a->most) || a->type == ARGUMENT_BOOLEAN)
            luaL_error(L, "args.%s: %s is no bound of its type", a->name, name);
        *bound = value;
    }
    lua_pop(L, 1);
}

/* The default of the argument on top of the stack. */
static void read_default(lua_State *L, struct argument *a)
{
    static const int lua_types[] = {LUA_TBOOLEAN, LUA_TNUMBER, LUA_TNUMBER, LUA_TSTRING};
    struct argument_value *value = &a->preset;
    lua_getfield(L, -1, "default");
    bool fits = lua_type(L, -1) == lua_types[a->type];
    if (fits && a->type == ARGUMENT_STRING) {
        size_t n = 0;
        const char *text = lua_tolstring(L, -1, &n);
        fits = n < ARGUMENT_TEXT && strlen(text) == n;
        copy_text(value->text, bytes_at(text, fits ? n : 0));
    } else if (fits) {
        value->truth = lua_toboolean(L, -1);
        value->number = a->type == ARGUMENT_BOOLEAN ? 0 : lua_tonumber(L, -1);
    }
    if (!fits || !argument_accepts(a, value))
        luaL_error(L, "args.%s: default must be a value of its type, within its bounds", a->name);
    lua_pop(L, 1);
}

static void read_help(lua_State *L, struct argument *a)
{
    size_t n = 0;
    lua_getfield(L, -1, "help");
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
    if (!text || n >= ARGUMENT_HELP || !text_is_printable(bytes_at(text, n)))
        luaL_error(L, "args.%s: help must be one line of at most %d bytes", a->name,
                   ARGUMENT_HELP - 1);
    copy_text(a->help, bytes_at(text, n));
    lua_pop(L, 1);
}

static bool is_argument_name(struct bytes name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    for (size_t i = 0; i < name.n; i++)
        if (!memchr(letters, name.p[i], sizeof letters - 1))
            return false;
    return name.n > 0;
}

/* The name (at -2) and the description (at -1) of one argument. */
static void read_argument(lua_State *L, struct argument *a)
{
    size_t n = 0;
    const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tolstring(L, -2, &n) : NULL;
    if (!name || n >= ARGUMENT_NAME || !is_argument_name(bytes_at(name, n)))
        luaL_error(L, "args: a name is of a-z, 0-9 and _, at most %d", ARGUMENT_NAME - 1);
    copy_text(a->name, bytes_at(name, n));
    if (!lua_istable(L, -1))
        luaL_error(L, "args.%s must be { type = …, default = …, help = … }", a->name);
    lua_getfield(L, -1, "type");
    const char *type = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
    if (!type || !argument_type_parse(bytes_at(type, n), &a->type))
        luaL_error(L, "args.%s: type must be boolean, integer, number or string", a->name);
    lua_pop(L, 1);
    argument_bounds(a->type, &a->least, &a->most);
    read_bound(L, a, "min", &a->least);
    read_bound(L, a, "max", &a->most);
    read_default(L, a);
    read_help(L, a);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct argument *)a)->name, ((const struct argument *)b)->name);
}

static void read_arguments(lua_State *L, int index, struct arguments *all)
{
    lua_getfield(L, index, "args");
    if (!lua_istable(L, -1) && !lua_isnil(L, -1))
        luaL_error(L, "args must be a table: { NAME = { type = …, default = …, help = … } }");
    if (lua_istable(L, -1))
        for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
            if (all->count == ARGUMENTS_MOST)
                luaL_error(L, "a probe may have %d arguments", ARGUMENTS_MOST);
            read_argument(L, &all->list[all->count++]);
        }
    lua_pop(L, 1);
    qsort(all->list, all->count, sizeof all->list[0], by_name);
}

void declaration_read(struct lua_State *L, int index, struct probe_info *info)
{
    if (!lua_istable(L, index))
        luaL_error(L, "the script must return ajar.probe { … }");
    copy_text(info->id, text_field(L, index, "id", sizeof info->id - 1));
    copy_text(info->summary, text_field(L, index, "summary", sizeof info->summary - 1));
    struct bytes kind = text_field(L, index, "kind", 5);
    info->relay = bytes_equal_text(kind, "relay");
    if (!is_id(bytes_of(info->id)) || !(info->relay || bytes_equal_text(kind, "proxy")))
        luaL_error(L, "the script must return ajar.probe { … }");
    read_ports(L, index, info);
    read_categories(L, index, info);
    read_arguments(L, index, &info->arguments);
}

static bool is_printable(const char *text)
{
    return text_is_printable(bytes_of(text));
}

static bool argument_holds(const struct argument *a)
{
    double least = 0;
    double most = 0;
    argument_bounds(a->type, &least, &most);
    return is_argument_name(bytes_of(a->name)) && is_printable(a->help) && a->least >= least &&
           a->most <= most && argument_accepts(a, &a->preset);
}

bool declaration_holds(const struct probe_info *info)
{
    bool holds = is_id(bytes_of(info->id)) && is_printable(info->summary) &&
                 info->port_count <= PROBE_PORTS && info->categories > 0 &&
                 info->categories < 1U << PROBE_CATEGORIES &&
                 info->arguments.count <= ARGUMENTS_MOST;
    for (unsigned i = 0; holds && i < info->port_count; i++)
        holds = info->ports[i] > 0;
    for (unsigned i = 0; holds && i < info->arguments.count; i++)
        holds = argument_holds(&info->arguments.list[i]);
    return holds;
}
