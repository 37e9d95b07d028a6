/*
 * What the operator tells a probe, as text and as JSON. Whatever is taken fits its declaration, and a value that was
 * taken as text is the same when it has gone through JSON.
 */
#include "claim.h"
#include "script/arguments.h"

static const struct arguments declared = {
    .list = {{.name = "flag", .type = ARGUMENT_BOOLEAN, .preset = {.truth = true}},
             {.name = "limit",
              .type = ARGUMENT_INTEGER,
              .preset = {.number = 6},
              .least = -3,
              .most = 40},
             {.name = "seconds",
              .type = ARGUMENT_NUMBER,
              .preset = {.number = 0.5},
              .least = -1e300,
              .most = 1e300},
             {.name = "word", .type = ARGUMENT_STRING, .preset = {.text = "hei"}, .most = 64}},
    .count = 4};

static void claim_same(const struct argument *a, const struct argument_value *x,
                       const struct argument_value *y)
{
    if (a->type == ARGUMENT_BOOLEAN)
        require(x->truth == y->truth);
    else if (a->type == ARGUMENT_STRING)
        require(strcmp(x->text, y->text) == 0);
    else
        require(x->number == y->number);
}

static void try_text(unsigned i, struct bytes text)
{
    const struct argument *a = &declared.list[i];
    struct argument_value value;
    struct argument_value read[ARGUMENTS_MOST];
    struct fail fail;
    struct buf json = buf_new(4096);
    if (argument_parse(a, text, &value, &fail)) {
        require(argument_accepts(a, &value));
        buf_printf(&json, "{\"%s\":", a->name);
        require(argument_put_value(&json, a->type, &value) && buf_put_byte(&json, '}'));
        require(arguments_values(&declared, buf_view(&json), read, &fail));
        claim_same(a, &value, &read[i]);
    }
    buf_free(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct argument_value read[ARGUMENTS_MOST];
    struct fail fail;
    for (unsigned i = 0; i < declared.count; i++)
        try_text(i, bytes_at(data, size));
    if (arguments_values(&declared, bytes_at(data, size), read, &fail))
        for (unsigned i = 0; i < declared.count; i++)
            require(argument_accepts(&declared.list[i], &read[i]));
    return 0;
}
