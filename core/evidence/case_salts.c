#include "evidence/case_salts.h"

#include "evidence/fields.h"

#include <stdlib.h>

#define LABEL "ajar-salts/2"

bool case_salts_begin(struct case_salts *s, const struct case_tree *tree, struct fail *fail)
{
    unsigned char seed[sizeof LABEL - 1 + CASE_SECRET];
    *s = (struct case_salts){.rest = tree->salts};
    if (tree->redacted)
        return true;
    size_t size = (size_t)tree->parts * CASE_SALT;
    s->size = size;
    s->all = malloc(size + 1);
    if (!s->all)
        return fail_set(fail, "ENOMEM", "no memory for a case's salts");
    memcpy(seed, LABEL, sizeof LABEL - 1);
    memcpy(seed + sizeof LABEL - 1, tree->secret, CASE_SECRET);
    shake256_of(bytes_at(seed, sizeof seed), s->all, size);
    return true;
}

const unsigned char *case_salts_next(struct case_salts *s)
{
    struct bytes value;
    if (s->all) {
        if (s->at == s->size)
            return NULL; /* more parts than the tree has */
        s->at += CASE_SALT;
        return s->all + s->at - CASE_SALT;
    }
    if (fields_take_line(&s->rest, "hidden") || !fields_take(&s->rest, "salt", &value) ||
        !fields_hex(value, s->salt, CASE_SALT))
        return NULL;
    return s->salt;
}

void case_salts_end(struct case_salts *s)
{
    free(s->all);
    s->all = NULL;
}
