#include "cli/near.h"

#include <stdbool.h>
#include <string.h>

enum { WORD_MOST = 32, TOO_FAR = 3 };

static size_t least_of(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* How many letters must be changed, added or left out to make `b` of `a` (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
    size_t row[WORD_MOST + 1];
    size_t width = strnlen(b, WORD_MOST);
    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 0; i < WORD_MOST && a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < width; j++) {
            size_t changed = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = least_of(changed, row[j] + 1, row[j + 1] + 1);
        }
    }
    return row[width];
}

struct near near_to(const char *typed)
{
    return (struct near){.typed = typed, .least = TOO_FAR};
}

void near_try(struct near *n, const char *word)
{
    bool is_start = n->typed[0] && strncmp(word, n->typed, strlen(n->typed)) == 0;
    size_t d = is_start ? 0 : distance(n->typed, word);
    if (d < n->least && d < strlen(word)) {
        n->least = d;
        n->best = word;
    }
}
