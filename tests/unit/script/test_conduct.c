/* No probe, however written, sends a stranger mail, says other commands, or goes elsewhere than to its target.
 */
#include "fake.h"

static const char *names_lead_to; /* see fake.h */

/* What a script does with a session `s` and its mailbox `m`. */
static void run_session(struct fake *f, const char *statements)
{
    char body[4000];
    fake_begin(f, 'a');
    f->says[0] = "220 mx.example\r\n";
    f->says[1] = "250 2.0.0 ok\r\n";
    f->says[2] = "250 2.0.0 ok\r\n";
    snprintf(body, sizeof body,
             "local m, s = ajar.mailbox(), ajar.smtp.connect(target)\n"
             "do %s end\nreturn ajar.closed('done')",
             statements);
    run_body(f, body);
}

static const char *sent(struct fake *f)
{
    return f->sent.n > 0 ? buf_text(&f->sent) : "";
}

/* The line (a Lua expression) must be refused before a byte of it is sent. */
static void refused(const char *line)
{
    struct fake f;
    char statements[2000];
    snprintf(statements, sizeof statements, "s:command(%s)", line);
    run_session(&f, statements);
    if (f.verdict != VERDICT_ERROR || f.sent.n > 0)
        fail_msg("%s was not refused: %s: %s; sent \"%s\"", line, verdict_name(f.verdict), f.reason,
                 sent(&f));
    fake_end(&f);
}

static void passes(const char *line)
{
    struct fake f;
    char statements[2000];
    snprintf(statements, sizeof statements, "s:command(%s)", line);
    run_session(&f, statements);
    if (f.verdict != VERDICT_CLOSED || f.sent.n == 0)
        fail_msg("%s: %s", line, f.reason);
    fake_end(&f);
}

