#include "cli/repl_kept.h"

#include "base/bytes.h"
#include "base/file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECONDS "2026-11-28T02-55-39" /* as long as a session's name before "Z-" */

enum { NAME_MOST = 200, TRIES = 100, TARGET_SHOWN = 100, FOLDER = REPL_KEPT_PATH - NAME_MOST - 16 };

/* A session of ours? Anything else that lies there is left alone. */
static int is_session(const struct dirent *e)
{
    static const char form[] = "0000-00-00T00-00-00Z-";
    const char *name = e->d_name;
    for (const char *f = form; *f; f++, name++)
        if (*f == '0' ? !isdigit((unsigned char)*name) : *name != *f)
            return 0;
    return bytes_ends(bytes_of(name), ".tar");
}

/* The oldest go, until there is room for one more. */
static bool make_room(const char *folder, struct fail *fail)
{
    char path[REPL_KEPT_PATH + sizeof((struct dirent){0}.d_name)];
    struct dirent **found = NULL;
    bool ok = true;
    int n = scandir(folder, &found, is_session, alphasort);
    if (n < 0)
        return fail_errno(fail, errno, folder);
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, found[i]->d_name);
        if (ok && n - i >= REPL_KEPT_MOST && unlink(path) != 0 && errno != ENOENT)
            ok = fail_errno(fail, errno, path);
        free(found[i]);
    }
    free(found);
    return ok;
}

/* The time and the target, in letters that every file system and every bundle has. */
static void name_session(char out[NAME_MOST], const char *target, instant now)
{
    char time[TIME_TEXT];
    snprintf(out, NAME_MOST, "%.*sZ-%.*s", (int)strlen(SECONDS), time_text(now, time), TARGET_SHOWN,
             target);
    for (char *c = out; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '.' && *c != '-')
            *c = '-';
}

bool repl_kept_place(char out[REPL_KEPT_PATH], const char *target, instant now, struct fail *fail)
{
    char folder[FOLDER];
    char name[NAME_MOST];
    const char *home = getenv("HOME");
    size_t room = sizeof folder;
    if (!home || !home[0] ||
        (size_t)snprintf(folder, room, "%s/.local/state/ajar/sessions", home) >= room)
        return fail_set(fail, "EHOME", "there is no HOME to keep the session in");
    snprintf(out, REPL_KEPT_PATH, "%s/x", folder);
    if (!file_directories_above(out, 0700, fail) || !make_room(folder, fail))
        return false;
    name_session(name, target, now);
    snprintf(out, REPL_KEPT_PATH, "%s/%s.tar", folder, name);
    for (int i = 2; access(out, F_OK) == 0; i++) {
        if (i > TRIES)
            return fail_errno(fail, EEXIST, out);
        snprintf(out, REPL_KEPT_PATH, "%s/%s-%d.tar", folder, name, i);
    }
    return true;
}
