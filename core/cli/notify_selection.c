#include "cli/notify_selection.h"

#include "cli/shown_name.h"
#include "run/case_proof.h"

#include <stdio.h>

/* A case's name becomes a file's name: bundle.h promises [A-Za-z0-9._/-], here no slash may stand. */
static bool is_file_name(const char *id)
{
    return id[0] != '\0' && id[0] != '.' && strlen(id) <= 64 && !strchr(id, '/');
}

/* No owner is told of his server what the case's own files don't bear out. */
static bool is_borne_out(const struct notify_selection *s, const struct bundle_case *c,
                         json_t *said)
{
    struct fail fail;
    char name[SHOWN_NAME];
    struct case_files files = case_asker_files(&s->asker, c);
    files.said = said;
    fail = s->asker.why;
    if (s->asker.holds && case_claims_hold(&files, &fail))
        return true;
    fprintf(
        stderr,
        "ajar notify: %s: case %s: no letter is written, as its own files don't bear it out: %s\n",
        shown_name(s->bundle, name), c->id, fail.text);
    return false;
}

/* Is a letter about this case wanted? */
static bool is_to_be_told(const struct notify_selection *s, const struct notify_case *read)
{
    const struct finding *f = &read->finding;
    if (s->chosen)
        return s->all_clear ? read->closed : read->proven || read->suspect;
    if (s->all_clear)
        return read->closed && since_is_closed(s->since, &f->target) &&
               since_is_told_by(s->since, &f->target, f->probe);
    bool told = read->proven || (read->suspect && s->include_suspect);
    return told && (!s->since || since_case(s->since, &f->target, f->probe));
}

bool notify_selection_read(struct notify_selection *s, const struct bundle_case *c,
                           struct notify_case *out, bool *told, struct fail *fail)
{
    *told = false;
    if (!is_file_name(c->id))
        return fail_set(fail, "EFORMAT", "a case has a name that can't be a file's");
    if (!notify_case_read(out, c, s->all_clear, fail))
        return false;
    bool wanted = is_to_be_told(s, out);
    bool opted_out = wanted && notify_recipient_opted_out(s->recipients, &out->finding.target);
    *told = wanted && !opted_out && is_borne_out(s, c, out->json);
    s->opted_out += opted_out;
    s->unproven += wanted && !opted_out && !*told;
    s->left_out += !wanted;
    if (*told && s->since)
        out->finding.earlier_case =
            bytes_of(since_case(s->since, &out->finding.target, out->finding.probe));
    if (!*told)
        notify_case_free(out);
    return true;
}

/* Text in JSON stands there as it is, or is escaped. */
bool notify_selection_may_be(const struct notify_selection *s, struct bytes case_json)
{
    static const char *const open[] = {"open\"", "suspect\"", "\\u"};
    static const char *const closed[] = {"closed\"", "\\u"};
    const char *const *words = s->all_clear ? closed : open;
    for (size_t i = 0; i < (s->all_clear ? 2 : 3); i++)
        if (bytes_find(case_json, bytes_of(words[i])) != BYTES_NOT_FOUND)
            return true;
    return false;
}

/* Why no letter is about them. */
const char *notify_selection_words(const struct notify_selection *s)
{
    if (s->all_clear)
        return "of a server that was open and is closed";
    if (s->since)
        return s->include_suspect ? "open or suspect now and before" : "open now and before";
    return s->include_suspect ? "open or suspect" : "open";
}
