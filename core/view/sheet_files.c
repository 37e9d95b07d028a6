/* The bundle's files, for the page's own check: in base64, so that nothing in them is markup. */
#include "view/sheet.h"

#include "base/base64.h"

#include <string.h>

enum {
    PIECE = 48 * 1024
}; /* a multiple of 3: pieces of base64 put together are the base64 of the whole */

struct files {
    struct sheet *s;
    char id[NAME_LIMIT]; /* of the case that the latest file is of */
    size_t cases;        /* that have begun */
};

static bool put_file(struct sheet *s, const char *name, struct bytes content)
{
    sheet_put(s, "<script type=\"application/octet-stream\" data-file=\"");
    html_attribute(&s->out, bytes_of(name), SHEET_TEXT);
    sheet_put(s, "\">");
    for (size_t at = 0; at < content.n && sheet_flush(s, false); at += PIECE)
        base64_put(&s->out, bytes_slice(content, at, at + PIECE));
    sheet_put(s, "</script>\n");
    return sheet_flush(s, false);
}

/* Is this the first file of another case than the one before? */
static bool begins_case(const struct files *f, const char *id, size_t n)
{
    return n < sizeof f->id && (strncmp(id, f->id, n) != 0 || f->id[n] != '\0');
}

/* Cases come in the order in which sheet_count has seen them. */
static bool is_chosen(struct files *f, const char *name)
{
    static const char folder[] = "data/cases/";
    const struct sheet *s = f->s;
    if (strncmp(name, folder, sizeof folder - 1) != 0)
        return true;
    const char *id = name + sizeof folder - 1;
    size_t n = strcspn(id, "/");
    if (begins_case(f, id, n)) {
        memcpy(f->id, id, n);
        f->id[n] = '\0';
        f->cases++;
    }
    bool wanted = !s->facts->choice.summary || strcmp(id + n, "/case.json") == 0;
    return wanted && f->cases > 0 && f->cases <= s->chosen.n &&
           buf_view(&s->chosen).p[f->cases - 1] == 1;
}

static bool take_file(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct files *f = arg;
    (void)fail;
    return !is_chosen(f, name) || put_file(f->s, name, content);
}

bool sheet_files(struct sheet *s)
{
    struct files files = {.s = s};
    bool extract = s->facts->report->case_id[0] != '\0';
    struct buf manifest = buf_new(PAGE_MOST);
    struct fail ignored;
    bool ok = bundle_each(s->facts->path, take_file, &files, s->fail);
    if (ok && !extract && bundle_read(s->facts->path, "manifest-sha256.txt", &manifest, &ignored))
        ok = put_file(s, "manifest-sha256.txt", buf_view(&manifest));
    buf_free(&manifest);
    return ok;
}
