/*
 * probes: the probes of one VM: loading them, what they say of themselves, running one.
 */
#pragma once

#include "base/capability.h"
#include "base/limits.h"
#include "script/arguments.h"
#include "script/task.h"

struct probes;

enum { PROBE_PORTS = 64, PROBE_ID = 61 };

enum verdict {
    VERDICT_OPEN,
    VERDICT_SUSPECT,
    VERDICT_CLOSED,
    VERDICT_UNREACHABLE,
    VERDICT_INCONCLUSIVE,
    VERDICT_ERROR,
};
const char *verdict_name(enum verdict v);
bool verdict_parse(struct bytes text, enum verdict *out);

/* What a probe may do to a target. The last two are tried only when they are asked for. */
enum probe_category {
    PROBE_SAFE,      /* a few questions, as a stranger may ask them */
    PROBE_THOROUGH,  /* many, for a server that is to be known thoroughly */
    PROBE_INTRUSIVE, /* what could annoy, or look like an attack */
    PROBE_CATEGORIES,
};
const char *probe_category_name(enum probe_category category);
bool probe_category_parse(struct bytes name, enum probe_category *out);

struct probe_info {
    char id[PROBE_ID]; /* "relay/third-party" */
    bool relay;        /* else a proxy probe */
    char summary[204];
    uint16_t ports[PROBE_PORTS];
    unsigned port_count;
    unsigned categories; /* bits: 1 << enum probe_category; at least one */
    struct arguments arguments;
    const char *source_name; /* the script's path and pack; live as long as the sources do */
    const char *pack;
};

struct script_source {
    const char *name; /* "scripts/relay/third-party.lua" */
    const char *pack; /* "builtin@0.1.0" */
    struct bytes text;
    unsigned
        withheld; /* bits, 1 << enum capability: what its pack has not declared does not exist for it */
    struct limits limits; /* of its pack */
};

/* The interface that C offers to the API's scripts: the raw bindings, the libraries of the sandbox, and how
 * ajar.run_probe is called. Scripts of a bundle need the version that the bundle was made with; this program serves
 * those from PROBES_INTERFACE_OLDEST to PROBES_INTERFACE. What raises which: doc/architecture.md, section 6. */
enum { PROBES_INTERFACE = 12, PROBES_INTERFACE_OLDEST = 1 };

/* The scripts of which the API is made (scripts/lib/), as they are built into this program, in the order of loading. */
enum { PROBES_API = 24 };
bool probes_api(struct script_source out[PROBES_API], struct fail *fail);

/* A VM with the API and these scripts, each of which must return an ajar.probe. Errors name the
 * script and line; two probes with one id are one. Sources are lent as long as probes live. */
struct probes *probes_new(const struct script_source *sources, size_t n,
                          const struct vm_limits *limits, struct fail *fail);
/* The same with another API: the one that stands in a bundle. Its first part gives the table `ajar`; at least one. */
struct probes *probes_new_with(const struct script_source *api, size_t parts,
                               const struct script_source *sources, size_t n,
                               const struct vm_limits *limits, struct fail *fail);
void probes_free(struct probes *p);
size_t probes_count(const struct probes *p);
const struct probe_info *probes_at(const struct probes *p, size_t index);
/* Appends the forms that the probe declares (forms.h) as a JSON array. Errors name the script and the form. */
bool probes_forms(struct probes *p, size_t index, struct buf *out, struct fail *fail);
/* Index of the probe, or -1. */
int probes_find(const struct probes *p, struct bytes id);
struct vm *probes_vm(struct probes *p);

/* What a token does that comes when its probe is over. */
enum late_token {
    LATE_TOKEN_SUSPECT, /* makes a suspect open */
    LATE_TOKEN_ANY,     /* of a relay's mail: makes it open whatever the verdict is */
    LATE_TOKEN_NOTHING, /* its coming is explained, or known already */
};

/* What a probe concluded. Views are lent for the call. */
struct conclusion {
    enum verdict verdict;
    struct bytes
        reason; /* as the script gave it: at most CONCLUSION_REASON bytes, not yet printable */
    struct bytes steps; /* packed; see tape/steps.h */
    bool has_proof;
    struct token proof;
    struct bytes
        reach; /* which of the sink's ports a proxy leads to, as ways_reach_parse reads it; or empty */
    enum late_token late;
};
enum { CONCLUSION_REASON = 1000 };
typedef void (*probe_done)(void *arg, const struct conclusion *c);

struct probe_run;

/* A run of probe `index`. Facts and world must outlive it. probe_run_start may call done from inside;
 * the run is freed by its owner, not from inside done. The world's wake is probe_run_wake. */
struct probe_run *probe_run_new(struct probes *p, size_t index, struct world *world,
                                const struct task_facts *facts, probe_done done, void *arg,
                                struct fail *fail);
void probe_run_start(struct probe_run *run);
/* Before its start: lines come from there (raw.next_line). The session is lent as long as the run lives. */
void probe_run_attend(struct probe_run *run, struct typed *typed);
void probe_run_wake(void *run);
/* The line of its script that it has come to; 0: not known. */
unsigned probe_run_line(const struct probe_run *run);
void probe_run_free(struct probe_run *run);
