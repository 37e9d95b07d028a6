/* What became of the bundle after it was sealed: the records beside it, as `ajar custody show` tells them. */
#include "view/sheet.h"

#include <string.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool has_keys(const struct page_custody *custody)
{
    return custody->keys && custody->keys->count > 0;
}

static void put_signer(struct sheet *s, const struct custody_record *r)
{
    const struct page_custody *custody = &s->facts->custody;
    const struct trusted_key *key = has_keys(custody) ? trust_find(custody->keys, r->key.id) : NULL;
    char id[KEY_ID_TEXT];
    sheet_printf(s, "signed by key <code>%s</code>", key_id_text(&r->key, id));
    if (key && key->name[0]) {
        sheet_put(s, ", ");
        sheet_words(s, key->name);
    }
}

static void put_file(struct sheet *s, const struct custody_record *r)
{
    char hex[SHA256_HEX];
    if (memcmp(r->file, s->facts->custody.file, sizeof r->file) == 0) {
        sheet_put(s, "; the bundle&#39;s file was the one that this page was made from");
        return;
    }
    hash_hex(r->file, sizeof r->file, hex);
    sheet_printf(
        s,
        "; the bundle&#39;s file had SHA-256 <code>%s</code>: signatures or time-stamps were added "
        "since, or it was packed again",
        hex);
}

static void put_record(struct sheet *s, const struct custody_record *r)
{
    sheet_printf(s, "<li value=\"%lu\"><b>", r->number);
    sheet_words(s, r->event);
    sheet_put(s, "</b> by ");
    sheet_words(s, r->by);
    if (r->to[0]) {
        sheet_put(s, ", to ");
        sheet_words(s, r->to);
    }
    sheet_put(s, ", ");
    sheet_time(s, r->at);
    if (r->note[0]) {
        sheet_put(s, "<br>“");
        sheet_words(s, r->note);
        sheet_put(s, "”");
    }
    sheet_put(s, "<br><span class=\"said\">");
    put_signer(s, r);
    put_file(s, r);
    sheet_put(s, "</span></li>\n");
    sheet_flush(s, false);
}

static void put_records(struct sheet *s, const struct custody *c)
{
    const struct custody_entry *last = &c->entries[c->count - 1];
    char hex[SHA256_HEX];
    sheet_printf(s, "<p>%zu record%s beside the bundle (", c->count, c->count == 1 ? "" : "s");
    sheet_words(s, base_name(s->facts->custody.path));
    sheet_printf(
        s,
        ") held when this page was made: each is of this bundle, signed by the key that it names "
        "and after the one before, none changed, none missing between two others. %s</p>\n"
        "<ol class=\"custody\">\n",
        has_keys(&s->facts->custody)
            ? "The page&#39;s maker trusts these keys."
            : "The page&#39;s maker gave no keys to check them by: nobody vouches for these.");
    for (size_t i = 0; i < c->count; i++)
        put_record(s, &c->entries[i].record);
    hash_hex(last->digest, sizeof last->digest, hex);
    sheet_printf(
        s,
        "</ol>\n<p class=\"note\">Times are by the clocks of those who signed. The last "
        "record has SHA-256 <code class=\"long\">%s</code>: whether others were taken away "
        "behind it tells who has kept that elsewhere. The page has no copy of the records "
        "and does not check them in the browser: <code>ajar custody show</code> does.</p>\n",
        hex);
}

static void put_fault(struct sheet *s, const char *before, const char *words)
{
    sheet_put(s, "<div class=\"state bad\"><strong>");
    sheet_put(s, before);
    sheet_put(s, "</strong> ");
    sheet_words(s, base_name(s->facts->custody.path));
    sheet_put(s, " lies beside the bundle; ");
    sheet_words(s, words);
    sheet_put(s, ". What it says is not shown here.</div>\n");
}

void sheet_custody(struct sheet *s)
{
    const struct page_custody *custody = &s->facts->custody;
    if (!custody->path)
        return;
    sheet_put(s, "<section id=\"custody\" aria-labelledby=\"h-custody\">\n<h2 "
                 "id=\"h-custody\">Custody: what became of it since</h2>\n");
    if (custody->records)
        put_records(s, custody->records);
    else if (custody->why)
        put_fault(s, "The custody does NOT hold.", custody->why);
    else
        put_fault(s, "The custody was NOT checked.",
                  "as the bundle does not verify, it could not be checked");
    sheet_put(s, "</section>\n");
}
