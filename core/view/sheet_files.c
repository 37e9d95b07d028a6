/* The bundle's files, for the page's own check: in base64, so that nothing in them is markup. */
#include "view/sheet.h"

#include "base/base64.h"

enum {
    PIECE = 48 * 1024
}; /* a multiple of 3: pieces of base64 put together are the base64 of the whole */

static bool put_file(void *arg, const char *name, struct bytes content, struct fail *fail)
{
    struct sheet *s = arg;
    (void)fail;
    sheet_put(s, "<script type=\"application/octet-stream\" data-file=\"");
    html_attribute(&s->out, bytes_of(name), SHEET_TEXT);
    sheet_put(s, "\">");
    for (size_t at = 0; at < content.n && sheet_flush(s, false); at += PIECE)
        base64_put(&s->out, bytes_slice(content, at, at + PIECE));
    sheet_put(s, "</script>\n");
    return sheet_flush(s, false);
}

bool sheet_files(struct sheet *s)
{
    bool extract = s->facts->report->case_id[0] != '\0';
    struct buf manifest = buf_new(PAGE_MOST);
    struct fail ignored;
    bool ok = bundle_each(s->facts->path, put_file, s, s->fail);
    if (ok && !extract && bundle_read(s->facts->path, "manifest-sha256.txt", &manifest, &ignored))
        ok = put_file(s, "manifest-sha256.txt", buf_view(&manifest), s->fail);
    buf_free(&manifest);
    return ok;
}
