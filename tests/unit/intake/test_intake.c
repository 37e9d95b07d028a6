#include "intake_test.h"

#include "intake/intake.h"

/* Reads lines as one list; the entries come out one a line, what is bad as "bad: WHY". */
static char out[8000];

static enum intake_format read_as(const char *file, enum intake_format format, const char *lines)
{
    struct intake *i = intake_new(file, format);
    assert_non_null(i);
    out[0] = '\0';
    for (struct bytes rest = bytes_of(lines); rest.n > 0;) {
        struct entry e;
        struct fail fail = {0};
        char text[SHOWN_MOST];
        size_t end = bytes_index(rest, '\n', 0);
        enum intake_answer answer = intake_line(i, bytes_slice(rest, 0, end), &e, &fail);
        size_t n = strlen(out);
        if (answer == INTAKE_ENTRY)
            snprintf(out + n, sizeof out - n, "%s\n", shown(&e, text));
        else if (answer == INTAKE_BAD)
            snprintf(out + n, sizeof out - n, "bad%s: %s\n", intake_is_hopeless(i) ? " list" : "",
                     fail.text);
        rest = end == BYTES_NOT_FOUND ? bytes_at(NULL, 0) : bytes_slice(rest, end + 1, rest.n);
    }
    format = intake_format(i);
    intake_free(i);
    return format;
}

static void reads(const char *file, const char *lines, enum intake_format format,
                  const char *expected)
{
    assert_int_equal(read_as(file, INTAKE_ANY, lines), format);
    assert_string_equal(out, expected);
}

/* ---- plain lists ---- */

static void a_plain_list_has_addresses_ports_and_remarks(void **state)
{
    (void)state;
    reads("mine.txt", "# proxies\n\n192.0.2.1\n192.0.2.2:3128 # one\r\n[2001:db8::1]:25\n",
          INTAKE_LIST,
          "192.0.2.1|mine.txt|||||\n192.0.2.2:3128|mine.txt|||||\n"
          "[2001:db8::1]:25|mine.txt|||||\n");
}

static void a_proxys_url_says_of_what_type_it_is(void **state)
{
    (void)state;
    reads("p", "socks5://192.0.2.1:1080\nHTTP://192.0.2.2:8080/\nftp://192.0.2.3:21\n", INTAKE_LIST,
          "192.0.2.1:1080|p|proxy; type: socks5||||\n192.0.2.2:8080|p|proxy; type: http||||\n"
          "bad: \"ftp://192.0.2.3:21\" is no target but a URL: give its ADDR:PORT\n");
}

static void a_network_is_one_entry_with_its_range(void **state)
{
    struct entry e;
    struct fail fail;
    char text[PREFIX_TEXT];
    struct intake *i = intake_new("n", INTAKE_LIST);
    (void)state;
    assert_int_equal(intake_line(i, bytes_of("192.0.2.0/30:25"), &e, &fail), INTAKE_ENTRY);
    assert_string_equal(prefix_text(&e.range, text), "192.0.2.0/30");
    assert_int_equal(e.addr.port, 25);
    intake_free(i);
}

static void a_name_is_no_suspect(void **state)
{
    (void)state;
    reads("p", "mail.example.org:25\n192.0.2.1\n", INTAKE_LIST,
          "bad: \"mail.example.org\" is a name: a campaign is about addresses\n"
          "192.0.2.1|p|||||\n");
}

/* ---- Shadowserver ---- */

#define FIRST_14                                                                                   \
    "\"timestamp\",\"severity\",\"ip\",\"protocol\",\"port\",\"hostname\",\"tag\",\"asn\","        \
    "\"geo\",\"region\",\"city\",\"naics\",\"hostname_source\",\"sector\""
#define HTTP_PROXY                                                                                 \
    FIRST_14 ",\"http\",\"http_code\",\"http_reason\",\"content_type\",\"connection\","            \
             "\"proxy_authenticate\",\"via\",\"server\",\"content_length\","                       \
             "\"transfer_encoding\",\"http_date\"\n"
