/*
 * run: targets × probes → results, by one supervisor, its workers and its sink.
 *
 * The caller (a command) gives the work by `next` and takes the results by `on_result`; what stands
 * between them is this house's: processes, conscience, sockets, judgement, evidence.
 */
#pragma once

#include "base/addr.h"
#include "base/ways.h"
#include "evidence/bag.h"
#include "evidence/key.h"
#include "pack/pack.h"
#include "proto/receipt.h"
#include "script/probes.h"
#include "tape/print.h"

struct scope;
struct loop;
struct run_session;

enum run_step {
    RUN_ITEM,
    RUN_LATER, /* none yet: ask again after a round of the loop */
    RUN_NO_MORE
};

enum { RUN_EXCHANGES = 256 * 1024 /* bytes of an item's */ };
enum { RUN_RECEIPTS = 64, CASE_ID = 24, RUN_WORKERS_MOST = 64, RUN_INFLIGHT_MOST = 100000 };

/* One target and one probe. Strings are malloc'd, or NULL; who takes the item frees them. */
struct run_item {
    struct addr target; /* with port */
    char *name;         /* the name it was given by */
    char *source;       /* the list that it came from */
    unsigned probe;     /* index into run_options.probes */
    uint64_t number;    /* the caller's own */
    char *contacts;     /* whom to write to about it, and who says so: a JSON object */
    char *exchanges; /* how that was found out, for the case: lines of JSON; "exchanges_sha256" in
                           `contacts` is their digest */
};

struct run_receipt {
    struct receipt receipt;
    unsigned char
        *raw; /* what the sink keeps: the mail as it arrived, or the bytes of the connection */
    size_t size;
};

/* Why a target is not tested: nothing was sent. */
enum run_refusal {
    RUN_NOT_REFUSED,
    RUN_REFUSED_BY_SCOPE,   /* outside it, denied or opted out */
    RUN_REFUSED_BY_VANTAGE, /* it is where we test from, or the control */
};

/* A pack whose probes run. Everything is lent. */
struct run_pack {
    const struct pack *pack;
    const char *label;      /* "acme/envelopes@1.0.0", as its scripts bear it */
    struct bytes signature; /* the text of its .minisig; empty: none is known to hold */
    const char *signer; /* whose that is: a public key's base64 line; NULL where there is none */
    const char *path;   /* by which the operator chose it; NULL: by a name */
    bool in_worker;     /* its probes need no process of their own */
};

/* What was concluded. Everything is lent for the call. */
struct run_result {
    char id[CASE_ID]; /* "c-…", random; empty when it is not kept as a case */
    enum run_refusal refused;
    const struct run_item *item;
    const struct probe_info *probe;
    enum verdict verdict;
    const char *reason; /* printable, one line */
    /* Where that is not what the probe itself has said and its tape holds: what it said; NULL elsewhere. */
    const char *overruled_reason;
    enum verdict overruled;
    bool has_proof;
    struct token proof;
    struct ways_reach reach; /* of several ports of the sink: those that a proxy leads to */
    enum late_token late;
    struct bytes steps; /* packed */
    instant started;
    span elapsed;
    struct bytes tape;
    const struct run_receipt *receipts;
    unsigned receipt_count;
    struct bytes
        line; /* of a case: all this as its case.json says it (run/evidence.h), with the LF; else empty */
};

/* A row of a dialogue, as it comes to be. */
struct run_trace {
    const struct run_item *item;
    unsigned script_line; /* 0: not known */
    unsigned line;        /* of the tape */
    span t;
    unsigned c;
    bool further; /* one more row of the same record */
    enum print_ink ink;
    struct bytes text; /* may be anything; lent for the call */
};

struct run_counts {
    unsigned long total; /* known in advance, or 0 */
    unsigned long done;
    unsigned long refused; /* not tested, for whatever reason; among done */
    unsigned long own;     /* RUN_REFUSED_BY_VANTAGE; among refused */
    unsigned long in_flight;
    unsigned long held; /* cases whose token may still come (run/late.h); not among done */
    unsigned long verdicts[VERDICT_ERROR + 1];
    unsigned long restarts; /* workers that had to be replaced */
    unsigned long cases;    /* kept in the bundle */
};

struct run_options {
    const struct scope *scope;
    const char *authority; /* the scope's, as are the next three */
    const char *contact;
    const char *info;
    const char *scope_digest;
    bool beyond_loopback; /* the scope allows anything but loopback */
    const struct script_source *scripts;
    const struct bytes *args; /* for each script: values for its arguments, as JSON; or NULL */
    size_t script_count;
    const struct run_pack *
        packs; /* those that the scripts come from, but for the built-in one and the operator's own */
    size_t pack_count;
    const struct probe_info *const *probes; /* the probes of the scripts, in their order */
    const char *mail_domain;
    const char *sender_domain; /* another of ours, that the tests' senders are of */
    const char *helo;
    const int *sink_fds;          /* listeners, already open: one for each of the ways' ports */
    struct addr sink;             /* where the first listens; what proxies are told */
    struct ways ways;             /* to the sink; at least one port */
    struct addr from;             /* that connections come from; family ADDR_NONE: as it comes */
    const struct addr *resolvers; /* the only ones that probes may ask; port 0: 53 */
    size_t resolver_count;
    bool
        resolvers_named; /* by the operator; else they are the system's, and loopback is none of their business */
    span wait;
    span limit; /* a whole probe's time */
    unsigned in_flight;
    unsigned workers;
    unsigned rate;                   /* connections a second; 0: not limited */
    unsigned prefix_rate;            /* to one /24 or /48; 0: not limited */
    unsigned messages;               /* test messages to one host in a day */
    span gap;                        /* between two sessions of relay probes at one host */
    bool gap_on_loopback;            /* there too */
    struct bag *bag;                 /* evidence, or NULL; the next three go into it */
    const char *operator_name;       /* who tests, or NULL: it was not said */
    const struct public_key *signer; /* who is to seal it, or NULL */
    const char *const *choices;      /* the probes as they were asked for; ended by NULL, or NULL */

    /* Before the first item and after the last, with the run's loop: for what the source of the items has
     * to wait for. Both may be NULL; on_end is called whenever on_begin was. */
    bool (*on_begin)(void *arg, struct loop *loop, struct fail *fail);
    void (*on_end)(void *arg);
    /* The next item; must not block. */
    enum run_step (*next)(void *arg, struct run_item *out);
    void (*on_result)(void *arg, const struct run_result *result);
    /* Each row of each dialogue, as it comes to be; NULL: nobody watches. */
    void (*on_trace)(void *arg, const struct run_trace *trace);
    /* A few times a second. */
    void (*on_tick)(void *arg, const struct run_counts *counts);
    /* A line for the operator. */
    void (*on_say)(void *arg, const char *line);
    void *arg;
    struct run_session *session; /* run_session.h; NULL: the scripts are written already */
};

/* Runs to the end. The first SIGINT or SIGTERM takes no new items and brings those in flight to an end
 * within seconds, the second stops at once. False: it was stopped or could not go on; what was finished
 * before has been handed out. */
bool run_all(const struct run_options *options, struct run_counts *counts, struct fail *fail);
