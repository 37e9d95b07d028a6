/* contact_test: answers in the form that the five registries give, from tests/fuzz/seeds. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "contact/answer.h"

#include <stdio.h>

static inline struct addr address(const char *text)
{
    struct addr a;
    assert_true(addr_parse_ip(bytes_of(text), &a));
    return a;
}

/* "address role, address role" */
static inline void assert_contacts(const struct contact_answer *a, const char *expected)
{
    char got[4096] = "";
    size_t n = 0;
    for (size_t i = 0; i < a->count; i++)
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%s %s", i ? ", " : "",
                              a->contacts[i].address, contact_role_name(a->contacts[i].role));
    assert_string_equal(got, expected);
}

static inline void assert_range(const struct contact_answer *a, const char *first, const char *last)
{
    char text[ADDR_IP_TEXT];
    assert_string_equal(addr_ip_text(&a->first, text), first);
    assert_string_equal(addr_ip_text(&a->last, text), last);
}

/* A file of the seeds; the caller buf_free's it. */
static inline struct buf seed(const char *target, const char *name)
{
    char path[512];
    struct fail fail = {0};
    struct buf text = buf_new(1024 * 1024);
    snprintf(path, sizeof path, "tests/fuzz/seeds/fuzz_contact_%s/%s", target, name);
    if (!file_read(path, &text, &fail))
        fail_msg("%s", fail.text);
    return text;
}
