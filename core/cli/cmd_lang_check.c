/* ajar lang check: what is wrong with a language of the letters. */
#include "cli/complain.h"
#include "cli/lang_commands.h"
#include "cli/lang_file.h"
#include "cli/lang_letters.h"
#include "cli/lang_profile.h"
#include "cli/notify_word.h"

#include "base/file.h"
#include "base/text.h"
#include "notice/tongue.h"
#include "run/composing.h"
#include "script/lua_place.h"

#include <stdio.h>
#include <string.h>

enum { OPTION_PROFILE };
static const struct args_option options[] = {
    [OPTION_PROFILE] = {"profile", 'p', "FILE", "look at this profile of letters"},
    {0},
};

const struct args_command cmd_lang_check_args = {
    "lang check", "[OPTION]... [CODE | FILE.lua]...",
    "Says what is wrong with languages of the letters (default: all that are built\n"
    "in, and the example profile), a line for each fault: FILE:LINE:COLUMN: WORDS. Each has every "
    "message and\n"
    "every placeholder of the English one, all plural forms, functions that work,\n"
    "letters of its own alphabet alone, composed (NFC), the marks of a printed text,\n"
    "and no words of English left in it. A letter of each tone is made about each\n"
    "kind of finding: none may fail, and no line may be over 76 columns. A language\n"
    "that is not in data/languages.json has no alphabet to be held against. Of a\n"
    "profile its texts are looked at in the same way, and whether those of each key\n"
    "are in all languages that it has.",
    options, "Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage.\n"};

enum { PATH = 200, PROFILE_MOST = 256 * 1024 };

struct check {
    const struct lang_file *file;
    const struct lang_file *english;
    json_t *english_words; /* of all its messages */
    struct tongue *tongue;
    const char *path; /* of the message that is looked at */
    unsigned long faults;
};

static void tell(void *arg, const char *words)
{
    struct check *c = arg;
    unsigned line;
    unsigned column;
    lua_place_find(c->file->source, c->path, &line, &column);
    printf("%s:%u:%u: %s%s%s\n", c->file->path, line, column, c->path, c->path[0] ? ": " : "",
           words);
    c->faults++;
}

/* What a pack's letter must have and a language need not; and the line on top, which English has for all. */
static bool is_for_packs(const struct check *c, const char *path)
{
    return strcmp(path, "summary") == 0 ||
           (strcmp(path, "preface") == 0 && strcmp(lang_file_field(c->file, "code"), "en") == 0);
}

static bool look_at_whole(struct check *c, struct fail *fail)
{
    size_t i;
    const json_t *fault;
    const struct wording letter = {c->file->path, c->file->source};
    json_t *answer = composing_faults(&letter, 1, fail);
    if (!answer)
        return false;
    json_array_foreach(json_object_get(json_array_get(answer, 0), "faults"), i, fault)
    {
        const char *path = json_string_value(json_object_get(fault, "path"));
        const char *words = json_string_value(json_object_get(fault, "words"));
        c->path = path ? path : "";
        if (words && !is_for_packs(c, c->path))
            tell(c, words);
    }
    json_decref(answer);
    return true;
}

/* Where a tone has a message of its own and the English one does not, that is the shared one. */
static struct bytes in_english(const struct check *c, const char *path)
{
    static const char tones[] = "messages.tones.";
    char shared[PATH];
    struct bytes text = lang_file_text(c->english, path);
    const char *key =
        strncmp(path, tones, sizeof tones - 1) == 0 ? strchr(path + sizeof tones - 1, '.') : NULL;
    if (text.n > 0 || !key)
        return text;
    snprintf(shared, sizeof shared, "messages%s", key);
    return lang_file_text(c->english, shared);
}

static void look_at(struct check *c, struct bytes text, struct bytes english)
{
    const struct tongue_english known = {english, c->english_words};
    tongue_look(c->tongue, text, &known, tell, c);
}

static void learn_english(struct check *c)
{
    size_t i;
    const json_t *pair;
    c->english_words = json_object();
    json_array_foreach(json_object_get(json_array_get(c->english->said, 0), "texts"), i, pair)
    {
        const json_t *text = json_array_get(pair, 1);
        tongue_learn(c->english_words, bytes_at(json_string_value(text), json_string_length(text)));
    }
}

static void look_at_texts(struct check *c)
{
    size_t i;
    const json_t *pair;
    json_array_foreach(json_object_get(json_array_get(c->file->said, 0), "texts"), i, pair)
    {
        const json_t *text = json_array_get(pair, 1);
        const char *path = json_string_value(json_array_get(pair, 0));
        if (!path)
            continue;
        c->path = path;
        look_at(c, bytes_at(json_string_value(text), json_string_length(text)),
                in_english(c, path));
    }
}

/* What the functions write is text as any other. */
static void look_at_samples(struct check *c)
{
    size_t i;
    const json_t *pair;
    json_array_foreach(json_object_get(json_array_get(c->file->said, 0), "samples"), i, pair)
    {
        const json_t *text = json_array_get(pair, 1);
        const char *path = json_string_value(json_array_get(pair, 0));
        if (!path || strncmp(path, "date", 4) != 0)
            continue;
        c->path = path;
        look_at(c, bytes_at(json_string_value(text), json_string_length(text)), bytes_at(NULL, 0));
    }
}

