#include "sim/identities.h"

#include <stdlib.h>

static const struct {
    const char *id;
    struct self_signed how;
} kinds[] = {
    {"good", {.name = "mail.sim.test", .from_days = -1, .to_days = 90}},
    {"expired", {.name = "mail.sim.test", .from_days = -400, .to_days = -30}},
    {"early", {.name = "mail.sim.test", .from_days = 30, .to_days = 90}},
    {"other", {.name = "www.elsewhere.test", .from_days = -1, .to_days = 90}},
    {"chain", {.name = "mail.sim.test", .from_days = -1, .to_days = 90, .chain = 40}},
    {"huge", {.name = "mail.sim.test", .from_days = -1, .to_days = 90, .chain = 400}},
    {"weak", {.name = "mail.sim.test", .from_days = -1, .to_days = 90, .weak = true}},
    {"ed25519", {.name = "mail.sim.test", .from_days = -1, .to_days = 90, .ed25519 = true}},
    {"old", {.name = "mail.sim.test", .from_days = -1, .to_days = 90, .old = true}},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

struct identities {
    struct stream_tls *made[KINDS][2]; /* without and with HTTP/2 */
};

struct identities *identities_new(void)
{
    return calloc(1, sizeof(struct identities));
}

void identities_free(struct identities *ids)
{
    for (size_t i = 0; ids && i < KINDS; i++)
        for (int h2 = 0; h2 < 2; h2++)
            stream_tls_free(ids->made[i][h2]);
    free(ids);
}

struct stream_tls *identities_find(struct identities *ids, struct bytes certificate, bool h2,
                                   struct fail *fail)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct self_signed how = kinds[i].how;
        how.h2 = h2;
        if (!bytes_equal_text(certificate, kinds[i].id))
            continue;
        if (!ids->made[i][h2])
            ids->made[i][h2] = self_signed_server(&how, fail);
        return ids->made[i][h2];
    }
    fail_set(fail, "EARGUMENT", "there is no certificate of that name");
    return NULL;
}
