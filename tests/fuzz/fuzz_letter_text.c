/* A letter that is to be printed: whatever JSON it is, it is taken or refused. */
#include "paper/letter_text.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail;
    json_t *letter = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
    if (letter && letter_text_check(letter, &fail))
        letter_text(letter, "title");
    json_decref(letter);
    return 0;
}
