#include "base/embedded.h"

#include <string.h>

const struct embedded *embedded_find(const char *path)
{
    const struct embedded *list = NULL;
    size_t n = embedded_list(&list);
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].path, path) == 0)
            return &list[i];
    return NULL;
}
