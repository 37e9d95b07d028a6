#include "mail/incoming.h"

#include "base/json.h"
#include "proto/mail.h"

#include <gmime/gmime.h>
#include <stdio.h>

enum { DEPTH_MOST = 16, PARTS_MOST = 100, GROUPS_MOST = 50 };

void incoming_begin(void)
{
    /* Kept open: a table that has been read once is there for good. */
    static const char *const sets[] = {
        "ISO-8859-1",   "ISO-8859-2",   "ISO-8859-4",   "ISO-8859-5",   "ISO-8859-6",
        "ISO-8859-7",   "ISO-8859-9",   "ISO-8859-13",  "ISO-8859-15",  "WINDOWS-1250",
        "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1256",
        "WINDOWS-1257", "KOI8-R",       "KOI8-U",       "ISO-2022-JP",  "SHIFT_JIS",
        "EUC-JP",       "GB2312",       "GBK",          "GB18030",      "BIG5",
        "EUC-KR",       "ISO-2022-KR",  "UTF-16",       "UTF-7"};
    g_mime_init();
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++)
        (void)g_mime_iconv_open("UTF-8", sets[i]);
}

struct reading {
    struct buf *out;
    unsigned parts;
    bool has_report, has_returned, has_text;
};

static void put_text(struct reading *r, const char *name, const char *text, size_t most)
{
    if (text && text[0])
        json_put_member(r->out, name, bytes_slice(bytes_of(text), 0, most));
}

/* Without case, and in one form of each letter. */
static void put_folded(struct reading *r, const char *name, const char *text, size_t most)
{
    char *valid = g_utf8_make_valid(text ? text : "", -1);
    char *whole = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL_COMPOSE);
    char *folded = g_utf8_casefold(whole ? whole : valid, -1);
    put_text(r, name, folded, most);
    g_free(folded);
    g_free(whole);
    g_free(valid);
}

static void put_field(struct reading *r, GMimeMessage *m, const char *name, const char *as)
{
    put_text(r, as, g_mime_object_get_header(GMIME_OBJECT(m), name), INCOMING_FIELD);
}

/* Lists: written as they are found, closed when the next thing comes. */
struct list {
    struct buf *out;
    size_t count;
};

static struct list list_begin(struct reading *r, const char *name)
{
    json_put_name(r->out, name);
    buf_put_byte(r->out, '[');
    return (struct list){.out = r->out};
}

static void list_add(struct list *l, struct bytes text)
{
    if (text.n == 0 || text.n >= INCOMING_FIELD || l->count == INCOMING_LIST)
        return;
    if (l->count++ > 0)
        buf_put_byte(l->out, ',');
    json_put_string(l->out, text);
}

static void list_end(struct list *l)
{
    buf_put_byte(l->out, ']');
}

static void add_addresses(struct list *l, InternetAddressList *addresses, int depth)
{
    int n = addresses ? internet_address_list_length(addresses) : 0;
    for (int i = 0; i < n && l->count < INCOMING_LIST; i++) {
        InternetAddress *at = internet_address_list_get_address(addresses, i);
        if (INTERNET_ADDRESS_IS_GROUP(at) && depth > 0)
            add_addresses(l, internet_address_group_get_members(INTERNET_ADDRESS_GROUP(at)),
                          depth - 1);
        else if (INTERNET_ADDRESS_IS_MAILBOX(at)) {
            const char *spec = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(at));
            list_add(l, bytes_of(spec ? spec : ""));
        }
    }
}

/* All fields that say whom it was for, whoever put them in. */
static void put_recipients(struct reading *r, GMimeMessage *m)
{
    static const char *const names[] = {"Delivered-To",
                                        "X-Original-To",
                                        "Envelope-To",
                                        "X-Envelope-To",
                                        "X-Delivered-To",
                                        "To",
                                        "Cc"};
    struct list l = list_begin(r, "recipients");
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(m));
    for (size_t which = 0; which < sizeof names / sizeof names[0]; which++)
        for (int i = 0; i < g_mime_header_list_get_count(headers) && i < 500; i++) {
            GMimeHeader *h = g_mime_header_list_get_header_at(headers, i);
            const char *value = g_mime_header_get_raw_value(h);
            if (!value || g_ascii_strcasecmp(g_mime_header_get_name(h), names[which]) != 0)
                continue;
            InternetAddressList *addresses = internet_address_list_parse(NULL, value);
            add_addresses(&l, addresses, 2);
            if (addresses)
                g_object_unref(addresses);
        }
    list_end(&l);
}

