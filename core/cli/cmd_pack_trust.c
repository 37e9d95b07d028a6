/* ajar pack trust: whose packs are taken. */
#include "cli/ask.h"
#include "cli/complain.h"
#include "cli/operator_file.h"
#include "cli/pack_commands.h"
#include "cli/pack_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_PACKS, OPT_CAPABILITIES, OPT_FROM, OPT_UNTIL, OPT_NAME, OPT_YES };

static const struct args_option options[] = {
    [OPT_PACKS] = {"packs", 0, "NAMES",
                   "add: for these packs alone: acme/envelopes, acme/ for all of acme's, or * for "
                   "all; a comma between them"},
    [OPT_CAPABILITIES] =
        {"capabilities", 0, "LIST",
         "add: what such a pack may declare: smtp, http, socks, tcp, udp, dns "
         "with commas between them; all; none; and behind them ,in-worker where its "
         "probes need no process of their own"},
    [OPT_FROM] = {"from", 0, "DAY", "add: from this day on (2026-12-31, UTC); default: ever since"},
    [OPT_UNTIL] = {"until", 0, "DAY", "add: until the end of this day; default: for ever"},
    [OPT_NAME] = {"name", 0, "TEXT", "add: whose key it is"},
    [OPT_YES] = {"yes", 'y', NULL, "add: do not ask"},
    {0},
};

const struct args_command cmd_pack_trust_args = {
    "pack trust", "add --packs NAMES --capabilities LIST KEY | list | remove KEY",
    "add     takes packs that this key signed: these ones, with what they may do. KEY\n"
    "        is a public key's file, or its base64 line.\n"
    "list    prints the keys.\n"
    "remove  takes them no longer; what it signed and is installed is used no more.",
    options,
    "The keys stand in ~/.config/ajar/packs.trust, one a line, yours to edit:\n"
    "KEY FROM UNTIL NAMES CAPABILITIES WHOSE. A day that is not limited is -.\n"
    "\n"
    "Each pack runs in a process without sockets, which costs some speed. Those of a\n"
    "key that is trusted in-worker run where the built-in probes do: a fault in the\n"
    "sandbox would give their author the connections of all probes.\n"
    "\n"
    "Exit status: 0 it is done, 1 it is not, 2 wrong usage.\n"};

struct trusting {
    const char *packs;
    const char *capabilities;
    const char *from;
    const char *until;
    const char *name;
    bool yes;
};

/* Only a text that can be read again takes the old one's place. */
static bool write_text(struct bytes text, struct fail *fail)
{
    char path[PACK_PLACE];
    struct signers *read_again = calloc(1, sizeof *read_again);
    bool ok = read_again ? signers_parse(read_again, text, fail)
                         : fail_set(fail, "ENOMEM", "out of memory");
    free(read_again);
    return ok && operator_file_write(pack_place_signers(path), text, fail);
}

/* ---- add ---- */

static void put_line(struct buf *out, const struct trusting *t, const struct public_key *key)
{
    char line[PUBLIC_KEY_TEXT];
    if (out->n > 0 && out->p[out->n - 1] != '\n')
        buf_put_byte(out, '\n');
    buf_printf(out, "%s %s %s %s %s%s%s\n", public_key_text(key, line), t->from ? t->from : "-",
               t->until ? t->until : "-", t->packs, t->capabilities, t->name ? " " : "",
               t->name ? t->name : "");
}

static void show(const struct trusting *t, const struct public_key *key)
{
    struct grant grant;
    char id[KEY_ID_TEXT];
    printf("key           %s\npacks         %s\n", key_id_text(key, id), t->packs);
    signers_read_grant(bytes_of(t->capabilities), &grant);
    for (unsigned i = 0; i < CAPABILITIES; i++)
        if (grant.capabilities & 1U << i)
            printf("they may      %s\n", capability_words((enum capability)i));
    printf("they run      %s\n", grant.in_worker ? "where the built-in probes do: see --help"
                                                 : "each pack in a process of its own");
    printf("until         %s\n", t->until ? t->until : "for ever");
    fflush(stdout);
}

/* A key stands there once. */
static bool is_new(const struct public_key *key, struct fail *fail)
{
    char id[KEY_ID_TEXT];
    struct signers *s = pack_place_load_signers(fail);
    bool ok = s != NULL;
    for (unsigned i = 0; s && ok && i < s->trust.count; i++)
        if (public_key_is_same(&s->trust.keys[i].key, key))
            ok = fail_set(
                fail, "EEXIST",
                "the key %s is there already, for %s: `ajar pack trust remove %s` takes it "
                "away first",
                key_id_text(key, id), s->each[i].packs, id);
    free(s);
    return ok;
}

static bool add(const struct trusting *t, const char *which, struct fail *fail)
{
    struct public_key key;
    char path[PACK_PLACE];
    struct buf text = buf_new(TRUST_FILE_LIMIT);
    bool ok = public_key_load(which, &key, fail) && is_new(&key, fail) &&
              operator_file_read(pack_place_signers(path), &text, fail);
    if (ok) {
        show(t, &key);
        put_line(&text, t, &key);
        ok = (t->yes || ask_person("Take packs that it signed?", "--yes", fail)) &&
             write_text(buf_view(&text), fail);
    }
    buf_free(&text);
    return ok;
}

