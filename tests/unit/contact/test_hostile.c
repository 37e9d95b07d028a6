/* What an enemy makes of real answers never yields more than plain addresses: each seed, changed a few thousand times with what
 * headers, terminals, shells and browsers could mistake. The fuzzers do the same without an end. */
#include "contact_test.h"

#include "../../fuzz/contact_claim.h"

#include "contact/guess.h"
#include "contact/rdap.h"
#include "contact/security_txt.h"
#include "contact/whois.h"

#include <dirent.h>

enum { TIMES = 3000, CHANGES = 6, ROOM = 64 * 1024 };

#define NOW ((instant)1795000000 * SPAN_SECOND)

static uint64_t random_state = 88172645463325252ULL;

/* xorshift: the same in each run. */
static uint64_t any(uint64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state % below;
}

static struct bytes nasty(void)
{
    static const char *const all[] = {"\r\nBcc: all@example.net",
                                      "\\r\\nBcc: x",
                                      "\\u000d\\u000a",
                                      "\\u202e",
                                      "\xe2\x80\xae",
                                      "\x1b[2J",
                                      "\\u001b[2J",
                                      "\\u0000",
                                      "@",
                                      "@@",
                                      " ",
                                      "\t",
                                      ",",
                                      ";",
                                      "<",
                                      ">",
                                      "\"",
                                      "\\\"",
                                      "'",
                                      "`id`",
                                      "$(id)",
                                      "%0d%0a",
                                      "%40",
                                      "abuse@example.net",
                                      "mailto:abuse@example.net?bcc=x@example.net",
                                      "https://u:p@example.net/",
                                      "abuse@user:pass@example.net",
                                      "abuse@[127.0.0.1]",
                                      "abuse@\xd0\xb0.example",
                                      "-oQ/tmp@example.net",
                                      "|sh@example.net",
                                      "\"a b\"@example.net",
                                      "abuse@example.net\\n",
                                      "xn--",
                                      "..",
                                      "\xff\xfe",
                                      "{",
                                      "}",
                                      "[",
                                      "]",
                                      "null",
                                      "\"abuse\""};
    return bytes_of(all[any(sizeof all / sizeof all[0])]);
}

/* A piece of it is doubled, taken out, or has something nasty in its place; or bits fall over. */
static void change(struct buf *text)
{
    static unsigned char copy[ROOM];
    size_t n = text->n;
    if (n == 0 || n > ROOM / 2)
        return;
    memcpy(copy, text->p, n);
    size_t at = any(n), width = any(n - at < 16 ? n - at + 1 : 16);
    struct bytes piece = any(4) ? nasty() : bytes_at(copy + any(n), 1);
    buf_clear(text);
    buf_put(text, bytes_at(copy, at));
    buf_put(text, any(8) ? piece : bytes_at(copy + at, width));
    buf_put(text, bytes_at(copy + at + (any(2) ? width : 0), n - at - width));
    if (text->n > 0 && any(3) == 0)
        text->p[any(text->n)] ^= (unsigned char)(1U << any(8));
}

/* Whatever reader gets it. */
static void read_all_ways(struct bytes text)
{
    struct contact_answer a;
    struct fail fail = {0};
    struct addr about = address("192.0.2.10");
    rdap_read(text, &about, &a, &fail);
    claim_answer(&a);
    whois_read(text, &about, &a, &fail);
    claim_answer(&a);
    security_txt_read(text, NOW, &a, &fail);
    claim_answer(&a);
    a = (struct contact_answer){0};
    txt_read(bytes_slice(text, 0, TXT_LIMIT), &a);
    claim_answer(&a);
    answer_get(text, &a, &fail);
    claim_answer(&a);
}

static void change_and_read(const char *target, const char *name)
{
    struct buf whole = seed(target, name);
    struct buf text = buf_new(ROOM);
    for (int i = 0; i < TIMES && whole.n <= ROOM / 2; i++) {
        buf_clear(&text);
        buf_put(&text, buf_view(&whole));
        for (uint64_t k = any(CHANGES) + 1; k > 0; k--)
            change(&text);
        read_all_ways(buf_view(&text));
    }
    buf_free(&text);
    buf_free(&whole);
}

static void try_each(const char *target)
{
    char path[128];
    snprintf(path, sizeof path, "tests/fuzz/seeds/fuzz_contact_%s", target);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            change_and_read(target, entry->d_name);
    closedir(folder);
}

static void answers_by_rdap(void **state)
{
    (void)state;
    try_each("rdap");
}

static void answers_by_whois(void **state)
{
    (void)state;
    try_each("whois");
}

static void security_txts_and_tables(void **state)
{
    (void)state;
    try_each("tables");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_by_rdap),
        cmocka_unit_test(answers_by_whois),
        cmocka_unit_test(security_txts_and_tables),
    };
    return cmocka_run_group_tests_name("contact/hostile", tests, NULL, NULL);
}
