/*
 * A smarthost that says what it likes, in pieces (a line end in the input is one, 0xff ends a piece), while letters are handed
 * to it: a letter's end goes out only when it is released, and only an answer behind that is one.
 */
#include "claim.h"
#include "mail/submit.h"

static const char letter_text[] = "Subject: x\r\n\r\n.dot\r\n";

static bool ends_a_letter(struct bytes out)
{
    return out.n >= 3 && memcmp(out.p + out.n - 3, ".\r\n", 3) == 0 &&
           (out.n == 3 || out.p[out.n - 4] == '\n');
}

static void step(struct submit *s, unsigned *letters)
{
    struct submit_letter letter = {"a@example.org", "b@example.net", "c-1", bytes_of(letter_text)};
    if (s->state == SUBMIT_HANDSHAKE)
        submit_secured(s);
    require(!ends_a_letter(buf_view(&s->out)));
    buf_clear(&s->out);
    if (s->state == SUBMIT_READY && (*letters)++ < 3)
        require(submit_letter(s, &letter) == (s->outcome.result == SUBMIT_NONE));
    if (s->state != SUBMIT_HELD)
        return;
    require(s->outcome.result == SUBMIT_NONE);
    buf_clear(&s->out);
    submit_release(s);
    require(s->state == SUBMIT_OVER || bytes_equal_text(buf_view(&s->out), ".\r\n"));
    if ((*letters)++ < 3 && submit_follow(s, &letter))
        require(s->state == SUBMIT_TALKING && !s->has_ended);
    buf_clear(&s->out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct submit s;
    struct bytes in = bytes_at(data, size);
    unsigned letters = 0;
    unsigned how = size > 0 ? data[0] : 0;
    struct submit_options options = {.name = "[127.0.0.1]",
                                     .tls = (enum submit_tls)(how % 3),
                                     .user = how & 4 ? "anna" : NULL,
                                     .password = "secret"};
    submit_begin(&s, &options);
    for (size_t at = 1, end; at < in.n && s.state != SUBMIT_OVER; at = end + 1) {
        end = bytes_index(in, 0xff, at);
        end = end == BYTES_NOT_FOUND ? in.n : end;
        step(&s, &letters);
        bool sent = s.outcome.result == SUBMIT_ACCEPTED;
        submit_take(&s, bytes_slice(in, at, end));
        require(sent || s.outcome.result != SUBMIT_ACCEPTED || letters > 0);
        require(s.state != SUBMIT_OVER || s.fail.code);
    }
    struct fail lost = {.code = "ECONNRESET", .text = "lost"};
    submit_lost(&s, &lost);
    require(s.state == SUBMIT_OVER);
    submit_free(&s);
    return 0;
}
