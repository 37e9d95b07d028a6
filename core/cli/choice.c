#include "cli/choice.h"

#include <fnmatch.h>
#include <string.h>

bool choice_is_path(const char *choice)
{
    size_t n = strlen(choice);
    return n > 4 && strcmp(choice + n - 4, ".lua") == 0;
}

bool choice_leaves_out(const char *choice, const char **rest)
{
    bool out = choice[0] == '!';
    *rest = choice + out;
    return out;
}

bool choice_means(const char *choice, const struct probe_info *info)
{
    enum probe_category category;
    if (choice_is_path(choice))
        return strcmp(choice, info->source_name) == 0;
    if (strcmp(choice, "relay") == 0 || strcmp(choice, "proxy") == 0)
        return info->relay == (choice[0] == 'r') && (info->categories & 1U << PROBE_SAFE);
    if (probe_category_parse(bytes_of(choice), &category))
        return (info->categories & 1U << category) != 0;
    return fnmatch(choice, info->id, 0) == 0;
}
