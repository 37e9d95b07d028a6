#include "cli/follow_policy.h"

#include "base/embedded.h"
#include "base/file.h"
#include "cli/campaign_folder.h"
#include "store/store_policy.h"

#include <unistd.h>

enum { RULES_MOST = 256 * 1024, OPTOUTS_MOST = 16 * 1024 * 1024 };

/* *found: there is such a text. */
static bool read_text(const char *place, struct store *s, const char *name, struct buf *out,
                      bool *found, struct fail *fail)
{
    char path[CAMPAIGN_PATH];
    int64_t version = 0;
    if (store_is_shared(place)) {
        bool ok = store_text_get(s, name, out, &version, fail);
        *found = version > 0;
        return ok;
    }
    if (!campaign_path(path, place, name, fail))
        return false;
    *found = access(path, F_OK) == 0;
    return !*found || file_read_regular(path, out, fail);
}

static bool load_rules(struct follow_policy *p, const char *place, const char *path,
                       struct store *s, struct fail *fail)
{
    bool found = path != NULL;
    if (path ? !file_read_regular(path, &p->rules, fail)
             : !read_text(place, s, "rules.lua", &p->rules, &found, fail))
        return false;
    const struct embedded *own = found ? NULL : embedded_find("data/campaign/rules.lua");
    p->rulings =
        rulings_new(own ? own->content : buf_view(&p->rules), path ? path : "rules.lua", fail);
    return p->rulings != NULL;
}

static void on_optout(void *arg, const struct store_optout *o)
{
    char text[PREFIX_TEXT];
    buf_printf(arg, "%s\n", prefix_text(&o->network, text));
}

static bool load_optouts(struct follow_policy *p, const char *place, struct store *s,
                         struct fail *fail)
{
    bool found;
    struct buf file = buf_new(OPTOUTS_MOST);
    struct buf single = buf_new(OPTOUTS_MOST);
    p->optouts = scope_loopback();
    bool ok = (p->optouts || fail_set(fail, "ENOMEM", "no memory for opt-outs")) &&
              read_text(place, s, "optout", &file, &found, fail) &&
              store_optouts(s, 0, on_optout, &single, fail) &&
              (!single.overflow || fail_set(fail, "ELIMIT", "there are too many opt-outs")) &&
              scope_add_optouts(p->optouts, buf_view(&file), "optout", fail) &&
              scope_add_optouts(p->optouts, buf_view(&single), "optout", fail);
    buf_free(&file);
    buf_free(&single);
    return ok;
}

bool follow_policy_load(struct follow_policy *out, const char *place, const char *rules_path,
                        struct store *s, struct fail *fail)
{
    *out = (struct follow_policy){.rules = buf_new(RULES_MOST)};
    return load_rules(out, place, rules_path, s, fail) && load_optouts(out, place, s, fail);
}

void follow_policy_free(struct follow_policy *p)
{
    rulings_free(p->rulings);
    scope_free(p->optouts);
    buf_free(&p->rules);
}
