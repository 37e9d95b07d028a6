#include "run/provenance.h"

#include "base/hash_file.h"
#include "base/json.h"
#include "net/dial.h"
#include "run/clock_state.h"
#include "run/pack_files.h"

#include <string.h>

/* The program that runs, also when another one lies in its place by now. */
#define PROGRAM "/proc/self/exe"

static void begin(struct buf *out, const char *name)
{
    json_put_name(out, name);
    buf_put_byte(out, '{');
}

/* The name of the account is nobody's business: who wants to be named says so by --operator. */
static void put_operator(struct buf *out, const struct run_options *o)
{
    char key[PUBLIC_KEY_TEXT];
    begin(out, "operator");
    if (o->operator_name)
        json_put_member_text(out, "name", o->operator_name);
    if (o->signer)
        json_put_member_text(out, "key", public_key_text(o->signer, key));
    buf_put_byte(out, '}');
}

static bool put_build(struct buf *out, struct fail *fail)
{
    char digest[SHA256_HEX];
    if (!sha256_file(PROGRAM, digest, fail))
        return false;
    begin(out, "build");
    json_put_member_text(out, "sha256", digest);
    buf_put_byte(out, '}');
    return true;
}

/* Where a connection to the Internet at large begins: --from, or what the machine's routes say. */
static bool source_of(const struct run_options *o, const char *somewhere, struct addr *out)
{
    struct addr there;
    if (!addr_parse_ip(bytes_of(somewhere), &there))
        return false;
    if (o->from.family == there.family) {
        *out = o->from;
        return true;
    }
    return o->beyond_loopback && dial_own_address(&there, out);
}

/* Not all that the machine has: a case is handed to strangers, and its internal networks are not theirs to know. */
static void put_addresses(struct buf *out, const struct run_options *o)
{
    static const char *const somewhere[] = {"203.0.113.1", "2001:db8::1"}; /* RFC 5737, 3849 */
    char text[ADDR_TEXT];
    struct addr at;
    unsigned n = 0;
    json_put_name(out, "addresses");
    buf_put_byte(out, '[');
    for (unsigned i = 0; i < sizeof somewhere / sizeof somewhere[0]; i++)
        if (source_of(o, somewhere[i], &at))
            buf_printf(out, "%s\"%s\"", n++ ? "," : "", addr_ip_text(&at, text));
    buf_put_byte(out, ']');
}

static void put_vantage(struct buf *out, const struct run_options *o)
{
    char text[ADDR_TEXT];
    struct clock_state clock;
    begin(out, "vantage");
    if (o->from.family != ADDR_NONE)
        json_put_member_text(out, "from", addr_ip_text(&o->from, text));
    put_addresses(out, o);
    clock_state_look(&clock);
    json_put_name(out, "clock");
    clock_state_put(out, &clock);
    buf_put_byte(out, '}');
}

static void put_resolvers(struct buf *out, const struct run_options *o)
{
    char text[ADDR_TEXT];
    json_put_name(out, "resolvers");
    buf_put_byte(out, '[');
    for (size_t i = 0; i < o->resolver_count; i++)
        buf_printf(out, "%s\"%s\"", i ? "," : "", addr_text(&o->resolvers[i], text));
    buf_put_byte(out, ']');
    json_put_member_text(out, "resolvers_from", o->resolvers_named ? "operator" : "system");
}

/* The file in the bundle that a path chose: a script of the operator's own, or a pack. */
static bool file_chosen(const struct run_options *o, const char *choice, char out[PACK_FILE_NAME])
{
    for (size_t i = 0; i < o->script_count; i++)
        if (pack_files_is_local(&o->scripts[i]) && strcmp(o->probes[i]->source_name, choice) == 0) {
            pack_files_name(out, &o->scripts[i]);
            return true;
        }
    for (size_t i = 0; i < o->pack_count; i++)
        if (o->packs[i].path && strcmp(o->packs[i].path, choice) == 0) {
            pack_files_archive(out, &o->packs[i].pack->manifest);
            return true;
        }
    return false;
}

/* By its name in the bundle: where it lies on the operator's machine is not for others. */
static void put_choice(struct buf *out, const struct run_options *o, const char *choice)
{
    char name[PACK_FILE_NAME];
    json_put_string(out, bytes_of(file_chosen(o, choice, name) ? name : choice));
}

static void put_choices(struct buf *out, const struct run_options *o)
{
    json_put_name(out, "probes");
    buf_put_byte(out, '[');
    for (size_t i = 0; o->choices && o->choices[i]; i++) {
        if (i > 0)
            buf_put_byte(out, ',');
        put_choice(out, o, o->choices[i]);
    }
    buf_put_byte(out, ']');
}

/* No targets and no lists of them: a case is handed out with this file, and without the others' names. */
static void put_options(struct buf *out, const struct run_options *o)
{
    begin(out, "options");
    put_choices(out, o);
    json_put_member_number(out, "limit_ms", (uint64_t)(o->limit / 1000));
    json_put_member_number(out, "inflight", o->in_flight);
    json_put_member_number(out, "workers", o->workers);
    json_put_member_number(out, "rate", o->rate);
    json_put_member_number(out, "prefix_rate", o->prefix_rate);
    json_put_member_number(out, "messages", o->messages);
    json_put_member_number(out, "gap_ms", (uint64_t)(o->gap / 1000));
    put_resolvers(out, o);
    buf_put_byte(out, '}');
}

bool provenance_put(struct buf *out, const struct run_options *o, struct fail *fail)
{
    put_operator(out, o);
    if (!put_build(out, fail))
        return false;
    put_vantage(out, o);
    put_options(out, o);
    return true;
}