static void recipients_that_are_refused(void **state)
{
    (void)state;
    static const char *const lines[] = {
        /* strangers */
        "'RCPT TO:<victim@example.org>'",
        "'RCPT TO:victim@example.org'",
        "'rcpt to:<victim@example.org>'",
        "'RCPT TO: <victim@example.org>'",
        "'RCPT TO:<victim@' .. m.domain .. '>'",
        "'RCPT TO:<postmaster>'",
        "'RCPT TO:<>'",
        "'RCPT TO:'",
        "'RCPT TO:<'",
        "'RCPT TO:<root@' .. target.address_literal .. '>'",
        /* our token elsewhere, or our domain without it */
        "'RCPT TO:<' .. m.token .. '>'",
        "'RCPT TO:<' .. m.token .. '@example.org>'",
        "'RCPT TO:<' .. m.token .. '@' .. m.domain .. '.example.org>'",
        "'RCPT TO:<' .. m.token .. '@x' .. m.domain .. '>'",
        "'RCPT TO:<' .. m.token .. '@[192.0.2.99]>'",
        "'RCPT TO:<' .. m.token .. '@' .. target.address_literal .. '>'",
        "'RCPT TO:<x' .. m.address .. '>'",
        "'RCPT TO:<' .. m.token .. '+victim@' .. m.domain .. '>'",
        "'RCPT TO:<' .. m.token:sub(2) .. '@' .. m.domain .. '>'",
        /* full-width letters and foreign full stops hide no stranger */
        "'RCPT TO:<' .. m.token .. '@evil\\227\\128\\130' .. m.domain .. '>'",
        "'RCPT TO:<' .. m.token .. '\\239\\188\\160' .. m.domain .. '>'",
        "'RCPT TO:<' .. m.token .. '@\\239\\189\\133.example>'",
        "'RCPT TO:<' .. m.token .. '@' .. m.domain .. '\\227\\128\\130org>'",
        /* a token of another probe */
        "'RCPT TO:<mfrggzdfmztwq2lknnwg23tpobyxe43u@' .. m.domain .. '>'",
        /* two paths */
        "'RCPT TO:<' .. m .. '> <victim@example.org>'",
        "'RCPT TO:<' .. m .. '>,<victim@example.org>'",
        "'RCPT TO:<' .. m .. '>, victim@example.org'",
        "'RCPT TO:<' .. m .. ',victim@example.org>'",
        "'RCPT TO:<victim@example.org,' .. m .. '>'",
        "'RCPT TO:<victim@example.org> <' .. m .. '>'",
        "'RCPT TO:' .. m .. ' victim@example.org'",
        "'RCPT TO:' .. m .. ',victim@example.org'",
        "'RCPT TO:<<victim@example.org>' .. m .. '>'",
        "'RCPT TO:<' .. m .. '><victim@example.org>'",
        "'RCPT TO:<' .. m .. '> ORCPT=rfc822;victim@example.org'",
        /* quotes and comments */
        "'RCPT TO:<\"' .. m .. '\"@example.org>'",
        "'RCPT TO:<\"' .. m .. '>\"@example.org>'",
        "'RCPT TO:<\"<' .. m .. '>\" <victim@example.org>'",
        "'RCPT TO:<\"victim@example.org\"@' .. m.domain .. '>'",
        "'RCPT TO:<' .. m .. '\\\\>@example.org>'",
        "'RCPT TO:<' .. m .. '(victim@example.org)>'",
        "'RCPT TO:\"victim\" <' .. m .. '>'",
        /* routes by others */
        "'RCPT TO:<@example.org:' .. m .. '>'",
        "'RCPT TO:<@example.org,@' .. target.address_literal .. ':' .. m .. '>'",
        "'RCPT TO:<@[192.0.2.9]:' .. m .. '>'",
        "'RCPT TO:<@[IPv6:2001:db8::9]:' .. m .. '>'",
        "'RCPT TO:<@[192.0.2.9:' .. m .. '>'",
        "'RCPT TO:<@' .. m.domain .. ':' .. m.token .. '@example.org>'",
        "'RCPT TO:<' .. m.token .. '%' .. m.domain .. '@example.org>'",
        "'RCPT TO:<' .. m.token .. '%example.org@' .. m.domain .. '>'",
        "'RCPT TO:<victim%example.org@' .. m.domain .. '>'",
        "'RCPT TO:<example.org!' .. m .. '>'",
        "'RCPT TO:<example.org!' .. m.token .. '@' .. m.domain .. '>'",
        "'RCPT TO:<' .. m.domain .. '!' .. m.token .. '!victim>'",
        "'RCPT TO:<' .. m .. '@example.org>'",
        "'RCPT TO:<victim@example.org@' .. m .. '>'",
        "'RCPT TO:<victim:' .. m .. '>'",
        "'RCPT TO:<' .. m .. '/victim>'",
        "'RCPT TO:<' .. m .. '|victim>'",
        "'RCPT TO:<' .. m .. ';victim>'",
        "'RCPT TO:<' .. m .. '\\tvictim@example.org>'",
        /* another command in the same breath */
        "'RCPT TO:<' .. m .. '>\\r\\nRCPT TO:<victim@example.org>'",
        "'RCPT TO:<' .. m .. '>\\nRCPT TO:<victim@example.org>'",
        "'RCPT TO:<' .. m .. '>\\rRCPT TO:<victim@example.org>'",
        "'RCPT TO:<' .. m .. '\\r\\nRCPT TO:<victim@example.org>'",
        "'RCPT TO:<' .. m .. '\\0@example.org>'",
        "'RCPT TO:<' .. m .. '>\\0 <victim@example.org>'",
        "'RSET\\r\\nRCPT TO:<victim@example.org>'",
        "'NOOP\\nRCPT TO:<victim@example.org>'",
        "'EHLO x\\r\\nMAIL FROM:<>'",
        "'QUIT\\0\\r\\nRCPT TO:<victim@example.org>'",
        "'NOOP ' .. ('x'):rep(20000)",
        /* the verb in disguise */
        "' RCPT TO:<victim@example.org>'",
        "'\\tRCPT TO:<victim@example.org>'",
        "'RCPT  TO:<victim@example.org>'",
        "'RCPT TO :<victim@example.org>'",
        "'RCPT\\tTO:<victim@example.org>'",
        "'RCPT TO<victim@example.org>'",
    };
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++)
        refused(lines[i]);
}

