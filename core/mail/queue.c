#include "mail/queue.h"

#include "base/file.h"
#include "evidence/replace.h"
#include "mail/journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDING ".eml"

enum { HEADER_MOST = 64 * 1024 };

struct queue {
    char folder[PATH_MAX - 128];
    int lock; /* -1: nobody has ever sent from here */
    bool writes;
    bool others; /* somebody else sends at this moment */
    unsigned long strangers;
    struct journal *journal;   /* of one that writes */
    struct journal_view *view; /* of one that does not */
    struct fail wrong;
};

static void state_path(const struct queue *q, const char *name, char out[PATH_MAX])
{
    snprintf(out, PATH_MAX, "%s/delivery/%s.json", q->folder, name);
}

static void letter_path(const struct queue *q, const char *name, char out[PATH_MAX])
{
    snprintf(out, PATH_MAX, "%s/%s" ENDING, q->folder, name);
}

/* What somebody who was killed had begun to write. */
static void remove_copies(const struct queue *q)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/delivery", q->folder);
    DIR *dir = opendir(path);
    for (const struct dirent *d; dir && (d = readdir(dir));)
        if (strstr(d->d_name, ".json.new-"))
            unlinkat(dirfd(dir), d->d_name, 0);
    if (dir)
        closedir(dir);
}

static bool settle(void *arg, const struct queue_letter *l)
{
    struct queue *q = arg;
    struct entry e = l->e;
    if (e.state != ENTRY_UNCERTAIN || e.said[0])
        return true;
    snprintf(e.said, sizeof e.said, "ended while the smarthost's answer was awaited");
    return queue_put(q, &e, &q->wrong);
}

/* Of this descriptor, not of the process, and gone with it. */
static bool set_lock(struct queue *q, struct fail *fail)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(q->lock, F_OFD_SETLK, &lock) == 0)
        return true;
    if (errno == EAGAIN || errno == EACCES)
        return fail_set(fail, "EBUSY", "%s: somebody else sends letters from there now", q->folder);
    return fail_errno(fail, errno, "the lock of the letters can't be taken");
}

static bool take_lock(struct queue *q, struct fail *fail)
{
    char path[PATH_MAX];
    struct flock look = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
    snprintf(path, sizeof path, "%s/delivery/lock", q->folder);
    if (q->writes && !file_directories_above(path, 0755, fail))
        return false;
    q->lock = open(path, (q->writes ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0644);
    if (q->lock < 0)
        return !q->writes || fail_errno(fail, errno, path);
    if (q->writes)
        return set_lock(q, fail);
    q->others = fcntl(q->lock, F_OFD_GETLK, &look) == 0 && look.l_type != F_UNLCK;
    return true;
}

/* What is in it is in the letters' files from here on, or is looked at beside them. */
static bool take_journal(struct queue *q, struct fail *fail)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/delivery/journal", q->folder);
    if (!q->writes) {
        q->view = journal_read(path, fail);
        return q->view != NULL;
    }
    q->journal = journal_open(path, fail);
    return q->journal && queue_settle(q, fail);
}

static bool open_folder(struct queue *q, const char *folder, struct fail *fail)
{
    struct stat st;
    size_t n = strlen(folder);
    if (n == 0 || n >= sizeof q->folder)
        return fail_set(fail, "ENAMETOOLONG", "the folder's name is empty or too long");
    memcpy(q->folder, folder, n + 1);
    if (stat(folder, &st) != 0)
        return fail_errno(fail, errno, folder);
    if (!S_ISDIR(st.st_mode))
        return fail_errno(fail, ENOTDIR, folder);
    if (!take_lock(q, fail))
        return false;
    if (q->writes)
        remove_copies(q);
    if (!take_journal(q, fail) || !q->writes)
        return q->view != NULL;
    q->wrong.code = NULL;
    if (queue_each(q, settle, q, fail))
        return true;
    if (q->wrong.code)
        *fail = q->wrong;
    return false;
}

struct queue *queue_open(const char *folder, bool writes, struct fail *fail)
{
    struct queue *q = calloc(1, sizeof *q);
    if (!q) {
        fail_set(fail, "ENOMEM", "no memory for the letters");
        return NULL;
    }
    q->lock = -1;
    q->writes = writes;
    if (open_folder(q, folder, fail))
        return q;
    queue_close(q);
    return NULL;
}

void queue_close(struct queue *q)
{
    if (!q)
        return;
    journal_close(q->journal);
    journal_view_free(q->view);
    if (q->lock >= 0)
        close(q->lock);
    free(q);
}

bool queue_intend(struct queue *q, const struct entry *all, size_t count, struct fail *fail)
{
    return journal_put_all(q->journal, all, count, fail) && journal_sync(q->journal, count, fail);
}

bool queue_begin(struct queue *q, const char *name, struct fail *fail)
{
    return journal_mark(q->journal, JOURNAL_BEGUN, name, fail);
}

bool queue_withdraw(struct queue *q, const char *name, struct fail *fail)
{
    return journal_mark(q->journal, JOURNAL_WITHDRAWN, name, fail);
}

bool queue_note(struct queue *q, const struct entry *e, struct fail *fail)
{
    return journal_put(q->journal, e, fail);
}

bool queue_settle(struct queue *q, struct fail *fail)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/delivery", q->folder);
    return journal_fold(q->journal, path, fail);
}

bool queue_put(struct queue *q, const struct entry *e, struct fail *fail)
{
    char path[PATH_MAX];
    struct replace r;
    struct buf text = buf_new(ENTRY_LIMIT);
    state_path(q, e->name, path);
    bool ok = entry_put(&text, e) || fail_set(fail, "ELIMIT", "it is too long");
    if (ok && (ok = replace_begin(&r, path, fail))) {
        bool written = replace_write(&r, buf_view(&text), fail);
        ok = replace_end(&r, written, fail) || fail_prefix(fail, "%s", path);
    }
    buf_free(&text);
    return ok;
}

