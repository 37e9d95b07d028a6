/*
 * bigbundle: a sealed bundle of as many cases as wanted, as fast as the disk takes it.
 *
 *     bigbundle CASES OUT.tar KEY.key
 *
 * Sizes are those of relay/third-party against servers that refuse, with a tape of 1.5 to 5.5 KiB; every twentieth case is
 * open and has a receipt. The content is made up: nothing of it can be replayed.
 */
#include "evidence/bag.h"

#include <stdio.h>
#include <stdlib.h>

enum { TAPE_LEAST = 1536, TAPE_SPREAD = 4096, JSON = 850, RECEIPT = 1400, RECEIPT_EVERY = 20 };

static unsigned char text[TAPE_LEAST + TAPE_SPREAD];

static void must(bool ok, const struct fail *fail)
{
    if (ok)
        return;
    fprintf(stderr, "bigbundle: %s\n", fail->text);
    exit(1);
}

/* The same numbers each time: xorshift. */
static uint64_t next_random(void)
{
    static uint64_t state = 0x9e3779b97f4a7c15;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void add_case(struct bag *bag, unsigned long i)
{
    struct fail fail = {0};
    char names[3][80];
    unsigned long long id = next_random();
    static const char *const files[] = {"case.json", "tape.jsonl", "receipts/r-0.eml"};
    struct bag_file group[3] = {
        {names[0], bytes_at(text, JSON), NULL},
        {names[1], bytes_at(text, TAPE_LEAST + next_random() % TAPE_SPREAD), NULL},
        {names[2], bytes_at(text, RECEIPT), NULL},
    };
    for (unsigned f = 0; f < 3; f++)
        snprintf(names[f], sizeof names[f], "data/cases/c-%016llx/%s", id, files[f]);
    text[i % sizeof text]++; /* no two files alike */
    must(bag_add(bag, group, i % RECEIPT_EVERY ? 2 : 3, &fail), &fail);
}

int main(int argc, char **argv)
{
    struct fail fail = {0};
    bool needs_password = false;
    if (argc != 4) {
        fprintf(stderr, "usage: bigbundle CASES OUT.tar KEY.key\n");
        return 2;
    }
    unsigned long cases = strtoul(argv[1], NULL, 10);
    memset(text, 'x', sizeof text);
    struct secret_key *key = secret_key_load(argv[3], NULL, &needs_password, &fail);
    must(key != NULL, &fail);
    struct bag *bag = bag_new(argv[2], &fail);
    must(bag != NULL, &fail);
    struct bag_file run = {.name = "data/run.json", .content = bytes_of("{}\n")};
    must(bag_add(bag, &run, 1, &fail), &fail);
    for (unsigned long i = 0; i < cases; i++)
        add_case(bag, i);
    must(bag_seal(bag, key, &fail), &fail);
    bag_free(bag);
    secret_key_free(key);
    return 0;
}