/* The spellings that relay tests are about (the catalogue's group R). */
static void spellings_of_our_own_mailbox_that_pass(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "'RCPT TO:<' .. m .. '>'",
        "'RCPT TO:<' .. m.token .. '@' .. m.domain:gsub('%.', '\\227\\128\\130') .. '>'",
        "'RCPT TO:<' .. m.token .. '@\\239\\189\\148.example>'",
        "'rcpt to:<' .. m .. '>'",
        "'RCPT TO:' .. m",
        "'RCPT TO: <' .. m .. '>'",
        "'RCPT TO:<' .. m.address:upper() .. '>'",
        "'RCPT TO:<' .. m.address .. '>', ajar.mailbox()", /* not the last one that it has */
        "'RCPT TO:<' .. m .. '.>'",
        "'RCPT TO:<' .. m.bounce .. '>'",
        "'RCPT TO:<' .. m.token .. '%' .. m.domain .. '@s.example>'",
        "'RCPT TO:<' .. m.token .. '@s.example>'",
        "'RCPT TO:<' .. m .. '> NOTIFY=NEVER'",
        "'RCPT TO:<\"' .. m .. '\">'",
        "'RCPT TO:<\"' .. m .. '\"@' .. target.address_literal .. '>'",
        "'RCPT TO:<' .. m .. '@' .. target.address_literal .. '>'",
        "'RCPT TO:<' .. m .. '@[127.0.0.1]>'",
        "'RCPT TO:<' .. m .. '@localhost>'",
        "'RCPT TO:<@' .. target.address_literal .. ':' .. m .. '>'",
        "'RCPT TO:<' .. m.token .. '%' .. m.domain .. '@' .. target.address_literal .. '>'",
        "'RCPT TO:<' .. m.token .. '%' .. m.domain .. '>'",
        "'RCPT TO:<' .. m.domain .. '!' .. m.token .. '>'",
        "'RCPT TO:<' .. m.domain .. '!' .. m.token .. '@' .. target.address_literal .. '>'",
    };
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++)
        passes(lines[i]);
}

static void senders_that_are_refused(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "'MAIL FROM:<victim@example.org>'",
        "'mail from:victim@example.org'",
        "'MAIL FROM:<victim@example>'",
        "'MAIL FROM:<victim@#3221225985>'",
        "'MAIL FROM:<victim@3221225985>'",
        "'MAIL FROM:<victim@[192.0.2.1]>'",
        "'MAIL FROM:<victim@\\239\\188\\142example>'",
        "'MAIL FROM:<victim%example.org@localhost>'",
        "'MAIL FROM:<example.org!victim>'",
        "'MAIL FROM:<@example.org:victim@localhost>'",
        "'MAIL FROM:<> <victim@example.org>'",
        "'MAIL FROM:<>,<victim@example.org>'",
        "'MAIL FROM:<> AUTH=<victim@example.org>'",
        "'MAIL FROM:<\"victim@example.org\">'",
        "'MAIL FROM:<>\\r\\nRCPT TO:<victim@example.org>'",
        "'MAIL FROM:<\\0victim@example.org>'",
    };
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++)
        refused(lines[i]);
}

static void senders_that_pass(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "'MAIL FROM:<>'",
        "'MAIL FROM:<' .. m.bounce .. '>'",
        "'MAIL FROM:<' .. m .. '> SIZE=1000'",
        "'MAIL FROM:<postmaster@' .. target.address_literal .. '>'",
        "'MAIL FROM:<postmaster@localhost>'",
        "'MAIL FROM:<nobody>'",
        "'MAIL FROM:<x@' .. m.domain .. '>'",
        "'MAIL FROM:<x@s.example>'",
    };
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++)
        passes(lines[i]);
}

/* A name counts as the target's own when the target has said it, to a session that asked for names, and the DNS leads
 * it there. */
