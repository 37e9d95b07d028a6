#include "cli/pack_file.h"

#include "base/file.h"
#include "base/json.h"
#include "cli/wrap.h"

#include <stdio.h>
#include <unistd.h>

enum { LABEL = 14, LINE_MOST = 256 * 1024, PATH_MOST = 4096 };

struct pack *pack_file_read(const char *path, const char *signature_path, struct buf *signature,
                            struct fail *fail)
{
    char beside[PATH_MOST];
    struct pack *p = pack_read(path, fail);
    snprintf(beside, sizeof beside, "%s" SEAL_SUFFIX, path);
    bool wanted = signature_path || access(beside, F_OK) == 0;
    if (p && wanted &&
        !file_read_regular(signature_path ? signature_path : beside, signature, fail)) {
        pack_free(p);
        return NULL;
    }
    return p;
}

bool pack_file_check(const struct pack *p, struct bytes signature, const struct trust *trust,
                     struct seal *out, const char **name, struct fail *fail)
{
    unsigned char id[8];
    char number[KEY_ID_TEXT];
    if (signature.n == 0)
        return fail_set(fail, "ESIGNATURE", "it is not signed: there is no signature beside it");
    if (!seal_key_id(signature, id, fail))
        return false;
    const struct trusted_key *key = trust_find(trust, id);
    if (!key)
        return fail_set(fail, "EKEY", "signed by the key %s, which is none of yours",
                        key_number_text(id, number));
    *name = key->name;
    return seal_check(signature, p, &key->key, out, fail) &&
           trust_holds(key, out->at, out->at, fail);
}

static void print_label(const char *label, const char *text)
{
    printf("%-*s", LABEL, label);
    wrap_print(text, LABEL);
}

static void print_list(const char *label, const char list[][MANIFEST_PATH], unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        print_label(i ? "" : label, list[i]);
}

static void print_capabilities(unsigned capabilities)
{
    const char *label = "may";
    for (unsigned i = 0; i < CAPABILITIES; i++)
        if (capabilities & 1U << i) {
            print_label(label, capability_words((enum capability)i));
            label = "";
        }
    if (!capabilities)
        print_label(label, "do nothing on the network");
}

static void print_limits(const struct limits *limits)
{
    char line[96];
    size_t n = 0;
    if (limits->seconds)
        n += (size_t)snprintf(line, sizeof line, "%u second%s at a target", limits->seconds,
                              limits->seconds == 1 ? "" : "s");
    if (limits->connections)
        n += (size_t)snprintf(line + n, sizeof line - n, "%s%u connection%s to it", n ? ", " : "",
                              limits->connections, limits->connections == 1 ? "" : "s");
    if (limits->memory)
        n += (size_t)snprintf(line + n, sizeof line - n, "%s%u MiB of memory", n ? ", " : "",
                              limits->memory);
    if (n > 0)
        print_label("at most", line);
}

static void print_needs(const struct manifest *m)
{
    char line[MANIFEST_NAME + sizeof m->needs[0].range_text];
    for (unsigned i = 0; i < m->need_count; i++) {
        snprintf(line, sizeof line, "%s %s", m->needs[i].name, m->needs[i].range_text);
        print_label(i ? "" : "requires", line);
    }
}

void pack_file_print(const struct pack *p)
{
    const struct manifest *m = &p->manifest;
    char version[VERSION_TEXT];
    print_label("pack", m->name);
    print_label("version", version_text(&m->version, version));
    print_label("summary", m->summary);
    print_label("license", m->license);
    for (unsigned i = 0; i < m->maintainer_count; i++)
        print_label(i ? "" : "maintainers", m->maintainers[i]);
    print_capabilities(m->capabilities);
    print_limits(&m->limits);
    print_list("probes", m->probes, m->probe_count);
    print_list("letters", m->letters, m->letter_count);
    print_needs(m);
    print_label("SHA-256", p->digest);
}

/* Texts of `room` bytes each, one behind the other. */
static void put_texts(struct buf *out, const char *name, const char *texts, size_t room, unsigned n)
{
    json_put_name(out, name);
    buf_put_byte(out, '[');
    for (unsigned i = 0; i < n; i++) {
        buf_put_text(out, i ? "," : "");
        json_put_string(out, bytes_of(texts + i * room));
    }
    buf_put_byte(out, ']');
}

static void put_limits(struct buf *out, const struct limits *limits)
{
    json_put_name(out, "limits");
    buf_put_byte(out, '{');
    if (limits->seconds)
        json_put_member_number(out, "seconds", limits->seconds);
    if (limits->connections)
        json_put_member_number(out, "connections", limits->connections);
    if (limits->memory)
        json_put_member_number(out, "memory", limits->memory);
    buf_put_byte(out, '}');
}

static void put_needs(struct buf *out, const struct manifest *m)
{
    json_put_name(out, "requires");
    buf_put_byte(out, '{');
    for (unsigned i = 0; i < m->need_count; i++)
        json_put_member_text(out, m->needs[i].name, m->needs[i].range_text);
    buf_put_byte(out, '}');
}

static void put_capabilities(struct buf *out, unsigned capabilities)
{
    const char *before = "";
    json_put_name(out, "capabilities");
    buf_put_byte(out, '[');
    for (unsigned i = 0; i < CAPABILITIES; i++)
        if (capabilities & 1U << i) {
            buf_printf(out, "%s\"%s\"", before, capability_name((enum capability)i));
            before = ",";
        }
    buf_put_byte(out, ']');
}

static void put_signer(struct buf *out, const struct seal *signer)
{
    char line[PUBLIC_KEY_TEXT];
    char at[TIME_TEXT];
    if (!signer) {
        json_put_name(out, "signer");
        buf_put_text(out, "null");
        return;
    }
    json_put_member_text(out, "signer", public_key_text(&signer->key, line));
    json_put_member_text(out, "signed", time_text(signer->at, at));
}

void pack_file_print_json(const struct pack *p, const struct seal *signer)
{
    const struct manifest *m = &p->manifest;
    char version[VERSION_TEXT];
    struct buf out = buf_new(LINE_MOST);
    buf_put_byte(&out, '{');
    json_put_member_text(&out, "name", m->name);
    json_put_member_text(&out, "version", version_text(&m->version, version));
    json_put_member_text(&out, "summary", m->summary);
    json_put_member_text(&out, "license", m->license);
    put_texts(&out, "maintainers", m->maintainers[0], sizeof m->maintainers[0],
              m->maintainer_count);
    put_capabilities(&out, m->capabilities);
    put_limits(&out, &m->limits);
    put_texts(&out, "probes", m->probes[0], sizeof m->probes[0], m->probe_count);
    put_texts(&out, "letters", m->letters[0], sizeof m->letters[0], m->letter_count);
    put_needs(&out, m);
    json_put_member_text(&out, "sha256", p->digest);
    put_signer(&out, signer);
    buf_put_text(&out, "}\n");
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
}