/* Of the letter's own file. False with ENOENT: it was never tried. */
static bool read_state(const struct queue *q, const char *name, struct entry *e, struct fail *fail)
{
    char path[PATH_MAX];
    struct buf text = buf_new(ENTRY_LIMIT);
    state_path(q, name, path);
    bool ok = file_read_regular(path, &text, fail);
    if (ok && (!entry_get(buf_view(&text), e, fail) || strcmp(e->name, name) != 0))
        ok = fail_set(fail, "EFORMAT",
                      "%s: it does not say what has become of the letter; nothing is sent until it "
                      "does, or is taken away",
                      path);
    buf_free(&text);
    return ok;
}

bool queue_read(const struct queue *q, const char *name, struct buf *out, struct fail *fail)
{
    char path[PATH_MAX];
    letter_path(q, name, path);
    return file_read_regular(path, out, fail);
}

/* Its beginning, which holds the header. */
static bool read_header(const struct queue *q, const char *name, struct buf *out, struct fail *fail)
{
    char path[PATH_MAX];
    letter_path(q, name, path);
    FILE *file = fopen(path, "re");
    if (!file)
        return fail_errno(fail, errno, path);
    unsigned char *to = buf_reserve(out, HEADER_MOST);
    if (to)
        buf_commit(out, fread(to, 1, HEADER_MOST, file));
    bool ok = to && !ferror(file);
    fclose(file);
    return ok || fail_errno(fail, EIO, path);
}

static bool is_over(const struct entry *e)
{
    return e->state != ENTRY_WAITING;
}

static bool note_envelope(const struct queue *q, struct entry *e, struct fail *why)
{
    struct envelope envelope;
    struct buf header = buf_new(HEADER_MOST);
    bool ok =
        read_header(q, e->name, &header, why) && envelope_read(buf_view(&header), &envelope, why);
    buf_free(&header);
    if (is_over(e))
        return ok && (strcmp(e->id, envelope.id) == 0 ||
                      fail_set(why, "EDIVERGED",
                               "the letter of this name was sent or tried before, and is another "
                               "one now; give it another name"));
    if (ok) {
        memcpy(e->to, envelope.to, sizeof e->to);
        memcpy(e->from, envelope.from, sizeof e->from);
        memcpy(e->id, envelope.id, sizeof e->id);
        memcpy(e->bounces, envelope.bounces, sizeof e->bounces);
    }
    return ok;
}

static bool look_up(struct queue *q, const char *name, struct queue_letter *out, struct fail *why,
                    struct fail *fail)
{
    const struct entry *noted = q->view ? journal_find(q->view, name) : NULL;
    *out = (struct queue_letter){.wrong = NULL};
    if (noted)
        out->e = *noted;
    else if (!read_state(q, name, &out->e, fail)) {
        if (strcmp(fail->code, "ENOENT") != 0)
            return false;
        out->e = (struct entry){.state = ENTRY_WAITING};
        memcpy(out->e.name, name, strlen(name) + 1);
    }
    bool sending = out->e.state == ENTRY_SENDING;
    out->sends = sending && q->others;
    if (sending && !q->others)
        out->e.state = ENTRY_UNCERTAIN;
    if (!note_envelope(q, &out->e, why))
        out->wrong = why;
    return true;
}

bool queue_get(struct queue *q, const char *name, struct queue_letter *out, struct fail *why,
               struct fail *fail)
{
    char path[PATH_MAX];
    struct stat st;
    if (!entry_is_name(bytes_of(name)))
        return fail_set(fail, "EUSAGE", "'%s' is no letter's name", name);
    letter_path(q, name, path);
    if (stat(path, &st) != 0)
        return fail_errno(fail, errno, path);
    return look_up(q, name, out, why, fail);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct names {
    char **all;
    size_t count, room;
};

static bool add_name(struct names *names, struct bytes name)
{
    if (names->count == names->room) {
        size_t room = names->room ? 2 * names->room : 256;
        char **all = realloc(names->all, room * sizeof *all);
        if (!all)
            return false;
        names->all = all;
        names->room = room;
    }
    names->all[names->count] = strndup((const char *)name.p, name.n);
    return names->all[names->count] && ++names->count;
}

static void free_names(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->all[i]);
    free(names->all);
}

static bool list_names(struct queue *q, struct names *names, struct fail *fail)
{
    DIR *dir = opendir(q->folder);
    bool ok = dir != NULL;
    if (!dir)
        return fail_errno(fail, errno, q->folder);
    q->strangers = 0;
    for (const struct dirent *d; ok && (d = readdir(dir));) {
        struct bytes name = bytes_of(d->d_name);
        if (!bytes_ends(name, ENDING))
            continue;
        name.n -= strlen(ENDING);
        if (entry_is_name(name))
            ok = add_name(names, name);
        else
            q->strangers++;
    }
    closedir(dir);
    if (names->count > 1)
        qsort(names->all, names->count, sizeof *names->all, by_name);
    return ok || fail_set(fail, "ENOMEM", "no memory for the letters' names");
}

bool queue_each(struct queue *q, bool (*fn)(void *arg, const struct queue_letter *l), void *arg,
                struct fail *fail)
{
    struct names names = {0};
    bool ok = list_names(q, &names, fail);
    for (size_t i = 0; ok && i < names.count; i++) {
        struct queue_letter l;
        struct fail why;
        ok = look_up(q, names.all[i], &l, &why, fail) && fn(arg, &l);
    }
    free_names(&names);
    return ok;
}

unsigned long queue_strangers(const struct queue *q)
{
    return q->strangers;
}
