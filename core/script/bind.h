/*
 * bind: the primitives as the files of scripts/lib sees them, one bind_*.c for each thing bound.
 *
 * These functions are raw: they give nil, text, code when an operation failed, and know connections by
 * number. Those make of them the API that probes use. Each stands for one call of the house
 * below; what may be sent, and to whom, is decided here and not in Lua.
 */
#pragma once

#include "script/task.h"

#include <lauxlib.h>
#include <lua.h>

extern const luaL_Reg
    bind_net[]; /* open, datagrams, visit, control, secure, close, line, pause, now */
extern const luaL_Reg bind_smtp[];         /* banner, reply, command, ehlo, data, message, … */
extern const luaL_Reg bind_exchanges[];    /* exchanges */
extern const luaL_Reg bind_http[];         /* http_response, http_decoded */
extern const luaL_Reg bind_http_request[]; /* http_send, http_line */
extern const luaL_Reg bind_http_udp[];     /* http_udp_send, http_udp_ask, http_udp_hear */
extern const luaL_Reg bind_own_host[];     /* own_host_send */
extern const luaL_Reg bind_web_proxy[];    /* web_proxy_send */
extern const luaL_Reg bind_form[];         /* form_send */
extern const luaL_Reg bind_gateway[];      /* gateway, prompt */
extern const luaL_Reg
    bind_h2[]; /* h2_begin, h2_connect, h2_ask, h2_line, h2_udp_connect, h2_udp_ask, h2_udp_hear */
extern const luaL_Reg
    bind_socks[]; /* socks4, socks5_greet, socks5_connect, socks5_associate, and for BIND:
                                     * socks4_bind, socks4_bound, socks5_bind, socks5_bound */
extern const luaL_Reg bind_udp[];   /* socks5_udp_ask, socks5_udp_answer */
extern const luaL_Reg bind_turn[];  /* turn_ask, turn_say, turn_hear */
extern const luaL_Reg bind_token[]; /* token, receipt, ask */
extern const luaL_Reg bind_dns[];   /* dns */
extern const luaL_Reg bind_note[];  /* note, step, here, fact, traceback */
extern const luaL_Reg bind_probe[]; /* check_probe */
extern const luaL_Reg bind_typed[]; /* next_line, said, caught */

/* Pushes one table with all of them. [-0, +1, m] */
void bind_push(lua_State *L);

/* Looks at what was received: PARSE_OK with a->used (and a->got) set, PARSE_MORE, or PARSE_BAD. When
 * `ended`, the peer has closed and there will be no more. */
typedef enum parse (*bind_parser)(struct task *t, struct await *a, struct bytes in, bool ended,
                                  const char **why);
/* The step of every wait for input: parses, and receives, until the parser has what it wants. */
enum world_state bind_receive(struct task *t, struct await *a, bind_parser parse,
                              struct fail *fail);
/* The input as it stands; for the push functions. */
struct bytes bind_input(struct task *t, const struct await *a);

/* Arguments: a connection number, bytes, seconds (default given). Each raises on misuse. */
unsigned bind_check_conn(lua_State *L, int index);
struct bytes bind_check_bytes(lua_State *L, int index);
double bind_seconds(lua_State *L, int index, double otherwise);
/* One of this probe's own tokens, as text. */
struct token bind_check_token(lua_State *L, int index);
/* The same where there may be none: NULL, or `out`. */
const struct token *bind_token_or_none(lua_State *L, int index, struct token *out);
/* The end of a binding that sends: `out` goes out when it was built (else `fail` says why not) and is freed; gives true,
 * or nil and why. */
int bind_send(lua_State *L, unsigned conn, bool built, struct buf *out, struct fail *fail);
void bind_push_bytes(lua_State *L, struct bytes b);
/* For a wait that gives no more than that it is over. */
int bind_push_true(lua_State *L, struct task *t, const struct await *a);
/* t[name] = value, for the table on top. */
void bind_field(lua_State *L, const char *name, struct bytes value);
void bind_number_field(lua_State *L, const char *name, double value);
/* Who we are, for a User-Agent: the name, then the page that explains the tests. Gives out. */
enum { BIND_AGENT = 300 };
const char *bind_agent(struct task *t, char out[BIND_AGENT]);
/* The target as a Host says it: its name, else its address and port. */
struct bytes bind_target_host(struct task *t, char out[ADDR_TEXT]);
/* Appends the head of a request for a page of the target's own; as http_request_put. */
bool bind_put_page(struct task *t, const char *method, struct bytes target, const char *more,
                   struct buf *out);
/* The sink's ports, in the order in which they are tried. */
void bind_push_ports(lua_State *L, const struct run_facts *facts);
/* A table of the fields of an HTTP head that say something of a proxy, under their names in lower case. */
void bind_push_http_fields(lua_State *L, struct bytes fields);

enum { BIND_SECONDS = 30 };
