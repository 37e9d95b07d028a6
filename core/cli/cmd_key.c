/* ajar key: the operator's key: made, or shown. */
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/operator_key.h"
#include "cli/password.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = OPERATOR_KEY_PATH + 8 };

enum { OPT_OUTPUT, OPT_NO_PASSWORD };

static const struct args_option options[] = {
    [OPT_OUTPUT] = {"output", 'o', "PATH",
                    "new: the secret key's file; default ~/.config/ajar/ajar.key"},
    [OPT_NO_PASSWORD] = {"no-password", 0, NULL,
                         "new: keep the secret key in the clear, for machines"},
    {0},
};

const struct args_command cmd_key_args = {
    "key", "new [OPTION]... | show [PATH]",
    "new   makes the pair of keys that bundles are signed with: PATH is the secret\n"
    "      one, and beside it the public one (.pub instead of .key) is yours to\n"
    "      publish. Nothing is overwritten.\n"
    "show  prints the public key, its id and its file. PATH: either of the two files.",
    options,
    "The password is asked for on the terminal, or read from the file that the\n"
    "environment variable AJAR_KEY_PASSWORD_FILE names. Keys are minisign's: what\n"
    "'minisign -G' makes works here, and the other way round.\n"};

/* "a.key" has "a.pub" beside it; "a" has "a.pub" too. */
static const char *public_path(const char *secret, char out[PATH_SIZE])
{
    size_t n = strlen(secret);
    if (n > 4 && strcmp(secret + n - 4, ".key") == 0)
        n -= 4;
    snprintf(out, PATH_SIZE, "%.*s.pub", (int)n, secret);
    return out;
}

static int show_key(const struct public_key *key, const char *path)
{
    char text[PUBLIC_KEY_TEXT];
    char id[KEY_ID_TEXT];
    printf("public key  %s\n", public_key_text(key, text));
    printf("key id      %s\n", key_id_text(key, id));
    printf("file        %s\n", path);
    return 0;
}

static bool save(const struct secret_key *key, const char *secret, const char *public,
                 bool no_password, struct fail *fail)
{
    char *password = no_password ? NULL : password_get(secret, true, fail);
    bool ok = no_password || password;
    if (password)
        fprintf(stderr, "Encrypting the key; this takes some seconds and 1 GiB of memory.\n");
    ok = ok && secret_key_save(key, password, secret, public, fail);
    key_password_free(password);
    return ok;
}

static bool check_free(const char *path, struct fail *fail)
{
    return access(path, F_OK) != 0 ||
           fail_set(fail, "EEXIST", "%s is there already; a key is never overwritten", path);
}

static int new_key(const char *path, bool no_password)
{
    struct fail fail = {0};
    char own[OPERATOR_KEY_PATH];
    char public[PATH_SIZE];
    const char *secret = path ? path : operator_key_path(own);
    public_path(secret, public);
    struct secret_key *key = NULL;
    /* Asked before the password, and again when the files are made. */
    bool ok = check_free(secret, &fail) && check_free(public, &fail) &&
              (path || file_directories_above(secret, 0700, &fail)) &&
              (key = secret_key_new(&fail)) && save(key, secret, public, no_password, &fail);
    struct public_key half = ok ? secret_key_public(key) : (struct public_key){{0}, {0}};
    secret_key_free(key);
    if (!ok)
        return complain("key", &fail);
    fprintf(stderr, "The secret key is in %s: keep a copy where no one else can read it.\n",
            secret);
    return show_key(&half, public);
}

/* The public key of a secret key's file: from the file beside it, or out of the key itself. */
static bool find_public(const char *path, struct public_key *out, char shown[PATH_SIZE],
                        struct fail *fail)
{
    struct fail ignored;
    if (public_key_load(path, out, fail)) {
        snprintf(shown, PATH_SIZE, "%s", path);
        return true;
    }
    if (strcmp(fail->code, "EFORMAT") != 0 && strcmp(fail->code, "ENOENT") != 0)
        return false;
    if (public_key_load(public_path(path, shown), out, &ignored))
        return true;
    if (strcmp(fail->code, "ENOENT") == 0)
        return false;
    struct secret_key *key = operator_key_load(path, fail);
    snprintf(shown, PATH_SIZE, "%s", path);
    if (key)
        *out = secret_key_public(key);
    secret_key_free(key);
    return key != NULL;
}

static int show(const char *path)
{
    struct fail fail = {0};
    struct public_key key;
    char own[OPERATOR_KEY_PATH];
    char shown[PATH_SIZE];
    if (find_public(path ? path : operator_key_path(own), &key, shown, &fail))
        return show_key(&key, shown);
    if (!path && strcmp(fail.code, "ENOENT") == 0)
        fail_set(&fail, "ENOKEY", "there is no key yet: 'ajar key new' makes one (%s)", own);
    return complain("key", &fail);
}

static int run(struct args *args, const char *output, bool no_password)
{
    const char *what = args->operand_count > 0 ? args->operands[0] : "";
    if (strcmp(what, "new") == 0) {
        if (args->operand_count > 1)
            return args_wrong(args, "'%s' is one word too many; -o names the file",
                              args->operands[1]);
        return new_key(output, no_password);
    }
    if (strcmp(what, "show") != 0)
        return args_wrong(
            args, what[0] ? "'%s' is neither 'new' nor 'show'" : "'new' or 'show' is missing%s",
            what);
    if (output || no_password)
        return args_wrong(args, "'show' takes no options");
    if (args->operand_count > 2)
        return args_wrong(args, "'%s' is one word too many", args->operands[2]);
    return show(args->operands[1]);
}

int cmd_key(int argc, char **argv)
{
    struct args args;
    const char *output = NULL;
    bool no_password = false;
    args_begin(&args, &cmd_key_args, argc, argv);
    for (int which; (which = args_next(&args)) != ARGS_END;) {
        if (which == OPT_OUTPUT)
            output = args.value;
        else
            no_password = true;
    }
    if (args.status != ARGS_GO_ON)
        return args.status;
    if (output && (output[0] == '\0' || strlen(output) >= OPERATOR_KEY_PATH))
        return args_wrong(&args, "-o wants the name of a file");
    return run(&args, output, no_password);
}
