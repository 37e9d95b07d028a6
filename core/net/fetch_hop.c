#include "net/fetch_hop.h"

#include "net/curl_handle.h"
#include "net/sockaddr.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

struct asking {
    struct fetching fetching; /* first */
    struct curl_handle handle;
    struct fetch_hop what;
    struct fetch_reply reply;
    struct buf *body;
    struct addr denied; /* what was not connected to */
    struct curl_slist *fields;
    struct curl_slist *places;
    fetch_on_reply fn;
    void *arg;
};

/* In the place of socket(2): each address passes here before it is connected to. */
static curl_socket_t on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct asking *a = arg;
    struct sockaddr_storage at = {0};
    struct addr addr = {0};
    (void)purpose;
    if (to->addrlen > sizeof at)
        return CURL_SOCKET_BAD;
    memcpy(&at, &to->addr, to->addrlen);
    if (!sockaddr_read(&at, &addr))
        return CURL_SOCKET_BAD;
    if (!a->what.proxy && a->what.may_connect && !a->what.may_connect(a->what.arg, &addr)) {
        a->denied = addr;
        return CURL_SOCKET_BAD;
    }
    a->reply.peer = addr;
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t on_head(char *p, size_t size, size_t n, void *arg)
{
    struct asking *a = arg;
    return buf_put(&a->reply.head, bytes_at(p, size * n)) ? size * n : 0;
}

/* What is sent; libcurl tells of much else. */
static int on_debug(CURL *curl, curl_infotype type, char *p, size_t n, void *arg)
{
    struct asking *a = arg;
    (void)curl;
    if (type == CURLINFO_HEADER_OUT)
        buf_put(&a->reply.sent, bytes_at(p, n));
    return 0;
}

static bool set_callbacks(struct asking *a)
{
    const struct curl_handle *h = &a->handle;
    return h->lib.easy_setopt(h->curl, CURLOPT_OPENSOCKETFUNCTION, on_socket) == CURLE_OK &&
           h->lib.easy_setopt(h->curl, CURLOPT_OPENSOCKETDATA, a) == CURLE_OK &&
           h->lib.easy_setopt(h->curl, CURLOPT_HEADERFUNCTION, on_head) == CURLE_OK &&
           h->lib.easy_setopt(h->curl, CURLOPT_HEADERDATA, a) == CURLE_OK &&
           h->lib.easy_setopt(h->curl, CURLOPT_DEBUGFUNCTION, on_debug) == CURLE_OK &&
           h->lib.easy_setopt(h->curl, CURLOPT_DEBUGDATA, a) == CURLE_OK &&
           curl_handle_number(h, CURLOPT_VERBOSE, 1) && curl_handle_body(h, a->body);
}

/* "::ADDR:PORT": whatever host and port the URL names. */
static bool set_place(struct asking *a)
{
    const struct curl_handle *h = &a->handle;
    char text[ADDR_TEXT], place[ADDR_TEXT + 8];
    if (!a->what.at)
        return true;
    snprintf(place, sizeof place, "::%s", addr_text(a->what.at, text));
    a->places = h->lib.slist_append(NULL, place);
    return a->places && h->lib.easy_setopt(h->curl, CURLOPT_CONNECT_TO, a->places) == CURLE_OK;
}

/* Each question has a connection of its own, so that none goes over one that was allowed for another. */
static bool set_question(struct asking *a)
{
    const struct curl_handle *h = &a->handle;
    char field[128];
    snprintf(field, sizeof field, "Accept: %s", a->what.accept);
    a->fields = h->lib.slist_append(NULL, field);
    return a->fields && h->lib.easy_setopt(h->curl, CURLOPT_HTTPHEADER, a->fields) == CURLE_OK &&
           curl_handle_text(h, CURLOPT_URL, a->what.url) &&
           (!a->what.ca_file || curl_handle_authorities(h, a->what.ca_file)) &&
           curl_handle_text(h, CURLOPT_PROTOCOLS_STR, "http,https") &&
           curl_handle_number(h, CURLOPT_FOLLOWLOCATION, 0) &&
           curl_handle_number(h, CURLOPT_FRESH_CONNECT, 1) &&
           curl_handle_number(h, CURLOPT_FORBID_REUSE, 1) &&
           curl_handle_number(h, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1) &&
           curl_handle_text(h, CURLOPT_PROXY, a->what.proxy ? a->what.proxy : "");
}

static void read_reply(struct asking *a)
{
    const struct curl_handle *h = &a->handle;
    const char *location = NULL;
    curl_off_t after = 0;
    h->lib.easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &a->reply.status);
    h->lib.easy_getinfo(h->curl, CURLINFO_REDIRECT_URL, &location);
    h->lib.easy_getinfo(h->curl, CURLINFO_RETRY_AFTER, &after);
    if (location && strlen(location) < FETCH_LOCATION)
        snprintf(a->reply.location, FETCH_LOCATION, "%s", location);
    a->reply.retry_after = after > 0 && after < 1000000 ? after * SPAN_SECOND : 0;
}

static void asking_free(struct asking *a)
{
    curl_handle_close(&a->handle);
    if (a->fields)
        a->handle.lib.slist_free_all(a->fields);
    if (a->places)
        a->handle.lib.slist_free_all(a->places);
    buf_free(&a->reply.sent);
    buf_free(&a->reply.head);
    free(a);
}

static bool judge(struct asking *a, CURLcode result, struct fail *fail)
{
    char text[ADDR_TEXT];
    read_reply(a);
    if (a->denied.family != ADDR_NONE)
        return fail_set(fail, "EDENIED", "it leads to %s, which is not asked: no public address",
                        addr_text(&a->denied, text));
    if (result == CURLE_WRITE_ERROR && a->reply.head.overflow)
        return fail_set(fail, "ELIMIT", "the head of its answer is longer than %d bytes",
                        FETCH_HEAD);
    return curl_handle_judge(&a->handle, result, a->body, a->what.limit / 1000, fail);
}

static void on_done(struct fetching *one, CURLcode result)
{
    struct asking *a = (struct asking *)one;
    struct fail fail = {0};
    bool ok = judge(a, result, &fail) || fail_prefix(&fail, "%s", a->what.url);
    a->fn(a->arg, &a->reply, ok ? NULL : &fail);
    asking_free(a);
}

static void on_drop(struct fetching *one)
{
    asking_free((struct asking *)one);
}

bool fetch_hop(struct fetcher *f, const struct fetch_hop *hop, struct buf *body, fetch_on_reply fn,
               void *arg, struct fail *fail)
{
    struct asking *a = calloc(1, sizeof *a);
    if (!a)
        return fail_set(fail, "ENOMEM", "out of memory");
    *a = (struct asking){.what = *hop,
                         .reply = {.sent = buf_new(FETCH_HEAD), .head = buf_new(FETCH_HEAD)},
                         .body = body,
                         .fn = fn,
                         .arg = arg};
    bool ok = curl_handle_open(&a->handle, hop->limit / 1000, fail);
    if (ok)
        ok = (set_question(a) && set_place(a) && set_callbacks(a)) ||
             fail_set(fail, "EIO", "libcurl can't be set up");
    a->fetching = (struct fetching){.curl = a->handle.curl, .done = on_done, .drop = on_drop};
    if (ok && fetcher_start(f, &a->fetching, fail))
        return true;
    asking_free(a);
    return fail_prefix(fail, "%s", hop->url);
}
