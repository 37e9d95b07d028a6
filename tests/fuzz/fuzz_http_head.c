/* Heads read as response and as request. */
#include "claim.h"
#include "proto/http_head.h"

static enum parse parse_response(struct bytes in, size_t *used)
{
    struct http_response r;
    const char *why = NULL;
    enum parse state = http_response_parse(in, &r, used, &why);
    require(state != PARSE_BAD || why);
    return state;
}

static enum parse parse_request(struct bytes in, size_t *used)
{
    struct http_request r;
    const char *why = NULL;
    enum parse state = http_request_parse(in, &r, used, &why);
    require(state != PARSE_BAD || why);
    return state;
}

static void claim_fields(struct bytes fields, struct bytes in, size_t used)
{
    struct bytes value;
    claim_within(fields, in);
    require(used <= HTTP_HEAD_LIMIT && in.p[used - 1] == '\n');
    require(fields.n == 0 || fields.p[fields.n - 1] == '\n');
    require(bytes_index(bytes_slice(in, 0, used), '\0', 0) == BYTES_NOT_FOUND);
    for (unsigned nth = 0; http_field(fields, "Via", nth, &value); nth++) {
        require(nth < HTTP_FIELDS_LIMIT);
        claim_within(value, fields);
        require(bytes_index(value, '\n', 0) == BYTES_NOT_FOUND);
        require(bytes_index(value, '\r', 0) == BYTES_NOT_FOUND);
    }
}

static void claim_response(struct bytes in)
{
    struct http_response r;
    size_t used = 0;
    const char *why;
    if (http_response_parse(in, &r, &used, &why) != PARSE_OK)
        return;
    claim_fields(r.fields, in, used);
    claim_within(r.reason, in);
    require(r.code >= 100 && r.code <= 599 && r.minor <= 9);
    require(!r.has_length || !r.chunked);
    require(http_body_of(&r, bytes_of("HEAD")) == HTTP_BODY_NONE);
    enum http_body body = http_body_of(&r, bytes_of("GET"));
    require(body != HTTP_BODY_LENGTH || r.has_length);
    require(body != HTTP_BODY_CHUNKED || r.chunked);
}

static void claim_request(struct bytes in)
{
    struct http_request r;
    size_t used = 0;
    const char *why;
    if (http_request_parse(in, &r, &used, &why) != PARSE_OK)
        return;
    claim_fields(r.fields, in, used);
    claim_within(r.method, in);
    claim_within(r.target, in);
    require(r.method.n > 0 && r.target.n > 0 && r.minor <= 9);
    require(!r.has_length || !r.chunked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = bytes_at(data, size);
    claim_parser(parse_response, in);
    claim_parser(parse_request, in);
    claim_response(in);
    claim_request(in);
    return 0;
}
