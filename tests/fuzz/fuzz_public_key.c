/* What is read as a public key is written in one form, and that form is read as the same key. */
#include "claim.h"
#include "evidence/key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct public_key key;
    struct public_key again;
    struct fail fail = {0};
    struct buf text = buf_new(1000);
    if (!public_key_parse(bytes_at(data, size), &key, &fail)) {
        require(fail.code && fail.text[0]);
        return 0;
    }
    require(public_key_put(&text, &key));
    require(public_key_parse(buf_view(&text), &again, &fail));
    require(memcmp(&key, &again, sizeof key) == 0);
    char line[PUBLIC_KEY_TEXT];
    require(public_key_parse(bytes_of(public_key_text(&key, line)), &again, &fail));
    require(memcmp(&key, &again, sizeof key) == 0);
    buf_free(&text);
    return 0;
}
