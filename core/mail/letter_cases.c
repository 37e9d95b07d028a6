#include "mail/letter_cases.h"

#include "mail/entry.h"

#include <gmime/gmime.h>

#define TABLE "findings.csv"

/* The part of this file's name among those right under the message. */
static GMimePart *table_of(GMimeMessage *message)
{
    GMimeObject *body = g_mime_message_get_mime_part(message);
    if (!body || !GMIME_IS_MULTIPART(body))
        return NULL;
    GMimeMultipart *all = GMIME_MULTIPART(body);
    for (int i = 0; i < g_mime_multipart_get_count(all); i++) {
        GMimeObject *part = g_mime_multipart_get_part(all, i);
        const char *name = GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part)) : NULL;
        if (name && strcmp(name, TABLE) == 0)
            return GMIME_PART(part);
    }
    return NULL;
}

/* The first field of a line; empty where that is no case's. */
static struct bytes case_of(struct bytes line)
{
    size_t end = line.n > 0 && line.p[0] == '"' ? bytes_index(line, '"', 1) : BYTES_NOT_FOUND;
    struct bytes id = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(line, 1, end);
    if (id.n > 0 && id.p[0] == '\'') /* before what a spreadsheet would calculate */
        id = bytes_slice(id, 1, id.n);
    return id.n > 0 && entry_is_name(id) ? id : bytes_at(NULL, 0);
}

static size_t each_line(struct bytes table, letter_cases_fn fn, void *arg)
{
    size_t count = 0;
    while (table.n > 0) {
        size_t end = bytes_index(table, '\n', 0);
        struct bytes id = case_of(bytes_slice(table, 0, end));
        table = bytes_slice(table, end == BYTES_NOT_FOUND ? table.n : end + 1, table.n);
        if (id.n == 0)
            continue;
        count++;
        if (!fn(arg, id))
            break;
    }
    return count;
}

static size_t each_case(GMimePart *part, letter_cases_fn fn, void *arg)
{
    size_t count = 0;
    GMimeDataWrapper *content = part ? g_mime_part_get_content(part) : NULL;
    if (!content)
        return 0;
    GMimeStream *out = g_mime_stream_mem_new();
    if (g_mime_data_wrapper_write_to_stream(content, out) >= 0) {
        const GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
        if (bytes->len <= LETTER_CASES_TABLE)
            count = each_line(bytes_at(bytes->data, bytes->len), fn, arg);
    }
    g_object_unref(out);
    return count;
}

size_t letter_cases(struct bytes message, letter_cases_fn fn, void *arg)
{
    GMimeStream *in = g_mime_stream_mem_new_with_buffer((const char *)message.p, message.n);
    GMimeParser *parser = g_mime_parser_new_with_stream(in);
    GMimeMessage *parsed = g_mime_parser_construct_message(parser, NULL);
    size_t count = parsed ? each_case(table_of(parsed), fn, arg) : 0;
    if (parsed)
        g_object_unref(parsed);
    g_object_unref(parser);
    g_object_unref(in);
    return count;
}