static void run_named(struct fake *f, const char *banner, const char *ehlo, const char *statements)
{
    char body[4000];
    fake_begin(f, 'a');
    f->dns = names_lead_to;
    f->says[0] = banner;
    f->says[1] = ehlo;
    f->says[2] = "250 2.0.0 ok\r\n";
    f->says[3] = "354 go\r\n";
    f->says[4] = "250 2.0.0 ok\r\n";
    snprintf(body, sizeof body,
             "local m, s = ajar.mailbox(), ajar.smtp.connect(target, { names = true })\n"
             "s:ehlo() do %s end\nreturn ajar.closed('done')",
             statements);
    run_body(f, body);
}

#define LOOKED_UP                                                                                  \
    "for _, n in ipairs { s.banner_name or '', s.name } do "                                       \
    "if n ~= '' then ajar.dns.a(n) end end "

static const char *after_ehlo(struct fake *f)
{
    return sent(f) + strlen("EHLO p.example\r\n");
}

static void named(const char *banner, const char *ehlo, const char *line, bool may)
{
    struct fake f;
    char statements[2000];
    snprintf(statements, sizeof statements, LOOKED_UP "s:command(%s)", line);
    run_named(&f, banner, ehlo, statements);
    if (may != (f.verdict == VERDICT_CLOSED) || may != (*after_ehlo(&f) != '\0'))
        fail_msg("%s%s%s: %s: %s", banner, ehlo, line, verdict_name(f.verdict), f.reason);
    fake_end(&f);
}

static void names_that_the_target_gave_itself(void **state)
{
    (void)state;
    static const char banner[] = "220 MX.example ESMTP\r\n";
    static const char ehlo[] = "250 mail.other.example at your service\r\n";
    static const char *const passing[] = {
        "'MAIL FROM:<postmaster@mx.example>'",
        "'MAIL FROM:<postmaster@mail.other.example>'",
        "'MAIL FROM:<' .. m.token .. '@mx.example.>'",
        "'RCPT TO:<' .. m.token .. '%' .. m.domain .. '@mx.example>'",
        "'RCPT TO:<' .. m .. '@MAIL.other.EXAMPLE>'",
        "'RCPT TO:<@mx.example:' .. m .. '>'",
        "'RCPT TO:<' .. m.domain .. '!' .. m.token .. '@mx.example>'",
        "'RCPT TO:<\"' .. m .. '\"@mx.example>'",
        "'RCPT TO:<SRS0=HHHH=TT=' .. m.domain .. '=' .. m.token .. '@mx.example>'",
        "'RCPT TO:<postmaster@mx.example>'",
    };
    static const char *const failing[] = {
        "'MAIL FROM:<postmaster@example>'",
        "'MAIL FROM:<postmaster@x.mx.example>'",
        "'MAIL FROM:<postmaster@mx.example.org>'",
        "'MAIL FROM:<postmaster@other.example>'",
        "'RCPT TO:<' .. m.token .. '@mx.example>'",
        "'RCPT TO:<root@mx.example>'",
        "'RCPT TO:<postmaster@other.example>'",
        "'RCPT TO:<postmaster%mx.example@mx.example>'",
        "'RCPT TO:<postmaster@mx.example> <victim@example.org>'",
        "'RCPT TO:<SRS0=HHHH=TT=example.org=victim@mx.example>'",
        "'RCPT TO:<SRS0=HHHH=TT=' .. m.domain .. '=victim@mx.example>'",
        "'RCPT TO:<SRS0=victim=TT=' .. m.domain .. '=' .. m.token .. '@mx.example>'",
        "'RCPT TO:<SRS0=a@b!=TT=' .. m.domain .. '=' .. m.token .. '@mx.example>'",
        "'RCPT TO:<SRS1=HHHH=TT=' .. m.domain .. '=' .. m.token .. '@mx.example>'",
        "'RCPT TO:<x@y.' .. m.domain .. '>'",
    };
    for (unsigned i = 0; i < sizeof passing / sizeof passing[0]; i++)
        named(banner, ehlo, passing[i], true);
    for (unsigned i = 0; i < sizeof failing / sizeof failing[0]; i++)
        named(banner, ehlo, failing[i], false);
    /* The name must have been asked for, and be one. */
    refused("'MAIL FROM:<postmaster@mx.example>'");
    named("220 192.0.2.9 ESMTP\r\n", "250 ok\r\n", "'MAIL FROM:<x@192.0.2.9>'", false);
    named("220 [192.0.2.9] ESMTP\r\n", "250 ok\r\n", "'MAIL FROM:<x@[192.0.2.9]>'", false);
    named("220 3221225985 ESMTP\r\n", "250 ok\r\n", "'MAIL FROM:<x@3221225985>'", false);
    named("220 a@b ESMTP\r\n", "250 ok\r\n", "'MAIL FROM:<x@b>'", false);
    /* What a refusal says teaches nothing. */
    named("220 mx.example ESMTP\r\n", "250-mx.example\r\n250 evil.example\r\n",
          "'MAIL FROM:<x@evil.example>'", false);
}

