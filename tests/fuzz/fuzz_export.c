/* A tape that may be anything, in each form: written, or refused with a sentence; pcapng's blocks are framed well. */
#include "claim.h"
#include "export/format.h"

static uint32_t little(const unsigned char *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void claim_blocks(struct bytes file)
{
    while (file.n > 0) {
        require(file.n >= 12);
        uint32_t length = little(file.p + 4);
        require(length % 4 == 0 && length >= 12 && length <= file.n);
        require(little(file.p + length - 4) == length);
        file = bytes_slice(file, length, file.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct export_format *const forms[] = {&export_json, &export_pcapng, &export_warc,
                                                        &export_in_toto};
    static struct bundle_report report;
    struct bundle_case one = {
        .id = "c-1", .case_json = bytes_of("{}"), .tape = bytes_at(data, size)};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct fail fail = {0};
        struct exporting e = {.file_name = "b.tar",
                              .file_sha256 = "ab",
                              .report = &report,
                              .run_json = bytes_of("{}"),
                              .out = buf_new(64 * 1024 * 1024)};
        bool ok = (!forms[i]->begin || forms[i]->begin(&e, &fail)) &&
                  forms[i]->each(&e, &one, &fail) && (!forms[i]->end || forms[i]->end(&e, &fail));
        require(ok || (fail.code && fail.text[0]));
        if (ok && forms[i] == &export_pcapng)
            claim_blocks(buf_view(&e.out));
        buf_free(&e.out);
    }
    return 0;
}
