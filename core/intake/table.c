#include "intake/table.h"

#include "intake/when.h"

#include <stdio.h>

enum { HEADER_MOST = 16 * 1024 };

/* What columns are called; of several that mean the same the first one of a header counts. */
static const struct {
    const char *name;
    enum table_column column;
} names[] = {
    {"ip", COLUMN_IP},
    {"src_ip", COLUMN_IP},
    {"saddr", COLUMN_IP},
    {"source.ip", COLUMN_IP},
    {"port", COLUMN_PORT},
    {"src_port", COLUMN_PORT},
    {"sport", COLUMN_PORT},
    {"source.port", COLUMN_PORT},
    {"timestamp", COLUMN_TIME},
    {"timestamp_str", COLUMN_TIME},
    {"timestamp-str", COLUMN_TIME},
    {"time.source", COLUMN_TIME},
    {"timestamp_ts", COLUMN_SECONDS},
    {"timestamp-ts", COLUMN_SECONDS},
    {"hostname", COLUMN_NAME},
    {"source.reverse_dns", COLUMN_NAME},
    {"source.fqdn", COLUMN_NAME},
    {"asn", COLUMN_ASN},
    {"source.asn", COLUMN_ASN},
    {"geo", COLUMN_COUNTRY},
    {"country", COLUMN_COUNTRY},
    {"source.geolocation.cc", COLUMN_COUNTRY},
    {"source", COLUMN_SOURCE},
    {"feed.name", COLUMN_SOURCE},
    {"severity", COLUMN_SEVERITY},
    {"tag", COLUMN_TAG},
    {"reason", COLUMN_REASON},
    {"server", COLUMN_SERVER},
    {"via", COLUMN_VIA},
    {"proxy_authenticate", COLUMN_PROXY_AUTHENTICATE},
    {"banner", COLUMN_BANNER},
    {"classification", COLUMN_CLASSIFICATION},
    {"success", COLUMN_SUCCESS},
    {"classification.type", COLUMN_EVENT_TYPE},
    {"classification.identifier", COLUMN_EVENT_IDENTIFIER},
    {"protocol.application", COLUMN_PROTOCOL},
    {"event_description.text", COLUMN_TEXT},
};

/* What the reports of Shadowserver's that are about us are called. */
static const struct {
    const char *report;
    const char *words;
} reports[] = {
    {"scan_http_proxy", "open HTTP proxy"},
    {"scan6_http_proxy", "open HTTP proxy"},
    {"population_http_proxy", "accessible HTTP proxy"},
    {"population6_http_proxy", "accessible HTTP proxy"},
    {"scan_socks", "accessible SOCKS proxy"},
    {"scan_smtp", "accessible SMTP server"},
    {"scan6_smtp", "accessible SMTP server"},
    {"scan_smtp_vulnerable", "vulnerable SMTP server"},
    {"scan6_smtp_vulnerable", "vulnerable SMTP server"},
    {"scan_stun", "accessible STUN server"},
    {"blocklist", "on a blocklist"},
};

static void find_column(struct table *t, struct bytes name, int at)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (bytes_equal_nocase(name, names[i].name) && t->at[names[i].column] < 0)
            t->at[names[i].column] = at;
}

static enum table_kind kind_of(const struct table *t, struct bytes header)
{
    if (bytes_find(header, bytes_of("source.ip")) != BYTES_NOT_FOUND)
        return TABLE_INTELMQ;
    if (bytes_find(header, bytes_of("saddr")) != BYTES_NOT_FOUND)
        return TABLE_ZMAP;
    /* All of theirs have these; "severity" is newer. */
    return t->at[COLUMN_TIME] >= 0 && t->at[COLUMN_ASN] >= 0 && t->at[COLUMN_COUNTRY] >= 0
               ? TABLE_SHADOWSERVER
               : TABLE_OTHER;
}

/* "YYYY-MM-DD-REPORT-MORE.csv" */
static void find_report(struct table *t, struct bytes file)
{
    instant day;
    struct bytes rest = bytes_slice(file, 11, file.n);
    size_t end = bytes_index(rest, '-', 0);
    end = end == BYTES_NOT_FOUND ? bytes_index(rest, '.', 0) : end;
    if (when_parse(bytes_slice(file, 0, 10), &day) && file.n > 10 && file.p[10] == '-' &&
        end != BYTES_NOT_FOUND && end < sizeof t->report)
        entry_copy(t->report, sizeof t->report, bytes_slice(rest, 0, end));
    else if (t->at[COLUMN_REASON] >= 0 && t->at[COLUMN_SOURCE] >= 0)
        entry_copy(t->report, sizeof t->report, bytes_of("blocklist"));
    else if (t->at[COLUMN_PROXY_AUTHENTICATE] >= 0)
        entry_copy(t->report, sizeof t->report, bytes_of("http_proxy"));
}