#define PROXY_ROW                                                                                  \
    "\"2026-03-01 02:10:16\",\"medium\",\"192.0.2.1\",\"tcp\",3128,\"h.example\",\"connect\","     \
    "64500,\"CH\",\"ZH\",\"ZURICH\",0,\"ptr\",,\"HTTP/1.1\",200,\"OK\",\"text/html\",,,"           \
    "\"1.1 gw\",\"squid/5, \"\"old\"\"\",0,,\n"

static void a_shadowserver_report_is_known_by_its_files_name(void **state)
{
    (void)state;
    reads("2026-03-01-scan_http_proxy-example.csv", HTTP_PROXY PROXY_ROW, INTAKE_SHADOWSERVER,
          "192.0.2.1:3128|Shadowserver scan_http_proxy|open HTTP proxy; tag: connect; "
          "server: squid/5, \"old\"; via: 1.1 gw|h.example|CH|AS64500|2026-03-01T02:10:16\n");
    reads("2026-03-01-population_http_proxy-x.csv", HTTP_PROXY PROXY_ROW, INTAKE_SHADOWSERVER,
          "192.0.2.1:3128|Shadowserver population_http_proxy|accessible HTTP proxy; tag: connect; "
          "server: squid/5, \"old\"; via: 1.1 gw|h.example|CH|AS64500|2026-03-01T02:10:16\n");
}

static void a_shadowserver_report_under_another_name_says_less(void **state)
{
    (void)state;
    reads("march.csv",
          FIRST_14 "\n\"2026-03-01 02:10:16\",\"medium\",\"192.0.2.1\",\"tcp\",1080,,\"socks5\","
                   "64500,\"CH\",,,,,\n",
          INTAKE_SHADOWSERVER,
          "192.0.2.1:1080|Shadowserver|reported; tag: socks5||CH|AS64500|2026-03-01T02:10:16\n");
}

static void a_blocklist_names_the_list_and_the_reason(void **state)
{
    (void)state;
    reads("x.csv",
          "timestamp,severity,ip,hostname,source,reason,asn,geo,region,city,naics,sector,tag\n"
          "2026-03-01 02:10:16,low,192.0.2.1,,SpamCop,Spamming,64500,CH,,,,,\n",
          INTAKE_SHADOWSERVER,
          "192.0.2.1|Shadowserver blocklist (SpamCop)|on a blocklist; reason: Spamming||CH|AS64500"
          "|2026-03-01T02:10:16\n");
}

static void a_bad_row_is_one_rows_fault(void **state)
{
    (void)state;
    reads("x.csv",
          "ip,port,timestamp\n300.1.2.3,25,\n192.0.2.1,99999,\n192.0.2.1,25,yesterday\n"
          "\"192.0.2.1,25,\n,25,\n192.0.2.2,25\n",
          INTAKE_CSV,
          "bad: \"300.1.2.3\" is no address\nbad: \"99999\" is no port\n"
          "bad: \"yesterday\" is no date\n"
          "bad: column 1 has a quotation mark (\") that is not closed on this line\n"
          "bad: it names no address\n192.0.2.2:25|x.csv|||||\n");
}

/* ---- IntelMQ ---- */

static void an_event_of_intelmqs_is_flat_or_nested(void **state)
{
    (void)state;
    reads("e.json",
          "{\"source.ip\":\"192.0.2.1\",\"source.port\":25,\"feed.name\":\"Feed\","
          "\"time.source\":\"2026-03-01T03:10:16+01:00\",\"source.asn\":64500,"
          "\"source.geolocation.cc\":\"CH\",\"source.reverse_dns\":\"mx.example\","
          "\"classification.type\":\"vulnerable-system\","
          "\"classification.identifier\":\"openrelay\",\"protocol.application\":\"smtp\"}\n"
          "{\"source\":{\"ip\":\"192.0.2.2\",\"geolocation\":{\"cc\":\"DE\"}},"
          "\"feed\":{\"name\":\"Feed\"},\"classification\":{\"type\":\"proxy\"}}\n"
          "{\"classification.type\":\"proxy\",\"source.fqdn\":\"example.org\"}\n"
          "{\"source.ip\":\"x\"}\n[]\n{\n",
          INTAKE_INTELMQ,
          "192.0.2.1:25|Feed|vulnerable-system; openrelay; protocol: smtp|mx.example|CH|AS64500"
          "|2026-03-01T02:10:16\n192.0.2.2|Feed|proxy||DE||\nbad: \"x\" is no address\n"
          "bad: this is no JSON object\nbad: this is no JSON object\n");
}

