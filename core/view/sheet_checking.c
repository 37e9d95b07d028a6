/* How to check the bundle without this page. */
#include "view/sheet.h"

#include <string.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void put_command(struct sheet *s, const char *before, const char *after)
{
    sheet_put(s, before);
    html_attribute(&s->out, bytes_of(base_name(s->facts->path)), SHEET_TEXT);
    sheet_put(s, after);
}

/* VERIFY.txt, which every bundle has for those without ajar. */
static void put_guide(struct sheet *s)
{
    struct buf guide = buf_new(BUNDLE_FILE_LIMIT);
    struct fail ignored;
    if (bundle_read(s->facts->path, "VERIFY.txt", &guide, &ignored)) {
        struct bytes rest = buf_view(&guide);
        sheet_put(s, "<details><summary>With public tools alone: VERIFY.txt of the "
                     "bundle</summary>\n<pre tabindex=\"0\">");
        while (rest.n > 0 && sheet_flush(s, false)) {
            size_t end = bytes_index(rest, '\n', 0);
            html_text(&s->out, bytes_slice(rest, 0, end), SHEET_TEXT);
            sheet_put(s, "\n");
            rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(rest, end + 1, rest.n);
        }
        sheet_put(s, "</pre></details>\n");
    }
    buf_free(&guide);
}

/* A browser has nothing that reads them. */
static void put_stamps(struct sheet *s)
{
    unsigned n = s->facts->report->stamp_count;
    if (n == 0)
        return;
    sheet_put(s, "# when it was there at the latest: the time-stamps, which this page does not "
                 "check. In the unpacked bundle,\n"
                 "# with tsa-ca.pem, certificates of a service that you trust:\n");
    sheet_put(s, n == 1
                     ? "openssl ts -verify -data tagmanifest-sha256.txt.minisig -in "
                       "tagmanifest-sha256.txt.minisig.tsr -CAfile tsa-ca.pem\n"
                     : "for stamp in *.tsr; do openssl ts -verify -data "
                       "tagmanifest-sha256.txt.minisig -in \"$stamp\" -CAfile tsa-ca.pem; done\n");
}

void sheet_checking(struct sheet *s)
{
    sheet_put(s, "<section id=\"checking\" aria-labelledby=\"h-checking\">\n<h2 "
                 "id=\"h-checking\">Checking it</h2>\n"
                 "<p>This page is a copy for reading. The evidence is the bundle it was made from: "
                 "whoever can change a page "
                 "can change what it says of itself. With the bundle, and the operator&#39;s "
                 "public key from a place that "
                 "you trust:</p>\n");
    put_command(s, "<pre tabindex=\"0\"># nothing was changed since it was signed:\najar verify ",
                " --public-key operator.pub\n");
    put_stamps(s);
    if (s->facts->report->hidden == 0)
        put_command(s, "# the verdicts follow from the recorded bytes:\najar replay ", "</pre>\n");
    else
        sheet_put(s, "</pre>\n<p class=\"note\">Parts of the case are hidden here, so that it "
                     "can&#39;t be replayed: whether its verdict follows from the recorded bytes "
                     "<code>ajar replay</code> shows who holds it whole.</p>\n");
    sheet_put(s, "<form class=\"key\" id=\"key\" hidden><label>The operator&#39;s published key, "
                 "to compare <input id=\"published\" "
                 "autocomplete=\"off\" spellcheck=\"false\" placeholder=\"RW…\"></label> <output "
                 "id=\"same\" "
                 "for=\"published\"></output></form>\n");
    put_guide(s);
    sheet_put(
        s,
        "<h3>What it shows, and what it can&#39;t</h3>\n<p>That the holder of the key "
        "sealed exactly this. That a server "
        "was open, where a token that only this run could make was given to that server "
        "alone and came back to our "
        "receiver. It can&#39;t show whose key it is, nor that everything was recorded: "
        "the first is for you to find "
        "out, for the second stand the operator&#39;s authority and the chain of the key&#39;s "
        "runs.</p>\n<p>Where scripts run, the page compares what it shows of the bundle, its run "
        "and "
        "its cases with the files in it. It does not compare whether the bundle verified when the "
        "page was made, names beside keys, time-stamps, the custody, the remarks “means” in "
        "dialogues, and this "
        "section: there it is as its maker wrote it.</p>\n</section>\n</main>\n"
        "<footer>Made by ajar " AJAR_VERSION ", ");
    sheet_time(s, s->facts->now);
    sheet_put(s, ". The page asks no other computer for anything.</footer>\n");
}
