/*
 * curl_library: libcurl, loaded when a service is to be asked.
 *
 * It brings some twenty other libraries. Linked with the program they would be in every worker, which has no use for
 * them, and make each start half as long again; most commands ask no service. For fetch.c.
 */
#pragma once

#include "base/fail.h"

#include <curl/curl.h>

/* What of it is used. Called by these names, libcurl's macros that check types don't apply. */
struct curl_library {
    __typeof__(&curl_easy_init) easy_init;
    __typeof__(&curl_easy_cleanup) easy_cleanup;
    __typeof__(&curl_easy_perform) easy_perform;
    __typeof__(&curl_easy_setopt) easy_setopt;
    __typeof__(&curl_easy_getinfo) easy_getinfo;
    __typeof__(&curl_easy_strerror) easy_strerror;
    __typeof__(&curl_slist_append) slist_append;
    __typeof__(&curl_slist_free_all) slist_free_all;
};

/* ENOSYS: it is not installed. Once loaded it stays until the process ends. */
bool curl_library_load(struct curl_library *out, struct fail *fail);