static void look_at_name(struct check *c, const char *field, const char *known)
{
    char words[300];
    if (strcmp(lang_file_field(c->file, field), known) == 0)
        return;
    snprintf(words, sizeof words, "data/languages.json has '%s'", known);
    c->path = field;
    tell(c, words);
}

/* A language is known by these before its file is loaded. */
static void look_at_names(struct check *c)
{
    char aliases[200];
    if (!c->tongue)
        return;
    tongue_aliases(c->tongue, aliases);
    look_at_name(c, "name", tongue_name(c->tongue));
    look_at_name(c, "english", tongue_english(c->tongue));
    look_at_name(c, "aliases", aliases);
}

static bool check_one(struct check *c, const char *name, struct fail *fail)
{
    struct lang_file file;
    if (!lang_file_load(&file, name, fail))
        return false;
    c->file = &file;
    c->tongue = tongue_new(lang_file_field(&file, "code"));
    bool ok = look_at_whole(c, fail);
    if (ok) {
        look_at_names(c);
        look_at_texts(c);
        look_at_samples(c);
        c->path = "";
        ok = lang_letters_look(&file, tell, c, fail);
    }
    tongue_free(c->tongue);
    lang_file_free(&file);
    c->file = NULL;
    return ok;
}

/* By the tag, "pt-BR", or its language alone. */
static struct tongue *tongue_of(const char *tag)
{
    char code[PATH];
    struct tongue *t = tongue_new(tag);
    snprintf(code, sizeof code, "%.*s", (int)strcspn(tag, "-"), tag);
    return t ? t : tongue_new(code);
}

static void learn_text(void *arg, const char *path, const char *language, struct bytes text,
                       struct bytes english)
{
    struct check *c = arg;
    (void)path;
    (void)language;
    (void)text;
    tongue_learn(c->english_words, english);
}

static void look_at_profile_text(void *arg, const char *path, const char *language,
                                 struct bytes text, struct bytes english)
{
    struct check *c = arg;
    c->path = path;
    c->tongue = tongue_of(language);
    look_at(c, text, english);
    tongue_free(c->tongue);
    c->tongue = NULL;
}

static void tell_missing(void *arg, const char *path, const char *language)
{
    struct check *c = arg;
    char words[PATH];
    c->path = path;
    snprintf(words, sizeof words, "no text in '%s', which other keys have: the English one is used",
             language);
    tell(c, words);
}

static bool check_profile(struct check *c, const struct lang_file *file, struct fail *fail)
{
    json_t *profile = lang_profile_load(file->source, file->path, fail);
    c->file = file;
    if (profile) {
        lang_profile_each(profile, learn_text, c);
        lang_profile_each(profile, look_at_profile_text, c);
        lang_profile_missing(profile, tell_missing, c);
    }
    c->file = NULL;
    json_decref(profile);
    return profile != NULL;
}

/* The one that is built in, where no name is given. */
static bool check_named_profile(struct check *c, const char *name, struct fail *fail)
{
    struct lang_file file = {.path = name, .hold = buf_new(PROFILE_MOST)};
    struct composing_order example;
    bool ok =
        name ? file_read_regular(name, &file.hold, fail) : notify_example_profile(&example, fail);
    if (ok) {
        file.path = name ? name : example.profile_name;
        file.source = name ? buf_view(&file.hold) : example.profile;
        ok = check_profile(c, &file, fail);
    }
    lang_file_free(&file);
    return ok;
}

/* The languages of these names, or all; and the profile of that name, or where nothing is named the one that is built in. */
static int check_all(char **names, unsigned count, const char *profile)
{
    const char *codes[LANG_FILES_MOST];
    struct lang_file english;
    struct fail fail;
    struct check c = {.english = &english};
    unsigned all = count || profile ? count : lang_codes(codes);
    if (!lang_file_load(&english, "en", &fail))
        return complain("lang check", &fail);
    learn_english(&c);
    int status = 0;
    for (unsigned i = 0; i < all && status == 0; i++)
        if (!check_one(&c, count ? names[i] : codes[i], &fail))
            status = complain("lang check", &fail);
    bool has_profile = profile || count == 0;
    if (status == 0 && has_profile && !check_named_profile(&c, profile, &fail))
        status = complain("lang check", &fail);
    json_decref(c.english_words);
    lang_file_free(&english);
    if (status == 0)
        fprintf(stderr, "%u language%s%s looked at, %lu fault%s\n", all, all == 1 ? "" : "s",
                has_profile ? " and a profile" : "", c.faults, c.faults == 1 ? "" : "s");
    return status ? status : c.faults > 0;
}

int cmd_lang_check(int argc, char **argv)
{
    struct args args;
    args_begin(&args, &cmd_lang_check_args, argc, argv);
    const char *profile = NULL;
    while (args_next(&args) != ARGS_END)
        profile = args.value;
    if (args.status != ARGS_GO_ON)
        return args.status;
    return check_all(args.operands, (unsigned)args.operand_count, profile);
}
