/*
 * sandbox: what a script can name.
 *
 * Chosen functions of chosen libraries stand in one read-only table; each script has a global table of
 * its own in front of it. There is no io, os, package, debug, ffi, jit, coroutine, load, dofile,
 * require, collectgarbage, newproxy, getfenv, setfenv, rawset, string.dump or math.random.
 */
#pragma once

struct lua_State;

/* For vm_protected: opens the libraries and builds the table. */
int sandbox_open(struct lua_State *L);
/* Gives the function on top of the stack its own environment. [-0, +0, m] */
void sandbox_environment(struct lua_State *L);
/* Makes a global table, and the tables in it, read-only: scripts of one VM share it. [-0, +0, m] */
void sandbox_freeze(struct lua_State *L, const char *name);
/* Replaces the table on top by one that shows it and can't be written: neither by assignment nor by table.insert, remove or
 * sort, which refuse each table whose metatable is protected and has a __newindex. [-1, +1, m] */
void sandbox_freeze_table(struct lua_State *L);
/* What the read-only table on top shows. [-0, +1, m] */
void sandbox_push_frozen(struct lua_State *L);
/* The library's own xpcall, which calls the handler where the error was raised: for tracebacks, and for
 * handlers that can't loop (the sandbox's is in scripts/lib/sandbox.lua). [-0, +1, m] */
void sandbox_push_xpcall(struct lua_State *L);
/* Adds the value on top to what all scripts see. [-1, +0, m] */
void sandbox_set_global(struct lua_State *L, const char *name);
/* What all scripts see. [-0, +1, -] */
void sandbox_push_globals(struct lua_State *L);
