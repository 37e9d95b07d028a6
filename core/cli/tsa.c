#include "cli/tsa.h"

#include "cli/complain.h"
#include "evidence/stamp.h"
#include "evidence/stamp_desk.h"
#include "net/fetch.h"
#include "net/loop.h"

#include <inttypes.h>
#include <stdio.h>

enum { REQUEST_LIMIT = 1024, CLOCKS_MOST = 60 /* seconds that two clocks may differ by */ };

void tsa_take(struct args *a, struct tsa *t)
{
    unsigned n = 0;
    while (t->urls[n])
        n++;
    if (n == TSA_MOST)
        args_wrong(a, "at most %d times --tsa", TSA_MOST);
    else if (!fetch_is_url(a->value))
        args_wrong(a, "--tsa: '%s' is no http:// or https:// URL", a->value);
    else
        t->urls[n] = a->value;
}

static bool ask(const char *url, span limit, const struct stamp_request *request, struct buf *stamp,
                struct fail *fail)
{
    struct buf query = buf_new(REQUEST_LIMIT);
    struct buf answer = buf_new(STAMP_LIMIT);
    bool ok = stamp_request_put(request, &query, fail);
    struct fetch f = {.url = url,
                      .type = "application/timestamp-query",
                      .body = buf_view(&query),
                      .limit = limit};
    ok = ok && fetch_post(&f, &answer, fail) &&
         (stamp_take(request, buf_view(&answer), stamp, fail) || fail_prefix(fail, "%s", url));
    buf_free(&query);
    buf_free(&answer);
    return ok;
}

/* Nobody can tell here whose clock is wrong: the time-stamp counts, and the operator should know. */
static void compare_clocks(const char *command, const char *url, instant theirs)
{
    char words[512];
    int64_t apart = (loop_now() - theirs) / SPAN_SECOND;
    if (apart <= CLOCKS_MOST && apart >= -CLOCKS_MOST)
        return;
    snprintf(words, sizeof words, "%s: its clock is %" PRId64 " seconds %s this machine's", url,
             apart < 0 ? -apart : apart, apart < 0 ? "before" : "behind");
    complain_words(command, 0, words);
}

static bool stamp_by(const char *command, const char *url, span limit, struct stamp_desk *desk,
                     struct fail *fail)
{
    struct stamp what;
    struct bytes signature = stamp_desk_signature(desk);
    struct stamp_request request = stamp_request_new(signature);
    struct buf stamp = buf_new(STAMP_LIMIT);
    bool ok = ask(url, limit, &request, &stamp, fail) &&
              stamp_check(buf_view(&stamp), signature, NULL, &what, fail) &&
              stamp_desk_add(desk, buf_view(&stamp), fail);
    if (ok)
        compare_clocks(command, url, what.at);
    buf_free(&stamp);
    return ok;
}

unsigned tsa_stamp(const char *command, const char *bundle, const struct tsa *t)
{
    struct fail fail;
    unsigned added = 0;
    struct stamp_desk *desk = stamp_desk_open(bundle, &fail);
    if (!desk) {
        complain(command, &fail);
        return 0;
    }
    for (const char *const *url = t->urls; *url; url++) {
        if (stamp_by(command, *url, t->limit, desk, &fail))
            added++;
        else
            complain(command, &fail);
    }
    if (added > 0 && !stamp_desk_write(desk, &fail)) {
        complain(command, &fail);
        added = 0;
    }
    stamp_desk_close(desk);
    return added;
}