static void events_of_intelmqs_come_as_csv_too(void **state)
{
    (void)state;
    reads("e.csv",
          "\"classification.type\",\"feed.name\",\"source.ip\",\"source.port\",\"time.source\"\n"
          "\"proxy\",\"Feed\",\"192.0.2.1\",\"1080\",\"2026-03-01T02:10:16+00:00\"\n",
          INTAKE_INTELMQ, "192.0.2.1:1080|Feed|proxy||||2026-03-01T02:10:16\n");
}

/* ---- scanners ---- */

static void zmap_found_those_that_answered_as_was_looked_for(void **state)
{
    (void)state;
    reads("z.csv",
          "saddr,sport,classification,success,timestamp_ts\n192.0.2.1,25,synack,1,1772331016\n"
          "192.0.2.2,25,rst,0,1772331016\n",
          INTAKE_ZMAP, "192.0.2.1:25|z.csv|the port answers; synack||||2026-03-01T02:10:16\n");
    reads("z.json",
          "{\"saddr\":\"192.0.2.1\",\"sport\":25,\"classification\":\"synack\",\"success\":1}\n"
          "{\"saddr\":\"192.0.2.2\",\"sport\":25,\"classification\":\"rst\",\"success\":0}\n",
          INTAKE_ZMAP, "192.0.2.1:25|z.json|the port answers; synack||||\n");
}

static void zgrab_found_those_whose_service_spoke(void **state)
{
    (void)state;
    reads(
        "g.json",
        "{\"ip\":\"192.0.2.1\",\"domain\":\"a.example\",\"data\":{\"smtp\":{\"status\":\"success\","
        "\"protocol\":\"smtp\",\"port\":25,\"result\":{\"banner\":\"220 a\\r\\n\"},"
        "\"timestamp\":\"2026-03-01T02:10:16Z\"}}}\n"
        "{\"ip\":\"192.0.2.2\",\"data\":{\"smtp\":{\"status\":\"connection-timeout\"}}}\n",
        INTAKE_ZGRAB,
        "192.0.2.1:25|g.json|answers: smtp; banner: 220 a|a.example|||2026-03-01T02:10:16\n");
}

static void a_log_of_hopms_has_what_it_found(void **state)
{
    (void)state;
    reads("scan.log",
          "[2026-03-01T03:10:16+0100] SCAN -> Negotiation failed 192.0.2.9:80 (HTTP) [x] (3 bytes "
          "read)\n"
          "[2026-03-01T03:10:16+0100] SCAN -> OPEN PROXY n!u@h 192.0.2.1:1080 (SOCKS5) [default]\n"
          "[2026-03-01T03:10:16+0100] SCAN -> OPEN PROXY 192.0.2.2:8080 (HTTP) [default]\n"
          "[2026-03-01T03:10:16+0100] SCAN -> OPEN PROXY n!u@h somewhere\n",
          INTAKE_HOPM,
          "192.0.2.1:1080|scan.log|open proxy; type: SOCKS5||||2026-03-01T02:10:16\n"
          "192.0.2.2:8080|scan.log|open proxy; type: HTTP||||2026-03-01T02:10:16\n"
          "bad: it names no ADDR:PORT (TYPE)\n");
}

static void a_nick_in_a_log_that_looks_like_an_address_is_none(void **state)
{
    (void)state;
    reads("scan.log",
          "[2026-03-01T03:10:16Z] SCAN -> OPEN PROXY 198.51.100.1:25 192.0.2.1:1080 (SOCKS5) [d]\n",
          INTAKE_HOPM, "192.0.2.1:1080|scan.log|open proxy; type: SOCKS5||||2026-03-01T03:10:16\n");
}