/* Whoever owns the target writes its banner: a stranger's name in it gets nobody's refusals. */
static void a_name_that_the_dns_does_not_lead_to_the_target(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "'MAIL FROM:<root@mx.example>'",
        "'RCPT TO:<' .. m .. '@mx.example>'",
        "'RCPT TO:<@mx.example:' .. m .. '>'",
        "'RCPT TO:<' .. m.token .. '%' .. m.domain .. '@MX.Example.>'",
    };
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char unasked[200];
        names_lead_to = "192.0.2.9";
        named("220 mx.example\r\n", "250 mx.example\r\n", lines[i], false);
        names_lead_to = NULL;
        named("220 mx.example\r\n", "250 mx.example\r\n", lines[i], true);
        /* and nobody has asked */
        snprintf(unasked, sizeof unasked, "s:command(%s)", lines[i]);
        struct fake f;
        run_named(&f, "220 mx.example\r\n", "250 mx.example\r\n", unasked);
        assert_int_equal(f.verdict, VERDICT_ERROR);
        assert_non_null(strstr(f.reason, "the DNS has not led it to the target"));
        assert_string_equal(after_ehlo(&f), "");
        fake_end(&f);
    }
}

/* One name's answer says nothing of another. */
static void a_name_is_no_excuse_for_another(void **state)
{
    (void)state;
    struct fake f;
    run_named(&f, "220 mx.example\r\n", "250 other.example\r\n",
              "ajar.dns.a('mx.example') s:command('MAIL FROM:<root@other.example>')");
    assert_int_equal(f.verdict, VERDICT_ERROR);
    assert_string_equal(after_ehlo(&f), "");
    fake_end(&f);
}

static void senders_of_our_own_below_our_domain(void **state)
{
    (void)state;
    passes("'MAIL FROM:<x@y.' .. m.domain .. '>'");
    refused("'MAIL FROM:<x@y' .. m.domain .. '>'");
    refused("'MAIL FROM:<x@y.' .. m.domain .. '.example.org>'");
}

/* The target's postmaster may be named as a recipient, and gets nothing: whatever is said afterwards. */
static void a_postmaster_gets_no_mail(void **state)
{
    (void)state;
    static const char *const ways[] = {
        "s:data { to = m }",
        "s:rset() s:data { to = m }",
        "s:mail('') s:rcpt(m) s:data { to = m }",
        "s:command('EHLO again') s:data { to = m }",
    };
    for (unsigned i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct fake f;
        char statements[2000];
        snprintf(statements, sizeof statements, "s:rcpt('postmaster@mx.example') %s", ways[i]);
        run_named(&f, "220 mx.example\r\n", "250 mx.example\r\n", statements);
        if (strstr(sent(&f), "DATA") || !strstr(sent(&f), "postmaster"))
            fail_msg("%s: \"%s\"", ways[i], sent(&f));
        fake_end(&f);
    }
}

