#include "cli/partial_words.h"

#include "cli/shown_name.h"

#include <stdio.h>

void partial_words(const char *path, const struct partial *found)
{
    printf("%s: %s; %lu finished %s whole\n", path,
           found->signature ? "not as it was sealed" : "not sealed", found->cases,
           found->cases == 1 ? "case is" : "cases are");
    printf("  bundle      %s\n", found->top[0] ? found->top : "(nothing can be read)");
    printf("  run.json    %s\n", found->has_run ? "there" : "missing");
    if (found->broken > 0)
        printf("  not whole   %lu; the first is %s: %s\n", found->broken, found->first_broken,
               found->why.text);
    printf("  readable    %llu of %llu bytes\n", (unsigned long long)found->good,
           (unsigned long long)found->size);
    printf("  ends        %s\n", found->end.text);
    if (found->at_work)
        printf("  at work     a run still writes to it\n");
}

void partial_words_hint(const char *command, const char *path)
{
    struct fail fail;
    struct partial found;
    char name[SHOWN_NAME];
    if (!partial_read(path, NULL, NULL, &found, &fail) || found.sealed || !found.has_run)
        return;
    shown_name(path, name);
    if (found.at_work)
        fprintf(stderr, "ajar %s: %s: a run still writes to it, and seals it at its end\n", command,
                name);
    else if (found.signature)
        fprintf(stderr,
                "ajar %s: %s: it was sealed, and is not as long as it was then: look for a copy "
                "that is; `ajar verify --partial` says what can be read of this one\n",
                command, name);
    else
        fprintf(
            stderr,
            "ajar %s: %s: it was never sealed, or is a part of a bundle: `ajar verify --partial` "
            "says what is whole in it, `ajar seal` makes a bundle of that\n",
            command, name);
}
