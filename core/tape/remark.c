#include "tape/remark.h"

#include <string.h>

enum language { UNKNOWN, SMTP, HTTP, SOCKS4, SOCKS5, STUN, FOREIGN };

/* RFC 8489's cookie, and where it stands. */
static const unsigned char stun_cookie[] = {0x21, 0x12, 0xa4, 0x42};
enum { STUN_COOKIE_AT = 4, STUN_LEAST = STUN_COOKIE_AT + sizeof stun_cookie };

enum asked {
    ASKED_NOTHING, /* the greeting */
    ASKED_OTHER,
    ASKED_MAIL,
    ASKED_RCPT,
    ASKED_DATA,
    ASKED_END, /* of the message */
    ASKED_CONNECT,
    ASKED_GET,
    ASKED_METHOD,
    ASKED_PASSWORD,
    ASKED_TUNNEL,
    ASKED_WAIT, /* BIND: for a connection in our place */
    ASKED_COME, /* who has come by it */
    ASKED_CARRY /* datagrams */
};

static struct remark_talk *talk_of(struct remarks *all, unsigned c)
{
    struct remark_talk *talk = &all->talks[c % REMARK_TALKS];
    if (talk->c != c)
        *talk = (struct remark_talk){.c = c};
    return talk;
}

void remark_hidden(struct remarks *all)
{
    all->gaps++;
}

void remark_opened(struct remarks *all, unsigned c)
{
    all->talks[c % REMARK_TALKS] = (struct remark_talk){.c = c, .gaps = all->gaps};
}

static void ask(struct remark_talk *talk, enum asked what)
{
    if (talk->asked_count < REMARK_QUEUE)
        talk->asked[talk->asked_count++] = (unsigned char)what;
    else
        talk->language = FOREIGN; /* we have lost count */
}

static enum asked answered(struct remark_talk *talk)
{
    enum asked what = talk->asked_count ? (enum asked)talk->asked[0] : ASKED_OTHER;
    if (talk->asked_count > 0)
        memmove(talk->asked, talk->asked + 1, --talk->asked_count);
    return what;
}

/* One question at a time: what was asked before has been answered or never will be. */
static void ask_only(struct remark_talk *talk, enum asked what)
{
    talk->asked_count = 0;
    talk->head_count = 0;
    ask(talk, what);
}

static void speak_smtp(struct remark_talk *talk)
{
    talk->language = SMTP;
    ask(talk, ASKED_NOTHING);
}

static void sent_command(struct remark_talk *talk, struct bytes line)
{
    static const struct {
        const char *verb;
        enum asked asked;
    } verbs[] = {{"MAIL FROM:", ASKED_MAIL}, {"RCPT TO:", ASKED_RCPT}, {"DATA", ASKED_DATA}};
    enum asked what = ASKED_OTHER;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (bytes_starts_nocase(line, verbs[i].verb))
            what = verbs[i].asked;
    ask(talk, what);
}

static void sent_message(struct remark_talk *talk, struct bytes data)
{
    for (size_t i = 0; i < data.n; i++) {
        memmove(talk->tail, talk->tail + 1, sizeof talk->tail - 1);
        talk->tail[sizeof talk->tail - 1] = data.p[i];
    }
    if (memcmp(talk->tail, "\r\n.\r\n", sizeof talk->tail) != 0)
        return;
    talk->in_message = false;
    ask(talk, ASKED_END);
}

static void sent_smtp(struct remark_talk *talk, struct bytes data)
{
    if (talk->in_message) {
        sent_message(talk, data);
        return;
    }
    while (data.n > 0) {
        size_t end = bytes_index(data, '\n', 0);
        size_t n = end == BYTES_NOT_FOUND ? data.n : end + 1;
        sent_command(talk, bytes_slice(data, 0, n));
        data = bytes_slice(data, n, data.n);
    }
}

static bool is_stun(const unsigned char *p, size_t n)
{
    return n >= STUN_LEAST && memcmp(p + STUN_COOKIE_AT, stun_cookie, sizeof stun_cookie) == 0;
}

static enum language language_of(struct bytes data)
{
    if (is_stun(data.p, data.n))
        return STUN;
    if (data.p[0] == 4 || data.p[0] == 5)
        return data.p[0] == 4 ? SOCKS4 : SOCKS5;
    if (bytes_starts_nocase(data, "CONNECT ") || bytes_starts_nocase(data, "GET ") ||
        bytes_starts_nocase(data, "HEAD ") || bytes_starts_nocase(data, "POST "))
        return HTTP;
    return SMTP;
}

