#include "run/needs.h"

#include "evidence/bundle.h"
#include "script/probes.h"
#include "tape/object.h"
#include "tape/strict.h"

#include <stdio.h>
#include <string.h>

enum { RUN_JSON_MOST = 256 * 1024, BUNDLE_FORMAT = 1, INTERFACE_MOST = 1000000 };

static bool copy_text(const json_t *text, char *out, size_t size)
{
    size_t n = json_string_length(text); /* 0 for what is no string */
    if (n == 0 || n >= size || strlen(json_string_value(text)) != n)
        return false;
    memcpy(out, json_string_value(text), n + 1);
    return true;
}

static bool read_api(const json_t *run, struct needs *out, struct fail *fail)
{
    const json_t *list = strict_member(run, "api", fail);
    if (!list)
        return false;
    size_t n = json_array_size(list); /* 0 for what is no list */
    if (n == 0 || n > NEEDS_API)
        return fail_set(fail, "EFORMAT", "\"api\" is no list of 1 to %d scripts", NEEDS_API);
    for (size_t i = 0; i < n; i++)
        if (!copy_text(json_array_get(list, i), out->api[i], NEEDS_NAME))
            return fail_set(fail, "EFORMAT", "\"api\" holds something that is no script's name");
    out->api_count = n;
    return true;
}

static bool read_members(const json_t *run, struct needs *out, struct fail *fail)
{
    json_int_t number = 0;
    if (!strict_integer(run, "format", 0, INTERFACE_MOST, &number, fail))
        return false;
    if (number != BUNDLE_FORMAT)
        return fail_set(fail, "EVERSION",
                        "the bundle's format is %" JSON_INTEGER_FORMAT
                        ", and this program (ajar " AJAR_VERSION ") reads %d",
                        number, BUNDLE_FORMAT);
    if (!copy_text(json_object_get(run, "ajar"), out->made_by, sizeof out->made_by))
        return fail_set(fail, "EFORMAT", "the field \"ajar\" is no version");
    if (!json_object_get(run, "interface"))
        return true;
    if (!strict_integer(run, "interface", 1, INTERFACE_MOST, &number, fail))
        return false;
    out->interface = (unsigned)number;
    return read_api(run, out, fail);
}

bool needs_read(struct bytes run_json, struct needs *out, struct fail *fail)
{
    memset(out, 0, sizeof *out);
    json_t *run = strict_load(run_json, RUN_JSON_MOST, fail);
    bool ok = run && read_members(run, out, fail);
    json_decref(run);
    return ok || fail_prefix(fail, "data/run.json");
}

bool needs_served(const struct needs *needs, struct fail *fail)
{
    if (needs->interface == 0 ||
        (needs->interface >= PROBES_INTERFACE_OLDEST && needs->interface <= PROBES_INTERFACE))
        return true;
    char range[32] = "";
    if (PROBES_INTERFACE_OLDEST < PROBES_INTERFACE)
        snprintf(range, sizeof range, "%d to ", PROBES_INTERFACE_OLDEST);
    return fail_set(fail, "EVERSION",
                    "its scripts need interface %u (the bundle was made by ajar %s), and this "
                    "program (ajar " AJAR_VERSION ") has %s%d",
                    needs->interface, needs->made_by, range, PROBES_INTERFACE);
}

bool needs_are_its_own(unsigned interface, enum builtin_origin origin, struct fail *fail)
{
    if (origin != BUILTIN_OWN || interface == PROBES_INTERFACE)
        return true;
    char said[40] = "no interface";
    if (interface > 0)
        snprintf(said, sizeof said, "interface %u", interface);
    return fail_set(fail, "EDIVERGED",
                    "data/run.json: it names %s, and the scripts are, byte for byte, those of this "
                    "program (ajar " AJAR_VERSION "), which need %d",
                    said, PROBES_INTERFACE);
}

static bool look(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    enum builtin_origin *origin = arg;
    (void)fail;
    *origin = builtin_with(*origin, bytes_of(name), content);
    return true;
}

bool needs_hold(const char *bundle, unsigned interface, struct fail *fail)
{
    struct fail ignored;
    enum builtin_origin origin = BUILTIN_NONE;
    if (interface == PROBES_INTERFACE || !bundle_each(bundle, look, &origin, &ignored))
        return true;
    return needs_are_its_own(interface, origin, fail);
}

unsigned needs_interface(const char *bundle)
{
    struct fail fail;
    struct buf text = buf_new(RUN_JSON_MOST);
    json_t *run =
        bundle_read(bundle, "data/run.json", &text, &fail) ? object_load(buf_view(&text)) : NULL;
    json_int_t number = json_integer_value(json_object_get(run, "interface"));
    json_decref(run);
    buf_free(&text);
    return number > 0 && number <= INTERFACE_MOST ? (unsigned)number : 0;
}
