/*
 * scenarios: simulated servers, scripted in Lua: loading them, and serving one connection.
 */
#pragma once

#include "script/bind_sim.h"
#include "script/probes.h"
#include "script/task.h"

struct scenarios;

enum { SCENARIO_ID = 40, SCENARIO_EXPECTS = 64 };

struct scenario_expect {
    char probe[PROBE_ID];
    enum verdict verdict;
};

struct scenario_info {
    char id[SCENARIO_ID]; /* "relay-open" */
    char summary[204];
    char name[256]; /* of the server, as a list of targets has it; "": none */
    uint16_t port;
    const char *source_name; /* its script's; lives as long as the source's name does */
    bool own;                /* of a script that is not built in */
    bool ipv6;               /* listens on ::1, on a port of its own */
    bool udp;                /* serves those who speak by UDP too, each peer as a connection */
    /* A probe's id, or "relay", "proxy" or "*" for those that are not named: the right verdict. In the order of their
     * names; whether there is such a probe is for others to know. */
    struct scenario_expect expects[SCENARIO_EXPECTS];
    unsigned expect_count;
};

/* Each script returns a list of scenarios, or one. Errors name script and line. */
struct scenarios *scenarios_new(const struct script_source *sources, size_t n,
                                const struct sim_hooks *hooks, struct fail *fail);
void scenarios_free(struct scenarios *s);
size_t scenarios_count(const struct scenarios *s);
const struct scenario_info *scenarios_at(const struct scenarios *s, size_t index);
struct vm *scenarios_vm(struct scenarios *s);
int scenarios_find(const struct scenarios *s, struct bytes id);

/* One connection being served: connection `conn` of the world, which stands already; 0: a peer that speaks by UDP,
 * whose datagrams come to port 1 of the hooks. done is called once
 * (error NULL: the script came to its end); free the serving afterwards, not from inside. */
struct serving;
typedef void (*serving_done)(void *arg, const char *error);
struct serving *serving_new(struct scenarios *s, size_t index, struct world *world,
                            const struct task_facts *facts, unsigned conn, serving_done done,
                            void *arg, struct fail *fail);
void serving_start(struct serving *serving);
void serving_wake(void *serving);
void serving_free(struct serving *serving);
