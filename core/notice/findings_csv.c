#include "notice/findings_csv.h"

#include "notice/facts.h"
#include "notice/quote.h"

#include <stdio.h>
#include <string.h>

enum { FIELD = 1024 };

/* What spreadsheets calculate, even where it stands in quotation marks. */
static bool looks_like_formula(struct bytes text)
{
    return text.n > 0 && text.p[0] != '\0' && strchr("=+-@", text.p[0]);
}

static void put_text(struct buf *out, struct bytes text)
{
    buf_put_text(out, looks_like_formula(text) ? "\"'" : "\"");
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_put_byte(out, '"');
        buf_put_byte(out, text.p[i]);
    }
    buf_put_byte(out, '"');
}

/* With the comma before it. */
static void put_field(struct buf *out, struct bytes text)
{
    buf_put_byte(out, ',');
    put_text(out, text);
}

static void put_strange(struct buf *out, struct bytes text, size_t columns)
{
    struct buf quoted = buf_new(4 * FIELD);
    quote_put(&quoted, bytes_slice(text, 0, FIELD), columns);
    put_field(out, buf_view(&quoted));
    buf_free(&quoted);
}

static void put_instant(struct buf *out, instant when)
{
    char text[TIME_TEXT];
    put_field(out, bytes_of(when ? time_text(when, text) : ""));
}

static void put_causes(struct buf *out, const struct finding *f)
{
    struct buf all = buf_new(FIELD);
    for (size_t i = 0; i < f->cause_count && i < FACTS_CAUSES; i++) {
        const struct finding_cause *c = &f->causes[i];
        buf_printf(&all, "%s%.*s: %.*s", i ? "; " : "", (int)c->form.n, (const char *)c->form.p,
                   (int)c->cause.n, (const char *)c->cause.p);
    }
    put_strange(out, buf_view(&all), FIELD);
    buf_free(&all);
}

bool findings_csv_head(struct buf *out)
{
    return buf_put_text(out, "case,verdict,kind,address,port,host,probe,tested,causes,returned,"
                             "returned_from,source,earlier_case,bundle,bundle_sha256\n");
}

bool findings_csv_put(struct buf *out, const struct finding *f)
{
    static const char *const kinds[] = {"open-relay", "open-http-proxy", "open-proxy"};
    char text[ADDR_IP_TEXT];
    put_text(out, f->case_id);
    put_field(out, bytes_of(f->open ? "open" : f->closed ? "closed" : "suspect"));
    put_field(out, bytes_of(kinds[f->kind]));
    put_field(out, bytes_of(addr_ip_text(&f->target, text)));
    buf_printf(out, ",%u", f->target.port);
    put_strange(out, f->host, FACTS_SOURCE);
    put_strange(out, f->probe, FACTS_NAME);
    put_instant(out, f->started);
    put_causes(out, f);
    put_instant(out, f->token.n > 0 ? f->returned : 0);
    put_field(out, bytes_of(f->token.n > 0 ? addr_ip_text(&f->peer, text) : ""));
    put_strange(out, f->source, FACTS_SOURCE);
    put_strange(out, f->earlier_case, FACTS_NAME);
    put_strange(out, f->bundle, FACTS_NAME);
    put_field(out, f->digest);
    return buf_put_byte(out, '\n');
}
