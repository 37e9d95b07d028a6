#include "cli/complain.h"

#include <stdio.h>

enum { STATUS_FAILED = 1, STATUS_WRONG = 2 };

bool complain_is_usage(const struct fail *fail)
{
    static const char *const codes[] = {"EUSAGE", "EARGUMENT", "ETARGET"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (strcmp(fail->code, codes[i]) == 0)
            return true;
    return false;
}

int complain_words(const char *command, int status, const char *words)
{
    fprintf(stderr, "ajar %s: %s\n", command, words);
    return status;
}

int complain(const char *command, const struct fail *fail)
{
    return complain_words(command, complain_is_usage(fail) ? STATUS_WRONG : STATUS_FAILED,
                          fail->text);
}
