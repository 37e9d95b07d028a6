#include "cli/letter_ids.h"

#include "mail/envelope.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_MOST = 64 * 1024 };

struct letter_ids {
    char **all; /* sorted */
    size_t count, room;
};

/* Also of a letter that can't be sent as it is. */
static bool id_of(struct bytes message, char out[ENVELOPE_ID])
{
    struct envelope envelope;
    struct fail ignored;
    envelope_read(bytes_slice(message, 0, HEADER_MOST), &envelope, &ignored);
    snprintf(out, ENVELOPE_ID, "%s", envelope.id);
    return out[0] != '\0';
}

static bool id_of_file(const char *path, char out[ENVELOPE_ID])
{
    unsigned char *head = malloc(HEADER_MOST);
    FILE *file = fopen(path, "re");
    size_t n = head && file ? fread(head, 1, HEADER_MOST, file) : 0;
    bool ok = n > 0 && id_of(bytes_at(head, n), out);
    if (file)
        fclose(file);
    free(head);
    return ok;
}

bool letter_ids_is_file(const char *path, struct bytes message)
{
    char own[ENVELOPE_ID];
    char there[ENVELOPE_ID];
    return id_of(message, own) && id_of_file(path, there) && strcmp(own, there) == 0;
}

static bool add(struct letter_ids *ids, const char *id)
{
    if (ids->count == ids->room) {
        size_t room = ids->room ? 2 * ids->room : 256;
        char **all = realloc(ids->all, room * sizeof *all);
        if (!all)
            return false;
        ids->all = all;
        ids->room = room;
    }
    ids->all[ids->count] = strdup(id);
    return ids->all[ids->count] && ++ids->count;
}

static bool add_folder(struct letter_ids *ids, const char *folder, const char *name,
                       struct fail *fail)
{
    char path[PATH_MAX];
    char id[ENVELOPE_ID];
    bool ok = true;
    if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) >= sizeof path)
        return fail_errno(fail, ENAMETOOLONG, folder);
    DIR *dir = opendir(path);
    if (!dir)
        return fail_errno(fail, errno, path);
    for (const struct dirent *d; ok && (d = readdir(dir));)
        if (d->d_name[0] != '.' &&
            (size_t)snprintf(path, sizeof path, "%s/%s/%s", folder, name, d->d_name) < sizeof path)
            ok = !id_of_file(path, id) || add(ids, id);
    closedir(dir);
    return ok || fail_set(fail, "ENOMEM", "no memory for the letters' names");
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct letter_ids *letter_ids_of_maildir(const char *folder, struct fail *fail)
{
    struct letter_ids *ids = calloc(1, sizeof *ids);
    if (!ids)
        fail_set(fail, "ENOMEM", "no memory for the letters' names");
    else if (add_folder(ids, folder, "new", fail) && add_folder(ids, folder, "cur", fail)) {
        if (ids->count > 1)
            qsort(ids->all, ids->count, sizeof *ids->all, by_text);
        return ids;
    }
    letter_ids_free(ids);
    return NULL;
}

void letter_ids_free(struct letter_ids *ids)
{
    if (!ids)
        return;
    for (size_t i = 0; i < ids->count; i++)
        free(ids->all[i]);
    free(ids->all);
    free(ids);
}

bool letter_ids_has(const struct letter_ids *ids, struct bytes message)
{
    char id[ENVELOPE_ID];
    const char *key = id;
    return ids->count > 0 && id_of(message, id) &&
           bsearch(&key, ids->all, ids->count, sizeof *ids->all, by_text);
}