static int check_add(struct args *a, const struct trusting *t)
{
    struct grant grant;
    if (a->operand_count != 2)
        return args_wrong(a, "add wants one KEY: a public key's file, or its base64 line");
    if (!signers_are_packs(bytes_of(t->packs)))
        return args_wrong(a, "--packs says for which: acme/envelopes, acme/, or *");
    if (!signers_read_grant(bytes_of(t->capabilities), &grant))
        return args_wrong(a, "--capabilities says with what: smtp,http,socks,tcp,udp,dns; all; "
                             "none; and ,in-worker behind them");
    return ARGS_GO_ON;
}

/* ---- list, remove ---- */

static void print(const struct signers *s)
{
    char id[KEY_ID_TEXT];
    char time[TIME_TEXT];
    struct buf capabilities = buf_new(256);
    if (s->trust.count > 0)
        printf("%-16s %-10s %-24s %-20s %s\n", "KEY", "UNTIL", "PACKS", "CAPABILITIES", "WHOSE");
    for (unsigned i = 0; i < s->trust.count; i++) {
        const struct trusted_key *key = &s->trust.keys[i];
        bool ends = key->until != INT64_MAX;
        buf_clear(&capabilities);
        signers_put_grant(&capabilities, &s->each[i].grant);
        printf("%-16s %-10.10s %-24s %-20s %s\n", key_id_text(&key->key, id),
               ends ? time_text(key->until - 1, time) : "-", s->each[i].packs,
               buf_text(&capabilities), s->each[i].whose);
    }
    buf_free(&capabilities);
}

static bool list(struct fail *fail)
{
    struct signers *s = pack_place_load_signers(fail);
    if (s)
        print(s);
    free(s);
    return s != NULL;
}

/* All lines but those of the key, as they are; false: it has none. */
static bool without(struct bytes text, const struct public_key *key, struct buf *out)
{
    bool found = false;
    char line[PUBLIC_KEY_TEXT];
    public_key_text(key, line);
    while (text.n > 0) {
        size_t end = bytes_index(text, '\n', 0);
        struct bytes whole = bytes_slice(text, 0, end == BYTES_NOT_FOUND ? text.n : end + 1);
        text = bytes_slice(text, whole.n, text.n);
        bool is_his = bytes_equal_text(bytes_slice(bytes_trim(whole), 0, strlen(line)), line);
        found |= is_his;
        if (!is_his)
            buf_put(out, whole);
    }
    return found;
}

/* The key of an id, as `ajar pack list` prints it, or of a file or line. */
static bool find_key(const char *which, struct public_key *out, struct fail *fail)
{
    char id[KEY_ID_TEXT];
    struct signers *s = pack_place_load_signers(fail);
    bool found = false;
    for (unsigned i = 0; s && i < s->trust.count && !found; i++) {
        *out = s->trust.keys[i].key;
        found = strcmp(key_id_text(out, id), which) == 0;
    }
    free(s);
    return found || (s && public_key_load(which, out, fail));
}

static bool take_away(const char *which, struct fail *fail)
{
    struct public_key key;
    char path[PACK_PLACE];
    struct buf before = buf_new(TRUST_FILE_LIMIT);
    struct buf after = buf_new(TRUST_FILE_LIMIT);
    bool ok =
        find_key(which, &key, fail) && operator_file_read(pack_place_signers(path), &before, fail);
    if (ok && !without(buf_view(&before), &key, &after))
        ok = fail_set(fail, "ENOENT", "%s: it is none of the keys in %s", which, path);
    ok = ok && write_text(buf_view(&after), fail);
    buf_free(&before);
    buf_free(&after);
    return ok;
}

/* ---- */

static void take(struct trusting *t, int which, const char *value)
{
    const char **texts[] = {&t->packs, &t->capabilities, &t->from, &t->until, &t->name};
    if (which == OPT_YES)
        t->yes = true;
    else
        *texts[which] = value;
}

static int run(struct args *a, const struct trusting *t)
{
    struct fail fail;
    const char *word = a->operand_count > 0 ? a->operands[0] : "";
    if (strcmp(word, "add") == 0) {
        int status = check_add(a, t);
        if (status != ARGS_GO_ON)
            return status;
        return add(t, a->operands[1], &fail) ? 0 : complain("pack trust", &fail);
    }
    if (strcmp(word, "list") == 0 && a->operand_count == 1)
        return list(&fail) ? 0 : complain("pack trust", &fail);
    if (strcmp(word, "remove") == 0 && a->operand_count == 2)
        return take_away(a->operands[1], &fail) ? 0 : complain("pack trust", &fail);
    return args_wrong(a,
                      "add, list or remove is wanted, with the key that add and remove are about");
}

int cmd_pack_trust(int argc, char **argv)
{
    struct args args;
    struct trusting t = {.packs = "", .capabilities = ""};
    args_begin(&args, &cmd_pack_trust_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        take(&t, which, args.value);
    return args.status != ARGS_GO_ON ? args.status : run(&args, &t);
}
