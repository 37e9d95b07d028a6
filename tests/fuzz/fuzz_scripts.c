/*
 * A bundle whose scripts an enemy wrote. Input: the text of its API's one part, a NUL, the text of its one probe, a NUL,
 * a tape. The scripts are loaded or refused, and what they make of the tape is the same, another, or can't be told;
 * none of it ends the process or runs on.
 */
#include "claim.h"
#include "run/rederive.h"
#include "script/forms.h"

#include <jansson.h>
#include <string.h>

/* The input up to the next NUL, which is taken off it. */
static struct bytes part(struct bytes *rest)
{
    size_t end = bytes_index(*rest, '\0', 0);
    size_t n = end == BYTES_NOT_FOUND ? rest->n : end;
    struct bytes first = bytes_slice(*rest, 0, n);
    *rest = bytes_slice(*rest, n + 1, rest->n);
    return first;
}

/* What it says that it tries is JSON within the limit, or refused with a reason. */
static void claim_forms(struct probes *probes)
{
    struct fail fail = {0};
    struct buf forms = buf_new(FORMS_LIMIT + 1);
    if (probes_forms(probes, 0, &forms, &fail)) {
        json_t *list = json_loadb((const char *)forms.p, forms.n, 0, NULL);
        require(json_is_array(list) && json_array_size(list) <= FORMS_MOST);
        json_decref(list);
    } else {
        require(fail.text[0] != '\0');
    }
    buf_free(&forms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes rest = bytes_at(data, size);
    struct script_source api = {"scripts/lib/ajar.lua", "", part(&rest), 0, {0}};
    struct script_source source = {"probe.lua", "", part(&rest), 0, {0}};
    struct vm_limits limits = vm_limits_default();
    struct rederived what;
    struct fail fail = {0};
    limits.memory = (size_t)32 * 1024 * 1024;
    limits.instructions = 1000 * 1000;
    struct probes *probes = probes_new_with(&api, 1, &source, 1, &limits, &fail);
    require(probes || (fail.code && fail.text[0] != '\0'));
    if (!probes)
        return 0;
    claim_forms(probes);
    rederive(probes, &(struct case_files){.tape = rest}, &what);
    require(what.outcome != REDERIVED_UNABLE || what.fail.text[0] != '\0');
    require(memchr(what.error, '\0', sizeof what.error));
    probes_free(probes);
    return 0;
}
