#include "cli/wrap.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

void wrap_print(const char *text, int column)
{
    int at = column;
    for (const char *word = text; *word;) {
        size_t n = strcspn(word, " ");
        int width = (int)text_width(bytes_at(word, n));
        if (at > column && at + 1 + width > WRAP_WIDTH) {
            printf("\n%*s", column, "");
            at = column;
        } else if (at > column) {
            putchar(' ');
            at++;
        }
        printf("%.*s", (int)n, word);
        at += width;
        word += n;
        word += strspn(word, " ");
    }
    putchar('\n');
}
