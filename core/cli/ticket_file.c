#include "cli/ticket_file.h"

#include <stdio.h>

struct ticket_key *ticket_file_open(const char *command, const char *path, struct fail *fail)
{
    bool made = false;
    struct ticket_key *key = ticket_key_load(path, true, &made, fail);
    if (made)
        fprintf(stderr, "ajar %s: %s: made; keep it, 'ajar inbox' needs it\n", command, path);
    return key;
}
