/*
 * proxy_play: what the tests of several kinds of proxies have in common, on tapes of play.h: requests, answers, the control.
 */
#pragma once

#include "play.h"

#include <stdio.h>

#define HOST_AND_AGENT "Host: " SINK "\r\nUser-Agent: ajar (https://p.example/)\r\n\r\n"
#define CONNECT        "CONNECT " SINK " HTTP/1.1\r\n" HOST_AND_AGENT
#define GET            "GET http://" SINK "/" TOKEN " HTTP/1.1\r\n" HOST_AND_AGENT
#define QUESTION       "AJAR " TOKEN "\r\n"
#define REPLY          "250 AJAR " TOKEN " " ANSWER " 2026-11-24T02:10:16.123456Z\r\n"
/* The same for the control: a port of the sink's that is closed. */
#define CLOSED      "192.0.2.99:1"
#define CLOSED_MORE "Host: " CLOSED "\r\nUser-Agent: ajar (https://p.example/)\r\n\r\n"
#define NO          "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
#define YES         "HTTP/1.1 200 Connection established\r\n\r\n"

/* Another connection in place of the last. */
static inline void asked(const char *probe)
{
    probing(probe, "192.0.2.80:3128");
    takes_token();
    connects();
}

/* The control is asked on another connection. */
static inline void control(const char *request, const char *reply)
{
    connects_again();
    takes_token();
    hears(request);
    says(reply);
}

/* CONNECT once more, with HTTP/1.0 and an empty line of its own. */
static inline void asks_old_connect(void)
{
    writes((struct record){.op = RECORD_NOTE, .data = bytes_of("once more with HTTP/1.0")});
    connects_again();
    hears("CONNECT " SINK " HTTP/1.0\r\nUser-Agent: ajar (https://p.example/)\r\n\r\n");
    writes((struct record){.op = RECORD_PAUSED});
    hears("\r\n");
}

static inline void old_connect_ends(void)
{
    asks_old_connect();
    server_ends();
}

/* How often it is asked in half a minute whether the token has come. */
enum { HTTP_LOOKS = 6 };

/* Nothing ends the answer, and nothing has come to our sink when it is asked meanwhile. */
static inline void waits_without_an_end(int times)
{
    for (int i = 0; i < times; i++) {
        if (i > 0)
            nothing_comes_back();
        fails("ETIMEDOUT", "no answer in time");
    }
}

/* SOCKS 5 once more, with no password alone on offer. */
static inline void offers_alone(void)
{
    connects_again();
    hears_bytes("\x05\x01\x00", 3);
}

/* Every proxy probe: no connection, silence, an end. */
static inline void ends_without_an_answer(const char *probe, void (*request)(void))
{
    bool looks_at_the_sink = strcmp(probe, "proxy/http-get") == 0;
    bool tries_again = strcmp(probe, "proxy/http-connect") == 0;
    bool tries_alone = strcmp(probe, "proxy/socks5") == 0;
    probing(probe, "192.0.2.80:3128");
    takes_token();
    opens();
    fails("ECONNREFUSED", "192.0.2.80:3128: Connection refused");
    concludes(VERDICT_UNREACHABLE, "192.0.2.80:3128: Connection refused");
    request();
    waits_without_an_end(looks_at_the_sink ? HTTP_LOOKS : 1);
    if (looks_at_the_sink)
        nothing_comes_back();
    if (tries_alone) {
        offers_alone();
        server_ends();
    }
    if (tries_again) {
        hears("\r\n");
        fails("ETIMEDOUT", "no answer in time");
    }
    concludes(VERDICT_INCONCLUSIVE, "no answer in time (--arg answer=SECONDS waits longer)");
    request();
    server_ends();
    if (looks_at_the_sink)
        nothing_comes_back();
    if (tries_alone) {
        offers_alone();
        fails("ETIMEDOUT", "no answer in time");
    }
    if (tries_again)
        old_connect_ends();
    concludes(VERDICT_INCONCLUSIVE, "the server closed the connection");
    probing(probe, "192.0.2.80:3128");
    takes_token();
    opens();
    fails("EDENIED", "192.0.2.80 is denied");
    concludes(VERDICT_ERROR, "192.0.2.80 is denied");
}
