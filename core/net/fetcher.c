#include "net/fetcher.h"

#include <event2/event.h>
#include <stdlib.h>

struct fetcher {
    struct loop *loop;
    struct curl_multi_library lib;
    CURLM *multi; /* NULL: nothing was asked yet */
    struct timer *timer;
    struct fetching *first; /* under way */
};

/* A socket that libcurl waits for. */
struct watch {
    struct fetcher *fetcher;
    struct event *event;
};

static struct fetching *unlink_one(struct fetching *one)
{
    *one->place = one->next;
    if (one->next)
        one->next->place = one->place;
    return one;
}

static struct fetching *find(const struct fetcher *f, const CURL *curl)
{
    struct fetching *one = f->first;
    while (one && one->curl != curl)
        one = one->next;
    return one;
}

/* Whoever is told may ask the next. */
static void tell_done(struct fetcher *f)
{
    const CURLMsg *message;
    int left;
    while ((message = f->lib.info_read(f->multi, &left))) {
        CURLcode result = message->data.result;
        struct fetching *one = find(f, message->easy_handle);
        if (message->msg != CURLMSG_DONE || !one)
            continue;
        f->lib.remove_handle(f->multi, one->curl);
        unlink_one(one)->done(one, result);
    }
}

static void act(struct fetcher *f, curl_socket_t fd, int what)
{
    int running;
    f->lib.socket_action(f->multi, fd, what, &running);
    tell_done(f);
}

static void on_ready(evutil_socket_t fd, short what, void *arg)
{
    struct watch *w = arg;
    act(w->fetcher, fd,
        (what & EV_READ ? CURL_CSELECT_IN : 0) | (what & EV_WRITE ? CURL_CSELECT_OUT : 0));
}

static void on_time(void *arg)
{
    act(arg, CURL_SOCKET_TIMEOUT, 0);
}

static void watch_free(struct watch *w)
{
    if (w->event)
        event_free(w->event);
    free(w);
}

static int on_socket(CURL *curl, curl_socket_t fd, int what, void *arg, void *socket)
{
    struct fetcher *f = arg;
    struct watch *w = socket;
    (void)curl;
    if (w)
        watch_free(w);
    f->lib.assign(f->multi, fd, NULL);
    if (what == CURL_POLL_REMOVE)
        return 0;
    short events =
        EV_PERSIST | (what & CURL_POLL_IN ? EV_READ : 0) | (what & CURL_POLL_OUT ? EV_WRITE : 0);
    w = calloc(1, sizeof *w);
    if (w) {
        w->fetcher = f;
        w->event = event_new(loop_base(f->loop), fd, events, on_ready, w);
    }
    if (!w || !w->event || event_add(w->event, NULL) != 0 ||
        f->lib.assign(f->multi, fd, w) != CURLM_OK) {
        if (w)
            watch_free(w);
        return -1;
    }
    return 0;
}

static int on_timer(CURLM *multi, long ms, void *arg)
{
    struct fetcher *f = arg;
    (void)multi;
    if (ms < 0)
        timer_stop(f->timer);
    else
        timer_start(f->timer, ms * 1000);
    return 0;
}

struct fetcher *fetcher_new(struct loop *loop, struct fail *fail)
{
    struct fetcher *f = calloc(1, sizeof *f);
    if (f && (f->timer = timer_new(loop, on_time, f))) {
        f->loop = loop;
        return f;
    }
    free(f);
    fail_set(fail, "ENOMEM", "out of memory");
    return NULL;
}

void fetcher_free(struct fetcher *f)
{
    if (!f)
        return;
    while (f->first) {
        struct fetching *one = f->first;
        f->lib.remove_handle(f->multi, one->curl);
        unlink_one(one)->drop(one);
    }
    if (f->multi)
        f->lib.cleanup(f->multi);
    timer_free(f->timer);
    free(f);
}

static bool open_multi(struct fetcher *f, struct fail *fail)
{
    if (f->multi)
        return true;
    if (!curl_multi_load(&f->lib, fail))
        return false;
    f->multi = f->lib.init();
    return (f->multi && f->lib.setopt(f->multi, CURLMOPT_SOCKETFUNCTION, on_socket) == CURLM_OK &&
            f->lib.setopt(f->multi, CURLMOPT_SOCKETDATA, f) == CURLM_OK &&
            f->lib.setopt(f->multi, CURLMOPT_TIMERFUNCTION, on_timer) == CURLM_OK &&
            f->lib.setopt(f->multi, CURLMOPT_TIMERDATA, f) == CURLM_OK) ||
           fail_set(fail, "EIO", "libcurl can't be set up");
}

bool fetcher_start(struct fetcher *f, struct fetching *one, struct fail *fail)
{
    if (!open_multi(f, fail))
        return false;
    one->next = f->first;
    one->place = &f->first;
    if (one->next)
        one->next->place = &one->next;
    f->first = one;
    if (f->lib.add_handle(f->multi, one->curl) == CURLM_OK)
        return true;
    unlink_one(one);
    return fail_set(fail, "EIO", "libcurl takes no more questions");
}
