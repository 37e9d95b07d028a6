/* Whatever a resolver answers, what is read of it is bounded and printable where it must be. The first byte
 * chooses the type. */
#include "claim.h"
#include "proto/dns.h"

static void claim_record(const struct dns_answer *a, const struct dns_record *r, enum dns_type type)
{
    struct addr at;
    claim_within(r->text, buf_view(&a->hold));
    if (type == DNS_TXT)
        require(r->text.n <= DNS_TEXT_MOST);
    else if (type == DNS_MX || type == DNS_PTR)
        require(dns_is_name(r->text));
    else
        require(addr_parse_ip(r->text, &at) &&
                at.family == (type == DNS_A ? ADDR_IPV4 : ADDR_IPV6));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum dns_type types[] = {DNS_A, DNS_AAAA, DNS_PTR, DNS_MX, DNS_TXT};
    struct dns_answer a;
    struct fail fail = {0};
    if (size == 0)
        return 0;
    enum dns_type type = types[data[0] % 5];
    struct bytes message = bytes_at(data + 1, size - 1);
    dns_is_truncated(message);
    dns_is_answer(message, message);
    if (!dns_answer_get(message, type, &a, &fail)) {
        require(fail.code && a.count == 0);
        return 0;
    }
    require(a.count > 0 && a.count <= DNS_RECORDS_MOST);
    for (size_t i = 0; i < a.count; i++)
        claim_record(&a, &a.records[i], type);
    dns_answer_free(&a);
    return 0;
}
