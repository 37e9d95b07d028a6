#include "script/forms.h"

#include "base/json.h"
#include "base/text.h"
#include "script/bind.h"
#include "script/probes.h"

/* A member of the form on top of the stack: one line of text, or nothing where it may be missing. */
static void put_text(lua_State *L, int number, const char *name, size_t most, bool must,
                     struct buf *out)
{
    size_t n = 0;
    lua_getfield(L, -1, name);
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
    bool fits =
        text ? n <= most && text_is_printable(bytes_at(text, n)) : !must && lua_isnil(L, -1);
    if (!fits)
        luaL_error(L, "forms[%d].%s must be one line of at most %d bytes", number, name, (int)most);
    if (text)
        json_put_member(out, name, bytes_at(text, n));
    lua_pop(L, 1);
}

static void put_envelope(lua_State *L, int number, struct buf *out)
{
    lua_getfield(L, -1, "envelope");
    int lines = lua_istable(L, -1) ? (int)lua_objlen(L, -1) : 0;
    if (lines < 1 || lines > FORM_LINES)
        luaL_error(L, "forms[%d].envelope must be a list of 1 to %d lines", number, FORM_LINES);
    json_put_name(out, "envelope");
    for (int i = 1; i <= lines; i++) {
        size_t n = 0;
        lua_rawgeti(L, -1, i);
        const char *line = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
        if (!line || n > FORM_WORDS || !text_is_printable(bytes_at(line, n)))
            luaL_error(L, "forms[%d].envelope[%d] must be one line of at most %d bytes", number, i,
                       FORM_WORDS);
        buf_put_byte(out, i == 1 ? '[' : ',');
        json_put_string(out, bytes_at(line, n));
        lua_pop(L, 1);
    }
    buf_put_byte(out, ']');
    lua_pop(L, 1);
}

static void put_category(lua_State *L, int number, const char *usual, struct buf *out)
{
    enum probe_category category = PROBE_SAFE;
    size_t n = 0;
    lua_getfield(L, -1, "category");
    const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
    bool fits = name ? probe_category_parse(bytes_at(name, n), &category) : lua_isnil(L, -1);
    if (!fits)
        luaL_error(L, "forms[%d].category must be safe, thorough or intrusive", number);
    json_put_member_text(out, "category", name ? probe_category_name(category) : usual);
    lua_pop(L, 1);
}

/* The form on top of the stack. */
static void put_form(lua_State *L, int number, const char *usual, struct buf *out)
{
    if (!lua_istable(L, -1))
        luaL_error(L, "forms[%d] must be { id = …, name = …, envelope = …, shows = …, remedy = … }",
                   number);
    buf_put_byte(out, '{');
    put_text(L, number, "id", FORM_ID, true, out);
    put_text(L, number, "name", FORM_WORDS, true, out);
    put_envelope(L, number, out);
    put_text(L, number, "shows", FORM_WORDS, true, out);
    put_text(L, number, "cause", FORM_WORDS, false, out);
    put_text(L, number, "remedy", FORM_REMEDY, true, out);
    put_category(L, number, usual, out);
    buf_put_byte(out, '}');
}

void forms_read(struct lua_State *L, int index, const char *usual, struct buf *out)
{
    lua_getfield(L, index, "forms");
    if (!lua_istable(L, -1) && !lua_isnil(L, -1))
        luaL_error(L, "forms must be a list: { { id = …, name = …, … }, … }");
    int n = lua_istable(L, -1) ? (int)lua_objlen(L, -1) : 0;
    if (n > FORMS_MOST)
        luaL_error(L, "a probe may declare %d forms", FORMS_MOST);
    size_t begin = out->n;
    buf_put_byte(out, '[');
    for (int i = 1; i <= n; i++) {
        if (i > 1)
            buf_put_byte(out, ',');
        lua_rawgeti(L, -1, i);
        put_form(L, i, usual, out);
        lua_pop(L, 1);
        if (out->overflow || out->n - begin >= FORMS_LIMIT)
            luaL_error(L, "forms[%d]: all forms together have more than %d bytes", i, FORMS_LIMIT);
    }
    buf_put_byte(out, ']');
    lua_pop(L, 1);
}