static void put_from(struct reading *r, GMimeMessage *m)
{
    InternetAddressList *from = g_mime_message_get_from(m);
    InternetAddress *first = from && internet_address_list_length(from) > 0
                                 ? internet_address_list_get_address(from, 0)
                                 : NULL;
    if (first && INTERNET_ADDRESS_IS_MAILBOX(first))
        put_text(r, "from", internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first)),
                 INCOMING_FIELD);
}

/* "<...>", each. */
static void add_ids(struct list *l, const char *text)
{
    struct bytes b = bytes_of(text ? text : "");
    for (size_t from, to = 0; (from = bytes_index(b, '<', to)) != BYTES_NOT_FOUND;) {
        to = bytes_index(b, '>', from);
        if (to == BYTES_NOT_FOUND)
            return;
        list_add(l, bytes_slice(b, from, to + 1));
    }
}

static void put_references(struct reading *r, GMimeMessage *m)
{
    struct list l = list_begin(r, "references");
    add_ids(&l, g_mime_object_get_header(GMIME_OBJECT(m), "In-Reply-To"));
    add_ids(&l, g_mime_object_get_header(GMIME_OBJECT(m), "References"));
    list_end(&l);
}

static void put_header(struct reading *r, GMimeMessage *m)
{
    static const char *const fields[][2] = {{"Message-ID", "id"},
                                            {"Return-Path", "return_path"},
                                            {"Auto-Submitted", "auto_submitted"},
                                            {"Precedence", "precedence"},
                                            {"X-Autoreply", "x_autoreply"},
                                            {"X-Autorespond", "x_autorespond"},
                                            {"X-Auto-Response-Suppress", "x_suppress"},
                                            {"X-Failed-Recipients", "failed_recipients"},
                                            {"Date", "date"}};
    put_from(r, m);
    put_text(r, "subject", g_mime_message_get_subject(m), INCOMING_FIELD);
    put_folded(r, "subject_folded", g_mime_message_get_subject(m), INCOMING_FIELD);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        put_field(r, m, fields[i][0], fields[i][1]);
    put_recipients(r, m);
    put_references(r, m);
}

/* A part's bytes, decoded, to be freed. */
static GByteArray *content_of(GMimePart *part)
{
    GByteArray *bytes = g_byte_array_new();
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    if (content)
        g_mime_data_wrapper_write_to_stream(content, stream);
    g_object_unref(stream);
    return bytes;
}

/* Of a report's field, "rfc822; a@b.example", what stands behind the kind. */
static struct bytes behind_kind(struct bytes value)
{
    size_t semicolon = bytes_index(value, ';', 0);
    return semicolon == BYTES_NOT_FOUND ? value
                                        : bytes_trim(bytes_slice(value, semicolon + 1, value.n));
}

/* Text of a part may hold anything; a NUL ends it. */
static struct bytes field_text(struct bytes value)
{
    return bytes_slice(bytes_slice(value, 0, bytes_index(value, 0, 0)), 0, INCOMING_FIELD);
}

static void put_report_field(struct reading *r, struct bytes group, const char *name,
                             const char *as, bool has_kind)
{
    struct bytes value;
    if (mail_header(group, name, 0, &value))
        json_put_member(r->out, as, field_text(has_kind ? behind_kind(value) : value));
}

/* What counts most: that it failed for good. */
static int weight(struct bytes action)
{
    return bytes_equal_nocase(action, "failed")      ? 3
           : bytes_equal_nocase(action, "delayed")   ? 2
           : bytes_equal_nocase(action, "delivered") ? 1
                                                     : 0;
}

static struct bytes next_group(struct bytes *rest)
{
    static const char *const ends[] = {"\r\n\r\n", "\n\n"};
    size_t end = rest->n;
    size_t skip = 0;
    for (size_t i = 0; i < 2; i++) {
        size_t at = bytes_find(*rest, bytes_of(ends[i]));
        if (at < end) {
            end = at;
            skip = strlen(ends[i]);
        }
    }
    struct bytes group = bytes_slice(*rest, 0, end + skip);
    *rest = bytes_slice(*rest, end + skip, rest->n);
    return group;
}

