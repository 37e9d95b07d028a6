/* An answer of the process that reads mails, which a mail may have taken over: it is refused, or safe to show and to sort. */
#include "base/text.h"
#include "claim.h"
#include "mail/sorting.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sorting_ground ground = {.bounces = "b@example.org", .retest = "r@example.org"};
    struct incoming m;
    struct fail fail = {0};
    if (!incoming_get(bytes_at(data, size), &m, &fail)) {
        require(fail.code && !m.object);
        return 0;
    }
    const char *key;
    json_t *value;
    json_object_foreach(m.object, key, value)
        require(!json_is_string(value) || text_is_printable(bytes_of(json_string_value(value))));
    for (size_t i = 0; incoming_nth(&m, "recipients", i); i++)
        require(text_is_printable(bytes_of(incoming_nth(&m, "recipients", i))));
    struct sorted s = sorting_of(&ground, &m);
    require(!sorting_is_certain(s.match));
    incoming_free(&m);
    return 0;
}