bool table_header(struct bytes line, struct bytes file, struct table *out)
{
    unsigned char text[HEADER_MOST];
    struct csv_line fields = {.text = text, .size = sizeof text};
    struct fail ignored;
    *out = (struct table){.separator = csv_separator(line)};
    for (int i = 0; i < TABLE_COLUMNS; i++)
        out->at[i] = -1;
    if (line.n >= HEADER_MOST || !csv_split(&fields, out->separator, line, &ignored))
        return false;
    for (unsigned i = 0; i < fields.count; i++)
        find_column(out, bytes_trim(fields.fields[i]), (int)i);
    if (out->at[COLUMN_IP] < 0)
        return false;
    out->kind = kind_of(out, line);
    if (out->kind == TABLE_SHADOWSERVER)
        find_report(out, file);
    return true;
}

/* ---- rows ---- */

static struct bytes column(const struct table *t, const struct csv_line *row, enum table_column c)
{
    int at = t->at[c];
    return at >= 0 && (unsigned)at < row->count ? bytes_trim(row->fields[at]) : bytes_at(NULL, 0);
}

static void take_network(struct entry *e, struct bytes asn)
{
    unsigned long number;
    if (bytes_number(asn, 4294967295UL, &number) && number > 0)
        snprintf(e->network, sizeof e->network, "AS%lu", number);
}

/* What tables of all kinds have. */
static bool take_common(const struct table *t, const struct csv_line *row, struct entry *e,
                        struct fail *fail)
{
    struct bytes time = column(t, row, COLUMN_TIME);
    struct bytes country = column(t, row, COLUMN_COUNTRY);
    if (!entry_place(e, column(t, row, COLUMN_IP), column(t, row, COLUMN_PORT), fail))
        return false;
    if (!when_parse(time, &e->when) &&
        !when_parse_seconds(column(t, row, COLUMN_SECONDS), &e->when)) {
        e->when = 0;
        if (time.n > 0)
            return fail_set(fail, "EFORMAT", "\"%.*s\" is no date", time.n > 40 ? 40 : (int)time.n,
                            (const char *)time.p);
    }
    if (country.n == 2)
        entry_copy(e->country, sizeof e->country, country);
    entry_copy(e->name, sizeof e->name, column(t, row, COLUMN_NAME));
    take_network(e, column(t, row, COLUMN_ASN));
    return true;
}

static void say_shadowserver(const struct table *t, const struct csv_line *row, struct entry *e)
{
    struct bytes list = column(t, row, COLUMN_SOURCE);
    const char *words = t->report[0] ? t->report : "reported";
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++)
        if (strcmp(t->report, reports[i].report) == 0)
            words = reports[i].words;
    snprintf(e->source, sizeof e->source, "Shadowserver%s%s%s%.*s%s", t->report[0] ? " " : "",
             t->report, list.n ? " (" : "", (int)(list.n > 60 ? 60 : list.n),
             list.n ? (const char *)list.p : "", list.n ? ")" : "");
    entry_say(e, "", bytes_of(words));
    entry_say(e, "reason", column(t, row, COLUMN_REASON));
    entry_say(e, "tag", column(t, row, COLUMN_TAG));
    entry_say(e, "server", column(t, row, COLUMN_SERVER));
    entry_say(e, "via", column(t, row, COLUMN_VIA));
    entry_say(e, "banner", column(t, row, COLUMN_BANNER));
}

static void say_intelmq(const struct table *t, const struct csv_line *row, struct entry *e)
{
    entry_copy(e->source, sizeof e->source, column(t, row, COLUMN_SOURCE));
    entry_say(e, "", column(t, row, COLUMN_EVENT_TYPE));
    entry_say(e, "", column(t, row, COLUMN_EVENT_IDENTIFIER));
    entry_say(e, "protocol", column(t, row, COLUMN_PROTOCOL));
    entry_say(e, "", column(t, row, COLUMN_TEXT));
}

/* Who did not answer as it was looked for is no suspect. */
static bool say_zmap(const struct table *t, const struct csv_line *row, struct entry *e)
{
    struct bytes success = column(t, row, COLUMN_SUCCESS);
    struct bytes answer = column(t, row, COLUMN_CLASSIFICATION);
    entry_say(e, "", bytes_of("the port answers"));
    entry_say(e, "", answer);
    return !bytes_equal_text(success, "0") && !bytes_equal_nocase(success, "false") &&
           !bytes_equal_text(answer, "rst");
}

static void say_other(const struct table *t, const struct csv_line *row, struct entry *e)
{
    entry_copy(e->source, sizeof e->source, column(t, row, COLUMN_SOURCE));
    entry_say(e, "", column(t, row, COLUMN_REASON));
    entry_say(e, "tag", column(t, row, COLUMN_TAG));
}

enum intake_answer table_line(const struct table *t, struct bytes line, struct csv_line *scratch,
                              struct entry *out, struct fail *fail)
{
    bool suspect = true;
    *out = (struct entry){0};
    if (bytes_trim(line).n == 0)
        return INTAKE_NOTHING;
    if (!csv_split(scratch, t->separator, line, fail) || !take_common(t, scratch, out, fail))
        return INTAKE_BAD;
    switch (t->kind) {
    case TABLE_SHADOWSERVER:
        say_shadowserver(t, scratch, out);
        break;
    case TABLE_INTELMQ:
        say_intelmq(t, scratch, out);
        break;
    case TABLE_ZMAP:
        suspect = say_zmap(t, scratch, out);
        break;
    default:
        say_other(t, scratch, out);
    }
    return suspect ? INTAKE_ENTRY : INTAKE_NOTHING;
}
