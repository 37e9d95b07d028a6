#include "script/typed.h"

#include "script/probes.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>

struct typed typed_new(void (*said)(void *arg, enum typed_said what, struct bytes text), void *arg)
{
    return (struct typed){.said = said, .arg = arg, .line = buf_new(TYPED_LINE)};
}

void typed_free(struct typed *s)
{
    buf_free(&s->line);
}

bool typed_give(struct typed *s, struct bytes chunk, struct probe_run *run)
{
    if (!s->asked || s->given || s->over || !buf_put(&s->line, chunk))
        return false;
    s->given = true;
    probe_run_wake(run);
    return true;
}

bool typed_end(struct typed *s, struct probe_run *run)
{
    if (!s->asked || s->given || s->over)
        return false;
    s->over = true;
    probe_run_wake(run);
    return true;
}

/* ---- what is typed ---- */

struct checked {
    struct bytes text;
    const char *name;
    bool unfinished;
};

static int load(lua_State *L)
{
    struct checked *c = lua_touserdata(L, 1);
    if (luaL_loadbufferx(L, (const char *)c->text.p, c->text.n, c->name, "t") == 0)
        return 0;
    c->unfinished = bytes_ends(bytes_of(lua_tostring(L, -1)), "near '<eof>'");
    return lua_error(L);
}

enum typed_text typed_check(struct vm *vm, const char *name, struct bytes text, unsigned line,
                            struct fail *why)
{
    char chunk[64];
    struct buf moved = buf_new(2 * TYPED_LINE);
    snprintf(chunk, sizeof chunk, "@%s", name);
    while (line-- > 1)
        buf_put_byte(&moved, '\n');
    buf_put(&moved, text);
    buf_put_byte(&moved, '\n'); /* a string in quotes does not go on behind it */
    struct checked c = {.text = buf_view(&moved), .name = chunk};
    enum typed_text is = TYPED_WRONG;
    if (moved.overflow)
        fail_set(why, "ELIMIT", "the session is longer than a script may be");
    else if (vm_protected(vm, load, &c, why))
        is = TYPED_WHOLE;
    else if (c.unfinished)
        is = TYPED_UNFINISHED;
    buf_free(&moved);
    return is;
}
