/* The page's beginning: whether it verified when it was made, who signed, who tested, how the cases ended. */
#include "view/sheet.h"

static void put_state(struct sheet *s)
{
    const struct page_facts *f = s->facts;
    char id[KEY_ID_TEXT];
    if (f->why) {
        sheet_put(s, "<div class=\"state bad\" id=\"made\"><strong>NOT verified</strong> when this "
                     "page was made, ");
        sheet_time(s, f->now);
        sheet_put(s, ": <span>");
        sheet_words(s, f->why);
        sheet_put(s, "</span>. What follows may have been changed by anybody.</div>\n");
        return;
    }
    /* shown.js knows by "state bad" alone that it did not verify. */
    sheet_printf(s,
                 "<div class=\"state %s\" id=\"made\"><strong>Verified%s</strong> when this page "
                 "was made, ",
                 s->lies ? "bad claims" : "good", s->lies ? ", but NOT what its cases say," : "");
    sheet_time(s, f->now);
    sheet_printf(s, ", by ajar " AJAR_VERSION " with the key %s, %s.</div>\n",
                 key_id_text(&f->report->signer, id),
                 f->key_given ? "which the maker of the page trusts"
                              : "which lies in the bundle itself: whose it is, that does not say");
}

static void put_signature(struct sheet *s, const struct bundle_signature *sig, bool first)
{
    char id[KEY_ID_TEXT];
    char line[PUBLIC_KEY_TEXT];
    instant when;
    sheet_printf(s, "<dt>%s</dt><dd class=\"signer\">key <code>%s</code>",
                 first ? "Signed by" : "Co-signed by", key_id_text(&sig->key, id));
    if (sig->name[0]) {
        sheet_put(s, "<span class=\"named\">, ");
        sheet_words(s, sig->name);
        sheet_put(s, "</span>");
    }
    if (time_parse(bytes_of(sig->at), &when)) {
        sheet_put(s, ", ");
        sheet_time(s, when);
        sheet_put(s, " by the signer&#39;s clock");
    }
    sheet_printf(s, "<br><code class=\"long\"%s>%s</code></dd>\n", first ? " id=\"signer\"" : "",
                 public_key_text(&sig->key, line));
}

/* The browser has no scripts of this ajar to compare with. */
static void put_origin(struct sheet *s)
{
    enum builtin_origin origin = s->facts->report->builtin;
    if (s->facts->why || origin == BUILTIN_NONE)
        return;
    sheet_put(s, "<dt class=\"whose\">Scripts</dt><dd class=\"whose\">");
    sheet_words(s, builtin_words(origin));
    sheet_put(s, "</dd>\n");
}

static void put_stamps(struct sheet *s)
{
    const struct bundle_report *r = s->facts->report;
    for (unsigned i = 0; i < r->stamp_count; i++) {
        sheet_put(s, "<dt class=\"stamp\">Time-stamp</dt><dd class=\"stamp\">");
        sheet_time(s, r->stamps[i].at);
        sheet_put(s, ", by ");
        sheet_words(s, r->stamps[i].service);
        sheet_put(s, r->stamps[i].trusted
                         ? "; vouched for by certificates that the page&#39;s maker trusts"
                         : "; it holds by the certificate in it");
        sheet_put(s, "; ajar found so when it made the page, and a browser does not check it: "
                     "openssl does, by the command <a href=\"#checking\">below</a></dd>\n");
    }
}

static void put_contents(struct sheet *s)
{
    const struct bundle_report *r = s->facts->report;
    sheet_fact(s, "Bundle", bytes_of(r->name));
    if (r->case_id[0] != '\0')
        sheet_printf(
            s,
            "<dt>Contents</dt><dd>an extract: case %lu of %lu; %lu of its %lu parts hidden</dd>\n",
            r->place, r->cases, r->hidden, r->parts);
    else if (!s->facts->why)
        sheet_printf(s, "<dt>Contents</dt><dd>%lu case%s; %lu files, %llu bytes</dd>\n", r->cases,
                     r->cases == 1 ? "" : "s", r->files, r->octets);
    sheet_fact(s, "Recovered", bytes_of(r->recovered));
    if (r->head.chain.number > 0)
        sheet_printf(s, "<dt>Chain</dt><dd>run %lu of the runs that this key has sealed</dd>\n",
                     r->head.chain.number);
}

