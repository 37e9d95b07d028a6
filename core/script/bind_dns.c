/*
 * Questions to the DNS, about the target alone.
 *
 * A question reaches strangers: the resolver hands it on to whoever serves the name. So that no script tells
 * anybody anything in that way, it may ask only for names that the target or the DNS itself has named: the
 * target's name and those it gave itself, the name of its address, our own mail domain, and what earlier
 * answers held; and for the domains that these stand in.
 *
 * An answer with the target's own address shows that the name asked for is the target's: see conduct.h.
 */
#include "script/bind.h"

#include "proto/dns.h"

enum { SECONDS = 15, LABELS_LEAST = 2 };

/* The name, and the domains above it down to two labels. */
static void learn(struct task *t, struct bytes name)
{
    while (bytes_index(name, '.', 0) != BYTES_NOT_FOUND) {
        host_names_add(&task_lookups(t)->may_ask, name);
        name = bytes_slice(name, bytes_index(name, '.', 0) + 1, name.n);
    }
}

/* Who asks for PTR of an address asks for this name. */
static void learn_address(struct task *t, const struct addr *address)
{
    char name[DNS_NAME_TEXT];
    dns_reverse_name(address, name);
    host_names_add(&task_lookups(t)->may_ask, bytes_of(name));
}

static bool may_ask(struct task *t, struct bytes name)
{
    const struct task_facts *f = task_facts(t);
    const struct lookups *lookups = task_lookups(t);
    if (!lookups)
        return false;
    if (lookups->may_ask.list.n == 0) {
        learn_address(t, &f->target);
        learn(t, f->target_name);
        learn(t, f->run->mail_domain);
    }
    return host_names_have(&lookups->may_ask, name) || conduct_knows(task_conduct(t), name);
}

/* What an answer names may be asked for; and a name that leads to the target is its own. */
static void learn_answer(struct task *t, const struct dns_answer *answer, enum dns_type type)
{
    struct addr address;
    for (size_t i = 0; i < answer->count; i++) {
        if (type == DNS_PTR || type == DNS_MX) {
            learn(t, answer->records[i].text);
        } else if (type != DNS_TXT && addr_parse_ip(answer->records[i].text, &address)) {
            learn_address(t, &address);
            if (addr_equal_ip(&address, &task_facts(t)->target))
                conduct_led(task_conduct(t), bytes_of(task_lookups(t)->asked));
        }
    }
}

static enum world_state answer_step(struct task *t, struct await *a, struct fail *fail)
{
    return world_answered(task_world(t), a->deadline, &a->got.message, fail);
}

/* A list: of strings, for MX of {preference=, name=}. */
static void push_records(lua_State *L, const struct dns_answer *answer, enum dns_type type)
{
    lua_createtable(L, (int)answer->count, 0);
    for (size_t i = 0; i < answer->count; i++) {
        const struct dns_record *r = &answer->records[i];
        if (type == DNS_MX) {
            lua_createtable(L, 0, 2);
            bind_field(L, "name", r->text);
            bind_number_field(L, "preference", r->preference);
        } else {
            bind_push_bytes(L, r->text);
        }
        lua_rawseti(L, -2, (int)i + 1);
    }
}

/* Kept where no failing push can leak it. */
struct kept {
    struct dns_answer answer;
};

static int forget(lua_State *L)
{
    struct kept *kept = lua_touserdata(L, 1);
    dns_answer_free(&kept->answer);
    return 0;
}

/* An answer that Lua's collector frees, should it not come to that before. */
static struct kept *push_kept(lua_State *L)
{
    struct kept *kept = lua_newuserdata(L, sizeof *kept);
    memset(kept, 0, sizeof *kept);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, forget);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    return kept;
}

static int push_answer(lua_State *L, struct task *t, const struct await *a)
{
    enum dns_type type = (enum dns_type)a->number;
    struct fail fail;
    struct kept *kept = push_kept(L);
    if (!dns_answer_get(a->got.message, type, &kept->answer, &fail))
        return task_push_fail(L, &fail);
    learn_answer(t, &kept->answer, type);
    push_records(L, &kept->answer, type);
    dns_answer_free(&kept->answer);
    return 1;
}

/* The name of argument 2; for PTR it is an address. */
static bool take_name(lua_State *L, enum dns_type type, char out[DNS_NAME_TEXT])
{
    struct addr address;
    struct bytes name = bind_check_bytes(L, 2);
    if (type == DNS_PTR && addr_parse_ip(name, &address))
        dns_reverse_name(&address, out);
    else
        snprintf(out, DNS_NAME_TEXT, "%.*s", (int)name.n, (const char *)name.p);
    return name.n <= DNS_NAME_MOST;
}

/* dns(type, name or address, seconds) */
static int l_dns(lua_State *L)
{
    struct task *t = task_of(L);
    struct fail fail;
    enum dns_type type = DNS_A;
    char name[DNS_NAME_TEXT];
    luaL_argcheck(L, dns_type_parse(bind_check_bytes(L, 1), &type), 1, "A, AAAA, PTR, MX or TXT");
    luaL_argcheck(L, take_name(L, type, name), 2, "a name has at most 253 characters");
    double seconds = bind_seconds(L, 3, SECONDS);
    if (!may_ask(t, bytes_of(name))) {
        fail_set(&fail, "ECONDUCT",
                 "\"%s\" was named neither by the target nor by the DNS: it may not be asked for",
                 name);
        return task_push_fail(L, &fail);
    }
    if (!world_ask(task_world(t), bytes_of(name), type, &fail))
        return task_push_fail(L, &fail);
    snprintf(task_lookups(t)->asked, sizeof task_lookups(t)->asked, "%s", name);
    struct await *a = task_await_begin(t, answer_step, push_answer, seconds);
    a->number = type;
    return task_await(L, t);
}

const luaL_Reg bind_dns[] = {{"dns", l_dns}, {NULL, NULL}};
