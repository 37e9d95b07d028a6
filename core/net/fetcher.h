/*
 * fetcher: questions to services by HTTP that go on beside each other in one loop, by libcurl. For fetch_hop.c.
 */
#pragma once

#include "net/curl_library.h"
#include "net/loop.h"

struct fetcher;

/* libcurl is only loaded when something is asked. NULL with fail. */
struct fetcher *fetcher_new(struct loop *loop, struct fail *fail);
/* Questions under way are dropped. NULL is allowed. */
void fetcher_free(struct fetcher *f);

/* One question; whoever asks owns it, and keeps it until it is done or dropped. */
struct fetching {
    CURL *curl;
    void (*done)(struct fetching *one, CURLcode result); /* from the loop, once */
    void (*drop)(struct fetching *one); /* the fetcher ends before it is done: to be freed */
    struct fetching *next, **place;     /* private */
};

bool fetcher_start(struct fetcher *f, struct fetching *one, struct fail *fail);
