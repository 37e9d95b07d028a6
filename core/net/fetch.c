#include "net/fetch.h"

#include "net/curl_library.h"
#include "net/loop.h"

#include <stdio.h>

enum { REDIRECTS_MOST = 3, STATUS_OK = 200, URL_MOST = 2000 };

#define AGENT "ajar/" AJAR_VERSION

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

/* libcurl's output: what does not fit ends it. */
static size_t take(char *p, size_t size, size_t n, void *arg)
{
    struct buf *out = arg;
    return buf_put(out, bytes_at(p, size * n)) ? size * n : 0;
}

/* A question under way. */
struct asking {
    struct curl_library lib;
    CURL *curl;
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

static const char *code_of(CURLcode result)
{
    switch (result) {
    case CURLE_OPERATION_TIMEDOUT:
        return "ETIMEDOUT";
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return "ENONAME";
    case CURLE_COULDNT_CONNECT:
        return "ECONNREFUSED";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
        return "ETLS";
    default:
        return "EIO";
    }
}

static bool judge(const struct asking *a, CURLcode result, const char *why, struct fail *fail)
{
    long status = 0;
    if (result == CURLE_WRITE_ERROR && a->out->overflow)
        return fail_set(fail, "ELIMIT", "its answer is longer than %zu bytes", a->out->limit);
    if (result == CURLE_OPERATION_TIMEDOUT)
        return fail_set(fail, "ETIMEDOUT", "no answer within %g seconds",
                        (double)a->what->limit / (double)SPAN_SECOND);
    if (result != CURLE_OK)
        return fail_set(fail, code_of(result), "%s", why[0] ? why : a->lib.easy_strerror(result));
    a->lib.easy_getinfo(a->curl, CURLINFO_RESPONSE_CODE, &status);
    return status == STATUS_OK || fail_set(fail, "EHTTP", "it answers HTTP %ld", status);
}

static bool set_number(const struct asking *a, CURLoption option, long value)
{
    return a->lib.easy_setopt(a->curl, option, value) == CURLE_OK;
}

static bool set_text(const struct asking *a, CURLoption option, const char *value)
{
    return a->lib.easy_setopt(a->curl, option, value) == CURLE_OK;
}

static bool set_limits(const struct asking *a)
{
    return set_text(a, CURLOPT_PROTOCOLS_STR, "http,https") &&
           set_text(a, CURLOPT_REDIR_PROTOCOLS_STR, "http,https") &&
           set_number(a, CURLOPT_FOLLOWLOCATION, 1) &&
           set_number(a, CURLOPT_MAXREDIRS, REDIRECTS_MOST) &&
           set_number(a, CURLOPT_POSTREDIR, CURL_REDIR_POST_ALL) &&
           set_number(a, CURLOPT_TIMEOUT_MS, (long)(a->what->limit / 1000)) &&
           set_number(a, CURLOPT_NOSIGNAL, 1) && set_text(a, CURLOPT_USERAGENT, AGENT);
}

static bool set_body(const struct asking *a, struct curl_slist *fields)
{
    return fields && a->lib.easy_setopt(a->curl, CURLOPT_HTTPHEADER, fields) == CURLE_OK &&
           set_number(a, CURLOPT_POSTFIELDSIZE, (long)a->what->body.n) &&
           set_text(a, CURLOPT_POSTFIELDS, (const char *)a->what->body.p);
}

static bool set_question(const struct asking *a, struct curl_slist *fields)
{
    return set_text(a, CURLOPT_URL, a->what->url) &&
           (a->what->type ? set_body(a, fields) : set_number(a, CURLOPT_HTTPGET, 1)) &&
           a->lib.easy_setopt(a->curl, CURLOPT_WRITEFUNCTION, take) == CURLE_OK &&
           a->lib.easy_setopt(a->curl, CURLOPT_WRITEDATA, a->out) == CURLE_OK;
}

static bool set_progress(struct asking *a)
{
    return !a->what->on_slow ||
           (set_number(a, CURLOPT_NOPROGRESS, 0) &&
            a->lib.easy_setopt(a->curl, CURLOPT_XFERINFOFUNCTION, on_progress) == CURLE_OK &&
            a->lib.easy_setopt(a->curl, CURLOPT_XFERINFODATA, a) == CURLE_OK);
}

static bool perform(struct asking *a, struct fail *fail)
{
    char why[CURL_ERROR_SIZE] = "";
    char field[128];
    snprintf(field, sizeof field, "Content-Type: %s", a->what->type ? a->what->type : "");
    struct curl_slist *fields = a->what->type ? a->lib.slist_append(NULL, field) : NULL;
    bool ok = set_limits(a) && set_question(a, fields) && set_progress(a) &&
              a->lib.easy_setopt(a->curl, CURLOPT_ERRORBUFFER, why) == CURLE_OK;
    ok = ok ? judge(a, a->lib.easy_perform(a->curl), why, fail)
            : fail_set(fail, "EIO", "libcurl can't be set up");
    a->lib.slist_free_all(fields);
    return ok;
}

static bool ask(const struct fetch *f, struct buf *out, struct fail *fail)
{
    struct asking a = {.what = f, .out = out, .began = loop_monotonic()};
    if (!curl_library_load(&a.lib, fail))
        return false;
    a.curl = a.lib.easy_init();
    bool ok = a.curl ? perform(&a, fail) : fail_set(fail, "EIO", "libcurl can't start");
    a.lib.easy_cleanup(a.curl);
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