static void proxycheck_says_the_type_by_two_letters(void **state)
{
    (void)state;
    reads("p", "192.0.2.1 s5:1080 open 192.0.2.9\n192.0.2.1 hc:3128 open\n192.0.2.2 wg:23 closed\n",
          INTAKE_PROXYCHECK,
          "192.0.2.1:1080|p|open proxy; type: SOCKS5||||\n"
          "192.0.2.1:3128|p|open proxy; type: HTTP CONNECT||||\n");
}

static void what_our_own_lists_command_found_comes_in(void **state)
{
    (void)state;
    reads(
        "l.jsonl",
        "{\"address\":\"192.0.2.1\",\"list\":\"bl.example\",\"name\":\"BL\",\"state\":\"clear\"}\n"
        "{\"address\":\"192.0.2.2\",\"list\":\"bl.example\",\"name\":\"BL\",\"state\":\"listed\","
        "\"says\":[{\"code\":\"127.0.0.2\",\"kind\":\"proxy\",\"text\":\"an open proxy\"}],"
        "\"reason\":\"see us\",\"asked\":\"2026-03-01T02:10:16.000000Z\"}\n",
        INTAKE_LISTINGS,
        "192.0.2.2|bl.example|an open proxy; reason: see us||||2026-03-01T02:10:16\n");
}

/* ---- what it is ---- */

static void what_is_no_list_at_all_is_given_up(void **state)
{
    (void)state;
    reads("x", "<html>\n192.0.2.1\n", INTAKE_ANY,
          "bad list: this is HTML or XML: one target a line is expected, or a CSV\n"
          "192.0.2.1|x|||||\n");
}

static void a_form_that_was_given_is_held_to(void **state)
{
    (void)state;
    read_as("x", INTAKE_SHADOWSERVER, "192.0.2.1\n");
    assert_string_equal(out, "bad list: this does not begin as shadowserver does\n");
    read_as("x", INTAKE_CSV, "timestamp,asn,geo,ip\n2026-03-01,64500,CH,192.0.2.1\n");
    assert_string_equal(out, "192.0.2.1|x|||CH|AS64500|2026-03-01T00:00:00\n");
}

static void formats_have_names(void **state)
{
    enum intake_format f = INTAKE_ANY;
    (void)state;
    for (unsigned i = 0; i < INTAKE_FORMATS; i++) {
        assert_true(intake_format_parse(bytes_of(intake_format_name((enum intake_format)i)), &f));
        assert_int_equal(f, i);
    }
    assert_false(intake_format_parse(bytes_of("xml"), &f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_list_has_addresses_ports_and_remarks),
        cmocka_unit_test(a_proxys_url_says_of_what_type_it_is),
        cmocka_unit_test(a_network_is_one_entry_with_its_range),
        cmocka_unit_test(a_name_is_no_suspect),
        cmocka_unit_test(a_shadowserver_report_is_known_by_its_files_name),
        cmocka_unit_test(a_shadowserver_report_under_another_name_says_less),
        cmocka_unit_test(a_blocklist_names_the_list_and_the_reason),
        cmocka_unit_test(a_bad_row_is_one_rows_fault),
        cmocka_unit_test(an_event_of_intelmqs_is_flat_or_nested),
        cmocka_unit_test(events_of_intelmqs_come_as_csv_too),
        cmocka_unit_test(zmap_found_those_that_answered_as_was_looked_for),
        cmocka_unit_test(zgrab_found_those_whose_service_spoke),
        cmocka_unit_test(a_log_of_hopms_has_what_it_found),
        cmocka_unit_test(a_nick_in_a_log_that_looks_like_an_address_is_none),
        cmocka_unit_test(proxycheck_says_the_type_by_two_letters),
        cmocka_unit_test(what_our_own_lists_command_found_comes_in),
        cmocka_unit_test(what_is_no_list_at_all_is_given_up),
        cmocka_unit_test(a_form_that_was_given_is_held_to),
        cmocka_unit_test(formats_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