/* So may somebody whom the target can't have, at its own name or address and at no other. */
static void nobody_gets_no_mail(void **state)
{
    (void)state;
    static const char *const hosts[] = {"'mx.example'", "target.address_literal", "'localhost'"};
    for (unsigned i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        struct fake f;
        char statements[2000];
        snprintf(statements, sizeof statements,
                 "ajar.dns.a('mx.example') s:nobody(m, %s) s:rset() s:data { to = m }", hosts[i]);
        run_named(&f, "220 mx.example\r\n", "250 mx.example\r\n", statements);
        if (strstr(sent(&f), "DATA") || !strstr(sent(&f), "RCPT TO:<"))
            fail_msg("%s: %s; sent \"%s\"", hosts[i], f.reason, sent(&f));
        fake_end(&f);
    }
}

static void nobody_is_no_stranger(void **state)
{
    (void)state;
    static const char *const hosts[] = {"m.domain", "'example.org'", "'mx.example.org'", "''",
                                        "'mx.example> BODY='"};
    for (unsigned i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        struct fake f;
        char statements[2000];
        snprintf(statements, sizeof statements, "s:nobody(m, %s)", hosts[i]);
        run_session(&f, statements);
        if (f.verdict != VERDICT_ERROR || f.sent.n > 0)
            fail_msg("%s: %s; sent \"%s\"", hosts[i], f.reason, sent(&f));
        fake_end(&f);
    }
}

static void commands_that_are_refused(void **state)
{
    (void)state;
    static const char *const lines[] = {"'DATA'",
                                        "'BDAT 10 LAST'",
                                        "'AUTH PLAIN AHgAeA=='",
                                        "'AUTH LOGIN'",
                                        "'VRFY postmaster'",
                                        "'EXPN staff'",
                                        "'HELP'",
                                        "'TURN'",
                                        "'ETRN example.org'",
                                        "'ATRN example.org'",
                                        "'XCLIENT ADDR=192.0.2.1'",
                                        "'XCLIENT ADDR=127.0.0.1 LOGIN=postmaster'",
                                        "'XCLIENT LOGIN=postmaster'",
                                        "'SEND FROM:<>'",
                                        "'SOML FROM:<>'",
                                        "'SAML FROM:<>'",
                                        "''",
                                        "'EHLO'",
                                        "'GET / HTTP/1.0'",
                                        "'.'",
                                        "m.token"};
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++)
        refused(lines[i]);
}

static void commands_that_pass(void **state)
{
    (void)state;
    static const char *const lines[] = {"'NOOP'",
                                        "'noop'",
                                        "'RSET'",
                                        "'QUIT'",
                                        "'EHLO p.example'",
                                        "'HELO p.example'",
                                        "'XCLIENT ADDR=127.0.0.1'"};
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++)
        passes(lines[i]);
}

/* A list of commands is looked at whole: none is sent when one may not. */
static void a_pipeline_is_no_way_around(void **state)
{
    (void)state;
    struct fake f;
    run_session(&f, "s.offers = { pipelining = true } "
                    "s:pipeline { 'MAIL FROM:<>', 'RCPT TO:<victim@example.org>' }");
    assert_int_equal(f.verdict, VERDICT_ERROR);
    assert_int_equal(f.sent.n, 0);
    fake_end(&f);
    run_session(&f, "s.offers = { pipelining = true } s:pipeline { 'MAIL FROM:<>', 'DATA' }");
    assert_int_equal(f.sent.n, 0);
    fake_end(&f);
    run_session(&f, "s.offers = { pipelining = true } local t = {} "
                    "for i = 1, 101 do t[i] = 'NOOP' end s:pipeline(t)");
    assert_int_equal(f.sent.n, 0);
    fake_end(&f);
    run_session(&f, "s.offers = { pipelining = true } "
                    "s:pipeline { 'MAIL FROM:<>', 'RCPT TO:<' .. m .. '>' }");
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    fake_end(&f);
}

/* What the checker saw is what is sent: a value that changes its mind gets nowhere. */
static void values_that_are_no_text_are_refused(void **state)
{
    (void)state;
    refused("setmetatable({}, { __tostring = function() return 'NOOP' end })");
    refused("nil");
    refused("{ 'NOOP' }");
    refused("true");
}

