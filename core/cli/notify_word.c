#include "cli/notify_word.h"

#include "base/embedded.h"
#include "base/hash_file.h"
#include "notice/facts.h"

#include <string.h>

#define EXAMPLE_PROFILE "lang/profiles/secure-your-server.lua"

bool notify_where_take(struct notify_where *out, const char *path,
                       const struct bundle_report *report, struct fail *fail)
{
    const char *slash = strrchr(path, '/');
    out->name = slash ? slash + 1 : path;
    key_id_text(&report->signer, out->key_id);
    public_key_text(&report->signer, out->public_key);
    return sha256_file(path, out->digest, fail);
}

bool notify_example_profile(struct composing_order *order, struct fail *fail)
{
    const struct embedded *example = embedded_find(EXAMPLE_PROFILE);
    if (!example)
        return fail_set(fail, "ENOENT", "no profile is built in");
    order->profile_name = EXAMPLE_PROFILE;
    order->profile = example->content;
    return true;
}

void notify_where_tell(const struct notify_where *where, struct finding *f)
{
    f->bundle = bytes_of(where->name);
    f->digest = bytes_of(where->digest);
    f->key_id = bytes_of(where->key_id);
    f->public_key = bytes_of(where->public_key);
}

json_t *notify_facts(const struct notify_where *where, struct finding *f, struct fail *fail)
{
    notify_where_tell(where, f);
    return facts_of(f, fail);
}

bool notify_word(struct composing *composing, const struct notify_where *where, struct finding *f,
                 struct letter *out, struct fail *fail)
{
    json_t *facts = notify_facts(where, f, fail);
    if (!facts)
        return false;
    json_t *words = composing_words(composing, facts, fail);
    bool ok = words && letter_lay_out(words, facts, composing_profile(composing), out, fail);
    json_decref(words);
    json_decref(facts);
    return ok;
}
