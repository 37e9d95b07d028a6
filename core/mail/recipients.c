#include "mail/recipients.h"

#include <stdio.h>
#include <string.h>

bool recipients_is_path(const char *mailbox)
{
    const char *at = strrchr(mailbox, '@');
    size_t n = strlen(mailbox);
    if (n == 0 || n >= SUBMIT_MAILBOX || !at || at == mailbox || at[1] == '\0')
        return false;
    for (size_t i = 0; i < n; i++)
        if (mailbox[i] <= ' ' || mailbox[i] >= 0x7f || strchr("<>\"\\(),;", mailbox[i]))
            return false;
    return true;
}

bool recipients_next(const char **list, char out[SUBMIT_MAILBOX])
{
    size_t n = strcspn(*list, ",");
    if (n == 0 || n >= SUBMIT_MAILBOX)
        return false;
    snprintf(out, SUBMIT_MAILBOX, "%.*s", (int)n, *list);
    *list += n;
    if (strncmp(*list, ", ", 2) == 0 && (*list)[2])
        *list += 2;
    return true;
}

unsigned recipients_count(const char *list)
{
    unsigned n = 0;
    char mailbox[SUBMIT_MAILBOX];
    while (recipients_next(&list, mailbox)) {
        if (!recipients_is_path(mailbox) || ++n > SUBMIT_RECIPIENTS)
            return 0;
    }
    return *list ? 0 : n;
}
