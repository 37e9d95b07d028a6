#include "net/fetch.h"

#include "net/curl_handle.h"
#include "net/loop.h"

#include <stdio.h>

enum { REDIRECTS_MOST = 3, STATUS_OK = 200, URL_MOST = 2000 };

bool fetch_is_url(const char *url)
{
    struct bytes rest = bytes_of(url);
    size_t scheme = bytes_starts_nocase(rest, "http://")    ? strlen("http://")
                    : bytes_starts_nocase(rest, "https://") ? strlen("https://")
                                                            : 0;
    if (scheme == 0 || rest.n > URL_MOST)
        return false;
    for (size_t i = 0; i < rest.n; i++)
        if (rest.p[i] <= ' ' || rest.p[i] >= 0x7f || rest.p[i] == '@')
            return false;
    return strcspn(url + scheme, "/?#") > 0;
}

/* A question under way. */
struct asking {
    struct curl_handle handle;
    const struct fetch *what;
    struct buf *out;
    instant began;
    bool told; /* that it is slow */
};

/* libcurl calls this about once a second, whether anything comes or not. */
static int on_progress(void *arg, curl_off_t total, curl_off_t now, curl_off_t up, curl_off_t upped)
{
    struct asking *a = arg;
    (void)total, (void)now, (void)up, (void)upped;
    if (!a->told && loop_monotonic() - a->began >= FETCH_SLOW) {
        a->told = true;
        a->what->on_slow(a->what->url);
    }
    return 0;
}

static span limit_ms(const struct asking *a)
{
    return a->what->limit / 1000;
}

static bool judge(const struct asking *a, CURLcode result, struct fail *fail)
{
    const struct curl_handle *h = &a->handle;
    long status = 0;
    if (!curl_handle_judge(h, result, a->out, limit_ms(a), fail))
        return false;
    h->lib.easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &status);
    return status == STATUS_OK || fail_set(fail, "EHTTP", "it answers HTTP %ld", status);
}

static bool set_limits(const struct curl_handle *h)
{
    return curl_handle_text(h, CURLOPT_PROTOCOLS_STR, "http,https") &&
           curl_handle_text(h, CURLOPT_REDIR_PROTOCOLS_STR, "http,https") &&
           curl_handle_number(h, CURLOPT_FOLLOWLOCATION, 1) &&
           curl_handle_number(h, CURLOPT_MAXREDIRS, REDIRECTS_MOST) &&
           curl_handle_number(h, CURLOPT_POSTREDIR, CURL_REDIR_POST_ALL);
}

static bool set_body(const struct asking *a, struct curl_slist *fields)
{
    const struct curl_handle *h = &a->handle;
    return fields && h->lib.easy_setopt(h->curl, CURLOPT_HTTPHEADER, fields) == CURLE_OK &&
           curl_handle_number(h, CURLOPT_POSTFIELDSIZE, (long)a->what->body.n) &&
           curl_handle_text(h, CURLOPT_POSTFIELDS, (const char *)a->what->body.p);
}

static bool set_question(const struct asking *a, struct curl_slist *fields)
{
    const struct curl_handle *h = &a->handle;
    return curl_handle_text(h, CURLOPT_URL, a->what->url) &&
           (a->what->type ? set_body(a, fields) : curl_handle_number(h, CURLOPT_HTTPGET, 1)) &&
           curl_handle_body(h, a->out);
}

static bool set_progress(struct asking *a)
{
    const struct curl_handle *h = &a->handle;
    return !a->what->on_slow ||
           (curl_handle_number(h, CURLOPT_NOPROGRESS, 0) &&
            h->lib.easy_setopt(h->curl, CURLOPT_XFERINFOFUNCTION, on_progress) == CURLE_OK &&
            h->lib.easy_setopt(h->curl, CURLOPT_XFERINFODATA, a) == CURLE_OK);
}

static bool perform(struct asking *a, struct fail *fail)
{
    const struct curl_handle *h = &a->handle;
    char field[128];
    snprintf(field, sizeof field, "Content-Type: %s", a->what->type ? a->what->type : "");
    struct curl_slist *fields = a->what->type ? h->lib.slist_append(NULL, field) : NULL;
    bool ok = (set_limits(h) && set_question(a, fields) && set_progress(a)) ||
              fail_set(fail, "EIO", "libcurl can't be set up");
    ok = ok && judge(a, h->lib.easy_perform(h->curl), fail);
    h->lib.slist_free_all(fields);
    return ok;
}

static bool ask(const struct fetch *f, struct buf *out, struct fail *fail)
{
    struct asking a = {.what = f, .out = out, .began = loop_monotonic()};
    bool ok = curl_handle_open(&a.handle, limit_ms(&a), fail) && perform(&a, fail);
    curl_handle_close(&a.handle);
    return ok || fail_prefix(fail, "%s", f->url);
}

bool fetch_post(const struct fetch *f, struct buf *out, struct fail *fail)
{
    return ask(f, out, fail);
}

bool fetch_get(const struct fetch *f, struct buf *out, struct fail *fail)
{
    return ask(f, out, fail);
}
