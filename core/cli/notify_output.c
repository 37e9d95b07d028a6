#include "cli/notify_output.h"

#include "base/file.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

bool notify_output_takes_messages(const struct notify_output *o)
{
    return o->form != NOTIFY_NOWHERE && o->form != NOTIFY_PRINT && o->form != NOTIFY_DRY_RUN;
}

bool notify_output_open(struct notify_output *o, struct fail *fail)
{
    switch (o->form) {
    case NOTIFY_FILES:
        return file_directory(o->path, fail);
    case NOTIFY_MBOX:
        o->mbox = mbox_open(o->path, fail);
        return o->mbox != NULL;
    case NOTIFY_MAILDIR:
        return maildir_open(&o->maildir, o->path, fail);
    default:
        return true;
    }
}

static bool write_file(const struct notify_output *o, const struct notify_message *m,
                       struct fail *fail)
{
    char path[PATH_MAX];
    if ((size_t)snprintf(path, sizeof path, "%s/%s.eml", o->path, m->id) >= sizeof path)
        return fail_set(fail, "ENAMETOOLONG", "%s: the name is too long", o->path);
    bool ok = file_create(path, m->bytes, fail);
    if (!ok && strcmp(fail->code, "EEXIST") == 0)
        fail_set(fail, "EEXIST", "%s is there already; letters are never overwritten", path);
    if (ok)
        puts(path);
    return ok;
}

static bool deliver(struct notify_output *o, const struct notify_message *m, struct fail *fail)
{
    char name[MAILDIR_NAME];
    bool ok = maildir_put(&o->maildir, m->envelope->when, m->bytes, name, fail);
    if (ok)
        printf("%s/new/%s\n", o->path, name);
    return ok;
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
    printf("%s\t%s\t%s\t%.*s\n", m->id, addr_text(m->target, target),
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

bool notify_output_close(struct notify_output *o, bool ok, struct fail *fail)
{
    if (o->form == NOTIFY_MBOX && o->mbox && !ok)
        mbox_drop(o->mbox);
    else if (o->form == NOTIFY_MBOX && o->mbox)
        ok = mbox_close(o->mbox, fail);
    else if (o->form == NOTIFY_MAILDIR && ok)
        ok = maildir_close(&o->maildir, fail);
    else if (o->form == NOTIFY_MAILDIR)
        buf_free(&o->maildir.text);
    o->mbox = NULL;
    return ok;
}
