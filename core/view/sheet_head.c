/* What stands before and behind the page's content. */
#include "view/sheet.h"

#include "base/base64.h"
#include "base/hash.h"

static const char *const scripts[] = {"noble.js", "table.js",  "characters.js",
                                      "told.js",  "claims.js", "progress.js",
                                      "shown.js", "page.js",   NULL};

/* 'sha256-…', by which the policy knows a style or a script. */
static void put_source(struct sheet *s, struct bytes asset)
{
    unsigned char digest[SHA256_SIZE];
    sha256_of(asset, digest);
    sheet_put(s, " 'sha256-");
    base64_put(&s->out, bytes_at(digest, sizeof digest));
    sheet_put(s, "'");
}

/* Nothing is fetched, nothing is sent, and no script runs but those that stand here. */
static void put_policy(struct sheet *s)
{
    sheet_put(s, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "base-uri 'none'; "
                 "form-action 'none'; style-src");
    put_source(s, sheet_asset("page.css"));
    sheet_put(s, "; script-src");
    for (size_t i = 0; scripts[i]; i++)
        put_source(s, sheet_asset(scripts[i]));
    sheet_put(s, "\">\n");
}

void sheet_head(struct sheet *s)
{
    sheet_put(s, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    put_policy(s);
    sheet_put(s, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"referrer\" content=\"no-referrer\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n"
                 "<meta name=\"generator\" content=\"ajar " AJAR_VERSION "\">\n<title>Evidence: ");
    html_attribute(&s->out, bytes_of(s->facts->report->name), SHEET_TEXT);
    sheet_put(s, "</title>\n<style>");
    buf_put(&s->out, sheet_asset("page.css"));
    sheet_put(s, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#cases\">To the cases</a>\n");
}

void sheet_end(struct sheet *s)
{
    for (size_t i = 0; scripts[i]; i++) {
        sheet_put(s, "<script>");
        buf_put(&s->out, sheet_asset(scripts[i]));
        sheet_put(s, "</script>\n");
    }
    sheet_put(s, "</body>\n</html>\n");
}
