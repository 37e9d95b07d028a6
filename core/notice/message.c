#include "notice/message.h"

#include "base/text.h"

#include <gmime/gmime.h>
#include <string.h>

enum { FIELD = 512 };

void message_begin(void)
{
    g_mime_init();
}

void message_end(void)
{
    g_mime_shutdown();
}

bool message_is_mailbox(const char *text)
{
    if (strlen(text) >= FIELD || !text_is_printable(bytes_of(text)) || !strchr(text, '@'))
        return false;
    InternetAddressList *list = internet_address_list_parse(NULL, text);
    if (!list)
        return false;
    InternetAddress *first = internet_address_list_get_address(list, 0);
    bool is = internet_address_list_length(list) == 1 && INTERNET_ADDRESS_IS_MAILBOX(first);
    const char *spec = is ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first)) : "";
    const char *at = strchr(spec, '@');
    is = is && at && at != spec && at[1] != '\0';
    g_object_unref(list);
    return is;
}

/* A header's text as a C string; false when it can't stand in a header field. */
static bool field(struct bytes text, char out[FIELD], struct fail *fail)
{
    if (text.n >= FIELD || !text_is_printable(text))
        return fail_set(fail, "EFORMAT",
                        "a header field of the letter is over %d bytes or not "
                        "printable",
                        FIELD - 1);
    memcpy(out, text.p, text.n);
    out[text.n] = '\0';
    return true;
}

/* Bytes that quoted-printable takes for the text (RFC 2045, 6.7), soft line breaks left out. */
static size_t quoted_length(struct bytes text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = text.p[i];
        n += c == '\n' || (c >= ' ' && c < 0x7f && c != '=') ? 1 : 3;
    }
    return n;
}

static GMimePart *new_part(const struct letter *letter, const char *languages)
{
    struct bytes text = buf_view(&letter->text);
    bool quoted = quoted_length(text) <= (text.n + 2) / 3 * 4;
    GMimePart *part = g_mime_part_new_with_type("text", "plain");
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    g_mime_object_set_header(GMIME_OBJECT(part), "Content-Language", languages, NULL);
    GMimeContentEncoding encoding =
        quoted ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE : GMIME_CONTENT_ENCODING_BASE64;
    g_mime_part_set_content_encoding(part, encoding);
    GMimeStream *memory = g_mime_stream_mem_new_with_buffer((const char *)text.p, text.n);
    GMimeStream *stream = g_mime_stream_filter_new(memory);
    if (!quoted) { /* base64 hides the line ends, so they are made the canonical ones first */
        GMimeFilter *lines = g_mime_filter_unix2dos_new(FALSE);
        g_mime_stream_filter_add(GMIME_STREAM_FILTER(stream), lines);
        g_object_unref(lines);
    }
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_object_unref(content);
    g_object_unref(stream);
    g_object_unref(memory);
    return part;
}

static void set_date(GMimeMessage *message, instant when)
{
    GDateTime *date = g_date_time_new_from_unix_utc(when / SPAN_SECOND);
    if (date) {
        g_mime_message_set_date(message, date);
        g_date_time_unref(date);
    }
}

static void add_mailbox(GMimeMessage *message, GMimeAddressType type, const char *name,
                        const char *address)
{
    InternetAddress *mailbox = internet_address_mailbox_new(name, address);
    internet_address_set_charset(mailbox, "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox);
    g_object_unref(mailbox);
}

struct fields {
    char subject[FIELD];
    char languages[FIELD];
    char from_name[FIELD];
    char from_address[FIELD];
    char reply_to[FIELD];
    char id[FIELD];
};

static bool take_fields(struct fields *f, const struct letter *letter, struct bytes id,
                        struct fail *fail)
{
    if (!field(letter->subject, f->subject, fail) ||
        !field(letter->languages, f->languages, fail) ||
        !field(letter->from_name, f->from_name, fail) ||
        !field(letter->from_address, f->from_address, fail) ||
        !field(letter->reply_to, f->reply_to, fail))
        return false;
    const char *at = strrchr(f->from_address, '@');
    struct buf text = buf_new(FIELD);
    buf_put(&text, id);
    buf_put_text(&text, at ? at : "@localhost");
    bool ok = !text.overflow && field(buf_view(&text), f->id, fail);
    buf_free(&text);
    return ok;
}

static GMimeMessage *new_message(const struct fields *f, const struct letter *letter,
                                 const struct message_envelope *envelope)
{
    GMimeMessage *message = g_mime_message_new(TRUE);
    GMimeObject *object = GMIME_OBJECT(message);
    const char *to = envelope->to ? envelope->to : "undisclosed-recipients:;";
    add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, f->from_name, f->from_address);
    add_mailbox(message, GMIME_ADDRESS_TYPE_REPLY_TO, f->from_name, f->reply_to);
    g_mime_object_set_header(object, "To", to, "utf-8");
    g_mime_message_set_subject(message, f->subject, "utf-8");
    g_mime_message_set_message_id(message, f->id);
    set_date(message, envelope->when);
    g_mime_object_set_header(object, "Auto-Submitted", "auto-generated", NULL);
    GMimePart *part = new_part(letter, f->languages);
    g_mime_message_set_mime_part(message, GMIME_OBJECT(part));
    g_object_unref(part);
    return message;
}

static bool write_message(struct buf *out, GMimeMessage *message, struct fail *fail)
{
    GMimeFormatOptions *options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
    bool ok = g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream) >= 0 &&
              buf_put(out, bytes_at(bytes->data, bytes->len));
    g_object_unref(stream);
    g_mime_format_options_free(options);
    return ok || fail_set(fail, "ELIMIT", "a message is too large");
}

bool message_put(struct buf *out, const struct letter *letter,
                 const struct message_envelope *envelope, struct fail *fail)
{
    struct fields f;
    if (!take_fields(&f, letter, envelope->id, fail))
        return false;
    GMimeMessage *message = new_message(&f, letter, envelope);
    bool ok = write_message(out, message, fail);
    g_object_unref(message);
    return ok;
}