/* Only the fixed message of an own mailbox can be sent. */
static void a_message_belongs_to_an_own_mailbox(void **state)
{
    (void)state;
    static const char *const messages[] = {
        "{ to = { token = 'mfrggzdfmztwq2lknnwg23tpobyxe43u' } }",
        "{ to = { token = 'x' } }",
        "{ to = 'victim@example.org' }",
        "ajar.message { to = 'victim@example.org' }",
        "ajar.message { to = { token = ('a'):rep(32) } }",
        "nil"};
    for (unsigned i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        struct fake f;
        char body[400];
        snprintf(body, sizeof body,
                 "local m, s = ajar.mailbox(), ajar.smtp.connect(target)\n"
                 "s:data(%s) return ajar.closed('done')",
                 messages[i]);
        fake_begin(&f, 'a');
        f.says[0] = "220 mx.example\r\n";
        f.says[1] = "354 go\r\n";
        run_body(&f, body);
        assert_int_equal(f.verdict, VERDICT_ERROR);
        assert_true(f.sent.n == 0 || strcmp(sent(&f), "DATA\r\n") == 0);
        fake_end(&f);
    }
}

static void the_message_says_who_and_why(void **state)
{
    (void)state;
    struct fake f;
    char body[] = "local m, s = ajar.mailbox(), ajar.smtp.connect(target)\n"
                  "s:data(ajar.message { to = m }) return ajar.closed(m.token)";
    fake_begin(&f, 'a');
    f.says[0] = "220 mx.example\r\n";
    f.says[1] = "354 go\r\n";
    f.says[2] = "250 ok\r\n";
    run_body(&f, body);
    assert_int_equal(f.verdict, VERDICT_CLOSED);
    assert_non_null(strstr(sent(&f), f.reason));
    assert_non_null(strstr(sent(&f), "An Authority"));
    assert_non_null(strstr(sent(&f), "mailto:a@p.example"));
    assert_non_null(strstr(sent(&f), "https://p.example/"));
    fake_end(&f);
}

static void proxies_are_asked_for_the_sink_alone(void **state)
{
    (void)state;
    static const char *const asks[] = {
        "ajar.http.connect(target):connect(ajar.token())",
        "ajar.http.connect(target):get(ajar.token())",
        "ajar.http.connect(target):head(ajar.token())",
        "ajar.socks.connect(target):socks4()",
        "ajar.socks.connect(target):socks5_connect()",
    };
    for (unsigned i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        struct fake f;
        fake_begin(&f, 'a');
        run_body(&f, asks[i]);
        bool named = memmem(f.sent.p, f.sent.n, "192.0.2.99:2600", 15) ||
                     memmem(f.sent.p, f.sent.n, "\xc0\x00\x02\x63", 4);
        assert_true(named);
        fake_end(&f);
    }
}

/* Nowhere but to our sink, or to the control beside it. */
static void a_proxy_can_not_be_led_elsewhere(void **state)
{
    (void)state;
    static const char *const asks[] = {
        "ajar.http.connect(target):request('get', ajar.token(), 'example.org')",
        "ajar.http.connect(target):request('connect', ajar.token(), '192.0.2.1:25')",
        "ajar.socks.connect(target):socks4('192.0.2.1')",
        "ajar.socks.connect(target):socks5_connect('example.org')",
        "ajar.socks.connect(target):socks5_connect('name')",
    };
    for (unsigned i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        struct fake f;
        fake_begin(&f, 'a');
        run_body(&f, asks[i]);
        assert_int_equal(f.sent.n, 0);
        fake_end(&f);
    }
}

static void the_control_is_a_port_of_the_sink(void **state)
{
    struct fake f;
    (void)state;
    fake_begin(&f, 'a');
    run_body(&f, "ajar.http.connect(target):request('connect', ajar.token(), 'closed')");
    assert_non_null(strstr(sent(&f), "CONNECT 192.0.2.99:1 HTTP/1.1\r\n"));
    fake_end(&f);
}

