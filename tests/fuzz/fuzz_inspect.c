/*
 * What the confined child that loads scripts says of them, when it was taken over: it is refused, or nothing that a script could not
 * have said; and what is taken is written and read again as the same.
 */
#include "base/text.h"
#include "claim.h"
#include "run/inspect_ipc.h"
#include "script/declaration.h"
#include "script/forms.h"

enum { SCRIPTS = 2 };

static const struct script_source sources[SCRIPTS] = {{.name = "a.lua", .pack = "mine@1"},
                                                      {.name = "b.lua", .pack = "mine@1"}};

static void claim_again(const struct probe_info *infos, const struct buf *forms)
{
    struct fail fail;
    struct probe_info again[SCRIPTS];
    struct buf out = buf_new((size_t)1024 * 1024);
    ipc_begin(&out, IPC_READY);
    ipc_put_u8(&out, true);
    for (size_t i = 0; i < SCRIPTS; i++) {
        ipc_put_probe_info(&out, &infos[i]);
        ipc_put_bytes(&out, buf_view(&forms[i]));
    }
    require(inspect_answer(buf_view(&out), sources, SCRIPTS, again, NULL, &fail));
    for (size_t i = 0; i < SCRIPTS; i++) {
        require(strcmp(infos[i].id, again[i].id) == 0);
        require(strcmp(infos[i].summary, again[i].summary) == 0);
        require(infos[i].arguments.count == again[i].arguments.count);
    }
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fail fail;
    struct probe_info infos[SCRIPTS];
    struct buf forms[SCRIPTS] = {buf_new(FORMS_LIMIT + 1), buf_new(FORMS_LIMIT + 1)};
    if (inspect_answer(bytes_at(data, size), sources, SCRIPTS, infos, forms, &fail)) {
        for (size_t i = 0; i < SCRIPTS; i++)
            require(declaration_holds(&infos[i]));
        claim_again(infos, forms);
    } else {
        require(fail.code && text_is_printable(bytes_of(fail.text)));
    }
    for (size_t i = 0; i < SCRIPTS; i++)
        buf_free(&forms[i]);
    return 0;
}