static enum asked http_request(struct bytes data)
{
    if (bytes_starts_nocase(data, "CONNECT "))
        return ASKED_CONNECT;
    return bytes_starts_nocase(data, "GET /.well-known/masque/udp/") ? ASKED_CARRY : ASKED_GET;
}

/* The second byte of a request, in 4 and 5, is the command. */
static enum asked socks_request(struct bytes data)
{
    unsigned char command = data.n >= 2 ? data.p[1] : 1;
    return command == 2 ? ASKED_WAIT : command == 3 ? ASKED_CARRY : ASKED_TUNNEL;
}

/* The list of methods (RFC 1928, section 3) says how long it is; a request is longer. */
static enum asked socks5_question(struct bytes data)
{
    if (data.p[0] == 1)
        return ASKED_PASSWORD; /* RFC 1929 */
    return data.n >= 2 && data.n == 2u + data.p[1] ? ASKED_METHOD : socks_request(data);
}

static bool ends_message(struct bytes data)
{
    static const char end[] = "\r\n.\r\n";
    enum { END = sizeof end - 1 };
    return data.n >= END && memcmp(data.p + data.n - END, end, END) == 0;
}

/* Something was hidden before this, which our side sends: only this can be asked now, and a greeting is over. */
static void go_on(struct remark_talk *talk, struct bytes data)
{
    if (talk->language == UNKNOWN)
        talk->language = language_of(data);
    talk->asked_count = 0;
    talk->head_count = 0;
    talk->in_message = ends_message(data);
}

void remark_sent(struct remarks *all, unsigned c, struct bytes data)
{
    struct remark_talk *talk = talk_of(all, c);
    if (data.n == 0)
        return;
    if (talk->gaps != all->gaps)
        go_on(talk, data);
    talk->gaps = all->gaps;
    if (talk->language == UNKNOWN) {
        talk->language = language_of(data);
        if (talk->language == SMTP)
            speak_smtp(talk);
    }
    if (talk->language == SMTP)
        sent_smtp(talk, data);
    else if (talk->language == HTTP)
        ask_only(talk, http_request(data));
    else if (talk->language == SOCKS4)
        ask_only(talk, socks_request(data));
    else if (talk->language == SOCKS5)
        ask_only(talk, socks5_question(data));
}

/* The three digits at p, or 0. */
static unsigned code_at(const unsigned char *p)
{
    unsigned code = 0;
    for (int i = 0; i < 3; i++) {
        if (p[i] < '0' || p[i] > '9')
            return 0;
        code = code * 10 + (p[i] - '0');
    }
    return code;
}

static const char *by_class(unsigned code, const char *yes, const char *later, const char *no)
{
    return code / 100 == 2 ? yes : code / 100 == 4 ? later : code / 100 == 5 ? no : NULL;
}

static const char *smtp_answer(struct remark_talk *talk, enum asked asked, unsigned code)
{
    if (asked == ASKED_DATA && code == 354)
        talk->in_message = true;
    if (code == 530 || code == 535)
        return "the server asks for authentication";
    switch (asked) {
    case ASKED_NOTHING:
        return by_class(code, NULL, "the server has no time for us", "the server turns us away");
    case ASKED_MAIL:
        return by_class(code, NULL, "the server puts the sender off",
                        "the server refuses the sender");
    case ASKED_RCPT:
        return by_class(code, "the server accepts the recipient",
                        "the server puts the recipient off", "the server refuses the recipient");
    case ASKED_DATA:
        return by_class(code, NULL, "the server puts the message off",
                        "the server refuses the message");
    case ASKED_END:
        return by_class(code, "the server accepts the message for delivery",
                        "the server puts the message off", "the server refuses the message");
    default:
        return NULL;
    }
}

static const char *smtp_line(struct remark_talk *talk)
{
    unsigned code = talk->head_count > 3 ? code_at(talk->head) : 0;
    if (code == 0 || talk->head[3] == '-')
        return NULL;
    return smtp_answer(talk, answered(talk), code);
}

static const char *http_line(struct remark_talk *talk)
{
    if (talk->asked_count == 0 || talk->head_count < 12 || memcmp(talk->head, "HTTP/1.", 7) != 0)
        return NULL;
    unsigned code = code_at(talk->head + 9);
    if (code / 100 == 1 && code != 101)
        return NULL;
    enum asked asked = answered(talk);
    bool tunnel = asked == ASKED_CONNECT;
    if ((tunnel && code / 100 == 2) || code == 101)
        talk->language = FOREIGN;
    if (code == 407 || code == 401)
        return "asks for authentication";
    if (code == 101)
        return asked == ASKED_CARRY ? "the proxy says that it carries datagrams" : NULL;
    if (asked == ASKED_CARRY)
        return "the proxy carries no datagrams";
    if (code / 100 == 2)
        return tunnel ? "the proxy says that the tunnel stands"
                      : "an answer; by itself it proves nothing";
    return tunnel ? "the proxy opens no tunnel" : "the page is not fetched";
}

