/* ajar pack list, remove, pin, unpin, rollback: the packs that are installed. */
#include "cli/complain.h"
#include "cli/pack_commands.h"
#include "cli/pack_place.h"

#include "base/json.h"
#include "pack/seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_JSON, LINE_MOST = 16 * 1024 };

static const struct args_option list_options[] = {
    [OPT_JSON] = {"json", 'j', NULL, "print one JSON object a line"},
    {0},
};

static const struct args_option no_options[] = {{0}};

const struct args_command cmd_pack_list_args = {
    "pack list", "[OPTION]...", "Lists the packs that are installed, with who signed each of them.",
    list_options, NULL};

const struct args_command cmd_pack_remove_args = {
    "pack remove", "ORG/PACK", "Removes an installed pack, and what was kept of it.", no_options,
    NULL};

const struct args_command cmd_pack_pin_args = {
    "pack pin", "ORG/PACK",
    "Keeps a pack as it is: nothing takes its place until 'ajar pack unpin'.", no_options, NULL};

const struct args_command cmd_pack_unpin_args = {
    "pack unpin", "ORG/PACK", "Lets a pack be replaced again.", no_options, NULL};

const struct args_command cmd_pack_rollback_args = {
    "pack rollback", "ORG/PACK",
    "Brings back the version of a pack that was installed before this one.", no_options, NULL};

/* ---- list ---- */

static void print_json(const struct lock_entry *e)
{
    char version[VERSION_TEXT];
    char time[TIME_TEXT];
    struct buf out = buf_new(LINE_MOST);
    buf_put_byte(&out, '{');
    json_put_member_text(&out, "name", e->name);
    json_put_member_text(&out, "version", version_text(&e->now.version, version));
    json_put_member_text(&out, "sha256", e->now.sha256);
    json_put_name(&out, "signer");
    e->now.signer[0] ? json_put_string(&out, bytes_of(e->now.signer)) : buf_put_text(&out, "null");
    json_put_member_text(&out, "from", e->from);
    json_put_member_text(&out, "installed", time_text(e->installed, time));
    json_put_name(&out, "pinned");
    buf_put_text(&out, e->pinned ? "true}\n" : "false}\n");
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
}

static void print_row(const struct lock_entry *e)
{
    struct fail ignored;
    struct public_key key;
    char version[VERSION_TEXT];
    char id[KEY_ID_TEXT] = "nobody";
    if (e->now.signer[0] && public_key_parse(bytes_of(e->now.signer), &key, &ignored))
        key_id_text(&key, id);
    printf("%-30s %-12s %-16s%s\n", e->name, version_text(&e->now.version, version), id,
           e->pinned ? " pinned" : "");
}

static void print_list(const struct pack_store *s, bool json)
{
    if (!json && s->lock.count > 0)
        printf("%-30s %-12s %s\n", "PACK", "VERSION", "SIGNED BY");
    for (unsigned i = 0; i < s->lock.count; i++)
        json ? print_json(&s->lock.entries[i]) : print_row(&s->lock.entries[i]);
}

int cmd_pack_list(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    bool json = false;
    args_begin(&args, &cmd_pack_list_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        json |= which == OPT_JSON;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count > 0)
        return args_wrong(&args, "'%s' is one word too many", args.operands[0]);
    struct pack_store *s = pack_place_open(false, &fail);
    if (!s)
        return complain("pack list", &fail);
    print_list(s, json);
    pack_place_close(s);
    return 0;
}

/* ---- changes of one pack ---- */

typedef bool (*change)(struct pack_store *s, struct lock_entry *e, struct fail *fail);

static bool do_remove(struct pack_store *s, struct lock_entry *e, struct fail *fail)
{
    if (!pack_store_allows(s, e->name, NULL, fail))
        return false;
    lock_remove(&s->lock, e);
    return true;
}

static bool do_pin(struct pack_store *s, struct lock_entry *e, struct fail *fail)
{
    (void)s;
    (void)fail;
    e->pinned = true;
    return true;
}

static bool do_unpin(struct pack_store *s, struct lock_entry *e, struct fail *fail)
{
    (void)s;
    (void)fail;
    e->pinned = false;
    return true;
}

/* What the version that is brought back requires itself. */
static bool needs_are_met(struct pack_store *s, const struct lock_entry *e, struct fail *fail)
{
    struct buf signature = buf_new(SEAL_LIMIT);
    struct pack *p = pack_store_get(s, e, &signature, fail);
    bool ok = p && lock_meets(&s->lock, &p->manifest, fail);
    pack_free(p);
    buf_free(&signature);
    return ok;
}

static bool do_rollback(struct pack_store *s, struct lock_entry *e, struct fail *fail)
{
    char version[VERSION_TEXT];
    if (e->pinned)
        return fail_set(fail, "EPINNED", "it is pinned: `ajar pack unpin %s` first", e->name);
    if (!lock_rollback(e))
        return fail_set(fail, "ENOENT", "no version before this one is kept");
    if (!pack_store_allows(s, e->name, &e->now.version, fail) || !needs_are_met(s, e, fail))
        return false;
    printf("%s %s\n", e->name, version_text(&e->now.version, version));
    return true;
}

static bool apply(const char *name, change fn, struct fail *fail)
{
    struct pack_store *s = pack_place_open(true, fail);
    struct lock_entry *e = s ? lock_find(&s->lock, name) : NULL;
    bool ok = e && fn(s, e, fail) && pack_store_commit(s, fail);
    if (s && !e)
        fail_set(fail, "ENOENT", "it is not installed");
    pack_place_close(s);
    return ok || fail_prefix(fail, "%s", name);
}

static int change_one(const struct args_command *command, change fn, int argc, char **argv)
{
    struct args args;
    struct fail fail;
    args_begin(&args, command, argc, argv);
    while (args_next(&args) != ARGS_END)
        continue;
    const char *name = args.status == ARGS_GO_ON ? args_only_operand(&args, "ORG/PACK") : NULL;
    if (!name)
        return args.status;
    if (!manifest_is_name(bytes_of(name)))
        return args_wrong(&args, "'%s' is no pack's name: it has the form org/pack", name);
    return apply(name, fn, &fail) ? 0 : complain(command->name, &fail);
}

int cmd_pack_remove(int argc, char **argv)
{
    return change_one(&cmd_pack_remove_args, do_remove, argc, argv);
}

int cmd_pack_pin(int argc, char **argv)
{
    return change_one(&cmd_pack_pin_args, do_pin, argc, argv);
}

int cmd_pack_unpin(int argc, char **argv)
{
    return change_one(&cmd_pack_unpin_args, do_unpin, argc, argv);
}

int cmd_pack_rollback(int argc, char **argv)
{
    return change_one(&cmd_pack_rollback_args, do_rollback, argc, argv);
}