static struct bytes take_line(struct bytes *rest)
{
    size_t end = bytes_index(*rest, '\n', 0);
    struct bytes line = bytes_slice(*rest, 0, end);
    *rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(*rest, end + 1, rest->n);
    return line;
}

/* "  label       words", words of a row without a label belong to the one before. The words are escaped already. */
static void put_run(struct sheet *s)
{
    enum { LABEL_AT = 2, WORDS_AT = 14 };
    struct bytes rest = s->facts->run;
    bool open = false;
    while (rest.n > 0) {
        struct bytes line = take_line(&rest);
        struct bytes label = bytes_trim(bytes_slice(line, LABEL_AT, WORDS_AT));
        if (label.n > 0) {
            sheet_put(s, open ? "</dd></div>\n<div><dt>" : "<div><dt>");
            sheet_text(s, label);
            sheet_put(s, "</dt><dd>");
            open = true;
        } else {
            sheet_put(s, "<br>");
        }
        html_escaped(&s->out, bytes_slice(line, WORDS_AT, line.n));
    }
    sheet_put(s, open ? "</dd></div>\n" : "");
}

static void put_counts(struct sheet *s, const size_t of_verdict[])
{
    sheet_put(s, "<ul class=\"counts\" aria-label=\"Cases by verdict\">\n");
    for (size_t i = 0; sheet_verdicts[i]; i++)
        if (of_verdict[i] > 0)
            sheet_printf(s, "<li class=\"v-%s\"><b>%zu</b> %s</li>\n", sheet_verdicts[i],
                         of_verdict[i], sheet_verdicts[i]);
    sheet_put(s, "</ul>\n");
}

void sheet_summary(struct sheet *s, const size_t of_verdict[])
{
    sheet_put(s, "<header>\n<p class=\"kind\">Record of tests for open mail relays and open "
                 "proxies</p>\n<h1>");
    sheet_words(s, s->facts->report->name);
    sheet_put(s, "</h1>\n");
    put_state(s);
    sheet_put(s, "<div class=\"state none\" id=\"check\" role=\"status\" aria-live=\"polite\">No "
                 "script has run here, so this "
                 "page has not checked itself: what follows is as its maker wrote it.</div>\n"
                 "<ul class=\"faults\" id=\"faults\" hidden></ul>\n");
    if (s->lies > 0)
        sheet_lies_summary(s);
    sheet_left_out(s);
    sheet_put(s, "</header>\n"
                 "<nav aria-label=\"On this page\"><a href=\"#summary\">Summary</a> ");
    sheet_put(s, s->facts->custody.path ? "<a href=\"#custody\">Custody</a> " : "");
    sheet_put(s, "<a href=\"#cases\">Cases</a> "
                 "<a href=\"#checking\">Checking it</a></nav>\n");
    sheet_printf(s, "<main%s>\n", s->lies ? " class=\"lying\"" : "");
    sheet_put(s, "<section id=\"summary\" aria-labelledby=\"h-summary\">\n<h2 "
                 "id=\"h-summary\">Summary</h2>\n");
    put_counts(s, of_verdict);
    sheet_put(s, "<h3>The bundle</h3>\n<dl>\n");
    put_contents(s);
    for (unsigned i = 0; i < s->facts->report->signature_count && !s->facts->why; i++)
        put_signature(s, &s->facts->report->signatures[i], i == 0);
    put_stamps(s);
    put_origin(s);
    sheet_put(s, "</dl>\n<h3>The run, as its operator recorded it</h3>\n<dl class=\"run\">\n");
    put_run(s);
    sheet_put(s, "</dl>\n</section>\n");
}
