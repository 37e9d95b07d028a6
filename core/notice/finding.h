/*
 * finding: what a letter is about, as plain facts.
 *
 * Whoever has read a case fills one in; all views are lent. Bytes from the wire stand in it as they
 * came: facts.c makes them fit for a reader's eyes.
 */
#pragma once

#include "base/addr.h"
#include "base/time.h"

enum finding_kind { FINDING_RELAY, FINDING_HTTP, FINDING_SOCKS };

/* One line of the dialogue, without its line end. */
struct finding_line {
    bool ours; /* sent by us */
    struct bytes text;
    unsigned more; /* lines that are left out behind it */
    bool decisive; /* the verdict rests on it */
};

/* What exactly was found open: the form that came through, and the misconfiguration that it shows. */
struct finding_cause {
    struct bytes form;  /* "R4" */
    struct bytes cause; /* "percent-route", a name in scripts/notice/cause.lua */
};

struct finding {
    struct bytes case_id;
    bool open;   /* proven; else suspect */
    bool closed; /* and not open: it was once, an all-clear is about it */
    enum finding_kind kind;
    struct bytes probe; /* its id, "relay/third-party" */
    struct addr target;
    struct bytes host;   /* its name, when it was given as one */
    struct bytes source; /* the list it came from, when it came from one */
    struct bytes
        languages; /* "nb, en": what its owner reads, the preferred one first; where known */
    instant started;
    instant today;             /* when this letter is written */
    instant written;           /* when a letter about it was last sent; 0: not known */
    unsigned interval;         /* days: no more than one letter in so many; 0: not promised */
    struct bytes earlier_case; /* the case that letter was about, where known */
    struct addr from;          /* our own end of the connection; ADDR_NONE when not known */
    struct bytes said;         /* what the server wrote: its software may be named in it */
    const struct finding_line *lines;
    size_t line_count;
    unsigned lines_before;              /* left out ahead of the first */
    const struct finding_cause *causes; /* none where the case does not say */
    size_t cause_count;

    /* The token's return; `token` is empty when it did not come. */
    struct bytes token;
    struct addr peer; /* who brought it */
    instant returned;
    struct bytes mail_back; /* a relay's: the mail in which it came, as our receiver kept it */

    /* Of our several ports, those that a proxy leads to, and those that it was asked for and does not: "25, 443".
     * Both are empty where there was one. */
    struct bytes reached;
    struct bytes missed;
    bool mail; /* port 25 is among those that it leads to */

    /* Where the evidence is. */
    struct bytes bundle;     /* the file's name */
    struct bytes digest;     /* its SHA-256, as sha256sum prints it */
    struct bytes key_id;     /* as minisign prints it */
    struct bytes public_key; /* base64 */
};
