/* ajar lang: the languages of the letters, listed, checked and laid side by side. */
#include "cli/complain.h"
#include "cli/lang_commands.h"
#include "cli/lang_file.h"

#include "base/json.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { PATH = 200, LINE_MOST = 4096 };

static const struct args_option options[] = {{0}};

const struct args_command cmd_lang_args = {
    "lang", "COMMAND [OPTION]... [ARGUMENT]...",
    "The languages that letters can be written in: lang/CODE.lua of ajar's sources,\n"
    "built into the program.\n"
    "list     lists them, with their tones and how complete they are\n"
    "check    says what is wrong with a language's file, or with those built in\n"
    "sheet    writes a page for reviewers, with languages beside English",
    options, "'ajar lang COMMAND --help' says more of each.\n"};

const struct command *lang_commands(void)
{
    static const struct command all[] = {
        {"list", "lists the languages of the letters", cmd_lang_list, &cmd_lang_list_args, NULL},
        {"check", "says what is wrong with a language", cmd_lang_check, &cmd_lang_check_args, NULL},
        {"sheet", "writes languages side by side, for reviewers", cmd_lang_sheet,
         &cmd_lang_sheet_args, NULL},
        {NULL, NULL, NULL, NULL, NULL},
    };
    return all;
}

int cmd_lang(int argc, char **argv)
{
    return commands_run_part("lang", "list, check, sheet", argc, argv);
}

/* ---- list ---- */

enum { OPT_JSON };

static const struct args_option list_options[] = {
    [OPT_JSON] = {"json", 'j', NULL, "print one JSON object a line"},
    {0},
};

const struct args_command cmd_lang_list_args = {
    "lang list", "[OPTION]...",
    "Lists the languages of the letters: the code that --lang takes, the name, the\n"
    "tones that 'ajar notify --tone' can choose, and how many messages are there.",
    list_options, NULL};

static bool is_plural_form(const char *name)
{
    static const char *const forms[] = {"zero", "one", "two", "few", "many", "other"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(name, forms[i]) == 0)
            return true;
    return false;
}

/* A list counts as one message, and so do the plural forms of one. */
static void message_of(const char *path, char out[PATH])
{
    snprintf(out, PATH, "%s", path);
    char *dot = strrchr(out, '.');
    if (dot && (strspn(dot + 1, "0123456789") == strlen(dot + 1) || is_plural_form(dot + 1)))
        *dot = '\0';
}

/* Which messages it has: path = true. To be json_decref'd. */
static json_t *messages_of(const struct lang_file *f)
{
    size_t i;
    const json_t *pair;
    json_t *all = json_object();
    json_array_foreach(json_object_get(json_array_get(f->said, 0), "texts"), i, pair)
    {
        char message[PATH];
        const char *path = json_string_value(json_array_get(pair, 0));
        message_of(path ? path : "", message);
        json_object_set_new(all, message, json_true());
    }
    return all;
}

static size_t count_both(json_t *own, json_t *english)
{
    size_t n = 0;
    const char *path;
    json_t *ignored;
    json_object_foreach(english, path, ignored)
    {
        n += json_object_get(own, path) != NULL;
    }
    return n;
}

/* "first, reminder, provider, all-clear" */
static void tones_of(const struct lang_file *f, char out[PATH])
{
    static const char *const tones[] = {"reminder", "provider", "all-clear"};
    size_t n = (size_t)snprintf(out, PATH, "first");
    for (size_t i = 0; i < sizeof tones / sizeof tones[0]; i++) {
        char path[PATH];
        bool clear = i == 2;
        snprintf(path, sizeof path, "messages.tones.%s.subject.%s.relay", tones[i],
                 clear ? "closed" : "open");
        if (lang_file_text(f, path).n > 0)
            n += (size_t)snprintf(out + n, PATH - n, " %s", tones[i]);
    }
}

static void print_json(const struct lang_file *f, const char *tones, size_t have, size_t all)
{
    struct buf out = buf_new(LINE_MOST);
    buf_put_byte(&out, '{');
    json_put_member_text(&out, "code", lang_file_field(f, "code"));
    json_put_member_text(&out, "name", lang_file_field(f, "name"));
    json_put_member_text(&out, "english", lang_file_field(f, "english"));
    json_put_member_text(&out, "tones", tones);
    json_put_member_number(&out, "messages", have);
    json_put_member_number(&out, "of", all);
    buf_put_text(&out, "}\n");
    fwrite(out.p, 1, out.n, stdout);
    buf_free(&out);
}

static void print_padded(const char *text, size_t columns)
{
    size_t width = text_width(bytes_of(text));
    printf("%s%*s ", text, width < columns ? (int)(columns - width) : 0, "");
}

static void print_row(const struct lang_file *f, const char *tones, size_t have, size_t all)
{
    print_padded(lang_file_field(f, "code"), 4);
    print_padded(lang_file_field(f, "english"), 20);
    print_padded(lang_file_field(f, "name"), 14);
    printf("%3zu of %zu  %s\n", have, all, tones);
}

static bool list_one(const char *code, json_t *english, bool json, struct fail *fail)
{
    char tones[PATH];
    struct lang_file f;
    if (!lang_file_load(&f, code, fail))
        return false;
    json_t *own = messages_of(&f);
    tones_of(&f, tones);
    (json ? print_json : print_row)(&f, tones, count_both(own, english), json_object_size(english));
    json_decref(own);
    lang_file_free(&f);
    return true;
}

static bool list_all(bool json, struct fail *fail)
{
    struct lang_file english;
    const char *codes[LANG_FILES_MOST];
    unsigned n = lang_codes(codes);
    if (!lang_file_load(&english, "en", fail))
        return false;
    json_t *messages = messages_of(&english);
    bool ok = true;
    for (unsigned i = 0; ok && i < n; i++)
        ok = list_one(codes[i], messages, json, fail);
    json_decref(messages);
    lang_file_free(&english);
    return ok;
}

int cmd_lang_list(int argc, char **argv)
{
    struct args args;
    struct fail fail;
    bool json = false;
    args_begin(&args, &cmd_lang_list_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;)
        json |= which == OPT_JSON;
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (args.operand_count > 0)
        return args_wrong(&args, "'%s' is one word too many", args.operands[0]);
    return list_all(json, &fail) ? 0 : complain("lang list", &fail);
}