/* A request was granted, or was not. */
static const char *socks_request_answer(struct remark_talk *talk, enum asked asked, bool granted)
{
    if (asked == ASKED_WAIT && granted)
        ask_only(talk, ASKED_COME);
    else
        talk->language = FOREIGN;
    switch (asked) {
    case ASKED_WAIT:
        return granted ? "the proxy says that it waits for a connection in our place"
                       : "the proxy waits for no connection in our place";
    case ASKED_COME:
        return granted ? "the proxy says that somebody has come" : "the proxy lets nobody in";
    case ASKED_CARRY:
        return granted ? "the proxy says that it carries datagrams"
                       : "the proxy carries no datagrams";
    default:
        return granted ? "the proxy says that the tunnel stands" : "the proxy opens no tunnel";
    }
}

static const char *socks5_answer(struct remark_talk *talk, enum asked asked)
{
    unsigned char code = talk->head[1];
    if (asked == ASKED_METHOD)
        return code == 0      ? "the proxy asks for no authentication"
               : code == 0xff ? "the proxy takes none of the ways to log in that were offered"
                              : "the proxy asks for authentication";
    if (asked == ASKED_PASSWORD)
        return code == 0 ? "the proxy takes the password" : "the proxy refuses the password";
    const char *remark = socks_request_answer(talk, asked, code == 0);
    return code == 2 ? "the proxy's rules forbid it" : remark;
}

enum { SOCKS_REPLY_LEAST = 8 };

/* A second reply, whole and from its first byte on: the rest of a first one that was shown in two pieces is none. */
static bool is_second_reply(struct remark_talk *talk)
{
    return talk->head_count >= SOCKS_REPLY_LEAST &&
           talk->head[0] == (talk->language == SOCKS5 ? 5 : 0);
}

static const char *socks_answer(struct remark_talk *talk)
{
    if (talk->asked_count > 0 && talk->asked[0] == ASKED_COME && !is_second_reply(talk))
        return NULL;
    if (talk->asked_count == 0 || talk->head_count < 2)
        return NULL;
    enum asked asked = answered(talk);
    return talk->language == SOCKS4 ? socks_request_answer(talk, asked, talk->head[1] == 90)
                                    : socks5_answer(talk, asked);
}

/* By RFC 8656's types of messages; each begins a piece. */
static const char *stun_answer(struct bytes piece)
{
    static const struct {
        unsigned type;
        const char *remark;
    } remarks[] = {{0x0103, "the server says that it relays for us, from an address of its own"},
                   {0x0113, "the server gives us no relay address"},
                   {0x0108, "the server says that it relays between our sink and us"},
                   {0x0118, "the server does not relay between our sink and us"},
                   {0x0017, "this came by the relay address"}};
    unsigned type = is_stun(piece.p, piece.n) ? (unsigned)piece.p[0] << 8 | piece.p[1] : 0;
    for (size_t i = 0; i < sizeof remarks / sizeof remarks[0]; i++)
        if (remarks[i].type == type)
            return remarks[i].remark;
    return NULL;
}

static void hear(struct remark_talk *talk, struct bytes piece)
{
    size_t room = REMARK_HEAD - talk->head_count;
    size_t n = piece.n < room ? piece.n : room;
    memcpy(talk->head + talk->head_count, piece.p, n);
    talk->head_count += n;
}

const char *remark_received(struct remarks *all, unsigned c, struct bytes piece)
{
    struct remark_talk *talk = talk_of(all, c);
    if (piece.n == 0 || talk->gaps != all->gaps)
        return NULL;
    if (talk->language == UNKNOWN)
        speak_smtp(talk);
    if (talk->language == STUN)
        return stun_answer(piece);
    hear(talk, piece);
    if (talk->language == SOCKS4 || talk->language == SOCKS5)
        return socks_answer(talk);
    if (piece.p[piece.n - 1] != '\n')
        return NULL;
    const char *remark = talk->language == SMTP   ? smtp_line(talk)
                         : talk->language == HTTP ? http_line(talk)
                                                  : NULL;
    talk->head_count = 0;
    return remark;
}
