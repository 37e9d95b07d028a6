#include "cli/ask.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool ask_person(const char *question, const char *instead, struct fail *fail)
{
    char answer[16] = "";
    FILE *terminal = isatty(STDIN_FILENO) ? fopen("/dev/tty", "r+e") : NULL;
    if (!terminal)
        return fail_set(fail, "ENOTTY", "there is no terminal to ask on: %s says yes", instead);
    fprintf(terminal, "%s [y/N] ", question);
    fflush(terminal);
    bool yes = fgets(answer, sizeof answer, terminal) &&
               (strcmp(answer, "y\n") == 0 || strcmp(answer, "yes\n") == 0);
    fclose(terminal);
    return yes || fail_set(fail, "EREFUSED", "nothing was changed");
}
