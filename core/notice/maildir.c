#include "notice/maildir.h"

#include "base/file.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

enum { TEXT_MOST = 4 * 1024 * 1024, WAITING_MOST = 512, NAME_MOST = 400 };

static bool path_of(const struct maildir *m, const char *folder, char out[PATH_MAX],
                    struct fail *fail)
{
    if ((size_t)snprintf(out, PATH_MAX, "%s/%s", m->path, folder) < PATH_MAX)
        return true;
    return fail_set(fail, "ENAMETOOLONG", "%s: the name is too long", m->path);
}

/* The host's name as it may stand in a file's. */
static void take_host(char out[300])
{
    char host[256] = "localhost";
    size_t n = 0;
    gethostname(host, sizeof host - 1);
    for (const char *c = host; *c && n < 256; c++) {
        const char *instead = *c == '/' ? "\\057" : *c == ':' ? "\\072" : NULL;
        n += (size_t)snprintf(out + n, 300 - n, instead ? "%s" : "%.1s", instead ? instead : c);
    }
}

static bool open_batch(struct maildir *m, void (*placed)(void *arg, const char *name), void *arg,
                       struct fail *fail)
{
    char made[PATH_MAX];
    char new[PATH_MAX];
    if (!path_of(m, "tmp", made, fail) || !path_of(m, "new", new, fail))
        return false;
    struct file_batch_order order = {.folder = new,
                                     .ending = "",
                                     .made = made,
                                     .mode = 0600,
                                     .most = WAITING_MOST,
                                     .placed = placed,
                                     .arg = arg};
    m->batch = file_batch_new(&order, fail);
    return m->batch != NULL;
}

bool maildir_open(struct maildir *m, const char *path, void (*placed)(void *arg, const char *name),
                  void *arg, struct fail *fail)
{
    static const char *const folders[] = {"tmp", "new", "cur"};
    *m = (struct maildir){.path = path, .text = buf_new(TEXT_MOST)};
    take_host(m->host);
    bool ok = file_directory(path, fail);
    for (unsigned i = 0; ok && i < 3; i++) {
        char folder[PATH_MAX];
        ok = path_of(m, folders[i], folder, fail) && file_directory(folder, fail);
    }
    return ok && open_batch(m, placed, arg, fail);
}

static bool take_text(struct maildir *m, struct bytes message, struct fail *fail)
{
    buf_clear(&m->text);
    while (message.n > 0) {
        size_t end = bytes_find(message, bytes_of("\r\n"));
        buf_put(&m->text, bytes_slice(message, 0, end));
        if (end != BYTES_NOT_FOUND)
            buf_put_byte(&m->text, '\n');
        message = bytes_slice(message, end == BYTES_NOT_FOUND ? message.n : end + 2, message.n);
    }
    return !m->text.overflow || fail_set(fail, "ELIMIT", "a letter is too long");
}

bool maildir_put(struct maildir *m, instant when, struct bytes message, struct fail *fail)
{
    char name[NAME_MOST];
    snprintf(name, sizeof name, "%lld.M%06lldP%ldQ%lu.%s", (long long)(when / SPAN_SECOND),
             (long long)(when % SPAN_SECOND), (long)getpid(), m->count++, m->host);
    return take_text(m, message, fail) && file_batch_put(m->batch, name, buf_view(&m->text), fail);
}

bool maildir_flush(struct maildir *m, struct fail *fail)
{
    return file_batch_flush(m->batch, fail);
}

void maildir_close(struct maildir *m)
{
    file_batch_free(m->batch);
    buf_free(&m->text);
    m->batch = NULL;
}
