#include "cli/case_find.h"

#include "evidence/bundle.h"

#include <stdio.h>

struct search {
    const char *wanted;
    char id[CASE_FIND_ID]; /* the first that was found */
    unsigned long matches;
};

static bool begins(const char *id, const char *wanted)
{
    return strncmp(id, wanted, strlen(wanted)) == 0;
}

/* Is this file the case.json of one that is wanted? */
static bool match(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    static const char cases[] = "data/cases/";
    struct search *s = arg;
    (void)content;
    (void)fail;
    if (!begins(name, cases))
        return true;
    const char *id = name + strlen(cases);
    const char *end = strchr(id, '/');
    if (!end || strcmp(end, "/case.json") != 0 || end - id >= CASE_FIND_ID)
        return true;
    if (!begins(id, s->wanted) && !(begins(id, "c-") && begins(id + 2, s->wanted)))
        return true;
    if (s->matches++ == 0)
        snprintf(s->id, sizeof s->id, "%.*s", (int)(end - id), id);
    return true;
}

bool case_find(const char *bundle, const char *wanted, char out[CASE_FIND_ID], struct fail *fail)
{
    struct search s = {.wanted = wanted};
    if (!bundle_each(bundle, match, &s, fail))
        return false;
    if (s.matches == 0)
        return fail_set(fail, "ENOENT", "%s has no case whose name begins with '%s'", bundle,
                        wanted);
    memcpy(out, s.id, sizeof s.id);
    return s.matches == 1 ||
           fail_set(fail, "EAMBIGUOUS", "%lu cases begin with '%s': give more of the name",
                    s.matches, wanted);
}
