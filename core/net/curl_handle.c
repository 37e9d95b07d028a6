#include "net/curl_handle.h"

#include <stdlib.h>

#define AGENT "ajar/" AJAR_VERSION

bool curl_handle_authorities(const struct curl_handle *h, const char *file)
{
    return curl_handle_text(h, CURLOPT_CAINFO, file) && curl_handle_text(h, CURLOPT_CAPATH, NULL);
}

static bool set_tls(const struct curl_handle *h)
{
    const char *own = getenv("SSL_CERT_FILE");
    return curl_handle_number(h, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2) &&
           (!own || curl_handle_authorities(h, own));
}

bool curl_handle_open(struct curl_handle *h, int64_t limit_ms, struct fail *fail)
{
    h->curl = NULL;
    h->why[0] = '\0';
    if (!curl_library_load(&h->lib, fail))
        return false;
    h->curl = h->lib.easy_init();
    if (!h->curl)
        return fail_set(fail, "EIO", "libcurl can't start");
    return (curl_handle_number(h, CURLOPT_TIMEOUT_MS, (long)limit_ms) &&
            curl_handle_number(h, CURLOPT_NOSIGNAL, 1) &&
            curl_handle_text(h, CURLOPT_USERAGENT, AGENT) && set_tls(h) &&
            h->lib.easy_setopt(h->curl, CURLOPT_ERRORBUFFER, h->why) == CURLE_OK) ||
           fail_set(fail, "EIO", "libcurl can't be set up");
}

void curl_handle_close(struct curl_handle *h)
{
    if (h->curl)
        h->lib.easy_cleanup(h->curl);
    h->curl = NULL;
}

bool curl_handle_number(const struct curl_handle *h, CURLoption option, long value)
{
    return h->lib.easy_setopt(h->curl, option, value) == CURLE_OK;
}

bool curl_handle_text(const struct curl_handle *h, CURLoption option, const char *value)
{
    return h->lib.easy_setopt(h->curl, option, value) == CURLE_OK;
}

static size_t take(char *p, size_t size, size_t n, void *arg)
{
    struct buf *out = arg;
    return buf_put(out, bytes_at(p, size * n)) ? size * n : 0;
}

bool curl_handle_body(const struct curl_handle *h, struct buf *out)
{
    return h->lib.easy_setopt(h->curl, CURLOPT_WRITEFUNCTION, take) == CURLE_OK &&
           h->lib.easy_setopt(h->curl, CURLOPT_WRITEDATA, out) == CURLE_OK;
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
    case CURLE_SSL_CACERT_BADFILE:
        return "ETLS";
    default:
        return "EIO";
    }
}

bool curl_handle_judge(const struct curl_handle *h, CURLcode result, const struct buf *out,
                       int64_t limit_ms, struct fail *fail)
{
    if (result == CURLE_WRITE_ERROR && out->overflow)
        return fail_set(fail, "ELIMIT", "its answer is longer than %zu bytes", out->limit);
    if (result == CURLE_OPERATION_TIMEDOUT)
        return fail_set(fail, "ETIMEDOUT", "no answer within %g seconds", (double)limit_ms / 1000);
    return result == CURLE_OK ||
           fail_set(fail, code_of(result), "%s", h->why[0] ? h->why : h->lib.easy_strerror(result));
}
