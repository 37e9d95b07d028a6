/*
 * A broken cell: whatever it asks of its job's world, the desk does it or says that it can't be, and the world's tape holds
 * what a replay reads. The dialler lets every connection fail, so nothing leaves this process.
 *
 * The input is a row of calls as they come in messages: a length in two bytes, then the call.
 */
#include "claim.h"
#include "net/loop.h"
#include "run/cell_ipc.h"
#include "tape/record.h"
#include "tape/tape_head.h"
#include "tape/tape_reader.h"
#include "world/far_desk.h"

static struct loop *loop;

static void refuse(void *arg, struct live *live, unsigned conn, const struct addr *to,
                   enum world_way way)
{
    struct fail why;
    (void)arg, (void)to, (void)way;
    fail_set(&why, "ESCOPE", "nobody is in the scope");
    live_dialled(live, conn, -1, &(struct world_messages){0}, &why);
}

static void no_wake(void *owner)
{
    (void)owner;
}

static struct live_services services = {.dial = refuse};

static void claim_tape(struct live *live, unsigned lines)
{
    struct tape_reader reader;
    struct tape_head head = {.probe = bytes_of("relay/x"),
                             .pack = bytes_of("x"),
                             .target = {.family = ADDR_IPV4, .port = 25, .ip = {127, 0, 0, 1}},
                             .sink = {.family = ADDR_IPV4, .port = 25, .ip = {127, 0, 0, 1}}};
    struct record record;
    struct fail fail;
    struct buf tape = buf_new(TAPE_LIMIT);
    unsigned n = 1;
    live_verdict(live, bytes_of("closed"), bytes_of(""), bytes_of("[]"));
    require(tape_head_put(&tape, &head) && live_records(live, &tape));
    require(tape_reader_open(&reader, buf_view(&tape), &head, &fail));
    enum tape_step step;
    while ((step = tape_reader_next(&reader, &record, &fail)) == TAPE_RECORD)
        n++;
    require(step == TAPE_END && n == lines + 1);
    tape_reader_close(&reader);
    buf_free(&tape);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct token_seed seed = {.job = "job name", .key = "the key of the job"};
    struct fail fail;
    if (!loop) {
        loop = loop_new(&fail);
        services.loop = loop;
        tape_reader_start();
    }
    struct live_options options = {.taped = true, .seed = &seed, .limit = SPAN_SECOND};
    struct live *live = live_new(&services, &options, no_wake, NULL, &fail);
    struct far_desk desk = {.live = live};
    enum far_step step = FAR_DONE;
    struct bytes rest = bytes_at(data, size);
    while (rest.n > 2 && step != FAR_BROKEN) {
        size_t n = (size_t)rest.p[0] << 8 | rest.p[1];
        struct ipc_reader r = {.rest = bytes_slice(rest, 2, 2 + n)};
        struct far_call call = ipc_call(&r);
        struct far_answer answer;
        rest = bytes_slice(rest, 2 + n, rest.n);
        step = ipc_end(&r) ? far_desk_call(&desk, &call, &answer) : FAR_BROKEN;
        require(step != FAR_ANSWER || answer.state != WORLD_PENDING);
        require(step != FAR_ANSWER || answer.line == world_line(live_world(live)));
        if (step == FAR_WAITS) {
            live_stop(live);
            require(far_desk_wake(&desk, &answer) == FAR_ANSWER);
        }
    }
    claim_tape(live, world_line(live_world(live)));
    far_desk_free(&desk);
    live_free(live);
    return 0;
}
