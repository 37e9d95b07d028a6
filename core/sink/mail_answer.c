#include "sink/mail_answer.h"

#include "proto/mail.h"
#include "proto/mail_decode.h"

#include <string.h>

enum { SUBJECT_LIMIT = 4096 };

/* What mail programs write before the subject of an answer, in whatever language. */
static const char *const answer_words[] = {
    "re",
    "r",
    "res", /* Portuguese */
    "resp",
    "aw", /* German */
    "antw",
    "antwort",
    "antwoord",
    "sv", /* Danish, Norwegian, Swedish, Icelandic */
    "vs", /* Finnish */
    "vast",
    "rif",       /* Italian */
    "r\xc3\xa9", /* French */
    "r\xc3\xa9p",
    "odp", /* Polish, Slovene */
    "ynt", /* Turkish */
    "atb", /* Welsh, Latvian */
    "bls", /* Indonesian */
    "bales",
    "v\xc3\xa1", /* Hungarian */
    "v\xc3\xa1lasz",
    "\xce\x91\xce\xa0", /* Greek */
    "\xce\xa3\xce\xa7\xce\x95\xce\xa4",
    "\xd0\xbe\xd1\x82\xd0\xb2", /* Russian */
    "\xd0\x9e\xd1\x82\xd0\xb2",
    "\xd0\x9e\xd0\xa2\xd0\x92",
    "\xd0\xbe\xd1\x82\xd0\xb2\xd0\xb5\xd1\x82",
    "\xd0\x9e\xd1\x82\xd0\xb2\xd0\xb5\xd1\x82",
    "\xd7\x94\xd7\xa9\xd7\x91", /* Hebrew */
    "\xd8\xb1\xd8\xaf",         /* Arabic */
    "\xe5\x9b\x9e\xe5\xa4\x8d", /* Chinese */
    "\xe5\x9b\x9e\xe8\xa6\x86",
    "\xe7\xad\x94\xe5\xa4\x8d",
    "\xe7\xad\x94\xe8\xa6\x86",
    "\xe8\xbf\x94\xe4\xbf\xa1", /* Japanese */
    "\xed\x9a\x8c\xec\x8b\xa0", /* Korean */
    "\xeb\x8b\xb5\xec\x9e\xa5",
};

/* "", "[2]", "^2", "(2)", " " before the colon, which may be a wide one. */
static bool goes_on_with_colon(struct bytes rest)
{
    size_t i = 0;
    while (i < rest.n && strchr("[]()^ 0123456789", rest.p[i]) && rest.p[i] != '\0')
        i++;
    rest = bytes_slice(rest, i, rest.n);
    return bytes_starts_nocase(rest, ":") || bytes_starts_nocase(rest, "\xef\xbc\x9a");
}

static bool is_answers_subject(struct bytes subject)
{
    for (size_t i = 0; i < sizeof answer_words / sizeof *answer_words; i++)
        if (bytes_starts_nocase(subject, answer_words[i]) &&
            goes_on_with_colon(bytes_slice(subject, strlen(answer_words[i]), subject.n)))
            return true;
    return false;
}

bool mail_has_answers_subject(struct bytes message)
{
    struct bytes value;
    if (!mail_header(message, "Subject", 0, &value))
        return false;
    struct buf subject = buf_new(SUBJECT_LIMIT);
    mail_words_put(&subject, value); /* what does not fit stands behind its beginning */
    bool is_one = is_answers_subject(bytes_trim(buf_view(&subject)));
    buf_free(&subject);
    return is_one;
}
