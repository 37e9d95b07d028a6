#include "cli/choice.h"

#include <fnmatch.h>
#include <string.h>

bool choice_is_path(const char *choice)
{
    return bytes_ends(bytes_of(choice), ".lua") || choice_is_pack(choice);
}

bool choice_is_pack(const char *choice)
{
    return bytes_ends(bytes_of(choice), ".tar");
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
