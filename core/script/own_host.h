/*
 * own_host: the one place besides our sink where a proxy may be asked to lead: the tested machine itself.
 *
 * A proxy that lets strangers in to what listens for its own machine alone is asked for 127.0.0.1, or for the target's
 * own address, at some port. Nothing else can be named: no network behind it and no other machine, as those are
 * somebody else's.
 */
#pragma once

#include "script/task.h"

enum own_host_kind { OWN_HOST_LOOPBACK, OWN_HOST_SELF };

/* "127.0.0.1:22", "[2001:db8::1]:22"; gives out. The port is one of 1 to 65535. */
const char *own_host_text(const struct task_facts *facts, enum own_host_kind kind, uint16_t port,
                          char out[ADDR_TEXT]);
