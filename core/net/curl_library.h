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

/* Of its part for questions beside each other. */
struct curl_multi_library {
    __typeof__(&curl_multi_init) init;
    __typeof__(&curl_multi_cleanup) cleanup;
    __typeof__(&curl_multi_setopt) setopt;
    __typeof__(&curl_multi_assign) assign;
    __typeof__(&curl_multi_add_handle) add_handle;
    __typeof__(&curl_multi_remove_handle) remove_handle;
    __typeof__(&curl_multi_socket_action) socket_action;
    __typeof__(&curl_multi_info_read) info_read;
};

/* ENOSYS: it is not installed. Once loaded it stays until the process ends. */
bool curl_library_load(struct curl_library *out, struct fail *fail);
bool curl_multi_load(struct curl_multi_library *out, struct fail *fail);
