#include "cli/operator_key.h"

#include "cli/password.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *operator_key_path(char out[OPERATOR_KEY_PATH])
{
    const char *home = getenv("HOME");
    const struct passwd *user = home ? NULL : getpwuid(getuid());
    snprintf(out, OPERATOR_KEY_PATH, "%s/.config/ajar/ajar.key",
             home   ? home
             : user ? user->pw_dir
                    : "");
    return out;
}

struct secret_key *operator_key_load(const char *path, struct fail *fail)
{
    char own[OPERATOR_KEY_PATH];
    bool needs_password = false;
    if (!path && access(operator_key_path(own), F_OK) != 0) {
        fail_set(fail, "ENOKEY", "there is no key to sign with: `ajar key new` makes one (%s)",
                 own);
        return NULL;
    }
    if (!path)
        path = own;
    struct secret_key *key = secret_key_load(path, NULL, &needs_password, fail);
    if (!needs_password)
        return key;
    char *password = password_get(path, false, fail);
    if (password)
        key = secret_key_load(path, password, &needs_password, fail);
    key_password_free(password);
    return key;
}
