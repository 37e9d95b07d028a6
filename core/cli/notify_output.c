#include "cli/notify_output.h"

#include "base/file.h"
#include "cli/letter_ids.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { WAITING_MOST = 512 };

bool notify_output_takes_messages(const struct notify_output *o)
{
    return o->form != NOTIFY_NOWHERE && o->form != NOTIFY_PRINT && o->form != NOTIFY_DRY_RUN;
}

static void on_file(void *arg, const char *name)
{
    struct notify_output *o = arg;
    o->written++;
    printf("%s/%s.eml\n", o->path, name);
}

static void on_delivered(void *arg, const char *name)
{
    struct notify_output *o = arg;
    o->written++;
    printf("%s/new/%s\n", o->path, name);
}

static bool open_files(struct notify_output *o, struct fail *fail)
{
    struct file_batch_order order = {.folder = o->path,
                                     .ending = ".eml",
                                     .mode = 0644,
                                     .most = WAITING_MOST,
                                     .placed = on_file,
                                     .arg = o};
    o->files = file_directory(o->path, fail) ? file_batch_new(&order, fail) : NULL;
    return o->files != NULL;
}

static bool open_maildir(struct notify_output *o, struct fail *fail)
{
    if (!maildir_open(&o->maildir, o->path, on_delivered, o, fail))
        return false;
    o->there = o->resumes ? letter_ids_of_maildir(o->path, fail) : NULL;
    return !o->resumes || o->there;
}

bool notify_output_open(struct notify_output *o, struct fail *fail)
{
    switch (o->form) {
    case NOTIFY_FILES:
        return open_files(o, fail);
    case NOTIFY_MBOX:
        o->mbox = mbox_open(o->path, fail);
        return o->mbox != NULL;
    case NOTIFY_MAILDIR:
        return open_maildir(o, fail);
    default:
        return true;
    }
}

static bool write_file(struct notify_output *o, const struct notify_message *m, struct fail *fail)
{
    char path[PATH_MAX];
    if ((size_t)snprintf(path, sizeof path, "%s/%s.eml", o->path, m->id) >= sizeof path)
        return fail_set(fail, "ENAMETOOLONG", "%s: the name is too long", o->path);
    if (o->resumes && letter_ids_is_file(path, m->bytes)) {
        o->kept++;
        return true;
    }
    bool ok = file_batch_put(o->files, m->id, m->bytes, fail);
    if (!ok && strcmp(fail->code, "EEXIST") == 0)
        fail_set(fail, "EEXIST",
                 "%s is there already; letters are never overwritten (--resume goes on where a run "
                 "was cut off)",
                 path);
    return ok;
}

static bool deliver(struct notify_output *o, const struct notify_message *m, struct fail *fail)
{
    if (o->there && letter_ids_has(o->there, m->bytes)) {
        o->kept++;
        return true;
    }
    return maildir_put(&o->maildir, m->envelope->when, m->bytes, fail);
}

static void print_letter(const struct notify_output *o, struct letter *letter)
{
    printf("%sSubject: %.*s\n\n%s", o->count > 0 ? "\n\n" : "", (int)letter->subject.n,
           (const char *)letter->subject.p, buf_text(&letter->text));
}

/* Columns with TABs between them. */
static void print_row(const struct notify_message *m)
{
    char target[ADDR_TEXT];
    char about[64];
    if (m->group)
        snprintf(about, sizeof about, "%zu findings, %zu %s", group_findings(m->group),
                 group_addresses(m->group),
                 group_addresses(m->group) == 1 ? "address" : "addresses");
    printf("%s\t%s\t%s\t%.*s\n", m->id, m->group ? about : addr_text(m->target, target),
           m->envelope->to ? m->envelope->to : "-", (int)m->letter->subject.n,
           (const char *)m->letter->subject.p);
}

bool notify_output_put(struct notify_output *o, const struct notify_message *m, struct fail *fail)
{
    bool ok = true;
    switch (o->form) {
    case NOTIFY_FILES:
        ok = write_file(o, m, fail);
        break;
    case NOTIFY_MBOX:
        ok = mbox_put(o->mbox, m->envelope->return_path, m->envelope->when, m->bytes, fail);
        break;
    case NOTIFY_MAILDIR:
        ok = deliver(o, m, fail);
        break;
    case NOTIFY_PRINT:
        print_letter(o, m->letter);
        break;
    case NOTIFY_DRY_RUN:
        print_row(m);
        break;
    default:
        break;
    }
    o->count += ok;
    return ok;
}

/* What is whole is placed, also when a later letter could not be made. */
static bool flush(struct notify_output *o, struct fail *fail)
{
    if (o->files)
        return file_batch_flush(o->files, fail);
    return !o->maildir.batch || maildir_flush(&o->maildir, fail);
}

static bool close_mbox(struct notify_output *o, bool ok, struct fail *fail)
{
    if (ok)
        ok = mbox_close(o->mbox, fail);
    else
        mbox_drop(o->mbox);
    o->mbox = NULL;
    return ok;
}

bool notify_output_close(struct notify_output *o, bool ok, struct fail *fail)
{
    struct fail second = {0};
    if (o->form == NOTIFY_MBOX && o->mbox)
        ok = close_mbox(o, ok, fail);
    if (o->form != NOTIFY_FILES && o->form != NOTIFY_MAILDIR)
        o->written = o->form == NOTIFY_MBOX && !ok ? 0 : o->count;
    ok = flush(o, ok ? fail : &second) && ok;
    file_batch_free(o->files);
    o->files = NULL;
    if (o->form == NOTIFY_MAILDIR)
        maildir_close(&o->maildir);
    letter_ids_free(o->there);
    return ok;
}
