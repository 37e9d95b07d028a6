/*
 * h2_wire: an HTTP/2 connection of a task, over a connection of its world; the task keeps one at a time.
 */
#pragma once

#include "proto/h2.h"
#include "script/task.h"

/* Keeps it, and sends what it begins with. NULL: there was no memory for it. False with fail. */
bool h2_wire_begin(struct task *t, unsigned conn, struct h2 *h, struct fail *fail);
/* The task's; NULL: none. */
struct h2 *h2_wire_of(const struct task *t);
/* The task's; raises where none has begun. */
struct h2 *h2_wire_check(struct lua_State *L);
/* Sends what it has to say. */
bool h2_wire_send(struct task *t, unsigned conn, struct h2 *h, struct fail *fail);
/* Takes what came, and sends what it calls for. */
bool h2_wire_pump(struct task *t, unsigned conn, struct h2 *h, struct fail *fail);
