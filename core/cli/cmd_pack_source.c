/* ajar pack source: where packs come from. */
#include "cli/complain.h"
#include "cli/pack_commands.h"
#include "cli/pack_place.h"
#include "cli/pack_source.h"
#include "net/fetch.h"

#include "base/text.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct args_option options[] = {{0}};

const struct args_command cmd_pack_source_args = {
    "pack source", "add NAME PLACE KEY | list | remove NAME",
    "add     takes packs from a folder or URL with an index in it ('ajar pack index'):\n"
    "        the list of that NAME, signed by KEY, a public key's file or base64 line.\n"
    "list    prints them.\n"
    "remove  takes no more from there, and forgets what was seen of it.",
    options,
    "An index says which files are the current ones; each pack must be signed by a\n"
    "key that you trust for it all the same ('ajar pack trust').\n"
    "\n"
    "Exit status: 0 it is done, 1 it is not, 2 wrong usage.\n"};

/* A folder by its whole path: the list is read from wherever a command is typed. */
static bool set_place(struct pack_source *s, const char *place, struct fail *fail)
{
    char whole[PATH_MAX];
    bool url = fetch_is_url(place);
    if (!url && !realpath(place, whole))
        return fail_set(fail, "ENOENT", "%s: neither a folder that is there nor a URL", place);
    const char *text = url ? place : whole;
    if (strlen(text) >= sizeof s->place || strchr(text, ' ') || !text_is_printable(bytes_of(text)))
        return fail_set(fail, "EUSAGE",
                        "'%s': a place has at most %d bytes, no blank and no control character",
                        place, SOURCE_PLACE - 1);
    snprintf(s->place, sizeof s->place, "%s", text);
    return true;
}

static bool add(struct pack_sources *s, char **words, struct fail *fail)
{
    struct pack_source *one = &s->list[s->count];
    if (s->count == SOURCES_MOST)
        return fail_set(fail, "ELIMIT", "at most %d sources", SOURCES_MOST);
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->list[i].name, words[0]) == 0)
            return fail_set(fail, "EEXIST", "%s is there already: %s", words[0], s->list[i].place);
    if (!words[0][0] || strlen(words[0]) >= sizeof one->name ||
        words[0][strspn(words[0], "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
        return fail_set(fail, "EUSAGE", "'%s': a list's name is of a-z, 0-9 and -, at most %d",
                        words[0], INDEX_NAME - 1);
    snprintf(one->name, sizeof one->name, "%s", words[0]);
    s->count++;
    return set_place(one, words[1], fail) && public_key_load(words[2], &one->key, fail) &&
           pack_sources_save(s, fail);
}

/* One of the same name that is added later need not be the same: its numbers begin where they will. */
static bool forget(const char *name, struct fail *fail)
{
    struct pack_store *store = pack_place_open(true, fail);
    bool ok = store && (!lock_forget(&store->lock, name) || pack_store_commit(store, fail));
    pack_place_close(store);
    return ok;
}

static bool take_away(struct pack_sources *s, const char *name, struct fail *fail)
{
    size_t i = 0;
    while (i < s->count && strcmp(s->list[i].name, name) != 0)
        i++;
    if (i == s->count)
        return fail_set(fail, "ENOENT", "%s: there is no such source", name);
    s->count--;
    memmove(&s->list[i], &s->list[i + 1], (s->count - i) * sizeof s->list[0]);
    return pack_sources_save(s, fail) && forget(name, fail);
}

static bool print(const struct pack_sources *s)
{
    char id[KEY_ID_TEXT];
    for (size_t i = 0; i < s->count; i++)
        printf("%-20s %-16s %s\n", s->list[i].name, key_id_text(&s->list[i].key, id),
               s->list[i].place);
    return true;
}

static int run(struct args *a, struct pack_sources *s)
{
    struct fail fail;
    const char *word = a->operand_count > 0 ? a->operands[0] : "";
    bool ok;
    if (strcmp(word, "add") == 0 && a->operand_count == 4)
        ok = add(s, a->operands + 1, &fail);
    else if (strcmp(word, "list") == 0 && a->operand_count == 1)
        ok = print(s);
    else if (strcmp(word, "remove") == 0 && a->operand_count == 2)
        ok = take_away(s, a->operands[1], &fail);
    else
        return args_wrong(a, "add NAME PLACE KEY, list, or remove NAME is wanted");
    return ok ? 0 : complain("pack source", &fail);
}

int cmd_pack_source(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    args_begin(&args, &cmd_pack_source_args, argc, argv);
    while (args_next(&args) != ARGS_END)
        continue;
    if (args.status != ARGS_GO_ON)
        return args.status;
    struct pack_sources *s = pack_sources_load(&fail);
    int status = s ? run(&args, s) : complain("pack source", &fail);
    pack_sources_free(s);
    return status;
}
