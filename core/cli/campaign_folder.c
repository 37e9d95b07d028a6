#include "cli/campaign_folder.h"

#include "base/file.h"
#include "base/hash_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

bool campaign_path(char out[CAMPAIGN_PATH], const char *folder, const char *name, struct fail *fail)
{
    return snprintf(out, CAMPAIGN_PATH, "%s/%s", folder, name) < CAMPAIGN_PATH ||
           fail_errno(fail, ENAMETOOLONG, folder);
}

bool campaign_folder_make(const char *folder, struct fail *fail)
{
    static const char *const names[] = {"evidence", "evidence/cut-off", "run"};
    char path[CAMPAIGN_PATH];
    bool ok = file_directory(folder, fail);
    for (size_t i = 0; ok && i < sizeof names / sizeof names[0]; i++)
        ok = campaign_path(path, folder, names[i], fail) && file_directory(path, fail);
    return ok;
}

void campaign_bundle_name(char out[CAMPAIGN_FILE], int64_t machine)
{
    snprintf(out, CAMPAIGN_FILE, "m%" PRId64 ".tar", machine);
}

bool campaign_run_path(char out[CAMPAIGN_PATH], const char *folder, int64_t machine,
                       const char *extension, struct fail *fail)
{
    return snprintf(out, CAMPAIGN_PATH, "%s/run/m%" PRId64 ".%s", folder, machine, extension) <
               CAMPAIGN_PATH ||
           fail_errno(fail, ENAMETOOLONG, folder);
}

/* ---- locks ---- */

/* It gets its name when it is locked: a lock that is free is one of a machine that is no more. */
int campaign_lock(const char *folder, int64_t machine, struct fail *fail)
{
    char path[CAMPAIGN_PATH];
    char unnamed[CAMPAIGN_PATH];
    if (!campaign_run_path(path, folder, machine, "lock", fail) ||
        !campaign_run_path(unnamed, folder, machine, "new", fail))
        return -1;
    int fd = open(unnamed, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && rename(unnamed, path) == 0)
        return fd;
    fail_errno(fail, errno, path);
    if (fd >= 0)
        close(fd);
    return -1;
}

/* Nobody took it away, or made another one, since it was opened. */
static bool is_still(const char *path, int fd)
{
    struct stat opened;
    struct stat there;
    return fstat(fd, &opened) == 0 && stat(path, &there) == 0 && opened.st_ino == there.st_ino &&
           opened.st_dev == there.st_dev;
}

int campaign_lock_left(const char *folder, int64_t machine)
{
    char path[CAMPAIGN_PATH];
    struct fail fail;
    if (!campaign_run_path(path, folder, machine, "lock", &fail))
        return -1;
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && is_still(path, fd))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

void campaign_unlock(const char *folder, int64_t machine, int lock)
{
    char path[CAMPAIGN_PATH];
    struct fail fail;
    if (campaign_run_path(path, folder, machine, "lock", &fail))
        unlink(path);
    close(lock);
}

/* "m12.lock". */
static bool parse_lock(const char *name, int64_t *machine)
{
    char *end;
    if (name[0] != 'm' || name[1] < '1' || name[1] > '9')
        return false;
    errno = 0;
    *machine = strtoll(name + 1, &end, 10);
    return errno == 0 && strcmp(end, ".lock") == 0;
}

size_t campaign_locks(const char *folder, int64_t *machines, size_t most)
{
    char path[CAMPAIGN_PATH];
    struct fail fail;
    size_t count = 0;
    DIR *dir = campaign_path(path, folder, "run", &fail) ? opendir(path) : NULL;
    const struct dirent *entry;
    while (dir && count < most && (entry = readdir(dir)))
        count += parse_lock(entry->d_name, &machines[count]);
    if (dir)
        closedir(dir);
    return count;
}

/* ---- bundles ---- */

/* A name is on the disk when its directory is. */
static bool sync_directory(const char *path, struct fail *fail)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (!ok)
        fail_errno(fail, errno, path);
    if (fd >= 0)
        close(fd);
    return ok;
}

bool campaign_name_sealed(const char *sealed, char file[CAMPAIGN_FILE], struct fail *fail)
{
    char digest[SHA256_HEX];
    if (!sha256_file(sealed, digest, fail))
        return false;
    snprintf(file, CAMPAIGN_FILE, "%s.tar", digest);
    return true;
}

bool campaign_keep(const char *folder, const char *sealed, const char *file, struct fail *fail)
{
    char directory[CAMPAIGN_PATH];
    char to[CAMPAIGN_PATH];
    return campaign_path(directory, folder, "evidence", fail) &&
           campaign_path(to, directory, file, fail) &&
           (rename(sealed, to) == 0 || fail_errno(fail, errno, to)) &&
           sync_directory(directory, fail);
}

bool campaign_has(const char *folder, const char *file)
{
    char directory[CAMPAIGN_PATH];
    char path[CAMPAIGN_PATH];
    struct fail fail;
    return campaign_path(directory, folder, "evidence", &fail) &&
           campaign_path(path, directory, file, &fail) && access(path, F_OK) == 0;
}

bool campaign_sync_run(const char *folder, struct fail *fail)
{
    char path[CAMPAIGN_PATH];
    return campaign_path(path, folder, "run", fail) && sync_directory(path, fail);
}

bool campaign_set_aside(const char *folder, int64_t machine, struct fail *fail)
{
    char from[CAMPAIGN_PATH];
    char to[CAMPAIGN_PATH];
    return campaign_run_path(from, folder, machine, "tar", fail) &&
           (snprintf(to, sizeof to, "%s/evidence/cut-off/m%" PRId64 ".tar", folder, machine) <
                CAMPAIGN_PATH ||
            fail_errno(fail, ENAMETOOLONG, folder)) &&
           (rename(from, to) == 0 || errno == ENOENT || fail_errno(fail, errno, to));
}