static void a_foreign_token_can_not_be_asked_for(void **state)
{
    (void)state;
    static const char *const asks[] = {
        "ajar.http.connect(target):get('mfrggzdfmztwq2lknnwg23tpobyxe43u')",
        "ajar.http.connect(target):get('../../x')",
        "ajar.http.connect(target):connect('x HTTP/1.1\\r\\nHost: example.org')",
        "ajar.await('mfrggzdfmztwq2lknnwg23tpobyxe43u')",
        "ajar.token() ajar.await('mfrggzdfmztwq2lknnwg23tpobyxe43u')",
        "ajar.await('nonsense')",
        "ajar.await({ token = 5 })",
    };
    for (unsigned i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        struct fake f;
        fake_begin(&f, 'a');
        run_body(&f, asks[i]);
        assert_string_equal(verdict_name(f.verdict), "error");
        assert_int_equal(f.sent.n, 0);
        fake_end(&f);
    }
}

/* The target table is the script's own copy: changing it changes no destination. */
static void connections_go_to_the_target_alone(void **state)
{
    (void)state;
    struct fake f;
    fake_begin(&f, 'a');
    run_body(&f, "pcall(function() target.address = '192.0.2.66' end)\n"
                 "pcall(function() target.text = '192.0.2.66:25' end)\n"
                 "pcall(ajar.smtp.connect, { address = '192.0.2.66', port = 26 })\n"
                 "pcall(ajar.http.connect, { address = '192.0.2.66', port = 80 }, { port = 81 })\n"
                 "pcall(ajar.socks.connect, target, { port = 70000 })\n"
                 "pcall(ajar.socks.connect, target, { port = 0 })\n"
                 "return ajar.closed('done')");
    assert_string_equal(f.reason, "done");
    assert_string_equal(buf_text(&f.notes), "open 192.0.2.25:26\nopen 192.0.2.25:81\n");
    fake_end(&f);
}

static void a_mailbox_is_new_each_time(void **state)
{
    (void)state;
    body_gives("local a, b = ajar.mailbox(), ajar.mailbox()\n"
               "return ajar.closed(tostring(a.token ~= b.token and #a.token == 32 and "
               "a.address == a.token .. '@t.example' and a.bounce == 'bounce-' .. a.token .. "
               "'@s.example' and "
               "tostring(a) == a.address and '<' .. a .. '>' == '<' .. a.address .. '>'))",
               VERDICT_CLOSED, "true");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recipients_that_are_refused),
        cmocka_unit_test(spellings_of_our_own_mailbox_that_pass),
        cmocka_unit_test(senders_that_are_refused),
        cmocka_unit_test(senders_that_pass),
        cmocka_unit_test(names_that_the_target_gave_itself),
        cmocka_unit_test(a_name_that_the_dns_does_not_lead_to_the_target),
        cmocka_unit_test(a_name_is_no_excuse_for_another),
        cmocka_unit_test(senders_of_our_own_below_our_domain),
        cmocka_unit_test(a_postmaster_gets_no_mail),
        cmocka_unit_test(nobody_gets_no_mail),
        cmocka_unit_test(nobody_is_no_stranger),
        cmocka_unit_test(commands_that_are_refused),
        cmocka_unit_test(commands_that_pass),
        cmocka_unit_test(a_pipeline_is_no_way_around),
        cmocka_unit_test(values_that_are_no_text_are_refused),
        cmocka_unit_test(a_message_belongs_to_an_own_mailbox),
        cmocka_unit_test(the_message_says_who_and_why),
        cmocka_unit_test(proxies_are_asked_for_the_sink_alone),
        cmocka_unit_test(a_proxy_can_not_be_led_elsewhere),
        cmocka_unit_test(the_control_is_a_port_of_the_sink),
        cmocka_unit_test(a_foreign_token_can_not_be_asked_for),
        cmocka_unit_test(connections_go_to_the_target_alone),
        cmocka_unit_test(a_mailbox_is_new_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
