#include "cli/script_fault.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

const char *script_fault_words(const char *text, const char *file, unsigned *line)
{
    size_t n = strlen(file);
    char *rest;
    if (strncmp(text, file, n) != 0 || text[n] != ':')
        return text;
    unsigned long named = strtoul(text + n + 1, &rest, 10);
    bool is_line = rest > text + n + 1 && *rest == ':';
    if (is_line)
        *line = (unsigned)named;
    const char *words = is_line ? rest + 1 : text + n + 1;
    return words + strspn(words, " ");
}
