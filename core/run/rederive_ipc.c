#include "run/rederive_ipc.h"

#include "base/text.h"
#include "run/coverage_ipc.h"

#include <string.h>

void ipc_put_rederived(struct buf *out, const struct rederived *r)
{
    ipc_put_u8(out, (uint8_t)r->outcome);
    ipc_put_bytes(out, bytes_of(r->told));
    if (r->outcome == REDERIVED_NOTHING || r->outcome == REDERIVED_ENDED) {
        ipc_put_bytes(out, bytes_of(r->error));
    } else if (r->outcome == REDERIVED_DIFFERS) {
        ipc_put_u32(out, r->difference.line);
        ipc_put_bytes(out, bytes_of(r->difference.expected));
        ipc_put_bytes(out, bytes_of(r->difference.got));
        ipc_put_bytes(out, bytes_of(r->error));
    } else if (r->outcome == REDERIVED_UNABLE) {
        ipc_put_fail(out, &r->fail);
    }
}

static void put_case_file(struct buf *out, const struct case_file *file)
{
    ipc_put_bytes(out, file->name);
    ipc_put_bytes(out, file->content);
    ipc_put_u8(out, file->hidden);
}

void ipc_put_case_files(struct buf *out, const struct case_files *files)
{
    ipc_put_bytes(out, files->id);
    ipc_put_bytes(out, files->tape);
    ipc_put_bytes(out, files->case_json);
    ipc_put_u32(out, files->hidden_members);
    ipc_put_u8(out, files->hidden_records);
    ipc_put_u8(out, (uint8_t)files->receipt_count);
    put_case_file(out, &files->contacts);
    for (unsigned i = 0; i < files->receipt_count; i++)
        put_case_file(out, &files->receipts[i]);
}

static struct case_file read_case_file(struct ipc_reader *r)
{
    struct case_file file = {.name = ipc_bytes(r)};
    file.content = ipc_bytes(r);
    file.hidden = ipc_u8(r) == 1;
    return file;
}

struct case_files ipc_case_files(struct ipc_reader *r)
{
    struct case_files out = {.id = ipc_bytes(r)};
    out.tape = ipc_bytes(r);
    out.case_json = ipc_bytes(r);
    out.hidden_members = ipc_u32(r);
    out.hidden_records = ipc_u8(r) == 1;
    unsigned count = ipc_u8(r);
    r->bad |= count > RUN_RECEIPTS;
    out.contacts = read_case_file(r);
    while (!r->bad && out.receipt_count < count)
        out.receipts[out.receipt_count++] = read_case_file(r);
    return out;
}

/* Words from the child, which may have been taken over: cut, and printable. */
static void read_words(struct ipc_reader *r, char *out, size_t size)
{
    struct bytes words = bytes_slice(ipc_bytes(r), 0, size - 1);
    memcpy(out, words.p ? (const char *)words.p : "", words.n);
    out[words.n] = '\0';
    text_make_printable(out);
}

static void read_error(struct ipc_reader *r, char out[CONCLUSION_REASON + 1])
{
    struct bytes error = bytes_slice(ipc_bytes(r), 0, CONCLUSION_REASON);
    memcpy(out, error.p ? (const char *)error.p : "", error.n);
    out[error.n] = '\0';
}

static struct rederived read_rederived(struct ipc_reader *r)
{
    unsigned outcome = ipc_u8(r);
    struct rederived out = {.outcome = REDERIVED_SAME};
    read_words(r, out.told, sizeof out.told);
    r->bad |= outcome >= REDERIVED_OUTCOMES;
    if (r->bad || outcome == REDERIVED_SAME)
        return out;
    out.outcome = (enum rederived_outcome)outcome;
    if (outcome == REDERIVED_UNABLE) {
        out.fail = ipc_fail(r);
        return out;
    }
    if (outcome == REDERIVED_NOTHING || outcome == REDERIVED_ENDED) {
        read_error(r, out.error);
        return out;
    }
    out.difference.line = ipc_u32(r);
    read_words(r, out.difference.expected, DIFFERENCE_TEXT);
    read_words(r, out.difference.got, DIFFERENCE_TEXT);
    read_error(r, out.error);
    return out;
}

bool rederive_answer(struct bytes frame, struct rederived *out, size_t n, struct coverage *coverage,
                     struct fail *fail)
{
    enum ipc_type type;
    struct ipc_reader r = ipc_read(frame, &type);
    bool loaded = ipc_u8(&r) == 1;
    for (size_t i = 0; loaded && i < n; i++)
        out[i] = read_rederived(&r);
    if (loaded && coverage)
        ipc_coverage(&r, coverage);
    if (!loaded)
        *fail = ipc_fail(&r);
    if (type != IPC_DONE || !ipc_end(&r))
        return fail_set(fail, "EPROTO", "the confined process gave a broken answer");
    return loaded;
}