/* RFC 3464: a group of fields about the message, one about each recipient. */
static void put_report(struct reading *r, GMimePart *part)
{
    GByteArray *bytes = content_of(part);
    struct bytes rest = bytes_at(bytes->data, bytes->len);
    struct bytes message = next_group(&rest);
    struct bytes chosen = {0};
    int most = -1;
    for (unsigned i = 0; i < GROUPS_MOST && rest.n > 0; i++) {
        struct bytes group = next_group(&rest);
        struct bytes action = {0};
        if (mail_header(group, "Action", 0, &action) && weight(action) > most) {
            most = weight(action);
            chosen = group;
        }
    }
    put_report_field(r, message, "Original-Envelope-Id", "envelope_id", false);
    put_report_field(r, message, "Reporting-MTA", "reporting", true);
    put_report_field(r, chosen, "Action", "action", false);
    put_report_field(r, chosen, "Status", "status", false);
    put_report_field(r, chosen, "Final-Recipient", "recipient", true);
    put_report_field(r, chosen, "Diagnostic-Code", "diagnostic", true);
    json_put_name(r->out, "report");
    buf_put_text(r->out, "true");
    r->has_report = true;
    g_byte_array_free(bytes, TRUE);
}

static void put_returned(struct reading *r, struct bytes header)
{
    put_report_field(r, header, "Message-ID", "returned_id", false);
    put_report_field(r, header, "X-Ajar-Case", "returned_case", false);
    r->has_returned = true;
}

static void put_returned_message(struct reading *r, GMimeMessage *m)
{
    const char *id = g_mime_object_get_header(GMIME_OBJECT(m), "Message-ID");
    const char *ticket = g_mime_object_get_header(GMIME_OBJECT(m), "X-Ajar-Case");
    put_text(r, "returned_id", id, INCOMING_FIELD);
    put_text(r, "returned_case", ticket, INCOMING_FIELD);
    r->has_returned = true;
}

static bool starts_quote(const char *line)
{
    static const char *const marks[] = {
        ">", "-----", "_____", "From:", "Von:", "Fra:", "De:", "Från:"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strncmp(line, marks[i], strlen(marks[i])) == 0)
            return true;
    return false;
}

/* What somebody wrote, down to where our letter is quoted. */
static void put_body(struct reading *r, const char *text)
{
    enum { LINES = 30 };
    struct buf own = buf_new(INCOMING_BODY);
    const char *line = text;
    for (unsigned i = 0; line && *line && i < LINES && !starts_quote(line); i++) {
        const char *end = strchr(line, '\n');
        size_t n = end ? (size_t)(end - line) + 1 : strlen(line);
        if (!buf_put(&own, bytes_at(line, n)))
            break;
        line = end ? end + 1 : NULL;
    }
    put_text(r, "text", buf_text(&own), INCOMING_BODY);
    put_folded(r, "text_folded", buf_text(&own), INCOMING_BODY);
    r->has_text = true;
    buf_free(&own);
}

static void take_leaf(struct reading *r, GMimePart *part, bool in_report)
{
    GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    bool status = g_mime_content_type_is_type(type, "message", "delivery-status") ||
                  g_mime_content_type_is_type(type, "message", "global-delivery-status");
    if (status && in_report && !r->has_report)
        put_report(r, part);
    else if (g_mime_content_type_is_type(type, "text", "rfc822-headers") && !r->has_returned) {
        GByteArray *bytes = content_of(part);
        put_returned(r, bytes_at(bytes->data, bytes->len));
        g_byte_array_free(bytes, TRUE);
    } else if (GMIME_IS_TEXT_PART(part) && !r->has_text &&
               g_mime_content_type_is_type(type, "text", "plain")) {
        char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
        put_body(r, text ? text : "");
        g_free(text);
    }
}

static void take_part(struct reading *r, GMimeObject *part, int depth, bool in_report)
{
    if (!part || depth == 0 || r->parts++ >= PARTS_MOST)
        return;
    if (GMIME_IS_MULTIPART(part)) {
        GMimeContentType *type = g_mime_object_get_content_type(part);
        bool report = g_mime_content_type_is_type(type, "multipart", "report");
        int n = g_mime_multipart_get_count(GMIME_MULTIPART(part));
        for (int i = 0; i < n && r->parts < PARTS_MOST; i++)
            take_part(r, g_mime_multipart_get_part(GMIME_MULTIPART(part), i), depth - 1, report);
    } else if (GMIME_IS_MESSAGE_PART(part)) {
        GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
        if (inner && !r->has_returned)
            put_returned_message(r, inner);
    } else if (GMIME_IS_PART(part))
        take_leaf(r, GMIME_PART(part), in_report);
}

void incoming_read(struct bytes mail, struct buf *out)
{
    struct reading r = {.out = out};
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)mail.p, mail.n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);
    buf_put_byte(out, '{');
    if (m) {
        put_header(&r, m);
        take_part(&r, g_mime_message_get_mime_part(m), DEPTH_MOST, false);
        g_object_unref(m);
    }
    buf_put_byte(out, '}');
    g_object_unref(parser);
    g_object_unref(stream);
}
