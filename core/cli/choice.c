#include "cli/choice.h"

#include <fnmatch.h>
#include <string.h>

static bool ends_in(const char *choice, const char *ending)
{
    size_t n = strlen(choice);
    size_t m = strlen(ending);
    return n > m && strcmp(choice + n - m, ending) == 0;
}

bool choice_is_path(const char *choice)
{
    return ends_in(choice, ".lua") || choice_is_pack(choice);
}

bool choice_is_pack(const char *choice)
{
    return ends_in(choice, ".tar");
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
